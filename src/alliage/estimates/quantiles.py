"""Quantiles: the answer below which a given part of the population lies.

The interval is Woodruff's (1952): the interval of the share of answers at most the quantile, read back through the
distribution; the standard error is its length in standard errors of Student's t (R survey's `svyquantile`, 4.1).
Everything goes by one sort and one more pass over [y <= quantile], which takes the road of any share: domains, stages,
calibration, replicates.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np

from alliage.catalogue.declarations import did_you_mean
from alliage.estimates.columns import MISSING, Answers, Domains, as_tuple, domains, numbers, pushed, received
from alliage.estimates.designs import BoundDesign, Design, bound
from alliage.estimates.distributions import RULES, Distribution, Rule, distribution
from alliage.estimates.estimating import estimate
from alliage.estimates.figures import USUAL_LEVEL, Figures, Telling
from alliage.estimates.intervals import OF_SHARES, R_NAMES, Ends, checked_level, intervals, student, t_quantile
from alliage.estimates.level1 import Bools, Items
from alliage.estimates.level2 import UnitTotals
from alliage.estimates.lists import Estimates
from alliage.estimates.replicates.sets import weights_of
from alliage.estimates.stages import Codes, Floats
from alliage.estimates.taylor import Linearised
from alliage.problems import Problem
from alliage.text import Text

# Woodruff's by the interval of the share; the score test's (Francisco and Fuller 1986); that of replicate quantiles.
INTERVALS = ("woodruff", *(name for name in OF_SHARES if name != "t"), "score", "replicates")
# How R calls them: "mean" is Woodruff's with the interval of a mean.
_IN_R = R_NAMES | {"mean": "woodruff", "t": "woodruff", "quantile": "replicates"}
BLOCK = 64  # replicates whose row weights are made at a time


def quantile(
    answers: Answers,
    column: str | Sequence[str],
    probabilities: float | Sequence[float] = (0.25, 0.5, 0.75),
    *,
    design: Design | BoundDesign,
    by: str | Sequence[str] = (),
    rule: Rule = "math",
    interval: str = "woodruff",
    level: float = USUAL_LEVEL,
    missing: str | Sequence[str] = MISSING,
) -> Estimates:
    """The quantiles of each column, in order of column, probability, domain; `answer` tells the probability.

    rule: "math", the smallest answer that as many reach (= "hf1"); "school", halfway to the next one when it is just
    reached (= "hf2"); "hf3" to "hf9". interval: "woodruff"; the same by another interval of the share,
    "korn-graubard" (R: "beta"), "logit", "arcsine", "wilson", "normal"; "score"; with replicate weights,
    "replicates": the spread of their own quantiles, which is worth nothing under a jackknife. An end is nan where the
    interval of the share leaves 0-1: a small domain does not tell. The standard error is taken from the interval at
    `level`, as R does. Raises Problem estimates.*.
    """
    names, asked = as_tuple(column), _probabilities(probabilities)
    if not names or not asked:
        raise Problem("estimates.nothing_asked", asked_by="quantile")
    answers = received(answers)
    table = pushed(answers)
    if table is not None:
        answers = table.rows_in_memory(Text(fr="les quantiles", en="quantiles"))
    made = bound(design, answers)
    method = _method(interval, made)
    if rule not in RULES:
        raise Problem(
            "estimates.quantile_rule", rule=rule, suggestion=did_you_mean(rule, RULES), known=", ".join(RULES)
        )
    values = [numbers(answers, name, asked_by="quantile", missing=as_tuple(missing)) for name in names]
    return quantiles_of(
        values,
        asked,
        design=made,
        domains=domains(answers, as_tuple(by), missing=as_tuple(missing)),
        variables=names,
        rule=rule,
        interval=method,
        level=level,
    )


def median(
    answers: Answers,
    column: str | Sequence[str],
    *,
    design: Design | BoundDesign,
    by: str | Sequence[str] = (),
    rule: Rule = "math",
    interval: str = "woodruff",
    level: float = USUAL_LEVEL,
    missing: str | Sequence[str] = MISSING,
) -> Estimates:
    """The quantile at 0.5: see `quantile`."""
    return quantile(
        answers, column, 0.5, design=design, by=by, rule=rule, interval=interval, level=level, missing=missing
    )


def quantiles_of(
    values: Sequence[Floats],
    probabilities: Sequence[float],
    *,
    design: BoundDesign,
    domains: Domains,
    variables: Sequence[str],
    rule: Rule = "math",
    interval: str = "woodruff",
    level: float = USUAL_LEVEL,
) -> Estimates:
    """Quantiles from arrays: one array of n numbers (nan: no answer) per variable."""
    checked_level(level)
    found = [distribution(value, design.weight, domains.codes, domains.count, rule) for value in values]
    task = _Task(values, found, np.tile(probabilities, (domains.count, 1)), design, domains, rule)
    below = task.below(task.inverse([task.wanted] * len(values)))
    ends = _ENDS.get(interval, _woodruff)(task, below, interval)
    made, undefined = _told(task, below, ends, level, as_replicates=interval == "replicates")
    shown = "t (replicates)" if interval == "replicates" else interval
    telling = Telling(interval=shown, level=level, ends=ends, warnings=(("estimates.quantile_end", undefined),))
    count = len(probabilities)
    return Estimates(
        Figures(made, telling),
        [name for name in variables for _ in range(count)],
        [f"{p:.10g}" for p in probabilities] * len(variables),
        np.arange(made.value.size),
    )


@dataclass(frozen=True, eq=False)
class _Task:
    """What every step needs: v variables, p probabilities, hence k = v p items in D domains."""

    values: Sequence[Floats]  # v arrays of n
    distributions: Sequence[Distribution]  # v
    wanted: Floats  # D x p
    design: BoundDesign
    domains: Domains
    rule: Rule

    @property
    def probability(self) -> Floats:
        """The probability of each item: D x k."""
        return np.tile(self.wanted, (1, len(self.values)))

    def inverse(self, shares: Sequence[Floats]) -> Floats:
        """The quantiles (D x k) at the shares of each variable (v arrays D x p)."""
        pairs = zip(self.distributions, shares, strict=True)
        return np.concatenate([own.quantiles(p, self.rule) for own, p in pairs], axis=1)

    def split(self, items: Floats) -> list[Floats]:
        """D x k into v arrays D x p."""
        return np.split(items, len(self.values), axis=1)

    @cached_property
    def replicas(self) -> Floats:
        """The quantiles under each replicate weight: R x D x k."""
        replicates = self.design.replicates
        assert replicates is not None
        found = []
        for start in range(0, replicates.count, BLOCK):
            for weight in weights_of(self.design, start, min(start + BLOCK, replicates.count)).T:
                again = [own.reweighted(weight) for own in self.distributions]
                found.append(replace(self, distributions=again).inverse([self.wanted] * len(self.values)))
        return np.stack(found)

    def below(self, limit: Floats) -> Below:
        """The share of each domain that answered at most its own limit (D x k), with its linearisation."""
        owner = np.maximum(self.domains.codes, 0)
        count = limit.shape[1] // len(self.values)
        hits = np.empty((len(owner), limit.shape[1]))
        base = np.empty(hits.shape, dtype=bool)
        limits = limit if len(limit) else np.full((1, limit.shape[1]), np.nan)  # nobody belongs to a domain
        for item in range(limit.shape[1]):
            value = self.values[item // count]
            held = np.isfinite(value)
            base[:, item] = held
            np.less_equal(value, limits[:, item][owner], out=hits[:, item], where=held)
            hits[~held, item] = 0.0
        items = Items(y=hits, base=base, asked=np.broadcast_to(True, base.shape), binary=True)
        nothing = [""] * limit.shape[1]
        told = estimate("share", items, design=self.design, domains=self.domains, variables=nothing, answers=nothing)
        return Below(limit, told.made)


@dataclass(frozen=True, slots=True, eq=False)
class Below:
    """The share at most `limit` (D x k)."""

    limit: Floats
    made: Linearised


def _told(
    task: _Task, below: Below, ends: Callable[[float], Ends], level: float, *, as_replicates: bool
) -> tuple[Linearised, Bools]:
    """The quantiles as estimates: the error read from the interval, influences those of the share, scaled to it."""
    made, value = below.made, below.limit
    low, high = ends(level)
    with np.errstate(divide="ignore", invalid="ignore"):
        half = t_quantile(made.df, (1 + level) / 2)
        error = np.where(high == low, 0.0, np.where(np.isfinite(half), (high - low) / (2 * half), np.nan))
        factor = np.where((made.standard_error > 0) & np.isfinite(error), -error / made.standard_error, 0.0)
    undefined = np.isfinite(value) & (np.isnan(low) | np.isnan(high)) & (task.design.margin != "none")
    again = made.recall_replicas
    if again is not None:
        again = (
            (lambda domains: task.replicas[:, domains])
            if as_replicates
            else partial(_moved, again, made.value, value, factor)
        )
    told = replace(
        made,
        kind="quantile",
        value=value,
        standard_error=np.where(np.isfinite(value), error, np.nan),
        simple=lambda: made.simple() * factor**2,
        recall=lambda: _scaled(made.totals, factor),
        products=None if made.products is None else made.products * factor[:, None, :],
        recall_replicas=again,
    )
    return told, undefined


def _moved(again: Callable[[Codes], Floats], share: Floats, value: Floats, factor: Floats, domains: Codes) -> Floats:
    """The replicates of the share, moved and scaled to those of the quantile."""
    return np.asarray(value[domains] + factor[domains] * (again(domains) - share[domains]))


def _scaled(totals: UnitTotals, factor: Floats) -> UnitTotals:
    return replace(totals, influence=totals.influence * factor[totals.domain])


def _woodruff(task: _Task, below: Below, interval: str) -> Callable[[float], Ends]:
    """The ends of the interval of the share, read back; nan without a degree of freedom, or beyond the distribution."""
    made = below.made
    method = "t" if interval == "woodruff" else interval

    def ends(level: float) -> Ends:
        low, high = intervals("share", made.value, made.standard_error, made.n, made.df, level, method)
        low = np.where((task.probability == 0) | (made.df <= 0), np.nan, low)
        high = np.where((task.probability == 1) | (made.df <= 0), np.nan, high)
        return task.inverse(task.split(low)), task.inverse(task.split(high))

    return ends


def _score(task: _Task, below: Below, interval: str) -> Callable[[float], Ends]:
    """The limits that the test "the share at most this limit is p" does not refuse; each step reads the rows again."""

    def ends(level: float) -> Ends:
        critical = t_quantile(below.made.df, (1 + level) / 2)
        low, high = _first_limits(task, -critical, critical)
        return np.where(task.probability == 0, np.nan, low), np.where(task.probability == 1, np.nan, high)

    return ends


def _first_limits(task: _Task, reaching: Floats, beyond: Floats) -> tuple[Floats, Floats]:
    """By halving: the first answer whose score is at least `reaching`, the first above `beyond`; D x k, nan if none."""
    count = task.wanted.shape[1]
    first = np.concatenate([np.repeat(own.first[:, None], count, axis=1) for own in task.distributions], axis=1)
    size = np.concatenate([np.repeat(own.count[:, None], count, axis=1) for own in task.distributions], axis=1)
    low, high = np.stack([first, first]), np.stack([first + size, first + size])
    while (low < high).any():
        middle = (low + high) // 2
        scores = np.stack([_scores(task, _values_at(task, ranks)) for ranks in middle])
        enough = np.stack([scores[0] >= reaching, scores[1] > beyond])
        searching = low < high
        high = np.where(searching & enough, middle, high)
        low = np.where(searching & ~enough, middle + 1, low)
    found = [np.where(ranks < first + size, _values_at(task, ranks), np.nan) for ranks in low]
    return found[0], found[1]


def _values_at(task: _Task, ranks: Codes) -> Floats:
    parts = zip(task.distributions, np.split(ranks, len(task.values), axis=1), strict=True)
    return np.concatenate(
        [own.value[np.minimum(rank, len(own.value) - 1)] if len(own.value) else rank * np.nan for own, rank in parts],
        axis=1,
    )


def _scores(task: _Task, limit: Floats) -> Floats:
    made = task.below(limit).made
    with np.errstate(divide="ignore", invalid="ignore"):
        away = made.value - task.probability
        return np.where(away == 0, 0.0, away / made.standard_error)


def _spread_of_replicates(task: _Task, below: Below, interval: str) -> Callable[[float], Ends]:
    replicates, value = task.design.replicates, below.limit
    assert replicates is not None
    error = np.full(value.shape, np.nan)
    for place in np.ndindex(*value.shape):
        own = task.replicas[(slice(None), *place)]
        error[place] = np.sqrt(replicates.covariance(own[:, None], np.array([value[place]]))[0, 0])
    return lambda level: student(value, error, below.made.df, level)


_ENDS = {"score": _score, "replicates": _spread_of_replicates}


def _probabilities(given: float | Sequence[float]) -> tuple[float, ...]:
    asked = tuple(float(p) for p in np.atleast_1d(np.asarray(given, dtype=np.float64)))
    for p in asked:
        if not 0 <= p <= 1:
            raise Problem("estimates.probability", value=f"{p:g}")
    return asked


def _method(asked: str, design: BoundDesign) -> str:
    name = _IN_R.get(asked, asked)
    known = [one for one in INTERVALS if one != "replicates" or design.replicates is not None]
    if name not in known:
        raise Problem("estimates.interval_method", asked=asked, known=", ".join(known))
    return name
