"""Tests of ranks: where a group stands in the population, whatever the unit of the answer.

Lumley and Scott (2013): every respondent is given the rank estimated in the population, F(y), a score of it is
compared between groups under the design, the ranks being taken as known. R survey's `svyranktest`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from alliage.comparisons import tails
from alliage.comparisons.groups import Groups, covariance_of_totals, degrees_of_rows, groups_of, rows_of_domains
from alliage.comparisons.methods import refuse_option
from alliage.comparisons.results import Comparison, Comparisons, Effect, warnings_of
from alliage.estimates.columns import MISSING, Answers, as_tuple, numbers
from alliage.estimates.designs import BoundDesign, Design, bound
from alliage.estimates.intervals import student
from alliage.estimates.lists import Estimates
from alliage.estimates.means import numbers_of
from alliage.estimates.stages import Codes, Floats
from alliage.problems import Problem

Score = Callable[[Floats, float], Floats]
Ties = Literal["middle", "order"]
TIES: tuple[Ties, ...] = get_args(Ties)

SCORES: dict[str, Score] = {
    "wilcoxon": lambda rank, size: rank / size,
    "vanderWaerden": lambda rank, size: np.asarray(ndtri(rank / size)),
    "median": lambda rank, size: (rank > size / 2).astype(np.float64),
}


def rank_test(
    answers: Answers,
    column: str,
    group: str,
    *,
    design: Design | BoundDesign,
    test: str | Score = "wilcoxon",
    ties: Ties = "middle",
    between: Sequence[str] = (),
    by: str | Sequence[str] = (),
    missing: str | Sequence[str] = MISSING,
) -> Comparisons:
    """Whether groups have the same ranks: Wilcoxon for two, Kruskal-Wallis for more, or another score of ranks.

    test: "wilcoxon", "vanderWaerden", "median", or a function (estimated rank, estimated size of the population) ->
    score. ties: equal answers share the middle of their weights, as in the paper; "order" repeats R survey 4.1, which
    averages cumulated weights in the order of the file, so that shuffled rows give another probability.
    The t of two groups has the degrees of freedom of the design less one; the F of k groups, less k - 1.
    Raises Problem estimates.*, comparisons.*.
    """
    if isinstance(test, str) and test not in SCORES:
        raise Problem("comparisons.unknown_method", method=test, known=", ".join(SCORES))
    refuse_option("ties", ties, TIES)
    nothing = as_tuple(missing)
    plan = bound(design, answers)
    y = numbers(answers, column, asked_by="rank_test", missing=nothing)
    groups = groups_of(answers, group, as_tuple(by), missing=nothing, asked_by="rank_test", only=between)
    if len(groups.labels) < 2:
        raise Problem("comparisons.one_group", column=group, known=", ".join(groups.labels))
    scored = np.full(len(y), np.nan)
    answered = (groups.codes >= 0) & np.isfinite(y) & (plan.weight > 0)
    held = list(rows_of_domains(np.where(answered, groups.by.codes, -1), groups.by.count))
    for rows in held:
        if len(rows):
            rank, size = _ranks(y[rows], plan.weight[rows], ties)
            scored[rows] = (SCORES[test] if isinstance(test, str) else test)(rank, size)
    means = numbers_of("mean", scored[:, None], design=plan, domains=groups.crossed, variables=[column])
    method = test if isinstance(test, str) else "score"
    return Comparisons(
        [
            _compared(means, groups, domain, rows, scored[rows], method, (column, group))
            for domain, rows in enumerate(held)
        ]
    )


def _ranks(y: Floats, weight: Floats, ties: Ties) -> tuple[Floats, float]:
    """The estimated rank in the population of every row, and the size of that population."""
    order = np.argsort(y, kind="stable")
    # A median test asks whether a rank is above one half: the wider number keeps that exact for equal weights.
    wide = weight[order].astype(np.longdouble)
    cumulated = np.cumsum(wide)
    starts = np.flatnonzero(np.concatenate([[True], np.diff(y[order]) > 0]))
    sizes = np.diff(np.append(starts, len(y)))
    if ties == "order":
        middle: NDArray[np.floating[Any]] = (
            np.add.reduceat(cumulated.astype(np.float64) - weight[order] / 2, starts, dtype=np.longdouble) / sizes
        )
    else:
        last = cumulated[starts + sizes - 1]
        middle = (np.append(0.0, last[:-1]) + last) / 2
    rank = np.empty(len(y))
    rank[order] = np.repeat(middle, sizes)
    return rank, float(wide.sum())


def _compared(
    means: Estimates,
    groups: Groups,
    domain: int,
    rows: Codes,
    scored: Floats,
    method: str,
    variables: tuple[str, str],
) -> Comparison:
    """Differences of mean scores with the first group: a t for one of them, an F for several. scored: of the rows."""
    design = means.made.design
    ranks = groups.ranks(domain)
    of_domain = means[ranks[0] : ranks[-1] + 1]
    value = of_domain.column("value")
    held = np.flatnonzero(np.isfinite(value))
    away = value[held][1:] - value[held][:1]
    warnings = [*warnings_of(design), *(["comparisons.empty_group"] if len(held) < len(value) else [])]
    df = degrees_of_rows(design, rows)
    statistic = p = error = low = high = float("nan")
    ndf, ddf = float("nan"), df - len(away)
    if len(away) and design.margin != "none":
        influence = _influence(scored, groups.codes[rows], held, value, of_domain.column("weight_sum"))
        variance = covariance_of_totals(design, rows, influence)
        if np.linalg.matrix_rank(variance, hermitian=True) < len(away):
            warnings.append("comparisons.no_variance")
        elif len(away) == 1:
            error = float(np.sqrt(variance[0, 0]))
            statistic = float(away[0] / error)
            p = tails.of_student(statistic, ddf)
            ends = student(away, np.array([error]), np.array([ddf]), 0.95)
            low, high = float(ends[0][0]), float(ends[1][0])
        else:
            ndf = float(len(away))
            statistic = float(away @ np.linalg.solve(variance, away) / ndf)
            p = tails.of_fisher(statistic, ndf, ddf)
        if not ddf > 0:
            warnings.append("comparisons.no_df")
    elif not len(away):
        warnings.append("comparisons.one_row")
    two = len(groups.labels) == 2
    size = float("nan") if not len(away) else float(away[0]) if two else float(np.ptp(value[held]))
    return Comparison(
        method=method,
        variables=variables,
        letter="t" if two else "F",
        statistic=statistic,
        ndf=ndf,
        ddf=ddf,
        p=p,
        n=int(of_domain.column("n").sum()),
        effect=Effect("difference" if two else "spread", size, error, low, high),
        estimates=of_domain,
        domain=groups.by.label(domain),
        warnings=tuple(warnings),
    )


def _influence(scored: Floats, codes: Codes, held: Codes, mean: Floats, weight_sum: Floats) -> Floats:
    """The influence of each row (m) on the differences with the first group held (m x groups - 1)."""
    place = np.full(len(mean), -1, dtype=np.int64)
    place[held] = np.arange(len(held))
    whole = np.zeros((len(scored), len(held)))
    whole[np.arange(len(scored)), place[codes]] = (scored - mean[codes]) / weight_sum[codes]
    return whole[:, 1:] - whole[:, :1]
