"""Comparisons: every difference between groups, waves or samples in one table, tests and intervals of the whole family.

`gap` and `contrast` make one difference; this makes a family of them, and says what the family costs.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal, get_args

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from alliage.catalogue.declarations import did_you_mean
from alliage.estimates.combining import p_values
from alliage.estimates.families import Multiplicity, adjusted, family_level, multiplicity
from alliage.estimates.figures import USUAL_LEVEL
from alliage.estimates.intervals import Ends, Level, checked_level, ends_of_difference, intervals, student
from alliage.estimates.level1 import Bools
from alliage.estimates.lists import Estimates, column_names
from alliage.estimates.pooling import Sums
from alliage.estimates.printing import Printed
from alliage.estimates.results import MarginKind
from alliage.estimates.samples import Samples
from alliage.estimates.stages import Codes, Floats
from alliage.problems import Problem

Pairs = Literal["all", "successive"]
PAIRS: tuple[Pairs, ...] = get_args(Pairs)
Label = tuple[tuple[str, str], ...]  # (column, category) of a domain
COLUMNS = (
    "variable",
    "answer",
    "a",
    "b",
    "value_a",
    "value_b",
    "value",
    "standard_error",
    "low",
    "high",
    "level",
    "df",
    "statistic",
    "p_value",
    "p_adjusted",
    "multiplicity",
    "margin",
    "interval",
)
# More pairs than anyone reads, and than memory holds when the groups are communes.
MOST = 1_000_000
# No p-value is looked for below this where it is read from intervals.
SMALLEST = 1e-12


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Gaps(Printed):
    """g differences a - b and the family they make.

    low and high are at `level`: that of the family (Bonferroni) where the method bounds any false alarm, each gap's own
    otherwise. `fixed`: what both sides share, column by column.
    """

    variables: tuple[str, ...]
    answers: tuple[str, ...]
    fixed: dict[str, tuple[str, ...]]
    a: tuple[str, ...]
    b: tuple[str, ...]
    value_a: Floats
    value_b: Floats
    standard_error: Floats
    low: Floats
    high: Floats
    level: float
    df: Floats
    p_value: Floats
    p_adjusted: Floats
    multiplicity: Multiplicity
    margin: MarginKind
    intervals: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.a)

    @property
    def value(self) -> Floats:
        return self.value_a - self.value_b

    @property
    def statistic(self) -> Floats:
        """value / standard error; nan where there is no error to compare with."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.standard_error > 0, self.value / self.standard_error, np.nan)

    def to_arrow(self) -> pa.Table:
        """One row per difference."""
        names = column_names(self.fixed, taken=COLUMNS)
        words = {"variable": self.variables, "answer": self.answers}
        words |= {names[name]: labels for name, labels in self.fixed.items()}
        columns: dict[str, Any] = {name: pa.array(labels, pa.string()) for name, labels in words.items()}
        columns |= {"a": pa.array(self.a, pa.string()), "b": pa.array(self.b, pa.string())}
        numbers = ("value_a", "value_b", "value", "standard_error", "low", "high")
        columns |= {name: getattr(self, name) for name in numbers}
        columns["level"] = np.full(len(self), self.level)
        columns |= {name: getattr(self, name) for name in ("df", "statistic", "p_value", "p_adjusted")}
        columns["multiplicity"] = pa.repeat(pa.scalar(self.multiplicity), len(self))
        columns["margin"] = pa.repeat(pa.scalar(self.margin), len(self))
        columns["interval"] = pa.array(self.intervals, pa.string())
        return pa.table(columns)


def compare(
    a: Estimates,
    b: Estimates | None = None,
    *,
    over: str | None = None,
    reference: str | None = None,
    pairs: Pairs = "all",
    independent: bool = False,
    method: str = "holm",
    level: float = USUAL_LEVEL,
) -> Gaps:
    """Differences within one table, or between two.

    One table: the groups of the breakdown `over` (the only one if none is said), other breakdowns held fixed; every
    pair of groups, each group less the `reference`, or with pairs="successive" each less the one before it (waves).
    Two tables: a - b, line by line where both tell the same groups, else by variable, answer and the groups of b (the
    whole sample where b has none, which each group of a is then compared with); of one design (their covariance is
    used) or of `independent` samples. A panel is one table: stack its waves first (`stack`).

    method: how the family of all these differences is allowed for, see `adjusted`. Student's test on the degrees of
    freedom of both groups together (Welch's for independent samples). Where one share is 0 or 1, interval and p-value
    come from the Korn-Graubard ends of both, as for `contrast`. Raises Problem estimates.*.
    """
    chosen = multiplicity(method)
    if pairs not in PAIRS:
        shown, suggestion = ", ".join(PAIRS), did_you_mean(pairs, PAIRS)
        raise Problem("estimates.option", option="pairs", value=pairs, suggestion=suggestion, known=shown)
    tables = (a,) if b is None else (a, b)
    matched = _within(a, over, reference, pairs) if b is None else _between(a, b)
    family = len(matched.left)
    each = family_level(checked_level(level), chosen, family)
    samples = Samples.of(tables, independent=independent)
    sides = np.stack([matched.left, matched.right], axis=1)
    sums = Sums(sides.ravel(), np.repeat(np.arange(family), 2), np.tile([1.0, -1.0], family), family)
    variance, df = samples.spread(sums)
    error = np.sqrt(variance)
    left, right = samples.values[matched.left], samples.values[matched.right]
    value = left - right
    with np.errstate(divide="ignore", invalid="ignore"):
        p = np.where(
            error > 0, p_values(value / error, df), np.where((error == 0) & (df > 0) & (value == 0), 1.0, np.nan)
        )
    low, high = student(value, error, df, each)
    words = ["t"] * family
    silent = _silent(tables, matched) & np.isfinite(error)
    if silent.any():
        both = _Sides.of(tables, matched.among(silent), independent=len(samples.pools) > 1)
        low[silent], high[silent] = both.ends(each)
        p[silent] = both.p_values()
        words = ["korn-graubard ends" if one else "t" for one in silent]
    return Gaps(
        variables=matched.variables,
        answers=matched.answers,
        fixed=matched.fixed,
        a=matched.a,
        b=matched.b,
        value_a=left,
        value_b=right,
        standard_error=error,
        low=low,
        high=high,
        level=each,
        df=df,
        p_value=p,
        p_adjusted=adjusted(p, chosen),
        multiplicity=chosen,
        margin=samples.margin,
        intervals=tuple(words),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Matched:
    """g pairs: ranks among all estimates end to end, and their words."""

    left: Codes
    right: Codes
    variables: tuple[str, ...]
    answers: tuple[str, ...]
    fixed: dict[str, tuple[str, ...]]
    a: tuple[str, ...]
    b: tuple[str, ...]

    def among(self, chosen: Bools) -> tuple[Codes, Codes]:
        return self.left[chosen], self.right[chosen]


def _within(table: Estimates, over: str | None, reference: str | None, pairs: Pairs) -> _Matched:
    parts = table.parts()
    name = _breakdown(tuple(parts), over)
    labels, others = parts[name], {column: words for column, words in parts.items() if column != name}
    variables, answers = table.variables, table.answers
    groups: dict[tuple[str, ...], list[int]] = {}
    for rank, key in enumerate(zip(variables, answers, *others.values(), strict=True)):
        groups.setdefault(key, []).append(rank)
    if reference is not None and reference not in labels:
        known = tuple(dict.fromkeys(labels))
        suggestion = did_you_mean(reference, known)
        shown = ", ".join(known[:20]) + (" …" if len(known) > 20 else "")
        raise Problem("estimates.no_reference", reference=reference, over=name, suggestion=suggestion, known=shown)
    if reference is None and pairs == "all":
        count = sum(len(ranks) * (len(ranks) - 1) // 2 for ranks in groups.values())
        if count > MOST:
            raise Problem("estimates.too_many_pairs", over=name, pairs=count)
    found: list[tuple[int, int]] = []
    for ranks in groups.values():
        found += _pairs(ranks, labels, reference, pairs)
    left, right = (np.array(side, dtype=np.int64) for side in (zip(*found, strict=True) if found else ((), ())))
    return _Matched(
        left,
        right,
        tuple(variables[rank] for rank in left),
        tuple(answers[rank] for rank in left),
        {column: tuple(words[rank] for rank in left) for column, words in others.items()},
        tuple(labels[rank] for rank in left),
        tuple(labels[rank] for rank in right),
    )


def _pairs(ranks: list[int], labels: Sequence[str], reference: str | None, pairs: Pairs) -> list[tuple[int, int]]:
    if reference is not None:
        against = [rank for rank in ranks if labels[rank] == reference]
        return [(rank, other) for other in against for rank in ranks if rank != other]
    if pairs == "successive":
        return list(zip(ranks[1:], ranks[:-1], strict=True))
    return list(combinations(ranks, 2))


def _breakdown(known: tuple[str, ...], over: str | None) -> str:
    if over is None and len(known) == 1:
        return known[0]
    if over not in known:
        raise Problem("estimates.compare_over", known=", ".join(known) or "–")
    return over


def _between(a: Estimates, b: Estimates) -> _Matched:
    one, two = _labels(a), _labels(b)
    if [label for *_, label in one] == [label for *_, label in two]:
        pairs = [(rank, rank) for rank in range(len(one))]
    else:
        where = {key: rank for rank, key in enumerate(two)}
        shared = tuple(b.parts())
        known = [_restricted(label, shared) for label in one]
        pairs = [(rank, where[key]) for rank, key in enumerate(known) if key in where]
    if not pairs:
        raise Problem("estimates.unmatched")
    parts = a.parts()
    kept = [rank for rank, _ in pairs]
    return _Matched(
        np.array(kept, dtype=np.int64),
        np.array([rank + len(a) for _, rank in pairs], dtype=np.int64),
        tuple(one[rank][0] for rank in kept),
        tuple(one[rank][1] for rank in kept),
        {column: tuple(words[rank] for rank in kept) for column, words in parts.items()},
        tuple(_spoken(one[rank], two[other]) for rank, other in pairs),
        tuple(_spoken(two[other], one[rank]) for rank, other in pairs),
    )


def _labels(table: Estimates) -> list[tuple[str, str, Label]]:
    parts = table.parts()
    domains = list(zip(*parts.values(), strict=True)) if parts else [()] * len(table)
    return [
        (variable, answer, tuple(zip(parts, domain, strict=True)))
        for variable, answer, domain in zip(table.variables, table.answers, domains, strict=True)
    ]


def _restricted(label: tuple[str, str, Label], columns: Collection[str]) -> tuple[str, str, Label]:
    """The same, told by some columns only, in their order."""
    variable, answer, parts = label
    categories = dict(parts)
    return variable, answer, tuple((name, categories[name]) for name in columns if name in categories)


def _spoken(this: tuple[str, str, Label], other: tuple[str, str, Label]) -> str:
    """What tells one side from the other: its variable or its answer where they differ."""
    return " ".join(mine for mine, theirs in zip(this[:2], other[:2], strict=True) if mine != theirs)


def _silent(tables: Sequence[Estimates], matched: _Matched) -> Bools:
    """The pairs one side of which is a share of 0 or 1: its error is 0 and says nothing (a census has none)."""
    alone = np.concatenate(
        [
            np.isin(table.column("value"), (0.0, 1.0))
            & (table.made.kind == "share" and table.made.design.kind != "census")
            for table in tables
        ]
    )
    return np.asarray(alone[matched.left] | alone[matched.right])


@dataclass(frozen=True, slots=True, eq=False)
class _Sides:
    """Both sides of some pairs of shares, whose own intervals make that of the difference."""

    tables: tuple[Estimates, ...]
    left: Codes
    right: Codes
    correlation: Floats

    @staticmethod
    def of(tables: Sequence[Estimates], pairs: tuple[Codes, Codes], *, independent: bool) -> _Sides:
        """The same answer in two groups: 0 errs on the long side; two answers: down to -1. See `contrast`."""
        pairs_of = [pair for table in tables for pair in zip(table.variables, table.answers, strict=True)]
        counted = np.array(["\n".join(pair) for pair in pairs_of])
        left, right = pairs
        same = (counted[left] == counted[right]) | independent
        return _Sides(tuple(tables), left, right, np.where(same, 0.0, -1.0))

    def ends(self, level: Level) -> Ends:
        one, two = self._side(self.left, level), self._side(self.right, level)
        return ends_of_difference(one[0], one[1:], two[0], two[1:], self.correlation)

    def p_values(self) -> Floats:
        """One less the level at which an end of the interval reaches 0, found by halving on its logarithm."""
        value = self._column("value")[self.left] - self._column("value")[self.right]
        low, high = np.full(len(value), np.log(SMALLEST)), np.zeros(len(value))
        for _ in range(50):
            middle = (low + high) / 2
            below, above = self.ends(1 - np.exp(middle))
            refused = (below > 0) | (above < 0)
            high, low = np.where(refused, middle, high), np.where(refused, low, middle)
        return np.where(value == 0, 1.0, np.exp(high))

    def _side(self, ranks: Codes, level: Level) -> tuple[Floats, Floats, Floats]:
        value = self._column("value")[ranks]
        exact = np.concatenate([np.full(len(table), table.made.design.kind == "census") for table in self.tables])[
            ranks
        ]
        error, n, df = (self._column(name)[ranks] for name in ("standard_error", "n", "df"))
        low, high = intervals("share", value, error, n, df, level)
        return value, np.where(exact, value, low), np.where(exact, value, high)

    def _column(self, name: str) -> NDArray[Any]:
        return np.concatenate([table.column(name) for table in self.tables])
