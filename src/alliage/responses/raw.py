"""Answers as received: every column as text, untouched, and the place in the file of each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from alliage.problems import Place

Format = Literal["csv", "xlsx", "parquet", "sav", "dta"]


@dataclass(frozen=True, slots=True)
class RawColumn:
    """What the file says of one column. `missing`: ranges of codes declared missing, ends included (Stata: letters)."""

    name: str
    label: str = ""
    value_labels: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[tuple[str, str], ...] = ()
    letters: str = ""  # XLSX: the column's letters ("C")

    def declares_missing(self, value: str) -> bool:
        """Whether a value as received lies in a range that the file declares missing."""
        for low, high in self.missing:
            if low == high == value:
                return True
            try:
                if float(low) <= float(value) <= float(high):
                    return True
            except ValueError:  # codes of a text variable: compared as text, above
                continue
        return False


@dataclass(frozen=True, slots=True, eq=False)
class RawAnswers:
    """`table`: text columns, "" where the file holds nothing. `rows`: the line (or case) of each answer, from 1."""

    file: Path
    format: Format
    table: pa.Table
    rows: NDArray[np.int64]
    columns: Mapping[str, RawColumn]

    @property
    def names(self) -> list[str]:
        return list(self.columns)

    def place(self, row: int, column: str | None = None) -> Place:
        """Where the answer of respondent number `row` (from 0) is written: a line, or a cell of a workbook."""
        line = int(self.rows[row])
        if self.format == "xlsx" and column is not None:
            return Place(self.file, cell=f"{self.columns[column].letters}{line}")
        return Place(self.file, line=line)
