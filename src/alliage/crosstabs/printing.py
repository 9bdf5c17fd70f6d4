"""A crosstab as text: one block per question, letters beside the figures, notes at the foot."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from alliage.crosstabs.layout import EVERYONE, Figures, Line, checked_figures, lines_of
from alliage.text import Language, number, percent

if TYPE_CHECKING:  # results are printed with this
    from alliage.crosstabs.results import Crosstab, Table

NOTHING = "–"


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
    columns = [_left(["", "", "", *stub])]
    for place, column in enumerate(crosstab.columns):
        first = place == 0 or crosstab.columns[place - 1].span != column.span
        label = column.label or EVERYONE[language]
        shown = [_number(line, place, table, language) for line in lines]
        letters = ["" if line.letters is None else str(line.letters[place]) for line in lines]
        beside = _left(["", "", "", *letters])
        body = [f"{left} {right}".rstrip() for left, right in zip(_right(shown), beside[3:], strict=True)]
        width = max(map(len, body))
        columns.append(
            _left([column.group if first else "", label, column.letter, *(one.ljust(width) for one in body)])
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
