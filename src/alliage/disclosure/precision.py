"""Display precision: the step, band or class in which a figure may be shown (docs/explanation/disclosure.md)."""

from __future__ import annotations

import math

from alliage.disclosure.margins import base_claimed, clean, half_width, mean_end_step, outwards, share_ends
from alliage.disclosure.results import Band, PublicCell, State
from alliage.disclosure.thresholds import (
    BANDED_UNDER,
    COARSE_UNDER,
    END_BAND_WITHIN,
    EXACT_ENDS_FROM,
    HALF_INTERVAL_FROM,
    NOTE_BANDS,
    RELIABLE_EFFECTIVE_N,
    SHARE_BANDS,
    WIDEST_HALF_WIDTH,
    n_class,
)
from alliage.estimates.results import Estimate, Interval
from alliage.indicators.cells import SealedCell

# Length of the scale of each unit, in displayed units; None: no upper end.
SCALES: dict[str, float | None] = {"percent": 100, "note_10": 10, "count": None, "hours": None}
_NEARLY = 1e-9  # a value that is on a step up to the last digits of its computation is on that step


def step_of(unit: str, n: int) -> float:
    """The distance between two values that may be shown, for a base n of at least 30. KeyError: an unknown unit."""
    if SCALES[unit] == 100:
        return 5 if n < COARSE_UNDER else 1
    return 0.5 if n < COARSE_UNDER else 0.1


def nearest(value: float, step: float) -> float:
    """Round half up to a multiple of the step: the same figure everywhere."""
    return clean(math.floor(value / step + 0.5 + _NEARLY) * step)


def shown(cell: SealedCell, unit: str) -> PublicCell:
    """The cell as it may be shown, once every rule has let it through."""
    estimate = cell.estimate
    value = estimate.value * (100 if unit == "percent" else 1)
    band = _band(cell, unit, value)
    if band is not None:
        return PublicCell(
            key=cell.key, state="banded", unit=unit, band=band, n_class=n_class(estimate.n), margin=estimate.margin
        )
    step = step_of(unit, estimate.n)
    rounded = nearest(value, step)
    wide = estimate.n >= COARSE_UNDER
    low95, high95 = _ends(estimate, estimate.interval95, unit, rounded, step)
    has_half = estimate.n >= HALF_INTERVAL_FROM
    low50, high50 = _ends(estimate, estimate.interval50, unit, rounded, step) if has_half else (None, None)
    return PublicCell(
        key=cell.key,
        state=_quality(estimate, unit, rounded),
        unit=unit,
        value=rounded,
        low95=low95,
        high95=high95,
        low50=low50,
        high50=high50,
        step=step,
        n_class=n_class(estimate.n),
        n_effective_class=n_class(estimate.n_effective) if wide else None,
        deff=clean(round(estimate.deff, 1)) if wide and math.isfinite(estimate.deff) else None,
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
    estimate: Estimate, exact: Interval, unit: str, rounded: float, step: float
) -> tuple[float | None, float | None]:
    if estimate.margin == "none" or not math.isfinite(exact.low):
        return None, None
    if unit == "percent":
        return share_ends(rounded, exact, step=step, base=base_claimed(estimate))
    return outwards(exact.low, exact.high, mean_end_step(estimate.n, step), 0, SCALES[unit] or math.inf)


def _quality(estimate: Estimate, unit: str, rounded: float) -> State:
    """P6: unreliable is not secret. A figure may be shown pale, its interval drawn.

    A share is judged by what is shown of it: the state of sixteen items of one base must not tell that base.
    """
    if estimate.n_effective < RELIABLE_EFFECTIVE_N:
        return "uncertain"
    if estimate.margin == "none":
        return "published"
    if unit == "percent":
        half, scale = half_width(rounded, base_claimed(estimate)), 100.0
    else:
        half = (estimate.interval95.high - estimate.interval95.low) / 2
        # An unbounded quantity is judged against twice its own value.
        scale = {"note_10": 10.0}.get(unit, 2 * abs(estimate.value))
    return "uncertain" if half > WIDEST_HALF_WIDTH * scale else "published"
