"""Means, totals and ratios of numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from alliage.estimates.columns import MISSING, Answers, Domains, as_tuple, domains, numbers
from alliage.estimates.designs import BoundDesign, Design, bound
from alliage.estimates.estimating import estimate
from alliage.estimates.level1 import Items
from alliage.estimates.lists import Estimates
from alliage.estimates.results import EstimateKind
from alliage.estimates.stages import Floats


def mean(
    answers: Answers,
    column: str | Sequence[str],
    *,
    design: Design | BoundDesign,
    by: str | Sequence[str] = (),
    missing: str | Sequence[str] = MISSING,
) -> Estimates:
    """The weighted mean of each column over the rows that have a number there.

    `missing`: what is no answer here and in `by`, besides nothing at all. Raises Problem estimates.*.
    """
    return _numbers("mean", answers, as_tuple(column), design, as_tuple(by), as_tuple(missing))


def total(
    answers: Answers,
    column: str | Sequence[str],
    *,
    design: Design | BoundDesign,
    by: str | Sequence[str] = (),
    missing: str | Sequence[str] = MISSING,
) -> Estimates:
    """The weighted total of each column over the rows that have a number there (rows without one add nothing)."""
    return _numbers("total", answers, as_tuple(column), design, as_tuple(by), as_tuple(missing))


def ratio(
    answers: Answers,
    numerator: str,
    denominator: str,
    *,
    design: Design | BoundDesign,
    by: str | Sequence[str] = (),
    missing: str | Sequence[str] = MISSING,
) -> Estimates:
    """Total of one column over total of another, over the rows that have both numbers."""
    y = numbers(answers, numerator, asked_by="ratio", missing=as_tuple(missing))[:, None]
    x = numbers(answers, denominator, asked_by="ratio", missing=as_tuple(missing))[:, None]
    return numbers_of(
        "ratio",
        y,
        x=x,
        design=bound(design, answers),
        domains=domains(answers, as_tuple(by), missing=as_tuple(missing)),
        variables=[f"{numerator}/{denominator}"],
    )


def _numbers(
    kind: EstimateKind,
    answers: Answers,
    columns: tuple[str, ...],
    design: Design | BoundDesign,
    by: tuple[str, ...],
    missing: tuple[str, ...],
) -> Estimates:
    values = np.column_stack([numbers(answers, name, asked_by=kind, missing=missing) for name in columns])
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
    base = np.isfinite(y) if x is None else np.isfinite(y) & np.isfinite(x)
    questioned = np.ones_like(base) if asked is None else np.broadcast_to(np.asarray(asked, dtype=bool), base.shape)
    items = Items(
        y=np.where(base, y, 0.0), base=base, asked=questioned, x=None if x is None else np.where(base, x, 0.0)
    )
    names = [""] * items.count
    return estimate(kind, items, design=design, domains=domains, variables=variables, answers=names)
