"""Shares: the weighted part of a base that gave certain answers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from alliage.catalogue.declarations import did_you_mean
from alliage.estimates.columns import MISSING, Answers, Categories, Domains, as_tuple, bools, categories, domains
from alliage.estimates.designs import BoundDesign, Design, bound
from alliage.estimates.estimating import estimate
from alliage.estimates.level1 import Bools, Items
from alliage.estimates.lists import Estimates
from alliage.problems import Problem


def share(
    answers: Answers,
    column: str,
    of: str | Sequence[str] | None = None,
    *,
    design: Design | BoundDesign,
    by: str | Sequence[str] = (),
    base_excludes: str | Sequence[str] = (),
    missing: str | Sequence[str] = MISSING,
) -> Estimates:
    """The share of the base whose answer is one of `of` (all of them together), or each answer's share if none is said.

    The base is every row with an answer, but for the answers of `base_excludes` ("not concerned"): outside the base
    is outside the domain, and never outside the variance. `missing`: what is no answer here and in `by`, besides
    nothing at all. Shares lie between 0 and 1. Raises Problem estimates.*.
    """
    nothing = as_tuple(missing)
    _refuse_missing(as_tuple(of or ()), nothing, column)
    read = categories(answers, column, asked_by="share", missing=nothing)
    excluded = _among(read, _codes(read, as_tuple(base_excludes), column, known_only=False))
    base = (read.codes >= 0) & ~excluded
    counted: list[tuple[str, ...]]
    if of is None:
        counted = [(label,) for label in read.labels if label not in as_tuple(base_excludes)]
    else:
        counted = [as_tuple(of)]
    if not counted:
        raise Problem("estimates.no_answer", column=column)
    return shares_of(
        np.column_stack([_among(read, _codes(read, group, column)) for group in counted]),
        base=base,
        asked=~excluded,
        design=bound(design, answers),
        domains=domains(answers, as_tuple(by), missing=nothing),
        variables=[column] * len(counted),
        answers=[" + ".join(group) for group in counted],
    )


def shares_of(
    hits: ArrayLike,
    *,
    base: ArrayLike,
    asked: ArrayLike | None = None,
    design: BoundDesign,
    domains: Domains,
    variables: Sequence[str],
    answers: Sequence[str],
) -> Estimates:
    """Shares of k items at once from arrays: hits n x k (true: counted), base and asked n or n x k."""
    hit = np.atleast_2d(bools(hits).T).T
    within = np.broadcast_to(_column(bools(base)), hit.shape)
    questioned = within if asked is None else np.broadcast_to(_column(bools(asked)), hit.shape)
    items = Items(y=(hit & within).astype(np.float64), base=within, asked=questioned, binary=True)
    return estimate("share", items, design=design, domains=domains, variables=variables, answers=answers)


def _column(values: Bools) -> Bools:
    return values[:, None] if values.ndim == 1 else values


def _among(read: Categories, codes: Sequence[int]) -> Bools:
    """The rows that gave one of these answers; the last place of the table stands for no answer (-1)."""
    counted = np.zeros(len(read.labels) + 1, dtype=bool)
    counted[list(codes)] = True
    return counted[read.codes]


def _refuse_missing(asked: tuple[str, ...], missing: tuple[str, ...], column: str) -> None:
    for answer in asked:
        if answer in missing:
            raise Problem("estimates.missing_answer", answer=answer, column=column)


def _codes(read: Categories, asked: tuple[str, ...], column: str, *, known_only: bool = True) -> list[int]:
    unknown = [label for label in asked if label not in read.labels]
    if unknown and known_only:
        shown = ", ".join(read.labels[:20]) + (" …" if len(read.labels) > 20 else "")
        suggestion = did_you_mean(unknown[0], read.labels)
        raise Problem("estimates.unknown_answer", answer=unknown[0], column=column, suggestion=suggestion, known=shown)
    return [read.labels.index(label) for label in asked if label in read.labels]
