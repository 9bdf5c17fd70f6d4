"""Why margins cannot be met: the nearest any weights can come, found by linear programming."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array, eye_array, hstack

from alliage.weights.raking import Codes, Counts, worst_gap

NOTICEABLE = 1e-7  # a relative gap the linear programme may leave by rounding


def nearest_possible(
    codes: Codes, targets: Counts, initial: NDArray[np.float64], *, largest: float = np.inf
) -> tuple[float, int, int, float]:
    """The gap that remains when non-negative weights, at most `largest` each, come as near the margins as they can.

    Returns (relative gap, margin, category, count reached), gap 0 when the margins can be met. The sum of relative
    gaps is minimised over the distinct combinations of categories, which is the same as over the rows.
    """
    sizes = [len(target) for target in targets]
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(int)
    combinations, rows = np.unique(np.column_stack(codes), axis=0, return_counts=True)
    target = np.concatenate(list(targets))
    shape = (len(target), len(combinations))
    places = (combinations + starts[:-1]).T.ravel()
    columns = np.tile(np.arange(shape[1]), len(sizes))
    belongs = coo_array((np.ones(len(places)), (places, columns)), shape=shape)
    # Everything is counted in parts of the total, so that the solver's tolerances mean the same for every study.
    total = float(targets[0].sum())
    slack = eye_array(len(target))
    costs = np.concatenate([np.zeros(shape[1]), total / target, total / target])
    ceilings = np.concatenate([rows * (largest / total), np.full(2 * len(target), np.inf)])
    found = linprog(
        costs,
        A_eq=hstack([belongs, slack, -slack]).tocsr(),
        b_eq=target / total,
        bounds=np.column_stack([np.zeros(len(ceilings)), ceilings]),
        method="highs",
    )
    reached = np.asarray(found.x[: shape[1]]) * total
    gap = worst_gap([combinations[:, rank] for rank in range(len(sizes))], targets, reached)
    return gap if gap[0] > NOTICEABLE else (0.0, *gap[1:])
