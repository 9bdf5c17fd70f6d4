"""What a weighting returns: the weights, how they were calibrated, and what that cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from alliage.text import Text

# The distance between the weights before and after; `poststratify` is the raking of one margin.
CalibrationMethod = Literal["poststratify", "rake", "linear", "logit", "truncated", "sinh"]


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """What variance estimation and replicates need to know of a calibration: its K columns, its lambdas, both weights.

    Row i of the answers belongs to category `categories[k][codes[i, k]]` of margin k; then come the numeric columns. A
    poststratification has one margin only: its cells. A row of initial weight 0 keeps a final weight of 0 and takes no
    part in the calibration. final = initial * rescaled * g(scale * x'lambdas).

    When members of a household share one weight, every column is numeric: what the household adds up to, the same for
    all its members, and `members` is how many they are.
    """

    codes: NDArray[np.int32]  # n x m
    categories: tuple[tuple[str, ...], ...]  # one tuple per margin
    initial: NDArray[np.float64]  # n
    final: NDArray[np.float64]  # n
    method: CalibrationMethod
    numeric: NDArray[np.float64]  # n x q
    names: tuple[str, ...]  # q: what each numeric column is
    targets: NDArray[np.float64]  # K: of the categories end to end, then of the numeric columns
    sizes: NDArray[np.float64]  # K: what the gap of each is compared with
    lambdas: NDArray[np.float64]  # K
    rescaled: float = 1.0  # what initial weights are multiplied by before any factor
    bounds: tuple[float, float] | None = None  # of g
    ceiling: float | None = None  # of the final weights
    scale: NDArray[np.float64] | None = None  # n: q of Deville and Särndal; 1 otherwise
    members: NDArray[np.float64] | None = None  # n
    ridge: NDArray[np.float64] | None = None  # K: 1 / cost of what need not be met exactly, 0 of what must


@dataclass(frozen=True, slots=True)
class Reached:
    """One known count or total, and what the final weights make of it."""

    margin: str  # the id of the margin
    category: str  # "" for the total of a number
    wanted: float
    reached: float
    exact: bool  # False when the margin has a cost: it is approached, not met

    @property
    def gap(self) -> float:
        """The relative gap; nan where nothing is wanted and something is reached."""
        if self.reached == self.wanted:
            return 0.0
        return (self.reached - self.wanted) / abs(self.wanted) if self.wanted else float("nan")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What a weighting cost and how well it did. Rows of weight 0 are left out of n and of every ratio.

    g is final / initial weight. `worst_gap` is the largest |weighted count - known count| / known count over the
    categories and totals of all margins, those with a cost included (a known total of 0 is compared with what it is
    made of), and `worst_margin` names that category ("margin: category"); 0 and None when weights are taken as they
    come.
    """

    n: int
    iterations: int
    converged: bool
    worst_gap: float
    worst_margin: str | None
    design_effect: float  # Kish: n * sum(w^2) / sum(w)^2 = 1 + cv(w)^2
    n_effective: float  # Kish: sum(w)^2 / sum(w^2)
    smallest_g: float
    largest_g: float
    total: float  # sum of the final weights
    quantiles: dict[str, float]  # of the final weights: "min", "p05", "p25", "median", "p75", "p95", "max"
    largest_share: float  # the heaviest row's part of the total, between 0 and 1
    trimmed: int  # rows held at the trimming bound
    lines: tuple[Text, ...]  # the same for people who are not statisticians
    negative: int = 0  # rows of negative final weight: the linear method may make some
    at_low: int = 0  # rows whose factor is at the lower bound, or within a thousandth of the range of it
    at_high: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """One weight per answer, in the order of the answers; `calibration` is None when none was made."""

    values: NDArray[np.float64]
    calibration: Calibration | None
    diagnosis: Diagnosis
    reached: tuple[Reached, ...] = ()  # every known count and total, in the order of the margins
