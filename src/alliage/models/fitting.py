"""Fitting: Newton's method on the weighted likelihood, for one set of weights or for many replicates at once.

The linear score is centred and scaled, the step halved while the likelihood falls. The last step solves the score
equations themselves, so that coefficients do not depend on the digits of the information matrix: iterative refinement.
R: `glm` (iteratively reweighted least squares) with epsilon brought to rounding.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from alliage.estimates.level1 import Bools
from alliage.estimates.stages import Codes, Floats
from alliage.models.families import Family
from alliage.models.profiles import Profiles

STEPS = 60
HALVINGS = 30
STILL = 1e-9  # a step this small, on scaled columns, is the last: the next one would be its square
REPEATED = 1e-9  # a scaled column whose own part is smaller than this repeats others: R's `glm` has 1e-11, unscaled
WELL = 1e-6  # above this, the triangle of the products says as much as that of the columns
CROSSED = 4_000_000  # products of columns of a block, made once when replicates are fitted together


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Coefficients on scaled columns (p x R), which of the R settled, and the information of each (R x p x p).

    loss: minus the log-likelihood (R), what depends on the answers alone left out. `settled` is false where a
    coefficient has no end or columns repeat each other.
    """

    coefficients: Floats
    settled: Bools
    information: Floats
    loss: Floats
    iterations: int


def fit(profiles: Profiles, family: Family, weight: Floats, y: Floats, start: Floats | None = None) -> Fit:
    """Fit under R sets of weights. weight, y: P x R, sums of w and of w y; start: p x R, needed when R is not 1."""
    beta = _started(profiles, family, weight, y) if start is None else np.array(start)
    loss, score, information = _evaluated(profiles, family, weight, y, beta)
    settled = np.zeros(beta.shape[1], dtype=bool)
    for iteration in range(1, STEPS + 1):  # noqa: B007 (told in the answer)
        step, solved = _solved(information, score)
        last = (np.abs(step).max(axis=0) <= STILL * (1 + np.abs(beta).max(axis=0))) & solved
        step[:, settled | ~solved] = 0.0
        beta, loss, score, information = _descended(profiles, family, weight, y, beta, step, loss)
        settled |= last
        if (settled | ~solved).all():
            break
    return Fit(beta, settled, information, loss, iteration)


def _started(profiles: Profiles, family: Family, weight: Floats, y: Floats) -> Floats:
    """One step of least squares from means close to the answers, as `glm` starts; p x 1."""
    weights, total = weight[:, 0], y[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        near = family.shrunk(np.where(weights > 0, total / weights, 0.0))
    eta = family.link(near)
    slope = weights * family.slope(eta)
    away = slope * (eta - profiles.offset)
    width = len(profiles.columns)
    score, information = np.zeros((width, 1)), np.zeros((1, width, width))
    for here, x in profiles.blocks():
        score[:, 0] += x.T @ away[here]
        _add_information(information, x, slope[here, None], together=False)
    return _solved(information, score)[0]


def _evaluated(
    profiles: Profiles, family: Family, weight: Floats, y: Floats, beta: Floats
) -> tuple[Floats, Floats, Floats]:
    """Minus the log-likelihood (R), the score (p x R) and the information (R x p x p), in one pass."""
    loss, score = np.zeros(beta.shape[1]), np.zeros_like(beta)
    information = np.zeros((beta.shape[1], len(beta), len(beta)))
    together = _crossed(profiles, beta.shape[1])
    with np.errstate(over="ignore", invalid="ignore"):
        for here, x in profiles.blocks():
            eta = x @ beta + profiles.offset[here, None]
            cumulant, mean, slope = family.parts(eta)
            loss += (weight[here] * cumulant - y[here] * eta).sum(axis=0)
            score += x.T @ (y[here] - weight[here] * mean)
            _add_information(information, x, weight[here] * slope, together=together)
    return np.where(np.isfinite(loss), loss, np.inf), score, information


def _crossed(profiles: Profiles, count: int) -> bool:
    """Whether products of columns are made once for all replicates."""
    width = len(profiles.columns)
    return count > 4 and profiles.block_rows * width * (width + 1) // 2 <= CROSSED


def _add_information(information: Floats, x: Floats, slope: Floats, *, together: bool) -> None:
    """Add X' diag(slope) X for R slopes (b x R)."""
    if together:
        upper = np.triu_indices(x.shape[1])
        products = slope.T @ (x[:, upper[0]] * x[:, upper[1]])
        information[:, upper[0], upper[1]] += products
        below = upper[0] != upper[1]
        information[:, upper[1][below], upper[0][below]] += products[:, below]
        return
    root = np.sqrt(slope)
    for rank in range(slope.shape[1]):
        scaled = x * root[:, rank, None]
        information[rank] += scaled.T @ scaled  # a matrix by itself: half the work


def information_of(profiles: Profiles, slope: Floats) -> Floats:
    """X' diag(slope) X for one slope (P): p x p."""
    width = len(profiles.columns)
    found = np.zeros((1, width, width))
    for here, x in profiles.blocks():
        _add_information(found, x, slope[here, None], together=False)
    return np.asarray(found[0])


def _solved(information: Floats, score: Floats) -> tuple[Floats, Bools]:
    """The Newton step (p x R), and where it exists."""
    size = np.sqrt(np.diagonal(information, axis1=1, axis2=2))
    good: Bools = np.asarray(np.isfinite(size).all(axis=1) & (size > 0).all(axis=1) & np.isfinite(score).all(axis=0))
    step = np.zeros_like(score)
    if good.any():
        size = size[good]
        values, vectors = np.linalg.eigh(information[good] / size[:, :, None] / size[:, None, :])
        alone = values[:, 0] > 1e-13
        inner = np.einsum("rij,ri->rj", vectors, score.T[good] / size) / np.where(values > 0, values, 1.0)
        moved = np.einsum("rij,rj->ri", vectors, inner) / size
        step[:, good] = np.where(alone[:, None], moved, 0.0).T
        good[good] = alone
    return step, good


def _descended(
    profiles: Profiles, family: Family, weight: Floats, y: Floats, beta: Floats, step: Floats, loss: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """Where the steps lead, each halved until the likelihood no longer falls (rounding apart)."""
    part = np.ones(beta.shape[1])
    allowed = loss + 1e-10 * (np.abs(loss) + weight.sum(axis=0))
    for _ in range(HALVINGS):
        reached = beta + part * step
        found, score, information = _evaluated(profiles, family, weight, y, reached)
        worse = found > allowed
        if not worse.any():
            break
        part = np.where(worse, part / 2, part)
    return reached, found, score, information


def inverse(information: Floats) -> Floats:
    """The inverse of one information matrix (p x p)."""
    size = np.sqrt(np.diag(information))
    return np.asarray(np.linalg.inv(information / np.outer(size, size)) / np.outer(size, size))


def repeated(profiles: Profiles, weight: Floats) -> Codes:
    """The columns that repeat those before them (R's aliased coefficients). weight: P."""
    if not profiles.columns:
        return np.zeros(0, dtype=np.int64)
    products = information_of(profiles, weight)
    size = np.sqrt(np.diag(products))
    if (size > 0).all() and np.linalg.eigvalsh(products / np.outer(size, size))[0] > WELL:
        return np.zeros(0, dtype=np.int64)
    triangle = np.zeros((0, len(profiles.columns)))
    root = np.sqrt(weight)
    for here, x in profiles.blocks():
        triangle = np.asarray(np.linalg.qr(np.vstack([triangle, x * root[here, None]]), mode="r"), dtype=np.float64)
    return _dependent(triangle)


def _dependent(columns: Floats) -> Codes:
    """The columns that are, to REPEATED, combinations of those before them."""
    kept: list[Floats] = []
    found = []
    for rank, column in enumerate(columns.T):
        rest = column.copy()
        for _ in range(2):  # once more, for what rounding left of the first pass
            for one in kept:
                rest -= (one @ rest) * one
        length = float(np.linalg.norm(rest))
        if length <= REPEATED * float(np.linalg.norm(column)) or length == 0.0:
            found.append(rank)
        else:
            kept.append(rest / length)
    return np.array(found, dtype=np.int64)
