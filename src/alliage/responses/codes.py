"""What each code of a column means: an option, a number, or nothing; and what to say of one that means none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from alliage.catalogue.declarations import did_you_mean
from alliage.instruments import Question
from alliage.problems import Place, Problem
from alliage.responses.raw import RawAnswers, RawColumn
from alliage.text import Text, number

YES_NO = {
    **dict.fromkeys(("1", "oui", "vrai", "yes", "true"), 1.0),
    **dict.fromkeys(("0", "non", "faux", "no", "false"), 0.0),
}
_POINT = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_COMMA = re.compile(r"[+-]?\d+(,\d+)?([eE][+-]?\d+)?")
_SHOWN = 60


class Unread(Exception):
    """A code that means nothing here: the code of the problem and what its sentence needs."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


Meaning = Callable[[str], str | float]


@dataclass(frozen=True, slots=True)
class Codes:
    """The different codes of one column, stripped of outer spaces, and which respondent gave which."""

    words: list[str]
    of: NDArray[np.int64]  # for each respondent, the rank of their code in `words`

    def rows(self, rank: int) -> NDArray[np.int64]:
        return np.flatnonzero(self.of == rank)

    def among(self, words: Iterable[str]) -> NDArray[np.bool_]:
        """Who gave one of these codes."""
        wanted = set(words)
        return np.array([word in wanted for word in self.words], dtype=bool)[self.of]


def codes_of(raw: RawAnswers, source: str) -> Codes:
    """The codes of one source column. Spaces around a code are not part of it; the raw column keeps them."""
    encoded = raw.table.column(source).combine_chunks().dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    stripped = [word.strip() for word in encoded.dictionary.to_pylist()]
    words = list(dict.fromkeys(stripped))
    rank = {word: place for place, word in enumerate(words)}
    ranks = np.array([rank[word] for word in stripped], dtype=np.int64)
    return Codes(words, ranks[encoded.indices.to_numpy()])


def meaning_of(question: Question, facts: RawColumn, mapping: dict[str, str], decimal: Literal[".", ","]) -> Meaning:
    """How to read a code of this question. The meaning raises Unread."""
    if question.type in {"note", "notes"}:
        return lambda word: _note(to_number(word, decimal), question)
    if question.type == "number":
        return lambda word: _within(to_number(word, decimal), question)
    if question.type == "multiple":
        return _chosen
    if not question.options:
        return lambda word: word
    return _option_reader(question, facts, mapping)


def to_number(word: str, decimal: Literal[".", ","]) -> float:
    """A number as written in the file; no thousands separator, no nan, no infinity. Raises Unread."""
    if decimal == "," and _COMMA.fullmatch(word):
        return float(word.replace(",", "."))
    if decimal == "." and _POINT.fullmatch(word):
        return float(word)
    if decimal == "." and _COMMA.fullmatch(word):
        raise Unread("answers.decimal_comma")
    raise Unread("answers.not_a_number")


def folded(words: str) -> str:
    """Letters without case nor accents, one space between words: for comparing labels."""
    flat = unicodedata.normalize("NFKD", words.replace("’", "'").casefold())
    return " ".join("".join(sign for sign in flat if not unicodedata.combining(sign)).split())


def times(count: int) -> Text:
    """« 3 fois », "3 times"."""
    counted = number(count)
    return Text(fr=f"{counted.fr} fois", en="once" if count == 1 else f"{counted.en} times")


def problem_of(unread: Unread, place: Place, *, column: str, word: str, count: int) -> Problem:
    """The problem for a code that could not be read, at its first place."""
    shown = word if len(word) <= _SHOWN else word[:_SHOWN] + "…"
    return Problem(unread.code, place, **{"column": column, "value": shown, "times": times(count), **unread.values})


def _within(value: float, question: Question) -> float:
    low, high = question.low, question.high
    if (low is not None and value < low) or (high is not None and value > high):
        ends = {name: "∞" if end is None else f"{end:g}" for name, end in (("low", low), ("high", high))}
        raise Unread("answers.out_of_range", **ends)
    return value


def _note(value: float, question: Question) -> float:
    if value != round(value):
        raise Unread("answers.not_whole")
    return _within(value, question)


def _chosen(word: str) -> float:
    if word.casefold() not in YES_NO:
        raise Unread("answers.unknown_code", known="1, 0, oui, non, true, false", suggestion="")
    return YES_NO[word.casefold()]


def _option_reader(question: Question, facts: RawColumn, mapping: dict[str, str]) -> Meaning:
    ids = {option.id for option in question.options}
    # A label counts only when one option has it: two options with the same words cannot be told apart.
    labels: dict[str, set[str]] = {}
    for option in question.options:
        for label in {folded(option.label.fr), folded(option.label.en)}:
            labels.setdefault(label, set()).add(option.id)
    by_label = {label: next(iter(found)) for label, found in labels.items() if len(found) == 1}
    known = ", ".join(mapping or [option.id for option in question.options])

    def read(word: str) -> str:
        if word in ids:
            return word
        label = folded(facts.value_labels.get(word, word))
        if label in by_label:
            return by_label[label]
        near = did_you_mean(word, mapping or ids)
        raise Unread("answers.unknown_code", known=known, suggestion=near)

    return read
