"""Response propensity: the chance that each sampled unit had to answer, by a weighted logistic regression.

Same fitted probabilities and coefficients as R glm(family = quasibinomial, weights = …), with R's treatment contrasts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from alliage.weights.profiles import coded_numbers, coded_words, crossed, is_numeric

Floats = NDArray[np.float64]

INTERCEPT = "(1)"
STEPS = 100
HALVINGS = 30
STILL = 1e-13  # probabilities that move by less no longer move
FLAT = 1e-12  # eigenvalues under this part of the largest are columns that repeat others


@dataclass(frozen=True, slots=True, eq=False)
class Propensities:
    """`fitted` (n), between 0 and 1; `coefficients` on the logit scale, "sexe=homme" for a category."""

    fitted: Floats
    coefficients: Mapping[str, float]
    iterations: int


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """What a propensity depends on: one row of `matrix` (P x p, its first column 1) for each profile, `of` (n)."""

    matrix: Floats
    names: tuple[str, ...]
    of: NDArray[np.int64]


def model_of(sample: pa.Table, variables: Sequence[str]) -> Model:
    """Columns of the model: 1, each number as it is, each category but the first in alphabetical order."""
    numeric = [is_numeric(sample.column(name)) for name in variables]
    coded = [
        coded_numbers(sample.column(name)) if number else coded_words(sample.column(name))
        for name, number in zip(variables, numeric, strict=True)
    ]
    profiles = crossed(coded)
    columns, names = [np.ones(len(profiles.parts))], [INTERCEPT]
    for rank, (name, column) in enumerate(zip(variables, coded, strict=True)):
        codes = profiles.parts[:, rank]
        if numeric[rank]:
            columns.append(np.array(column.values, dtype=np.float64)[codes])
            names.append(name)
        else:
            columns += [(codes == place).astype(np.float64) for place in range(1, len(column.values))]
            names += [f"{name}={category}" for category in column.values[1:]]
    return Model(np.column_stack(columns), tuple(names), profiles.of)


def fit_propensities(model: Model, responded: NDArray[np.bool_], weights: Floats) -> Propensities:
    """Fit P(responded), weighted by positive weights (n), by Newton's method.

    Rows of the same profile are added up: they get the same probability, to the bit. Columns that repeat others share
    their effect (R drops the last ones: the same probabilities). Where a profile answers always, or never, its
    coefficient has no end and stops growing once its probability is 1, or 0, to rounding.
    """
    size = len(model.matrix)
    sampled = np.bincount(model.of, weights=weights, minlength=size)
    share = np.bincount(model.of, weights=weights * responded, minlength=size) / sampled
    sampled = sampled / sampled.sum()  # coefficients do not depend on the size of weights, tolerances would
    # On columns of mean 0 and spread 1, an eigenvalue says whether a column repeats others, whatever its unit.
    middle, spread = model.matrix.mean(axis=0), model.matrix.std(axis=0)
    middle[0], spread = 0.0, np.where(spread > 0, spread, 1.0)
    scaled = (model.matrix - middle) / spread
    beta = np.zeros(len(model.names))
    p = np.full(size, 0.5)
    off = _deviance(share, p, sampled)
    for iteration in range(1, STEPS + 1):  # noqa: B007 (told in the answer)
        move = _newton_move(scaled, share, p, sampled)
        beta, moved, off = _halved(scaled, share, sampled, beta, move, off)
        still, p = np.max(np.abs(moved - p)) <= STILL, moved
        if still:
            break
    else:
        raise ArithmeticError(f"the logistic regression did not settle in {STEPS} steps")
    own = beta / spread
    own[0] = beta[0] - float(middle[1:] @ own[1:])
    return Propensities(p[model.of], dict(zip(model.names, own.tolist(), strict=True)), iteration)


def _newton_move(X: Floats, share: Floats, p: Floats, sampled: Floats) -> Floats:
    """The least move among those Newton's method allows: a direction nothing depends on any more is left alone."""
    values, vectors = np.linalg.eigh((X * (sampled * p * (1 - p))[:, None]).T @ X)
    slopes = vectors.T @ (X.T @ (sampled * (share - p)))
    kept = values > FLAT * values[-1]
    return np.asarray(vectors[:, kept] @ (slopes[kept] / values[kept]))


def _halved(
    X: Floats, share: Floats, sampled: Floats, beta: Floats, move: Floats, off: float
) -> tuple[Floats, Floats, float]:
    """Where the move leads, cut in half until the deviance no longer grows (rounding apart)."""
    for halving in range(HALVINGS):
        reached = beta + move / 2**halving
        p = _probability(X @ reached)
        new = _deviance(share, p, sampled)
        if new <= off + 1e-12 * (off + 1):
            return reached, p, new
    return beta, _probability(X @ beta), off


def _probability(logit: Floats) -> Floats:
    half = np.exp(-np.abs(logit))
    return np.asarray(np.where(logit >= 0, 1, half) / (1 + half))


def _deviance(share: Floats, p: Floats, sampled: Floats) -> float:
    with np.errstate(divide="ignore", invalid="ignore"):
        yes = np.where(share > 0, share * np.log(share / p), 0.0)
        no = np.where(share < 1, (1 - share) * np.log((1 - share) / (1 - p)), 0.0)
    return float(2 * (sampled * (yes + no)).sum())
