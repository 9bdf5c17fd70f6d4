"""Confidence intervals: Korn-Graubard for shares, Student's t for the rest."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import betaincinv, stdtrit

from alliage.estimates.results import EstimateKind
from alliage.estimates.stages import Floats


def t_quantile(df: Floats, probability: float) -> Floats:
    """Student's quantile; infinite at probability > 1/2 when there is no degree of freedom."""
    with np.errstate(invalid="ignore"):
        found = stdtrit(np.where(df > 0, df, 1.0), probability)
    return np.where(df > 0, found, np.inf)


def student(value: Floats, se: Floats, df: Floats, level: float) -> tuple[Floats, Floats]:
    """value +/- t(df) se; nan where the standard error is not 0 and no degree of freedom is left."""
    with np.errstate(invalid="ignore"):
        half = np.where(se == 0, 0.0, t_quantile(df, (1 + level) / 2) * se)
    half = np.where(np.isinf(half), np.nan, half)
    return value - half, value + half


def korn_graubard(p: Floats, se: Floats, n: Floats, df: Floats, level: float) -> tuple[Floats, Floats]:
    """Clopper-Pearson with the effective sample size p(1-p)/se^2, corrected for the degrees of freedom.

    Korn and Graubard (1998); R survey's `svyciprop(method = "beta")`, whose `nrow(design)` is here the n of the base.
    At p = 0 or 1, where R gives NaN, the plain Clopper-Pearson interval with n respondents. A share inside 0-1 with
    no sampling error (everything was counted) has no width; one with no degree of freedom may lie anywhere.
    """
    alpha = 1 - level
    p, se, n, df = np.broadcast_arrays(p, se, n.astype(np.float64), df)
    certain = (p == 0) | (p == 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        shrink = (t_quantile(n - 1, 1 - alpha / 2) / t_quantile(df, 1 - alpha / 2)) ** 2
        effective = np.where(certain, n, p * (1 - p) / se**2 * shrink)
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


def intervals(kind: EstimateKind, value: Floats, se: Floats, n: Any, df: Floats, level: float) -> tuple[Floats, Floats]:
    """Low and high ends at one level: the same method whatever the level."""
    if kind == "share":
        return korn_graubard(value, se, np.asarray(n), df, level)
    return student(value, se, df, level)
