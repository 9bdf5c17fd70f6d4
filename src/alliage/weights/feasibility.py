"""Why margins cannot be met: the nearest any weights can come, and the bounds under which they could meet them."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array, eye_array, hstack

from alliage.weights.constraints import Constraints, Floats
from alliage.weights.distances import Held, Linear
from alliage.weights.profiles import first_rows
from alliage.weights.solving import Dual, solve

NOTICEABLE = 1e-7  # a relative gap the linear programme may leave by rounding
DOUBLINGS = 14
BISECTIONS = 4
ROUNDS = 40  # Newton takes fewer where there is an answer


def nearest_possible(
    constraints: Constraints, initial: Floats, *, low: Floats | float = 0.0, high: Floats | float = np.inf
) -> Floats | None:
    """The weights between low and high (n, or one for all) that come nearest to the targets; None when they meet them.

    Linear programming: the sum of gaps, each over its scale, is as small as can be. Rows that count in the same
    categories are one variable, which changes nothing to the answer.
    """
    n = len(initial)
    low, high = np.broadcast_to(low, n), np.broadcast_to(high, n)
    group, groups = _alike(constraints, n)
    columns = _matrix(constraints, group, groups)
    size = np.abs(constraints.scale)
    # Everything is counted in parts of the population, so that the solver's tolerances mean the same for every study.
    total = float(initial.sum()) if not constraints.codes else float(constraints.targets[constraints.parts[0]].sum())
    slack = eye_array(len(size))
    ends = [np.bincount(group, weights=end, minlength=groups) / total for end in (low, high)]
    none, free = np.zeros(2 * len(size)), np.full(2 * len(size), np.inf)
    found = linprog(
        np.concatenate([np.zeros(groups), np.ones(2 * len(size))]),
        A_eq=hstack([csr_array(columns * (total / size)[:, None]), slack, -slack]).tocsr(),
        b_eq=constraints.targets / size,
        bounds=np.column_stack([np.concatenate([ends[0], none]), np.concatenate([ends[1], free])]),
        method="highs",
    )
    if found.x is None or float(np.sum(found.x[groups:])) <= NOTICEABLE:
        return None
    whole = np.bincount(group, weights=initial, minlength=groups)
    return np.asarray(initial * (found.x[:groups] * total / whole)[group])


def possible_bounds(dual: Dual, low: float, high: float) -> tuple[float, float] | None:
    """Bounds of the factors around 1, opened in the same proportion until weights exist; None when none would do.

    They were tried: rounded outwards to two decimals, they hold the factors of weights that meet every margin.
    """

    def opened(wider: float) -> tuple[float, float]:
        # Opening never makes a positive lower bound negative: a negative weight is not what was asked for.
        return max(1 - wider * (1 - low), min(low, 0.0)), 1 + wider * (high - 1)

    def found(wider: float) -> bool:
        first, last = opened(wider)
        held = Held(Linear(), np.array([first]), np.array([last]))
        tried = Dual(dual.constraints, dual.initial, held, dual.q)
        return solve(tried, rounds=ROUNDS).converged

    above = 2.0
    for _ in range(DOUBLINGS):
        if found(above):
            break
        above *= 2
    else:
        return None
    below = above / 2
    for _ in range(BISECTIONS):
        middle = math.sqrt(below * above)
        below, above = (below, middle) if found(middle) else (middle, above)
    first, last = opened(above)
    return math.floor(first * 100) / 100, math.ceil(last * 100) / 100


def _alike(constraints: Constraints, n: int) -> tuple[NDArray[np.intp], int]:
    """The group of each row: same categories, and same numbers."""
    groups, found = np.zeros(n, dtype=np.intp), 1
    if constraints.numeric.shape[1]:
        _, groups = np.unique(constraints.numeric, axis=0, return_inverse=True)
        found = int(groups.max()) + 1
    for code, size in zip(constraints.codes, constraints.sizes, strict=True):
        seen, groups = np.unique(groups * size + code, return_inverse=True)
        found = len(seen)
    return groups, found


def _matrix(constraints: Constraints, group: NDArray[np.intp], groups: int) -> csr_array:
    """K x groups: what one unit of weight on a group brings to each sum."""
    first = first_rows(group, groups)
    places = [code[first] + part.start for code, part in zip(constraints.codes, constraints.parts, strict=True)]
    values = [np.ones(groups) for _ in places]
    columns = [np.arange(groups) for _ in places]
    for rank, column in enumerate(constraints.numeric.T, start=constraints.coded):
        places.append(np.full(groups, rank))
        values.append(column[first])
        columns.append(np.arange(groups))
    shape = (constraints.width, groups)
    return csr_array(
        coo_array((np.concatenate(values), (np.concatenate(places), np.concatenate(columns))), shape=shape)
    )
