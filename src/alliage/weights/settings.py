"""Whether what a weighting asks for makes sense, before any answer is read."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from alliage.catalogue.declarations import did_you_mean
from alliage.problems import Place, Problem
from alliage.studies.declarations import Weighting
from alliage.text import number
from alliage.weights.margins import Margin

_BOUNDED = {"logit", "truncated"}  # methods that are nothing without bounds


def check_weighting(weighting: Weighting, margins: Sequence[Margin], place: Place | None) -> None:
    """Raises weights.* naming the first contradiction."""
    for problem in _contradictions(weighting, margins, place):
        raise problem


def _contradictions(weighting: Weighting, margins: Sequence[Margin], place: Place | None) -> Iterator[Problem]:
    if weighting.method == "none":
        if margins:
            yield Problem("weights.unused_margins", place)
        return
    if not margins:
        yield Problem("weights.no_margin", place, method=weighting.method)
    yield from _of_margins(weighting, margins, place)
    if weighting.trim is not None and not (math.isfinite(weighting.trim) and weighting.trim > 1):
        yield Problem("weights.bad_trim", place, trim=weighting.trim)
    yield from _of_bounds(weighting, place)
    yield from _of_costs(weighting, margins, place)


def _of_margins(weighting: Weighting, margins: Sequence[Margin], place: Place | None) -> Iterator[Problem]:
    if weighting.method == "poststratify":
        if len(margins) > 1:
            yield Problem("weights.several_margins", place, count=len(margins))
        is_more = weighting.household is not None or weighting.scale is not None or weighting.bounds is not None
        if is_more or weighting.costs or any(margin.use == "total" for margin in margins):
            yield Problem("weights.poststratify_counts", place)
    for rank, margin in enumerate(margins):
        if margin.id in {other.id for other in margins[:rank]}:
            yield Problem("weights.repeated_margin", place, margin=margin.label)
        if margin.level == "household" and weighting.household is None:
            yield Problem("weights.no_household", place, margin=margin.label)


def _of_bounds(weighting: Weighting, place: Place | None) -> Iterator[Problem]:
    if weighting.bounds is None:
        if weighting.method in _BOUNDED:
            yield Problem("weights.bounds_needed", place, method=weighting.method)
        return
    low, high = weighting.bounds
    is_finite = math.isfinite(low) and math.isfinite(high)
    if not (is_finite and low < 1 < high) or (low < 0 and weighting.method in {"rake", "sinh"}):
        yield Problem("weights.bad_bounds", place, low=number(low, 2), high=number(high, 2))


def _of_costs(weighting: Weighting, margins: Sequence[Margin], place: Place | None) -> Iterator[Problem]:
    known = [margin.id for margin in margins]
    for name, cost in weighting.costs.items():
        if name not in known:
            yield Problem("weights.unknown_cost", place, name=name, suggestion=did_you_mean(name, known))
        if not (math.isfinite(cost) and cost > 0):
            yield Problem("weights.bad_cost", place, name=name, cost=cost)
