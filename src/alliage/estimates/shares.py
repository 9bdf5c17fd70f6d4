"""Shares: the weighted part of a base that gave certain answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from alliage.catalogue.declarations import did_you_mean
from alliage.estimates.columns import (
    MISSING,
    Answers,
    Categories,
    Domains,
    as_tuple,
    bools,
    categories,
    domains,
    pushed,
    received,
)
from alliage.estimates.designs import BoundDesign, Design, bound
from alliage.estimates.estimating import estimate
from alliage.estimates.figures import USUAL_LEVEL
from alliage.estimates.level1 import Bools, Items
from alliage.estimates.lists import Estimates
from alliage.estimates.pushed.columns import read_answers
from alliage.estimates.pushed.estimates import Asked, estimate_pushed, share_items
from alliage.problems import Problem

# Shares of rows in memory are made of a number per row and answer: 4 GB of them at most.
MOST = 500_000_000


def share(
    answers: Answers,
    column: str,
    of: str | Sequence[str] | None = None,
    *,
    design: Design | BoundDesign,
    by: str | Sequence[str] = (),
    base_excludes: str | Sequence[str] = (),
    missing: str | Sequence[str] = MISSING,
    interval: str | None = None,
    level: float = USUAL_LEVEL,
) -> Estimates:
    """The share of the base whose answer is one of `of` (all of them together), or each answer's share if none is said.

    The base is every row with an answer, but for the answers of `base_excludes` ("not concerned"): outside the base
    is outside the domain, and never outside the variance. `missing`: what is no answer here and in `by`, besides
    nothing at all. Shares lie between 0 and 1. `interval`, `level`: see `Estimates.with_intervals`.
    Raises Problem estimates.*.
    """
    nothing = as_tuple(missing)
    answers = received(answers)
    table = pushed(answers)
    answered = None if table is None else read_answers(table, column, asked_by="share", missing=nothing)
    read = categories(answers, column, asked_by="share", missing=nothing) if answered is None else answered.read
    counted = counted_answers(read, column, of, as_tuple(base_excludes), nothing)
    if table is not None and answered is not None:
        named = share_items(answered, counted.groups, counted.outside, counted.names)
        asked = Asked(table, design, as_tuple(by), nothing)
        return estimate_pushed("share", asked, named).with_intervals(interval, level)
    if len(counted.groups) * len(read.codes) > MOST:
        raise Problem("estimates.too_many_answers", column=column, count=len(counted.groups), rows=len(read.codes))
    excluded = _among(read, counted.outside)
    return shares_of(
        np.column_stack([_among(read, group) for group in counted.groups]),
        base=(read.codes >= 0) & ~excluded,
        asked=~excluded,
        design=bound(design, answers),
        domains=domains(answers, as_tuple(by), missing=nothing),
        variables=[column] * len(counted.names),
        answers=counted.names,
    ).with_intervals(interval, level)


@dataclass(frozen=True, slots=True)
class Counted:
    """The answers that each share counts, and those outside the base, as codes of a column."""

    groups: tuple[tuple[int, ...], ...]
    outside: tuple[int, ...]
    names: tuple[str, ...]  # of the groups


def counted_answers(
    read: Categories,
    column: str,
    of: str | Sequence[str] | None,
    base_excludes: tuple[str, ...],
    missing: tuple[str, ...],
) -> Counted:
    """Which answers a share is about. Raises Problem estimates.missing_answer, no_answer, unknown_answer."""
    _refuse_missing(as_tuple(of or ()), missing, column)
    outside = _codes(read, base_excludes, column, known_only=False)
    counted: list[tuple[str, ...]]
    if of is None:
        counted = [(label,) for label in read.labels if label not in base_excludes]
    else:
        counted = [as_tuple(of)]
    if not counted:
        raise Problem("estimates.no_answer", column=column)
    groups = tuple(tuple(_codes(read, group, column)) for group in counted)
    return Counted(groups, tuple(outside), tuple(" + ".join(group) for group in counted))


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
