"""Families: the law that links an answer to what explains it, each by its canonical link.

For a canonical link the score is x (y - mean(eta)) and the information x x' slope(eta), whatever the family: one
Newton's method serves all (R: gaussian, quasibinomial, quasipoisson).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from alliage.estimates.stages import Floats

FamilyName = Literal["linear", "logistic", "poisson", "ordinal"]


@dataclass(frozen=True, slots=True)
class Family:
    """Functions of eta, the linear score: mean, its slope, its bend. `parts`: the cumulant, the mean, the slope."""

    name: FamilyName
    parts: Callable[[Floats], tuple[Floats, Floats, Floats]]
    mean: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]
    bend: Callable[[Floats], Floats]
    link: Callable[[Floats], Floats]  # of a mean
    shrunk: Callable[[Floats], Floats]  # a possible mean close to y, to start from
    deviance: Callable[[Floats, Floats], Floats]  # of y at a mean, for a weight of 1
    ratio: bool  # exp(coefficient) is a ratio: of odds, of means


def inverse_logit(eta: Floats) -> Floats:
    """1 / (1 + exp(-eta)), exact in both tails."""
    small = np.exp(-np.abs(eta))
    return np.asarray(np.where(eta >= 0, 1.0, small) / (1 + small))


def logistic_slope(eta: Floats) -> Floats:
    """p (1 - p)."""
    small = np.exp(-np.abs(eta))
    return np.asarray(small / (1 + small) ** 2)


def _logistic_parts(eta: Floats) -> tuple[Floats, Floats, Floats]:
    """log(1 + exp(eta)), p and p (1 - p), from one exponential that never overflows."""
    small = np.exp(-np.abs(eta))
    over = 1 / (1 + small)
    return np.maximum(eta, 0.0) + np.log1p(small), np.where(eta >= 0, over, small * over), small * over * over


def _poisson_parts(eta: Floats) -> tuple[Floats, Floats, Floats]:
    mean = np.exp(eta)
    return mean, mean, mean


def _product_log(a: Floats, b: Floats) -> Floats:
    """a log(a / b), 0 where a is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(a > 0, a * np.log(a / b), 0.0)


LINEAR = Family(
    name="linear",
    parts=lambda eta: (eta**2 / 2, eta, np.ones_like(eta)),
    mean=lambda eta: eta,
    slope=np.ones_like,
    bend=np.zeros_like,
    link=lambda mean: mean,
    shrunk=lambda y: y,
    deviance=lambda y, mean: (y - mean) ** 2,
    ratio=False,
)
LOGISTIC = Family(
    name="logistic",
    parts=_logistic_parts,
    mean=inverse_logit,
    slope=logistic_slope,
    bend=lambda eta: logistic_slope(eta) * (1 - 2 * inverse_logit(eta)),
    link=lambda mean: np.log(mean / (1 - mean)),
    shrunk=lambda y: (y + 0.5) / 2,
    deviance=lambda y, mean: 2 * (_product_log(y, mean) + _product_log(1 - y, 1 - mean)),
    ratio=True,
)
POISSON = Family(
    name="poisson",
    parts=_poisson_parts,
    mean=np.exp,
    slope=np.exp,
    bend=np.exp,
    link=np.log,
    shrunk=lambda y: y + 0.1,
    deviance=lambda y, mean: 2 * (_product_log(y, mean) - (y - mean)),
    ratio=True,
)
FAMILIES: dict[str, Family] = {family.name: family for family in (LINEAR, LOGISTIC, POISSON)}
