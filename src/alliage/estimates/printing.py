"""Results that read as a table in a terminal and in a notebook, and leave as Arrow, pandas, Polars or dictionaries."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from html import escape
from importlib import import_module
from typing import Any, TypeAlias, cast

import pyarrow as pa

from alliage.problems import Problem

Value: TypeAlias = str | int | float
DIGITS = 7  # significant, as R shows them
NOTHING = "–"
# Columns of probabilities, in both languages: four decimals, and "<0.0001" below, where more digits say nothing.
PROBABILITIES = frozenset({"p", "p_value", "p_adjusted", "p_ajustee"})
SMALLEST_WRITTEN = 0.0001
SHOWN = 200  # rows, where a result is read and not written to a file


class Printed(ABC):
    """What a columnar result is: it says `to_arrow`, everything else is given here."""

    __slots__ = ()

    @abstractmethod
    def to_arrow(self) -> pa.Table:
        """One row per figure."""

    def to_dicts(self) -> list[dict[str, Value]]:
        """One flat dictionary per row."""
        return cast(list[dict[str, Value]], self.to_arrow().to_pylist())

    def to_pandas(self) -> Any:
        """A pandas DataFrame. Raises Problem estimates.not_installed where pandas is not."""
        _installed("pandas")
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """A Polars DataFrame. Raises Problem estimates.not_installed where Polars is not."""
        return _installed("polars").from_arrow(self.to_arrow())

    def __repr__(self) -> str:
        rows, left = self._first_rows()
        return text_table(rows) + (f"\n{left}" if left else "")

    def _repr_html_(self) -> str:
        rows, left = self._first_rows()
        return html_table(rows) + (f"<p>{left}</p>" if left else "")

    def _first_rows(self) -> tuple[list[dict[str, Value]], str]:
        """The rows to show, and how many out of how many where these are not all."""
        table = self.to_arrow()
        left = f"({SHOWN} / {table.num_rows})" if table.num_rows > SHOWN else ""
        return cast(list[dict[str, Value]], table.slice(0, SHOWN).to_pylist()), left


def _installed(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise Problem("estimates.not_installed", package=name) from None


def text_table(rows: list[dict[str, Value]]) -> str:
    """The rows as a text table, columns aligned; a column that holds nothing anywhere is left out."""
    if not rows:
        return "(0)"
    columns = _columns(rows)
    aligned = []
    for name, values in columns.items():
        words = [name, *_words(name, values)]
        width = max(map(len, words))
        aligned.append([word.ljust(width) if _is_text(values) else word.rjust(width) for word in words])
    return "\n".join("  ".join(line).rstrip() for line in zip(*aligned, strict=True))


def html_table(rows: list[dict[str, Value]]) -> str:
    """The same as a plain HTML table, every word escaped."""
    columns = _columns(rows)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    written = [(_is_text(values), _words(name, values)) for name, values in columns.items()]
    body = "".join(
        "<tr>" + "".join(_cell(words[row], is_text) for is_text, words in written) + "</tr>" for row in range(len(rows))
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(word: str, is_text: bool) -> str:
    return f"<td>{escape(word)}</td>" if is_text else f'<td style="text-align: right">{escape(word)}</td>'


def _columns(rows: list[dict[str, Value]]) -> dict[str, list[Value]]:
    """The columns that hold something."""
    columns = {name: [row[name] for row in rows] for name in (rows[0] if rows else ())}
    return {name: values for name, values in columns.items() if any(map(_holds, values))}


def _is_text(values: Sequence[Value]) -> bool:
    return isinstance(values[0], str)


def _holds(value: Value) -> bool:
    return value != "" and value == value


def _words(name: str, values: Sequence[Value]) -> list[str]:
    return list(map(_probability, values)) if name in PROBABILITIES else written_column(values)


def _probability(value: Value) -> str:
    """A printed 0.0000000 would claim what no test can."""
    if not isinstance(value, float):
        return str(value)
    if not math.isfinite(value):
        return NOTHING
    return f"<{SMALLEST_WRITTEN}" if value < SMALLEST_WRITTEN else f"{value:.4f}"


def written_column(values: Sequence[Value]) -> list[str]:
    """The values of one column as R shows them: as many decimals for all, seven digits at most for the largest.

    A total keeps every digit of its whole part, which 2.63927e+06 would hide.
    """
    numbers = [value for value in values if isinstance(value, float) and math.isfinite(value)]
    largest = max(map(abs, numbers), default=0.0)
    decimals = min(max(DIGITS - 1 - math.floor(math.log10(largest)), 0), 15) if largest else 0
    while decimals and all(f"{number:.{decimals}f}".endswith("0") for number in numbers):
        decimals -= 1
    return [_written(value, decimals) for value in values]


def _written(value: Value, decimals: int) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:.{decimals}f}" if math.isfinite(value) else NOTHING
