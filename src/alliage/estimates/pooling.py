"""Estimates of one design taken together: how weighted sums of them vary.

The influence of a sampled unit on a sum of estimates is the same sum of its influences, so that a difference, an
average or a covariance is one more pass over unit totals. Only the cells of the estimates used are read; nothing as
wide as domains times domains is made, unless the whole covariance matrix is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from alliage.estimates import level2
from alliage.estimates.designs import BoundDesign
from alliage.estimates.level1 import added, any_of, run_starts
from alliage.estimates.level2 import UnitTotals
from alliage.estimates.stages import Codes, Floats
from alliage.estimates.taylor import Linearised
from alliage.problems import Problem

# Sums made of whole columns of units, so many at a time.
BLOCK = 128
# Beyond so many cells, terms repeat the same ones: whole columns are lighter.
MANY = 2_000_000
# From so many sums of two of at most so many estimates, one covariance matrix is lighter.
FEW_PAIRS = 32
FEW = 1_500
# Under this part of the variances, that of a difference has lost digits.
TOGETHER = 1e-4
# The most places (units x estimates) whole columns take at a time.
WIDE = 20_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """c weighted sums of m estimates, as the terms that are not 0; in order of sum."""

    estimate: Codes  # T: from 0 to m - 1
    sum: Codes  # T: from 0 to c - 1
    coefficient: Floats  # T
    count: int  # c

    def applied(self, values: Floats) -> Floats:
        """The sums (c) of m values; nan where a term is."""
        weights = self.coefficient * values[self.estimate]
        return np.bincount(self.sum, weights=weights, minlength=self.count).astype(np.float64)

    def restricted(self, ranks: Codes, count: int) -> Sums:
        """The terms about some of the m = count estimates, numbered as in `ranks`."""
        own = np.full(count, -1, dtype=np.int64)
        own[ranks] = np.arange(len(ranks))
        here = own[self.estimate] >= 0
        return Sums(own[self.estimate[here]], self.sum[here], self.coefficient[here], self.count)

    def between(self, first: int, last: int) -> Sums:
        """The sums first to last - 1, numbered from 0."""
        here = (self.sum >= first) & (self.sum < last)
        return Sums(self.estimate[here], self.sum[here] - first, self.coefficient[here], last - first)


def sums_of(coefficients: Floats) -> Sums:
    """The sums whose coefficients are the rows of a matrix c x m."""
    which, estimate = np.nonzero(coefficients)
    return Sums(estimate, which, coefficients[which, estimate], len(coefficients))


def each_alone(count: int) -> Sums:
    """Every estimate as a sum of its own."""
    ranks = np.arange(count)
    return Sums(ranks, ranks, np.ones(count), count)


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """m estimates under one design: for each of several calls, which of its k x D estimates (item x D + domain)."""

    parts: Sequence[tuple[Linearised, NDArray[np.int64]]]

    @property
    def design(self) -> BoundDesign:
        return self.parts[0][0].design

    def covariance(self, sums: Sums) -> Floats:
        """The covariance (c x c) of some sums. R: `vcov(svycontrast(...))`.

        Under the rule "average" for lonely units, the average is over all strata, as `svyby(covmat = TRUE)` does.
        """
        replicates = self.design.replicates
        if replicates is not None:
            return replicates.covariance(self._replicas(sums), sums.applied(self._values()))
        return level2.covariance(self.design, self._influence(sums))

    def spread(self, sums: Sums) -> tuple[Floats, Floats]:
        """The variance of each sum and its degrees of freedom (c each)."""
        if self.design.replicates is not None:
            return self._replicate_spread(sums)
        if self._are_pairs(sums):
            return self._pair_spread(sums)
        return self._spread_one_by_one(sums)

    def _spread_one_by_one(self, sums: Sums) -> tuple[Floats, Floats]:
        if self.design.residuals is None and self._cells_of(sums) <= MANY:
            cells = self._cells(sums)
            return level2.variances(self.design, cells)[:, 0], level2.degrees(self.design, cells)[:, 0]
        used = len(np.unique(sums.estimate))
        if sums.count > BLOCK and used * self.design.stages[-1].units > WIDE:
            halves = (sums.between(0, sums.count // 2), sums.between(sums.count // 2, sums.count))
            variance, df = zip(*map(self._spread_one_by_one, halves), strict=True)
            return np.concatenate(variance), np.concatenate(df)
        return self._dense_spread(sums)

    def _are_pairs(self, sums: Sums) -> bool:
        """Whether these are many sums of two of the same few estimates, which their covariances tell."""
        used = len(np.unique(sums.estimate))
        return (
            sums.count >= FEW_PAIRS
            and sums.count >= 2 * used
            and used <= FEW
            and self.design.lonely != "average"  # whose average depends on the sum
            and bool((np.bincount(sums.sum, minlength=sums.count) == 2).all())
        )

    def _pair_spread(self, sums: Sums) -> tuple[Floats, Floats]:
        """The same from one covariance matrix of the estimates used, and from the units that two of them share."""
        used, rank = np.unique(sums.estimate, return_inverse=True)
        alone = Sums(used, np.arange(len(used)), np.ones(len(used)), len(used))
        one, other = rank[0::2], rank[1::2]
        first, second = sums.coefficient[0::2], sums.coefficient[1::2]
        covariance = self.covariance(alone)
        own = first**2 * covariance[one, one] + second**2 * covariance[other, other]
        variance = own + 2 * first * second * covariance[one, other]
        units, strata = self._shared(alone)
        in_either = [each[one, one] + each[other, other] - each[one, other] for each in (units, strata)]
        df = in_either[0] - in_either[1]
        # Two estimates that vary together leave a difference of few digits, or none: these are made one by one.
        close = np.flatnonzero(variance <= TOGETHER * own)
        if len(close):
            terms = np.stack([2 * close, 2 * close + 1], axis=1).ravel()
            again = Sums(sums.estimate[terms], np.repeat(np.arange(len(close)), 2), sums.coefficient[terms], len(close))
            variance[close], df[close] = self._spread_one_by_one(again)
        return variance, df

    def _shared(self, alone: Sums) -> tuple[Floats, Floats]:
        """How many units of the first stage, and how many strata, hold respondents of two estimates (m x m each)."""
        cells, stage = self._cells(alone), self.design.stages[0]
        active = cells.active[:, 0]
        unit = level2.ancestors(self.design, 0)[cells.unit[active]]
        found = []
        for place, count in ((unit, stage.units), (stage.stratum_of_unit[unit], len(stage.strata))):
            present = csr_array((np.ones(len(place)), (place, cells.domain[active])), shape=(count, alone.count))
            present.sum_duplicates()
            present.data[:] = 1.0
            found.append((present.T @ present).toarray())
        return found[0], found[1]

    def _dense_spread(self, sums: Sums) -> tuple[Floats, Floats]:
        """The same from whole columns of units, one per estimate used: for many sums of few estimates."""
        used, rank = np.unique(sums.estimate, return_inverse=True)
        alone = Sums(used, np.arange(len(used)), np.ones(len(used)), len(used))
        cells = self._cells(alone)
        units = self.design.stages[-1].units
        active, held = np.zeros((2, units, len(used)), dtype=bool)
        active[cells.unit, cells.domain] = cells.active[:, 0]
        held[cells.unit, cells.domain] = cells.held[:, 0]
        influence = None
        if self.design.residuals is None:
            influence = np.zeros((units, len(used)))
            influence[cells.unit, cells.domain] = cells.influence[:, 0]
        else:
            held[:] = True
        everyone = np.arange(units, dtype=np.int64)
        variance, df = np.zeros(sums.count), np.zeros(sums.count)
        for first in range(0, sums.count, BLOCK):
            last = min(first + BLOCK, sums.count)
            here = slice(*np.searchsorted(sums.sum, [first, last]))
            matrix = csr_array(
                (sums.coefficient[here], (rank[here], sums.sum[here] - first)), shape=(len(used), last - first)
            )
            touched = (matrix != 0).astype(np.float64)
            z = self._influence(sums.between(first, last)) if influence is None else influence @ matrix
            block = UnitTotals(
                np.zeros(units, dtype=np.int64), everyone, z, held @ touched > 0, active @ touched > 0, domains=1
            )
            variance[first:last] = level2.variances(self.design, block)[0]
            df[first:last] = level2.degrees(self.design, block)[0]
        return variance, df

    def _replicate_spread(self, sums: Sums) -> tuple[Floats, Floats]:
        replicates = self.design.replicates
        assert replicates is not None
        replicas, values = self._replicas(sums), sums.applied(self._values())
        each = range(sums.count)
        variance = [replicates.covariance(replicas[:, [one]], values[[one]])[0, 0] for one in each]
        cells, unit = self._cells(sums), self.design.stages[-1].unit
        bounds = np.searchsorted(cells.domain, np.arange(sums.count + 1))
        df = []
        for first, last in pairwise(bounds):
            index = cells.unit[first:last][cells.active[first:last, 0]]
            df.append(replicates.degrees(np.flatnonzero(np.isin(unit, index)) if replicates.by_row else index))
        return np.array(variance), np.array(df)

    def _cells_of(self, sums: Sums) -> int:
        """How many cells the terms have, all told."""
        found = 0
        for made, start, places in self._started():
            domain = places[_own_terms(sums, start, len(places))[0]] % made.domains.count
            found += int(np.bincount(made.totals.domain, minlength=made.domains.count)[domain].sum())
        return found

    def _cells(self, sums: Sums) -> UnitTotals:
        """Each sum as a domain of its own: its influence by unit, before calibration is taken out."""
        units = self.design.stages[-1].units
        pieces = [_terms(made, sums, start, places) for made, start, places in self._started()]
        key, influence, held, active = (np.concatenate(column) for column in zip(*pieces, strict=True))
        order = np.argsort(key, kind="stable")
        key = key[order]
        starts = run_starts(key)
        which, unit = np.divmod(key[starts], units)
        if not len(starts):
            nothing = np.zeros((0, 1))
            return UnitTotals(which, unit, nothing, nothing > 0, nothing > 0, sums.count)
        return UnitTotals(
            domain=which,
            unit=unit,
            influence=added(influence[order][:, None], starts),
            held=any_of(held[order][:, None], starts),
            active=any_of(active[order][:, None], starts),
            domains=sums.count,
        )

    def _influence(self, sums: Sums) -> Floats:
        """The influence of every unit on each sum (U x c), calibration taken out."""
        cells = self._cells(sums)
        z = np.zeros((self.design.stages[-1].units, sums.count))
        z[cells.unit, cells.domain] = cells.influence[:, 0]
        residuals = self.design.residuals
        if residuals is None:
            return z
        products = np.zeros((residuals.width, sums.count))
        for made, start, places in self._started():
            assert made.products is not None
            estimate, which, coefficient = _own_terms(sums, start, len(places))
            item, domain = np.divmod(places[estimate], made.domains.count)
            np.add.at(products.T, which, made.products[domain, :, item] * coefficient[:, None])
        return residuals.left_over(z, products)

    def _values(self) -> Floats:
        return np.concatenate([made.value.T.ravel()[places] for made, places in self.parts])

    def _replicas(self, sums: Sums) -> Floats:
        """The sums under each replicate weight: R x c."""
        columns = []
        for made, places in self.parts:
            assert made.recall_replicas is not None
            item, domain = np.divmod(places, made.domains.count)
            domains, own = np.unique(domain, return_inverse=True)
            columns.append(made.recall_replicas(domains)[:, own, item])
        each = np.concatenate(columns, axis=1)
        found = np.zeros((len(each), sums.count))
        np.add.at(found.T, sums.sum, each.T[sums.estimate] * sums.coefficient[:, None])
        return found

    def _started(self) -> list[tuple[Linearised, int, NDArray[np.int64]]]:
        """The parts, and the rank of the first estimate of each."""
        starts = np.cumsum([0, *(len(places) for _, places in self.parts)])
        return [(made, int(start), places) for (made, places), start in zip(self.parts, starts, strict=False)]


def _own_terms(sums: Sums, start: int, count: int) -> tuple[Codes, Codes, Floats]:
    """The terms about `count` estimates from `start` on, numbered from 0."""
    here = (sums.estimate >= start) & (sums.estimate < start + count)
    return sums.estimate[here] - start, sums.sum[here], sums.coefficient[here]


def _terms(
    made: Linearised, sums: Sums, start: int, places: NDArray[np.int64]
) -> tuple[Codes, Floats, NDArray[np.bool_], NDArray[np.bool_]]:
    """The cells of the estimates that are used: their key (sum, unit), influence, whether they hold someone."""
    totals, units = made.totals, made.design.stages[-1].units
    estimate, which, coefficient = _own_terms(sums, start, len(places))
    item, domain = np.divmod(places[estimate], made.domains.count)
    bounds = np.searchsorted(totals.domain, np.arange(made.domains.count + 1))
    lengths = bounds[domain + 1] - bounds[domain]
    ends = np.cumsum(lengths)
    # The cells of one term follow each other: from its first one, count up.
    cell = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(bounds[domain] - (ends - lengths), lengths)
    column = np.repeat(item, lengths)
    key = np.repeat(which, lengths) * units + totals.unit[cell]
    influence = totals.influence[cell, column] * np.repeat(coefficient, lengths)
    return key, influence, totals.held[cell, column], totals.active[cell, column]


def same_design(one: BoundDesign, two: BoundDesign) -> bool:
    """Whether two designs are that of the same rows weighted the same way."""
    return one is two or (
        len(one.weight) == len(two.weight)
        and np.array_equal(one.weight, two.weight)
        and len(one.stages) == len(two.stages)
        and all(np.array_equal(x.unit, y.unit) for x, y in zip(one.stages, two.stages, strict=True))
        and (one.residuals is None) == (two.residuals is None)
        and (one.replicates is None) == (two.replicates is None)
        and one.table is two.table
    )


def pooled(parts: Sequence[tuple[Linearised, NDArray[np.int64]]]) -> Pool:
    """Estimates of one design, or Problem estimates.different_designs."""
    if not all(same_design(parts[0][0].design, made.design) for made, _ in parts):
        raise Problem("estimates.different_designs")
    return Pool(tuple(parts))
