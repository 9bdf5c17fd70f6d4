"""Proportional odds: P(answer <= k) = logit^-1(cut_k - x b), as R's `svyolr` and `MASS::polr`.

A positive coefficient goes with higher answers. Newton's method with the exact information, where `svyolr` takes
numerical differences of the score: coefficients and variances differ from R's by what those differences lose.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from alliage.estimates.level1 import Bools
from alliage.estimates.stages import Codes, Floats
from alliage.models.families import inverse_logit, logistic_slope
from alliage.models.fitting import HALVINGS, STEPS, STILL
from alliage.models.profiles import Profiles


@dataclass(frozen=True, slots=True, eq=False)
class OrdinalFit:
    """p coefficients on scaled columns, then K - 1 cuts; the information (p + K - 1, square)."""

    parameters: Floats
    settled: bool
    information: Floats
    iterations: int


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """What each profile and answer brings, P x K: probability, and derivatives on its upper and lower ends."""

    probability: Floats
    upper: Floats  # density at the cut above, 0 for the highest answer
    lower: Floats  # density at the cut below, 0 for the lowest
    upper_bend: Floats
    lower_bend: Floats


def scores_at(eta: Floats, cuts: Floats) -> Scores:
    """eta: P (x b and the offset); cuts: K - 1, increasing."""
    away = cuts - eta[:, None]
    nothing = np.zeros((len(eta), 1))
    below = np.hstack([nothing, inverse_logit(away)])
    # Differences of small tails are taken in the tail where they keep their digits.
    above = np.hstack([inverse_logit(-away), nothing])
    full = np.ones((len(eta), 1))
    low_tail = np.hstack([inverse_logit(away), full]) - below
    high_tail = np.hstack([full, inverse_logit(-away)]) - above
    slope = logistic_slope(away)
    bend = slope * (1 - 2 * inverse_logit(away))
    return Scores(
        probability=np.where(below < 0.5, low_tail, high_tail),
        upper=np.hstack([slope, nothing]),
        lower=np.hstack([nothing, slope]),
        upper_bend=np.hstack([bend, nothing]),
        lower_bend=np.hstack([nothing, bend]),
    )


def fit_ordinal(profiles: Profiles, counts: Floats, start: Floats | None = None) -> OrdinalFit:
    """counts: P x K, the weight of each answer in each profile."""
    width = len(profiles.columns)
    if start is None:
        share = np.cumsum(counts.sum(axis=0))[:-1] / counts.sum()
        start = np.concatenate([np.zeros(width), np.log(share / (1 - share))])
    at = start
    loss, score, information = _evaluated(profiles, counts, at)
    settled = False
    for iteration in range(1, STEPS + 1):  # noqa: B007 (told in the answer)
        try:
            step = np.linalg.solve(information, score)
        except np.linalg.LinAlgError:
            break
        settled = bool(np.abs(step).max() <= STILL * (1 + np.abs(at).max()))
        part = 1.0
        for _ in range(HALVINGS):
            found = _evaluated(profiles, counts, at + part * step)
            if found[0] <= loss + 1e-10 * (abs(loss) + counts.sum()):
                break
            part /= 2
        at = at + part * step
        loss, score, information = found
        if settled:
            break
    return OrdinalFit(at, settled, information, iteration)


def _evaluated(profiles: Profiles, counts: Floats, at: Floats) -> tuple[float, Floats, Floats]:
    width = len(profiles.columns)
    beta, cuts = at[:width], at[width:]
    size = len(at)
    if (np.diff(cuts) <= 0).any():
        return np.inf, np.zeros(size), np.eye(size)
    made = scores_at(profiles.scores(beta[:, None])[:, 0], cuts)
    with np.errstate(divide="ignore", invalid="ignore"):
        loss = -float(np.where(counts > 0, counts * np.log(made.probability), 0.0).sum())
        rate = np.where(counts > 0, counts / made.probability, 0.0)
        square = np.where(counts > 0, rate / made.probability, 0.0)
    if not np.isfinite(loss):
        return np.inf, np.zeros(size), np.eye(size)
    score, information = np.zeros(size), np.zeros((size, size))
    toward = made.upper - made.lower  # minus the derivative of the probability on eta
    of_eta = -(rate * toward).sum(axis=1)
    eta_eta = (square * toward**2 - rate * (made.upper_bend - made.lower_bend)).sum(axis=1)
    # On the cut above answer k (k = 0 … K-2), which is also the cut below answer k + 1.
    of_cut = (rate * made.upper)[:, :-1] - (rate * made.lower)[:, 1:]
    cut_cut = (square * made.upper**2 - rate * made.upper_bend)[:, :-1]
    cut_cut += (square * made.lower**2 + rate * made.lower_bend)[:, 1:]
    next_cut = -(square * made.upper * made.lower)[:, 1:-1].sum(axis=0)
    cut_eta = -(square * made.upper * toward - rate * made.upper_bend)[:, :-1]
    cut_eta += (square * made.lower * toward - rate * made.lower_bend)[:, 1:]
    for here, x in profiles.blocks():
        score[:width] += x.T @ of_eta[here]
        information[:width, :width] += x.T @ (x * eta_eta[here, None])
        information[:width, width:] += x.T @ cut_eta[here]
    score[width:] = of_cut.sum(axis=0)
    information[width:, :width] = information[:width, width:].T
    cuts_part = np.diag(cut_cut.sum(axis=0)) + np.diag(next_cut, 1) + np.diag(next_cut, -1)
    information[width:, width:] = cuts_part
    return loss, score, information


def row_scores(made: Scores, profile: Codes | slice, answer: Codes) -> tuple[Floats, Floats]:
    """The derivative of each row's log-likelihood on eta (m), and on the K - 1 cuts (m x K-1)."""
    rows = np.arange(len(answer)) if isinstance(profile, slice) else profile
    probability = made.probability[rows, answer]
    upper, lower = made.upper[rows, answer] / probability, made.lower[rows, answer] / probability
    cuts = made.upper.shape[1] - 1
    of_cut = np.zeros((len(answer), cuts))
    has_upper: Bools = answer < cuts
    has_lower: Bools = answer > 0
    places = np.arange(len(answer))
    of_cut[places[has_upper], answer[has_upper]] += upper[has_upper]
    of_cut[places[has_lower], answer[has_lower] - 1] -= lower[has_lower]
    return lower - upper, of_cut
