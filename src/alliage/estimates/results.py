"""What an estimator returns: never a bare number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

# design: the margin rests on the sampling design. model: on a model (quota). none: there is no sampling margin, because
# nothing allows one (self-selected) or because everyone was asked (census).
MarginKind = Literal["design", "model", "none"]
EstimateKind = Literal["share", "mean", "total", "ratio", "quantile"]


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval, ends in the unit of the value (a share: between 0 and 1)."""

    low: float
    high: float
    level: float
    method: str  # one of `intervals`; "korn-graubard ends" for some gaps; "census" or "none" when there is no error


@dataclass(frozen=True, slots=True)
class Estimate:
    """One estimate with everything a statistician asks about it. Shares lie between 0 and 1 here, not in percent.

    value is nan when the domain is empty; standard_error, intervals and deff are nan when no margin can be given. A
    census has no margin either, for another reason: its method is "census", its error 0, its intervals the value.
    """

    kind: EstimateKind
    value: float
    standard_error: float
    interval95: Interval
    interval50: Interval
    n: int  # respondents in the base, after item non-response
    n_missing: int  # asked, no answer
    n_effective: float  # Kish: (sum w)^2 / sum w^2 over the base
    deff: float  # variance over that of a simple random sample of the same size; nan where everyone answers alike
    df: float
    weight_sum: float
    margin: MarginKind
    method: str  # "taylor", "taylor + calibration residuals", "census", "none"
    domain: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()  # codes of problems.estimates
    interval: Interval | None = None  # at the level asked for, when it is not 95%


@dataclass(frozen=True, slots=True)
class Gap:
    """The difference a - b of two estimates, with its simultaneous interval over a family of gaps."""

    value: float
    standard_error: float
    interval: Interval  # level 1 - 0.05 / family (Bonferroni), so that 95 % holds for the whole family
    family: int
    df: float
    margin: MarginKind
