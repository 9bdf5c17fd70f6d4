"""One column of answers: its values as our ids or as numbers, and its status."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from alliage.instruments import Question
from alliage.problems import Problem
from alliage.responses.codes import Codes, Unread, codes_of, meaning_of, problem_of, times, to_number
from alliage.responses.raw import RawAnswers
from alliage.responses.statuses import ANSWERED, NO_ANSWER, Status
from alliage.studies.declarations import Answers, Column, Derived

NUMBERS = {"note", "notes", "number", "multiple"}


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """`values` is null where `status` is not ANSWERED; `codes` are kept to tell why an answer is absent."""

    values: pa.Array
    status: Status
    codes: Codes


def read_question_column(
    raw: RawAnswers,
    question: Question,
    column: Column,
    answers: Answers,
    absent: set[str],
    problems: list[Problem],
) -> ReadColumn:
    """Read one column of a question; what cannot be read is added to `problems`, once per code, at its first row.

    `absent`: the codes that the study says stand for no answer, besides those of the question and of the file.
    """
    codes, facts = codes_of(raw, column.source), raw.columns[column.source]
    meaning = meaning_of(question, facts, column.values, answers.decimal if raw.format == "csv" else ".")

    def is_absent(word: str) -> bool:
        return word == "" or word in absent or word in question.missing or facts.declares_missing(word)

    def read(word: str) -> str | float | None:
        if word in column.values:  # said in so many words: this comes first
            return meaning(column.values[word])
        return None if is_absent(word) else meaning(word)

    type_ = pa.float64() if question.type in NUMBERS else pa.string()
    return _column(raw, column, codes, read, type_, problems)


def read_text_column(raw: RawAnswers, column: Column) -> ReadColumn:
    """A column that no question describes (strata, clusters, zones): its words as received."""
    return _column(raw, column, codes_of(raw, column.source), lambda word: word or None, pa.string(), [])


def read_number_column(raw: RawAnswers, column: Column, answers: Answers, problems: list[Problem]) -> ReadColumn:
    """A column of numbers that no question describes (weights, population counts)."""
    decimal = answers.decimal if raw.format == "csv" else "."

    def read(word: str) -> float | None:
        return to_number(word, decimal) if word else None

    return _column(raw, column, codes_of(raw, column.source), read, pa.float64(), problems)


def cut(source: ReadColumn, derived: Derived, raw: RawAnswers, column: str, problems: list[Problem]) -> ReadColumn:
    """Put each number in its band: from `low` included to `high` excluded."""
    numbers = np.asarray(source.values.to_numpy(zero_copy_only=False), dtype=np.float64)
    found = np.full(len(numbers), -1, dtype=np.int64)
    for rank, band in enumerate(derived.bands):
        low = -np.inf if band.low is None else band.low
        high = np.inf if band.high is None else band.high
        found[(numbers >= low) & (numbers < high) & (found < 0)] = rank
    answered = source.status == ANSWERED
    lost = np.flatnonzero(answered & (found < 0))
    if len(lost):
        value = f"{numbers[lost[0]]:g}"
        place = raw.place(int(lost[0]), column)
        problems.append(Problem("answers.no_band", place, value=value, derived=derived.id, times=times(len(lost))))
    values = _take([band.id for band in derived.bands], found, found >= 0, pa.string())
    return ReadColumn(values, source.status, source.codes)


def _column(
    raw: RawAnswers,
    column: Column,
    codes: Codes,
    read: Callable[[str], str | float | None],
    type_: pa.DataType,
    problems: list[Problem],
) -> ReadColumn:
    meant: list[str | float | None] = []
    for rank, word in enumerate(codes.words):
        try:
            meant.append(read(word))
        except Unread as unread:
            meant.append(None)
            rows = codes.rows(rank)
            place = raw.place(int(rows[0]), column.source)
            problems.append(problem_of(unread, place, column=column.source, word=word, count=len(rows)))
    told = np.array([value is not None for value in meant], dtype=bool)[codes.of]
    values = _take(meant, codes.of, told, type_)
    status: Status = np.where(told, ANSWERED, NO_ANSWER).astype(np.int8)
    return ReadColumn(values, status, codes)


def _take(
    words: list[str] | list[str | float | None],
    ranks: NDArray[np.int64],
    told: NDArray[np.bool_],
    type_: pa.DataType,
) -> pa.Array:
    return pa.array(words, type_).take(pa.array(ranks, mask=~told))
