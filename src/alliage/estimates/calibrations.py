"""What calibration takes out of the variance: the residuals of influence values on the margins.

Deville and Särndal (1992): the linearised variable of a calibrated estimator is its residual in the regression on the
calibration variables weighted by the initial weights (times q, where there is a scale), whatever the distance and the
bounds. Equal to R survey's `postStratify` and `calibrate`, except that R 4.1 forgets its `variance` in this regression
when the distance is not linear. R's `rake` regresses without weights and in ten passes, which is the same thing only
for equal initial weights. A penalised calibration has a ridge in its regression (Beaumont and Bocci, 2008). When
members of a household share a weight, the regression is that of households.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array, hstack

from alliage.estimates.stages import Codes, Floats
from alliage.problems import Problem
from alliage.weights.recalibrating import columns_of
from alliage.weights.results import Calibration

# A residual this small beside what was regressed is rounding: the margin itself is known without error.
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Residuals:
    """The regression on K columns (the categories of all margins end to end, then numbers), for any influence value.

    Residuals of sums are sums of residuals: per unit, sum(w (u - x beta)) = sum(w u) - (sum w x) beta, so rows are
    read once and never again.
    """

    codes: Codes  # n x m: the column of K each row belongs to, per margin
    numeric: Floats  # n x q: numeric calibration variables, the last q columns of K
    initial: Floats  # n: D, the weights of the regression: initial ones times the scale (q) of the calibration
    inverse: Floats  # K x K: pseudo-inverse of X' D X (margins share their total: it is singular)
    units: Any  # U x K, sparse: sum of final weights times column, by unit

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
    n = len(calibration.codes)
    if n != len(unit):
        raise Problem("estimates.weight_length", found=n, expected=len(unit))
    sizes = [len(names) for names in calibration.categories]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]) if sizes else np.zeros(0)
    codes = calibration.codes.astype(np.int64) + starts.astype(np.int64)
    regression = calibration.initial * calibration.rescaled
    if calibration.scale is not None:
        regression = regression * calibration.scale
    # What a household adds up to is written on each of its members: each brings its part.
    shared = 1.0 if calibration.members is None else 1 / calibration.members
    columns = columns_of(calibration)
    gram = columns.products(regression * shared)
    if calibration.ridge is not None:
        gram[np.diag_indices_from(gram)] += calibration.ridge
    return Residuals(
        codes=codes,
        numeric=calibration.numeric,
        initial=regression,
        inverse=_inverse(gram),
        units=_by_unit(codes, calibration.numeric, calibration.final * shared, unit, units, len(gram)),
    )


def _inverse(gram: Floats) -> Floats:
    """Its pseudo-inverse, columns brought to one scale first: numbers and counts have nothing in common."""
    size = np.sqrt(np.diag(gram))
    scale = 1 / np.where(size > 0, size, 1.0)
    inverse = np.linalg.pinv(scale[:, None] * gram * scale, rcond=1e-12, hermitian=True)
    return np.asarray(scale[:, None] * inverse * scale, dtype=np.float64)


def _by_unit(codes: Codes, numeric: Floats, weight: Floats, unit: Codes, units: int, width: int) -> Any:
    margins = codes.shape[1]
    coded = csr_array(
        (np.repeat(weight, margins), (np.repeat(unit, margins), codes.ravel())),
        shape=(units, width - numeric.shape[1]),
    )
    sums = [np.bincount(unit, weights=weight * column, minlength=units) for column in numeric.T]
    return hstack([coded, csr_array(np.column_stack(sums))]).tocsr() if sums else coded
