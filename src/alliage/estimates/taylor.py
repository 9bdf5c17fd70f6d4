"""Taylor linearisation: the value, the influence of each unit, the variance, for k items in D domains at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from alliage.estimates import level1, level2
from alliage.estimates.columns import Domains
from alliage.estimates.designs import BoundDesign
from alliage.estimates.level1 import Rows, Runs, Sums, run_starts
from alliage.estimates.level2 import UnitTotals
from alliage.estimates.results import EstimateKind
from alliage.estimates.stages import Codes, Floats


@dataclass(frozen=True, slots=True, eq=False)
class Linearised:
    """Everything about k items in D domains (arrays D x k), and the unit totals the variance was made of."""

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
    simple: SimpleVariance
    totals: UnitTotals
    products: Floats | None = None  # D x K x k: X' D u, when the weights are calibrated
    replicas: Floats | None = None  # R x D x k: the value under each replicate weight, when the design has some

    @property
    def deff(self) -> Floats:
        """Variance over that of a simple random sample with replacement of the same n: R's `deff = "replace"`.

        nan where everyone gives the same answer. Made when asked for: it reads the rows again.
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
    total = kind == "total"
    found = rows.sums(domains, design.stages[-1], centred=not total)
    whole = _by_domain(found, domains.count)
    value, slope, scale = _values(found, whole, total)
    influence = (found.y - slope[found.domain] * found.x) * scale[found.domain]
    influence[~np.isfinite(influence)] = 0.0
    active = found.weight > 0
    totals = UnitTotals(found.domain, found.unit, influence, found.held, active, domains.count)
    products = None
    if design.residuals is not None:
        of_y, of_x = rows.products(domains, design.residuals, centre=found.centre)
        products = (of_y - slope[:, None, :] * of_x) * scale[:, None, :]
        variance = _calibrated_variances(design, totals, products)
    else:
        variance = level2.variances(design, totals)
    weight_sum = whole[2]
    with np.errstate(divide="ignore", invalid="ignore"):
        n_effective = np.where(found.weight_square > 0, weight_sum**2 / found.weight_square, 0.0)
    known = np.isfinite(value)
    return Linearised(
        kind=kind,
        design=design,
        domains=domains,
        value=value,
        standard_error=np.where(known, np.sqrt(variance), np.nan),
        df=level2.degrees(design, totals),
        n=found.n,
        n_missing=found.n_missing,
        n_effective=n_effective,
        weight_sum=weight_sum,
        simple=SimpleVariance(kind, rows, domains, found.n, value, scale, weight_sum),
        totals=totals,
        products=products,
    )


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
            around = self.rows.spread(self.domains, slope=value, middle=np.nan_to_num(middle))
            return np.asarray(around * self.scale**2 * weight_sum / (self.n - 1))


def _by_domain(found: Sums, count: int) -> tuple[Floats, Floats, Floats]:
    """Sums of y, x and weights over each domain."""
    starts = run_starts(found.domain)
    runs = Runs(starts, found.domain[starts], count)
    return runs.added(found.y), runs.added(found.x), runs.added(found.weight)


def _values(found: Sums, whole: tuple[Floats, Floats, Floats], total: bool) -> tuple[Floats, Floats, Floats]:
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
    for domain in range(totals.domains):
        here = totals.domain == domain
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
