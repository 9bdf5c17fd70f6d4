"""The probability that a statistic exceeds what was found: Student, Fisher, chi-square, and sums of chi-squares.

Each is written with the incomplete beta or gamma function itself, which keeps its digits far into the tail.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import betainc, betaincc, gammaincc, ndtr

from alliage.estimates.stages import Floats

# Where a path of integration ends, beside its height; how far it may go; when halving its steps changes nothing.
NEGLIGIBLE, FARTHEST, CLOSE, DOUBLINGS = 1e-18, 120.0, 1e-14, 10


def of_student(t: float, df: float) -> float:
    """P(|T| > |t|); nan without a degree of freedom."""
    return of_fisher(t * t, 1.0, df)


def of_fisher(f: float, ndf: float, ddf: float) -> float:
    """P(F(ndf, ddf) > f); nan without a degree of freedom; chi-square over ndf when ddf is infinite."""
    if not (ndf > 0 and ddf > 0) or np.isnan(f):
        return float("nan")
    if np.isinf(ddf):
        return of_chi_square(f * ndf, ndf)
    part = ndf * f / (ddf + ndf * f)
    # From whichever end is nearer: 1 less a small number has lost its digits.
    return float(betaincc(ndf / 2, ddf / 2, part) if part < 0.5 else betainc(ddf / 2, ndf / 2, ddf / (ddf + ndf * f)))


def of_chi_square(x: float, df: float) -> float:
    """P(X > x)."""
    return float(gammaincc(df / 2, x / 2)) if df > 0 and not np.isnan(x) else float("nan")


def satterthwaite(weights: Floats) -> tuple[float, float]:
    """(scale, df) of the chi-square whose mean and variance are those of a weighted sum of chi-squares of 1 df."""
    total, square = float(weights.sum()), float((weights**2).sum())
    return square / total, total**2 / square


def of_sum(x: float, weights: Floats, *, ddf: float = np.inf) -> float:
    """P(sum of weights times chi-squares of 1 df > x), exact. ddf: x is multiplied by a chi-square of ddf over ddf.

    The generating function exp(K(s) - s x) / s is integrated around the cut of K, on a path through its lowest point
    between 0 and the cut: nothing oscillates there, so that the trapezoidal rule converges geometrically and a small
    probability has as many digits as a large one. (Imhof's integral of 1961 is the same one along the imaginary axis.)
    """
    lambdas, repeats, threshold = _as_sum(x, weights, ddf)
    if x <= 0:
        return 1.0

    def exponent(s: NDArray[np.complex128]) -> NDArray[np.complex128]:
        return np.asarray(-np.log1p(-2 * np.multiply.outer(s, lambdas)) @ repeats / 2 - s * threshold - np.log(s))

    def slope(c: float) -> float:
        return float((repeats * lambdas / (1 - 2 * c * lambdas)).sum()) - threshold - 1 / c

    cut = 1 / (2 * lambdas.max())
    lowest = float(brentq(slope, cut * 1e-12, cut * (1 - 1e-12), xtol=1e-300, rtol=1e-12, maxiter=500))
    curvature = 2 * float((repeats * lambdas**2 / (1 - 2 * lowest * lambdas) ** 2).sum()) + 1 / lowest**2
    # Without ddf the path bends around the cut, where exp(-s x) dies out; with it, it is straight.
    angle = np.pi / 4 if np.isinf(ddf) else np.pi / 2
    width = 1 / np.sqrt(curvature)
    height = exponent(np.array([lowest + 0j]))[0].real

    def integrand(u: Floats) -> Floats:
        s = lowest + width * ((np.cosh(u) - 1) * np.cos(angle) + 1j * np.sinh(u) * np.sin(angle))
        step = width * (np.sinh(u) * np.cos(angle) + 1j * np.cosh(u) * np.sin(angle))
        return np.asarray((np.exp(exponent(s) - height) * step).imag)

    last = 1.0
    while last < FARTHEST and abs(integrand(np.array([last]))[0]) > NEGLIGIBLE * width:
        last += 0.5
    found, points = np.nan, 32
    for _ in range(DOUBLINGS):
        u = np.linspace(0, last, points + 1)
        values = integrand(u)
        previous, found = found, float((values.sum() - (values[0] + values[-1]) / 2) * last / points)
        if abs(found - previous) <= CLOSE * abs(found):
            break
        points *= 2
    return float(min(found * np.exp(height) / np.pi, 1.0))


def saddlepoint(x: float, weights: Floats, *, ddf: float = np.inf) -> float:
    """The same by Kuonen's saddlepoint (1999), a few percent off. R's approximation; `of_sum` costs no more.

    At the very mean of the sum the formula is 0/0, and the integral answers.
    """
    lambdas, repeats, threshold = _as_sum(x, weights, ddf)
    # In the unit of the largest weight, so that where the root lies does not depend on the unit of x.
    lambdas, threshold = lambdas / weights.max(), float(threshold / weights.max())

    def slope(zeta: float) -> float:
        return float((repeats * lambdas / (1 - 2 * zeta * lambdas)).sum()) - threshold

    highest = (1 - 1e-12) / (2 * lambdas.max())
    negative = lambdas[lambdas < 0]
    lowest = (1 - 1e-12) / (2 * negative.min()) if len(negative) else -repeats.sum() / (2 * threshold)
    zeta = float(brentq(slope, lowest, highest, xtol=1e-15, rtol=1e-14, maxiter=500))
    if abs(zeta) < 1e-4:
        return of_sum(x, weights, ddf=ddf)
    cumulant = -float((repeats * np.log(1 - 2 * zeta * lambdas)).sum()) / 2
    curvature = 2 * float((repeats * lambdas**2 / (1 - 2 * zeta * lambdas) ** 2).sum())
    w = np.sign(zeta) * np.sqrt(2 * (zeta * threshold - cumulant))
    v = zeta * np.sqrt(curvature)
    return float(ndtr(-(w + np.log(v / w) / w)))


def _as_sum(x: float, weights: Floats, ddf: float) -> tuple[Floats, Floats, float]:
    """Weights, how many degrees of freedom each, and the threshold: with ddf, x goes to the left with its own.

    As R's `pFsum`, which repeats the weight of x a whole number of times.
    """
    ones = np.ones(len(weights))
    if np.isinf(ddf):
        return weights, ones, x
    return np.append(weights, -x / ddf), np.append(ones, max(np.floor(ddf), 1.0)), 0.0
