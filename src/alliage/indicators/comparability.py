"""Says whether two people were asked the same thing: without it, the gap between their answers measures the wording."""

from __future__ import annotations

from collections.abc import Sequence

from alliage.instruments import Question
from alliage.instruments.questionnaires import Item, Option
from alliage.text import LANGUAGES, Text

Asked = tuple[object, ...]


def same_question(a: Question, b: Question) -> bool:
    """Same words in both languages, same type, same answers and items in the same order, same bounds.

    How an option reads inside a sentence, its code and who was asked are not what was put to the respondent.
    """
    return asked(a) == asked(b)


def asked(question: Question) -> Asked:
    """All that the respondent was put before, in a form that two questions can be compared by."""
    return (
        question.type,
        _words(question.text),
        _list(question.options),
        _list(question.items),
        question.low,
        question.high,
        question.max_choices,
    )


def _list(entries: Sequence[Option | Item]) -> Asked:
    return tuple((entry.id, _words(entry.label)) for entry in entries)


def _words(text: Text) -> tuple[str, ...]:
    """Line ends and double spaces come from the file, not from the wording."""
    return tuple(" ".join(text[language].split()) for language in LANGUAGES)
