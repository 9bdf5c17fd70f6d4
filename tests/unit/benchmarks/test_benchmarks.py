"""What a table of benchmarks says: differences that cannot hide, bars that can fail, absent peers by name."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import peers
import pytest
import running
import samples
import sections
from comparing import away, away_at_random, largest
from running import PROGRAMS, TOOLS, Report
from workloads import WORKLOADS, Bar, Workload

from alliage.text import Text

MEANS = Workload(
    "means",
    Text(fr="Moyennes", en="Means"),
    "means",
    1_000,
    lambda rows: {},
    ("survey", "svy"),
    (Bar("alliage", "survey", 10), Bar("alliage", seconds=0.02)),
)


def report(tool: str, seconds: float, **figures: list[float]) -> Report:
    found = {name: np.array(values) for name, values in figures.items()}
    return Report(tool, seconds=seconds, first=seconds, prepare=0.1, peak=2**30, versions={tool: "1.0"}, figures=found)


def test_a_difference_is_relative_and_zeros_are_compared_with_zeros():
    assert largest(np.array([2.0, 0.0]), np.array([2.002, 0.0])) == pytest.approx(1e-3)
    assert largest(np.array([1.0, 1e-17]), np.array([1.0, 0.0])) == 0.0  # R's zero
    assert largest(np.array([1.0, 0.0]), np.array([1.0, 1e-9])) == 1e-9


def test_a_figure_that_one_side_lacks_cannot_hide():
    assert largest(np.array([1.0, 2.0]), np.array([1.0])) == math.inf
    assert largest(np.array([1.0, 2.0]), np.array([1.0, np.nan])) == math.inf
    assert largest(np.array([1.0, np.nan]), np.array([1.0, np.nan])) == 0.0


def test_random_figures_are_told_apart_from_those_that_must_be_equal():
    wanted = report("survey", 1, value=[1.0], random_se=[1.0, 2.0, 4.0])
    found = report("svy", 1, value=[1.0], random_se=[1.1, 2.0, 4.4])

    assert away(wanted, found) == 0.0
    assert away_at_random(wanted, found) == pytest.approx(0.1)


def test_a_table_says_ratios_differences_and_whether_each_bar_is_reached():
    told = peers.section(
        MEANS,
        [
            report("alliage", 0.05, value=[1.0, 2.0]),
            report("survey", 1.0, value=[1.0, 2.0]),
            Report("svy", failure="pas installé · not installed"),
        ],
        rows=1_000,
    )

    assert told.splitlines() == [
        "### Moyennes · Means",
        "",
        *peers.COLUMNS,
        "| **Alliage**, en mémoire · in memory 1.0 | 0.05 | 0.1 | 1.00 |  |  | 0e+00 |",
        "| R survey 1.0 | 1 | 0.1 | 1.00 | 20 | 1 |  |",
        "| svy | pas installé · not installed | | | | | |",
        "",
        "- **Alliage**, en mémoire · in memory 1.0: ≥ 10 × R survey 1.0 → 20 ×, atteint · reached",
        "- **Alliage**, en mémoire · in memory 1.0: ≤ 0.02 s → 0.05 s, **non atteint · not reached**",
    ]


def test_a_tool_asked_for_a_part_is_brought_to_the_whole():
    told = peers.section(
        MEANS, [report("alliage", 0.01, value=[1.0, 2.0, 3.0, 4.0]), report("survey", 1.0, value=[1.0])], rows=1_000
    )

    assert "| R survey 1.0, extrapolé · extrapolated | 4 | 0.1 | 1.00 | 400 | 1 |  |" in told.splitlines()


def test_the_summary_takes_the_faster_way_of_alliage_and_says_who_failed():
    both = replace(MEANS, ours=("alliage", "alliage_engine"))
    told = peers.summary(
        both,
        [
            report("alliage", 0.5, value=[1.0]),
            report("alliage_engine", 0.1, value=[1.0]),
            report("survey", 2.0, value=[1.0]),
            Report("svy", failure="plus de 60 s · more than 60 s"),
        ],
    )

    assert told == "| Moyennes · Means | 0.1 | 20 | plus de 60 s · more than 60 s | 0e+00 |"


def test_every_section_has_its_place_in_the_page():
    page = sections.PAGE.read_text(encoding="utf-8")

    assert [one.id for one in WORKLOADS if f"<!-- peers {one.id}: begin -->" not in page] == []


def test_a_peer_that_is_not_there_is_a_line_and_no_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(running, "ENVIRONMENTS", str(tmp_path))

    absent = running.run_tool("svy", "means", tmp_path, {}, seconds=5, memory=2**33)

    assert absent.failure == "pas installé · not installed"


def test_every_tool_of_a_workload_has_a_program_that_does_its_work():
    missing = [
        (one.id, tool)
        for one in WORKLOADS
        for tool in (*one.ours, *one.peers, *one.slow_peers)
        if not re.search(rf'[{{ ]"?{one.work}"?(:| =) ', (TOOLS / PROGRAMS[tool]).read_text("utf-8"))
    ]

    assert missing == []


def test_the_same_data_for_all_tools(tmp_path: Path):
    columns = samples.by_domain(400, items=2, domains=5, strata=4, clusters=20, nested=True)

    samples.write(columns, tmp_path)

    assert np.array_equal(np.fromfile(tmp_path / "weight.raw"), columns["weight"])
    assert (tmp_path / "columns.csv").read_text().split() == [
        "name,what,size",
        "stratum,integer,4",
        "cluster,integer,4",
        "weight,double,8",
        "domain,integer,4",
        "y00,integer,1",
        "y01,integer,1",
    ]


def test_a_section_replaces_its_own_and_no_other(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    page = tmp_path / "page.md"
    monkeypatch.setattr(sections, "PAGE", page)
    for name, words in (("one", "1"), ("two", "2"), ("one", "3")):
        sections.write_section(name, words)

    assert page.read_text(encoding="utf-8").split("\n") == [
        "# Benchmarks",
        "",
        "<!-- one: begin -->",
        "3",
        "<!-- one: end -->",
        "",
        "<!-- two: begin -->",
        "2",
        "<!-- two: end -->",
        "",
    ]
