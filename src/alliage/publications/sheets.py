"""The CSV files of a release: tables, gaps and figures, each column a variable of the codebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from alliage.publications.files import csv_bytes

Record = Mapping[str, Any]

CELL_COLUMNS = (
    "id", "indicator", "item", "audience", "wave", "by", "domain", "state", "symbol", "value", "low95", "high95",
    "low50", "high50", "band_low", "band_high", "step", "unit", "n_class", "n_effective_class", "deff", "margin",
    "parent", "display_fr", "display_en", "interval_fr", "interval_en", "sentence_fr", "sentence_en", "notice_fr",
    "notice_en",
)  # fmt: skip
GAP_COLUMNS = (
    "id", "kind", "a", "b", "state", "unit", "value", "low", "high", "excludes_zero", "step", "family", "margin",
    "verdict", "display_fr", "display_en", "interval_fr", "interval_en", "sentence_fr", "sentence_en", "notice_fr",
    "notice_en",
)  # fmt: skip


def cells_csv(cells: Iterable[Record], notices: Sequence[Record]) -> bytes:
    """`tables/{indicator}.csv`."""
    return csv_bytes(CELL_COLUMNS, (_row(cell, CELL_COLUMNS, notices) for cell in cells))


def gaps_csv(gaps: Iterable[Record], notices: Sequence[Record]) -> bytes:
    """`gaps/{indicator}.csv`."""
    return csv_bytes(GAP_COLUMNS, (_row(gap, GAP_COLUMNS, notices) for gap in gaps))


def figure_csv(table: Record, notices: Sequence[Record]) -> bytes:
    """`figures/{figure}.csv`: the table on the page, French then English, then what must be repeated."""
    columns = [f"{column[language]} ({language})" for language in ("fr", "en") for column in table["columns"]]
    rows = ([_unsigned(field[language]) for language in ("fr", "en") for field in row] for row in table["rows"])
    notice = [_joined(notices, "fr"), _joined(notices, "en")]
    return csv_bytes([*columns, "notice_fr", "notice_en"], ([*row, *notice] for row in rows))


def _row(record: Record, columns: Sequence[str], notices: Sequence[Record]) -> list[object]:
    flat: dict[str, object] = {name: value for name, value in record.items() if not isinstance(value, Mapping)}
    for name, value in record.items():
        if isinstance(value, Mapping):
            flat.update({f"{name}_{part}": inside for part, inside in value.items()})
    flat["notice_fr"], flat["notice_en"] = _joined(notices, "fr"), _joined(notices, "en")
    return [_told(flat.get(column)) for column in columns]


def _told(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _unsigned(value) if isinstance(value, str) else value


def _unsigned(words: str) -> str:
    """« +9 points » is written « 9 points »: a sheet would take it for a formula, and without a minus it is positive.

    The true minus sign of « −9 points » is no formula to any sheet.
    """
    return words[1:] if words.startswith("+") and words[1:2].isdigit() else words


def _joined(notices: Sequence[Record], language: str) -> str:
    return " ".join(notice[language] for notice in notices)
