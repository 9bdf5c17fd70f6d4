"""Tests of means: one against a known value, two against each other, a trend over ordered groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from alliage.comparisons import tails
from alliage.comparisons.groups import (
    Groups,
    covariance_of_totals,
    degrees_of_rows,
    everywhere,
    groups_of,
    rows_of_domains,
)
from alliage.comparisons.results import Comparison, Comparisons, Effect, warnings_of
from alliage.estimates.columns import MISSING, Answers, as_tuple, categories, domains, numbers
from alliage.estimates.designs import BoundDesign, Design, bound
from alliage.estimates.gaps import contrast
from alliage.estimates.intervals import student
from alliage.estimates.lists import Estimates
from alliage.estimates.means import numbers_of
from alliage.estimates.replicates.sets import totals_of
from alliage.estimates.stages import Codes, Floats
from alliage.problems import Problem


def t_test(
    answers: Answers,
    column: str,
    group: str | None = None,
    *,
    design: Design | BoundDesign,
    between: tuple[str, str] | None = None,
    against: float = 0.0,
    by: str | Sequence[str] = (),
    missing: str | Sequence[str] = MISSING,
) -> Comparisons:
    """The second group's mean less the first's; without a group, the mean less `against`. R survey's `svyttest`.

    The difference of two means is exactly the slope R fits; the degrees of freedom are those of the design less one, in
    both tests, as R's. `between` names the two groups where there are more.
    Raises Problem estimates.* and comparisons.*.
    """
    nothing = as_tuple(missing)
    plan = bound(design, answers)
    y = numbers(answers, column, asked_by="t_test", missing=nothing)[:, None]
    if group is None:
        within = domains(answers, as_tuple(by), missing=nothing)
        means = numbers_of("mean", y, design=plan, domains=within, variables=[column])
        return Comparisons([_one_mean(means[rank : rank + 1], against) for rank in range(len(means))])
    groups = groups_of(answers, group, as_tuple(by), missing=nothing, asked_by="t_test", only=between or ())
    if len(groups.labels) != 2:
        shown = ", ".join(groups.labels[:20])
        raise Problem("comparisons.two_groups", column=group, count=len(groups.labels), known=shown)
    means = numbers_of("mean", y, design=plan, domains=groups.crossed, variables=[column])
    return Comparisons([_two_means(means, groups, domain, group) for domain in range(groups.by.count)])


def _one_mean(means: Estimates, against: float) -> Comparison:
    mean = means[0]
    return _student(
        "t1",
        means,
        Effect("mean", mean.value - against, mean.standard_error),
        df=mean.df - 1,
        variables=(means.variables[0],),
        domain=dict(mean.domain),
    )


def _two_means(means: Estimates, groups: Groups, domain: int, group: str) -> Comparison:
    first, second = groups.ranks(domain)
    gap = contrast(means, means, rank_a=second, rank_b=first)
    return _student(
        "t",
        means[first : second + 1],
        Effect("difference", gap.value, gap.standard_error),
        df=gap.df - 1,
        variables=(means.variables[0], group),
        domain=groups.by.label(domain),
    )


def trend_test(
    answers: Answers,
    column: str,
    over: str,
    *,
    design: Design | BoundDesign,
    of: str | Sequence[str] = (),
    scores: Mapping[str, float] | None = None,
    by: str | Sequence[str] = (),
    missing: str | Sequence[str] = MISSING,
) -> Comparisons:
    """The slope of a mean, or of the share that answered `of`, on the scores of ordered groups.

    The design-based form of the Cochran-Armitage test: R survey's `svyglm(y ~ score)`, its t and degrees of freedom.
    Groups written as numbers are their own scores; others need `scores`. Raises Problem estimates.*, comparisons.*.
    """
    nothing = as_tuple(missing)
    plan = bound(design, answers)
    y = _measured(answers, column, as_tuple(of), nothing)
    groups = groups_of(answers, over, as_tuple(by), missing=nothing, asked_by="trend_test", only=tuple(scores or ()))
    x = np.append(_scores(groups.labels, over, scores), np.nan)[groups.codes]
    means = numbers_of("mean", y[:, None], design=plan, domains=groups.crossed, variables=[column])
    made = []
    answered = np.isfinite(y) & np.isfinite(x) & (plan.weight > 0)
    for domain, rows in enumerate(rows_of_domains(np.where(answered, groups.by.codes, -1), groups.by.count)):
        ranks = groups.ranks(domain)
        slope, error = _slope(plan, rows, x[rows], y[rows])
        made.append(
            _student(
                "trend",
                means[ranks[0] : ranks[-1] + 1],
                Effect("slope", slope, error),
                df=degrees_of_rows(plan, rows) - 1,
                variables=(column, over),
                domain=groups.by.label(domain),
            )
        )
    return Comparisons(made)


def _measured(answers: Answers, column: str, of: tuple[str, ...], missing: tuple[str, ...]) -> Floats:
    if not of:
        return numbers(answers, column, asked_by="trend_test", missing=missing)
    read = categories(answers, column, asked_by="trend_test", missing=missing)
    unknown = [label for label in of if label not in read.labels]
    if unknown:
        raise Problem("comparisons.unknown_group", group=unknown[0], column=column, known=", ".join(read.labels[:20]))
    counted = np.array([*(float(label in of) for label in read.labels), np.nan])
    return np.asarray(counted[read.codes])


def _scores(labels: Sequence[str], over: str, scores: Mapping[str, float] | None) -> Floats:
    if scores is not None:
        return np.array([scores[label] for label in labels], dtype=np.float64)
    try:
        return np.array([float(label) for label in labels])
    except ValueError:
        raise Problem("comparisons.no_score", column=over, known=", ".join(labels[:20])) from None


def _slope(design: BoundDesign, rows: Codes, x: Floats, y: Floats) -> tuple[float, float]:
    """The weighted regression slope of some rows and its standard error; nan where every score is the same."""
    if not len(rows) or np.ptp(x) == 0:
        return float("nan"), float("nan")
    w = design.weight[rows]
    dx, dy = (values - w @ values / w.sum() for values in (x, y))
    slope = float(w @ (dx * dy) / (w @ (dx * dx)))
    if design.margin == "none":
        return slope, float("nan")
    if design.replicates is None:
        influence = dx * (dy - slope * dx) / (w @ (dx * dx))
        return slope, float(np.sqrt(covariance_of_totals(design, rows, influence[:, None])[0, 0]))
    products = np.column_stack([np.ones_like(x), dx, dy, dx * dx, dx * dy])
    size, sx, sy, sxx, sxy = totals_of(design, everywhere(design, rows, products)).T
    replicas = (sxy - sx * sy / size) / (sxx - sx * sx / size)
    variance = design.replicates.covariance(replicas[:, None], np.array([slope]))
    return slope, float(np.sqrt(variance[0, 0]))


def _student(
    method: str, means: Estimates, effect: Effect, *, df: float, variables: tuple[str, ...], domain: dict[str, str]
) -> Comparison:
    """An effect over its standard error, with its interval."""
    design = means.made.design
    warnings = list(warnings_of(design))
    n = int(means.column("n").sum())
    value, error = effect.value, effect.standard_error
    statistic = p = low = high = float("nan")
    if value != value:
        warnings.append("comparisons.empty_group")
    elif design.margin != "none":
        statistic = value / error if error > 0 else float("nan")
        p = tails.of_student(statistic, df)
        ends = student(np.array(value), np.array(error), np.array(df), 0.95)
        low, high = float(ends[0]), float(ends[1])
        if not error > 0:
            warnings.append("comparisons.no_variance")
        elif not df > 0:
            warnings.append("comparisons.no_df")
    return Comparison(
        method=method,
        variables=variables,
        letter="t",
        statistic=statistic,
        ndf=float("nan"),
        ddf=df,
        p=p,
        n=n,
        effect=Effect(effect.name, value, error, low, high),
        estimates=means,
        domain=domain,
        warnings=tuple(warnings),
    )
