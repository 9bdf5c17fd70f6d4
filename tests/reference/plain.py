"""The estimators written as in a textbook: rows as dictionaries, loops, one domain at a time. Slow on purpose.

Used to check the engine on designs that hypothesis invents; R checks it on those we chose.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import fsum, inf, sqrt

Row = dict[str, float | str | None]


def value_and_influence(rows: Sequence[Row], kind: str, inside: Callable[[Row], bool]) -> tuple[float, list[float]]:
    """The estimate, and each row's influence times its weight (0 outside the domain or without an answer)."""
    base = [inside(row) and row["y"] is not None for row in rows]
    y = [row["w"] * row["y"] if b else 0.0 for row, b in zip(rows, base, strict=True)]
    w = [row["w"] if b else 0.0 for row, b in zip(rows, base, strict=True)]
    if kind == "total":
        return fsum(y), y
    mean = fsum(y) / fsum(w)
    return mean, [row["w"] * (row["y"] - mean) / fsum(w) if b else 0.0 for row, b in zip(rows, base, strict=True)]


def standard_error(rows: Sequence[Row], influence: Sequence[float], *, fpc: bool) -> float:
    """Stratified, one or two stages: stratum "h", unit "psu", its population "N"; second stage "ssu" with "M"."""
    found = 0.0
    for stratum in sorted({row["h"] for row in rows}):
        own = [(row, z) for row, z in zip(rows, influence, strict=True) if row["h"] == stratum]
        units = sorted({row["psu"] for row, _ in own})
        size = own[0][0]["N"] if fpc else inf
        totals = [fsum(z for row, z in own if row["psu"] == unit) for unit in units]
        found += _between(totals, size)
        if not fpc:
            continue
        for unit in units:
            inner = [(row, z) for row, z in own if row["psu"] == unit]
            parts = [fsum(z for row, z in inner if row["ssu"] == s) for s in sorted({row["ssu"] for row, _ in inner})]
            found += len(units) / size * _between(parts, inner[0][0]["M"])
    return sqrt(found)


def _between(totals: Sequence[float], size: float) -> float:
    n = len(totals)
    if n == size:
        return 0.0
    mean = fsum(totals) / n
    left = 1.0 if size == inf else (size - n) / size
    return left * n / (n - 1) * fsum((total - mean) ** 2 for total in totals)
