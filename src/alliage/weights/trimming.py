"""Trimming: no weight above a ceiling or under a floor, what is cut off being given to the others.

Potter (1990); Chowdhury, Khare and Wolter (2007), “Weight trimming in the National Immunization Survey”, for the
ceiling at the median plus some interquartile ranges; R survey trimWeights(strict = TRUE) for equal parts. Trimmed
weights no longer meet margins: `trim:` of a weighting holds them under a ceiling while meeting the margins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from alliage.problems import Problem
from alliage.text import Text, number, percent

# proportional: the others are all multiplied by the same factor. equal: they all receive the same amount, as in R.
# none: what is cut off is lost, and the total falls.
Redistribution = Literal["proportional", "equal", "none"]

Floats = NDArray[np.float64]

ROUNDS = 1_000
ROUNDING = 1e-12  # part of a bound or a mean that is only rounding

_NOTHING = Text(
    fr="Aucun poids ne passe les bornes : rien n'est écrêté.",
    en="No weight passes the bounds: nothing is trimmed.",
)
_HELD = Text(
    fr="Réponses hors des bornes : {passed}, soit {moved} du total des poids ramenés à une borne. À la fin, réponses "
    "au plafond : {above} ; au plancher : {below}.",
    en="Answers outside the bounds: {passed}, that is {moved} of the total weight brought back to a bound. In the end, "
    "answers at the ceiling: {above}; at the floor: {below}.",
)
_GAIN = Text(
    fr="L'effet de plan de Kish passe de {before} à {after} : pour une question sans lien avec les poids, les "
    "réponses en valent {effective} de même poids, au lieu de {effective_before}.",
    en="Kish's design effect goes from {before} to {after}: for a question unrelated to the weights, the answers are "
    "worth {effective} of equal weight, instead of {effective_before}.",
)
_PRICE = Text(
    fr="En échange, les réponses écrêtées pèsent moins que leur part de la population : les estimations peuvent être "
    "biaisées, et des marges respectées avant ne le sont plus. Vérifiez-les, ou calez sous un plafond.",
    en="In exchange, trimmed answers weigh less than their part of the population: estimates may be biased, and "
    "margins met before no longer are. Check them, or calibrate under a ceiling.",
)
_LOST = Text(
    fr="Le total des poids passe de {before} à {after}.",
    en="The total of the weights goes from {before} to {after}.",
)


@dataclass(frozen=True, slots=True, eq=False)
class Trimmed:
    """The weights (n) between their bounds, how many rows are held there, and what that cost.

    `ceiling` and `floor` are n long: they may differ from group to group; inf and 0 where there is none. `passed`
    counts the rows that were outside their bounds, `moved` is the part of the total taken from or given to them.
    Rows of weight zero are left out of every count.
    """

    values: Floats
    ceiling: Floats
    floor: Floats
    at_ceiling: int
    at_floor: int
    passed: int
    moved: float
    design_effect: float  # Kish, after
    design_effect_before: float
    n_effective: float
    n_effective_before: float
    total: float
    total_before: float
    lines: tuple[Text, ...]  # the same for people who are not statisticians


def trim_weights(
    weights: ArrayLike,
    *,
    ceiling: float | None = None,
    median_ratio: float | None = None,
    interquartile: float | None = None,
    floor: float | None = None,
    redistribute: Redistribution = "proportional",
    within: ArrayLike | None = None,
) -> Trimmed:
    """Bring weights (n) between `floor` and a ceiling, said in one of three ways, until none is outside.

    ceiling: a weight. median_ratio: that many times the median. interquartile: the median plus that many interquartile
    ranges (quartiles by R's rule 7). The total is kept unless redistribute="none"; with `within` (n labels), the total
    of each group, whose ceiling comes from its own median. "proportional" gives min(max(w·c, floor), ceiling), c being
    the factor that keeps the total; "equal" gives what R's trimWeights(strict=TRUE) gives. Rows of weight zero stay at
    zero: a floor does not raise them. Raises Problem weights.bad_trimmed, weights.one_ceiling, weights.bad_bound,
    weights.floor_over_ceiling, weights.total_impossible.
    """
    before = _read(weights)
    _check_bounds(ceiling=ceiling, median_ratio=median_ratio, interquartile=interquartile, floor=floor)
    groups = _group_codes(within, len(before))
    counts = before > 0
    lowest = np.where(counts, floor or 0.0, 0.0)
    highest = np.full(len(before), np.inf)
    after = before.copy()
    for rows in _rows_by_group(groups, counts):
        own = before[rows]
        top = _ceiling(own, ceiling=ceiling, median_ratio=median_ratio, interquartile=interquartile)
        bottom = floor or 0.0
        highest[rows] = top
        if bottom >= top:
            raise Problem("weights.floor_over_ceiling", floor=number(bottom, 3), ceiling=number(top, 3))
        if redistribute != "none":
            _check_total(own, bottom, top)
        after[rows] = _RULES[redistribute](own, bottom, top)
    return _told(before, after, lowest, highest, counts, is_kept=redistribute != "none")


def _read(weights: ArrayLike) -> Floats:
    if isinstance(weights, pa.Array | pa.ChunkedArray):
        weights = weights.to_numpy(zero_copy_only=False) if isinstance(weights, pa.Array) else weights.to_numpy()
    values = np.asarray(weights, dtype=np.float64)
    wrong = ~np.isfinite(values) | (values < 0)
    if wrong.any() or not values.any():
        raise Problem("weights.bad_trimmed", count=int(wrong.sum()), n=len(values))
    return values


def _check_bounds(
    *, ceiling: float | None, median_ratio: float | None, interquartile: float | None, floor: float | None
) -> None:
    given = [bound for bound in (ceiling, median_ratio, interquartile) if bound is not None]
    if len(given) > 1 or (not given and floor is None):
        raise Problem("weights.one_ceiling")
    for name, bound, least in (
        ("ceiling", ceiling, 0.0),
        ("median_ratio", median_ratio, 1.0),
        ("interquartile", interquartile, 0.0),
        ("floor", floor, 0.0),
    ):
        if bound is not None and not (np.isfinite(bound) and bound > least):
            raise Problem("weights.bad_bound", name=name, bound=bound, least=number(least))


def _group_codes(within: ArrayLike | None, n: int) -> NDArray[np.intp]:
    if within is None:
        return np.zeros(n, dtype=np.intp)
    labels = np.asarray(within.to_pylist() if isinstance(within, pa.Array | pa.ChunkedArray) else within)
    plain = labels.astype(str) if labels.dtype.kind == "O" else labels
    return np.unique(plain, return_inverse=True)[1].astype(np.intp)


def _rows_by_group(groups: NDArray[np.intp], counts: NDArray[np.bool_]) -> list[NDArray[np.intp]]:
    """The rows that count, group by group."""
    rows = np.flatnonzero(counts)
    order = rows[np.argsort(groups[rows], kind="stable")]
    return np.split(order, np.flatnonzero(np.diff(groups[order])) + 1)


def _ceiling(own: Floats, *, ceiling: float | None, median_ratio: float | None, interquartile: float | None) -> float:
    if ceiling is not None:
        return ceiling
    median = float(np.median(own))
    if median_ratio is not None:
        return median_ratio * median
    if interquartile is not None:
        low, high = np.quantile(own, (0.25, 0.75))
        return median + interquartile * float(high - low)
    return float("inf")


def _check_total(own: Floats, bottom: float, top: float) -> None:
    """All at the ceiling must weigh as much as they do now, and all at the floor no more."""
    mean = float(own.mean())
    if top < mean * (1 - ROUNDING) or bottom > mean * (1 + ROUNDING):
        name = Text(fr="plafond", en="ceiling") if top < mean else Text(fr="plancher", en="floor")
        bound = number(top if top < mean else bottom, 3)
        raise Problem("weights.total_impossible", name=name, bound=bound, mean=number(mean, 3), n=number(len(own)))


def _proportional(own: Floats, bottom: float, top: float) -> Floats:
    """min(max(w·c, bottom), top), c keeping the total."""
    if own.max() <= top and own.min() >= bottom:
        return own
    corners = np.concatenate([bottom / own, top / own])
    return _kept(lambda c: np.clip(own * c, bottom, top), corners, total=float(own.sum()))


def _equal(own: Floats, bottom: float, top: float) -> Floats:
    """What is outside comes back to its bound, the others share it in equal parts; again until nobody is outside.

    With one bound this ends at min(w + c, top), c keeping the total; where nearly everyone is held the rounds come
    near it by ever smaller steps, and the end is computed at once.
    """
    weights = own
    for _ in range(ROUNDS):
        outside = (weights > top) | (weights < bottom)
        if not outside.any():
            return weights
        if outside.all():
            break
        inside = np.clip(weights, bottom, top)
        cut = float((weights - inside).sum())
        weights = np.where(outside, inside, weights + cut / np.count_nonzero(~outside))
    shifted = weights
    corners = np.concatenate([bottom - shifted, top - shifted])
    return _kept(lambda c: np.clip(shifted + c, bottom, top), corners, total=float(own.sum()))


def _kept(at: Callable[[float], Floats], corners: Floats, *, total: float) -> Floats:
    """The weights `at(c)` whose sum is `total`.

    The sum grows with c in straight pieces, which meet at the values of c where a row reaches or leaves a bound:
    find the piece by bisection, then c on it.
    """
    corners = np.unique(corners[np.isfinite(corners)])
    low, high = 0, len(corners)
    while low < high:
        middle = (low + high) // 2
        if at(corners[middle]).sum() < total:
            low = middle + 1
        else:
            high = middle
    left = corners[low - 1] if low > 0 else corners[0] - 1
    right = corners[low] if low < len(corners) else left + 1
    start, end = at(left).sum(), at(right).sum()
    return at(left if end == start else left + (right - left) * (total - start) / (end - start))


_RULES: dict[Redistribution, Callable[[Floats, float, float], Floats]] = {
    "proportional": _proportional,
    "equal": _equal,
    "none": lambda own, bottom, top: np.clip(own, bottom, top),
}


def _told(
    before: Floats, after: Floats, lowest: Floats, highest: Floats, counts: NDArray[np.bool_], *, is_kept: bool
) -> Trimmed:
    w, v, bottom, top = before[counts], after[counts], lowest[counts], highest[counts]
    inside = np.clip(w, bottom, top)
    effective_before, effective = float(w.sum() ** 2 / (w @ w)), float(v.sum() ** 2 / (v @ v))
    made = Trimmed(
        values=after,
        ceiling=highest,
        floor=lowest,
        at_ceiling=int(np.count_nonzero(v >= top * (1 - ROUNDING))),
        at_floor=int(np.count_nonzero(v <= bottom * (1 + ROUNDING))),
        passed=int(np.count_nonzero(w != inside)),
        moved=float(np.abs(w - inside).sum() / w.sum()),
        design_effect=len(v) / effective,
        design_effect_before=len(w) / effective_before,
        n_effective=effective,
        n_effective_before=effective_before,
        total=float(v.sum()),
        total_before=float(w.sum()),
        lines=(),
    )
    return replace(made, lines=tuple(_sentences(made, is_kept=is_kept)))


def _sentences(made: Trimmed, *, is_kept: bool) -> list[Text]:
    if not made.passed:
        return [_NOTHING]
    lines = [
        _HELD.filled(
            above=number(made.at_ceiling),
            below=number(made.at_floor),
            passed=number(made.passed),
            moved=percent(100 * made.moved, 2),
        ),
        _GAIN.filled(
            before=number(made.design_effect_before, 2),
            after=number(made.design_effect, 2),
            effective=number(made.n_effective),
            effective_before=number(made.n_effective_before),
        ),
    ]
    if not is_kept:
        lines.append(_LOST.filled(before=number(made.total_before), after=number(made.total)))
    return [*lines, _PRICE]
