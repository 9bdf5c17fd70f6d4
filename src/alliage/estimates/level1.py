"""Level 1: one pass over the rows, down to sums per domain and sampled unit. Nothing after it reads a row again.

`Rows` is what level 2 asks of the rows, wherever they are; this module answers for rows in memory. Every array is a
`group by` of weighted sums and counts, so that a database engine can answer as well (`pushed`). Sums are taken of
y - c x, where c is a rough centre of the whole file, so that figures around a million keep their digits.

A sum over groups of k columns is one product of a sparse matrix (groups x rows, holding the weights) and the columns:
no row is moved, and none is copied.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from alliage.estimates.calibrations import Residuals
from alliage.estimates.columns import Domains
from alliage.estimates.stages import Codes, Floats, Stage

Bools = NDArray[np.bool_]

# A domain whose influence values are this small beside its value may be one where everyone answered the same.
NEARLY_CONSTANT = 1e-6


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

    def matrix(self, data: Floats) -> Any:
        """The sparse matrix (G x n) whose product with columns adds data times each column over every group."""
        n = len(data)
        order = np.arange(n, dtype=np.int64) if self.order is None else self.order
        small = n < np.iinfo(np.int32).max
        ends = np.concatenate([self.starts, [len(order)]])
        held = data if self.order is None else data[order]
        indices, indptr = (order.astype(np.int32), ends.astype(np.int32)) if small else (order, ends)
        return csr_array((held, indices, indptr), shape=(self.count, n))


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
    constant: Floats  # D x k: the answer that everyone with a weight gave; nan where they differ (means only)


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


def are_all(values: Bools) -> bool:
    """Whether all are true; told at once of one value broadcast."""
    return bool(values.flat[0] if not any(values.strides) and values.size else values.all())


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


class Rows(Protocol):
    """What level 2 asks of n rows and k items, wherever they are."""

    @property
    def count(self) -> int:
        """k."""

    @property
    def binary(self) -> bool:
        """Whether y is 0 or 1 and x is 1."""

    @property
    def ratios(self) -> bool:
        """Whether the items have an x of their own."""

    def sums(self, domains: Domains, stage: Stage, *, centred: bool) -> Sums:
        """Add up k items over every (domain, unit) cell. stage: the last one that counts."""

    def spread(self, domains: Domains, *, slope: Floats, middle: Floats) -> Floats:
        """sum of w (y - slope x - middle)^2 over the base, per domain and item: a second pass, for design effects.

        slope, middle: D x k. Differences are squared row by row, never expanded.
        """

    def products(self, domains: Domains, residuals: Residuals, *, centre: Floats) -> tuple[Floats, Floats]:
        """sum of initial weight times (y - c x), and times x, per domain and calibration column: two D x K x k."""


@dataclass(frozen=True, slots=True, eq=False)
class RowsInMemory:
    """Items and the weight (n) of each row."""

    items: Items
    weight: Floats

    @property
    def count(self) -> int:
        return self.items.count

    @property
    def binary(self) -> bool:
        return self.items.binary

    @property
    def ratios(self) -> bool:
        return self.items.x is not None

    def sums(self, domains: Domains, stage: Stage, *, centred: bool) -> Sums:
        items, w = self.items, self.weight
        cells = grouping(np.where(domains.codes < 0, -1, domains.codes * stage.units + stage.unit))
        by_weight = cells.matrix(w)
        centre = centres(items) if centred else np.zeros(items.count)
        base = _Base(items)
        y = np.asarray(by_weight @ _shifted(items, centre))
        weight = base.added(by_weight)
        domain, unit = np.divmod(cells.keys, stage.units)
        # Rows are sorted by cell, hence by domain.
        present = run_starts(domain)
        of_domain = Runs(present, domain[present], domains.count)
        n, n_missing, held = _counts(items, base, w, cells, of_domain)
        square = cells.matrix(w * w)
        found = Sums(
            domain=domain,
            unit=unit,
            held=held,
            weight=weight,
            y=y,
            x=weight if items.x is None else np.asarray(by_weight @ items.x),
            centre=centre,
            n=n,
            n_missing=n_missing,
            weight_square=of_domain.added(base.added(square)),
            constant=np.full((domains.count, items.count), np.nan),
        )
        if centred and not items.binary and items.x is None:
            _find_constants(found, items, w, domains, of_domain)
        return found

    def spread(self, domains: Domains, *, slope: Floats, middle: Floats) -> Floats:
        items, groups = self.items, grouping(domains.codes)
        found = np.zeros((domains.count, items.count))
        if not groups.count:
            return found
        owner = np.maximum(domains.codes, 0)
        away = items.y - middle[owner]
        if items.x is not None:
            away -= slope[owner] * items.x
        away *= items.base
        found[groups.keys] = groups.matrix(self.weight) @ np.square(away, out=away)
        return found

    def products(self, domains: Domains, residuals: Residuals, *, centre: Floats) -> tuple[Floats, Floats]:
        items, width = self.items, residuals.width
        shape = (domains.count, width, items.count)
        of_y, of_x = np.zeros(shape), np.zeros(shape)
        y = _shifted(items, centre)
        x = items.base.astype(np.float64) if items.x is None else items.x
        for column in residuals.codes.T:
            groups = grouping(np.where(domains.codes < 0, -1, domains.codes * width + column))
            matrix = groups.matrix(residuals.initial)
            domain, category = np.divmod(groups.keys, width)
            of_y[domain, category] = matrix @ y
            of_x[domain, category] = matrix @ x
        groups = grouping(domains.codes)
        first = width - residuals.numeric.shape[1]
        for rank, values in enumerate(residuals.numeric.T, start=first):
            matrix = groups.matrix(residuals.initial * values)
            of_y[groups.keys, rank] = matrix @ y
            of_x[groups.keys, rank] = matrix @ x
        return of_y, of_x


class _Base:
    """The base as numbers, added up once where it is the same for every item."""

    def __init__(self, items: Items) -> None:
        self.items = items
        base = items.base
        self.shared = items.count == 1 or base.strides[1] == 0 or bool((base == base[:, :1]).all())
        self.columns = base[:, :1].astype(np.float64) if self.shared else base.astype(np.float64)

    def added(self, matrix: Any) -> Floats:
        """The product of a sparse matrix (G x n) and the base: G x k."""
        found = np.asarray(matrix @ self.columns)
        return np.repeat(found, self.items.count, axis=1) if self.shared else found


def _counts(items: Items, base: _Base, w: Floats, cells: Grouping, of_domain: Runs) -> tuple[Codes, Codes, Bools]:
    """n and n_missing (D x k), and which cells hold a row of the base (C x k)."""
    weighing = cells.matrix((w != 0).astype(np.float64))
    counted = base.added(weighing)
    held = counted > 0 if (w != 0).all() else base.added(cells.matrix(np.ones(len(w)))) > 0
    n = of_domain.added(counted).astype(np.int64)
    silent = items.asked & ~items.base if not are_all(items.base) else None
    if silent is None or not silent.any():
        return n, np.zeros_like(n), held
    return n, of_domain.added(np.asarray(weighing @ silent.astype(np.float64))).astype(np.int64), held


def _shifted(items: Items, centre: Floats) -> Floats:
    """y - c x over the base, 0 outside."""
    if not centre.any():
        return items.y
    away = items.y - centre
    return away if are_all(items.base) else away * items.base


def _find_constants(found: Sums, items: Items, w: Floats, domains: Domains, of_domain: Runs) -> None:
    """Fill `constant`: read again the rows of those domains whose sums say that everyone may have answered the same."""
    weight, total = of_domain.added(found.weight), of_domain.added(found.y)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total / weight
        away = np.sqrt(of_domain.added((found.y - mean[found.domain] * found.weight) ** 2)) / weight
        suspect: Bools = np.asarray(
            (found.n > 0) & (away <= NEARLY_CONSTANT * np.maximum(np.abs(mean + found.centre), np.abs(mean)))
        )
    if not suspect.any():
        return
    reread: Bools = np.asarray(suspect.any(axis=1))
    rows = np.flatnonzero((domains.codes >= 0) & reread[np.maximum(domains.codes, 0)] & (w != 0))
    owner = domains.codes[rows]
    for item in np.flatnonzero(suspect.any(axis=0)):
        inside = items.base[rows, item]
        y, whose = items.y[rows[inside], item], owner[inside]
        first = np.full(domains.count, np.nan)
        first[whose[::-1]] = y[::-1]
        differs = np.bincount(whose[y != first[whose]], minlength=domains.count) > 0
        found.constant[:, item] = np.where(suspect[:, item] & ~differs, first, np.nan)


def centres(items: Items) -> Floats:
    """A rough centre for each mean; shares and ratios need none: their sums are exact or have no common centre."""
    if items.binary or items.x is not None:
        return np.zeros(items.count)
    found = len(items.y) if are_all(items.base) else items.base.sum(axis=0)
    return np.asarray(items.y.sum(axis=0) / np.maximum(found, 1))
