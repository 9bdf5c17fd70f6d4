"""Gaps at display precision (T7): from rounded values, the exact verdict, and an interval that never contradicts it."""

from __future__ import annotations

import math
from collections.abc import Mapping

from alliage.disclosure.margins import base_claimed, clean, gap_reach, mean_end_step, outwards
from alliage.disclosure.precision import SCALES
from alliage.disclosure.results import GapState, PublicCell, PublicGap, Verdict
from alliage.estimates.results import Gap
from alliage.indicators.cells import CellKey, SealedCell, SealedGap


def public_gap(gap: SealedGap, cells: Mapping[CellKey, PublicCell], sealed: Mapping[CellKey, SealedCell]) -> PublicGap:
    """The gap as it may be shown, or why it is not."""
    a, b = cells.get(gap.a), cells.get(gap.b)
    unit = a.unit if a else "percent"
    if a is None or b is None or a.value is None or b.value is None or a.step is None or b.step is None:
        state = _why_not(a, b)
        return PublicGap(id=gap.id, kind=gap.kind, a=gap.a, b=gap.b, unit=unit, verdict="hidden", state=state)
    step = max(a.step, b.step)
    value = clean(a.value - b.value)
    # Between two censuses there is no margin and no doubt: the gap is exact.
    if gap.gap.margin == "none" and gap.gap.interval.method != "census":
        return PublicGap(
            id=gap.id, kind=gap.kind, a=gap.a, b=gap.b, unit=unit, verdict="undecided", value=value, step=step
        )
    verdict = _verdict(gap.gap, value)
    low, high = _ends(gap, a, b, sealed, value)
    return PublicGap(
        id=gap.id,
        kind=gap.kind,
        a=gap.a,
        b=gap.b,
        unit=unit,
        verdict=verdict,
        value=value,
        low=max(low, 0.0) if verdict == "higher" else low,
        high=min(high, 0.0) if verdict == "lower" else high,
        step=step,
        family=gap.gap.family,
        margin=gap.gap.margin,
    )


def _why_not(a: PublicCell | None, b: PublicCell | None) -> GapState:
    states = {side.state if side else "protected" for side in (a, b)}
    reasons: tuple[GapState, ...] = ("not_asked", "no_data", "protected")
    return next((reason for reason in reasons if reason in states), "banded")


def _verdict(gap: Gap, value: float) -> Verdict:
    """That of the exact interval; a gap that rounding has erased or turned round is not said to exist."""
    if gap.interval.low > 0 and value > 0:
        return "higher"
    if gap.interval.high < 0 and value < 0:
        return "lower"
    return "undecided"


def _ends(
    gap: SealedGap, a: PublicCell, b: PublicCell, sealed: Mapping[CellKey, SealedCell], value: float
) -> tuple[float, float]:
    """The interval shown: it holds the exact one, the gap shown, and 0 where rounding has erased the gap."""
    exact, unit = gap.gap.interval, a.unit
    factor = 100 if unit == "percent" else 1
    low, high = exact.low * factor, exact.high * factor
    one, other = sealed[gap.a].estimate, sealed[gap.b].estimate
    step = max(a.step or 0, b.step or 0)
    if unit == "percent":
        reach = _reach(gap, a, b, sealed)
        low, high = min(low, value - reach), max(high, value + reach)
    else:
        step = mean_end_step(min(one.n, other.n), step)
    if _verdict(gap.gap, value) == "undecided":
        low, high = min(low, 0.0), max(high, 0.0)
    longest = SCALES[unit] or math.inf
    return outwards(min(low, value), max(high, value), step, -longest, longest)


def _reach(gap: SealedGap, a: PublicCell, b: PublicCell, sealed: Mapping[CellKey, SealedCell]) -> float:
    slack = ((a.step or 0) + (b.step or 0)) / 2
    if gap.gap.interval.method == "census":
        return slack
    sides = [(side.value or 0.0, side.step or 0.0, base_claimed(sealed[side.key].estimate)) for side in (a, b)]
    part_of_b = gap.kind == "domains"
    return gap_reach(sides[0], None if part_of_b else sides[1], level=gap.gap.interval.level, slack=slack)
