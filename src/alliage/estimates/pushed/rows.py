"""Level 1 where the rows are: an engine adds up, and only sums per domain and sampled unit come back.

The cells are asked for in one scan, whatever the number of items and of columns in the breakdown. They come with the
values written in the table: domains and units are numbered from them by the same rules as in memory. A design effect,
or a domain where everyone may have answered the same, asks for one more scan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from alliage.estimates.calibrations import Residuals
from alliage.estimates.columns import Domains, domains
from alliage.estimates.designs import BoundDesign, units_of_cells
from alliage.estimates.level1 import NEARLY_CONSTANT, Bools, Runs, Sums, added, run_starts, stable_order
from alliage.estimates.pushed.designs import TableUnits
from alliage.estimates.stages import Codes, Floats, Stage
from alliage.tables import Sum, sql
from alliage.tables.table import Beside, column_of

# The column of the little tables lent to the engine that numbers their rows.
GROUP = "alliage/group"
# A sum of squares moved by more than this many times what is left is made again, row by row.
LOST = 100


@dataclass(frozen=True, slots=True)
class Base:
    """Whom an item is about. within: a condition in SQL, never null (None: everyone). silent: asked, no answer."""

    within: str | None
    silent: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """One variable to estimate: y, and x where it divides by another column, in SQL; null outside the base."""

    y: str
    base: int  # its rank among the bases
    x: str | None = None
    centre: float = 0.0
    shift: float = 0.0  # a rough mean, whether the sums are centred or not
    largest: float = 1.0  # no |y - centre| is larger
    largest_x: float = 1.0
    whole: bool = False  # y is a whole number, and so is the centre


@dataclass(frozen=True, slots=True)
class PushedItems:
    """k items, and the bases they share: a base is counted once, however many items are about it."""

    items: tuple[Item, ...]
    bases: tuple[Base, ...]
    binary: bool = False

    @property
    def ratios(self) -> bool:
        return any(item.x is not None for item in self.items)

    @property
    def base_of(self) -> Codes:
        return np.array([item.base for item in self.items], dtype=np.int64)


@dataclass(frozen=True, eq=False)
class PushedRows:
    """The rows of an engine, for k items and one breakdown. Implements level1.Rows.

    centred    sums are taken around the rough centre of each item (not for totals)
    """

    items: PushedItems
    design: BoundDesign
    by: tuple[str, ...]
    missing: tuple[str, ...]
    centred: bool
    given: pa.Table | None = None  # the cells, where they were read with others
    _kept: dict[str, Floats] = field(default_factory=dict, repr=False)

    @property
    def count(self) -> int:
        return len(self.items.items)

    @property
    def binary(self) -> bool:
        return self.items.binary

    @property
    def ratios(self) -> bool:
        return self.items.ratios

    @property
    def units(self) -> TableUnits:
        assert self.design.table is not None
        return self.design.table

    @cached_property
    def cells(self) -> pa.Table:
        """The sums of every (domain, unit), in the words of the table."""
        return self.units.table.grouped(self.keys, self.asked) if self.given is None else self.given

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that tell a cell."""
        return tuple(dict.fromkeys((*self.by, *self.units.keys)))

    @cached_property
    def asked(self) -> dict[str, Sum | str]:
        """What is added up in each cell."""
        asked: dict[str, Sum | str] = {}
        for rank, base in enumerate(self.items.bases):
            asked |= _of_base(rank, base, self.units)
        for rank, item in enumerate(self.items.items):
            asked |= _of_item(rank, item, self.centre(item), self.units)
        return asked

    @cached_property
    def domains(self) -> Domains:
        """The groups of the breakdown; codes: one per cell, not per row."""
        if not self.by:
            return Domains(np.zeros(self.cells.num_rows, dtype=np.int64), {}, 1)
        return domains(self.cells, self.by, missing=self.missing)

    @cached_property
    def ordered(self) -> Cells:
        """The same cells, numbered domain x U + unit of the last stage, and in that order."""
        stages, codes = self.design.stages, self.domains.codes
        unit = units_of_cells(self.units, self.cells, len(stages))
        return Cells(self.cells, np.where(codes < 0, -1, codes * stages[-1].units + unit))

    def centre(self, item: Item) -> float:
        return item.centre if self.centred else 0.0

    def sums(self, domains: Domains, stage: Stage, *, centred: bool) -> Sums:
        cells = self.ordered
        domain, unit = np.divmod(cells.keys, stage.units)
        present = run_starts(domain)
        of_domain = Runs(present, domain[present], domains.count)
        base_of, bases = self.items.base_of, range(len(self.items.bases))
        weight = cells.columns([f"weight_{rank}" for rank in bases])
        weighing = cells.columns([f"weighing_{rank}" for rank in bases])
        silent = cells.columns([f"silent_{rank}" for rank in bases])
        square = cells.columns([f"square_{rank}" for rank in bases])
        ranks = range(self.count)
        found = Sums(
            domain=domain,
            unit=unit,
            held=(cells.columns([f"rows_{rank}" for rank in bases]) > 0)[:, base_of],
            weight=weight[:, base_of],
            y=cells.columns([f"y_{rank}" for rank in ranks]),
            x=cells.columns([f"x_{rank}" for rank in ranks]) if self.ratios else weight[:, base_of],
            centre=np.array([self.centre(item) for item in self.items.items]),
            n=of_domain.added(weighing).astype(np.int64)[:, base_of],
            n_missing=of_domain.added(silent).astype(np.int64)[:, base_of],
            weight_square=of_domain.added(square)[:, base_of],
            constant=np.full((domains.count, self.count), np.nan),
        )
        if self.may_be_constant:
            away = np.sqrt(of_domain.added(_around(found, of_domain) ** 2))
            suspect = nearly_constant(
                found.n, away, of_domain.added(found.weight), of_domain.added(found.y), found.centre
            )
            found.constant[:] = self.constants(suspect, domains)
        return found

    def spread(self, domains: Domains, *, slope: Floats, middle: Floats) -> Floats:
        if "spread" not in self._kept:
            self._kept["spread"] = np.full(slope.shape, np.nan) if self.ratios else self._shifted_spread()
            doubtful = np.isnan(self._kept["spread"])
            if doubtful.any():
                self._kept["spread"][doubtful] = self._exact_spread(domains, slope, middle, doubtful)[doubtful]
        return self._kept["spread"]

    def products(self, domains: Domains, residuals: Residuals, *, centre: Floats) -> tuple[Floats, Floats]:
        raise NotImplementedError("a calibrated design is bound to rows in memory")

    def of_spread(self, rank: int, slope: Floats) -> Sum:
        """The sum of w (y - slope x - middle)^2, the columns of `lent` beside the row."""
        item = self.items.items[rank]
        away = f"({item.y}) - {sql.quoted(f'middle_{rank}')}"
        if item.x is not None:
            away += f" - {sql.quoted(f'slope_{rank}')} * ({item.x})"
        # The middle lies among the answers: no difference is larger than twice what lies around the centre.
        largest = 2 * item.largest
        if item.x is not None:
            largest += float(np.abs(slope).max(initial=0.0)) * item.largest_x
        return self.units.sum(None, f"({away}) * ({away})", largest**2)

    def _shifted_spread(self) -> Floats:
        """sum of w (y - s)^2 for a rough middle s of the whole table, moved to the mean of each domain (D x k).

        One scan without lending anything. nan where the move would cost more than two digits.
        """
        asked: dict[str, Sum | str] = {}
        for rank, item in enumerate(self.items.items):
            y, largest = f"(({item.y}) - {sql.real(item.shift)})", 2 * item.largest
            asked[f"spread_{rank}"] = self.units.sum(None, f"{y} * {y}", largest**2)
            if self.centre(item) != item.centre:
                # Sums around zero of numbers far from it: what they say of the mean has lost the digits wanted here.
                asked[f"away_{rank}"] = self.units.sum(None, y, largest)
        found = self.units.table.grouped(self.by, asked)
        codes = domains(found, self.by, missing=self.missing).codes if self.by else np.zeros(1, dtype=np.int64)
        groups = Cells(found, codes)
        weight, n = self._by_domain("weight", self.items.base_of), self._by_domain("weighing", self.items.base_of)
        away = self._by_domain("y", np.arange(self.count))
        spread = np.zeros(away.shape)
        for rank, item in enumerate(self.items.items):
            spread[groups.keys, rank] = groups.column(f"spread_{rank}")
            if f"away_{rank}" in asked:
                away[groups.keys, rank] = groups.column(f"away_{rank}")
            else:
                away[:, rank] -= (item.shift - self.centre(item)) * weight[:, rank]
        with np.errstate(divide="ignore", invalid="ignore"):
            moved = away**2 / weight
        # A single answer has no spread that anybody asks for.
        doubtful = (n > 1) & (moved > LOST * (spread - moved))
        return np.where(doubtful, np.nan, np.fmax(spread - moved, 0.0))

    def _by_domain(self, what: str, ranks: Codes) -> Floats:
        """Sums of the cells over each domain (D x ranks)."""
        cells, once = self.ordered, np.unique(ranks)
        domain = cells.keys // self.design.stages[-1].units
        starts = run_starts(domain)
        of_domain = Runs(starts, domain[starts], self.domains.count)
        added_once = of_domain.added(cells.columns([f"{what}_{rank}" for rank in once]))
        return added_once[:, np.searchsorted(once, ranks)]

    def _exact_spread(self, domains: Domains, slope: Floats, middle: Floats, wanted: Bools) -> Floats:
        """The middle of the domains in doubt lent to the engine: differences are squared row by row."""
        items = np.flatnonzero(wanted.any(axis=0)).tolist()
        lent = self.lent(domains, {"middle": middle, "slope": slope}, wanted)
        asked = {f"spread_{rank}": self.of_spread(rank, slope[:, rank]) for rank in items}
        answer = self.units.table.grouped((GROUP,), asked, beside=lent)
        found = np.zeros(wanted.shape)
        for rank in items:
            np.add.at(found[:, rank], answer[GROUP].to_numpy(), column_of(answer, f"spread_{rank}"))
        return found

    def lent(self, domains: Domains, columns: dict[str, Floats], wanted: Bools) -> Beside:
        """Figures (D x k) of the domains where some item is wanted, beside the values that tell each of them."""
        codes: Codes = np.zeros(1, dtype=np.int64)
        distinct = pa.table({GROUP: codes})
        if self.by:
            written = self.cells.select(self.by).append_column(GROUP, pa.array(domains.codes))
            distinct = written.group_by([*self.by, GROUP]).aggregate([])
            codes = distinct[GROUP].to_numpy()
        some = np.logical_or.reduce(wanted, axis=1)
        inside = (codes >= 0) & some[np.maximum(codes, 0)]
        made = {name: distinct[name].filter(pa.array(inside)) for name in (*self.by, GROUP)}
        for name, values in columns.items():
            for item in range(values.shape[1]):
                made[f"{name}_{item}"] = pa.array(values[codes[inside], item])
        return Beside(pa.table(made), self.by)

    def in_cells(self, what: str) -> Floats:
        """Counts of the base in each cell of `sums` (C x k): its "rows", those "weighing" something."""
        names = [f"{what}_{rank}" for rank in range(len(self.items.bases))]
        return np.asarray(self.ordered.columns(names)[:, self.items.base_of])

    def raw_cells(self) -> tuple[pa.Table, Codes]:
        """The values in the table that tell each cell, and the rank in `sums` of what they tell (-1: no domain)."""
        return self.cells.select(self.keys), self.ordered.rank_of_row

    def constants(self, suspect: Bools, domains: Domains) -> Floats:
        """The answer that everyone with a weight gave, nan where they differ (D x k).

        suspect: D x k, where all may have agreed; one more scan, if there is any.
        """
        found = np.full(suspect.shape, np.nan)
        if not suspect.any():
            return found
        asked: dict[str, Sum | str] = {}
        items = np.flatnonzero(suspect.any(axis=0)).tolist()
        for item in items:
            y = self.items.items[item].y
            if not self.units.all_weigh:
                y = f"CASE WHEN {self.units.weight.value} > 0 THEN {y} END"
            asked |= {f"low_{item}": f"MIN({y})", f"high_{item}": f"MAX({y})"}
        ends = self.units.table.grouped((GROUP,), asked, beside=self.lent(domains, {}, suspect))
        for item in items:
            low, high = (_of_group(ends, f"{what}_{item}", domains.count) for what in ("low", "high"))
            found[:, item] = np.where(suspect[:, item] & (low == high), low, np.nan)
        return found

    @property
    def may_be_constant(self) -> bool:
        """Whether a domain where everyone agrees is looked for: in means, whose value is then that answer."""
        return self.centred and not self.binary and not self.ratios


class Cells:
    """The cells in the order of their keys; those that the rules of the house make one are added up."""

    def __init__(self, found: pa.Table, keys: Codes) -> None:
        self._found = found
        order = stable_order(keys) if len(keys) else keys
        ordered = keys[order]
        first = int(np.searchsorted(ordered, 0))
        self._order = order[first:]
        self._starts = run_starts(ordered[first:])
        self.keys = ordered[first:][self._starts]

    @property
    def rank_of_row(self) -> Codes:
        """The cell of each row of the engine's answer; -1 for one in no domain."""
        found = np.full(self._found.num_rows, -1, dtype=np.int64)
        lengths = np.diff(np.concatenate([self._starts, [len(self._order)]]))
        found[self._order] = np.repeat(np.arange(len(self.keys)), lengths)
        return found

    def column(self, name: str) -> Floats:
        """One column of sums; 0 if it was not asked for."""
        if name not in self._found.column_names:
            return np.zeros(len(self.keys))
        return added(column_of(self._found, name)[self._order], self._starts)

    def columns(self, names: Sequence[str]) -> Floats:
        """C x k."""
        return np.column_stack([self.column(name) for name in names])


def nearly_constant(n: Codes, away: Floats, weight: Floats, y: Floats, centre: Floats) -> Bools:
    """Where everyone may have answered the same, from how far the units are from the mean: as `level1` says it."""
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = y / weight
        size = np.maximum(np.abs(mean + centre), np.abs(mean))
        return np.asarray((n > 0) & (away / weight <= NEARLY_CONSTANT * size))


def _around(found: Sums, of_domain: Runs) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = of_domain.added(found.y) / of_domain.added(found.weight)
    return found.y - mean[found.domain] * found.weight


def _of_base(rank: int, base: Base, units: TableUnits) -> dict[str, Sum | str]:
    """What is counted of a base in each cell."""
    within, w = base.within, units.weight.value
    square = Sum(
        f"({w}) * ({w})" if within is None else f"CASE WHEN {within} THEN ({w}) * ({w}) END",
        units.weight.largest**2,
        units.smallest_weight**2,
    )
    weighs = [] if units.all_weigh else [f"{w} > 0"]
    asked: dict[str, Sum | str] = {
        f"weight_{rank}": units.sum(within),
        f"square_{rank}": square,
        f"rows_{rank}": _counted([] if within is None else [within]),
        f"weighing_{rank}": _counted([*weighs, *([] if within is None else [within])]),
    }
    if base.silent is not None:
        asked[f"silent_{rank}"] = _counted([*weighs, base.silent])
    return asked


def _counted(conditions: Sequence[str]) -> str:
    if not conditions:
        return "COUNT(*)"
    return f"COUNT(CASE WHEN {' AND '.join(f'({one})' for one in conditions)} THEN 1 END)"


def _of_item(rank: int, item: Item, centre: float, units: TableUnits) -> dict[str, Sum | str]:
    y = f"({item.y}) - {sql.real(centre)}" if centre else item.y
    largest = item.largest if centre == item.centre else item.largest + abs(item.centre)
    asked: dict[str, Sum | str] = {f"y_{rank}": units.sum(None, y, largest, smallest=1.0 if item.whole else 0.0)}
    if item.x is not None:
        asked[f"x_{rank}"] = units.sum(None, item.x, item.largest_x)
    return asked


def _of_group(found: pa.Table, name: str, count: int) -> Floats:
    """One column by group, nan where there is nothing."""
    made = np.full(count, np.nan)
    values: NDArray[np.float64] = np.asarray(found[name].to_numpy(zero_copy_only=False), dtype=np.float64)
    made[found[GROUP].to_numpy()] = values
    return made
