"""A list of estimates: it reads as a table, and leaves as Arrow or as plain dictionaries."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import overload

import pyarrow as pa

from alliage.estimates.results import Estimate
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


@dataclass(frozen=True, slots=True)
class Estimates(Sequence[Estimate]):
    """Estimates in order of variable, answer, domain. `variables` and `answers` go with them, one for one."""

    estimates: tuple[Estimate, ...]
    variables: tuple[str, ...]
    answers: tuple[str, ...]  # the answers counted by a share; "" otherwise
    sources: tuple[Source, ...] = field(repr=False)

    def __len__(self) -> int:
        return len(self.estimates)

    @overload
    def __getitem__(self, rank: int) -> Estimate: ...
    @overload
    def __getitem__(self, rank: slice) -> Estimates: ...
    def __getitem__(self, rank: int | slice) -> Estimate | Estimates:
        if isinstance(rank, int):
            return self.estimates[rank]
        return Estimates(self.estimates[rank], self.variables[rank], self.answers[rank], self.sources[rank])

    def to_dicts(self) -> list[dict[str, str | int | float]]:
        """One flat dictionary per estimate; a breakdown named like a figure ("n") is written "by_n"."""
        return [
            _flat(estimate, variable, answer)
            for estimate, variable, answer in zip(self.estimates, self.variables, self.answers, strict=True)
        ]

    def to_arrow(self) -> pa.Table:
        """One row per estimate."""
        return pa.Table.from_pylist(self.to_dicts())

    def __repr__(self) -> str:
        return text_table(self.to_dicts())


def _flat(estimate: Estimate, variable: str, answer: str) -> dict[str, str | int | float]:
    first: dict[str, str | int | float] = {"kind": estimate.kind, "variable": variable, "answer": answer}
    names = column_names(estimate.domain, taken=COLUMNS)
    first.update({names[name]: category for name, category in estimate.domain.items()})
    ends = {
        "low95": estimate.interval95.low,
        "high95": estimate.interval95.high,
        "low50": estimate.interval50.low,
        "high50": estimate.interval50.high,
    }
    first.update({name: ends[name] if name in ends else getattr(estimate, name) for name in FIGURES})
    first.update(
        margin=estimate.margin,
        method=estimate.method,
        interval=estimate.interval95.method,
        warnings=" ".join(estimate.warnings),
    )
    return first


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
