"""Replicate weights: the variance of an estimate is that of the same estimate made again under other weights.

A replicate is a factor on the weight of every sampled unit. Factors are kept by unit, as small integers, never by row:
row weights are made in blocks, for those who must read rows again (`weights_of`). The jackknife needs no factor at all.
Weights that come with a file, or that were calibrated replicate by replicate, are kept as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.linalg.lapack import dpotrf, dpstrf
from scipy.sparse import csr_array

from alliage.estimates.stages import Codes, Floats
from alliage.problems import Problem

if TYPE_CHECKING:  # a bound design holds its replicates, and gives their row weights
    from alliage.estimates.designs import BoundDesign

# bootstrap       n_h - 1 units drawn: Rao and Wu (1988), Rao, Wu and Yue (1992); SAS BOOTSTRAP, R "subbootstrap"
# canty_davison   n_h units drawn: R "bootstrap"
# preston         half of the units of every stage, without replacement: Preston (2009); R "mrbbootstrap"
# SDR             successive differences: Fay and Train (1995); R "successive-difference", "ACS"
ReplicateKind = Literal[
    "JK1", "JKn", "JK2", "BRR", "Fay", "bootstrap", "canty_davison", "preston", "SDR", "ACS", "other"
]
Bools = NDArray[np.bool_]

# Two replicates closer than this (relative length of what differs) count as one: the threshold of R's `degf`.
ALIKE = 1e-5
ROUNDING = 1e-13
# Factors are turned into numbers for this many units at a time.
BLOCK = 16_384
# Row weights are made for this many replicates at a time.
AT_ONCE = 64


class Factors(Protocol):
    """The factors of R replicates on U weights: U x R."""

    @property
    def count(self) -> int:
        """R."""

    def block(self, first: int, last: int) -> Floats:
        """The factors of replicates first to last - 1: U x (last - first)."""

    def sums(self, index: Codes, values: Floats) -> Floats:
        """Sum over some units (m indices) of factor times value: R x k. values: m x k."""

    def rank(self, index: Codes) -> int:
        """The rank of the factors of some units (m indices, each once)."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """Factors written start + slope x count: what was drawn are small integers, eight times lighter than numbers."""

    counts: NDArray[Any]  # U x R
    start: Floats  # U
    slope: Floats  # U

    @property
    def count(self) -> int:
        return int(self.counts.shape[1])

    def block(self, first: int, last: int) -> Floats:
        return np.asarray(self.start[:, None] + self.slope[:, None] * self.counts[:, first:last])

    def sums(self, index: Codes, values: Floats) -> Floats:
        found: Floats = np.zeros((self.count, values.shape[1])) + (self.start[index][:, None] * values).sum(axis=0)
        sloped = self.slope[index][:, None] * values
        everyone = len(index) == len(self.counts)
        for first in range(0, len(index), BLOCK):
            here = slice(first, first + BLOCK)
            counts = self.counts[here] if everyone else self.counts[index[here]]
            found += counts.T.astype(np.float64) @ sloped[here]
        return found

    def rank(self, index: Codes) -> int:
        return _rank(lambda some: self.start[some, None] + self.slope[some, None] * self.counts[some], index)


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """Whole weights by row, as a file gives them or as calibration left them: n x R."""

    weights: Floats

    @property
    def count(self) -> int:
        return int(self.weights.shape[1])

    def block(self, first: int, last: int) -> Floats:
        return np.asarray(self.weights[:, first:last])

    def sums(self, index: Codes, values: Floats) -> Floats:
        found = np.zeros((self.count, values.shape[1]))
        everyone = len(index) == len(self.weights) and bool((index[1:] > index[:-1]).all())
        for first in range(0, len(index), BLOCK):
            here = slice(first, first + BLOCK)
            found += (self.weights[here] if everyone else self.weights[index[here]]).T @ values[here]
        return found

    def rank(self, index: Codes) -> int:
        return _rank(lambda some: self.weights[some], index)


@dataclass(frozen=True, slots=True, eq=False)
class Jackknife:
    """Each unit of some strata left out in turn, the others of its stratum weighing n / (n - 1): nothing is kept.

    Units of one stratum follow each other. Strata taken whole, or of one unit, keep their weight in every replicate.
    """

    stratum_of_unit: Codes  # U
    sampled: Floats  # S: n_h
    removing: Bools  # S: the strata whose units are left out

    @property
    def left_out(self) -> Codes:
        """The unit left out by each replicate: R."""
        return np.flatnonzero(self.removing[self.stratum_of_unit])

    @property
    def count(self) -> int:
        return int(self.sampled[self.removing].sum())

    def block(self, first: int, last: int) -> Floats:
        units = self.left_out[first:last]
        strata = self.stratum_of_unit[units]
        same = self.stratum_of_unit[:, None] == strata
        found = np.where(same, self.sampled[strata] / (self.sampled[strata] - 1), 1.0)
        found[units, np.arange(len(units))] = 0.0
        return found

    def sums(self, index: Codes, values: Floats) -> Floats:
        by_unit = np.zeros((len(self.stratum_of_unit), values.shape[1]))
        np.add.at(by_unit, index, values)
        by_stratum = np.zeros((len(self.sampled), values.shape[1]))
        np.add.at(by_stratum, self.stratum_of_unit, by_unit)
        units = self.left_out
        strata = self.stratum_of_unit[units]
        others = by_stratum.sum(axis=0) - by_stratum
        more = (self.sampled[strata] / (self.sampled[strata] - 1))[:, None]
        return np.asarray(others[strata] + (by_stratum[strata] - by_unit[units]) * more)

    def rank(self, index: Codes) -> int:
        """Without a matrix: the factors of m units are dependent only through strata that are there to the last unit.

        The mean of the factors of a whole stratum is 1 for every replicate, and so are those of a unit never left out.
        """
        present = np.bincount(self.stratum_of_unit[index], minlength=len(self.sampled))
        whole = int(np.count_nonzero(self.removing & (present == self.sampled)))
        kept = bool(present[~self.removing].any())
        return int(present[self.removing].sum()) - whole + int(kept or whole > 0)


@dataclass(frozen=True, eq=False)
class Replicates:
    """R replicates of the weights of a design, and what their spread is worth.

    The variance of an estimate t is scale x sum over r of rscales_r (t_r - centre)^2, where the centre is t itself
    (mse) or the mean of the t_r: R survey's `svrVar`. Factors are those of the units of the last stage that the design
    keeps; `Given` weights are those of its rows.
    """

    kind: ReplicateKind
    factors: Factors
    scale: float
    rscales: Floats  # R
    mse: bool
    active: Codes  # the units (rows, for given weights) that weigh something

    @property
    def count(self) -> int:
        return self.factors.count

    @property
    def by_row(self) -> bool:
        """Whether the weights are those of rows and not of units."""
        return isinstance(self.factors, Given)

    @cached_property
    def df(self) -> float:
        """Degrees of freedom: R's `degf`, the rank of the replicate weights less one."""
        return self.degrees(self.active)

    def degrees(self, index: Codes) -> float:
        """Degrees of freedom of what rests on some units (rows, for given weights) only: R's `degf(subset(...))`."""
        return float(self.factors.rank(index) - 1) if len(index) else 0.0

    def covariance(self, replicas: Floats, estimate: Floats) -> Floats:
        """The covariance (p x p) of p estimates. replicas: R x p. estimate: p.

        A replicate that one of the estimates cannot be made of (nan: nobody weighs) is left aside, as R does; nan when
        none is left.
        """
        made = np.isfinite(replicas).all(axis=1)
        if not made.any():
            return np.full((len(estimate), len(estimate)), np.nan)
        replicas, rscales = replicas[made], self.rscales[made]
        centre = estimate
        if not self.mse and (rscales > 0).any():
            # Around the estimate first, so that the mean keeps its digits.
            centre = estimate + (replicas[rscales > 0] - estimate).mean(axis=0)
        away = (replicas - centre) * np.sqrt(rscales)[:, None]
        return np.asarray(self.scale * (away.T @ away))


def weights_of(design: BoundDesign, first: int = 0, last: int | None = None) -> Floats:
    """The weights of replicates first to last - 1 (all of them otherwise), row by row: n x (last - first).

    For those who must read the rows again under each weight: models, quantiles. Ask for a block at a time. Raises
    Problem estimates.replicates_pushed where the rows are not here.
    """
    replicates = design.replicates
    assert replicates is not None, "weights_of is for a design with replicates"
    if design.table is not None:
        raise Problem("estimates.replicates_pushed")
    last = replicates.count if last is None else last
    found = replicates.factors.block(first, last)
    return found if replicates.by_row else design.weight[:, None] * found[design.stages[-1].unit]


def with_replicates(design: BoundDesign, statistic: Callable[[Floats], ArrayLike]) -> tuple[Floats, Floats]:
    """Any statistic of the row weights: its p values and their covariance (p x p). R's `withReplicates`.

    statistic: from n weights to p numbers; nan where it cannot be made, and that replicate is left aside. Raises
    Problem estimates.no_replicates.
    """
    replicates = design.replicates
    if replicates is None:
        raise Problem("estimates.no_replicates")
    value = np.atleast_1d(np.asarray(statistic(design.weight), dtype=np.float64))
    replicas = np.empty((replicates.count, len(value)))
    for first in range(0, replicates.count, AT_ONCE):
        for rank, weight in enumerate(weights_of(design, first, min(first + AT_ONCE, replicates.count)).T, start=first):
            replicas[rank] = statistic(weight)
    return value, replicates.covariance(replicas, value)


def totals_of(design: BoundDesign, values: Floats) -> Floats:
    """The weighted totals of values of the rows (n x p) under every replicate: R x p, without a weight by row."""
    replicates = design.replicates
    assert replicates is not None, "totals_of is for a design with replicates"
    if replicates.by_row:
        return replicates.factors.sums(np.arange(len(values)), values)
    stage = design.stages[-1]
    member = csr_array((design.weight, (stage.unit, np.arange(len(values)))), shape=(stage.units, len(values)))
    return replicates.factors.sums(np.arange(stage.units), np.asarray(member @ values))


def degrees_within(design: BoundDesign, within: Bools) -> float:
    """Degrees of freedom of what rests on some rows (n) of a design with replicates."""
    replicates = design.replicates
    assert replicates is not None, "degrees_within is for a design with replicates"
    if replicates.by_row:
        return replicates.degrees(np.flatnonzero(within))
    stage = design.stages[-1]
    weighs = np.bincount(stage.unit[within & (design.weight > 0)], minlength=stage.units)
    return replicates.degrees(np.flatnonzero(weighs))


def _rank(rows_of: Callable[[Codes], Floats], index: Codes) -> int:
    """The rank of rows (m x R) to ALIKE, from their products: of columns, or of rows where these are fewer."""
    whole = rows_of(index[:1]).shape[1]
    if len(index) <= whole:
        rows = rows_of(index)
        return _rank_of_products(rows @ rows.T)
    products = np.zeros((whole, whole))
    step = 2 * whole
    found = 0
    for first in range(0, len(index), step):
        rows = rows_of(index[first : first + step])
        products += rows.T @ rows
        found = _rank_of_products(products)
        if found == whole:  # more rows add nothing
            break
    return found


def _rank_of_products(products: Floats) -> int:
    length = np.sqrt(np.diag(products))
    length[length == 0] = 1.0
    scaled = products / np.outer(length, length)
    # What each column adds to those before it. Most often all do, which a plain factor says ten times faster.
    factor, failed = dpotrf(scaled, lower=1)
    if failed == 0 and (np.diag(factor) > ALIKE).all():
        return len(scaled)
    return int(dpstrf(scaled, tol=ALIKE**2)[2])
