"""Margins: how many people, communes or companies of each category the population holds, with date and source."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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

# counts: the counts are those of the population. shares: only the proportions are used.
Use = Literal["counts", "shares"]


@declared
class MarginFile:
    """A margin file. Several variables are crossed: their categories are nested, in the order of `variables`."""

    id: str
    label: Text
    variables: tuple[str, ...]
    unit: Text  # what is counted, as a plural: "communes"
    date: Date
    source: Text
    origin: Origin
    total: float | None = None
    use: Use = "counts"
    categories: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """One category of a margin: a value of each variable, how many the population holds, where it is written."""

    values: tuple[str, ...]
    count: float
    place: Place

    @property
    def name(self) -> str:
        return CROSS.join(self.values)


@dataclass(frozen=True, slots=True)
class Margin:
    """The known counts of one variable, or of several crossed, in the order of the file."""

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

    @property
    def total(self) -> float:
        return math.fsum(cell.count for cell in self.cells)


def read_margin(path: Path, *, asked_by: str = "") -> Margin:
    """Read a margin file. Raises Problem or Problems (content.*, weights.*) naming the line."""
    document = read_document(Path(path), asked_by=asked_by)
    written: MarginFile = declare(document, MarginFile)
    if not written.variables or len(set(written.variables)) < len(written.variables):
        raise Problem("weights.no_variable", document.place(("variables",)))
    cells = _cells(written, document)
    margin = Margin(
        id=written.id,
        label=written.label,
        variables=written.variables,
        unit=written.unit,
        source=written.source,
        cells=cells,
        place=document.place(("categories",)),
        date=written.date,
        origin=written.origin,
        use=written.use,
    )
    _check_total(margin, written, document)
    return margin


def make_margin(
    variables: str | tuple[str, ...],
    counts: Mapping[str, float] | Mapping[tuple[str, ...], float],
    *,
    use: Use = "counts",
) -> Margin:
    """A margin given in code: {"11": 1266, ...} for one variable, {("11", "moins_2000"): 712, ...} for several."""
    names = (variables,) if isinstance(variables, str) else variables
    name = "_".join(names)
    cells = tuple(
        Cell(values=(values,) if isinstance(values, str) else values, count=float(count), place=Place(name))
        for values, count in counts.items()
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
        use=use,
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
        elif not _is_count(value):
            found.append(Problem("weights.bad_count", place, category=name, value=value))
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


def _is_count(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0


def _check_total(margin: Margin, written: MarginFile, document: Document) -> None:
    if margin.total <= 0:
        raise Problem("weights.nobody", margin.place)
    if written.total is not None and not math.isclose(written.total, margin.total, rel_tol=1e-9):
        decimals = 0 if written.total.is_integer() and margin.total.is_integer() else 3
        raise Problem(
            "weights.wrong_total",
            document.place(("total",)),
            total=number(written.total, decimals),
            sum=number(margin.total, decimals),
        )
