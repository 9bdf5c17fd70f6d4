"""Sealed cells as the attacker imagines them: so many yes among n respondents of equal weights."""

from __future__ import annotations

import math
from functools import cache

from scipy.stats import beta, t

from alliage.estimates.results import Estimate, Gap, Interval
from alliage.indicators.cells import CellKey, SealedCell, SealedGap
from alliage.indicators.declarations import Indicator
from alliage.text import Text, same

WORDS = Text(fr="des mots", en="words")


def imagined_indicator(id: str, *, question: str = "", unit: str = "percent", sensitive: bool = False) -> Indicator:
    return Indicator(
        id=id,
        version="1",
        label=same(id),
        definition=WORDS,
        question=question or id,
        measure="share" if unit == "percent" else "mean",
        base=WORDS,
        unit=unit,
        caution=WORDS,
        theme=WORDS,
        sentence=WORDS,
        topic=WORDS,
        sensitive=sensitive,
    )


@cache
def ends(count: int, n: int, level: float) -> tuple[float, float]:
    """Korn and Graubard's interval for a simple random sample: Clopper and Pearson's with n - 1 in place of n."""
    tail, yes, no = (1 - level) / 2, count * (n - 1) / n, (n - count) * (n - 1) / n
    low = float(beta.ppf(tail, yes, no + 1)) if count else 0.0
    high = float(beta.ppf(1 - tail, yes + 1, no)) if count < n else 1.0
    return low, high


def imagined_gap(part: SealedCell, whole: SealedCell, *, family: int = 13) -> SealedGap:
    """A part against a whole so large that only the part errs."""
    share, n = part.estimate.value, part.estimate.n
    level = 1 - 0.05 / family
    half = float(t.ppf((1 + level) / 2, n - 1)) * math.sqrt(share * (1 - share) / (n - 1))
    value = share - whole.estimate.value
    interval = Interval(value - half, value + half, level, "t")
    gap = Gap(value, half, interval, family=family, df=n - 1, margin="design")
    return SealedGap(f"{part.key.id}~", "domains", part.key, whole.key, gap)


def imagined(
    key: CellKey,
    *,
    n: int,
    yes: int,
    value: float | None = None,
    frame: int = 100_000,
    inhabitants: int | None = None,
    heaviest: float = 0.01,
    margin: bool = False,
) -> SealedCell:
    """A share. Without margin, no interval is computed (it would only slow the enumeration)."""
    nan = float("nan")
    ninety_five = ends(yes, n, 0.95) if margin else (nan, nan)
    fifty = ends(yes, n, 0.5) if margin else (nan, nan)
    share = (yes / n if n else nan) if value is None else value
    estimate = Estimate(
        kind="share",
        value=share,
        standard_error=nan,
        interval95=Interval(*ninety_five, 0.95, "korn-graubard"),
        interval50=Interval(*fifty, 0.5, "korn-graubard"),
        n=n,
        n_missing=0,
        n_effective=n,
        deff=1.0,
        df=n - 1,
        weight_sum=n,
        margin="design" if margin else "none",
        method="taylor",
    )
    return SealedCell(
        key=key,
        estimate=estimate,
        counts=(yes, n - yes),
        frame_size=frame,
        domain_population=inhabitants,
        largest_weight_share=heaviest,
    )
