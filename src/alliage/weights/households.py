"""Households: one weight for all the members, margins of persons and of households met together.

As Calmar's two levels (Sautory, 1993): the household is the unit, and what its members count in is added up. With
`scale` = 1 / number of members, the same as Lemaître and Dufour (1987), and R survey's `aggregate.stage`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from alliage.catalogue.declarations import did_you_mean
from alliage.problems import Place, Problem
from alliage.text import number
from alliage.weights.coding import CodedMargin, who
from alliage.weights.profiles import first_rows

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Households:
    """Which household each row belongs to, its first row, how many rows it has."""

    of: NDArray[np.intp]  # n
    first: NDArray[np.intp]  # U
    members: NDArray[np.intp]  # U
    column: str

    @property
    def count(self) -> int:
        return len(self.first)

    def varies(self, values: NDArray[np.float64] | NDArray[np.int32]) -> NDArray[np.bool_]:
        """Rows whose value is not that of the first row of their household (n)."""
        return np.asarray(values != values[self.first][self.of])

    def sums(self, coded: CodedMargin) -> Floats:
        """What each household brings to each category of a margin (U x C)."""
        size = len(coded.cells)
        found = np.zeros((self.count, size))
        if coded.margin.level == "household":
            ones = np.ones(self.count) if coded.values is None else coded.values[self.first]
            found[np.arange(self.count), coded.codes[self.first]] = ones
            return found
        cell = self.of * size + coded.codes
        return np.bincount(cell, weights=coded.values, minlength=found.size).reshape(found.shape).astype(np.float64)


def read_households(
    responses: pa.Table, column: str, *, ids: str | None = None, place: Place | None = None
) -> Households:
    """Raises weights.unknown_household, weights.missing_value."""
    if column not in responses.column_names:
        suggestion = did_you_mean(column, responses.column_names)
        raise Problem("weights.unknown_household", place, column=column, suggestion=suggestion)
    values = responses.column(column)
    if values.null_count:
        missing = values.is_null().to_numpy()
        spoken = who(responses, missing, ids=ids)
        raise Problem("weights.missing_value", place, count=number(int(missing.sum())), variable=column, who=spoken)
    # In order of first appearance, as a dictionary numbers its words.
    of = pc.dictionary_encode(values.combine_chunks()).indices.to_numpy().astype(np.intp)
    members = np.bincount(of)
    return Households(of, first_rows(of, len(members)), members, column)


def refuse_uneven(
    households: Households,
    responses: pa.Table,
    values: NDArray[np.float64] | NDArray[np.int32],
    name: str,
    *,
    ids: str | None,
    place: Place | None,
) -> None:
    """What is said of a household is said alike by all its members. Raises weights.household_varies."""
    wrong = households.varies(values)
    if wrong.any():
        spoken = who(responses, wrong, ids=ids)
        raise Problem(
            "weights.household_varies",
            place,
            count=number(int(wrong.sum())),
            variable=name,
            household=households.column,
            who=spoken,
        )
