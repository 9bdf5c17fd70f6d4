"""A plan is a closed list of tables: each is named once, and each can be made."""

from __future__ import annotations

from pathlib import Path

import pytest

from alliage.problems import Problem, Problems
from alliage.studies import read_study
from small_study import QUESTIONNAIRE, STUDY, write_study

BATTERY = """
  - id: gouts
    type: singles
    text: {fr: Vos goûts, en: Your tastes}
    items:
      - {id: the, label: {fr: Thé, en: Tea}}
    options:
      - {id: oui, label: {fr: Oui, en: "Yes"}}
      - {id: non, label: {fr: Non, en: "No"}}
"""


def refused(folder: Path, plan: str) -> list[tuple[str, int | None]]:
    written = write_study(folder, study=STUDY + plan, questionnaire=QUESTIONNAIRE.rstrip() + BATTERY)
    with pytest.raises((Problem, Problems)) as raised:
        read_study(written, questionnaires={}, known_indicators={"emploi", "age"})
    found = raised.value.problems if isinstance(raised.value, Problems) else [raised.value]
    first = len(STUDY.splitlines()) + 1
    return [(problem.code, problem.place.line - first) for problem in found if problem.place]


def test_an_indicator_is_published_once(tmp_path: Path):
    plan = "plan:\n  - {indicator: emploi}\n  - {indicator: age}\n  - {indicator: emploi, by: [classe_age]}\n"

    assert refused(tmp_path, plan) == [("study.double_table", 3)]


def test_a_table_is_broken_down_once_by_a_variable(tmp_path: Path):
    plan = "plan:\n  - {indicator: age, by: [emploi, classe_age, emploi]}\n"

    assert refused(tmp_path, plan) == [("study.double_breakdown", 1)]


@pytest.mark.parametrize("by", ["gouts_the", "gouts", "loisirs_sport", "age", "strate"])
def test_only_a_one_answer_question_or_a_derived_variable_breaks_a_table_down(tmp_path: Path, by: str):
    assert refused(tmp_path, f"plan:\n  - {{indicator: age, by: [{by}]}}\n") == [("study.unknown_breakdown", 1)]


def test_one_number_is_not_cut_in_two_ways(tmp_path: Path):
    """Under 40 and under 41: whoever is 40 would be the difference of two tables."""
    other = """
  - id: autre_age
    label: {fr: Âge, en: Age}
    source: age
    bands:
      - {id: jeunes, label: {fr: moins de 41 ans, en: under 41}, high: 41}
      - {id: aines, label: {fr: 41 ans et plus, en: 41 and over}, low: 41}
"""
    plan = "plan:\n  - {indicator: age, by: [classe_age]}\n  - {indicator: emploi, by: [autre_age]}\n"
    folder = write_study(tmp_path, study=STUDY.rstrip() + other + plan)

    with pytest.raises(Problem) as raised:
        read_study(folder, questionnaires={}, known_indicators={"emploi", "age"})

    assert raised.value.code == "study.two_cuts"
    assert raised.value.place.line == len((STUDY.rstrip() + other + plan).splitlines())
