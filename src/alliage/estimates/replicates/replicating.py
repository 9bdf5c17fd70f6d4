"""Replicate estimates: k items in D domains made again under every replicate, and their spread.

A replicate moves an estimate by sum of factor x (y - value x) over sum of factor x x: unit totals are centred on the
estimate first, so that what does not move does not move at all. A domain restricts the totals, never the replicates.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from alliage.estimates.columns import Domains
from alliage.estimates.level1 import Bools, Rows, RowsInMemory, Runs, Sums, added, grouping, run_starts
from alliage.estimates.level2 import UnitTotals
from alliage.estimates.replicates.sets import ROUNDING, Jackknife, Replicates
from alliage.estimates.stages import Codes, Floats
from alliage.problems import Problem

# How many cells times items are told at once.
LARGE = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Replicas:
    """What is needed to make every estimate again: C cells sorted by domain, each a unit (a row, for given weights).

    y and x carry the weight of the full sample when factors are those of units; given weights bring their own.
    """

    replicates: Replicates
    value: Floats  # D x k
    domain: Codes  # C
    index: Codes  # C: the unit, or the row
    y: Floats  # C x k: y - value x; y itself for a total
    x: Floats | None  # C x k, or C x 1 where it is the same for every item: what y is divided by; None for a total
    active: Bools  # C x k, or C x 1: the cell holds a respondent of the base

    @property
    def domains(self) -> int:
        return int(self.value.shape[0])

    def cells(self, domain: int) -> slice:
        first, last = np.searchsorted(self.domain, [domain, domain + 1])
        return slice(int(first), int(last))

    def of_items(self, items: slice) -> Replicas:
        """The same for some items only."""
        x = self.x if self.x is None or self.x.shape[1] == 1 else self.x[:, items]
        active = self.active if self.active.shape[1] == 1 else self.active[:, items]
        return replace(self, value=self.value[:, items], y=self.y[:, items], x=x, active=active)

    def moves(self, domain: int) -> Floats:
        """Replicate estimates less the estimate: R x k; nan where nobody weighs."""
        here = self.cells(domain)
        index, y = self.index[here], self.y[here]
        factors, value = self.replicates.factors, self.value[domain]
        if self.x is None:
            moved = factors.sums(index, y) - np.where(np.isfinite(value), value, 0.0)
            moved[np.abs(moved) <= ROUNDING * np.abs(value)] = 0.0
            return moved
        x = self.x[here]
        found = factors.sums(index, np.column_stack([y, x]))
        with np.errstate(divide="ignore", invalid="ignore"):
            moved = found[:, : y.shape[1]] / found[:, y.shape[1] :]
            usual = np.abs(y).sum(axis=0) / np.abs(x).sum(axis=0)
        moved[~np.isfinite(moved)] = np.nan
        moved[np.abs(moved) <= _unseen(value, usual)] = 0.0
        return moved

    def values(self, domains: Codes) -> Floats:
        """The estimates in some domains (d) under every replicate: R x d x k."""
        found = np.empty((self.replicates.count, len(domains), self.value.shape[1]))
        for rank, domain in enumerate(domains):
            found[:, rank] = self.value[domain] + self.moves(int(domain))
        return found

    def variances(self) -> tuple[Floats, Bools]:
        """The variances, and which ones lack some replicate (nobody weighs there): D x k. nan where none is left."""
        found, lost = np.zeros_like(self.value), np.zeros(self.value.shape, dtype=bool)
        jackknife = self.replicates.factors
        if isinstance(jackknife, Jackknife):
            # A few items at a time, for arrays that stay small.
            step = max(LARGE // max(len(self.domain), 1), 1)
            for first in range(0, found.shape[1], step):
                here = slice(first, first + step)
                found[:, here], lost[:, here] = _jackknife_variances(self.of_items(here), jackknife)
            return found, lost
        for domain in np.unique(self.domain):
            found[domain], lost[domain] = _spread(self.replicates, self.moves(int(domain)))
        return found, lost

    def degrees(self) -> Floats:
        """Degrees of freedom of each estimate, from the units that hold its base: D x k."""
        if isinstance(self.replicates.factors, Jackknife):
            return _jackknife_degrees(self, self.replicates.factors)
        found = np.zeros((len(self.value), self.active.shape[1]))
        for domain in np.unique(self.domain):
            here = self.cells(int(domain))
            index = self.index[here]
            found[domain] = [self._degrees(index[column]) for column in self.active[here].T]
        return np.asarray(np.broadcast_to(found, self.value.shape))

    def _degrees(self, index: Codes) -> float:
        if len(index) == 1:
            return 0.0
        everyone = len(index) == len(self.replicates.active)
        return self.replicates.df if everyone else self.replicates.degrees(index)


def replicas_of(
    replicates: Replicates,
    rows: Rows,
    domains: Domains,
    found: Sums,
    totals: UnitTotals,
    *,
    value: Floats,
    slope: Floats,
    scale: Floats,
    total: bool,
) -> Replicas:
    """What makes estimates again: from unit totals when replicates are factors of units, from rows otherwise.

    slope, scale: D x k, as for Taylor; scale is 0 where everyone answers alike.
    Raises Problem estimates.replicates_pushed.
    """
    constant = scale == 0
    if not replicates.by_row:
        y = found.y - slope[found.domain] * found.x
        y[constant[found.domain]] = 0.0
        x = None if total else _once(found.x)
        return Replicas(replicates, value, found.domain, found.unit, y, x, _once(totals.active))
    if not isinstance(rows, RowsInMemory):
        raise Problem("estimates.replicates_pushed")
    items, groups = rows.items, grouping(domains.codes)
    order = np.arange(len(domains.codes)) if groups.order is None else groups.order
    owner = domains.codes[order]
    base = items.base[order]
    x = base.astype(np.float64) if items.x is None else items.x[order]
    y = (items.y[order] - found.centre) * base - slope[owner] * x
    y[constant[owner]] = 0.0
    return Replicas(replicates, value, owner, order, y, None if total else _once(x), _once(base))


def _once(values: Any) -> Any:
    """C x 1 where the k columns are the same."""
    return values[:, :1] if values.shape[1] > 1 and bool((values == values[:, :1]).all()) else values


def _unseen(value: Floats, usual: Floats) -> Floats:
    """Moves this small are the rounding of an estimate, or of what adds up to nothing (`usual`: its usual size)."""
    return np.maximum(4 * np.finfo(np.float64).eps * np.abs(value), ROUNDING * usual)


def _spread(replicates: Replicates, moved: Floats) -> tuple[Floats, Bools]:
    """The variance of each of k estimates from its own replicates (moved: R x k), those that are nan left aside."""
    made = np.isfinite(moved)
    lost: Bools = np.asarray(~made.all(axis=0))
    if lost.any():
        moved = np.where(made, moved, 0.0)
    rscales = replicates.rscales[:, None] * made
    if not replicates.mse:
        counted = rscales > 0
        moved -= (moved * counted).sum(axis=0) / np.maximum(counted.sum(axis=0), 1)
    variance = np.asarray(replicates.scale * (rscales * moved**2).sum(axis=0))
    return np.where(made.any(axis=0), variance, np.nan), lost


def _jackknife_variances(replicas: Replicas, jackknife: Jackknife) -> tuple[Floats, Bools]:
    """The same without a replicate: leaving a unit out moves the sums of its stratum only, by that unit's totals.

    In each stratum the units that hold nothing for the domain all move an estimate alike: they are counted. Strata
    that hold nothing move nothing.
    """
    replicates, n_h = replicas.replicates, jackknife.sampled
    worth = np.zeros(len(n_h))
    worth[jackknife.stratum_of_unit[jackknife.left_out]] = replicates.rscales
    stratum, starts = _strata(replicas, jackknife)
    lengths = np.diff(np.concatenate([starts, [len(stratum)]]))
    run = np.repeat(np.arange(len(starts)), lengths)
    owner, domain = stratum[starts], replicas.domain[starts]
    moved, rest = _moves(replicas, n_h[owner][:, None], starts, run)
    removing = jackknife.removing[owner][:, None]
    others = np.where(removing, n_h[owner][:, None] - lengths[:, None], 0.0)

    made, rest_made = np.isfinite(moved) & removing[run], np.isfinite(rest) & (others > 0)
    moved, rest = np.where(made, moved, 0.0), np.where(rest_made, rest, 0.0)
    by_cell, by_run = _by_domain(replicas.domain, replicas.domains), _by_domain(domain, replicas.domains)
    lost = by_cell.added(removing[run] & ~made) + by_run.added(others * ~rest_made)
    centre = np.zeros_like(replicas.value)
    if not replicates.mse:
        centre = (by_cell.added(moved) + by_run.added(others * rest)) / np.maximum(replicates.count - lost, 1)
    squares = worth[stratum][:, None] * made * (moved - centre[replicas.domain]) ** 2
    rests = worth[owner][:, None] * others * rest_made * (rest - centre[domain]) ** 2
    unmoved = (worth * n_h).sum() - by_run.added((worth * n_h)[owner][:, None])
    variance = replicates.scale * (by_cell.added(squares) + by_run.added(rests) + unmoved * centre**2)
    return np.where(lost < replicates.count, variance, np.nan), lost > 0


def _moves(replicas: Replicas, n: Floats, starts: Codes, run: Codes) -> tuple[Floats, Floats]:
    """How far leaving each cell's unit out moves the estimate (C x k), and leaving out one that holds nothing.

    n: the units of the stratum of each run of cells of one domain and stratum. The second is by run.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        more = n / (n - 1)
        of_y = added(replicas.y, starts)
        around = (of_y / n)[run]
        away = around - replicas.y
        away[np.abs(away) <= ROUNDING * np.abs(around)] = 0.0
        moved, rest = away * more[run], of_y / (n - 1)
        if replicas.x is not None:
            of_x = added(replicas.x, starts)
            domain = replicas.domain[starts]
            elsewhere = _by_domain(domain, replicas.domains).added(of_x)[domain] - of_x
            moved /= elsewhere[run] + (of_x[run] - replicas.x) * more[run]
            rest /= elsewhere + of_x * more
            # What is left of a domain that lies in one unit: its own mean, and the rounding of it.
            least = _unseen(replicas.value, np.zeros_like(replicas.value))
            moved[np.abs(moved) <= least[replicas.domain]] = 0.0
            rest[np.abs(rest) <= least[domain]] = 0.0
    return moved, rest


def _jackknife_degrees(replicas: Replicas, jackknife: Jackknife) -> Floats:
    """`Jackknife.rank` less one, for every domain and item at once."""
    stratum, starts = _strata(replicas, jackknife)
    owner, runs = stratum[starts], _by_domain(replicas.domain[starts], replicas.domains)
    present, removing = added(replicas.active, starts), jackknife.removing[owner][:, None]
    whole = runs.added(removing & (present == jackknife.sampled[owner][:, None]))
    kept = runs.added(~removing & (present > 0)) > 0
    rank = runs.added(present * removing) - whole + (kept | (whole > 0))
    return np.asarray(np.broadcast_to(np.maximum(rank - 1, 0.0), replicas.value.shape))


def _strata(replicas: Replicas, jackknife: Jackknife) -> tuple[Codes, Codes]:
    """The stratum of each cell, and where each run of cells of one domain and stratum starts."""
    stratum = jackknife.stratum_of_unit[replicas.index]
    return stratum, run_starts(replicas.domain * len(jackknife.sampled) + stratum)


def _by_domain(domain: Codes, count: int) -> Runs:
    starts = run_starts(domain)
    return Runs(starts, domain[starts], count)
