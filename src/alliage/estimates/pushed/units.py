"""Designs where every row of an engine's table is a sampled unit: the variance from sums over domains and strata.

The twin of level 2, which needs the units one by one. In a stratum of n_h rows, m of which belong to the domain's base,
the squares around the mean are those of the m rows, added up by the engine once the mean is known, and n_h - m times
the mean squared. The square is never expanded.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from alliage.estimates.compiled import Moments
from alliage.estimates.designs import BoundDesign
from alliage.estimates.level1 import Runs, Sums, run_starts
from alliage.estimates.level2 import ROUNDING, UnitTotals, scale_of
from alliage.estimates.pushed.rows import GROUP, PushedRows
from alliage.estimates.results import EstimateKind
from alliage.estimates.stages import Floats
from alliage.estimates.taylor import sums_by_domain, values_of
from alliage.problems import Problem
from alliage.tables import Sum, sql
from alliage.tables.table import Beside, column_of
from alliage.text import Text


def moments(kind: EstimateKind, rows: PushedRows, design: BoundDesign) -> Moments:
    """Values, variances and counts of k items in every domain: two scans."""
    domains, stage = rows.domains, design.stages[0]
    found = rows.sums(domains, stage, centred=kind != "total")
    whole = sums_by_domain(found, domains.count)
    value, slope, scale = values_of(found, whole, kind == "total")
    sampled = stage.sampled[found.unit][:, None]
    mean = (found.y - slope[found.domain] * found.x) / sampled
    if design.lonely == "adjust":
        mean[sampled[:, 0] == 1] = 0.0
    starts = run_starts(found.domain)
    owners = Runs(starts, found.domain[starts], domains.count)
    squares = _squares(rows, found, slope, mean)
    squares += (sampled - rows.in_cells("rows")) * mean**2
    variance = owners.added(scale_of(stage)[found.unit][:, None] * squares) * scale**2
    if design.lonely == "average":
        usable = found.held & ~stage.lonely[found.unit][:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            variance *= owners.added(found.held) / owners.added(usable)
    weighing = rows.in_cells("weighing")
    return Moments(
        value=value,
        variance=variance,
        df=owners.added(weighing) - owners.added(weighing > 0),
        n=found.n,
        n_missing=found.n_missing,
        weight_sum=whole[2],
        weight_square=found.weight_square,
        scale=scale,
    )


def no_units(design: BoundDesign) -> UnitTotals:
    """What a covariance asks for, and an engine keeps. Raises Problem tables.rows_needed."""
    assert design.table is not None
    table = design.table.table
    what = Text(
        fr="l'écart entre deux groupes d'un plan sans grappes", en="a gap between two groups, without clusters,"
    )
    raise Problem("tables.rows_needed", what=what, address=table.address, rows=table.rows + 1)


def _squares(rows: PushedRows, found: Sums, slope: Floats, mean: Floats) -> Floats:
    """The sum over the rows of each cell of (z - mean)^2 (C x k).

    z is the influence value but for the scale of the domain, by which the sum is multiplied afterwards.
    """
    asked: dict[str, Sum | str] = {
        f"square_{rank}": _square(rows, rank, np.abs(slope[:, rank]).max(), np.abs(mean[:, rank]).max(initial=0))
        for rank in range(rows.count)
    }
    answer = rows.units.table.grouped((GROUP,), asked, beside=_lent(rows, found, slope, mean))
    cells = answer[GROUP].to_numpy()
    # Rows whose values are written differently tell one cell, in several groups of the answer.
    return np.column_stack([np.bincount(cells, weights=column_of(answer, name), minlength=len(mean)) for name in asked])


def _square(rows: PushedRows, rank: int, slope: float, mean: float) -> Sum:
    """(w (y - c x - slope x) - mean)^2 over the base; a row this close to the mean is at the mean."""
    item, weight = rows.items.items[rank], rows.units.weight
    centre = rows.centre(item)
    y = f"(({item.y}) - {sql.real(centre)})" if centre else f"({item.y})"
    x = "" if item.x is None else f" * ({item.x})"
    around = sql.quoted(f"mean_{rank}")
    away = f"(({weight.value}) * {y} - {sql.quoted(f'slope_{rank}')} * ({weight.value}){x} - {around})"
    is_near = f"ABS{away} <= {sql.real(ROUNDING)} * ABS({around})"
    largest = weight.largest * (item.largest + abs(item.centre) + slope * item.largest_x) + mean
    return Sum(f"CASE WHEN {is_near} THEN {sql.real(0.0)} ELSE {away} * {away} END", largest**2)


def _lent(rows: PushedRows, found: Sums, slope: Floats, mean: Floats) -> Beside:
    """What each row is compared with, beside the values that tell its domain and its stratum."""
    raw, cell_of = rows.raw_cells()
    inside = cell_of >= 0
    cells = cell_of[inside]
    owner = found.domain[cells]
    made = {name: raw[name].filter(pa.array(inside)) for name in raw.column_names}
    made[GROUP] = pa.array(cells)
    for rank in range(rows.count):
        made[f"mean_{rank}"] = pa.array(mean[cells, rank])
        made[f"slope_{rank}"] = pa.array(slope[owner, rank])
    return Beside(pa.table(made), tuple(raw.column_names))
