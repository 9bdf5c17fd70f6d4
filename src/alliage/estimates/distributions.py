"""The weighted distribution of a number in each domain, and its inverse: the rules that name a quantile.

A quantile is where the distribution function equals p, which falls between two answers: a rule says what to answer.
Hyndman and Fan (1996) list nine; their weighted form is that of R survey's `svyquantile` ("Quantile rules", the
vignette of survey 4.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from alliage.estimates.level1 import stable_order
from alliage.estimates.stages import Codes, Floats

Rule = Literal["math", "school", "hf1", "hf2", "hf3", "hf4", "hf5", "hf6", "hf7", "hf8", "hf9"]
RULES: tuple[Rule, ...] = get_args(Rule)
# Continuous rules: answer k stands at (C_k - a w_k) / (C_n + b w_n), C being cumulated weights, n the last answer.
POSITIONS: dict[Rule, tuple[float, float]] = {
    "hf4": (0.0, 0.0),
    "hf5": (1 / 2, 0.0),
    "hf6": (0.0, 1.0),
    "hf7": (1.0, -1.0),
    "hf8": (1 / 3, 1 / 3),
    "hf9": (3 / 8, 1 / 4),
}
# A cumulated weight this close to p times the whole, beside the whole, is equal to it: the rest is rounding.
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Distribution:
    """N answers with a weight, put in order of domain, then of value; see `distribution` for equal values."""

    row: Codes  # N: where each comes from
    value: Floats  # N
    weight: Floats  # N
    cumulated: Floats  # N: from the first answer of the domain to this one
    first: Codes  # D: where each domain starts; an empty domain starts where the next does
    count: Codes  # D: its number of answers

    @property
    def whole(self) -> Floats:
        """The weight of each domain (D), 0 where it is empty."""
        last = np.maximum(self.first + self.count - 1, 0)
        return np.where(self.count > 0, self.cumulated[last] if len(self.cumulated) else 0.0, 0.0)

    def quantiles(self, p: Floats, rule: Rule) -> Floats:
        """The quantile of each domain for its own probabilities (D x m); nan where p is not between 0 and 1."""
        known = (p >= 0) & (p <= 1) & (self.count > 0)[:, None]
        asked = np.where(known, p, 0.0)
        if not len(self.value):
            return np.full(p.shape, np.nan)
        found = self._between(asked, rule) if rule in POSITIONS else self._at(asked, rule)
        return np.where(known, found, np.nan)

    def reweighted(self, weight: Floats) -> Distribution:
        """The same answers under other weights of the rows (n); those that weigh 0 are left out."""
        domain = np.repeat(np.arange(len(self.first)), self.count)
        held = weight[self.row]
        kept = held > 0
        return _cumulated(self.row[kept], self.value[kept], held[kept], domain[kept], len(self.first))

    def _at(self, p: Floats, rule: Rule) -> Floats:
        """Discrete rules: the smallest answer whose cumulated weight reaches p, or the next one when it is just p."""
        whole = self.whole[:, None]
        target, slack = p * whole, ROUNDING * whole
        rank = self._reaching(self.cumulated, target - slack)
        here = self.value[rank]
        if rule in {"math", "hf1"}:
            return here
        following = np.minimum(rank + 1, (self.first + self.count - 1)[:, None])
        after = self.value[np.maximum(following, 0)]
        exact = np.abs(self.cumulated[rank] - target) <= slack
        if rule in {"school", "hf2"}:
            return np.where(exact, (here + after) / 2, here)
        # hf3: of the two, the one whose rank among distinct values is even.
        changes = np.concatenate([[True], self.value[1:] != self.value[:-1]])
        changes[self.first[self.count > 0]] = True
        order = np.cumsum(changes)
        place = order[rank] - order[np.minimum(self.first, len(order) - 1)][:, None] + 1
        return np.where(exact & (here != after) & (place % 2 == 1), after, here)

    def _between(self, p: Floats, rule: Rule) -> Floats:
        """Continuous rules: on the line between the two answers around p; the first or the last answer outside."""
        taken, lengthened = POSITIONS[rule]
        last = np.maximum(self.first + self.count - 1, 0)
        position = self.cumulated - taken * self.weight
        target = p * (self.whole + lengthened * self.weight[last])[:, None]
        rank = self._reaching(position, target)
        before = np.maximum(rank - 1, self.first[:, None])
        low, high = position[np.minimum(before, len(position) - 1)], position[rank]
        with np.errstate(divide="ignore", invalid="ignore"):
            part = np.clip(np.where(high > low, (target - low) / (high - low), 1.0), 0.0, 1.0)
        below, above = self.value[np.minimum(before, len(position) - 1)], self.value[rank]
        return np.asarray(below + part * (above - below))

    def _reaching(self, position: Floats, target: Floats) -> Codes:
        """The first answer of each domain whose position is at least the target (D x m), or its last one."""
        low = np.repeat(self.first[:, None], target.shape[1], axis=1)
        high = low + np.maximum(self.count - 1, 0)[:, None]
        limit = len(position) - 1
        while (low < high).any():
            middle = (low + high) // 2
            enough = position[np.minimum(middle, limit)] >= target
            searching = low < high
            high = np.where(searching & enough, middle, high)
            low = np.where(searching & ~enough, middle + 1, low)
        return np.minimum(low, limit)


def distribution(values: Floats, weight: Floats, domain: Codes, domains: int, rule: Rule) -> Distribution:
    """The distribution of values (n, nan: no answer) in each domain (n, -1: none), among rows that have a weight.

    Only continuous rules look at the order of equal answers, which is then that of the file, as in R.
    """
    rows = np.flatnonzero(np.isfinite(values) & (domain >= 0) & (weight > 0))
    rows = rows[np.argsort(values[rows], kind="stable" if rule in POSITIONS else "quicksort")]
    own = domain[rows]
    if len(rows) and (own != own[0]).any():
        rows = rows[stable_order(own)]
    return _cumulated(rows, values[rows], weight[rows], domain[rows], domains)


def _cumulated(row: Codes, value: Floats, weight: Floats, domain: Codes, domains: int) -> Distribution:
    count = np.bincount(domain, minlength=domains)
    first = np.cumsum(count) - count
    # One sum runs through all domains: the wider number keeps the digits of a small domain that comes late.
    running = np.cumsum(weight, dtype=np.longdouble)
    before = np.concatenate([np.zeros(1, dtype=np.longdouble), running])[first]
    cumulated = (running - np.repeat(before, count)).astype(np.float64)
    return Distribution(row, value, weight, cumulated, first, count)
