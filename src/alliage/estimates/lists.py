"""A list of estimates: it reads as a table, and leaves as Arrow or as plain dictionaries."""

from __future__ import annotations

from collections.abc import Sequence
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
        """One flat dictionary per estimate."""
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
    first.update(estimate.domain)
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


def text_table(rows: list[dict[str, str | int | float]]) -> str:
    """The rows as a text table, columns aligned; a column empty everywhere is left out."""
    if not rows:
        return "(0)"
    names = [name for name in rows[0] if any(row[name] != "" for row in rows)]
    cells = [[_shown(row[name]) for name in names] for row in rows]
    widths = [max(len(name), *(len(line[rank]) for line in cells)) for rank, name in enumerate(names)]
    right = [not isinstance(rows[0][name], str) for name in names]
    lines = [names, *cells]
    return "\n".join(
        "  ".join(
            word.rjust(width) if aligned else word.ljust(width)
            for word, width, aligned in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in lines
    )


def _shown(value: str | int | float) -> str:
    if not isinstance(value, float):
        return str(value)
    # Six significant digits; a total keeps every digit of its whole part, which 2.63927e+06 would hide.
    return f"{value:.0f}" if 1e6 <= abs(value) < 1e15 else f"{value:.6g}"
