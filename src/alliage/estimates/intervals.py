"""Confidence intervals: Korn-Graubard for shares and Student's t for the rest, or the method asked for.

Degrees of freedom are those of the design within the domain (R: `degf(subset(...))`), whatever the method. Where a
share is 0 or 1 its standard error is 0 and says nothing: every method but Wilson's, which needs none, then gives the
plain Clopper-Pearson interval with the respondents of the base.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from scipy.special import betaincinv, ndtri, stdtrit

from alliage.estimates.results import EstimateKind
from alliage.estimates.stages import Floats
from alliage.problems import Problem

Ends: TypeAlias = tuple[Floats, Floats]
Level: TypeAlias = float | Floats  # one for all, or one each
# value, standard error, n, df (arrays of one shape), level -> low and high ends
Method: TypeAlias = Callable[[Floats, Floats, Floats, Floats, Level], Ends]


def t_quantile(df: Floats, probability: Level) -> Floats:
    """Student's quantile; infinite at probability > 1/2 when there is no degree of freedom."""
    with np.errstate(invalid="ignore"):
        found = stdtrit(np.where(df > 0, df, 1.0), probability)
    return np.where(df > 0, found, np.inf)


def student(value: Floats, se: Floats, df: Floats, level: Level) -> Ends:
    """value +/- t(df) se; nan where the standard error is not 0 and no degree of freedom is left."""
    with np.errstate(invalid="ignore"):
        half = np.where(se == 0, 0.0, t_quantile(df, (1 + level) / 2) * se)
    half = np.where(np.isinf(half), np.nan, half)
    return value - half, value + half


def effective_size(p: Floats, se: Floats, n: Floats, df: Floats, level: Level) -> Floats:
    """p(1-p)/se^2, corrected for the degrees of freedom as Korn and Graubard (1998) do."""
    alpha = 1 - level
    with np.errstate(divide="ignore", invalid="ignore"):
        shrink = (t_quantile(n - 1, 1 - alpha / 2) / t_quantile(df, 1 - alpha / 2)) ** 2
        return np.asarray(p * (1 - p) / se**2 * shrink)


def korn_graubard(p: Floats, se: Floats, n: Floats, df: Floats, level: Level) -> Ends:
    """Clopper-Pearson with the effective sample size p(1-p)/se^2, corrected for the degrees of freedom.

    Korn and Graubard (1998); R survey's `svyciprop(method = "beta")`, whose `nrow(design)` is here the n of the base.
    At p = 0 or 1, where R gives NaN, the plain Clopper-Pearson interval with n respondents. A share inside 0-1 with
    no sampling error (everything was counted) has no width; one with no degree of freedom may lie anywhere.
    """
    alpha = 1 - level
    p, se, n, df = np.broadcast_arrays(p, se, n.astype(np.float64), df)
    certain = (p == 0) | (p == 1)
    effective = np.where(certain, n, effective_size(p, se, n, df, level))
    with np.errstate(divide="ignore", invalid="ignore"):
        ok = certain | (np.isfinite(effective) & (effective > 0))
        usable = np.where(ok & (n > 0), effective, 1.0)
        q = np.where(ok & (n > 0), p, 0.5)
        hits, misses = usable * q, usable * (1 - q)
        low = np.where(q == 0, 0.0, betaincinv(np.maximum(hits, 1e-300), misses + 1, alpha / 2))
        high = np.where(q == 1, 1.0, betaincinv(hits + 1, np.maximum(misses, 1e-300), 1 - alpha / 2))
    anywhere, exact = ~ok & (se > 0), ~ok & (se == 0)
    low = np.select([n <= 0, np.isnan(p), anywhere, exact], [np.nan, np.nan, 0.0, p], low)
    high = np.select([n <= 0, np.isnan(p), anywhere, exact], [np.nan, np.nan, 1.0, p], high)
    return low, high


def wilson(p: Floats, se: Floats, n: Floats, df: Floats, level: Level) -> Ends:
    """Wilson's score interval with Korn and Graubard's effective size (Dean and Pagano 2015); n of the base at 0 or 1.

    A share inside 0-1 with no sampling error has no width; one with no degree of freedom may lie anywhere.
    """
    p, se, n, df = np.broadcast_arrays(p, se, n.astype(np.float64), df)
    certain = (p == 0) | (p == 1)
    size = np.where(certain, n, effective_size(p, se, n, df, level))
    size = np.where(n > 0, size, np.nan)
    square = ndtri((1 + level) / 2) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = (p + square / (2 * size)) / (1 + square / size)
        half = np.sqrt(square * (p * (1 - p) / size + square / (4 * size**2))) / (1 + square / size)
    exact, anywhere = ~certain & (se == 0), ~certain & (size == 0)
    low = np.select([exact, anywhere, p == 0], [p, 0.0, 0.0 * size], middle - half)
    high = np.select([exact, anywhere, p == 1], [p, 1.0, 1.0 + 0.0 * size], middle + half)
    return low, high


def logit(p: Floats, se: Floats, n: Floats, df: Floats, level: Level) -> Ends:
    """Student's interval of log(p / (1-p)), brought back: `svyciprop(method = "xlogit")`, as SUDAAN, Stata and SPSS."""
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = student(np.log(p / (1 - p)), se / (p * (1 - p)), df, level)
        return 1 / (1 + np.exp(-low)), 1 / (1 + np.exp(-high))


def arcsine(p: Floats, se: Floats, n: Floats, df: Floats, level: Level) -> Ends:
    """Student's interval of arcsin(sqrt(p)), brought back: `svyciprop(method = "asin")`.

    Stopped at 0 and 1, where R's sine turns back.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = student(np.arcsin(np.sqrt(p)), se / (2 * np.sqrt(p * (1 - p))), df, level)
    return np.sin(np.maximum(low, 0.0)) ** 2, np.sin(np.minimum(high, np.pi / 2)) ** 2


def normal(value: Floats, se: Floats, n: Floats, df: Floats, level: Level) -> Ends:
    """value +/- the normal quantile: an infinite number of degrees of freedom, as R's `confint` takes by default."""
    half = ndtri((1 + level) / 2) * se
    return value - half, value + half


def logarithm(value: Floats, se: Floats, n: Floats, df: Floats, level: Level) -> Ends:
    """Student's interval of the logarithm, brought back, for what is always positive; nan for any other value.

    R: `confint(svycontrast(x, quote(log(x))), df = degf(design))`, then `exp`.
    """
    positive = np.where(value > 0, value, np.nan)
    with np.errstate(invalid="ignore"):
        low, high = student(np.log(positive), se / positive, df, level)
    return np.exp(low), np.exp(high)


def plain(value: Floats, se: Floats, n: Floats, df: Floats, level: Level) -> Ends:
    """Student's interval around the value itself: `svyciprop(method = "mean")` for a share."""
    return student(value, se, df, level)


def _inside(method: Method) -> Method:
    """The method for a share strictly between 0 and 1, Clopper-Pearson at 0 and 1."""

    def ends(p: Floats, se: Floats, n: Floats, df: Floats, level: Level) -> Ends:
        p, se, n, df = np.broadcast_arrays(p, se, n, df)
        certain = (p == 0) | (p == 1)
        exact_low, exact_high = korn_graubard(p, se, n, df, level)
        low, high = method(p, se, n, df, level)
        return np.where(certain, exact_low, low), np.where(certain, exact_high, high)

    return ends


# The first of each kind is the one taken when none is asked for.
OF_SHARES: dict[str, Method] = {
    "korn-graubard": korn_graubard,
    "logit": _inside(logit),
    "wilson": wilson,
    "arcsine": _inside(arcsine),
    "t": _inside(plain),
    "normal": _inside(normal),
}
OF_NUMBERS: dict[str, Method] = {"t": plain, "log": logarithm, "normal": normal}
# What R calls the same methods.
R_NAMES = {"beta": "korn-graubard", "xlogit": "logit", "asin": "arcsine", "mean": "t"}


def methods_of(kind: EstimateKind) -> dict[str, Method]:
    return OF_SHARES if kind == "share" else OF_NUMBERS


def interval_method(kind: EstimateKind, asked: str | None = None) -> str:
    """The name of the method asked for (R's names are understood), or the usual one of this kind of estimate.

    Raises Problem estimates.interval_method.
    """
    known = methods_of(kind)
    if asked is None:
        return next(iter(known))
    name = R_NAMES.get(asked, asked)
    if name not in known:
        raise Problem("estimates.interval_method", asked=asked, known=", ".join(known))
    return name


def checked_level(level: float) -> float:
    """The level of an interval, strictly between 0 and 1, or Problem estimates.level."""
    if not 0 < level < 1:
        raise Problem("estimates.level", level=f"{level:g}")
    return float(level)


def intervals(
    kind: EstimateKind, value: Floats, se: Floats, n: Any, df: Floats, level: Level, method: str | None = None
) -> Ends:
    """Low and high ends at one level: the same method whatever the level."""
    return methods_of(kind)[interval_method(kind, method)](value, se, np.asarray(n), df, level)


def ends_of_difference(a: Floats, ends_a: Ends, b: Floats, ends_b: Ends, correlation: Any = 0.0) -> Ends:
    """The ends of a - b from those of a and b: how far each lies from its estimate, in quadrature.

    Zou (2007), Zou and Donner (2008). Two shares: the difference stays between -1 and 1.
    """

    def half(one: Floats, other: Floats) -> Floats:
        return np.asarray(np.sqrt(one**2 + other**2 - 2 * correlation * one * other))

    low = (a - b) - half(a - ends_a[0], ends_b[1] - b)
    high = (a - b) + half(ends_a[1] - a, b - ends_b[0])
    return np.maximum(low, -1.0), np.minimum(high, 1.0)
