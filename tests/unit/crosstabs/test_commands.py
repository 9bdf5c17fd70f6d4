"""`alliage crosstab` and `alliage compare`: a file, a design, and what a statistician asks."""

from __future__ import annotations

import csv
import io
import json

import numpy as np
import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from alliage.cli.compare import compare
from alliage.cli.crosstab import crosstab
from alliage.problems import Problem


@pytest.fixture
def files(tmp_path):
    draw = np.random.default_rng(11)
    lines = ["sex,size,likes,sport,cinema,hours,w"]
    for rank in range(200):
        sex = "fh"[rank % 2]
        likes = "oui" if draw.random() < (0.8 if sex == "f" else 0.3) else "non"
        hours = 5 + (sex == "f") + draw.normal()
        lines.append(f"{sex},{draw.choice(['p', 'm', 'g'])},{likes},{rank % 3 // 2},{rank % 2},{hours:.3f},1.5")
    (tmp_path / "answers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "design.yaml").write_text("weight: w\n", encoding="utf-8")
    return str(tmp_path / "answers.csv"), "--design", str(tmp_path / "design.yaml")


def run(verb, *words):
    return CliRunner().invoke(verb, words, catch_exceptions=True)


ASKED = ("--stub", "likes", "--mean", "hours", "--several", "Loisirs=sport,cinema", "--banner", "sex")


def test_the_crosstab_is_shown_on_the_screen(files):
    result = run(crosstab, *files, *ASKED, "--language", "en")

    assert result.exit_code == 0, result.exception
    assert [line for line in result.stdout.splitlines() if line in {"likes", "Loisirs", "hours"}] == [
        "likes",
        "Loisirs",
        "hours",
    ]
    assert "Exact figures" in result.stdout


def test_it_writes_a_workbook(files, tmp_path):
    to = tmp_path / "tris.xlsx"

    result = run(crosstab, *files, *ASKED, "--title", "Essai", "--to", str(to))

    assert result.stdout == f"Écrit dans {to}.\n"
    assert CalamineWorkbook.from_path(to).sheet_names == ["Sommaire", "Tableau 1", "Tableau 2", "Tableau 3"]


def test_it_writes_csv_json_and_text(files, tmp_path):
    for suffix in ("csv", "json", "txt"):
        assert run(crosstab, *files, *ASKED, "--to", str(tmp_path / f"t.{suffix}")).exit_code == 0
    lines = list(csv.DictReader(io.StringIO((tmp_path / "t.csv").read_text(encoding="utf-8"))))
    content = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))

    assert len(lines) == len(content["figures"]) == (2 + 2 + 1) * 3
    assert lines[0]["question"] == "likes"
    assert "Loisirs" in (tmp_path / "t.txt").read_text(encoding="utf-8")


def test_a_banner_may_overlap(files):
    result = run(crosstab, *files, "--stub", "likes", "--several-banner", "Loisirs=sport,cinema", "--figure", "n")

    assert result.exit_code == 0, result.exception
    assert "sport" in result.stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--stub", "likes", "--to", "t.docx"), "crosstabs.format"),
        (("--several", "Loisirs:sport"), "crosstabs.several_shape"),
        (("--banner", "sex"), "crosstabs.no_stub"),
        (("--stub", "like"), "estimates.no_column"),
    ],
)
def test_a_misused_crosstab_is_refused(files, words, code):
    result = run(crosstab, *files, *words)

    assert isinstance(result.exception, Problem)
    assert result.exception.code == code


def test_a_file_is_never_overwritten(files, tmp_path):
    (tmp_path / "t.csv").write_text("mine", encoding="utf-8")

    result = run(crosstab, *files, *ASKED, "--to", str(tmp_path / "t.csv"))

    assert result.exception.code == "crosstabs.file_exists"
    assert (tmp_path / "t.csv").read_text(encoding="utf-8") == "mine"


def test_groups_are_compared(files):
    result = run(compare, *files, "--share", "likes", "--of", "oui", "--by", "size")

    head, *lines = result.stdout.splitlines()
    assert head.split()[:4] == ["variable", "reponse", "a", "b"]
    assert [line.split()[2:4] for line in lines[:3]] == [["g", "m"], ["g", "p"], ["m", "p"]]
    assert "Holm" in lines[-1]


def test_a_probability_too_small_to_be_read_is_not_printed_as_zero(files):
    line = run(compare, *files, "--share", "likes", "--of", "oui", "--by", "sex").stdout.splitlines()[1]

    assert line.split()[-2:] == ["<0.0001", "<0.0001"]


def test_a_level_of_its_own_is_told_as_it_is(files):
    words = ("--mean", "hours", "--by", "size", "--method", "none", "--level", "0.9")

    assert "(de 90\u202f%)" in run(compare, *files, *words).stdout


@pytest.mark.parametrize("method", ["none", "bonferroni", "holm", "benjamini-hochberg"])
def test_comparisons_say_how_the_family_is_counted(files, method):
    result = run(
        compare, *files, "--mean", "hours", "--by", "size", "--method", method, "--format", "json", "--language", "en"
    )

    lines = json.loads(result.stdout)
    assert {line["adjustment"] for line in lines} == {method}
    assert all(line["p_adjusted"] >= line["p"] for line in lines)


def test_a_reference_and_ratios_in_csv(files):
    words = ("--ratio", "hours/w", "--by", "size", "--reference", "p", "--format", "csv", "--language", "en")

    lines = list(csv.DictReader(io.StringIO(run(compare, *files, *words).stdout)))

    assert [(line["a"], line["b"]) for line in lines] == [("g", "p"), ("m", "p")]


def test_volunteers_are_compared_without_a_test(files, tmp_path):
    (tmp_path / "design.yaml").write_text("kind: self_selected\n", encoding="utf-8")

    result = run(compare, *files, "--mean", "hours", "--by", "sex")

    assert "sans test" in result.stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--share", "likes", "--mean", "hours"), "comparisons.one_of"),
        (("--mean", "hours", "--of", "oui"), "estimates.share_only"),
        (("--ratio", "hours"), "estimates.ratio_shape"),
        (("--mean", "hours", "--by", "w", "--over", "w"), "comparisons.one_group"),
    ],
)
def test_a_misused_comparison_is_refused(files, words, code):
    result = run(compare, *files, *words, "--by", "sex")

    assert isinstance(result.exception, Problem)
    assert result.exception.code == code
