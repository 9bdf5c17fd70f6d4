"""Level 2: from unit totals of influence values to variances, stage by stage.

The formula is that of R survey's `svyrecvar` (`onestrat`): in each stratum, n/(n-1) (1-f) times the sum of squares of
unit totals around their mean, every sampled unit counted, those that hold nothing for the domain included; a later
stage adds the same within each unit, times the sampling fractions above it. The square is never expanded: expanding
gives a standard error of 4e-9 where the truth is 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from alliage.estimates.designs import BoundDesign
from alliage.estimates.level1 import Bools, Runs, added, any_of, run_starts
from alliage.estimates.stages import CERTAINTY, Codes, Floats, Stage

# A unit this close to its stratum's mean is at the mean: what is left is the rounding of a sum.
ROUNDING = 1e-13
BLOCK = 16_384


@dataclass(frozen=True, slots=True, eq=False)
class UnitTotals:
    """Influence totals of the cells that are not empty, sorted by (domain, unit of the last stage)."""

    domain: Codes  # C
    unit: Codes  # C
    influence: Floats  # C x k
    held: Bools  # C x k: the cell holds a row of the base
    active: Bools  # C x k: the cell holds a row of the base with a weight
    domains: int  # D


def variances(design: BoundDesign, totals: UnitTotals) -> Floats:
    """The variance of each domain and item: D x k."""
    found = np.zeros((totals.domains, totals.influence.shape[1]))
    for rank, stage in enumerate(design.stages):
        cells = _at_stage(design, totals, rank)
        parts = _between(stage, cells, adjust=design.lonely == "adjust")
        if rank == 0 and design.lonely == "average":
            parts *= _averaging(stage, cells)
        found += parts
    return found


def covariance(design: BoundDesign, influence: Floats) -> Floats:
    """The covariance (p x p) of p estimates from the influence totals of every unit of the last stage (U x p).

    What `variances` gives is its diagonal, for one domain that every unit belongs to.
    """
    width = influence.shape[1]
    found = np.zeros((width, width))
    for rank, stage in enumerate(design.stages):
        z = influence
        if rank + 1 < len(design.stages):
            z = np.zeros((stage.units, width))
            np.add.at(z, ancestors(design, rank), influence)
        parts = _crossed(stage, z, adjust=design.lonely == "adjust")
        if rank == 0 and design.lonely == "average":
            strata = len(stage.strata)
            parts *= strata / (strata - int(stage.lonely.sum()))
        found += parts
    return found


def _crossed(stage: Stage, z: Floats, *, adjust: bool) -> Floats:
    """Sum over strata of reach x n/(n-1) (1-f) x products around the mean (p x p). z: every unit of the stage."""
    starts = run_starts(stage.stratum_of_unit)
    mean = added(z, starts) / stage.sampled[:, None]
    if adjust:
        mean[stage.sampled == 1] = 0.0
    scale = np.sqrt(scale_of(stage))
    found = np.zeros((z.shape[1], z.shape[1]))
    # A few units at a time: a million would go through memory five times.
    for first in range(0, len(z), BLOCK):
        rows = slice(first, first + BLOCK)
        stratum = stage.stratum_of_unit[rows]
        around = mean[stratum]
        away = z[rows] - around
        away[np.abs(away) <= ROUNDING * np.abs(around)] = 0.0
        away *= scale[stratum][:, None]
        found += away.T @ away
    return found


def scale_of(stage: Stage) -> Floats:
    """reach x n/(n-1) (1-f) of each stratum; 0 where everything was taken."""
    left = stage.left
    return np.where(left < CERTAINTY, 0.0, left * stage.sampled / np.maximum(stage.sampled - 1, 1)) * stage.reach


def degrees(design: BoundDesign, totals: UnitTotals) -> Floats:
    """Units minus strata of the first stage that hold a respondent of the domain: R's `degf(subset(...))`. D x k."""
    domain, unit, active = totals.domain, totals.unit, totals.active
    if len(design.stages) > 1:
        unit = ancestors(design, 0)[unit]
        starts = run_starts(domain * design.stages[0].units + unit)
        domain, unit, active = domain[starts], unit[starts], any_of(active, starts)
    stage = design.stages[0]
    stratum = stage.stratum_of_unit[unit]
    starts = run_starts(domain * len(stage.strata) + stratum)
    present = any_of(active, starts)
    return _by_domain(domain, active, totals.domains) - _by_domain(domain[starts], present, totals.domains)


def _by_domain(domain: Codes, values: Floats | Bools, count: int) -> Floats:
    """Add up cells (sorted by domain) into their domains."""
    starts = run_starts(domain)
    return Runs(starts, domain[starts], count).added(values)


def ancestors(design: BoundDesign, rank: int) -> Codes:
    """The unit of stage `rank` that holds each unit of the last stage."""
    holder = np.arange(design.stages[-1].units, dtype=np.int64)
    for stage in reversed(design.stages[rank + 1 :]):
        holder = stage.stratum_of_unit[holder]
    return holder


def _at_stage(design: BoundDesign, totals: UnitTotals, rank: int) -> UnitTotals:
    """The same cells added up to the units of an earlier stage."""
    if rank == len(design.stages) - 1:
        return totals
    unit = ancestors(design, rank)[totals.unit]
    starts = run_starts(totals.domain * design.stages[rank].units + unit)
    return UnitTotals(
        domain=totals.domain[starts],
        unit=unit[starts],
        influence=added(totals.influence, starts),
        held=any_of(totals.held, starts),
        active=any_of(totals.active, starts),
        domains=totals.domains,
    )


def _between(stage: Stage, cells: UnitTotals, *, adjust: bool) -> Floats:
    """Sum over strata of reach x n/(n-1) (1-f) x squares around the mean. Units without a cell count as zeros."""
    z, count = cells.influence, len(stage.strata)
    key = cells.domain * count + stage.stratum_of_unit[cells.unit]
    starts = run_starts(key)
    owner, stratum = np.divmod(key[starts], count)
    found = np.diff(np.concatenate([starts, [len(key)]]))
    sampled = stage.sampled[stratum]
    mean = added(z, starts) / sampled[:, None]
    if adjust:  # the only unit of a stratum is compared with zero, the mean of all influence values
        mean[sampled == 1] = 0.0
    around = np.repeat(mean, found, axis=0)
    away = z - around
    away[np.abs(away) <= ROUNDING * np.abs(around)] = 0.0
    squares = added(away**2, starts) + (sampled - found)[:, None] * mean**2
    return _by_domain(owner, scale_of(stage)[stratum][:, None] * squares, cells.domains)


def _averaging(stage: Stage, cells: UnitTotals) -> Floats:
    """Lonely strata are given the average variance of the others: strata present over strata usable (D x k)."""
    stratum = stage.stratum_of_unit[cells.unit]
    starts = run_starts(cells.domain * len(stage.strata) + stratum)
    present = any_of(cells.held, starts)
    usable = present & ~stage.lonely[stratum[starts]][:, None]
    owner = cells.domain[starts]
    with np.errstate(divide="ignore", invalid="ignore"):
        return _by_domain(owner, present, cells.domains) / _by_domain(owner, usable, cells.domains)
