"""What is weighted, answers or households, and the columns whose weighted sums are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from alliage.problems import Place
from alliage.studies.declarations import Weighting
from alliage.weights.coding import CodedMargin
from alliage.weights.constraints import Constraints, Floats
from alliage.weights.households import Households
from alliage.weights.margins import Level
from alliage.weights.results import CalibrationMethod, Reached

# Starting weights farther than that from the population are brought to it, where no bounds say what far is.
NEAR = (0.2, 5.0)


@dataclass(frozen=True, slots=True, eq=False)
class Calibrating:
    """What is to be calibrated: coded margins, starting weights of all rows (n), what the weighting asks."""

    coded: tuple[CodedMargin, ...]
    initial: Floats
    weighting: Weighting
    totals: Mapping[Level, float]
    is_weighted: bool = False  # a column gave the starting weights
    q: Floats | None = None  # n
    households: Households | None = None
    place: Place | None = None

    @property
    def method(self) -> CalibrationMethod:
        asked = self.weighting.method
        assert asked != "none"
        return "truncated" if asked == "linear" and self.weighting.bounds is not None else asked

    @property
    def rescaled(self) -> float:
        """What starting weights are multiplied by before any factor."""
        away, rescale = to_population(self), self.weighting.rescale
        if self.is_plain or rescale is False:
            return 1.0
        low, high = self.weighting.bounds or NEAR
        return away if rescale or not self.is_weighted or not low < away < high else 1.0

    @property
    def is_plain(self) -> bool:
        """A raking of persons on counts, which needs nothing but its codes."""
        return (
            self.method in {"rake", "poststratify"}
            and all(margin.values is None for margin in self.coded)
            and self.weighting.bounds is None
            and not self.weighting.costs
            and self.q is None
            and self.households is None
        )


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """What is weighted: the rows of positive weight, or their households; K columns, and how to go back to rows."""

    constraints: Constraints
    initial: Floats  # of the units, rescaled
    q: Floats | None
    ridge: Floats | None
    rows: NDArray[np.intp]  # the rows that count
    unit: NDArray[np.intp]  # their unit

    def expanded(self, units: Floats, n: int) -> Floats:
        """From one number per unit to one per row, 0 for those that do not count."""
        found = np.zeros(n)
        found[self.rows] = units[self.unit]
        return found


def reached(coded: Sequence[CodedMargin], weights: Floats, asked: Calibrating) -> tuple[Reached, ...]:
    """What weights of all rows (n) make of every known count and total."""
    found = []
    for margin in coded:
        shared = weights
        if asked.households is not None and margin.margin.level == "household":
            shared = weights / asked.households.members[asked.households.of]
        brought = shared if margin.values is None else shared * margin.values
        sums = np.bincount(margin.codes, weights=brought, minlength=len(margin.cells))
        for cell, wanted, sum_ in zip(margin.cells, margin.targets.tolist(), sums.tolist(), strict=True):
            exact = margin.margin.id not in asked.weighting.costs
            found.append(Reached(margin.margin.id, cell.name, wanted, sum_, exact))
    return tuple(found)


def sizes_of(asked: Calibrating) -> Floats:
    """What the gap of each count and total is compared with, in the order of the margins."""
    sizes = []
    for margin in asked.coded:
        contents = np.abs(margin.targets)
        if margin.values is not None:
            # A total of zero is compared with what it is made of, taken without signs.
            whole = float(asked.initial @ np.abs(margin.values)) * to_population(asked)
            contents = np.where(contents > 0, contents, whole if whole > 0 else 1.0)
        sizes.append(contents)
    return np.concatenate(sizes)


def to_population(asked: Calibrating) -> float:
    """What starting weights are multiplied by to add up to the population; 1 when its size is not known."""
    if "individual" in asked.totals:
        return asked.totals["individual"] / float(asked.initial.sum())
    if "household" in asked.totals and asked.households is not None:
        return asked.totals["household"] / float(asked.initial[asked.households.first].sum())
    return 1.0


def units_of(asked: Calibrating) -> Units:
    """The rows or households that count, and the K columns: counts of persons in codes, all the rest in numbers."""
    rows = np.flatnonzero(asked.initial > 0)
    sizes = sizes_of(asked)
    counts = [margin for margin in asked.coded if margin.values is None and asked.households is None]
    order = _column_order(asked)
    targets = np.concatenate([margin.targets for margin in asked.coded])[order]
    numeric = [_numeric(asked, margin) for margin in asked.coded if margin not in counts]
    shift = [_centre(asked, margin) for margin in asked.coded if margin not in counts]
    for rank, (centre, base) in enumerate(shift):
        if centre:
            numeric[rank] = numeric[rank] - centre * base
    moved = [np.full(block.shape[1], centre) for block, (centre, _) in zip(numeric, shift, strict=True)]
    first = sum(len(margin.cells) for margin in counts)
    # A column centred on its known mean has a target of exactly 0.
    targets[first:] = np.where(np.concatenate([np.zeros(0), *moved]) != 0, 0.0, targets[first:])
    if asked.households is None:
        unit, chosen = np.arange(len(rows)), rows
        initial, q = asked.initial[rows], asked.q
    else:
        kept = asked.initial[asked.households.first] > 0
        chosen = np.flatnonzero(kept)
        unit = (np.cumsum(kept) - 1)[asked.households.of[rows]]
        firsts = asked.households.first[chosen]
        initial, q = asked.initial[firsts], asked.q if asked.q is None else asked.q[asked.households.first]
    constraints = Constraints(
        codes=tuple(margin.codes[rows].astype(np.intp) for margin in counts),
        sizes=tuple(len(margin.cells) for margin in counts),
        numeric=np.ascontiguousarray(np.column_stack(numeric)[chosen]) if numeric else np.zeros((len(chosen), 0)),
        targets=targets,
        scale=sizes[order],
    )
    return Units(
        constraints=constraints,
        initial=initial * asked.rescaled,
        q=None if q is None else q[chosen],
        ridge=_ridge(asked, order),
        rows=rows,
        unit=unit,
    )


def _column_order(asked: Calibrating) -> NDArray[np.intp]:
    """Where each of the K columns (coded margins, then numeric ones) is in the order of the margins."""
    starts = np.cumsum([0, *(len(margin.cells) for margin in asked.coded)])
    parts = [np.arange(first, last) for first, last in pairwise(starts)]
    is_coded = [margin.values is None and asked.households is None for margin in asked.coded]
    first = [part for part, coded in zip(parts, is_coded, strict=True) if coded]
    return np.concatenate([*first, *(part for part, coded in zip(parts, is_coded, strict=True) if not coded)])


def _numeric(asked: Calibrating, margin: CodedMargin) -> Floats:
    """A margin as dense columns, one per category: of the rows, or of all households."""
    if asked.households is not None:
        return asked.households.sums(margin)
    assert margin.values is not None
    found = np.zeros((len(margin.codes), len(margin.cells)))
    found[np.arange(len(found)), margin.codes] = margin.values
    return found


def _centre(asked: Calibrating, margin: CodedMargin) -> tuple[float, Floats | float]:
    """The known mean of a number, and what it is taken off: 1 a row, or the members of a household.

    Where the size of the population is known and met, a total is the same constraint on x - mean, and figures around
    a million keep their digits.
    """
    level, households = margin.margin.level, asked.households
    is_sized = any(other.values is None and other.margin.level == level for other in asked.coded)
    if margin.values is None or margin.margin.variables or not is_sized or asked.weighting.costs:
        return 0.0, 0.0
    centre = float(margin.targets[0]) / asked.totals[level]
    if households is None:
        return centre, 1.0
    return centre, (households.members[:, None].astype(np.float64) if level == "individual" else 1.0)


def _ridge(asked: Calibrating, order: NDArray[np.intp]) -> Floats | None:
    """1 / cost, in the units of each column; None when every margin must be met."""
    if not asked.weighting.costs:
        return None
    whole = float(asked.initial.sum()) * asked.rescaled
    found = []
    for margin in asked.coded:
        cost = asked.weighting.costs.get(margin.margin.id)
        if cost is None:
            found.append(np.zeros(len(margin.cells)))
        elif margin.values is None:
            found.append(margin.targets / cost)
        else:
            found.append(margin.targets**2 / (cost * whole))
    return np.concatenate(found)[order]
