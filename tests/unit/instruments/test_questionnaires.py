"""A questionnaire is completed by the bank and tells the columns its answers fill."""

from __future__ import annotations

from pathlib import Path

import pytest

from alliage.instruments import Bank, Question, Questionnaire, read_bank, read_questionnaire
from alliage.problems import Problem, Problems

LISTS = """
lists:
  - id: fragilities
    label: {fr: Fragilités, en: Fragilities}
    entries:
      - {id: f01, label: {fr: Emploi, en: Employment}, inside: {fr: emploi, en: employment}}
      - {id: f02, label: {fr: Santé, en: Health}}
"""
BANK = """
version: "2026-1"
status: published
questions:
  - id: fragilites
    type: notes
    text: {fr: Quelle note ?, en: Which score?}
    items_from: fragilities
    low: 0
    high: 10
  - id: priorites
    version: "2026-2"
    type: multiple
    text: {fr: Lesquelles ?, en: Which ones?}
    options_from: fragilities
    max_choices: 1
"""
QUESTIONNAIRE = """
id: maires
version: "2026-1"
status: draft
audience: maires
label: {fr: Maires, en: Mayors}
"""
OWN = """
questions:
  - id: taille
    type: number
    text: {fr: Combien d'habitants ?, en: How many inhabitants?}
    low: 1
"""


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    (tmp_path / "lists.yaml").write_text(LISTS, encoding="utf-8")
    (tmp_path / "bank.yaml").write_text(BANK, encoding="utf-8")
    return read_bank(tmp_path)


def read(tmp_path: Path, words: str, bank: Bank | None = None) -> Questionnaire:
    path = tmp_path / "questionnaire.yaml"
    path.write_text(QUESTIONNAIRE + words, encoding="utf-8")
    return read_questionnaire(path, bank=bank)


def told(tmp_path: Path, words: str, bank: Bank | None = None) -> list[tuple[str, int | None]]:
    with pytest.raises((Problem, Problems)) as raised:
        read(tmp_path, words, bank)
    problems = raised.value.problems if isinstance(raised.value, Problems) else [raised.value]
    return [(problem.code, problem.place.line if problem.place else None) for problem in problems]


def test_a_questionnaire_takes_the_questions_of_the_bank_in_its_own_order(tmp_path: Path, bank: Bank) -> None:
    questionnaire = read(tmp_path, "uses: [priorites, fragilites]\n" + OWN, bank)

    assert [question.id for question in questionnaire.questions] == ["priorites", "fragilites", "taille"]
    assert questionnaire.uses == ("priorites", "fragilites")


def test_a_completed_question_carries_its_list_as_options_or_as_items(tmp_path: Path, bank: Bank) -> None:
    questionnaire = read(tmp_path, "uses: [fragilites, priorites]\n", bank)

    items = questionnaire.question("fragilites").items
    assert [(item.id, item.inside and item.inside.fr) for item in items] == [("f01", "emploi"), ("f02", None)]
    assert [option.id for option in questionnaire.question("priorites").options] == ["f01", "f02"]
    assert questionnaire.question("priorites").options_from is None


def test_a_question_of_the_bank_has_the_version_of_the_bank_or_its_own(bank: Bank) -> None:
    assert {question.id: question.version for question in bank.questions.values()} == {
        "fragilites": "2026-1",
        "priorites": "2026-2",
    }


def test_a_questionnaire_tells_the_columns_its_answers_fill(tmp_path: Path, bank: Bank) -> None:
    questionnaire = read(tmp_path, "uses: [fragilites, priorites]\n" + OWN, bank)

    assert {question.id: question.columns() for question in questionnaire.questions} == {
        "fragilites": ("fragilites_f01", "fragilites_f02"),
        "priorites": ("priorites_f01", "priorites_f02"),
        "taille": ("taille",),
    }


def test_a_study_may_bring_a_questionnaire_that_owes_nothing_to_the_bank(tmp_path: Path) -> None:
    assert [question.id for question in read(tmp_path, OWN).questions] == ["taille"]


def test_two_questions_may_not_fill_the_same_column_even_in_capitals(tmp_path: Path, bank: Bank) -> None:
    own = """
questions:
  - {id: fragilites_f02, type: number, text: {fr: Combien ?, en: How many?}}
"""

    assert told(tmp_path, "uses: [fragilites]\n" + own, bank) == [("content.double_column", 10)]


def test_a_question_of_the_bank_may_not_be_asked_twice(tmp_path: Path, bank: Bank) -> None:
    assert told(tmp_path, "uses:\n  - priorites\n  - priorites\n", bank) == [("content.double_id", 9)]


@pytest.mark.parametrize(
    ("question", "problems"),
    [
        ("type: single", [("content.missing_for_type", 8)]),
        ("type: notes", [("content.missing_for_type", 8)] * 3),
        ("type: note, low: 0, high: 0", [("content.wrong_value", 8)]),
        ("type: note, low: 0, high: 10, max_choices: 2", [("content.useless_for_type", 8)]),
        ("type: number, options: [{id: a, label: {fr: A, en: A}}]", [("content.useless_for_type", 8)]),
        ("type: single, options: [{id: Oui, label: {fr: O, en: Y}}]", [("content.bad_id", 8)]),
        ("type: single, options_from: frgilities", [("content.dangling", 8)]),
    ],
)
def test_a_question_that_its_type_makes_unusable_is_told(
    tmp_path: Path, bank: Bank, question: str, problems: list[tuple[str, int]]
) -> None:
    own = f"questions:\n  - {{id: q1, text: {{fr: Q, en: Q}}, {question}}}\n"

    assert told(tmp_path, own, bank) == problems


def test_a_question_knows_its_columns_before_any_file(bank: Bank) -> None:
    assert Question(id="age", type="number", text=bank.questions["fragilites"].text).columns() == ("age",)
