"""Raking on counts only: Newton first, and scaling in turn where the answer lies at the edge of what is possible.

Deville and Särndal (1992), JASA 87, https://doi.org/10.2307/2290268: final = initial * exp(sum of lambdas). Same
weights as R survey's calibrate(calfun = "raking"), and with `largest` as its `bounds`.
"""

from __future__ import annotations

import numpy as np

from alliage.weights.constraints import Codes, Constraints, Counts, Floats, coded_constraints
from alliage.weights.distances import Distance, Held, RakingRatio
from alliage.weights.solving import TOLERANCE, Dual, Solution, solve

IPF_SWEEPS = 500


def rake_codes(codes: Codes, targets: Counts, initial: Floats, *, largest: float = np.inf) -> Solution:
    """Rake positive initial weights (n) to the targets of each margin; no final weight is above `largest`.

    `codes[k]` gives each row's category in margin k, `targets[k]` the counts of its categories, all positive and of
    the same total. The answer may not have converged: the caller tells why.
    """
    if len(codes) == 1 and np.isinf(largest):
        return rake_by_turns(codes, targets, initial, sweeps=1)
    distance: Distance = RakingRatio()
    if np.isfinite(largest):
        distance = Held(distance, low=np.zeros(1), high=largest / initial)
    constraints = coded_constraints(codes, targets)
    found = solve(Dual(constraints, initial, distance), start=on_scale(constraints, initial))
    if not found.converged and np.isinf(largest):
        found = min(found, rake_by_turns(codes, targets, initial), key=lambda solution: solution.gap)
    return found


def on_scale(constraints: Constraints, initial: Floats) -> Floats:
    """The lambdas that scale the first margin: they bring the weights of a sample to the size of a population."""
    start = np.zeros(constraints.width)
    if constraints.codes:
        first = constraints.parts[0]
        counted = np.bincount(constraints.codes[0], weights=initial, minlength=constraints.sizes[0])
        start[first] = np.log(constraints.targets[first] / counted)
    return start


def rake_by_turns(codes: Codes, targets: Counts, initial: Floats, *, sweeps: int = IPF_SWEEPS) -> Solution:
    """Iterative proportional fitting: scale to each margin in turn, again and again. Same weights, more slowly."""
    weights, lambdas = initial, [np.zeros(len(target)) for target in targets]
    constraints = coded_constraints(codes, targets)
    for sweep in range(1, sweeps + 1):  # noqa: B007 (told in the answer)
        for code, target, own in zip(codes, targets, lambdas, strict=True):
            count = np.bincount(code, weights=weights, minlength=len(target))
            factors = np.divide(target, count, out=np.ones_like(target), where=count > 0)
            weights = weights * factors[code]
            own += np.log(factors)
        gap = float(np.max(np.abs(constraints.gaps(weights))))
        if gap <= TOLERANCE:
            break
    return Solution(weights / initial, np.concatenate(lambdas), sweep, gap, settled=gap <= TOLERANCE or len(codes) == 1)
