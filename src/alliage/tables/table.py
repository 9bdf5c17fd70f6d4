"""A table of answers that stays where it is: its columns, and sums over groups of its rows."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from alliage.problems import Problem
from alliage.tables import sql
from alliage.tables.engines import ROWS, Engine
from alliage.tables.names import refuse_same_names
from alliage.tables.sums import Sum, piece, shifts
from alliage.text import Text

# Under this many rows, and this many values, reading everything costs less than asking.
SMALL = 200_000
SMALL_VALUES = 20_000_000


@dataclass(frozen=True, slots=True)
class Beside:
    """A small table to join to the rows before they are added up, on columns of the same name (none: one row)."""

    rows: pa.Table
    on: tuple[str, ...]


@dataclass(slots=True, eq=False)
class Table:
    """Answers held by an engine. Lazy: nothing is read until sums are asked for.

    exact     sums that are the same to the last bit, whatever the order of the rows and the number of threads
    small     under this many rows, the estimators read the rows in memory
    scans     how many times the rows have been read
    """

    engine: Engine
    address: str
    exact: bool = False
    small: int = SMALL
    scans: int = 0
    # What has been learnt of the columns, so as not to ask twice: the rows are supposed not to change.
    known: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        refuse_same_names(list(self.columns), self.address)

    @property
    def columns(self) -> dict[str, pa.DataType]:
        return self.engine.columns

    @property
    def rows(self) -> int:
        """How many rows there are."""
        if "rows" not in self.known:
            self.known["rows"] = int(self._ask(f"SELECT COUNT(*) AS n FROM {ROWS}")["n"][0].as_py())
        return int(self.known["rows"])

    @property
    def is_small(self) -> bool:
        return self.rows < self.small and self.rows * len(self.columns) <= SMALL_VALUES

    def rows_in_memory(self, what: Text) -> pa.Table:
        """Every row of a small table, for what needs them one by one. Raises Problem tables.rows_needed."""
        if not self.is_small:
            raise Problem("tables.rows_needed", what=what, address=self.address, rows=self.rows + 1)
        return self.read()

    def read(self) -> pa.Table:
        """Every row, in memory; kept, so that all columns are in one order."""
        if "read" not in self.known:
            self.known["read"] = self._ask(f"SELECT * FROM {ROWS}")
        return self.known["read"]

    def grouped(
        self,
        keys: Sequence[str],
        sums: Mapping[str, Sum | str],
        *,
        where: str | None = None,
        beside: Beside | None = None,
    ) -> pa.Table:
        """One scan: the sums of every group of rows with the same keys, a row per group, in no order.

        keys    columns of the table (or of `beside`), kept under their names; none: one row for everything
        sums    name: a Sum of float64 terms, or any other aggregate in SQL (COUNT, MIN, MAX)
        where   a condition on rows: only for questions where rows left out do not count at all

        A sum over nothing is 0. Raises Problem tables.unreadable.
        """
        if beside is None:
            return self._grouped(keys, sums, ROWS, where)
        with self.engine.beside(beside.rows) as name:
            own = [f"a.{sql.quoted(column)}" for column in self.columns]
            theirs = [f"b.{sql.quoted(column)}" for column in beside.rows.column_names if column not in beside.on]
            match = " AND ".join(f"a.{sql.quoted(column)} = b.{sql.quoted(column)}" for column in beside.on)
            join = f"JOIN {name} AS b ON {match}" if match else f"CROSS JOIN {name} AS b"
            joined = f"(SELECT {', '.join(own + theirs)} FROM {ROWS} AS a {join}) AS joined"
            return self._grouped(keys, sums, joined, where)

    def grouped_by_sets(self, sets: Sequence[Sequence[str]], sums: Mapping[str, Sum | str]) -> list[pa.Table]:
        """One scan for several groupings: what `grouped` would answer to each."""
        if len(sets) == 1:
            return [self.grouped(sets[0], sums)]
        keys = list(dict.fromkeys(key for one in sets for key in one))
        grouped = ", ".join(f"({', '.join(map(sql.quoted, one))})" for one in sets)
        # A column that is not of the set is null in its rows, as a column with no answer is: GROUPING tells them apart.
        marks = {f"{key}/left_out": f"GROUPING({sql.quoted(key)})" for key in keys}
        found = self._grouped(keys, {**marks, **sums}, ROWS, None, f"GROUPING SETS ({grouped})")
        left_out = np.column_stack([found[name].to_numpy() for name in marks])
        tables = []
        for one in sets:
            is_own = (left_out == [int(key not in one) for key in keys]).all(axis=1)
            tables.append(found.filter(pa.array(is_own)).select([*one, *sums]))
        return tables

    def _grouped(
        self,
        keys: Sequence[str],
        sums: Mapping[str, Sum | str],
        source: str,
        where: str | None,
        groups: str | None = None,
    ) -> pa.Table:
        named = [sql.quoted(key) for key in keys]
        cuts = {name: shifts(asked, self.rows) for name, asked in sums.items() if isinstance(asked, Sum)}
        cuts = {name: found for name, found in cuts.items() if found and self.exact}
        if cuts:
            source = _with_pieces(source, {name: sums[name] for name in cuts}, cuts)
        asked = list(named)
        for name, one in sums.items():
            if name in cuts:
                for rank, cut in enumerate(cuts[name]):
                    asked.append(f"SUM({piece(_rest(name, rank), cut)}) AS {sql.quoted(f'{name}/{rank}')}")
            else:
                asked.append(f"{one.plain() if isinstance(one, Sum) else one} AS {sql.quoted(name)}")
        query = f"SELECT {', '.join(asked)} FROM {source}"
        if where is not None:
            query += f" WHERE {where}"
        if named:
            query += f" GROUP BY {groups or ', '.join(named)}"
        found = self._ask(query)
        columns = {key: found[key] for key in keys}
        for name, one in sums.items():
            if name in cuts:
                parts = [column_of(found, f"{name}/{rank}") for rank in range(len(cuts[name]))]
                columns[name] = pa.array(added_up(parts))
            elif isinstance(one, Sum):
                columns[name] = pa.array(column_of(found, name))
            else:
                columns[name] = found[name]
        return pa.table(columns)

    def _ask(self, query: str) -> pa.Table:
        self.scans += 1
        return self.engine.answer(query)

    def needs(self, name: str, *, asked_by: str) -> pa.DataType:
        """The type of a column, or Problem tables.no_column."""
        if name not in self.columns:
            shown = ", ".join(list(self.columns)[:20]) + (" …" if len(self.columns) > 20 else "")
            raise Problem("tables.no_column", address=self.address, column=name, asked_by=asked_by, known=shown)
        return self.columns[name]


def column_of(found: pa.Table, name: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    """A column of sums: nothing added up is 0."""
    column = found[name]
    if column.null_count:
        column = column.fill_null(0)
    return np.asarray(column.to_numpy(), dtype=np.float64)


def added_up(parts: list[np.ndarray[Any, np.dtype[np.float64]]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The pieces of exact sums, finest first: each is a multiple of its unit, and the last addition alone rounds."""
    whole = parts[-1]
    for part in reversed(parts[:-1]):
        whole = part + whole
    return whole


def _rest(name: str, rank: int) -> str:
    """What is left of a term once its first pieces are taken out."""
    return sql.quoted(f"{name}/rest/{rank}")


def _with_pieces(source: str, sums: Mapping[str, Sum | str], cuts: Mapping[str, list[float]]) -> str:
    """The rows with each term beside them, and what is left of it after each cut: computed once, step by step."""
    terms = [f"{one.term} AS {_rest(name, 0)}" for name, one in sums.items() if isinstance(one, Sum)]
    made = f"(SELECT *, {', '.join(terms)} FROM {source}) AS cut_0"
    for rank in range(1, max(map(len, cuts.values()))):
        rests = [
            f"{_rest(name, rank - 1)} - {piece(_rest(name, rank - 1), cut[rank - 1])} AS {_rest(name, rank)}"
            for name, cut in cuts.items()
            if len(cut) > rank
        ]
        made = f"(SELECT *, {', '.join(rests)} FROM {made}) AS cut_{rank}"
    return made
