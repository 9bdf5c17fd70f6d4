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
