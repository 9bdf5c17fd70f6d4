"""Distances between two sets of weights, each told by the factor g it gives to a row of score u.

Deville and Särndal (1992), JASA 87, https://doi.org/10.2307/2290268: final = initial * g(q u), u the sum of the
lambdas of what the row counts in. Cases 1, 2, 6 and 7 of their paper; the sinh distance is that of Calmar 2 (Sautory,
2003). `Held` keeps any of them between two bounds (their "truncated" method): it stays the derivative of a convex
function, so that Newton's method on the dual finds the only answer there is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LARGEST_EXPONENT = 700.0  # exp beyond it is infinite: a step that far is refused before it is taken
_NODES, _PARTS = np.polynomial.legendre.leggauss(24)


class Distance(Protocol):
    """A way from scores u to factors g, increasing, with g = 1 at u = 0."""

    def at(self, u: Floats) -> tuple[Floats, Floats]:
        """The factor g at each score, and its derivative."""
        ...

    def area(self, u: Floats) -> Floats:
        """The integral of g from 0 to each score: what the dual adds up."""
        ...

    def score(self, g: Floats) -> Floats:
        """The score at which the factor is g: the inverse of g, with -inf and inf where g is never reached."""
        ...

    def limits(self) -> tuple[Floats, Floats]:
        """What factors stay between: one number for all, or one per row."""
        ...


@dataclass(frozen=True, slots=True)
class Linear:
    """g = 1 + u: the generalised regression estimator. Factors may be negative."""

    def at(self, u: Floats) -> tuple[Floats, Floats]:
        return 1 + u, np.ones_like(u)

    def area(self, u: Floats) -> Floats:
        return u * (1 + u / 2)

    def score(self, g: Floats) -> Floats:
        return np.asarray(g - 1)

    def limits(self) -> tuple[Floats, Floats]:
        return np.array([-np.inf]), np.array([np.inf])


@dataclass(frozen=True, slots=True)
class RakingRatio:
    """g = exp(u): always positive, never bounded above."""

    def at(self, u: Floats) -> tuple[Floats, Floats]:
        # Beyond the largest exponent the answer is infinite, and the line search takes a shorter step.
        g = np.exp(u, out=np.full_like(u, np.inf), where=u < LARGEST_EXPONENT)
        return g, g

    def area(self, u: Floats) -> Floats:
        return self.at(u)[0] - 1

    def score(self, g: Floats) -> Floats:
        with np.errstate(divide="ignore"):
            return np.asarray(np.log(g))

    def limits(self) -> tuple[Floats, Floats]:
        return np.array([0.0]), np.array([np.inf])


@dataclass(frozen=True, slots=True)
class Logit:
    """g between low and high without ever reaching them: a logistic curve of slope 1 at u = 0. low < 1 < high."""

    low: float
    high: float

    def at(self, u: Floats) -> tuple[Floats, Floats]:
        width = self.high - self.low
        z = self._rate * u + self._start
        # exp of minus the absolute value never overflows.
        small = np.exp(-np.abs(z))
        part = np.where(z >= 0, 1.0, small) / (1 + small)
        return self.low + width * part, width * self._rate * small / (1 + small) ** 2

    def area(self, u: Floats) -> Floats:
        z = self._rate * u + self._start
        area = np.logaddexp(0.0, z) - np.logaddexp(0.0, self._start)
        return np.asarray(self.low * u + (self.high - self.low) / self._rate * area)

    def score(self, g: Floats) -> Floats:
        inside = np.clip((g - self.low) / (self.high - self.low), 0.0, 1.0)
        with np.errstate(divide="ignore"):
            z = np.log(inside) - np.log1p(-inside)
        return np.asarray((z - self._start) / self._rate)

    @property
    def _rate(self) -> float:
        return (self.high - self.low) / ((1 - self.low) * (self.high - 1))

    @property
    def _start(self) -> float:
        return math.log((1 - self.low) / (self.high - 1))

    def limits(self) -> tuple[Floats, Floats]:
        return np.array([self.low]), np.array([self.high])


@dataclass(frozen=True, slots=True)
class Sinh:
    """g - 1/g = asinh(2u): positive, and far slower than raking to make large factors (Calmar 2, alpha = 1)."""

    def at(self, u: Floats) -> tuple[Floats, Floats]:
        half = np.arcsinh(2 * u) / 2
        root = np.sqrt(half**2 + 1)
        # Far below 0, half + root cancels: its twin 1 / (root - half) does not.
        g = np.where(half < 0, 1 / (root + np.abs(half)), half + root)
        return g, g / root / np.sqrt(1 + 4 * u**2)

    def area(self, u: Floats) -> Floats:
        # No closed form. It only steers the search, and 24 points give it to rounding where a search goes.
        area = np.zeros_like(u)
        for node, part in zip(_NODES, _PARTS, strict=True):
            area += part * self.at(u * (node + 1) / 2)[0]
        return area * u / 2

    def score(self, g: Floats) -> Floats:
        with np.errstate(divide="ignore", over="ignore"):
            return np.asarray(np.sinh(g - 1 / np.asarray(g, dtype=np.float64)) / 2)

    def limits(self) -> tuple[Floats, Floats]:
        return np.array([0.0]), np.array([np.inf])


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """Another distance held between bounds, one pair for all rows or one pair per row (arrays of n)."""

    inside: Distance
    low: Floats
    high: Floats

    def at(self, u: Floats) -> tuple[Floats, Floats]:
        within = self._within(u)
        g, slope = self.inside.at(within)
        held = within != u
        return np.where(held, np.where(u < within, self.low, self.high), g), np.where(held, 0.0, slope)

    def area(self, u: Floats) -> Floats:
        within = self._within(u)
        # Outside, the factor is constant and its integral a straight line.
        away = np.where(within == u, 0.0, u - within)
        return np.asarray(self.inside.area(within) + np.where(away < 0, self.low, self.high) * away)

    def _within(self, u: Floats) -> Floats:
        return np.asarray(np.clip(u, self.inside.score(self.low), self.inside.score(self.high)))

    def score(self, g: Floats) -> Floats:
        return self.inside.score(np.clip(g, self.low, self.high))

    def limits(self) -> tuple[Floats, Floats]:
        return np.maximum(self.low, self.inside.limits()[0]), np.minimum(self.high, self.inside.limits()[1])
