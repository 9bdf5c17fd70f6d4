"""Replicate weights calibrated again: each replicate meets the margins that the whole sample meets.

As R survey's `calibrate` of a replicate design. Replicates differ little from the sample: from its lambdas, Newton's
method takes two or three steps.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from alliage.problems import Problem
from alliage.text import number
from alliage.weights.calibrating import distance
from alliage.weights.constraints import Constraints, Floats
from alliage.weights.results import Calibration
from alliage.weights.solving import Dual, solve


def recalibrate(calibration: Calibration, replicates: NDArray[np.float64]) -> NDArray[np.float64]:
    """Calibrate replicate initial weights (n x R) as the whole sample was; a weight of 0 stays 0.

    Raises weights.replicate_length, weights.replicate_impossible.
    """
    if len(replicates) != len(calibration.initial):
        raise Problem("weights.replicate_length", found=len(replicates), expected=len(calibration.initial))
    columns = columns_of(calibration)
    found = np.zeros(replicates.shape)
    for rank in range(replicates.shape[1]):
        initial = replicates[:, rank]
        rows = np.flatnonzero(initial > 0)
        found[rows, rank] = _recalibrated(calibration, _kept(columns, rows), initial, rows, rank)
    return found


def _kept(whole: Constraints, rows: NDArray[np.intp]) -> Constraints:
    """The columns of some rows."""
    if len(rows) == len(whole.numeric):
        return whole
    codes = tuple(code[rows] for code in whole.codes)
    return Constraints(codes, whole.sizes, whole.numeric[rows], whole.targets, whole.scale)


def columns_of(calibration: Calibration) -> Constraints:
    """The columns of every row, whatever its weight."""
    return Constraints(
        codes=tuple(np.ascontiguousarray(code).astype(np.intp) for code in calibration.codes.T),
        sizes=tuple(len(names) for names in calibration.categories),
        numeric=calibration.numeric,
        targets=calibration.targets,
        scale=calibration.sizes,
    )


def _recalibrated(
    calibration: Calibration, constraints: Constraints, initial: Floats, rows: NDArray[np.intp], rank: int
) -> Floats:
    weights = initial[rows] * calibration.rescaled
    # Each member brings its part of what its household adds up to.
    parts = weights if calibration.members is None else weights / calibration.members[rows]
    ceiling = None if calibration.ceiling is None else calibration.ceiling / weights
    q = None if calibration.scale is None else calibration.scale[rows]
    made = distance(calibration.method, calibration.bounds, ceiling=ceiling)
    found = solve(Dual(constraints, parts, made, q, calibration.ridge), start=calibration.lambdas)
    if not found.converged:
        gaps = np.abs(constraints.gaps(parts * found.factors))
        worst = int(np.argmax(gaps))
        names = [name for categories in calibration.categories for name in categories] + list(calibration.names)
        reached = float(constraints.sums(parts * found.factors)[worst])
        raise Problem(
            "weights.replicate_impossible",
            replicate=rank + 1,
            cell=names[worst],
            reached=number(reached),
            wanted=number(float(calibration.targets[worst])),
        )
    return weights * found.factors
