"""How weights are spread: quantiles, Kish's effect, the part of the heaviest, a histogram for the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from alliage.text import Language, Text, number, percent

QUANTILES: Mapping[str, float] = {
    "min": 0.0,
    "p01": 0.01,
    "p05": 0.05,
    "p25": 0.25,
    "median": 0.5,
    "p75": 0.75,
    "p95": 0.95,
    "p99": 0.99,
    "max": 1.0,
}
# In numbers of times the mean weight, so that two surveys compare: each class above 1 mirrors one under it. The first
# is for the negative weights that a linear calibration may make.
BREAKS = (-np.inf, 0.0, 0.1, 0.2, 0.5, 0.8, 1.0, 1.25, 2.0, 5.0, 10.0, np.inf)
SNAP = 12  # decimals kept of a weight over the mean: equal weights are all 1, not 0.9999999999999999
WIDTH = 40  # characters of the longest bar
HEAVIEST = 0.01

_HEADING = Text(fr="poids / poids moyen", en="weight / mean weight")
_ANSWERS = Text(fr="réponses", en="answers")
_BETWEEN = Text(fr="de {low} à {high}", en="{low} to {high}")
_UNDER = Text(fr="moins de {high}", en="under {high}")
_OVER = Text(fr="{low} et plus", en="{low} and over")


@dataclass(frozen=True, slots=True)
class Bar:
    """One class of the histogram: how many weights lie from `low` included to `high` excluded, in mean weights."""

    low: float  # -inf for negative weights
    high: float  # inf for the last one
    count: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """How the weights are spread; `zero` counts those of zero, left out of everything else."""

    n: int
    zero: int
    total: float
    mean: float
    quantiles: Mapping[str, float]  # "min", "p01", "p05", "p25", "median", "p75", "p95", "p99", "max"
    design_effect: float  # Kish: 1 + cv^2
    n_effective: float  # n / design_effect
    heaviest_share: float  # the part of the total that the heaviest 1 % hold (one answer at least)
    heaviest: int  # how many these are
    bars: tuple[Bar, ...]  # from the first class that holds someone to the last

    def to_dict(self) -> dict[str, object]:
        """Everything in plain values, ready for JSON; an end that is infinite is None."""
        return {
            "n": self.n,
            "zero": self.zero,
            "total": self.total,
            "mean": self.mean,
            "quantiles": dict(self.quantiles),
            "design_effect": self.design_effect,
            "n_effective": self.n_effective,
            "heaviest": self.heaviest,
            "heaviest_share": self.heaviest_share,
            "histogram": [
                {"low": _finite(bar.low), "high": _finite(bar.high), "count": bar.count} for bar in self.bars
            ],
        }

    def to_arrow(self) -> pa.Table:
        """The histogram, one class per row."""
        return pa.table(
            {
                "low": pa.array([bar.low for bar in self.bars], pa.float64()),
                "high": pa.array([bar.high for bar in self.bars], pa.float64()),
                "count": pa.array([bar.count for bar in self.bars], pa.int64()),
            }
        )

    def histogram(self, language: Language) -> str:
        """The classes as lines of text, a bar for each; a class that holds someone always has a mark."""
        rows = [(_HEADING[language], _ANSWERS[language], "")]
        longest = max(bar.count for bar in self.bars)
        for bar in self.bars:
            drawn = "█" * round(WIDTH * bar.count / longest) or ("▏" if bar.count else "")
            rows.append((_named(bar)[language], number(bar.count)[language], drawn))
        name, count = (max(len(row[rank]) for row in rows) for rank in (0, 1))
        return "\n".join(f"{row[0]:<{name}}  {row[1]:>{count}}  {row[2]}".rstrip() for row in rows)


def describe_weights(weights: NDArray[np.float64], *, breaks: Sequence[float] = BREAKS) -> Distribution:
    """Describe weights (n, of a positive total); `breaks` are the ends of the classes, in mean weights.

    Quantiles are those of the rows, unweighted, by R's rule 7. Kish (1965): design effect 1 + cv(w)², the variance of
    the coefficient of variation divided by n.
    """
    values = np.asarray(weights, dtype=np.float64)
    w = np.sort(values[values != 0])
    total, mean = float(w.sum()), float(w.mean())
    # Centred before squaring: equal weights give exactly 1.
    effect = 1 + float(np.mean((w / mean - 1) ** 2)) if w[0] != w[-1] else 1.0
    heaviest = max(1, int(np.ceil(HEAVIEST * len(w) - 1e-9)))
    ratios = np.round(w / mean, SNAP)
    counts = np.diff(np.searchsorted(ratios, breaks, side="left"))
    filled = np.flatnonzero(counts)
    return Distribution(
        n=len(w),
        zero=len(values) - len(w),
        total=total,
        mean=mean,
        quantiles=dict(zip(QUANTILES, np.quantile(w, list(QUANTILES.values())).tolist(), strict=True)),
        design_effect=effect,
        n_effective=len(w) / effect,
        heaviest_share=float(w[-heaviest:].sum()) / total,
        heaviest=heaviest,
        bars=tuple(
            Bar(low=float(breaks[rank]), high=float(breaks[rank + 1]), count=int(counts[rank]))
            for rank in range(filled[0], filled[-1] + 1)
        ),
    )


def _named(bar: Bar) -> Text:
    if not np.isfinite(bar.high):
        return _OVER.filled(low=_ratio(bar.low))
    if not np.isfinite(bar.low):
        return _UNDER.filled(high=_ratio(bar.high))
    return _BETWEEN.filled(low=_ratio(bar.low), high=_ratio(bar.high))


def _finite(end: float) -> float | None:
    return end if np.isfinite(end) else None


def _ratio(value: float) -> Text:
    """0,5; 1,25; 10: no more decimals than it has."""
    decimals = next((count for count in range(3) if round(value, count) == value), 3)
    return number(value, decimals)


def heaviest_line(distribution: Distribution) -> Text:
    """What the heaviest 1 % weigh, in a sentence."""
    return _HEAVIEST.filled(count=number(distribution.heaviest), share=percent(100 * distribution.heaviest_share, 1))


_HEAVIEST = Text(
    fr="Les 1 % de réponses les plus lourdes (nombre : {count}) font {share} du total.",
    en="The heaviest 1% of the answers (count: {count}) are {share} of the total.",
)
