"""Gaps: the difference of two estimates, independent or taken from the same answers."""

from __future__ import annotations

import numpy as np

from alliage.estimates.families import family_level
from alliage.estimates.intervals import Ends, checked_level, ends_of_difference, interval_method, intervals
from alliage.estimates.level2 import UnitTotals, degrees, variances
from alliage.estimates.lists import Estimates, Source
from alliage.estimates.pooling import same_design
from alliage.estimates.results import Estimate, Gap, Interval, MarginKind
from alliage.estimates.samples import welch
from alliage.problems import Problem


def gap(a: Estimate, b: Estimate, *, family: int = 1, level: float = 0.95) -> Gap:
    """a - b for two independent samples (two audiences, two waves drawn anew).

    The standard error is the root of the sum of squares, the degrees of freedom those of Welch and Satterthwaite, and
    the interval's level 1 - (1 - level) / family (Bonferroni): `level` then holds for the whole family of gaps.
    Where one share is 0 or 1 its standard error is 0 and says nothing: the interval is then made from the ends of both
    Korn-Graubard intervals (Zou and Donner 2008). A census adds no error of its own: the gap of two is exact.
    """
    value = a.value - b.value
    each = family_level(checked_level(level), "bonferroni", family)
    margin = _margin(a, b)
    if margin == "none":
        return _without_margin(a, b, family, each)
    squares = np.array([[a.standard_error], [b.standard_error]]) ** 2
    se = float(np.sqrt(squares.sum()))
    df = float(welch(squares, np.array([[a.df], [b.df]]))[0]) if np.isfinite(se) else float("nan")
    if _is_silent(a) or _is_silent(b):
        return Gap(value, se, _from_ends(a, b, each), family, df, margin)
    return _student_gap(value, se, df, family, each, margin)


def contrast(
    a: Estimates, b: Estimates, *, rank_a: int = 0, rank_b: int = 0, family: int = 1, level: float = 0.95
) -> Gap:
    """a[rank_a] - b[rank_b] for two estimates from the same answers under one design, with their covariance.

    A region against another, a region against the whole, one item against another: R's `svycontrast` on
    `svyby(covmat = TRUE)`. Degrees of freedom: units minus strata over both domains together.

    Where one share is 0 or 1 its influence is 0: neither its error nor its covariance with the other is estimated, and
    R's interval is too short. The one given is then made, as for `gap`, from the ends of both Korn-Graubard intervals.
    Zou and Donner's formula takes off 2 r x (one half-width) x (the other), where r is the correlation, unknown here.
    The same answer in two groups: r is positive where one group holds the other or where they share clusters, about
    nil elsewhere, and r = 0 errs on the side of a longer interval. Two answers or two items: whoever says one may not
    say the other, r may go down to -1, and that is what is taken: the half-widths add up.
    Raises Problem estimates.different_designs.
    """
    left, right = a.source(rank_a), b.source(rank_b)
    one, two = a[rank_a], b[rank_b]
    _refuse_different(left, right)
    value = one.value - two.value
    each = family_level(checked_level(level), "bonferroni", family)
    margin = _margin(one, two)
    if margin == "none":
        return _without_margin(one, two, family, each)
    se, df = (_error if left.made.design.replicates is None else _error_of_replicates)(left, right)
    se = float("nan") if np.isnan(value) else se
    if _is_silent(one) or _is_silent(two):
        same = a.counted(rank_a) == b.counted(rank_b)
        return Gap(value, se, _from_ends(one, two, each, correlation=0.0 if same else -1.0), family, df, margin)
    return _student_gap(value, se, df, family, each, margin)


def _margin(a: Estimate, b: Estimate) -> MarginKind:
    """A gap is worth no more than the weaker of its two estimates; a census has no error to bring."""
    kinds = {one.margin for one in (a, b) if one.method != "census"}
    if "none" in kinds or not kinds:
        return "none"
    return "model" if "model" in kinds else "design"


def _without_margin(a: Estimate, b: Estimate, family: int, each: float) -> Gap:
    """Nothing to say of the error; or, between two censuses, that there is none."""
    value, nan = a.value - b.value, float("nan")
    if a.method == b.method == "census":
        return Gap(value, 0.0 * value, Interval(value, value, each, "census"), family, nan, "none")
    return Gap(value, nan, Interval(nan, nan, each, "none"), family, nan, "none")


def _is_silent(estimate: Estimate) -> bool:
    """Everyone in the sample answered alike: no error is estimated, and yet there is one (a census has none)."""
    return estimate.kind == "share" and estimate.value in {0.0, 1.0} and estimate.method != "census"


def _ends(estimate: Estimate, level: float) -> Ends:
    if estimate.method == "census":
        return np.array(estimate.value), np.array(estimate.value)
    return intervals(
        estimate.kind,
        np.array(estimate.value),
        np.array(estimate.standard_error),
        np.array(estimate.n),
        np.array(estimate.df),
        level,
    )


def _from_ends(a: Estimate, b: Estimate, level: float, *, correlation: float = 0.0) -> Interval:
    one, other = np.array(a.value), np.array(b.value)
    low, high = ends_of_difference(one, _ends(a, level), other, _ends(b, level), correlation)
    return Interval(float(low), float(high), level, "korn-graubard ends")


def _student_gap(value: float, se: float, df: float, family: int, level: float, margin: MarginKind) -> Gap:
    low, high = intervals("mean", np.array(value), np.array(se), 0, np.array(df), level)
    interval = Interval(float(low), float(high), level, interval_method("mean"))
    return Gap(value, se, interval, family, df, margin)


def _refuse_different(left: Source, right: Source) -> None:
    if not same_design(left.made.design, right.made.design):
        raise Problem("estimates.different_designs")


def _error(left: Source, right: Source) -> tuple[float, float]:
    """The standard error of the difference, and its degrees of freedom."""
    totals, design = _difference(left, right), left.made.design
    return float(np.sqrt(variances(design, totals)[0, 0])), float(degrees(design, totals)[0, 0])


def _error_of_replicates(left: Source, right: Source) -> tuple[float, float]:
    """The same from the difference that each replicate gives; a replicate that lacks one of the two is left aside."""
    design, value, replicas = left.made.design, 0.0, np.zeros(())
    assert design.replicates is not None
    for source, sign in ((left, 1), (right, -1)):
        made = source.made
        assert made.recall_replicas is not None
        value = value + sign * made.value[source.domain, source.item]
        replicas = replicas + sign * made.recall_replicas(np.array([source.domain]))[:, 0, source.item]
    variance = design.replicates.covariance(replicas[:, None], np.array([value]))[0, 0]
    active = left.made.active(left.domain, left.item) | right.made.active(right.domain, right.item)
    index = np.flatnonzero(active[design.stages[-1].unit] if design.replicates.by_row else active)
    return float(np.sqrt(variance)), design.replicates.degrees(index)


def _difference(left: Source, right: Source) -> UnitTotals:
    """The influence of every unit on the difference, as one domain that holds them all."""
    z = left.made.influence(left.domain, left.item) - right.made.influence(right.domain, right.item)
    active = left.made.active(left.domain, left.item) | right.made.active(right.domain, right.item)
    held = left.made.held(left.domain, left.item) | right.made.held(right.domain, right.item)
    present = np.flatnonzero(held | (z != 0))
    return UnitTotals(
        domain=np.zeros(len(present), dtype=np.int64),
        unit=present,
        influence=z[present][:, None],
        held=held[present][:, None],
        active=active[present][:, None],
        domains=1,
    )
