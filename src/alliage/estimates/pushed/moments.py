"""From the cells of an engine to variances, one item at a time: what level 2 does, for one stage of clusters.

Cells are many (a million, where domains cut clusters) and items are columns: a column at a time stays in the
processor's cache, where C x k arrays do not. Same figures as level 2, its oracle in the tests.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from alliage.estimates.compiled import Moments
from alliage.estimates.designs import BoundDesign
from alliage.estimates.level1 import added, run_starts
from alliage.estimates.level2 import ROUNDING, scale_of
from alliage.estimates.pushed.rows import PushedRows, nearly_constant
from alliage.estimates.stages import Codes, Floats, Stage

# Squares this small beside that of the mean may be nothing but the rounding of sums: they are looked at one by one.
SUSPECT = 1e-10


def suits(design: BoundDesign) -> bool:
    """One stage of clusters; averaging needs to know which strata hold the domain, and stays with level 2."""
    assert design.table is not None
    if design.replicates is not None:
        return False
    return len(design.stages) == 1 and not design.table.rows_are_units and design.lonely != "average"


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where domains, and strata within them, start among C cells sorted by (domain, unit)."""

    domain_starts: Codes  # Dp: the domains that hold a cell
    domains: Codes  # Dp
    stratum_starts: Codes  # S
    starts_in_strata: Codes  # Dp: the first of the S of each domain
    found: Codes  # S: cells
    sampled: Floats  # S: n_h
    scale: Floats  # S: n_h/(n_h - 1) (1 - f)
    adjust: bool

    def by_domain(self, values: Floats) -> Floats:
        """Sums over cells: Dp."""
        return added(values, self.domain_starts)

    def spread_out(self, values: Floats, cells: int) -> Floats:
        """A value by domain, for each of its cells."""
        return np.repeat(values, np.diff(np.concatenate([self.domain_starts, [cells]])))

    def squares(self, z: Floats) -> tuple[Floats, Floats]:
        """Variances of totals of z, and sums of z^2, over each domain (Dp). z is used up."""
        mean = added(z, self.stratum_starts) / self.sampled
        if self.adjust:
            mean[self.sampled == 1] = 0.0
        z -= np.repeat(mean, self.found)
        squares = added(z * z, self.stratum_starts)
        suspect = squares <= SUSPECT * self.found * mean**2
        for stratum in np.flatnonzero(suspect & (squares > 0)).tolist():
            first = self.stratum_starts[stratum]
            away = z[first : first + self.found[stratum]]
            away = np.where(np.abs(away) <= ROUNDING * np.abs(mean[stratum]), 0.0, away)
            squares[stratum] = (away * away).sum()
        whole = squares + mean**2 * (2 * self.sampled - self.found)
        squares += (self.sampled - self.found) * mean**2
        return added(self.scale * squares, self.starts_in_strata), added(whole, self.starts_in_strata)


def moments(rows: PushedRows, design: BoundDesign, *, total: bool) -> Moments:
    """Values, variances and counts of k items in every domain."""
    stage, domains, cells = design.stages[0], rows.domains, rows.ordered
    layout = _layout(stage, cells.keys, adjust=design.lonely == "adjust")
    shape, here = (domains.count, rows.count), layout.domains
    value, variance, away, y_sum = (np.full(shape, np.nan) for _ in range(4))
    df, weight_sum, weight_square, scale = (np.zeros(shape) for _ in range(4))
    n, n_missing = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    for base in range(len(rows.items.bases)):
        mine = np.flatnonzero(rows.items.base_of == base)
        at = np.ix_(here, mine)
        weight = cells.column(f"weight_{base}")
        weight_sum[at] = layout.by_domain(weight)[:, None]
        weight_square[at] = layout.by_domain(cells.column(f"square_{base}"))[:, None]
        n[at] = layout.by_domain(cells.column(f"weighing_{base}")).astype(np.int64)[:, None]
        n_missing[at] = layout.by_domain(cells.column(f"silent_{base}")).astype(np.int64)[:, None]
        df[at] = _degrees(layout, weight)[:, None]
        for item in mine.tolist():
            y = cells.column(f"y_{item}")
            x = cells.column(f"x_{item}") if rows.ratios else weight
            y_domain, x_domain = layout.by_domain(y), layout.by_domain(x)
            y_sum[here, item] = y_domain
            if total:
                value[here, item], scale[here, item] = y_domain, 1.0
            else:
                with np.errstate(divide="ignore", invalid="ignore"):
                    slope = y_domain / x_domain
                    inverse = 1 / x_domain
                value[here, item] = np.where(x_domain != 0, rows.centre(rows.items.items[item]) + slope, np.nan)
                scale[here, item] = np.where(np.isfinite(inverse), inverse, 0.0)
                y -= layout.spread_out(np.where(np.isfinite(slope), slope, 0.0), len(y)) * x
            variance[here, item], whole = layout.squares(y)
            away[here, item] = np.sqrt(whole)
    value[n == 0] = np.nan
    if rows.may_be_constant:
        centre = np.array([rows.centre(item) for item in rows.items.items])
        constant = rows.constants(nearly_constant(n, away, weight_sum, y_sum, centre), domains)
        agreed = np.isfinite(constant)
        value[agreed], scale[agreed] = constant[agreed], 0.0
    return Moments(
        value=value,
        variance=variance * scale**2,
        df=df,
        n=n,
        n_missing=n_missing,
        weight_sum=weight_sum,
        weight_square=weight_square,
        scale=scale,
    )


def _layout(stage: Stage, keys: Codes, *, adjust: bool) -> Layout:
    domain, unit = np.divmod(keys, stage.units)
    stratum = stage.stratum_of_unit[unit]
    strata = run_starts(domain * len(stage.strata) + stratum)
    starts = run_starts(domain)
    return Layout(
        domain_starts=starts,
        domains=domain[starts],
        stratum_starts=strata,
        starts_in_strata=np.searchsorted(strata, starts),
        found=np.diff(np.concatenate([strata, [len(keys)]])),
        sampled=stage.sampled[stratum[strata]],
        scale=scale_of(stage)[stratum[strata]],
        adjust=adjust,
    )


def _degrees(layout: Layout, weight: Floats) -> Floats:
    """Units minus strata that hold a respondent of the domain: as `level2.degrees`."""
    active = (weight > 0).astype(np.float64)
    present = (added(active, layout.stratum_starts) > 0).astype(np.float64)
    return layout.by_domain(active) - added(present, layout.starts_in_strata)
