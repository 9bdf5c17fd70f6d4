"""Sums whose digits do not depend on the order of the rows.

An engine adds floats in whatever order its threads bring them, and the last digits change from run to run. Here each
term is cut in pieces that are multiples of a power of two so coarse that sums of them are exact, whatever the order:
(t + c) - c with c = 1.5 x 2^k keeps the high piece of t, the rest is cut again. Demmel and Nguyen (2015), "Parallel
reproducible summation". It needs nothing but float64 additions, so that every engine gives the same bits.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from alliage.tables import sql

# After three pieces, what is left of the largest term is below 2^-100 of it, for up to a billion rows.
PIECES = 3
MANTISSA = 53


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of float64 terms. term: SQL, null where there is nothing to add.

    largest     no term is larger than this, in absolute value
    smallest    no term but 0 is smaller than this, where that is known: fewer pieces are then enough
    """

    term: str
    largest: float = math.inf
    smallest: float = 0.0

    def plain(self) -> str:
        return f"SUM({self.term})"


def shifts(asked: Sum, rows: int) -> list[float]:
    """The constants c that cut the terms, coarsest first; none when the terms have no known bound."""
    if not math.isfinite(asked.largest) or rows == 0:
        return []
    exponent = math.frexp(asked.largest)[1] if asked.largest > 0 else 0
    growth = math.ceil(math.log2(rows)) if rows > 1 else 0
    finest = math.frexp(asked.smallest)[1] - MANTISSA if asked.smallest > 0 else -math.inf
    found = []
    for _ in range(PIECES):
        if exponent + growth > 1000 or exponent + growth < -900:
            return []
        found.append(math.ldexp(1.5, exponent + growth))
        unit = exponent + growth - (MANTISSA - 1)
        if unit <= finest:
            break
        exponent = unit - 1
    return found


def piece(term: str, cut: float) -> str:
    """The high piece of a term."""
    return f"(({term} + {sql.real(cut)}) - {sql.real(cut)})"
