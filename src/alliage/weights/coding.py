"""Coded margins: for each answer the number of its category in each margin, for each category its known count or total.

Everything that would make an answer or a part of the population vanish in silence is refused here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from alliage.catalogue.declarations import did_you_mean
from alliage.problems import Place, Problem, raise_all
from alliage.text import Text, listed, number, percent, same
from alliage.weights.margins import CROSS, Cell, Level, Margin, is_count
from alliage.weights.merging import Merges
from alliage.weights.profiles import coded_words, crossed

UNKNOWN = -1  # the code of a cell the margin does not know, before it is refused
SHOWN = 5  # how many answers a message names
KNOWN = 20  # how many categories


@dataclass(frozen=True, slots=True, eq=False)
class CodedMargin:
    """One margin met by the answers: row i is in cell `codes[i]`, and cell j holds `targets[j]` in the population.

    In the total of a number, row i brings `values[i]` to its cell, and `targets[j]` is the total of cell j.
    """

    margin: Margin
    cells: tuple[Cell, ...]  # after merges; never one of count 0
    codes: NDArray[np.int32]  # n
    targets: NDArray[np.float64]
    values: NDArray[np.float64] | None = None  # n

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(cell.name or self.margin.id for cell in self.cells)


def code_margins(
    responses: pa.Table,
    margins: Sequence[Margin],
    initial: NDArray[np.float64],
    *,
    merges: Merges,
    totals: Mapping[Level, float],
    ids: str | None = None,
    place: Place | None = None,
) -> tuple[CodedMargin, ...]:
    """Code every margin, counts brought to the total of their level. Raises Problem or Problems (weights.*), all found.

    A cell is answered when a row of positive initial weight is in it.
    """
    found = [
        *(problem for margin in margins for problem in _bad_counts(margin)),
        *_unknown_variables(responses, margins),
        *_missing_values(responses, margins, ids=ids, place=place),
    ]
    raise_all(found)
    numbers = {margin.of: numbers_of(responses.column(margin.of)) for margin in margins if margin.of is not None}
    found += _not_numbers(responses, numbers, ids=ids, place=place)
    raise_all(found)
    coded = []
    for margin in margins:
        cells = _merged_cells(margin, merges)
        kept = [cell for cell in cells if cell.count > 0 or margin.of is not None]
        codes, problems = _codes(responses, margin, cells, kept, merges)
        found += problems or _empty_cells(margin, kept, codes[initial > 0])
        targets = np.array([cell.count for cell in kept], dtype=np.float64)
        if margin.of is None:
            coded.append(CodedMargin(margin, tuple(kept), codes, targets * (totals[margin.level] / margin.total)))
        else:
            coded.append(CodedMargin(margin, tuple(kept), codes, targets, numbers[margin.of]))
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
        for variable in margin.columns
        if variable not in responses.column_names
    ]


def _bad_counts(margin: Margin) -> Iterator[Problem]:
    """Margins given in code are not checked before; those of a file are."""
    wrong = [cell for cell in margin.cells if not is_count(cell.count, signed=margin.of is not None)]
    for cell in wrong:
        code = "weights.bad_count" if margin.of is None else "weights.bad_total"
        yield Problem(code, cell.place, category=cell.name or margin.id, value=cell.count)
    if not wrong and margin.of is None and margin.total <= 0:
        yield Problem("weights.nobody", margin.place)


def numbers_of(column: pa.ChunkedArray) -> NDArray[np.float64]:
    """A column as floats; what is empty or not a number becomes nan."""
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return np.array([_number(word) for word in column.to_pylist()], dtype=np.float64)
    return np.asarray(pc.fill_null(pc.cast(column, pa.float64()), np.nan).to_numpy(), dtype=np.float64)


def _number(word: str | None) -> float:
    try:
        return float(word) if word is not None else math.nan
    except ValueError:
        return math.nan


def _not_numbers(
    responses: pa.Table, numbers: Mapping[str, NDArray[np.float64]], *, ids: str | None, place: Place | None
) -> Iterator[Problem]:
    for variable, values in numbers.items():
        wrong = ~np.isfinite(values)
        if wrong.any():
            spoken = who(responses, wrong, ids=ids)
            yield Problem("weights.not_number", place, count=number(int(wrong.sum())), variable=variable, who=spoken)


def _missing_values(
    responses: pa.Table, margins: Sequence[Margin], *, ids: str | None, place: Place | None
) -> list[Problem]:
    variables = dict.fromkeys(variable for margin in margins for variable in margin.columns)
    found = []
    for variable in variables:
        if variable in responses.column_names and responses.column(variable).null_count:
            missing = responses.column(variable).is_null().to_numpy()
            found.append(
                Problem(
                    "weights.missing_value",
                    place,
                    count=number(int(missing.sum())),
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
    responses: pa.Table, margin: Margin, cells: list[Cell], kept: list[Cell], merges: Merges
) -> tuple[NDArray[np.int32], list[Problem]]:
    """The cell of every row among those `kept`; a problem for each value or cell that the margin does not count."""
    if not margin.variables:
        return np.zeros(responses.num_rows, dtype=np.int32), []
    rows, values = _distinct_cells(responses, margin)
    rank = {cell.values: place for place, cell in enumerate(kept)}
    empty = {cell.values: cell for cell in cells if cell.values not in rank}
    names = [cell.name for cell in cells]
    known = same(", ".join(names[:KNOWN]) + ("…" if len(names) > KNOWN else ""))
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
                    suggestion=did_you_mean(name, names),
                    known=known,
                )
            )
    return codes[rows], found


def _distinct_cells(responses: pa.Table, margin: Margin) -> tuple[NDArray[np.int64], list[tuple[str, ...]]]:
    """For each row the number of its combination of values, and these combinations as the answers write them."""
    columns = [coded_words(responses.column(variable)) for variable in margin.variables]
    profiles = crossed(columns)
    words = [[column.values[code] for code in part] for column, part in zip(columns, profiles.parts.T, strict=True)]
    return profiles.of, list(zip(*words, strict=True))


def _empty_cells(margin: Margin, cells: list[Cell], codes: NDArray[np.int32]) -> list[Problem]:
    answered = np.bincount(codes, minlength=len(cells))
    total = margin.total or 1.0
    return [
        Problem(
            "weights.empty_cell",
            cell.place,
            cell=cell.name,
            margin=margin.label,
            share=percent(100 * cell.count / total, 1),
            neighbour=_neighbour(cells, rank, answered),
        )
        for rank, cell in enumerate(cells)
        if answered[rank] == 0 and (margin.of is None or cell.count != 0)
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
