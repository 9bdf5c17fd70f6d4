"""Display precision: the step, band or class in which a figure may be shown (docs/explanation/disclosure.md)."""

from __future__ import annotations

import math

from alliage.disclosure.results import Band, PublicCell, State
from alliage.disclosure.thresholds import (
    BANDED_UNDER,
    COARSE_UNDER,
    END_BAND_WITHIN,
    EXACT_ENDS_FROM,
    NOTE_BANDS,
    RELIABLE_EFFECTIVE_N,
    SHARE_BANDS,
    WIDEST_HALF_WIDTH,
    n_class,
)
from alliage.estimates.results import Interval
from alliage.indicators.cells import SealedCell

# Length of the scale of each unit, in displayed units; None: no upper end.
SCALES: dict[str, float | None] = {"percent": 100, "note_10": 10, "count": None, "hours": None}
_NEARLY = 1e-9  # a value that is on a step up to the last digits of its computation is on that step


def step_of(unit: str, n: int) -> float:
    """The distance between two values that may be shown, for a base n of at least 30."""
    if unit == "percent":
        return 5 if n < COARSE_UNDER else 1
    return 0.5 if n < COARSE_UNDER else 0.1


def nearest(value: float, step: float) -> float:
    """Round half up to a multiple of the step: the same figure everywhere."""
    return _clean(math.floor(value / step + 0.5 + _NEARLY) * step)


def outwards(low: float, high: float, step: float, scale: float | None) -> tuple[float, float]:
    """Round the ends of an interval away from each other, within the scale."""
    lower = _clean(math.floor(low / step + _NEARLY) * step)
    upper = _clean(math.ceil(high / step - _NEARLY) * step)
    if scale is None:
        return lower, upper
    return max(lower, 0.0), min(upper, float(scale))


def shown(cell: SealedCell, unit: str) -> PublicCell:
    """The cell as it may be shown, once every rule has let it through."""
    estimate = cell.estimate
    factor = 100 if unit == "percent" else 1
    value = estimate.value * factor
    band = _band(cell, unit, value)
    if band is not None:
        return PublicCell(
            key=cell.key, state="banded", unit=unit, band=band, n_class=n_class(estimate.n), margin=estimate.margin
        )
    step = step_of(unit, estimate.n)
    scale = SCALES[unit]
    wide = estimate.n >= COARSE_UNDER
    low95, high95 = _ends(estimate.interval95, factor, step, scale, estimate.margin)
    low50, high50 = _ends(estimate.interval50, factor, step, scale, estimate.margin)
    return PublicCell(
        key=cell.key,
        state=_quality(cell, unit),
        unit=unit,
        value=nearest(value, step),
        low95=low95,
        high95=high95,
        low50=low50,
        high50=high50,
        step=step,
        n_class=n_class(estimate.n),
        n_effective_class=n_class(estimate.n_effective) if wide else None,
        deff=_clean(round(estimate.deff, 1)) if wide and math.isfinite(estimate.deff) else None,
        margin=estimate.margin,
    )


def has_band(unit: str, n: int) -> bool:
    """Under 30 answers only bands may be shown; a quantity without an upper end has none."""
    return n >= BANDED_UNDER or SCALES[unit] is not None


def _band(cell: SealedCell, unit: str, value: float) -> Band | None:
    n = cell.estimate.n
    bands = SHARE_BANDS if unit == "percent" else NOTE_BANDS
    # The last band that starts at or under the value: 15 belongs to 15-35.
    holding = Band(*[band for band in bands if value >= band[0] - _NEARLY][-1])
    if n < BANDED_UNDER:
        return holding
    if unit != "percent":
        return None
    at_an_end = nearest(value, step_of(unit, n)) in {0, 100}
    nearly_all_agree = any(count >= n - END_BAND_WITHIN for count in cell.counts)
    return holding if nearly_all_agree or (n < EXACT_ENDS_FROM and at_an_end) else None


def _ends(
    interval: Interval, factor: float, step: float, scale: float | None, margin: str
) -> tuple[float | None, float | None]:
    if margin == "none" or not math.isfinite(interval.low):
        return None, None
    return outwards(interval.low * factor, interval.high * factor, step, scale)


def _quality(cell: SealedCell, unit: str) -> State:
    """P6: unreliable is not secret. A figure may be shown pale, its interval drawn."""
    estimate = cell.estimate
    if estimate.n_effective < RELIABLE_EFFECTIVE_N:
        return "uncertain"
    if estimate.margin == "none":
        return "published"
    half_width = (estimate.interval95.high - estimate.interval95.low) / 2
    # Shares are between 0 and 1 here; an unbounded quantity is judged against twice its own value.
    scale = {"percent": 1.0, "note_10": 10.0}.get(unit, 2 * abs(estimate.value))
    return "uncertain" if half_width > WIDEST_HALF_WIDTH * scale else "published"


def _clean(value: float) -> float:
    """8.700000000000001 is 8.7, and -0.0 is 0."""
    return round(value, 6) + 0.0
