"""Taylor linearisation: the value, the influence of each unit, the variance, for k items in D domains at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from alliage.estimates import level1, level2
from alliage.estimates.columns import Domains
from alliage.estimates.designs import BoundDesign
from alliage.estimates.level1 import Items, Runs, Sums, run_starts
from alliage.estimates.level2 import UnitTotals
from alliage.estimates.results import EstimateKind
from alliage.estimates.stages import Codes, Floats

# A residual this small beside what was regressed is rounding: the margin itself is known without error.
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Linearised:
    """Everything about k items in D domains (arrays D x k), and the unit totals the variance was made of."""

    kind: EstimateKind
    design: BoundDesign
    value: Floats
    standard_error: Floats
    df: Floats
    n: Codes
    n_missing: Codes
    n_effective: Floats
    weight_sum: Floats
    deff: Floats
    totals: UnitTotals
    products: Floats | None  # D x K x k: X' D u, when the weights are calibrated

    def influence(self, domain: int, item: int) -> Floats:
        """The total of influence values of every unit of the last stage (U), calibration taken out."""
        here = self.totals.domain == domain
        z = np.zeros(self.design.stages[-1].units)
        z[self.totals.unit[here]] = self.totals.influence[here, item]
        if self.products is not None and self.design.residuals is not None:
            z = _residual(self.design, z[:, None], self.products[domain][:, [item]])[:, 0]
        return z

    def held(self, domain: int, item: int) -> level1.Bools:
        """The units of the last stage that hold a row of the base (U): all of them once calibrated."""
        found = np.full(self.design.stages[-1].units, self.products is not None)
        here = self.totals.domain == domain
        found[self.totals.unit[here]] |= self.totals.held[here, item]
        return found

    def active(self, domain: int, item: int) -> level1.Bools:
        """The units of the last stage that hold a respondent of the base (U)."""
        here = self.totals.domain == domain
        found = np.zeros(self.design.stages[-1].units, dtype=bool)
        found[self.totals.unit[here]] = self.totals.active[here, item]
        return found


def linearise(kind: EstimateKind, items: Items, design: BoundDesign, domains: Domains) -> Linearised:
    """Estimate k items in every domain. A domain restricts influence values: every unit stays in the variance."""
    total = kind == "total"
    found = level1.sums(items, design.weight, domains, design.stages[-1], centred=not total)
    whole = _by_domain(found, domains.count)
    value, slope, scale = _values(found, whole, total)
    influence = (found.y - slope[found.domain] * found.x) * scale[found.domain]
    influence[~np.isfinite(influence)] = 0.0
    active = found.weight > 0
    totals = UnitTotals(found.domain, found.unit, influence, found.held, active, domains.count)
    products = None
    if design.residuals is not None:
        products = _products(items, design, domains, found, slope, scale)
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
        value=value,
        standard_error=np.where(known, np.sqrt(variance), np.nan),
        df=level2.degrees(design, totals),
        n=found.n,
        n_missing=found.n_missing,
        n_effective=n_effective,
        weight_sum=weight_sum,
        deff=_deff(kind, items, design, domains, found, value, scale, weight_sum, variance),
        totals=totals,
        products=products,
    )


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
    constant = (found.low == found.high) & np.isfinite(found.low)
    value = np.where(constant, found.low, value)
    scale = np.where(constant, 0.0, scale)
    return value, np.where(np.isfinite(slope), slope, 0.0), np.where(np.isfinite(scale), scale, 0.0)


def _products(items: Items, design: BoundDesign, domains: Domains, found: Sums, slope: Floats, scale: Floats) -> Floats:
    assert design.residuals is not None
    residuals = design.residuals
    of_y, of_x = level1.products(
        items, residuals.initial, domains, residuals.codes, residuals.width, centre=found.centre
    )
    return (of_y - slope[:, None, :] * of_x) * scale[:, None, :]


def _residual(design: BoundDesign, z: Floats, products: Floats) -> Floats:
    """Unit totals (U x k) less what the margins explain, rounding snapped to zero."""
    assert design.residuals is not None
    explained = design.residuals.taken_out(products)
    rest = z - explained
    size = np.maximum(np.abs(z), np.abs(explained))
    rest[np.abs(rest) <= ROUNDING * np.maximum(size, size.max(axis=0, initial=0.0) * 1e-3)] = 0.0
    return np.asarray(rest)


def _calibrated_variances(design: BoundDesign, totals: UnitTotals, products: Floats) -> Floats:
    """Calibration spreads the influence of a domain over all units: one dense column of units per domain."""
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
            influence=_residual(design, z, products[domain]),
            held=np.ones(z.shape, dtype=bool),
            active=np.ones(z.shape, dtype=bool),
            domains=1,
        )
        found[domain] = level2.variances(design, dense)[0]
    return found


def _deff(
    kind: EstimateKind,
    items: Items,
    design: BoundDesign,
    domains: Domains,
    found: Sums,
    value: Floats,
    scale: Floats,
    weight_sum: Floats,
    variance: Floats,
) -> Floats:
    """Variance over that of a simple random sample with replacement of the same n: R's `deff = "replace"`.

    Not its `deff = TRUE`, which needs weights that add up to the population and has none when they average 1.
    nan where everyone gives the same answer.
    """
    n = found.n
    with np.errstate(divide="ignore", invalid="ignore"):
        if items.binary and kind == "share":
            simple = value * (1 - value) / (n - 1)
        else:
            middle = value if items.x is None else np.zeros_like(value)
            if kind == "total":
                middle = value / weight_sum
            around = level1.spread(items, design.weight, domains, slope=value, middle=np.nan_to_num(middle))
            spread = around * scale**2 * weight_sum**2
            simple = spread / weight_sum / (n - 1)
        return np.where((n > 1) & (simple > 0), variance / simple, np.nan)
