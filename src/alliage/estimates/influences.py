"""From influence values of rows to a covariance: what tests and models need of a design."""

from __future__ import annotations

import numpy as np

from alliage.estimates import level2
from alliage.estimates.columns import Domains
from alliage.estimates.designs import BoundDesign
from alliage.estimates.level1 import Bools, Items, RowsInMemory, grouping
from alliage.estimates.level2 import UnitTotals
from alliage.estimates.replicates.sets import degrees_within, totals_of
from alliage.estimates.stages import Floats


def covariance_of_rows(design: BoundDesign, influence: Floats) -> Floats:
    """The covariance (p x p) of p estimates, each the weighted total of an influence value. influence: n x p.

    Rows outside the domain have an influence of 0: they are kept, never removed. What calibration explains is taken
    out. R survey: `svyrecvar(influence * weights, ...)`. With replicates it is the spread of that total under each:
    the first order of what estimating again would give.
    """
    if design.replicates is not None:
        return design.replicates.covariance(totals_of(design, influence), design.weight @ influence)
    return level2.covariance(design, unit_totals(design, influence))


def unit_totals(design: BoundDesign, influence: Floats) -> Floats:
    """The weighted totals (U x p) of influence values (n x p) over the units of the last stage, calibration out."""
    stage = design.stages[-1]
    groups = grouping(stage.unit)
    z = np.zeros((stage.units, influence.shape[1]))
    z[groups.keys] = groups.matrix(design.weight) @ influence
    if design.residuals is None:
        return z
    everyone = np.ones(influence.shape, dtype=bool)
    rows = RowsInMemory(Items(y=influence, base=everyone, asked=everyone), design.weight)
    domains = Domains(np.zeros(len(influence), dtype=np.int64), {}, 1)
    products, _ = rows.products(domains, design.residuals, centre=np.zeros(influence.shape[1]))
    return design.residuals.left_over(z, products[0])


def degrees_of_freedom(design: BoundDesign, within: Bools) -> float:
    """Units minus strata of the first stage among the rows of a domain (n) that have a weight: R's `degf`."""
    if design.replicates is not None:
        return degrees_within(design, within)
    stage = design.stages[-1]
    active = np.bincount(stage.unit[within & (design.weight != 0)], minlength=stage.units) > 0
    present = np.flatnonzero(active)
    totals = UnitTotals(
        domain=np.zeros(len(present), dtype=np.int64),
        unit=present,
        influence=np.zeros((len(present), 1)),
        held=np.ones((len(present), 1), dtype=bool),
        active=np.ones((len(present), 1), dtype=bool),
        domains=1,
    )
    return float(level2.degrees(design, totals)[0, 0])
