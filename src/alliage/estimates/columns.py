"""Columns of answers as arrays: numbers, categories, domains, with one rule for what is no answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike, NDArray

from alliage.catalogue.declarations import did_you_mean
from alliage.estimates.stages import Codes, Floats, distinct
from alliage.problems import Place, Problem
from alliage.responses.raw import RawAnswers
from alliage.tables import Table
from alliage.text import Text


class Frame(Protocol):
    """A data frame of another library (pandas, Polars), which hands its columns over as Arrow."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The columns (the Arrow PyCapsule interface)."""


# Rows of answers: what `read_answers` gives, an Arrow table, columns by name, a data frame, or a table that an engine
# holds.
Answers: TypeAlias = RawAnswers | pa.Table | Mapping[str, ArrayLike] | Frame | Table
Held: TypeAlias = RawAnswers | pa.Table | Mapping[str, ArrayLike] | Table

_EACH_ROW = Text(fr="ce que vous demandez", en="what you ask for")

# How R and NumPy write that there is nothing. Absent values and empty text are never answers, whatever the rule.
MISSING = ("NA", "NaN", "nan")

BLOCK = 2048  # rows


@dataclass(frozen=True, slots=True, eq=False)
class Categories:
    """A column as codes: `codes` (n, -1 where nothing was answered) point into `labels`."""

    codes: Codes
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Domains:
    """The groups to estimate for: `codes` (n, -1 outside every group) point into D groups.

    `parts` names each group: for every column of the breakdown, the category of each of the D groups.
    """

    codes: Codes
    parts: Mapping[str, Sequence[str]]
    count: int

    def label(self, domain: int) -> dict[str, str]:
        """{column: category} of one group."""
        return {name: categories[domain] for name, categories in self.parts.items()}


def received(answers: Answers) -> Held:
    """The answers, a data frame being turned into an Arrow table. Raises Problem estimates.not_answers."""
    if isinstance(answers, RawAnswers | pa.Table | Mapping | Table):
        return answers
    if hasattr(answers, "__arrow_c_stream__"):
        return pa.table(answers)
    raise Problem("estimates.not_answers", type=type(answers).__name__)


def pushed(answers: Answers) -> Table | None:
    """The table of an engine, when it is too large to be read in memory."""
    return answers if isinstance(answers, Table) and not answers.is_small else None


def rows_of(answers: Answers) -> int:
    answers = received(answers)
    if isinstance(answers, Table):
        return answers.rows
    if isinstance(answers, RawAnswers):
        return int(answers.table.num_rows)
    if isinstance(answers, pa.Table):
        return int(answers.num_rows)
    first: Any = next(iter(answers.values()), ())
    return len(first)


def place_of(answers: Answers, row: int, column: str) -> Place | None:
    """Where the answer of row `row` (from 0) is written, when the answers remember their file."""
    if not isinstance(answers, RawAnswers):
        return None
    return answers.place(row, column if column in answers.columns else None)


def column_of(answers: Answers, name: str, *, asked_by: str) -> pa.Array:
    """One column as an Arrow array, coded if it came so, or Problem estimates.no_column, estimates.column_length.

    Codes a file declares missing become null.
    """
    answers = received(answers)
    if isinstance(answers, Table):
        answers = answers.rows_in_memory(_EACH_ROW)
    table = answers.table if isinstance(answers, RawAnswers) else answers
    known = table.column_names if isinstance(table, pa.Table) else list(table)
    if name not in known:
        shown = ", ".join(map(str, known[:20])) + (" …" if len(known) > 20 else "")
        raise Problem(
            "estimates.no_column",
            Place(answers.file) if isinstance(answers, RawAnswers) else None,
            column=name,
            asked_by=asked_by,
            suggestion=did_you_mean(str(name), map(str, known)),
            known=shown,
        )
    column = _arrow(table[name])
    if not isinstance(table, pa.Table):
        if len(column) != rows_of(table):
            raise Problem("estimates.column_length", column=name, found=len(column), expected=rows_of(table))
        return column
    if isinstance(answers, RawAnswers) and answers.columns[name].missing:
        facts = answers.columns[name]
        return pa.array([None if word and facts.declares_missing(word) else word for word in column.to_pylist()])
    return column


def _arrow(values: Any) -> pa.Array:
    if isinstance(values, pa.ChunkedArray):
        # One chunk is taken as it is: joining it would copy it.
        joined = values.chunk(0) if values.num_chunks == 1 else values.combine_chunks()
        values = pa.array([], type=values.type) if isinstance(joined, pa.ChunkedArray) else joined
    if not isinstance(values, pa.Array):
        array = np.asarray(values)
        if array.dtype.kind not in "OUS":
            return pa.array(array, from_pandas=True)
        found = array.tolist()
        try:
            values = pa.array(found, from_pandas=True)
        except (pa.ArrowInvalid, pa.ArrowTypeError):  # numbers and words together: as they would be written
            values = pa.array([_written(value) or None for value in found], pa.string())
    return values


def _refuse_type(column: pa.Array, name: str) -> None:
    raise Problem("estimates.unreadable_type", column=name, type=str(column.type))


def numbers(answers: Answers, name: str, *, asked_by: str, missing: Sequence[str] = MISSING) -> Floats:
    """A column as float64, nan where nothing was answered; numbers written as text are read.

    A missing value that is a number (99) is missing however it is written (99.0).
    Raises Problem estimates.not_a_number, estimates.infinite naming the row (from 1).
    """
    column = column_of(answers, name, asked_by=asked_by)
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_string_view(column.type):  # text as Polars hands it over
        column = pc.cast(column, pa.string())
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        column = _read_numbers(column, name, answers, missing)
    if pa.types.is_null(column.type):
        return np.full(len(column), np.nan)
    if not _is_number_type(column.type):
        _refuse_type(column, name)
    values = np.asarray(pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False))
    if not is_finite(values) and np.isinf(values).any():
        row = int(np.flatnonzero(np.isinf(values))[0])
        raise Problem("estimates.infinite", place_of(answers, row, name), column=name, row=row + 1)
    for word in missing:
        if word not in MISSING and _is_number(word):
            values = np.where(values == float(word), np.nan, values)
    return values


def is_finite(values: Floats) -> bool:
    """Whether no value is nan or infinite, told from their sum: one reading, no array. (A sum too large says no.)"""
    with np.errstate(over="ignore", invalid="ignore"):
        return bool(np.isfinite(values.sum()))


def beside(columns: Sequence[Floats]) -> Floats:
    """k columns (n each) as one array n x k, rows together: turned block by block, each in the processor's cache."""
    n = len(columns[0])
    table = np.empty((n, len(columns)))
    for first in range(0, n, BLOCK):
        table[first : first + BLOCK] = np.array([column[first : first + BLOCK] for column in columns]).T
    return table


def _read_numbers(column: pa.Array, name: str, answers: Answers, missing: Sequence[str]) -> pa.Array:
    trimmed = pc.utf8_trim_whitespace(column)
    empty = pc.is_in(trimmed, value_set=pa.array(["", *missing], trimmed.type))
    filled = pc.if_else(empty, pa.scalar(None, trimmed.type), trimmed)
    try:
        return pc.cast(filled, pa.float64())
    except pa.ArrowInvalid:
        for row, word in enumerate(filled.to_pylist()):
            if word is not None and not _is_number(word):
                place = place_of(answers, row, name)
                raise Problem("estimates.not_a_number", place, column=name, row=row + 1, value=word) from None
        raise


def _is_number_type(kind: pa.DataType) -> bool:
    known = (pa.types.is_floating, pa.types.is_integer, pa.types.is_boolean, pa.types.is_decimal)
    return any(is_one(kind) for is_one in known)


def _is_number(word: str) -> bool:
    try:
        pc.cast(pa.array([word]), pa.float64())
    except pa.ArrowInvalid:
        return False
    return True


def categories(answers: Answers, name: str, *, asked_by: str, missing: Sequence[str] = MISSING) -> Categories:
    """A column as sorted text categories. 3 and 3.0 are written "3"; true is "true"."""
    column = column_of(answers, name, asked_by=asked_by)
    if pa.types.is_nested(column.type) and not pa.types.is_dictionary(column.type):
        _refuse_type(column, name)
    encoded = pc.dictionary_encode(pc.cast(column, pa.float64()) if _is_float(column) else column)
    if pa.types.is_integer(encoded.dictionary.type):
        return _whole_numbers(encoded, missing)
    distinct_values = encoded.dictionary
    if pa.types.is_string(distinct_values.type):
        distinct_values = pc.utf8_trim_whitespace(distinct_values)
    written = [value if type(value) is str else _written(value) for value in distinct_values.to_pylist()]
    labels = sorted(set(written) - {"", *missing}, key=_natural)
    rank = {word: code for code, word in enumerate(labels)}
    return Categories(_recoded(encoded, [rank.get(word, -1) for word in written]), tuple(labels))


def _recoded(encoded: pa.DictionaryArray, codes: Sequence[int] | Codes) -> Codes:
    """The code of each row, from that of each value of its dictionary; nothing is -1."""
    recode: Codes = np.concatenate([np.asarray(codes, dtype=np.int64), [-1]])
    indices = encoded.indices
    if indices.null_count:
        indices = pc.fill_null(pc.cast(indices, pa.int64()), len(codes))
    place: Codes = indices.to_numpy(zero_copy_only=False)
    return recode[place]


def _whole_numbers(encoded: pa.DictionaryArray, missing: Sequence[str]) -> Categories:
    """The same for whole numbers, without a word of Python for each: a million towns are common."""
    values = encoded.dictionary.to_numpy(zero_copy_only=False)
    nothing = [int(word) for word in missing if word.removeprefix("-").isdecimal() and str(int(word)) == word]
    order = np.argsort(values)
    kept = order[~np.isin(values[order], nothing)]
    codes = np.full(len(values), -1, dtype=np.int64)
    codes[kept] = np.arange(len(kept))
    return Categories(_recoded(encoded, codes), tuple(map(str, values[kept].tolist())))


def _is_float(column: pa.Array) -> bool:
    return bool(pa.types.is_floating(column.type))


def _written(value: object) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _natural(word: str) -> tuple[int, float, str]:
    """Numbers by size, then words by spelling."""
    try:
        return (0, float(word), word)
    except ValueError:
        return (1, 0.0, word)


def domains(answers: Answers, by: Sequence[str], *, missing: Sequence[str] = MISSING) -> Domains:
    """The crossing of the columns of `by`: one domain for each combination seen, in order; none at all is one domain.

    A row without a value in one of them belongs to no domain.
    """
    n = rows_of(answers)
    if not by:
        return Domains(np.zeros(n, dtype=np.int64), {}, 1)
    columns = {name: categories(answers, name, asked_by="by", missing=missing) for name in by}
    key = np.zeros(n, dtype=np.int64)
    outside = np.zeros(n, dtype=bool)
    for column in columns.values():
        key = key * max(len(column.labels), 1) + column.codes
        outside |= column.codes < 0
    seen, inverse = distinct(key[~outside])
    codes = np.full(n, -1, dtype=np.int64)
    codes[~outside] = inverse
    return Domains(codes, crossing(seen, {name: column.labels for name, column in columns.items()}), len(seen))


def crossing(keys: Codes, labels: dict[str, Sequence[str]]) -> dict[str, list[str]]:
    """The categories that crossed keys (the last column varies fastest) stand for, column by column."""
    parts: dict[str, list[str]] = {}
    for name in reversed(labels):
        keys, codes = np.divmod(keys, max(len(labels[name]), 1))
        parts[name] = [labels[name][code] for code in codes.tolist()]
    return {name: parts[name] for name in labels}


def as_tuple(names: str | Sequence[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def bools(values: ArrayLike) -> NDArray[np.bool_]:
    return np.asarray(values, dtype=bool)
