"""A crosstab: its columns, a table per question, the tests of every pair of columns, and what must be said of them."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from alliage.crosstabs import printing, workbook
from alliage.crosstabs.layout import Figures
from alliage.crosstabs.letters import Pair
from alliage.crosstabs.notes import Notes
from alliage.estimates.families import Multiplicity
from alliage.estimates.level1 import Bools
from alliage.estimates.printing import Printed
from alliage.estimates.stages import Codes, Floats
from alliage.text import Language

RowKind = Literal["answer", "net", "mean"]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table; the one of a mean has no label of its own."""

    label: str
    kind: RowKind


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the banner. Everyone's has no group, no label and no letter."""

    group: str  # the question of the banner
    label: str
    letter: str
    span: int  # rank of the group in the banner, 0 being everyone


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A question (R rows) by the banner (C columns, P tested pairs). Shares lie between 0 and 1.

    The base is whoever answered the question: it may differ from one table to another.
    """

    label: str
    rows: tuple[Row, ...]
    value: Floats  # R x C: share of the column, or mean
    standard_error: Floats  # R x C
    row_share: Floats  # R x C: part of those who gave the answer that are in the column; nan for a mean
    n: Codes  # R x C: respondents who gave the answer; the base for a mean
    weighted: Floats  # R x C: sum of their weights
    letters: NDArray[np.object_]  # R x C
    base: Codes  # C: respondents
    effective: Floats  # C: effective base, (sum w)^2 / sum w^2
    weight_sum: Floats  # C
    enough: Bools  # C: not under the minimum base
    p: Floats  # R x P; nan where the pair is not tested
    p_adjusted: Floats  # R x P: within the family of the row and group of columns

    @property
    def is_mean(self) -> bool:
        return self.rows[0].kind == "mean"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Crosstab(Printed):
    """Tables that share a banner. One line per figure in `to_arrow`, one per tested pair in `tests_to_arrow`."""

    title: str
    columns: tuple[Column, ...]  # C, everyone first
    tables: tuple[Table, ...]
    pairs: tuple[Pair, ...]  # P
    notes: Notes
    strong: float  # a capital letter: p below this
    weak: float | None  # a small letter: p below this
    multiplicity: Multiplicity
    minimum_base: int

    def to_arrow(self) -> pa.Table:
        """One row per figure: question, row, column, then everything about it."""
        lines = []
        for table in self.tables:
            for rank, row in enumerate(table.rows):
                for place, column in enumerate(self.columns):
                    here = (rank, place)
                    lines.append(
                        {
                            "question": table.label,
                            "row": row.label,
                            "kind": row.kind,
                            "group": column.group,
                            "column": column.label,
                            "letter": column.letter,
                            "value": float(table.value[here]),
                            "standard_error": float(table.standard_error[here]),
                            "above": str(table.letters[here]),
                            "row_share": float(table.row_share[here]),
                            "n": int(table.n[here]),
                            "weighted": float(table.weighted[here]),
                            "base": int(table.base[place]),
                            "base_effective": float(table.effective[place]),
                            "base_weighted": float(table.weight_sum[place]),
                            "tested": bool(table.enough[place]) and bool(column.letter),
                        }
                    )
        return pa.Table.from_pylist(lines)

    def tests_to_arrow(self) -> pa.Table:
        """One row per pair of columns and row of a table: the difference a - b, its probability, alone and adjusted."""
        lines = []
        for table in self.tables:
            for rank, row in enumerate(table.rows):
                for pair, (left, right) in enumerate(self.pairs):
                    if np.isfinite(table.p[rank, pair]):
                        lines.append(
                            {
                                "question": table.label,
                                "row": row.label,
                                "group": self.columns[left].group,
                                "a": self.columns[left].label,
                                "b": self.columns[right].label,
                                "difference": float(table.value[rank, left] - table.value[rank, right]),
                                "p_value": float(table.p[rank, pair]),
                                "p_adjusted": float(table.p_adjusted[rank, pair]),
                            }
                        )
        return pa.Table.from_pylist(lines, schema=TESTS)

    def to_json(self, language: Language = "fr") -> str:
        """Figures, tests and notes; no value is null."""
        content = {
            "title": self.title,
            "notes": [note[language] for note in self.notes.all],
            "figures": [_plain(line) for line in self.to_arrow().to_pylist()],
            "tests": [_plain(line) for line in self.tests_to_arrow().to_pylist()],
        }
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"

    def to_xlsx(
        self,
        path: str | Path,
        *,
        language: Language = "fr",
        figures: Figures = ("column",),
        decimals: int = 0,
    ) -> None:
        """A workbook: a contents sheet with the notes, a sheet per question. An older file of that name is replaced.

        figures: among "column" (% of the column, or mean, with letters), "row", "n", "weighted", "error"; decimals:
        those of percentages. Raises Problem crosstabs.not_writable, crosstabs.figures.
        """
        workbook.write(self, Path(path), language=language, figures=figures, decimals=decimals)

    def written(self, language: Language = "fr", figures: Figures = ("column",), decimals: int = 0) -> str:
        """The tables as text, letters beside the figures, the notes at the foot."""
        return printing.written(self, language, figures, decimals)

    def __repr__(self) -> str:
        return self.written()


TESTS = pa.schema(
    [
        *((name, pa.string()) for name in ("question", "row", "group", "a", "b")),
        *((name, pa.float64()) for name in ("difference", "p_value", "p_adjusted")),
    ]
)


def _plain(line: dict[str, Any]) -> dict[str, Any]:
    return {
        name: None if isinstance(value, float) and not math.isfinite(value) else value for name, value in line.items()
    }
