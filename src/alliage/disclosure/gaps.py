"""Gaps at display precision (T7): from rounded values, with an interval rounded outwards, and the verdict it allows."""

from __future__ import annotations

from collections.abc import Mapping

from alliage.disclosure.precision import outwards
from alliage.disclosure.results import PublicCell, PublicGap, Verdict
from alliage.indicators.cells import CellKey, SealedGap


def public_gap(gap: SealedGap, cells: Mapping[CellKey, PublicCell]) -> PublicGap:
    """The gap as it may be shown.

    The verdict is read from the interval that is shown: whoever sees "between 0 and 6" never reads "higher".
    """
    a, b = cells.get(gap.a), cells.get(gap.b)
    unit = a.unit if a else "percent"
    if a is None or b is None or a.value is None or b.value is None or a.step is None or b.step is None:
        return PublicGap(id=gap.id, kind=gap.kind, a=gap.a, b=gap.b, unit=unit, verdict="hidden")
    step = max(a.step, b.step)
    value = round(a.value - b.value, 6) + 0.0
    if gap.gap.margin == "none":
        return PublicGap(
            id=gap.id, kind=gap.kind, a=gap.a, b=gap.b, unit=unit, verdict="undecided", value=value, step=step
        )
    factor = 100 if unit == "percent" else 1
    low, high = outwards(gap.gap.interval.low * factor, gap.gap.interval.high * factor, step, None)
    # Two rounded values can differ by more than the exact ones: the interval shown must hold the gap shown.
    low, high = min(low, value), max(high, value)
    return PublicGap(
        id=gap.id,
        kind=gap.kind,
        a=gap.a,
        b=gap.b,
        unit=unit,
        verdict=_verdict(low, high),
        value=value,
        low=low,
        high=high,
        step=step,
        family=gap.gap.family,
        margin=gap.gap.margin,
    )


def _verdict(low: float, high: float) -> Verdict:
    if low > 0:
        return "higher"
    if high < 0:
        return "lower"
    return "undecided"
