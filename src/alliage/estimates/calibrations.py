"""What calibration takes out of the variance: the residuals of influence values on the margins.

Deville and Särndal (1992): the linearised variable of a calibrated estimator is its residual in the regression on the
calibration variables weighted by the initial weights. Equal to R survey's `postStratify` and `calibrate` (for which
the method of calibration, linear or raking, makes no difference to the residuals); R's `rake` regresses without
weights and in ten passes, which is the same thing only for equal initial weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from alliage.estimates.stages import Codes, Floats
from alliage.problems import Problem
from alliage.weights.results import Calibration

# A residual this small beside what was regressed is rounding: the margin itself is known without error.
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Residuals:
    """The regression on K categories (all margins end to end), ready for any influence value.

    Residuals of sums are sums of residuals: per unit, sum(w (u - x beta)) = sum(w u) - (sum w x) beta, so rows are
    read once and never again.
    """

    codes: Codes  # n x m: the column of K each row belongs to, per margin
    numeric: Floats  # n x q: numeric calibration variables, the last q columns of K
    initial: Floats  # n
    inverse: Floats  # K x K: pseudo-inverse of X' D X (margins share their total: it is singular)
    units: Any  # U x K, sparse: sum of final weights by unit and category

    @property
    def width(self) -> int:
        return len(self.inverse)

    def taken_out(self, products: Floats) -> Floats:
        """From X' D u (K x k) to what leaves the unit totals (U x k)."""
        return np.asarray(self.units @ (self.inverse @ products))

    def left_over(self, totals: Floats, products: Floats) -> Floats:
        """Unit totals (U x k) less what the margins explain, rounding snapped to zero."""
        explained = self.taken_out(products)
        rest = totals - explained
        size = np.maximum(np.abs(totals), np.abs(explained))
        rest[np.abs(rest) <= ROUNDING * np.maximum(size, size.max(axis=0, initial=0.0) * 1e-3)] = 0.0
        return np.asarray(rest)


def residuals_of(calibration: Calibration, unit: Codes, units: int) -> Residuals:
    """Prepare the regression. `unit` (n) is the unit of each row at the last stage."""
    n, margins = calibration.codes.shape
    if n != len(unit):
        raise Problem("estimates.weight_length", found=n, expected=len(unit))
    sizes = [len(names) for names in calibration.categories]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    codes = calibration.codes.astype(np.int64) + starts
    width = int(sum(sizes))
    rows = np.repeat(unit, margins)
    weights = np.repeat(calibration.final, margins)
    by_unit = csr_array((weights, (rows, codes.ravel())), shape=(units, width))
    inverse = np.asarray(
        np.linalg.pinv(_gram(codes, calibration.initial, width), rcond=1e-12, hermitian=True), dtype=np.float64
    )
    return Residuals(codes=codes, numeric=np.zeros((n, 0)), initial=calibration.initial, inverse=inverse, units=by_unit)


def _gram(codes: Codes, weight: Floats, width: int) -> Floats:
    gram = np.zeros((width, width))
    for left in codes.T:
        for right in codes.T:
            gram += np.bincount(left * width + right, weights=weight, minlength=width * width).reshape(width, width)
    return gram
