"""The sampled units of a table held by an engine: read once, over the whole table, before any filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from alliage.estimates.columns import MISSING, categories, numbers
from alliage.estimates.pushed.columns import Number, read_numbers
from alliage.estimates.stages import Codes, Floats
from alliage.problems import Problem
from alliage.tables import Sum, Table, sql


@dataclass(frozen=True, slots=True, eq=False)
class TableUnits:
    """What the design needs of a table.

    units       the distinct strata, clusters and corrections, one row each, under their names
    counts      rows of the table in each of them
    keys        the columns that tell a unit of the last stage; where no cluster is named every row is one, and they
                tell its stratum
    """

    table: Table
    weight: Number
    smallest_weight: float  # of those above 0
    weighing: int  # rows with a weight above 0
    units: pa.Table
    counts: Codes
    strata: tuple[str, ...]
    clusters: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.strata, *self.clusters)))

    @property
    def rows_are_units(self) -> bool:
        return not self.clusters

    @property
    def all_weigh(self) -> bool:
        """Whether no weight is 0."""
        return self.weighing == self.table.rows

    def sum(self, condition: str | None, factor: str | None = None, largest: float = 1.0, smallest: float = 0.0) -> Sum:
        """The sum of w, or of w times a factor (null outside the base), over the rows of a condition.

        largest, smallest: bounds of the factor, in absolute value, where it is not 0.
        """
        w = self.weight.value
        term = w if factor is None else f"({w}) * ({factor})"
        if condition is not None:
            term = f"CASE WHEN {condition} THEN {term} END"
        return Sum(term, self.weight.largest * largest, self.smallest_weight * (1.0 if factor is None else smallest))


def read_units(
    table: Table, *, weight: str | None, strata: Sequence[str], clusters: Sequence[str], fpc: Sequence[str]
) -> TableUnits:
    """Read the weights and the units: two scans, three where a weight is 0.

    Raises Problem tables.*, estimates.nobody, estimates.weight_all_zero.
    """
    if table.rows == 0:
        raise Problem("estimates.nobody")
    for names, asked_by in ((strata, "strata"), (clusters, "clusters"), (fpc, "fpc")):
        for name in names:
            table.needs(name, asked_by=asked_by)
    number = Number(sql.real(1.0), table.rows, 1.0, 1.0, 1.0)
    smallest, weighing = 1.0, table.rows
    if weight is not None:
        number = read_numbers(table, [weight], asked_by="weight", missing=MISSING)[0]
        smallest, weighing = _refuse_weights(table, weight, number)
    columns = tuple(dict.fromkeys((*strata, *clusters, *fpc)))
    found = table.grouped(columns, {"rows/counted": "COUNT(*)"})
    counts = found["rows/counted"].to_numpy().astype(np.int64)
    units = found.drop_columns(["rows/counted"]) if columns else pa.table({"rows/counted": counts})
    _refuse_missing(units, counts, (*strata, *clusters))
    _refuse_corrections(units, counts, fpc)
    return TableUnits(table, number, smallest, weighing, units, counts, tuple(strata), tuple(clusters))


def _refuse_weights(table: Table, name: str, weight: Number) -> tuple[float, int]:
    """The smallest weight above 0 and how many there are, once all of them are known to be weights."""
    if weight.found < table.rows:
        raise Problem("tables.weight_missing", weight=name, count=table.rows - weight.found)
    if weight.low > 0:
        return weight.low, table.rows
    value = weight.value
    found = table.grouped(
        (),
        {
            "negative": f"COUNT(CASE WHEN {value} < 0 THEN 1 END)",
            "weighing": f"COUNT(CASE WHEN {value} > 0 THEN 1 END)",
            "smallest": f"MIN(CASE WHEN {value} > 0 THEN {value} END)",
        },
    )
    if weight.low < 0:
        count = found["negative"][0].as_py()
        raise Problem("tables.weight_negative", weight=name, value=f"{weight.low:g}", count=count)
    if not found["weighing"][0].as_py():
        raise Problem("estimates.weight_all_zero", weight=name)
    return float(found["smallest"][0].as_py()), int(found["weighing"][0].as_py())


def _refuse_missing(units: pa.Table, counts: Codes, columns: Sequence[str]) -> None:
    for name in dict.fromkeys(columns):
        outside = categories(units, name, asked_by="design").codes < 0
        if outside.any():
            raise Problem("tables.design_missing", column=name, count=int(counts[outside].sum()))


def _refuse_corrections(units: pa.Table, counts: Codes, fpc: Sequence[str]) -> None:
    """Every value is a number above 0, and all of them are counts, or all fractions."""
    columns = {name: _correction(units, name) for name in fpc}
    counted = any((column > 1).any() for column in columns.values())
    for name, column in columns.items():
        wrong = ~(column > 0) | ((column < 1) & counted)
        if wrong.any():
            value = column[int(np.flatnonzero(wrong)[0])]
            raise Problem("tables.fpc", fpc=name, value=f"{value:g}", count=int(counts[wrong].sum()))


def _correction(units: pa.Table, name: str) -> Floats:
    try:
        return numbers(units, name, asked_by="fpc")
    except Problem as problem:
        if problem.code != "estimates.not_a_number":
            raise
        value = problem.values["value"]
        raise Problem("tables.fpc", fpc=name, value=value, count=units[name].to_pylist().count(value)) from None
