"""The calibration solver: Newton's method on the dual, for every distance, exact or penalised.

Deville and Särndal (1992), https://doi.org/10.2307/2290268. The lambdas minimise a convex function,
sum of (initial / q) G(q x'lambda) - targets'lambda + lambda'R lambda / 2, where G is the integral of the factor g and
R is 0, or 1/cost of the margins that need not be met (Beaumont and Bocci, 2008, Survey Methodology 34: ridge
calibration). Its gradient is what the weights count less what they should.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_solve

from alliage.weights.constraints import Constraints, Floats
from alliage.weights.distances import Distance

TOLERANCE = 1e-12  # asked of the largest gap, over its scale
ACCEPTED = 1e-10  # what rounding may leave of it on large files
STEADY = 1e-9  # a factor g that the next step moves by less has settled
ROUNDS = 100
HOPELESS = 15  # rounds without any progress
FLAT = 1e-11  # eigenvalues under this part of the largest are redundant margins
HALVINGS = 40


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The factor g of every unit (n), the lambdas (K), and how the search ended."""

    factors: Floats
    lambdas: Floats
    rounds: int
    gap: float  # the largest |sum - target| / scale; penalised: of the equations that balance gaps and costs
    settled: bool  # the factors no longer move

    @property
    def converged(self) -> bool:
        return self.gap <= ACCEPTED and self.settled


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """Where a search stands: lambdas (K), scores, factors, derivatives of the weights by the score (n)."""

    lambdas: Floats
    scores: Floats
    factors: Floats
    slopes: Floats
    gradient: Floats
    gap: float


@dataclass(frozen=True, slots=True, eq=False)
class Dual:
    """The convex function to minimise, and what it is made of. `initial` and `q` are positive (n)."""

    constraints: Constraints
    initial: Floats
    distance: Distance
    q: Floats | None = None  # None: 1 for every unit
    ridge: Floats | None = None  # K: the diagonal of R; None: 0, every margin is met

    def at(self, lambdas: Floats) -> Point:
        scores = self.constraints.scores(lambdas)
        factors, slopes = self.distance.at(scores if self.q is None else self.q * scores)
        slopes = self.initial * slopes if self.q is None else self.initial * self.q * slopes
        gradient = self.constraints.sums(self.initial * factors) - self.constraints.targets
        if self.ridge is not None:
            gradient += self.ridge * lambdas
        gap = float(np.max(np.abs(gradient) / self.constraints.scale))
        return Point(lambdas, scores, factors, slopes, gradient, gap)

    def value(self, point: Point) -> float:
        """The function to minimise."""
        if self.q is None:
            found = float(self.initial @ self.distance.area(point.scores))
        else:
            found = float((self.initial / self.q) @ self.distance.area(self.q * point.scores))
        found -= float(self.constraints.targets @ point.lambdas)
        return found if self.ridge is None else found + float(self.ridge @ point.lambdas**2) / 2

    def is_impossible(self, point: Point) -> bool:
        """Whether these lambdas prove that no factors within their limits meet the targets (Farkas' lemma).

        Whatever the factors, what they count is on one side of a plane, and the targets are on the other.
        """
        low, high = self.distance.limits()
        if self.ridge is not None or not (np.isfinite(low).all() and np.isfinite(high).all()):
            return False
        most = float(self.initial @ np.where(point.scores > 0, high * point.scores, low * point.scores))
        wanted = float(self.constraints.targets @ point.lambdas)
        return wanted - most > 1e-9 * (abs(wanted) + abs(most))

    def moved(self, step: Floats) -> Floats:
        """By how much a step on the lambdas moves the score of each unit."""
        scores = self.constraints.scores(step)
        return scores if self.q is None else self.q * scores

    def bend(self, point: Point) -> Floats:
        """The second derivative H at a point (K x K)."""
        H = self.constraints.products(point.slopes)
        if self.ridge is not None:
            H[np.diag_indices_from(H)] += self.ridge
        return H


class _Steps:
    """The least move that solves H step = -gradient. Margins share a total, so H is seldom invertible.

    Which margins are redundant is read once, where the search starts: filled with their own products, H has a
    Cholesky factor. Where it is flat all the same (a category whose units are all held), the eigenvalues tell what to
    leave out, and a plain descent step is taken where the gradient is not flat.
    """

    def __init__(self, dual: Dual, point: Point) -> None:
        self.H = dual.bend(point)
        total = float(dual.initial.sum())
        # A floor for the diagonal of H: a small part of what it is for a sum that every unit enters alike.
        self.floor = np.maximum(1e-6 * dual.constraints.scale**2 / total, np.finfo(np.float64).tiny)
        self.scale = 1 / np.sqrt(np.maximum(np.diag(self.H), self.floor))
        values, vectors = np.linalg.eigh(self.scale[:, None] * self.H * self.scale)
        self.redundant = vectors[:, values <= FLAT * values[-1]]
        self.factor = self._factor()

    def bend(self, H: Floats) -> None:
        """Take the second derivative of another point."""
        self.H, self.factor = H, None
        self.factor = self._factor()

    def step(self, gradient: Floats) -> Floats:
        if self.factor is None:
            return self._by_eigenvalues(gradient)
        found = cho_solve((self.factor, True), self.scale * gradient, check_finite=False)
        # What the redundant directions took of the gradient is rounding.
        found -= self.redundant @ (self.redundant.T @ found)
        return np.asarray(-self.scale * found)

    def _factor(self) -> Floats | None:
        scaled = self.scale[:, None] * self.H * self.scale
        size = float(np.trace(scaled)) / len(scaled)
        try:
            factor = np.linalg.cholesky(scaled + size * (self.redundant @ self.redundant.T))
        except np.linalg.LinAlgError:
            return None
        pivots = np.diag(factor) ** 2
        return factor if pivots.min() > FLAT * pivots.max() else None

    def _by_eigenvalues(self, gradient: Floats) -> Floats:
        scale = 1 / np.sqrt(np.maximum(np.diag(self.H), self.floor))
        values, vectors = np.linalg.eigh(scale[:, None] * self.H * scale)
        slope = vectors.T @ (scale * gradient)
        flat = values <= FLAT * values[-1]
        noise = 1e-9 * float(np.linalg.norm(slope))
        amounts = np.where(flat, np.where(np.abs(slope) > noise, slope, 0.0), slope / np.where(flat, 1.0, values))
        return np.asarray(-scale * (vectors @ amounts))


def solve(dual: Dual, *, start: Floats | None = None, rounds: int = ROUNDS) -> Solution:
    """Damped Newton from `start` (K; 0 otherwise). Stops when margins are met and factors settled, or nothing improves.

    The answer may not have converged: the caller tells why.
    """
    lambdas = np.zeros(dual.constraints.width) if start is None else start
    with np.errstate(over="ignore", invalid="ignore"):
        point = dual.at(lambdas)
        steps = _Steps(dual, point)
        step = steps.step(point.gradient)
        best, rank, idle, settled = point, 0, 0, False
        while rank < rounds and idle < HOPELESS:
            moved = _shortened(dual, point, step)
            if moved is None:
                break
            is_nearer = moved.gap < 0.5 * point.gap
            point, rank = moved, rank + 1
            if not is_nearer and dual.is_impossible(point):
                break
            # Convergence is judged by margins: near the end the dual is flat to rounding and says nothing.
            nearer = point.gap < (best.gap if best.gap <= ACCEPTED else 0.9 * best.gap)
            idle = 0 if nearer else idle + (1 if best.gap > ACCEPTED else HOPELESS // 3)
            if point.gap < best.gap:
                best = point
            if point.gap <= ACCEPTED:
                # The last H is near enough to tell how far the factors would still move.
                step = steps.step(point.gradient)
                settled = float(np.max(np.abs(dual.moved(step)) * _reach(point, dual))) <= STEADY
                if settled and point.gap <= TOLERANCE:
                    break
            steps.bend(dual.bend(point))
            step = steps.step(point.gradient)
    return Solution(best.factors, best.lambdas, rank, best.gap, settled or best.gap <= TOLERANCE)


def _reach(point: Point, dual: Dual) -> Floats:
    """How fast each factor moves with its score, over its own size."""
    slopes = point.slopes / dual.initial if dual.q is None else point.slopes / (dual.initial * dual.q)
    return np.asarray(slopes / np.maximum(np.abs(point.factors), 1e-3))


def _shortened(dual: Dual, point: Point, step: Floats) -> Point | None:
    """Halve the step until margins come twice nearer, or the dual falls; None when neither happens."""
    slope, share, value = float(point.gradient @ step), 1.0, np.nan
    for _ in range(HALVINGS):
        reached = dual.at(point.lambdas + share * step)
        if np.isfinite(reached.gap):
            if reached.gap < 0.5 * point.gap:
                return reached
            if float(reached.gradient @ step) <= 0:
                return reached  # the dual is convex: still falling here, it fell all the way
            value = dual.value(point) if np.isnan(value) else value
            if dual.value(reached) <= value + 1e-4 * share * slope:
                return reached
        share /= 2
    return None
