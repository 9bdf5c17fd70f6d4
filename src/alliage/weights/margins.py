"""Margins: how many people, communes or companies of each category the population holds, with date and source.

A margin may also be the known total of a number (income, employees), for everyone or in each category.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from pathlib import Path
from typing import Any, Literal

from alliage.catalogue import Document, declared, read_document
from alliage.catalogue.declarations import declare
from alliage.catalogue.documents import Address
from alliage.catalogue.marks import Origin
from alliage.problems import Place, Problem, raise_all
from alliage.text import Text, number, same

CROSS = "/"  # between the categories of a crossed cell: "94/plus_20000"; an id never holds it

# counts   the counts are those of the population
# shares   only the proportions are used; where no margin gives counts, weights keep the total they start with
# total    what is known is the total of a number, the column `of`
Use = Literal["counts", "shares", "total"]

# What is counted, when answers are members of households: each member, or each household once.
Level = Literal["individual", "household"]


@declared
class MarginFile:
    """A margin file. Several variables are crossed: their categories are nested, in the order of `variables`.

    The total of a number is written in one line, or in each category under `categories:`

        use: total
        of: effectif          # the column of the answers that is added up
        unit: {fr: salariés, en: employees}
        total: 1234567
    """

    id: str
    label: Text
    variables: tuple[str, ...] = ()
    unit: Text  # what is counted, as a plural: "communes"
    date: Date
    source: Text
    origin: Origin
    total: float | None = None
    use: Use = "counts"
    of: str | None = None
    level: Level = "individual"
    categories: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cell:
    """One category of a margin: a value of each variable, how many the population holds, where it is written.

    In the total of a number, `count` is the total of the category; without variables there is one cell, of no values.
    """

    values: tuple[str, ...]
    count: float
    place: Place

    @property
    def name(self) -> str:
        return CROSS.join(self.values)


@dataclass(frozen=True, slots=True)
class Margin:
    """The known counts of one variable, or of several crossed, in the order of the file; or known totals of `of`."""

    id: str
    label: Text
    variables: tuple[str, ...]
    unit: Text
    source: Text
    cells: tuple[Cell, ...]
    place: Place
    date: Date | None = None
    origin: Origin | None = None
    use: Use = "counts"
    of: str | None = None  # the number that is added up, when `use` is total
    level: Level = "individual"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the answers that the margin needs."""
        return self.variables if self.of is None else (*self.variables, self.of)

    @property
    def total(self) -> float:
        return math.fsum(cell.count for cell in self.cells)


def read_margin(path: Path, *, asked_by: str = "") -> Margin:
    """Read a margin file. Raises Problem or Problems (content.*, weights.*) naming the line."""
    return margin_in(read_document(Path(path), asked_by=asked_by))


def margin_in(document: Document) -> Margin:
    """The margin that a document declares. Raises Problem or Problems (content.*, weights.*) naming the line."""
    written: MarginFile = declare(document, MarginFile)
    if (written.use == "total") != (written.of is not None):
        raise Problem("weights.total_of", document.place(("use",)))
    if len(set(written.variables)) < len(written.variables) or not (written.variables or written.of):
        raise Problem("weights.no_variable", document.place(("variables",)))
    cells = _cells(written, document) if written.variables else _one_cell(written, document)
    margin = Margin(
        id=written.id,
        label=written.label,
        variables=written.variables,
        unit=written.unit,
        source=written.source,
        cells=cells,
        place=document.place(("categories",)) if written.variables else document.place(("total",)),
        date=written.date,
        origin=written.origin,
        use=written.use,
        of=written.of,
        level=written.level,
    )
    _check_total(margin, written, document)
    return margin


def make_margin(
    variables: str | tuple[str, ...],
    counts: Mapping[str, float] | Mapping[tuple[str, ...], float] | float,
    *,
    use: Use = "counts",
    of: str | None = None,
    level: Level = "individual",
) -> Margin:
    """A margin given in code: {"11": 1266, ...} for one variable, {("11", "moins_2000"): 712, ...} for several.

    make_margin("income", 1_250_000) is the total of a number, make_margin("region", {"11": 910.5, ...}, of="income")
    its total in each category.
    """
    names = (variables,) if isinstance(variables, str) else variables
    known: list[tuple[str | tuple[str, ...], float]]
    if isinstance(counts, Mapping):
        known = list(counts.items())
    elif len(names) == 1 and of is None:
        known, of, names = [((), counts)], names[0], ()
    else:
        raise Problem("weights.total_of", Place("_".join(names)))
    name = "_".join((*names, of) if of is not None else names)
    cells = tuple(
        Cell(values=(values,) if isinstance(values, str) else values, count=float(count), place=Place(name))
        for values, count in known
    )
    words = same(name)
    return Margin(
        id=name,
        label=words,
        variables=names,
        unit=Text(fr="unités", en="units"),
        source=words,
        cells=cells,
        place=Place(name),
        use="total" if of is not None else use,
        of=of,
        level=level,
    )


def find_margins(names: tuple[str, ...], *, study: Path, populations: Path) -> tuple[Margin, ...]:
    """Read the margins a study names: a path from its folder ("regions.yaml") or the id of a file of `populations`."""
    margins = []
    for name in names:
        is_path = name.endswith((".yaml", ".yml"))
        path = study / name if is_path else populations / f"{name}.yaml"
        margins.append(read_margin(path, asked_by="study.yaml"))
    return tuple(margins)


def _cells(written: MarginFile, document: Document) -> tuple[Cell, ...]:
    found: list[Problem] = []
    cells: list[Cell] = []
    depth = len(written.variables)
    for address, value in _leaves(written.categories, ("categories",)):
        values = tuple(str(step) for step in address[1:])
        place, name = document.place(address), CROSS.join(values)
        if len(values) != depth or isinstance(value, dict):
            crossed = " × ".join(written.variables)
            found.append(Problem("weights.wrong_depth", place, variables=crossed, depth=depth, category=name))
        elif not is_count(value, signed=written.of is not None):
            code = "weights.bad_count" if written.of is None else "weights.bad_total"
            found.append(Problem(code, place, category=name, value=value))
        else:
            cells.append(Cell(values=values, count=float(value), place=place))
    raise_all(found)
    return tuple(cells)


def _leaves(categories: dict[str, Any], address: Address) -> Iterator[tuple[Address, Any]]:
    for name, value in categories.items():
        if isinstance(value, dict) and value:
            yield from _leaves(value, (*address, name))
        else:
            yield (*address, name), value


def _one_cell(written: MarginFile, document: Document) -> tuple[Cell, ...]:
    if written.total is None or written.categories:
        raise Problem("weights.one_total", document.place(("use",)), of=written.of)
    return (Cell(values=(), count=written.total, place=document.place(("total",))),)


def is_count(value: object, *, signed: bool) -> bool:
    """A finite number; the total of a number may be negative, a count may not."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and (signed or value >= 0)


def _check_total(margin: Margin, written: MarginFile, document: Document) -> None:
    if margin.of is None and margin.total <= 0:
        raise Problem("weights.nobody", margin.place)
    if written.total is not None and not math.isclose(written.total, margin.total, rel_tol=1e-9):
        decimals = 0 if written.total.is_integer() and margin.total.is_integer() else 3
        raise Problem(
            "weights.wrong_total",
            document.place(("total",)),
            total=number(written.total, decimals),
            sum=number(margin.total, decimals),
        )
