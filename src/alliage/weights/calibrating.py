"""From coded margins to calibrated weights: the distance, the search, and what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from alliage.weights.constraints import Floats
from alliage.weights.distances import Distance, Held, Linear, Logit, RakingRatio, Sinh
from alliage.weights.explaining import refuse_unmet
from alliage.weights.raking import on_scale, rake_codes
from alliage.weights.results import Calibration, CalibrationMethod
from alliage.weights.solving import Dual, Solution, solve
from alliage.weights.units import Calibrating, Units, units_of

_INSIDE: dict[CalibrationMethod, Distance] = {
    "poststratify": RakingRatio(),
    "rake": RakingRatio(),
    "linear": Linear(),
    "truncated": Linear(),
    "sinh": Sinh(),
}


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """Final weights of all rows (n), how they were found, and the rounds it took."""

    final: Floats
    calibration: Calibration
    rounds: int
    held: int  # rows at the ceiling


def calibrate_codes(asked: Calibrating) -> Made:
    """Calibrate the rows of positive weight; the others keep their row and their zero.

    Raises weights.impossible, impossible_total, contradictory, bounds_impossible, bounds_off_scale, trim_impossible,
    mean_out_of_range, nothing_left, no_convergence.
    """
    units = units_of(asked)
    found = _solve(asked, units, None)
    refuse_unmet(asked, units, found)
    n, trim, held, ceiling = len(asked.initial), asked.weighting.trim, 0, None
    final = units.expanded(units.initial * found.factors, n)
    if trim is not None:
        largest = trim * float(np.median(final[units.rows]))
        if final.max() > largest:
            ceiling = largest
            found = _solve(asked, units, ceiling)
            refuse_unmet(asked, units, found, ceiling=ceiling)
            weights = np.minimum(units.initial * found.factors, ceiling)
            held = int(np.count_nonzero(weights[units.unit] >= ceiling * (1 - 1e-12)))
            final = units.expanded(weights, n)
    calibration = _recorded(asked, units, found, final, ceiling)
    return Made(final=final, calibration=calibration, rounds=found.rounds, held=held)


def distance(
    method: CalibrationMethod, bounds: tuple[float, float] | None, *, ceiling: Floats | None = None
) -> Distance:
    """The distance of a method. `ceiling`: the largest factor of each unit (n)."""
    made: Distance
    if method == "logit":
        assert bounds is not None
        made = Logit(*bounds)
    else:
        made = _INSIDE[method]
        if bounds is not None:
            made = Held(made, np.array([bounds[0]]), np.array([bounds[1]]))
    if ceiling is None:
        return made
    low = 0.0 if method in {"rake", "poststratify", "sinh"} else -np.inf
    return Held(made, np.array([low]), ceiling)


def _solve(asked: Calibrating, units: Units, ceiling: float | None) -> Solution:
    if asked.is_plain:
        targets = [margin.targets for margin in asked.coded]
        largest = np.inf if ceiling is None else ceiling
        return rake_codes(units.constraints.codes, targets, units.initial, largest=largest)
    largest_factor = None if ceiling is None else ceiling / units.initial
    made = distance(asked.method, asked.weighting.bounds, ceiling=largest_factor)
    dual = Dual(units.constraints, units.initial, made, units.q, units.ridge)
    is_raking = asked.method == "rake" and units.ridge is None and units.q is None
    return solve(dual, start=on_scale(units.constraints, units.initial) if is_raking else None)


def _recorded(asked: Calibrating, units: Units, found: Solution, final: Floats, ceiling: float | None) -> Calibration:
    counts = [margin for margin in asked.coded if margin.values is None and asked.households is None]
    numeric = np.zeros((len(asked.initial), units.constraints.numeric.shape[1]))
    numeric[units.rows] = units.constraints.numeric[units.unit]
    codes = np.zeros((len(asked.initial), 0), dtype=np.int32)
    return Calibration(
        codes=np.column_stack([margin.codes for margin in counts]) if counts else codes,
        categories=tuple(margin.categories for margin in counts),
        initial=asked.initial,
        final=final,
        method=asked.method,
        numeric=numeric,
        names=tuple(
            f"{margin.margin.id}: {cell.name}" if cell.name else margin.margin.id
            for margin in asked.coded
            if margin not in counts
            for cell in margin.cells
        ),
        targets=units.constraints.targets,
        sizes=units.constraints.scale,
        lambdas=found.lambdas,
        rescaled=asked.rescaled,
        bounds=asked.weighting.bounds,
        ceiling=ceiling,
        scale=asked.q,
        members=None if asked.households is None else asked.households.members[asked.households.of].astype(np.float64),
        ridge=units.ridge,
    )
