"""The questionnaire: questions with stable ids, typed, in two languages."""

from __future__ import annotations

from typing import Literal

from alliage.catalogue import declared
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

# What each type needs to be complete; anything else written there would be silently unused, so it is refused.
NEEDS_OPTIONS: frozenset[QuestionType] = frozenset({"single", "multiple", "singles", "category"})
NEEDS_ITEMS: frozenset[QuestionType] = frozenset({"notes", "singles"})
NEEDS_BOUNDS: frozenset[QuestionType] = frozenset({"note", "notes"})
MAY_HAVE_BOUNDS: frozenset[QuestionType] = NEEDS_BOUNDS | {"number"}


@declared
class Option:
    """One answer a respondent can give. `says_nothing`: counted in the base, but no opinion ("no opinion").

    `inside` is the option inside a sentence ("le mécénat"), when its label does not read well there; that of a
    category says where or among whom (« parmi les femmes », "in companies of 10 to 49 employees").
    """

    id: str
    label: Text
    inside: Text | None = None
    says_nothing: bool = False


@declared
class Item:
    """One row of a battery of questions (`notes`, `singles`). `inside`: the item inside a sentence."""

    id: str
    label: Text
    inside: Text | None = None


@declared
class Question:
    """A question as it was asked. `missing` are codes that stand for no answer ("98", "NSP")."""

    id: str
    type: QuestionType
    text: Text
    version: str | None = None  # the version of the bank when it is not given
    code: str | None = None
    options: tuple[Option, ...] = ()
    items: tuple[Item, ...] = ()
    options_from: str | None = None  # the id of a shared list of instruments/lists.yaml
    items_from: str | None = None  # the id of a shared list of instruments/lists.yaml
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
        if self.type in NEEDS_ITEMS:
            return tuple(f"{self.id}_{item.id}" for item in self.items)
        return (self.id,)


@declared
class Questionnaire:
    """What one audience is asked. `uses` names questions of the shared bank (instruments/bank.yaml), in order.

    A completed questionnaire carries every question in full, those of the bank first; its `uses` is kept as written.
    """

    id: str
    version: str
    status: Literal["draft", "published"]
    label: Text
    audience: str
    uses: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()

    def question(self, name: str) -> Question:
        return next(question for question in self.questions if question.id == name)

    def has(self, name: str) -> bool:
        return any(question.id == name for question in self.questions)
