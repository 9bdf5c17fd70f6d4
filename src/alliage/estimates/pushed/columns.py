"""Columns of a table held by an engine: what the engine is asked to add up for a number, or for an answer.

One rule for what is no answer, that of `columns`: an expression is null where nothing was answered.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from alliage.estimates.columns import Categories, categories
from alliage.problems import Problem
from alliage.tables import Table, sql

# How a number is written in text; what is written otherwise is refused before anything is added up.
WRITTEN = r"^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$"


@dataclass(frozen=True, slots=True)
class Number:
    """A column of numbers: `value` in SQL, float64 or null where nothing was answered; what its values are like."""

    value: str
    found: int  # rows with an answer
    low: float  # nan when there is none
    high: float
    middle: float  # a rough mean; a whole number when all of them are
    whole: bool = False

    @property
    def largest(self) -> float:
        return max(abs(self.low), abs(self.high)) if self.found else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """A column of answers: its categories over the distinct values written in it."""

    name: str
    values: tuple[object, ...]
    read: Categories  # codes: one per value

    def condition(self, codes: Sequence[int]) -> str:
        """Whether a row gave one of these answers, in SQL; never null."""
        wanted = set(codes)
        written = [value for value, code in zip(self.values, self.read.codes.tolist(), strict=True) if code in wanted]
        return sql.among(self.name, written)

    @property
    def is_complete(self) -> bool:
        """Whether every row has an answer."""
        return bool((self.read.codes >= 0).all())


def read_numbers(table: Table, names: Sequence[str], *, asked_by: str, missing: Sequence[str]) -> list[Number]:
    """Number of each column: one scan for all those not met yet.

    Raises Problem tables.no_column, tables.not_numeric, tables.not_a_number, tables.infinite.
    """
    keys = {name: ("number", name, tuple(missing)) for name in names}
    unknown = [name for name in dict.fromkeys(names) if keys[name] not in table.known]
    values = {name: _value(table, name, asked_by, missing) for name in unknown}
    if unknown:
        asked: dict[str, str] = {}
        for rank, name in enumerate(unknown):
            asked |= _asked(rank, table, name, values[name], missing)
        found = table.grouped((), asked)
        for rank, name in enumerate(unknown):
            _refuse_unreadable(found, rank, name)
            _refuse_infinite(found, rank, name)
            table.known[keys[name]] = _number(found, rank, values[name], table, name)
    return [table.known[keys[name]] for name in names]


def read_answers(table: Table, name: str, *, asked_by: str, missing: Sequence[str]) -> Answered:
    """Answers of a column: one scan, the first time. Raises Problem tables.no_column."""
    table.needs(name, asked_by=asked_by)
    key = ("answers", name)
    if key not in table.known:
        table.known[key] = table.grouped((name,), {})
    values = table.known[key]
    read = categories(values, name, asked_by=asked_by, missing=missing)
    return Answered(name, tuple(values[name].to_pylist()), read)


def read_answers_at_once(table: Table, names: Sequence[str]) -> None:
    """Learn the answers of several columns in one scan."""
    unknown = [name for name in dict.fromkeys(names) if ("answers", name) not in table.known]
    for name in unknown:
        table.needs(name, asked_by="share")
    if len(unknown) > 1:
        found = table.grouped_by_sets([(name,) for name in unknown], {})
        table.known |= {("answers", name): values for name, values in zip(unknown, found, strict=True)}


def _value(table: Table, name: str, asked_by: str, missing: Sequence[str]) -> str:
    """A column as float64, null where nothing was answered."""
    kind, column = table.needs(name, asked_by=asked_by), sql.quoted(name)
    codes = [float(word) for word in missing if _is_number(word)]
    codes = [code for code in codes if math.isfinite(code)]
    if sql.is_text(kind):
        number = sql.finite(table.engine.number(f"TRIM({column})"))
    elif pa.types.is_boolean(kind):
        number = f"CAST(CAST({column} AS INTEGER) AS DOUBLE)"
    elif pa.types.is_floating(kind):
        number = sql.finite(_as_float(column))
    elif sql.is_number(kind):
        number = _as_float(column)
    elif pa.types.is_null(kind):
        return "CAST(NULL AS DOUBLE)"
    else:
        raise Problem("tables.not_numeric", column=name, type=str(kind))
    if codes:
        listed = ", ".join(sql.real(code) for code in codes)
        number = f"CASE WHEN {number} IN ({listed}) THEN NULL ELSE {number} END"
    return number


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


def _unreadable(table: Table, name: str, missing: Sequence[str]) -> str | None:
    """The text of a value that should be a number and is not, else null; None where the column is not text."""
    if not sql.is_text(table.columns[name]):
        return None
    words = f"TRIM({sql.quoted(name)})"
    nothing = ", ".join(sql.text(word) for word in ("", *missing))
    fine = f"{words} IN ({nothing}) OR LOWER({words}) = 'nan'"
    return f"CASE WHEN {fine} OR REGEXP_MATCHES({words}, {sql.text(WRITTEN)}) THEN NULL ELSE {words} END"


def _asked(rank: int, table: Table, name: str, value: str, missing: Sequence[str]) -> dict[str, str]:
    column, kind = sql.quoted(name), table.columns[name]
    # A whole number is summed up as it is, several times faster than as a float.
    is_plain = value == _as_float(column)
    taken = column if is_plain else value
    asked = {
        f"found_{rank}": f"COUNT({taken})",
        f"low_{rank}": f"CAST(MIN({taken}) AS DOUBLE)",
        f"high_{rank}": f"CAST(MAX({taken}) AS DOUBLE)",
        f"middle_{rank}": f"CAST(AVG({taken}) AS DOUBLE)",
    }
    if not is_plain:
        asked[f"written_{rank}"] = f"COUNT({column})"
    if pa.types.is_floating(kind):
        asked[f"infinite_{rank}"] = f"COUNT(CASE WHEN {sql.infinite(column)} THEN 1 END)"
    unreadable = _unreadable(table, name, missing)
    if unreadable is not None:
        asked |= {f"wrong_{rank}": f"COUNT({unreadable})", f"example_{rank}": f"MIN({unreadable})"}
    return asked


def _as_float(column: str) -> str:
    return f"CAST({column} AS DOUBLE)"


def _refuse_unreadable(found: pa.Table, rank: int, name: str) -> None:
    if f"wrong_{rank}" in found.column_names and (count := found[f"wrong_{rank}"][0].as_py()):
        raise Problem("tables.not_a_number", column=name, value=found[f"example_{rank}"][0].as_py(), count=count)


def _refuse_infinite(found: pa.Table, rank: int, name: str) -> None:
    if f"infinite_{rank}" in found.column_names and (count := found[f"infinite_{rank}"][0].as_py()):
        raise Problem("tables.infinite", column=name, count=count)


def _number(found: pa.Table, rank: int, value: str, table: Table, name: str) -> Number:
    if pa.types.is_floating(table.columns[name]) and found[f"written_{rank}"][0] == found[f"found_{rank}"][0]:
        value = _as_float(sql.quoted(name))  # nothing to set aside but nulls
    count, low, high, middle = (found[f"{what}_{rank}"][0].as_py() for what in ("found", "low", "high", "middle"))
    if not count:
        return Number(value, 0, math.nan, math.nan, 0.0)
    whole = pa.types.is_integer(table.columns[name])
    return Number(value, int(count), low, high, _rough(middle, low, high, whole=whole), whole)


def _rough(middle: float, low: float, high: float, *, whole: bool) -> float:
    """The mean, rounded well within the spread: an engine's mean changes in its last digits from run to run."""
    spread = high - low
    if not math.isfinite(middle) or spread <= 0:
        return low
    unit = 1.0 if whole else math.ldexp(1.0, max(math.frexp(spread)[1] - 12, -1000))
    rounded = round(middle / unit) * unit if abs(middle / unit) < 2**52 else middle
    return float(np.clip(rounded, low, high))
