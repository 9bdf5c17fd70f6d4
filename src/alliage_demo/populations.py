"""The cells of a population (region × sex × age…) and how many respondents are drawn in each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alliage_demo.assumptions import Sampling


@dataclass(frozen=True, slots=True)
class Cells:
    """A population cut in cells: the category of each variable in each cell, and the size of each cell."""

    variables: tuple[str, ...]
    categories: tuple[tuple[str, ...], ...]  # one tuple per cell, in the order of the variables
    sizes: NDArray[np.float64]

    def column(self, variable: str) -> list[str]:
        rank = self.variables.index(variable)
        return [cell[rank] for cell in self.categories]


def crossed(margins: list[tuple[tuple[str, ...], dict[tuple[str, ...], float]]]) -> Cells:
    """Cross margins known apart, as if they were independent (an assumption): each is (variables, cell -> size)."""
    variables: tuple[str, ...] = ()
    sizes: dict[tuple[str, ...], float] = {(): 1.0}
    total = sum(margins[0][1].values())
    for names, margin in margins:
        part = sum(margin.values())
        sizes = {(*cell, *more): size * count / part for cell, size in sizes.items() for more, count in margin.items()}
        variables = (*variables, *names)
    cells = {cell: size * total for cell, size in sizes.items() if size > 0}
    return Cells(variables=variables, categories=tuple(cells), sizes=np.array(list(cells.values())))


def allocated(cells: Cells, sampling: Sampling) -> NDArray[np.int64]:
    """How many respondents each cell gets: whole numbers that sum to the size, never more than the cell holds."""
    wanted = cells.sizes * np.array(
        [np.prod([sampling.tilt.get(category, 1.0) for category in cell]) for cell in cells.categories]
    )
    shares = np.zeros(len(wanted))
    groups = cells.column(sampling.equal_over) if sampling.equal_over else [""] * len(wanted)
    names = sorted(set(groups))
    for name in names:
        inside = np.array([group == name for group in groups])
        shares[inside] = wanted[inside] / wanted[inside].sum() * sampling.size / len(names)
    # Systematic rounding: the cumulated allocation is never half a respondent away from the cumulated share.
    drawn = np.diff(np.concatenate([[0], np.floor(np.cumsum(shares) + 0.5)])).astype(np.int64)
    held = np.floor(cells.sizes).astype(np.int64)
    return np.minimum(np.maximum(drawn, sampling.least), np.maximum(held, 1))
