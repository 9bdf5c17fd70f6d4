"""The lines of a table as they are shown, on paper or in a workbook: bases first, then each row's figures."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from alliage.catalogue.declarations import did_you_mean
from alliage.estimates.stages import Codes, Floats
from alliage.problems import Problem
from alliage.text import Text

if TYPE_CHECKING:  # results are shown with this
    from alliage.crosstabs.results import Table

FigureName = Literal["column", "row", "n", "weighted", "error"]
Figures = Sequence[FigureName]
LineKind = Literal["base", "answer", "net", "mean"]
NumberKind = Literal["share", "count", "mean"]

EVERYONE = Text(fr="Ensemble", en="Total")
MEAN = Text(fr="Moyenne", en="Mean")
BASES = (
    Text(fr="Base (répondants)", en="Base (respondents)"),
    Text(fr="Base efficace", en="Effective base"),
    Text(fr="Base pondérée", en="Weighted base"),
)
FIGURES: dict[FigureName, Text] = {
    "column": Text(fr="% en colonne", en="column %"),
    "row": Text(fr="% en ligne", en="row %"),
    "n": Text(fr="répondants", en="respondents"),
    "weighted": Text(fr="pondéré", en="weighted"),
    "error": Text(fr="erreur type", en="standard error"),
}
# Four digits of a mean at most, two of them decimals.
MEAN_DIGITS, MEAN_DECIMALS = 4, 2


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One line: what it is of, which figure, its C numbers, and the letters beside them when it is the tested one."""

    label: Text
    kind: LineKind
    figure: Text | None  # None where one line says it all
    numbers: Floats | Codes  # C
    number: NumberKind
    decimals: int
    letters: NDArray[np.object_] | None = None


def lines_of(table: Table, figures: Figures, decimals: int) -> Iterator[Line]:
    """Respondents, effective and weighted bases, then the figures of every row. decimals: of percentages."""
    bases: tuple[Floats | Codes, ...] = (table.base, table.effective, table.weight_sum)
    for label, numbers in zip(BASES, bases, strict=True):
        yield Line(label, "base", None, numbers, "count", 0)
    several = len(figures) > 1
    for rank, row in enumerate(table.rows):
        label = MEAN if row.kind == "mean" else Text(fr=row.label, en=row.label)
        values: dict[FigureName, Floats | Codes] = {
            "column": table.value[rank],
            "row": table.row_share[rank],
            "n": table.n[rank],
            "weighted": table.weighted[rank],
            "error": table.standard_error[rank],
        }
        for figure in figures:
            if row.kind == "mean" and figure not in {"column", "error"}:
                continue
            number: NumberKind = "count" if figure in {"n", "weighted"} else "mean" if row.kind == "mean" else "share"
            wanted = {"count": 0, "mean": _decimals(table.value[rank]), "share": decimals}[number]
            named = several and not (row.kind == "mean" and figure == "column")
            yield Line(
                label=label,
                kind=row.kind,
                figure=FIGURES[figure] if named else None,
                numbers=values[figure],
                number=number,
                # An error is read one digit further than its figure.
                decimals=wanted + (figure == "error"),
                letters=table.letters[rank] if figure == "column" else None,
            )


def checked_figures(asked: Sequence[str]) -> Figures:
    """Those asked for, or Problem crosstabs.figures."""
    found: list[FigureName] = []
    for name in asked:
        match = next((known for known in FIGURES if known == name), None)
        if match is None:
            raise Problem(
                "crosstabs.figures",
                figure=name,
                known=", ".join(FIGURES),
                suggestion=did_you_mean(name, list(FIGURES)),
            )
        found.append(match)
    return tuple(dict.fromkeys(found)) or ("column",)


def _decimals(means: Floats) -> int:
    largest = max((abs(mean) for mean in means if math.isfinite(mean)), default=0.0)
    whole = math.floor(math.log10(largest)) + 1 if largest >= 1 else 1
    return max(min(MEAN_DIGITS - whole, MEAN_DECIMALS), 0)
