"""What a weighting returns: the weights, how they were calibrated, and what that cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from alliage.text import Text

CalibrationMethod = Literal["poststratify", "rake"]


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """What variance estimation needs to know of a calibration: the margins, in coded form, and both weights.

    Row i of the answers belongs to category `categories[k][codes[i, k]]` of margin k. A poststratification has one
    margin only: its cells. A row of initial weight 0 keeps a final weight of 0 and takes no part in the calibration.
    """

    codes: NDArray[np.int32]  # n x m
    categories: tuple[tuple[str, ...], ...]  # one tuple per margin
    initial: NDArray[np.float64]  # n
    final: NDArray[np.float64]  # n
    method: CalibrationMethod


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What a weighting cost and how well it did. Rows of weight 0 are left out of n and of every ratio.

    g is final / initial weight. `worst_gap` is the largest |weighted count - known count| / known count over the
    categories of all margins, and `worst_margin` names that category ("margin: category"); 0 and None when weights
    are taken as they come.
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


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """One weight per answer, in the order of the answers; `calibration` is None when none was made."""

    values: NDArray[np.float64]
    calibration: Calibration | None
    diagnosis: Diagnosis
