"""What makes a questionnaire usable: ids that can name columns, answers for every closed question, bounds for notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from alliage.catalogue import Document
from alliage.catalogue.documents import Address
from alliage.instruments.questionnaires import (
    MAY_HAVE_BOUNDS,
    NEEDS_BOUNDS,
    NEEDS_ITEMS,
    NEEDS_OPTIONS,
    Item,
    Option,
    Question,
)
from alliage.problems import Problem
from alliage.text import Text

# A question names a column, so it starts with a letter; an option or an item may be a code ("11").
QUESTION_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")
ENTRY_ID = re.compile(r"[a-z0-9][a-z0-9_]{0,59}")


def check_question(question: Question, document: Document, at: Address) -> list[Problem]:
    """Everything wrong with one completed question, written at this address of the document."""
    problems = []
    if not QUESTION_ID.fullmatch(question.id):
        problems.append(Problem("content.bad_id", document.place((*at, "id")), id=question.id))
    problems += check_entries(question.options, document, (*at, "options"))
    problems += check_entries(question.items, document, (*at, "items"))
    problems += _missing_keys(question, document, at)
    problems += _useless_keys(question, document, at)
    if question.low is not None and question.high is not None and question.low >= question.high:
        problems.append(_must_be(document, (*at, "high"), question.high, above=question.low))
    return problems


def check_entries(entries: Sequence[Option | Item], document: Document, at: Address) -> list[Problem]:
    """Ids of options or items: well formed, used once."""
    problems = []
    first: dict[str, int] = {}
    for rank, entry in enumerate(entries):
        place = document.place((*at, rank, "id"))
        if not ENTRY_ID.fullmatch(entry.id):
            problems.append(Problem("content.bad_id", place, id=entry.id))
        if first.setdefault(entry.id, rank) != rank:
            other = the_line(document, (*at, first[entry.id], "id"))
            problems.append(Problem("content.double_id", place, id=entry.id, other=other))
    return problems


def check_columns(questions: tuple[Question, ...], document: Document, at: Mapping[int, Address]) -> list[Problem]:
    """Two questions of one questionnaire share neither an id nor a column; `at` tells where each is named.

    Columns are compared without case: some readers of answers do not tell `Q1` from `q1`.
    """
    problems = []
    first: dict[str, int] = {}
    owners: dict[str, str] = {}
    for rank, question in enumerate(questions):
        if first.setdefault(question.id, rank) != rank:
            other = the_line(document, at[first[question.id]])
            problems.append(Problem("content.double_id", document.place(at[rank]), id=question.id, other=other))
            continue
        for column in question.columns():
            owner = owners.setdefault(column.lower(), question.id)
            if owner != question.id:
                place = document.place(at[rank])
                problems.append(Problem("content.double_column", place, id=question.id, column=column, other=owner))
    return problems


def the_line(document: Document, at: Address, *, seen_from: Path | None = None) -> Text:
    """Another place in words: "line 12", with its file when it is not the one we look from."""
    line = document.place(at).line
    if seen_from is None or seen_from == document.path:
        return Text(fr=f"la ligne {line}", en=f"line {line}")
    return Text(fr=f"{document.path}, ligne {line}", en=f"{document.path}, line {line}")


def _missing_keys(question: Question, document: Document, at: Address) -> Iterator[Problem]:
    needs = {
        "options": question.type in NEEDS_OPTIONS and not question.options and question.options_from is None,
        "items": question.type in NEEDS_ITEMS and not question.items and question.items_from is None,
        "low": question.type in NEEDS_BOUNDS and question.low is None,
        "high": question.type in NEEDS_BOUNDS and question.high is None,
    }
    for key, is_missing in needs.items():
        if is_missing:
            yield Problem("content.missing_for_type", document.place(at), id=question.id, key=key, type=question.type)


def _useless_keys(question: Question, document: Document, at: Address) -> Iterator[Problem]:
    """A key that the type of the question leaves unused would mislead its reader."""
    useless = {
        "options": question.type not in NEEDS_OPTIONS,
        "options_from": question.type not in NEEDS_OPTIONS,
        "items": question.type not in NEEDS_ITEMS,
        "items_from": question.type not in NEEDS_ITEMS,
        "low": question.type not in MAY_HAVE_BOUNDS,
        "high": question.type not in MAY_HAVE_BOUNDS,
        "max_choices": question.type != "multiple",
    }
    for key, is_useless in useless.items():
        # What the author wrote, not what completing brought in.
        if is_useless and (*at, key) in document.lines:
            yield Problem(
                "content.useless_for_type", document.place((*at, key)), id=question.id, key=key, type=question.type
            )
    for key in ("options", "items"):
        if (*at, key) in document.lines and (*at, f"{key}_from") in document.lines:
            yield Problem("content.one_of_two", document.place((*at, key)), id=question.id, a=key, b=f"{key}_from")


def _must_be(document: Document, at: Address, value: float, *, above: float) -> Problem:
    expected = Text(fr=f"il faut plus que {above:g}", en=f"it must be more than {above:g}")
    return Problem("content.wrong_value", document.place(at), key=str(at[-1]), value=f"{value:g}", expected=expected)
