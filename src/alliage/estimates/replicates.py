"""Replicate weights: the variance of an estimate is that of the same estimate made again under other weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from alliage.estimates.stages import Floats

ReplicateKind = Literal["JK1", "JKn", "BRR", "Fay", "bootstrap", "SDR", "other"]


@dataclass(frozen=True, slots=True, eq=False)
class Replicates:
    """R replicates: factors of the weight by unit of the first stage, or whole weights by row; one of the two.

    The variance of an estimate t is scale x sum over r of rscales_r (t_r - centre)^2, where the centre is t itself
    (mse) or the mean of the t_r: R survey's `svrVar`.
    """

    kind: ReplicateKind
    factors: Floats | None  # U x R
    weights: Floats | None  # n x R
    scale: float
    rscales: Floats  # R
    mse: bool
    df: float

    def covariance(self, replicas: Floats, estimate: Floats) -> Floats:
        """The covariance (p x p) of p estimates. replicas: R x p. estimate: p."""
        used = self.rscales > 0
        centre = estimate if self.mse else replicas[used].mean(axis=0)
        away = (replicas - centre) * np.sqrt(self.rscales)[:, None]
        return np.asarray(self.scale * (away.T @ away))
