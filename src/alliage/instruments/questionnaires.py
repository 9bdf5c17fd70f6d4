"""The questionnaire: questions with stable ids, typed, in two languages."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from alliage.catalogue import declared, read_declaration
from alliage.catalogue.marks import Origin
from alliage.text import Text

# single    one option            -> one column of option ids
# multiple  any number of options -> one column 0/1 per option, named {question}_{option}
# note      a whole number from `low` to `high` -> one column
# number    any number within [low, high]       -> one column
# notes     a note for each item   -> one column per item, named {question}_{item}
# singles   one option for each item -> one column per item, named {question}_{item}
# category  a fact known from the frame (region, size class): one option, not asked
QuestionType = Literal["single", "multiple", "note", "number", "notes", "singles", "category"]


@declared
class Option:
    """One answer a respondent can give. `says_nothing`: counted in the base, but no opinion ("no opinion")."""

    id: str
    label: Text


@declared
class Item:
    """One row of a battery of questions (`notes`, `singles`)."""

    id: str
    label: Text


@declared
class Question:
    """A question as it was asked. `missing` are codes that stand for no answer ("98", "NSP")."""

    id: str
    type: QuestionType
    text: Text
    code: str | None = None
    options: tuple[Option, ...] = ()
    items: tuple[Item, ...] = ()
    options_from: str | None = None  # the id of a shared list of options in instruments/lists.yaml
    items_from: str | None = None  # the id of a shared list of items in instruments/lists.yaml
    low: float | None = None
    high: float | None = None
    max_choices: int | None = None
    missing: tuple[str, ...] = ()
    asked_if: Text | None = None  # who was asked, in words, when not everyone was
    origin: Origin | None = None

    def columns(self) -> tuple[str, ...]:
        """The columns of answers this question fills, in order."""
        if self.type == "multiple":
            return tuple(f"{self.id}_{option.id}" for option in self.options)
        if self.type in {"notes", "singles"}:
            return tuple(f"{self.id}_{item.id}" for item in self.items)
        return (self.id,)


@declared
class Questionnaire:
    """What one audience is asked. `uses` names questions of the shared bank (instruments/bank.yaml), in order."""

    id: str
    version: str
    status: Literal["draft", "published"]
    label: Text
    audience: str
    uses: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()

    def question(self, id: str) -> Question:
        return next(question for question in self.questions if question.id == id)


def read_questionnaire(path: Path, *, asked_by: str = "") -> Questionnaire:
    """Read a questionnaire that carries all its own questions."""
    return read_declaration(path, Questionnaire, asked_by=asked_by)


