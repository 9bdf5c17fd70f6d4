"""Many estimates of the same answers, asked together: an engine reads its rows a few times in all, not once each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pyarrow as pa

from alliage.estimates.columns import MISSING, Answers, as_tuple, pushed
from alliage.estimates.designs import BoundDesign, Design, bound
from alliage.estimates.estimating import told
from alliage.estimates.lists import Estimates
from alliage.estimates.means import mean, ratio, total
from alliage.estimates.pushed.columns import read_answers, read_answers_at_once, read_numbers
from alliage.estimates.pushed.estimates import (
    Asked,
    NamedItems,
    linearised,
    number_items,
    pushed_rows,
    ratio_item,
    share_items,
    together,
)
from alliage.estimates.pushed.rows import PushedRows
from alliage.estimates.shares import counted_answers, share
from alliage.tables import Sum, Table

# A query of more sums than this is cut in two: engines slow down, and some refuse.
WIDEST = 500


@dataclass(frozen=True, slots=True)
class Request:
    """One call of share, mean, total or ratio, in its words. over: the denominator of a ratio."""

    kind: Literal["share", "mean", "total", "ratio"]
    column: str | tuple[str, ...]
    by: str | tuple[str, ...] = ()
    of: str | tuple[str, ...] | None = None
    base_excludes: str | tuple[str, ...] = ()
    over: str = ""
    missing: tuple[str, ...] = MISSING

    @property
    def columns(self) -> tuple[str, ...]:
        return as_tuple(self.column) + ((self.over,) if self.over else ())


def estimate_many(
    answers: Answers, requests: Iterable[Request], *, design: Design | BoundDesign
) -> tuple[Estimates, ...]:
    """The estimates of each request, in order: those the calls one by one would give.

    A table that an engine holds is read once for all the cells (by grouping sets), and once before to know its
    columns; 500 sums at a time. Raises what the calls raise.
    """
    asked = tuple(requests)
    design = bound(design, answers)
    table = pushed(answers)
    if table is None:
        return tuple(_called(answers, request, design) for request in asked)
    named = _named(table, asked)
    groups: dict[tuple[object, ...], list[int]] = {}
    for rank, request in enumerate(asked):
        # A ratio divides by a column of its own; the others are about weights alone.
        groups.setdefault((request.kind, as_tuple(request.by), request.missing), []).append(rank)
    rows: list[PushedRows] = []
    for ranks in groups.values():
        one = asked[ranks[0]]
        items = together([named[rank].items for rank in ranks])
        rows.append(pushed_rows(one.kind, Asked(table, design, as_tuple(one.by), one.missing), items))
    found: dict[int, Estimates] = {}
    for ranks, made in zip(groups.values(), _with_cells(table, rows), strict=True):
        found |= _parted(asked[ranks[0]], made, {rank: named[rank] for rank in ranks})
    return tuple(found[rank] for rank in range(len(asked)))


def _called(answers: Answers, request: Request, design: BoundDesign) -> Estimates:
    by, missing = request.by, request.missing
    if request.kind == "share":
        name, of, excludes = as_tuple(request.column)[0], request.of, request.base_excludes
        return share(answers, name, of, design=design, by=by, base_excludes=excludes, missing=missing)
    if request.kind == "ratio":
        return ratio(answers, as_tuple(request.column)[0], request.over, design=design, by=by, missing=missing)
    return (mean if request.kind == "mean" else total)(answers, request.column, design=design, by=by, missing=missing)


def _named(table: Table, asked: Sequence[Request]) -> list[NamedItems]:
    """The items of each request. What the columns are like is asked once for all of them."""
    for missing in dict.fromkeys(request.missing for request in asked):
        numbers = [
            name
            for request in asked
            if request.kind != "share" and request.missing == missing
            for name in request.columns
        ]
        read_numbers(table, numbers, asked_by="mean", missing=missing)
    read_answers_at_once(table, [name for request in asked if request.kind == "share" for name in request.columns])
    return [_items(table, request) for request in asked]


def _items(table: Table, request: Request) -> NamedItems:
    columns, missing = request.columns, request.missing
    if request.kind == "share":
        answered = read_answers(table, columns[0], asked_by="share", missing=missing)
        counted = counted_answers(answered.read, columns[0], request.of, as_tuple(request.base_excludes), missing)
        return share_items(answered, counted.groups, counted.outside, counted.names)
    if request.kind == "ratio":
        return ratio_item(table, columns[0], columns[1], missing)
    return number_items(request.kind, table, columns, missing)


def _with_cells(table: Table, rows: Sequence[PushedRows]) -> list[PushedRows]:
    """The same rows, their cells read: one scan, a grouping set for each breakdown; sums asked twice are made once."""
    sets = list(dict.fromkeys(one.keys for one in rows))
    wanted = list(dict.fromkeys(asked for one in rows for asked in one.asked.values()))
    aliases: dict[Sum | str, str] = {asked: f"sum_{rank}" for rank, asked in enumerate(wanted)}
    parts: dict[tuple[str, ...], list[pa.Table]] = {keys: [] for keys in sets}
    for first in range(0, len(wanted), WIDEST):
        batch = {aliases[asked]: asked for asked in wanted[first : first + WIDEST]}
        for keys, cells in zip(sets, table.grouped_by_sets(sets, batch), strict=True):
            parts[keys].append(cells)
    joined = {keys: _side_by_side(keys, found) for keys, found in parts.items()}
    return [replace(one, given=_renamed(joined[one.keys], one, aliases)) for one in rows]


def _side_by_side(keys: tuple[str, ...], parts: Sequence[pa.Table]) -> pa.Table:
    """The sums of several queries about the same groups, whose rows came in any order."""
    if len(parts) == 1:
        return parts[0]
    order = [(name, "ascending") for name in keys]
    sorted_parts = [part.sort_by(order) if order else part for part in parts]
    whole = sorted_parts[0]
    for part in sorted_parts[1:]:
        for name in part.column_names[len(keys) :]:
            whole = whole.append_column(name, part[name])
    return whole


def _renamed(cells: pa.Table, rows: PushedRows, aliases: dict[Sum | str, str]) -> pa.Table:
    names = [*rows.keys, *rows.asked]
    return pa.table([cells[name] for name in rows.keys] + [cells[aliases[one]] for one in rows.asked.values()], names)


def _parted(request: Request, rows: PushedRows, named: dict[int, NamedItems]) -> dict[int, Estimates]:
    """The estimates of requests that were made together, each with its own."""
    variables = [name for one in named.values() for name in one.variables]
    answers = [name for one in named.values() for name in one.answers]
    whole = told(linearised(request.kind, rows), variables=variables, answers=answers)
    ends = np.cumsum([0, *(len(one.variables) for one in named.values())]) * rows.domains.count
    return {rank: whole[int(first) : int(last)] for rank, first, last in zip(named, ends[:-1], ends[1:], strict=True)}
