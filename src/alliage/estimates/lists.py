"""A list of estimates: it reads as a table, and leaves as Arrow or as plain dictionaries."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, cast, overload

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from alliage.estimates.figures import Figures
from alliage.estimates.results import Estimate, Interval
from alliage.estimates.stages import Floats
from alliage.estimates.taylor import Linearised

# What a statistician expects on every line, in this order; the domain's columns come first.
FIGURES = (
    "value",
    "standard_error",
    "low95",
    "high95",
    "low50",
    "high50",
    "n",
    "n_missing",
    "n_effective",
    "weight_sum",
    "deff",
    "df",
)
# Every column of the flat table: a breakdown that bears one of these names is written by_<name>.
COLUMNS = ("kind", "variable", "answer", *FIGURES, "margin", "method", "interval", "warnings")
DIGITS = 7  # significant, as R shows them
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Source:
    """Where an estimate comes from, for those who need its covariance with another one."""

    made: Linearised
    domain: int
    item: int


class Estimates(Sequence[Estimate]):
    """Estimates in order of variable, answer, domain. Columns of figures underneath: an `Estimate` is made when asked.

    variables, answers: k names, one per item (the answers counted by a share; "" otherwise). places: which of the
    k x D estimates of `made` these are, item by item.
    """

    __slots__ = ("_answers", "_figures", "_places", "_variables")

    def __init__(
        self,
        made: Linearised | Figures,
        variables: Sequence[str],
        answers: Sequence[str],
        places: NDArray[np.int64],
    ) -> None:
        self._figures = made if isinstance(made, Figures) else Figures(made)
        self._variables, self._answers, self._places = tuple(variables), tuple(answers), places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, rank: int) -> Estimate: ...
    @overload
    def __getitem__(self, rank: slice) -> Estimates: ...
    def __getitem__(self, rank: int | slice) -> Estimate | Estimates:
        if isinstance(rank, slice):
            return Estimates(self._figures, self._variables, self._answers, self._places[rank])
        return self._estimate(self.source(rank))

    @property
    def variables(self) -> tuple[str, ...]:
        """The variable of each estimate."""
        return tuple(self._variables[item] for item in self._items())

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers that each share counts."""
        return tuple(self._answers[item] for item in self._items())

    @property
    def made(self) -> Linearised:
        return self._figures.made

    def source(self, rank: int) -> Source:
        """Where the estimate of this rank comes from."""
        item, domain = divmod(int(self._places[rank]), self.made.domains.count)
        return Source(self.made, domain, item)

    def counted(self, rank: int) -> tuple[str, str]:
        """The variable and the answers of one estimate."""
        item = self.source(rank).item
        return self._variables[item], self._answers[item]

    def column(self, name: str) -> NDArray[Any]:
        """One figure of every estimate. name: one of FIGURES."""
        return np.asarray(self._figures.column(name).T.ravel()[self._places])

    def intervals(self, level: float) -> tuple[Floats, Floats]:
        """Low and high ends of every estimate at another level, by the same method."""
        low, high = self._figures.ends(level)
        return low.T.ravel()[self._places], high.T.ravel()[self._places]

    def to_dicts(self) -> list[dict[str, str | int | float]]:
        """One flat dictionary per estimate; a breakdown named like a figure ("n") is written "by_n"."""
        return cast(list[dict[str, str | int | float]], self.to_arrow().to_pylist())

    def to_arrow(self, figures: Sequence[str] = FIGURES) -> pa.Table:
        """One row per estimate. `figures`: those wanted; a design effect reads the rows again, the others do not."""
        items, domains = self._items(), self._places % self.made.domains.count
        parts = self.made.domains.parts
        columns: dict[str, Any] = {
            "kind": self._same(self.made.kind),
            "variable": pa.array(self._variables, pa.string()).take(items),
            "answer": pa.array(self._answers, pa.string()).take(items),
        }
        names = column_names(parts, taken=COLUMNS)
        columns |= {names[name]: pa.array(labels, pa.string()).take(domains) for name, labels in parts.items()}
        columns |= {name: self.column(name) for name in figures}
        columns["margin"] = self._same(self.made.design.margin)
        columns["method"] = self._same(self._figures.method)
        columns["interval"] = self._same(self._figures.interval)
        columns["warnings"] = self._warnings()
        return pa.table(columns)

    def _same(self, word: str) -> pa.Array:
        return pa.repeat(pa.scalar(word), len(self))

    def _warnings(self) -> pa.Array:
        told = np.full(self.made.value.size, "", dtype=object)
        for code, where in self._figures.warnings():
            here = where.T.ravel()
            told[here] = np.where(told[here] == "", code, told[here] + f" {code}")
        return pa.array(told[self._places], pa.string())

    def _items(self) -> NDArray[np.int64]:
        return self._places // self.made.domains.count

    def _estimate(self, source: Source) -> Estimate:
        figures = self._figures
        here = (source.domain, source.item)
        values = {name: figures.column(name)[here].item() for name in FIGURES}
        ends = figures.interval
        return Estimate(
            kind=self.made.kind,
            interval95=Interval(values.pop("low95"), values.pop("high95"), 0.95, ends),
            interval50=Interval(values.pop("low50"), values.pop("high50"), 0.50, ends),
            margin=self.made.design.margin,
            method=figures.method,
            domain=self.made.domains.label(source.domain),
            warnings=tuple(code for code, where in figures.warnings() if where[here]),
            **values,
        )

    def __repr__(self) -> str:
        return text_table(self.to_dicts())


def column_names(by: Collection[str], *, taken: Collection[str]) -> dict[str, str]:
    """What to call the column of each breakdown: its own name, by_<name> where that one is taken by a figure."""
    found = {name: name for name in by if name not in taken}
    for name in by:
        written = name
        while written in taken or (name not in found and written in found.values()):
            written = f"by_{written}"
        found[name] = written
    return found


def text_table(rows: list[dict[str, str | int | float]]) -> str:
    """The rows as a text table, columns aligned; a column that holds nothing anywhere is left out."""
    if not rows:
        return "(0)"
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    shown = {name: [name, *written_column(values)] for name, values in columns.items() if any(map(_holds, values))}
    aligned = []
    for name, words in shown.items():
        width = max(map(len, words))
        is_text = isinstance(columns[name][0], str)
        aligned.append([word.ljust(width) if is_text else word.rjust(width) for word in words])
    return "\n".join("  ".join(line).rstrip() for line in zip(*aligned, strict=True))


def _holds(value: str | int | float) -> bool:
    return value != "" and value == value


def written_column(values: Sequence[str | int | float]) -> list[str]:
    """The values of one column as R shows them: as many decimals for all, seven digits at most for the largest.

    A total keeps every digit of its whole part, which 2.63927e+06 would hide.
    """
    numbers = [value for value in values if isinstance(value, float) and math.isfinite(value)]
    largest = max(map(abs, numbers), default=0.0)
    decimals = min(max(DIGITS - 1 - math.floor(math.log10(largest)), 0), 15) if largest else 0
    while decimals and all(f"{number:.{decimals}f}".endswith("0") for number in numbers):
        decimals -= 1
    return [_written(value, decimals) for value in values]


def _written(value: str | int | float, decimals: int) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:.{decimals}f}" if math.isfinite(value) else NOTHING
