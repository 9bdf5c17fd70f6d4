"""Means, totals and ratios of numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from alliage.estimates.columns import (
    MISSING,
    Answers,
    Domains,
    as_tuple,
    beside,
    domains,
    is_finite,
    numbers,
    pushed,
    received,
)
from alliage.estimates.designs import BoundDesign, Design, bound
from alliage.estimates.estimating import estimate
from alliage.estimates.figures import USUAL_LEVEL
from alliage.estimates.level1 import Bools, Items, are_all
from alliage.estimates.lists import Estimates
from alliage.estimates.pushed.estimates import Asked, estimate_pushed, number_items, ratio_item
from alliage.estimates.results import EstimateKind
from alliage.estimates.stages import Floats
from alliage.problems import Problem


def mean(
    answers: Answers,
    column: str | Sequence[str],
    *,
    design: Design | BoundDesign,
    by: str | Sequence[str] = (),
    missing: str | Sequence[str] = MISSING,
    interval: str | None = None,
    level: float = USUAL_LEVEL,
) -> Estimates:
    """The weighted mean of each column over the rows that have a number there.

    `missing`: what is no answer here and in `by`, besides nothing at all. `interval`, `level`: see
    `Estimates.with_intervals`. Raises Problem estimates.*.
    """
    found = _numbers("mean", answers, as_tuple(column), design, as_tuple(by), as_tuple(missing))
    return found.with_intervals(interval, level)


def total(
    answers: Answers,
    column: str | Sequence[str],
    *,
    design: Design | BoundDesign,
    by: str | Sequence[str] = (),
    missing: str | Sequence[str] = MISSING,
    interval: str | None = None,
    level: float = USUAL_LEVEL,
) -> Estimates:
    """The weighted total of each column over the rows that have a number there (rows without one add nothing)."""
    found = _numbers("total", answers, as_tuple(column), design, as_tuple(by), as_tuple(missing))
    return found.with_intervals(interval, level)


def ratio(
    answers: Answers,
    numerator: str,
    denominator: str,
    *,
    design: Design | BoundDesign,
    by: str | Sequence[str] = (),
    missing: str | Sequence[str] = MISSING,
    interval: str | None = None,
    level: float = USUAL_LEVEL,
) -> Estimates:
    """Total of one column over total of another, over the rows that have both numbers."""
    answers = received(answers)
    table = pushed(answers)
    if table is not None:
        asked = Asked(table, design, as_tuple(by), as_tuple(missing))
        named = ratio_item(table, numerator, denominator, asked.missing)
        return estimate_pushed("ratio", asked, named).with_intervals(interval, level)
    y = numbers(answers, numerator, asked_by="ratio", missing=as_tuple(missing))[:, None]
    x = numbers(answers, denominator, asked_by="ratio", missing=as_tuple(missing))[:, None]
    return numbers_of(
        "ratio",
        y,
        x=x,
        design=bound(design, answers),
        domains=domains(answers, as_tuple(by), missing=as_tuple(missing)),
        variables=[f"{numerator}/{denominator}"],
    ).with_intervals(interval, level)


def _numbers(
    kind: EstimateKind,
    answers: Answers,
    columns: tuple[str, ...],
    design: Design | BoundDesign,
    by: tuple[str, ...],
    missing: tuple[str, ...],
) -> Estimates:
    if not columns:
        raise Problem("estimates.nothing_asked", asked_by=kind)
    answers = received(answers)
    table = pushed(answers)
    if table is not None:
        return estimate_pushed(kind, Asked(table, design, by, missing), number_items(kind, table, columns, missing))
    values = beside([numbers(answers, name, asked_by=kind, missing=missing) for name in columns])
    groups = domains(answers, by, missing=missing)
    return numbers_of(kind, values, design=bound(design, answers), domains=groups, variables=columns)


def numbers_of(
    kind: EstimateKind,
    values: ArrayLike,
    *,
    x: Floats | None = None,
    asked: ArrayLike | None = None,
    design: BoundDesign,
    domains: Domains,
    variables: Sequence[str],
) -> Estimates:
    """Means, totals or ratios of k items at once from arrays: values (and x) n x k, nan outside the base."""
    y = np.atleast_2d(np.asarray(values, dtype=np.float64).T).T
    base = _known(y) if x is None else _known(y) & _known(x)
    questioned = np.broadcast_to(True if asked is None else np.asarray(asked, dtype=bool), base.shape)
    items = Items(y=_within(base, y), base=base, asked=questioned, x=None if x is None else _within(base, x))
    names = [""] * items.count
    return estimate(kind, items, design=design, domains=domains, variables=variables, answers=names)


def _known(values: Floats) -> Bools:
    return np.broadcast_to(True, values.shape) if is_finite(values) else np.isfinite(values)


def _within(base: Bools, values: Floats) -> Floats:
    """The values of the base, 0 outside."""
    return values if are_all(base) else np.where(base, values, 0.0)
