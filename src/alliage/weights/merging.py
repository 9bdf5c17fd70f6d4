"""Merges: which category, or crossed cell, joins which other one before weighting. Always explicit, never guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from alliage.catalogue.declarations import did_you_mean
from alliage.problems import Place, Problem
from alliage.weights.margins import CROSS, Margin

QUALIFIER = "="  # "region=11" when several variables have a category 11

Values = tuple[str, ...]
Name = TypeVar("Name", str, Values)


@dataclass(frozen=True, slots=True)
class Merges:
    """Where each merged category of a variable, and each merged cell of a crossed margin, ends up."""

    categories: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # variable -> category -> category
    cells: Mapping[Values, Values] = field(default_factory=dict)

    def cell(self, variables: Sequence[str], values: Values) -> Values:
        """Categories are merged first, in every margin that holds the variable; then cells."""
        if not self.categories and not self.cells:
            return values
        merged = tuple(
            self.categories.get(variable, {}).get(value, value)
            for variable, value in zip(variables, values, strict=True)
        )
        return self.cells.get(merged, merged)


def read_merges(merge: Mapping[str, str], margins: Sequence[Margin], *, place: Place | None = None) -> Merges:
    """Understand `merge:`, "24": "11" for categories and "94/plus_20000": "94/de_2000_a_19999" for crossed cells.

    The left side may be a category that only the answers know: it is then attached to one that the margin counts.
    Raises weights.unknown_merge, ambiguous_merge, merge_across, circular_merge.
    """
    categories: dict[str, dict[str, str]] = {}
    cells: dict[Values, Values] = {}
    for left, right in merge.items():
        if CROSS in left:
            cells[tuple(left.split(CROSS))] = tuple(right.split(CROSS))
        else:
            variable, target = _category(right, margins, place)
            source = _unqualified(left, variable, right, margins, place)
            categories.setdefault(variable, {})[source] = target
    followed = {name: _followed(joins, place) for name, joins in categories.items()}
    _check_cells(cells, Merges(categories=followed), margins, place)
    return Merges(categories=followed, cells=_followed(cells, place))


def _category(name: str, margins: Sequence[Margin], place: Place | None) -> tuple[str, str]:
    """The variable a category belongs to, and its bare name."""
    known = _known_categories(margins)
    variable, separator, bare = name.rpartition(QUALIFIER)
    holders = [holder for holder, values in known.items() if bare in values and (not separator or holder == variable)]
    if not holders:
        everything = sorted({value for values in known.values() for value in values})
        raise Problem("weights.unknown_merge", place, name=name, suggestion=did_you_mean(name, everything))
    if len(holders) > 1:
        example = f"{holders[0]}{QUALIFIER}{name}"
        raise Problem("weights.ambiguous_merge", place, name=name, variables=", ".join(holders), example=example)
    return holders[0], bare


def _unqualified(left: str, variable: str, right: str, margins: Sequence[Margin], place: Place | None) -> str:
    said, separator, bare = left.rpartition(QUALIFIER)
    known = _known_categories(margins)
    elsewhere = any(bare in values for holder, values in known.items() if holder != variable)
    if (separator and said != variable) or (elsewhere and bare not in known[variable]):
        raise Problem("weights.merge_across", place, name=left, target=right)
    return bare


def _known_categories(margins: Sequence[Margin]) -> dict[str, dict[str, None]]:
    known: dict[str, dict[str, None]] = {}
    for margin in margins:
        for rank, variable in enumerate(margin.variables):
            known.setdefault(variable, {}).update((cell.values[rank], None) for cell in margin.cells)
    return known


def _check_cells(cells: dict[Values, Values], merges: Merges, margins: Sequence[Margin], place: Place | None) -> None:
    crossed = [
        {merges.cell(margin.variables, cell.values) for cell in margin.cells}
        for margin in margins
        if len(margin.variables) > 1
    ]
    every = sorted({CROSS.join(values) for known in crossed for values in known})
    for left, right in cells.items():
        for values in (left, right):
            if not any(values in known for known in crossed):
                name = CROSS.join(values)
                raise Problem("weights.unknown_merge", place, name=name, suggestion=did_you_mean(name, every))
        if not any(left in known and right in known for known in crossed):
            raise Problem("weights.merge_across", place, name=CROSS.join(left), target=CROSS.join(right))


def _followed(joins: Mapping[Name, Name], place: Place | None) -> dict[Name, Name]:
    """Follow a → b → c to its end."""
    ends: dict[Name, Name] = {}
    for start in joins:
        end, seen = joins[start], {start}
        while end in joins:
            if end in seen:
                name = end if isinstance(end, str) else CROSS.join(end)
                raise Problem("weights.circular_merge", place, name=name)
            seen.add(end)
            end = joins[end]
        ends[start] = end
    return ends
