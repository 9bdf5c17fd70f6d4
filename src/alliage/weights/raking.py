"""Raking: the weights nearest to the initial ones, in the raking-ratio sense, that meet every margin at once.

Deville and Särndal (1992), JASA 87, https://doi.org/10.2307/2290268: final = initial * exp(sum of lambdas), the
lambdas found by Newton's method on the dual, which is convex. Same weights as R survey's
calibrate(calfun = "raking"), and with `largest` as its `bounds`. Margins stay in coded form: no model matrix.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

TOLERANCE = 1e-12  # asked of the largest |count - target| / target
ACCEPTED = 1e-10  # what rounding may leave of it on large files
NEWTON_STEPS = 100
IPF_SWEEPS = 500
TURNS = 20
FLAT = 1e-11  # eigenvalues under this part of the largest are redundant margins

Codes = Sequence[NDArray[np.intp]]
Counts = Sequence[NDArray[np.float64]]


@dataclass(frozen=True, slots=True, eq=False)
class Raking:
    """The final weights (n), how many rounds they took, and how far they are from the margins."""

    weights: NDArray[np.float64]
    iterations: int
    gap: float  # the largest |count - target| / target
    margin: int  # where it is: which margin,
    category: int  # which of its categories
    reached: float  # what it counts instead of its target
    held: int = 0  # rows at `largest`

    @property
    def converged(self) -> bool:
        return self.gap <= ACCEPTED


def rake_codes(codes: Codes, targets: Counts, initial: NDArray[np.float64], *, largest: float = np.inf) -> Raking:
    """Rake positive initial weights (n) to the targets of each margin; no final weight is above `largest`.

    `codes[k]` gives each row's category in margin k, `targets[k]` the counts of its categories, all positive and of
    the same total. The answer may not have converged: the caller tells why.
    """
    if len(codes) == 1 and np.isinf(largest):
        return _poststratified(codes, targets, initial)
    found = _by_newton(_Dual(codes, targets, initial, largest))
    if not found.converged and np.isinf(largest):
        second = rake_by_turns(codes, targets, initial)
        found = min(found, second, key=lambda raking: raking.gap)
    return found


def rake_by_turns(codes: Codes, targets: Counts, initial: NDArray[np.float64], *, sweeps: int = IPF_SWEEPS) -> Raking:
    """Iterative proportional fitting: scale to each margin in turn, again and again. Same weights, more slowly."""
    weights = initial * (targets[0].sum() / initial.sum())
    for sweep in range(1, sweeps + 1):  # noqa: B007 (told in the answer)
        for code, target in zip(codes, targets, strict=True):
            count = np.bincount(code, weights=weights, minlength=len(target))
            weights = weights * np.divide(target, count, out=np.zeros_like(target), where=count > 0)[code]
        gap = worst_gap(codes, targets, weights)
        if gap[0] <= TOLERANCE:
            break
    return Raking(weights, sweep, *gap)


def _poststratified(codes: Codes, targets: Counts, initial: NDArray[np.float64]) -> Raking:
    """A single margin needs no search: each cell is scaled to its count."""
    factors = targets[0] / np.bincount(codes[0], weights=initial, minlength=len(targets[0]))
    weights = initial * factors[codes[0]]
    return Raking(weights, 1, *worst_gap(codes, targets, weights))


def worst_gap(codes: Codes, targets: Counts, weights: NDArray[np.float64]) -> tuple[float, int, int, float]:
    """The largest |count - target| / target, its margin, its category, and the count."""
    worst = (-1.0, 0, 0, 0.0)
    for margin, (code, target) in enumerate(zip(codes, targets, strict=True)):
        count = np.bincount(code, weights=weights, minlength=len(target))
        gaps = np.abs(count - target) / target
        category = int(np.argmax(gaps))
        if gaps[category] > worst[0]:
            worst = (float(gaps[category]), margin, category, float(count[category]))
    return worst


class _Dual:
    """The convex function whose minimum gives the lambdas: its value, gradient and Hessian, from bincounts."""

    def __init__(self, codes: Codes, targets: Counts, initial: NDArray[np.float64], largest: float) -> None:
        self.codes, self.targets, self.initial = codes, targets, initial
        self.sizes = [len(target) for target in targets]
        self.starts = np.concatenate([[0], np.cumsum(self.sizes)]).astype(int)
        self.target = np.concatenate(list(targets))
        with np.errstate(divide="ignore"):
            self.ceiling = np.log(largest / initial) if np.isfinite(largest) else None
        self.largest = largest

    def parts(self) -> list[slice]:
        return [slice(self.starts[rank], self.starts[rank + 1]) for rank in range(len(self.sizes))]

    def exponents(self, lambdas: NDArray[np.float64]) -> NDArray[np.float64]:
        pieces = [lambdas[part][code] for part, code in zip(self.parts(), self.codes, strict=True)]
        return np.sum(pieces, axis=0) if len(pieces) > 1 else pieces[0]

    def weights(self, lambdas: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
        """Weights, their derivative in the exponent (0 for the rows held at `largest`), and the dual's value."""
        exponents = self.exponents(lambdas)
        if self.ceiling is None:
            weights = self.initial * np.exp(exponents)
            return weights, weights, float(weights.sum() - lambdas @ self.target)
        held = exponents >= self.ceiling
        weights = np.where(held, self.largest, self.initial * np.exp(np.minimum(exponents, self.ceiling)))
        over = np.where(held, self.largest * (exponents - self.ceiling), 0.0)
        return weights, np.where(held, 0.0, weights), float((weights + over).sum() - lambdas @ self.target)

    def counts(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.concatenate(
            [
                np.bincount(code, weights=weights, minlength=size)
                for code, size in zip(self.codes, self.sizes, strict=True)
            ]
        )

    def hessian(self, slopes: NDArray[np.float64]) -> NDArray[np.float64]:
        """Weighted counts of every pair of categories."""
        H = np.diag(self.counts(slopes))
        parts = self.parts()
        for a in range(len(parts)):
            for b in range(a + 1, len(parts)):
                pairs = self.codes[a] * self.sizes[b] + self.codes[b]
                flat = np.bincount(pairs, weights=slopes, minlength=self.sizes[a] * self.sizes[b])
                block = flat.reshape(self.sizes[a], self.sizes[b])
                H[parts[a], parts[b]] = block
                H[parts[b], parts[a]] = block.T
        return H


def _by_newton(dual: _Dual) -> Raking:
    """Damped Newton from a few turns of scaling. Stops when margins are met, or when nothing improves any more."""
    with np.errstate(over="ignore", invalid="ignore"):
        lambdas, iterations = _turns(dual)
        weights, slopes, value = dual.weights(lambdas)
        gap = float(np.max(np.abs(dual.counts(weights) - dual.target) / dual.target))
        best, best_weights, idle, last = gap, weights, 0, iterations + NEWTON_STEPS
        while best > TOLERANCE and idle < 3 and iterations < last:
            gradient = dual.counts(weights) - dual.target
            step = _newton_step(dual.hessian(slopes), gradient, dual.target)
            moved = _line_search(dual, lambdas, step, float(gradient @ step), value, gap)
            if moved is None:
                break
            lambdas, weights, slopes, value, gap = moved
            iterations += 1
            # Convergence is judged by margins: near the end the dual is flat to rounding and says nothing.
            idle = 0 if gap < best else idle + (best <= ACCEPTED)
            if gap < best:
                best, best_weights = gap, weights
    held = int(np.count_nonzero(best_weights >= dual.largest)) if np.isfinite(dual.largest) else 0
    return Raking(best_weights, iterations, *worst_gap(dual.codes, dual.targets, best_weights), held=held)


def _turns(dual: _Dual) -> tuple[NDArray[np.float64], int]:
    """Scale to each margin in turn while that gains a digit a turn: with margins nearly unrelated it is the answer,
    for less than a Newton step; otherwise it is where Newton starts."""
    lambdas, weights, gap = np.zeros_like(dual.target), dual.initial, np.inf
    turn = 0
    while turn < TURNS:
        turn += 1
        for part, code, target in zip(dual.parts(), dual.codes, dual.targets, strict=True):
            factors = target / np.bincount(code, weights=weights, minlength=len(target))
            weights = weights * factors[code]
            lambdas[part] += np.log(factors)
        before, gap = gap, worst_gap(dual.codes, dual.targets, weights)[0]
        if gap <= TOLERANCE or gap > 0.1 * before:
            break
    return lambdas, turn


def _newton_step(
    H: NDArray[np.float64], gradient: NDArray[np.float64], target: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The least move that solves H step = -gradient. Margins overlap (they share a total), so H is never invertible.

    Where H is flat and the gradient is not (a category whose rows are all held), take a plain descent step.
    """
    scale = 1 / np.sqrt(np.maximum(np.diag(H), 1e-6 * target))
    values, vectors = np.linalg.eigh(scale[:, None] * H * scale)
    slope = vectors.T @ (scale * gradient)
    flat = values <= FLAT * values[-1]
    noise = 1e-9 * float(np.linalg.norm(slope))
    amounts = np.where(flat, np.where(np.abs(slope) > noise, slope, 0.0), slope / np.where(flat, 1.0, values))
    return np.asarray(-scale * (vectors @ amounts))


_Move = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], float, float]


def _line_search(
    dual: _Dual, lambdas: NDArray[np.float64], step: NDArray[np.float64], slope: float, value: float, gap: float
) -> _Move | None:
    """Halve the step until the dual falls, or margins come nearer; None when neither happens."""
    share = 1.0
    for _ in range(40):
        reached = lambdas + share * step
        weights, slopes, at = dual.weights(reached)
        if np.isfinite(at):
            new = float(np.max(np.abs(dual.counts(weights) - dual.target) / dual.target))
            if at <= value + 1e-4 * share * slope or new < 0.5 * gap:
                return reached, weights, slopes, at, new
        share /= 2
    return None
