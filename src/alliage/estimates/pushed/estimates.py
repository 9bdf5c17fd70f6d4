"""Shares, means, totals and ratios of a table held by an engine: from names of columns to estimates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from alliage.estimates.designs import BoundDesign, Design, bound
from alliage.estimates.estimating import told
from alliage.estimates.lists import Estimates
from alliage.estimates.pushed import moments, units
from alliage.estimates.pushed.columns import Answered, Number, read_numbers
from alliage.estimates.pushed.rows import Base, Item, PushedItems, PushedRows
from alliage.estimates.results import EstimateKind
from alliage.estimates.taylor import Linearised, from_moments, linearise
from alliage.problems import Problem
from alliage.tables import Table, sql

# A mean this close to zero, beside the spread of the answers, costs no digit: there is nothing to centre.
NEAR_ZERO = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a table: for whom, by which design."""

    table: Table
    design: Design | BoundDesign
    by: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedItems:
    """Items, and what the estimates call each of them."""

    items: PushedItems
    variables: tuple[str, ...]
    answers: tuple[str, ...]


def number_items(kind: EstimateKind, table: Table, columns: Sequence[str], missing: tuple[str, ...]) -> NamedItems:
    """The mean or total of columns of numbers."""
    read = read_numbers(table, columns, asked_by=kind, missing=missing)
    bases: list[Base] = []
    items = tuple(_item(number, _base_of(bases, table, number)) for number in read)
    return NamedItems(PushedItems(items, tuple(bases)), tuple(columns), ("",) * len(items))


def ratio_item(table: Table, numerator: str, denominator: str, missing: tuple[str, ...]) -> NamedItems:
    """The total of one column over that of another, over the rows that have both."""
    y, x = read_numbers(table, (numerator, denominator), asked_by="ratio", missing=missing)
    both = f"({y.value}) IS NOT NULL AND ({x.value}) IS NOT NULL"
    item = Item(
        y=f"CASE WHEN {both} THEN {y.value} END",
        base=0,
        x=f"CASE WHEN {both} THEN {x.value} END",
        largest=y.largest,
        largest_x=x.largest,
    )
    base = Base(within=both, silent=f"NOT ({both})")
    return NamedItems(PushedItems((item,), (base,)), (f"{numerator}/{denominator}",), ("",))


def share_items(
    answered: Answered, groups: Sequence[Sequence[int]], excluded: Sequence[int], names: Sequence[str]
) -> NamedItems:
    """The share of each group of answers (codes of the column); `excluded` puts a row outside the base."""
    everything = range(len(answered.read.labels))
    counted = [code for code in everything if code not in set(excluded)]
    within = None if answered.is_complete and not excluded else answered.condition(counted)
    silent = None if answered.is_complete else f"NOT {answered.condition(everything)}"
    items = tuple(_share(answered.condition([code for code in group if code in counted]), within) for group in groups)
    made = PushedItems(items, (Base(within, silent),), binary=True)
    return NamedItems(made, (answered.name,) * len(items), tuple(names))


def estimate_pushed(kind: EstimateKind, asked: Asked, named: NamedItems) -> Estimates:
    """Estimate items of a table in every group of the breakdown."""
    rows = pushed_rows(kind, asked, named.items)
    return told(linearised(kind, rows), variables=named.variables, answers=named.answers)


def pushed_rows(kind: EstimateKind, asked: Asked, items: PushedItems) -> PushedRows:
    """The rows of the table for these items. Raises Problem tables.no_column, tables.other_design."""
    for name in asked.by:
        asked.table.needs(name, asked_by="by")
    design = bound(asked.design, asked.table)
    if design.table is None or design.table.table is not asked.table:
        raise Problem("tables.other_design", address=asked.table.address)
    return PushedRows(items, design, asked.by, asked.missing, centred=kind != "total")


def linearised(kind: EstimateKind, rows: PushedRows) -> Linearised:
    """Values and variances, by the shortest way the design allows."""
    design = rows.design
    if rows.units.rows_are_units:
        found = units.moments(kind, rows, design)
        return from_moments(kind, rows, design, rows.domains, found, recall=lambda: units.no_units(design))
    if moments.suits(design):
        found = moments.moments(rows, design, total=kind == "total")
        return from_moments(kind, rows, design, rows.domains, found)
    return linearise(kind, rows, design, rows.domains)


def together(parts: Sequence[PushedItems]) -> PushedItems:
    """All the items of several askings, in order; those about the same people share a base."""
    bases: list[Base] = []
    items: list[Item] = []
    for part in parts:
        bases += [base for base in part.bases if base not in bases]
        items += [replace(item, base=bases.index(part.bases[item.base])) for item in part.items]
    return PushedItems(tuple(items), tuple(bases), binary=all(part.binary for part in parts))


def _share(hit: str, within: str | None) -> Item:
    one, none = sql.real(1.0), sql.real(0.0)
    outside = f"ELSE {none} END" if within is None else f"WHEN {within} THEN {none} END"
    return Item(y=f"CASE WHEN {hit} THEN {one} {outside}", base=0, whole=True)


def _item(number: Number, base: int) -> Item:
    if not number.found or abs(number.middle) <= NEAR_ZERO * (number.high - number.low):
        return Item(y=number.value, base=base, shift=number.middle, largest=number.largest, whole=number.whole)
    largest = max(abs(number.low - number.middle), abs(number.high - number.middle))
    middle = number.middle
    return Item(y=number.value, base=base, centre=middle, shift=middle, largest=largest, whole=number.whole)


def _base_of(bases: list[Base], table: Table, number: Number) -> int:
    """The rank of the base of a column: the columns that everyone answered share one."""
    base = Base(None, None)
    if number.found < table.rows:
        base = Base(f"({number.value}) IS NOT NULL", f"({number.value}) IS NULL")
    if base not in bases:
        bases.append(base)
    return bases.index(base)
