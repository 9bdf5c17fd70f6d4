"""Coded margins: for each answer the number of its category in each margin, for each category its known count.

Everything that would make an answer or a part of the population vanish in silence is refused here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from alliage.catalogue.declarations import did_you_mean
from alliage.problems import Place, Problem, raise_all
from alliage.text import Text, listed, number, percent, same
from alliage.weights.margins import CROSS, Cell, Margin
from alliage.weights.merging import Merges

UNKNOWN = -1  # the code of a cell the margin does not know, before it is refused
SHOWN = 5  # how many answers a message names


@dataclass(frozen=True, slots=True, eq=False)
class CodedMargin:
    """One margin met by the answers: row i is in cell `codes[i]`, and cell j holds `targets[j]` in the population."""

    margin: Margin
    cells: tuple[Cell, ...]  # after merges; never one of count 0
    codes: NDArray[np.int32]  # n
    targets: NDArray[np.float64]

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(cell.name for cell in self.cells)


def code_margins(
    responses: pa.Table,
    margins: Sequence[Margin],
    initial: NDArray[np.float64],
    *,
    merges: Merges,
    total: float,
    ids: str | None = None,
    place: Place | None = None,
) -> tuple[CodedMargin, ...]:
    """Code every margin, its counts brought to `total`. Raises Problem or Problems (weights.*), all found at once.

    A cell is answered when a row of positive initial weight is in it.
    """
    found = [
        *_unknown_variables(responses, margins),
        *_missing_values(responses, margins, ids=ids, place=place),
    ]
    raise_all(found)
    coded = []
    for margin in margins:
        cells = _merged_cells(margin, merges)
        codes, problems = _codes(responses, margin, cells, merges)
        kept = [cell for cell in cells if cell.count > 0]
        found += problems or _empty_cells(margin, kept, codes[initial > 0])
        scale = total / margin.total
        targets = np.array([cell.count for cell in kept], dtype=np.float64) * scale
        coded.append(CodedMargin(margin=margin, cells=tuple(kept), codes=codes, targets=targets))
    raise_all(found)
    return tuple(coded)


def who(responses: pa.Table, wrong: NDArray[np.bool_], *, ids: str | None) -> Text:
    """The first answers of a selection, by id where there is one, by row (from 1) otherwise."""
    rows = np.flatnonzero(wrong)
    more = "…" if len(rows) > SHOWN else ""
    if ids is not None and ids in responses.column_names:
        names = ", ".join(str(responses.column(ids)[int(row)].as_py()) for row in rows[:SHOWN])
        return Text(fr=f"identifiants {names}{more}", en=f"ids {names}{more}")
    names = ", ".join(str(int(row) + 1) for row in rows[:SHOWN])
    return Text(fr=f"réponses n° {names}{more}", en=f"answers no. {names}{more}")


def _unknown_variables(responses: pa.Table, margins: Sequence[Margin]) -> list[Problem]:
    return [
        Problem(
            "weights.unknown_variable",
            margin.place,
            margin=margin.label,
            variable=variable,
            suggestion=did_you_mean(variable, responses.column_names),
        )
        for margin in margins
        for variable in margin.variables
        if variable not in responses.column_names
    ]


def _missing_values(
    responses: pa.Table, margins: Sequence[Margin], *, ids: str | None, place: Place | None
) -> list[Problem]:
    variables = dict.fromkeys(variable for margin in margins for variable in margin.variables)
    found = []
    for variable in variables:
        if variable in responses.column_names and responses.column(variable).null_count:
            missing = responses.column(variable).is_null().to_numpy()
            found.append(
                Problem(
                    "weights.missing_value",
                    place,
                    count=int(missing.sum()),
                    variable=variable,
                    who=who(responses, missing, ids=ids),
                )
            )
    return found


def _merged_cells(margin: Margin, merges: Merges) -> list[Cell]:
    """The cells of a margin after merges, in the order of the file, each at the line of the one that stays."""
    gathered: dict[tuple[str, ...], list[Cell]] = {}
    for cell in margin.cells:
        gathered.setdefault(merges.cell(margin.variables, cell.values), []).append(cell)
    return [
        Cell(
            values=values,
            count=math.fsum(cell.count for cell in group),
            place=next((cell.place for cell in group if cell.values == values), group[0].place),
        )
        for values, group in gathered.items()
    ]


def _codes(
    responses: pa.Table, margin: Margin, cells: list[Cell], merges: Merges
) -> tuple[NDArray[np.int32], list[Problem]]:
    """The cell of every row; a problem for each value or cell that the margin does not count."""
    rows, values = _distinct_cells(responses, margin)
    rank = {cell.values: place for place, cell in enumerate(cell for cell in cells if cell.count > 0)}
    empty = {cell.values: cell for cell in cells if cell.count == 0}
    known = same(", ".join(cell.name for cell in cells[:20]) + ("…" if len(cells) > 20 else ""))
    answered = np.bincount(rows, minlength=len(values))
    codes, found = np.full(len(values), UNKNOWN, dtype=np.int32), []
    for place, value in enumerate(values):
        merged = merges.cell(margin.variables, value)
        codes[place] = rank.get(merged, UNKNOWN)
        count = number(int(answered[place]))
        if merged in empty:
            cell = empty[merged]
            found.append(Problem("weights.zero_cell", cell.place, count=count, cell=cell.name, margin=margin.label))
        elif merged not in rank:
            name = CROSS.join(merged)
            found.append(
                Problem(
                    "weights.unknown_category",
                    margin.place,
                    count=count,
                    category=name,
                    margin=margin.label,
                    known=known,
                )
            )
    return codes[rows], found


def _distinct_cells(responses: pa.Table, margin: Margin) -> tuple[NDArray[np.intp], list[tuple[str, ...]]]:
    """For each row the number of its combination of values, and these combinations as the answers write them."""
    rows = np.zeros(responses.num_rows, dtype=np.int64)
    words: list[list[str]] = []
    for variable in margin.variables:
        column = pc.cast(responses.column(variable), pa.string()).combine_chunks().dictionary_encode()
        names = column.dictionary.to_pylist()
        # Renumbered after each variable, so that the number of combinations never outgrows the rows.
        rows = rows * len(names) + column.indices.to_numpy()
        seen, rows = np.unique(rows, return_inverse=True)
        before = words or [[]]
        words = [[*before[int(code) // len(names)], names[int(code) % len(names)]] for code in seen]
    return rows.astype(np.intp), [tuple(combination) for combination in words]


def _empty_cells(margin: Margin, cells: list[Cell], codes: NDArray[np.int32]) -> list[Problem]:
    answered = np.bincount(codes, minlength=len(cells))
    return [
        Problem(
            "weights.empty_cell",
            cell.place,
            cell=cell.name,
            margin=margin.label,
            share=percent(100 * cell.count / margin.total, 1),
            neighbour=_neighbour(cells, rank, answered),
        )
        for rank, cell in enumerate(cells)
        if answered[rank] == 0
    ]


def _neighbour(cells: list[Cell], rank: int, answered: NDArray[np.intp]) -> str:
    """The nearest answered category in the order of the file; in a crossed margin, inside the same first categories."""
    others = [other for other in range(len(cells)) if answered[other] > 0]
    if not others:
        return "?"
    here = cells[rank].values
    nearest = min(others, key=lambda other: (cells[other].values[:-1] != here[:-1], abs(other - rank), other))
    return cells[nearest].name


def named(margins: Sequence[Margin]) -> Text:
    """The margins in a sentence."""
    return listed([Text(fr=f"« {margin.label.fr} »", en=f"“{margin.label.en}”") for margin in margins])
