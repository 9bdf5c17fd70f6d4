"""The demo observatory is calibrated on published figures, on these only, and each is met within its margin."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from alliage.contents import Content, open_content
from alliage.publications.snapshots import target_cell
from alliage_demo.assumptions import Answer, read_assumptions

# Every target, and nothing else. The mayors' 92 % of 2020 answers another question: it is a conflict, not a target.
TARGETS = {
    "innovation.citoyens.phare.ensemble": 69,
    "innovation.entreprises.phare.ensemble": 81,
    "innovation.associations.phare.ensemble": 86,
    "innovation.maires.phare.ensemble": 87,
    "innovation.citoyens.impact.ensemble": 74,
    "innovation.entreprises.impact.ensemble": 83,
    "innovation.associations.impact.ensemble": 97,
    "co_construction_pas_du_tout.maires.phare.ensemble": 24,
    "co_construction_emerge.maires.phare.ensemble": 46,
    "co_construction_oui.maires.phare.ensemble": 76,
    "fragilites_percues.f01.citoyens.phare.ensemble": 7.1,  # employment
    "fragilites_percues.f02.citoyens.phare.ensemble": 6.6,  # living standards
    "fragilites_percues.f03.citoyens.phare.ensemble": 6.5,  # local economy
    "fragilites_percues.f05.citoyens.phare.ensemble": 6.3,  # environment
    "fragilites_percues.f07.citoyens.phare.ensemble": 6.3,  # poverty
    "fragilites_percues.f01.citoyens.impact.ensemble": 6.4,  # employment
    "fragilites_percues.f02.citoyens.impact.ensemble": 6.3,  # living standards
    "fragilites_percues.f04.citoyens.impact.ensemble": 6.0,  # safety
    "fragilites_percues.f03.citoyens.impact.ensemble": 5.9,  # local economy
    "fragilites_percues.f05.citoyens.impact.ensemble": 5.9,  # environment
    "fragilites_percues.f09.citoyens.impact.ensemble": 5.9,  # mobility
    "fragilites_percues.f06.citoyens.impact.ensemble": 5.9,  # energy
}


@pytest.fixture(scope="module")
def content() -> Content:
    return open_content()


@pytest.fixture(scope="module")
def exact(demo_sealed: Path) -> dict[str, dict[str, str]]:
    with (demo_sealed / "estimates.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def test_the_declared_targets_are_the_published_figures_and_only_these(content: Content):
    declared = {target_cell(figure): figure.value for figure in content.figures.values() if figure.target}

    assert declared == TARGETS


def test_every_target_is_a_figure_that_a_source_states(content: Content):
    targets = [figure for figure in content.figures.values() if figure.target]

    assert {figure.mark for figure in targets} == {"sourced"}
    assert [figure.id for figure in targets if not figure.sources] == []


def test_the_ninety_two_per_cent_of_mayors_is_kept_as_a_conflict(content: Content):
    figures = [content.figures[id] for id in content.conflicts["maires_92"].figures]

    assert {(figure.value, figure.target) for figure in figures} == {(92.0, False), (87.0, True)}


def test_the_generator_is_told_the_targets_themselves():
    """A share set a little off its target, so that the sample falls on it, would be a lie about the generator."""
    told = {cell: _told(cell) for cell in TARGETS}

    assert told == TARGETS


@pytest.mark.parametrize(("cell", "target"), TARGETS.items(), ids=TARGETS)
def test_a_simulated_estimate_lies_within_its_margin_of_the_target(cell, target, exact):
    value, error = float(exact[cell]["value"]), float(exact[cell]["standard_error"])
    scale = 100 if exact[cell]["kind"] == "share" else 1

    assert 0 < error * scale < 0.04 * 10 ** (2 if scale == 100 else 1)  # a margin that would excuse anything is none
    assert abs(value * scale - target) <= 1.96 * error * scale


def test_the_page_shows_every_target_inside_the_interval_it_shows(demo_release: Path):
    shown = json.loads((demo_release / "content" / "targets.json").read_text(encoding="utf-8"))

    assert {row["cell"]: row["inside"] for row in shown} == dict.fromkeys(TARGETS, True)


def _told(cell: str) -> float:
    indicator, *item, audience, wave, _ = cell.split(".")
    answers = read_assumptions(audience).waves[wave].answers
    if item:
        return answers["fragilites"].notes[item[0]]
    question, counted = {
        "innovation": ("innovation", ("tout_a_fait", "plutot")),
        "co_construction_pas_du_tout": ("co_construction", ("pas_du_tout",)),
        "co_construction_emerge": ("co_construction", ("emerge",)),
        "co_construction_oui": ("co_construction", ("emerge", "nombreuses", "ancree")),
    }[indicator]
    return _share(answers[question], counted)


def _share(answer: Answer, counted: tuple[str, ...]) -> float:
    assert sum(answer.shares.values()) == 100
    return sum(answer.shares[option] for option in counted)
