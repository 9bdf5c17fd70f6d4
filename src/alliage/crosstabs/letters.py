"""Letters of significance: beside a figure, the columns of the same group it is above."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase

import numpy as np
from numpy.typing import NDArray

from alliage.estimates.families import Multiplicity, adjusted
from alliage.estimates.level1 import Bools
from alliage.estimates.stages import Floats

Pair = tuple[int, int]  # two columns, by rank


def letter_of(rank: int) -> str:
    """A to Z, then AA, AB… as the columns of a sheet."""
    letters = ""
    rank += 1
    while rank:
        rank, left = divmod(rank - 1, 26)
        letters = ascii_uppercase[left] + letters
    return letters


def adjusted_by_row(p: Floats, tested: Bools, spans: Sequence[int], method: Multiplicity) -> Floats:
    """p (rows x pairs) within the family of each row and group of the banner (`spans`: that of each pair).

    What is not tested (rows x pairs) is nan, and no part of a family.
    """
    found = np.where(tested, p, np.nan)
    owner = np.asarray(spans)
    for span in np.unique(owner):
        for row in found:
            row[owner == span] = adjusted(row[owner == span], method)
    return found


def letters_of(
    value: Floats, p: Floats, pairs: Sequence[Pair], columns: Sequence[str], *, strong: float, weak: float | None
) -> NDArray[np.object_]:
    """The letters beside every figure (rows x columns): of the columns it is above with p below `strong` (capital) or
    `weak` (small). Letters of two signs are parted by a space."""
    below: list[list[list[str]]] = [[[] for _ in row] for row in value]
    for rank, (left, right) in enumerate(pairs):
        for row in map(int, np.flatnonzero(p[:, rank] < (strong if weak is None else max(strong, weak)))):
            high, low = (left, right) if value[row, left] > value[row, right] else (right, left)
            letter = columns[low] if p[row, rank] < strong else columns[low].lower()
            below[row][high].append(letter)
    found = np.full(value.shape, "", dtype=object)
    for row, cells in enumerate(below):
        for column, letters in enumerate(cells):
            wide = any(len(letter) > 1 for letter in letters)
            found[row, column] = (" " if wide else "").join(sorted(letters, key=lambda one: (len(one), one.upper())))
    return found
