"""The intervals that may be shown: that of a share says nothing its rounded value and a round base do not already say.

The answers of a battery share one base. Interval ends computed from it, sixteen times, give it back, and then every
count (docs/decisions/0006-interval-precision.md). So the ends shown are made from public numbers only.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from alliage.disclosure.thresholds import INTERVAL_BASES, MEAN_END_STEPS
from alliage.estimates.intervals import korn_graubard, t_quantile
from alliage.estimates.results import Estimate, Interval

_NEARLY = 1e-9  # a value that is on a step up to the last digits of its computation is on that step


def base_claimed(estimate: Estimate) -> int:
    """The largest round base whose interval, around the exact share, is no narrower than the exact one.

    Under equal weights this is the round base just under n, whatever the answers.
    """
    return _base_claimed(estimate.value, estimate.interval95.low, estimate.interval95.high, INTERVAL_BASES)


def share_ends(value: float, exact: Interval, *, step: float, base: int) -> tuple[float, float]:
    """The ends of the interval of a share shown as `value`, in percent: of any share that rounds to it, for that base.

    exact   what it stands for; held whatever happens
    """
    low, high = _ends_around(value, step, base, exact.level)
    return outwards(min(low, 100 * exact.low), max(high, 100 * exact.high), step, 0, 100)


def half_width(value: float, base: int) -> float:
    """Half the length of the 95 % interval of a share shown as `value`, in percent."""
    low, high = _ends_around(value, 0, base, 0.95)
    return (high - low) / 2


def gap_reach(a: tuple[float, float, int], b: tuple[float, float, int] | None, *, level: float, slack: float) -> float:
    """How far from the gap shown its interval reaches on both sides, in points, by public numbers only.

    a, b    (value, step, base) of each share; b is None when a is a part of it: the gap then errs no more than a does
    slack   how far rounding may have moved the gap
    """
    sides = [a] if b is None else [a, b]
    variance = sum(_largest_variance(value, step) / (base - 1) for value, step, base in sides)
    freedom = np.array(float(min(base for _, _, base in sides) - 1))
    return float(t_quantile(freedom, (1 + level) / 2)) * math.sqrt(variance) + slack


def mean_end_step(n: int, step: float) -> float:
    """To what the ends of the interval of a mean are rounded, for a base n."""
    return next((coarse for under, coarse in MEAN_END_STEPS if n < under), step)


def outwards(low: float, high: float, step: float, least: float, most: float) -> tuple[float, float]:
    """Round the ends of an interval away from each other, within what can exist."""
    lower = clean(math.floor(low / step + _NEARLY) * step)
    upper = clean(math.ceil(high / step - _NEARLY) * step)
    return clean(min(max(lower, least), most)), clean(max(min(upper, most), least))


def clean(value: float) -> float:
    """8.700000000000001 is 8.7, and -0.0 is 0."""
    return round(value, 6) + 0.0


@lru_cache(maxsize=65536)
def _base_claimed(share: float, low: float, high: float, known: tuple[int, ...]) -> int:
    bases = np.array(known, dtype=np.float64)
    lows, highs = _simple(np.full(len(bases), share), bases, 0.95)
    wide_enough = (lows <= low + _NEARLY) & (highs >= high - _NEARLY)
    return int(bases[wide_enough][-1]) if wide_enough.any() else known[0]


@lru_cache(maxsize=16384)
def _ends_around(value: float, step: float, base: int, level: float) -> tuple[float, float]:
    """In percent: the low end of the smallest share that rounds to `value`, the high end of the largest."""
    smallest, largest = max(value - step / 2, 0.0), min(value + step / 2, 100.0)
    low, high = _simple(np.array([smallest, largest]) / 100, np.array([base, base], dtype=np.float64), level)
    return 100 * float(low[0]), 100 * float(high[1])


def _simple(shares: np.ndarray, bases: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
    """Korn and Graubard's interval for a simple random sample of each base."""
    return korn_graubard(shares, np.sqrt(shares * (1 - shares) / (bases - 1)), bases, bases - 1, level)


def _largest_variance(value: float, step: float) -> float:
    """Of one answer, in squared points, over every share that rounds to `value`."""
    nearest_half = min(max(50.0, value - step / 2), value + step / 2)
    return nearest_half * (100 - nearest_half)
