"""Level 1: one pass over the rows, down to sums per domain and sampled unit. Nothing after it reads a row again.

A database engine can take this module's place: every array it returns is a `group by` of weighted sums, counts,
minima and maxima. Sums are taken of y - c x, where c is a rough centre of the whole file, so that figures around
a million keep their digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from alliage.estimates.columns import Domains
from alliage.estimates.stages import Codes, Floats, Stage

Bools = NDArray[np.bool_]
Kind = TypeVar("Kind", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class Items:
    """k variables to estimate over the same n rows.

    y is what is added up, x what it is divided by (None: 1, the row itself); both are 0 outside the base.
    """

    y: Floats  # n x k
    base: Bools  # n x k
    asked: Bools  # n x k: base plus those who were asked and did not answer
    x: Floats | None = None  # n x k
    binary: bool = False  # y is 0 or 1: a share

    @property
    def count(self) -> int:
        return int(self.y.shape[1])


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """Rows put in the order of their group, and where each of the G groups that exist starts."""

    order: Codes | None  # None: rows are in order already and all of them belong to a group
    starts: Codes  # G
    keys: Codes  # G, increasing

    @property
    def count(self) -> int:
        return len(self.keys)


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Level 1's answer: C cells (domain, unit of the last stage), sorted, and D domains."""

    domain: Codes  # C
    unit: Codes  # C
    held: Bools  # C x k: the cell holds a row of the base, whatever its weight
    weight: Floats  # C x k: sum of w over the base
    y: Floats  # C x k: sum of w (y - c x)
    x: Floats  # C x k: sum of w x
    centre: Floats  # k: c
    n: Codes  # D x k: rows of the base with a weight
    n_missing: Codes  # D x k: rows asked with a weight and outside the base
    weight_square: Floats  # D x k: sum of w^2 over the base
    low: Floats  # D x k: smallest y of the base (means only)
    high: Floats  # D x k


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Runs of sorted rows and which of `count` groups owns each; a group may own none."""

    starts: Codes
    owners: Codes
    count: int

    def added(self, values: Floats | Bools) -> Floats:
        whole = np.zeros((self.count, values.shape[1]))
        whole[self.owners] = added(values, self.starts)
        return whole


def grouping(keys: Codes) -> Grouping:
    """Group rows by key; a negative key is in no group."""
    order: Codes | None = None
    if len(keys) and (keys[0] < 0 or (keys[1:] < keys[:-1]).any()):
        order = stable_order(keys)
        keys = keys[order]
        first = int(np.searchsorted(keys, 0))
        order, keys = order[first:], keys[first:]
    starts = run_starts(keys)
    return Grouping(order, starts, keys[starts])


def stable_order(keys: Codes) -> Codes:
    """The stable order of the keys. NumPy counts 16-bit numbers instead of sorting them: one or two such passes."""
    away = keys - keys.min()
    largest = int(away.max())
    if largest >= 1 << 32:
        return np.argsort(keys, kind="stable")
    order = np.argsort(away.astype(np.uint16), kind="stable")
    if largest >= 1 << 16:
        order = order[np.argsort((away >> 16).astype(np.uint16)[order], kind="stable")]
    return order


def run_starts(keys: Codes) -> Codes:
    """Where each run of equal keys starts."""
    if len(keys) == 0:
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))


def added(values: Floats | Bools, starts: Codes) -> Floats:
    """Sums of the runs of rows that begin at `starts` (all rows belong to one)."""
    if len(starts) == len(values):
        return np.asarray(values, dtype=np.float64)
    return np.add.reduceat(values, starts, axis=0, dtype=np.float64)


def any_of(values: Bools, starts: Codes) -> Bools:
    """Whether each run of rows holds a true one."""
    if len(starts) == len(values):
        return values
    return np.asarray(np.logical_or.reduceat(values, starts, axis=0))


def centres(items: Items) -> Floats:
    """A rough centre for each mean; shares and ratios need none: their sums are exact or have no common centre."""
    if items.binary or items.x is not None:
        return np.zeros(items.count)
    found = items.base.sum(axis=0)
    return np.asarray(items.y.sum(axis=0) / np.maximum(found, 1))


def sums(items: Items, weight: Floats, domains: Domains, stage: Stage, *, centred: bool) -> Sums:
    """Add up k items over every (domain, unit) cell in one pass. weight: n. stage: the last one that counts."""
    keys = np.where(domains.codes < 0, -1, domains.codes * stage.units + stage.unit)
    cells = grouping(keys)
    base = _ordered(items.base, cells)
    w = _ordered(weight, cells)[:, None]
    weighted = w * base
    centre = centres(items) if centred else np.zeros(items.count)
    y = _ordered(items.y, cells)
    shifted = weighted * (y - centre) if centre.any() else w * y
    by_weight = added(weighted, cells.starts)
    by_x = by_weight if items.x is None else added(w * _ordered(items.x, cells), cells.starts)
    domain, unit = np.divmod(cells.keys, stage.units)
    # Rows are sorted by cell, hence by domain: the same order serves the counts.
    present = run_starts(domain)
    rows = Runs(cells.starts[present], domain[present], domains.count)
    weighing = base & (w > 0)
    silent = (_ordered(items.asked, cells) & ~base) & (w > 0)
    low, high = _extremes(y, weighing, rows, needed=centred and not items.binary and items.x is None)
    return Sums(
        domain=domain,
        unit=unit,
        held=any_of(base, cells.starts),
        weight=by_weight,
        y=added(shifted, cells.starts),
        x=by_x,
        centre=centre,
        n=rows.added(weighing).astype(np.int64),
        n_missing=rows.added(silent).astype(np.int64),
        weight_square=rows.added(weighted * weighted),
        low=low,
        high=high,
    )


def spread(items: Items, weight: Floats, domains: Domains, *, slope: Floats, middle: Floats) -> Floats:
    """sum of w (y - slope x - middle)^2 over the base, per domain and item (D x k): a second pass, for design effects.

    slope, middle: D x k. Differences are squared row by row, never expanded.
    """
    groups = grouping(domains.codes)
    base = _ordered(items.base, groups)
    rows = np.repeat(groups.keys, np.diff(np.concatenate([groups.starts, [len(base)]])))
    away = _ordered(items.y, groups) - middle[rows]
    if items.x is not None:
        away -= slope[rows] * _ordered(items.x, groups)
    squares = _ordered(weight, groups)[:, None] * base * away**2
    found = np.zeros((domains.count, items.count))
    found[groups.keys] = added(squares, groups.starts)
    return found


def products(
    items: Items, weight: Floats, domains: Domains, codes: Codes, width: int, *, centre: Floats
) -> tuple[Floats, Floats]:
    """sum of weight (y - c x), and of weight x, per domain and calibration category: two arrays D x width x k.

    codes: n x m, the category of each row in each margin.
    """
    shape = (domains.count, width, items.count)
    of_y, of_x = np.zeros(shape), np.zeros(shape)
    for margin in codes.T:
        groups = grouping(np.where(domains.codes < 0, -1, domains.codes * width + margin))
        w = _ordered(weight, groups)[:, None]
        weighted = w * _ordered(items.base, groups)
        y = added(weighted * (_ordered(items.y, groups) - centre), groups.starts)
        x = added(weighted if items.x is None else w * _ordered(items.x, groups), groups.starts)
        domain, category = np.divmod(groups.keys, width)
        of_y[domain, category] = y
        of_x[domain, category] = x
    return of_y, of_x


def _ordered(values: NDArray[Kind], groups: Grouping) -> NDArray[Kind]:
    return values if groups.order is None else values[groups.order]


def _extremes(y: Floats, base: Bools, rows: Runs, *, needed: bool) -> tuple[Floats, Floats]:
    shape = (rows.count, y.shape[1])
    low, high = np.full(shape, np.inf), np.full(shape, -np.inf)
    if needed and len(rows.starts):
        low[rows.owners] = np.minimum.reduceat(np.where(base, y, np.inf), rows.starts, axis=0)
        high[rows.owners] = np.maximum.reduceat(np.where(base, y, -np.inf), rows.starts, axis=0)
    return low, high
