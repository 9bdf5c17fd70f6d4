"""Taylor linearisation: the value, the influence of each unit, the variance, for k items in D domains at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from alliage.estimates import compiled, level1, level2
from alliage.estimates.columns import Domains
from alliage.estimates.designs import BoundDesign
from alliage.estimates.level1 import Rows, RowsInMemory, Runs, Sums, run_starts
from alliage.estimates.level2 import UnitTotals
from alliage.estimates.replicates.replicating import replicas_of
from alliage.estimates.results import EstimateKind
from alliage.estimates.stages import Codes, Floats

# A mean is known to this part of itself.
ROUNDING = 1e-13


@dataclass(frozen=True, eq=False)
class Linearised:
    """Everything about k items in D domains (arrays D x k). What only some ask for is made when first asked."""

    kind: EstimateKind
    design: BoundDesign
    domains: Domains
    value: Floats
    standard_error: Floats
    df: Floats
    n: Codes
    n_missing: Codes
    n_effective: Floats
    weight_sum: Floats
    simple: Callable[[], Floats]  # the variance of a simple random sample of the same n: D x k
    recall: Callable[[], UnitTotals]
    products: Floats | None = None  # D x K x k: X' D u, when the weights are calibrated
    recall_replicas: Callable[[Codes], Floats] | None = None  # domains (d): the values each replicate gives, R x d x k
    lost: level1.Bools | None = None  # D x k: some replicates gave none

    @cached_property
    def totals(self) -> UnitTotals:
        """The unit totals the variance is made of."""
        return self.recall()

    @cached_property
    def replicas(self) -> Floats | None:
        """The values under each replicate weight, R x D x k, when the design has some; nan where nobody weighs."""
        if self.recall_replicas is None:
            return None
        return self.recall_replicas(np.arange(self.domains.count))

    @cached_property
    def deff(self) -> Floats:
        """Variance over that of a simple random sample with replacement of the same n: R's `deff = "replace"`.

        nan where everyone gives the same answer. It reads the rows again.
        """
        simple = self.simple()
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where((self.n > 1) & (simple > 0), self.standard_error**2 / simple, np.nan)

    def influence(self, domain: int, item: int) -> Floats:
        """The total of influence values of every unit of the last stage (U), calibration taken out."""
        here = self._cells(domain)
        z = np.zeros(self.design.stages[-1].units)
        z[self.totals.unit[here]] = self.totals.influence[here, item]
        if self.products is not None and self.design.residuals is not None:
            z = self.design.residuals.left_over(z[:, None], self.products[domain][:, [item]])[:, 0]
        return z

    def held(self, domain: int, item: int) -> level1.Bools:
        """The units of the last stage that hold a row of the base (U): all of them once calibrated."""
        found = np.full(self.design.stages[-1].units, self.products is not None)
        here = self._cells(domain)
        found[self.totals.unit[here]] |= self.totals.held[here, item]
        return found

    def active(self, domain: int, item: int) -> level1.Bools:
        """The units of the last stage that hold a respondent of the base (U)."""
        here = self._cells(domain)
        found = np.zeros(self.design.stages[-1].units, dtype=bool)
        found[self.totals.unit[here]] = self.totals.active[here, item]
        return found

    def _cells(self, domain: int) -> slice:
        """Cells are sorted by domain."""
        first, last = np.searchsorted(self.totals.domain, [domain, domain + 1])
        return slice(int(first), int(last))


def linearise(kind: EstimateKind, rows: Rows, design: BoundDesign, domains: Domains) -> Linearised:
    """Estimate k items in every domain. A domain restricts influence values: every unit stays in the variance."""
    if isinstance(rows, RowsInMemory) and compiled.suits(rows, design):
        return from_moments(kind, rows, design, domains, compiled.moments(rows, design, domains, total=kind == "total"))
    found, totals, value, slope, scale = _unit_totals(kind, rows, design, domains)
    products = replicas = lost = None
    if design.replicates is not None:
        replicas = replicas_of(
            design.replicates,
            rows,
            domains,
            found,
            totals,
            value=value,
            slope=slope,
            scale=scale,
            total=kind == "total",
        )
        variance, lost = replicas.variances()
    elif design.residuals is not None:
        of_y, of_x = rows.products(domains, design.residuals, centre=found.centre)
        products = (of_y - slope[:, None, :] * of_x) * scale[:, None, :]
        variance = _calibrated_variances(design, totals, products)
    else:
        variance = level2.variances(design, totals)
    weight_sum = sums_by_domain(found, domains.count)[2]
    return Linearised(
        kind=kind,
        design=design,
        domains=domains,
        value=value,
        standard_error=_root(value, variance),
        df=level2.degrees(design, totals) if replicas is None else replicas.degrees(),
        n=found.n,
        n_missing=found.n_missing,
        n_effective=_effective(weight_sum, found.weight_square),
        weight_sum=weight_sum,
        simple=SimpleVariance(kind, rows, domains, found.n, value, scale, weight_sum),
        recall=lambda: totals,
        products=products,
        recall_replicas=None if replicas is None else replicas.values,
        lost=lost,
    )


def from_moments(
    kind: EstimateKind,
    rows: Rows,
    design: BoundDesign,
    domains: Domains,
    found: compiled.Moments,
    *,
    recall: Callable[[], UnitTotals] | None = None,
) -> Linearised:
    """The same from a path that keeps no unit total: they are made again (`recall`) for whoever asks."""
    return Linearised(
        kind=kind,
        design=design,
        domains=domains,
        value=found.value,
        standard_error=_root(found.value, found.variance),
        df=found.df,
        n=found.n,
        n_missing=found.n_missing,
        n_effective=_effective(found.weight_sum, found.weight_square),
        weight_sum=found.weight_sum,
        simple=SimpleVariance(kind, rows, domains, found.n, found.value, found.scale, found.weight_sum),
        recall=recall or (lambda: _unit_totals(kind, rows, design, domains)[1]),
    )


def _root(value: Floats, variance: Floats) -> Floats:
    return np.where(np.isfinite(value), np.sqrt(variance), np.nan)


def _effective(weight_sum: Floats, weight_square: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(weight_square > 0, weight_sum**2 / weight_square, 0.0)


def _unit_totals(
    kind: EstimateKind, rows: Rows, design: BoundDesign, domains: Domains
) -> tuple[Sums, UnitTotals, Floats, Floats, Floats]:
    """Level 1, then the influence totals it gives; the value, slope and scale of `values_of` (D x k)."""
    total = kind == "total"
    found = rows.sums(domains, design.stages[-1], centred=not total)
    value, slope, scale = values_of(found, sums_by_domain(found, domains.count), total)
    influence = slope[found.domain]
    influence *= found.x
    np.subtract(found.y, influence, out=influence)
    influence *= scale[found.domain]
    influence[~np.isfinite(influence)] = 0.0
    totals = UnitTotals(found.domain, found.unit, influence, found.held, found.weight != 0, domains.count)
    return found, totals, value, slope, scale


@dataclass(frozen=True, slots=True, eq=False)
class SimpleVariance:
    """The variance a simple random sample with replacement of the same n would have had (D x k), once called.

    Not that of R's `deff = TRUE`, which needs weights that add up to the population and has none when they average 1.
    """

    kind: EstimateKind
    rows: Rows
    domains: Domains
    n: Codes
    value: Floats
    scale: Floats
    weight_sum: Floats

    def __call__(self) -> Floats:
        value, weight_sum = self.value, self.weight_sum
        with np.errstate(divide="ignore", invalid="ignore"):
            if self.rows.binary and self.kind == "share":
                return np.asarray(value * (1 - value) / (self.n - 1))
            middle = np.zeros_like(value) if self.rows.ratios else value
            if self.kind == "total":
                middle = value / weight_sum
            middle = np.nan_to_num(middle)
            around = self.rows.spread(self.domains, slope=value, middle=middle)
            # Where everyone answered the same, what is left is the rounding of their mean.
            around[around <= (ROUNDING * middle) ** 2 * weight_sum] = 0.0
            return np.asarray(around * self.scale**2 * weight_sum / (self.n - 1))


def sums_by_domain(found: Sums, count: int) -> tuple[Floats, Floats, Floats]:
    """Sums of y, x and weights over each domain."""
    starts = run_starts(found.domain)
    runs = Runs(starts, found.domain[starts], count)
    return runs.added(found.y), runs.added(found.x), runs.added(found.weight)


def values_of(found: Sums, whole: tuple[Floats, Floats, Floats], total: bool) -> tuple[Floats, Floats, Floats]:
    """The value, and the influence value (y' - slope x) scale it has on shifted y' (all D x k)."""
    y, x, _ = whole
    if total:
        value = np.where(found.n > 0, y, np.nan)
        return value, np.zeros_like(y), np.ones_like(y)
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = y / x
        scale = 1 / x
    value = np.where((found.n > 0) & (x != 0), found.centre + slope, np.nan)
    # A domain where everyone answered the same has that very mean and no variance, to the last digit.
    constant = np.isfinite(found.constant)
    value = np.where(constant, found.constant, value)
    scale = np.where(constant, 0.0, scale)
    return value, np.where(np.isfinite(slope), slope, 0.0), np.where(np.isfinite(scale), scale, 0.0)


def _calibrated_variances(design: BoundDesign, totals: UnitTotals, products: Floats) -> Floats:
    """Calibration spreads the influence of a domain over all units: one dense column of units per domain."""
    assert design.residuals is not None
    units = design.stages[-1].units
    everyone = np.arange(units, dtype=np.int64)
    found = np.zeros((totals.domains, totals.influence.shape[1]))
    bounds = np.searchsorted(totals.domain, np.arange(totals.domains + 1))
    for domain, (first, last) in enumerate(pairwise(bounds)):
        here = slice(first, last)
        z = np.zeros((units, totals.influence.shape[1]))
        z[totals.unit[here]] = totals.influence[here]
        dense = UnitTotals(
            domain=np.zeros(units, dtype=np.int64),
            unit=everyone,
            influence=design.residuals.left_over(z, products[domain]),
            held=np.ones(z.shape, dtype=bool),
            active=np.ones(z.shape, dtype=bool),
            domains=1,
        )
        found[domain] = level2.variances(design, dense)[0]
    return found
