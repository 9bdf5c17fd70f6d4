"""A crosstab as text: one block per question, letters beside the figures, notes at the foot."""

from __future__ import annotations

import math
from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from alliage.crosstabs.layout import EVERYONE, Figures, Line, checked_figures, lines_of
from alliage.text import Language, number, percent

if TYPE_CHECKING:  # results are printed with this
    from alliage.crosstabs.results import Crosstab, Table

NOTHING = "–"
WIDEST = 20  # characters of a line of a heading


def written(crosstab: Crosstab, language: Language, figures: Figures, decimals: int = 0) -> str:
    """Every table under its question, then the notes."""
    chosen = checked_figures(figures)
    head = [crosstab.title, ""] if crosstab.title else []
    blocks = [_block(crosstab, table, language, chosen, decimals) for table in crosstab.tables]
    notes = [note[language] for note in crosstab.notes.all]
    return "\n".join([*head, "\n\n".join(blocks), "", *notes]) + "\n"


def _block(crosstab: Crosstab, table: Table, language: Language, figures: Figures, decimals: int) -> str:
    lines = list(lines_of(table, figures, decimals))
    stub = [_stub(line, previous, language) for line, previous in zip(lines, [None, *lines], strict=False)]
    headings = [wrap(column.label or EVERYONE[language], WIDEST) or [""] for column in crosstab.columns]
    tall = max(map(len, headings))
    above = [""] * (tall + 2)
    columns = [_left([*above, *stub])]
    for place, column in enumerate(crosstab.columns):
        first = place == 0 or crosstab.columns[place - 1].span != column.span
        heading = [*[""] * (tall - len(headings[place])), *headings[place]]
        shown = [_number(line, place, table, language) for line in lines]
        letters = ["" if line.letters is None else str(line.letters[place]) for line in lines]
        beside = _left([*above, *letters])
        body = [f"{left} {right}".rstrip() for left, right in zip(_right(shown), beside[len(above) :], strict=True)]
        width = max(map(len, body))
        columns.append(
            _left([column.group if first else "", *heading, column.letter, *(one.ljust(width) for one in body)])
        )
    return "\n".join([table.label, *("  ".join(cells).rstrip() for cells in zip(*columns, strict=True))])


def _stub(line: Line, previous: Line | None, language: Language) -> str:
    """The label of a row, once; which figure, on each of its lines."""
    again = previous is not None and previous.label == line.label and previous.kind == line.kind
    label = "" if again else line.label[language]
    return label if line.figure is None else f"{label or ' ' * len(line.label[language])}  {line.figure[language]}"


def _number(line: Line, place: int, table: Table, language: Language) -> str:
    value = float(line.numbers[place])
    if not math.isfinite(value):
        return NOTHING
    if line.number == "share":
        return percent(100 * value, line.decimals)[language]
    mark = "*" if line.kind == "base" and not table.enough[place] else ""
    return number(value, line.decimals)[language] + mark


def _left(words: Sequence[str]) -> list[str]:
    width = max(map(len, words))
    return [word.ljust(width) for word in words]


def _right(words: Sequence[str]) -> list[str]:
    width = max(map(len, words))
    return [word.rjust(width) for word in words]
