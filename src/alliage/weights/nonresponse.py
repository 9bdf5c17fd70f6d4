"""Non-response: those who answered stand for those who were drawn and did not, among people alike in their chance to
answer.

Response homogeneity groups (Särndal, Swensson and Wretman, 1992, section 15.6), declared or cut from an estimated
propensity: Haziza and Beaumont (2007), International Statistical Review 75,
https://doi.org/10.1111/j.1751-5823.2006.00002.x. It comes before calibration, and needs the whole sample, also those
who did not answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from alliage.catalogue.declarations import did_you_mean
from alliage.problems import Problem, raise_all
from alliage.text import Text, listed, number, percent, same
from alliage.weights.coding import who
from alliage.weights.diagnosis import diagnose
from alliage.weights.margins import CROSS, make_margin
from alliage.weights.merging import read_merges
from alliage.weights.profiles import coded_words, crossed, is_numeric
from alliage.weights.propensity import Propensities, fit_propensities, model_of
from alliage.weights.results import Diagnosis
from alliage.weights.weighing import initial_weights

# groups: the crossing of `by`. propensity: a logistic regression on `by`, cut in classes or inverted.
ResponseMethod = Literal["groups", "propensity"]

SMALLEST = 20  # respondents under which the rate of a group is said to be shaky
CLASSES = 5
FLOOR = 0.05
NOISE = 10  # decimals of a propensity: the last ones never decide of a class
NAMED = 5  # groups a sentence names

_RESPONDED = Text(
    fr="{respondents} réponses pour {n} unités tirées au sort : le taux de réponse, pondéré, est de {rate}.",
    en="{respondents} answers for {n} units drawn: the weighted response rate is {rate}.",
)
_GROUPS = Text(
    fr="Dans chacun des {count} groupes ({variables}), ceux qui ont répondu portent aussi le poids de ceux qui n'ont "
    "pas répondu. C'est juste si, à l'intérieur d'un groupe, répondre ne dépend pas de ce que l'on mesure.",
    en="In each of the {count} groups ({variables}), those who answered also carry the weight of those who did not. "
    "This is right if, inside a group, answering does not depend on what is measured.",
)
_CLASSES = Text(
    fr="La probabilité de répondre est estimée par une régression logistique ({variables}), puis l'échantillon est "
    "coupé en {count} classes de probabilité : dans chacune, ceux qui ont répondu portent aussi le poids des autres.",
    en="The probability of answering is estimated by a logistic regression ({variables}), then the sample is cut into "
    "{count} classes of probability: in each, those who answered also carry the weight of the others.",
)
_INVERSE = Text(
    fr="La probabilité de répondre est estimée par une régression logistique ({variables}) ; le poids de chacun est "
    "divisé par la sienne, donc multiplié au plus par {factor}. Les poids font ainsi {total}, au lieu de {sampled} "
    "dans l'échantillon.",
    en="The probability of answering is estimated by a logistic regression ({variables}); each weight is divided by "
    "it, hence multiplied by {factor} at most. The weights thus add up to {total}, instead of {sampled} in the sample.",
)
_RANGE = Text(
    fr="Le taux de réponse va de {low} ({lowest}) à {high} ({highest}) ; un poids est multiplié au plus par {factor}.",
    en="The response rate goes from {low} ({lowest}) to {high} ({highest}); a weight is multiplied by {factor} at "
    "most.",
)
_FLOORED = Text(
    fr="Probabilités inférieures à {floor}, ramenées à ce plancher : {count}. Les poids de ces réponses sont plus "
    "petits qu'il ne faudrait, pour ne pas peser trop lourd.",
    en="Probabilities under {floor}, raised to that floor: {count}. The weights of these answers are smaller than they "
    "should be, so as not to weigh too much.",
)
_SMALL = Text(
    fr="Groupes de moins de {smallest} réponses, dont le taux est incertain : {groups}. Regroupez-les avec un voisin, "
    "ou croisez moins de variables.",
    en="Groups of fewer than {smallest} answers, whose rate is uncertain: {groups}. Merge them with a neighbour, or "
    "cross fewer variables.",
)
_CLASS = Text(fr="classe {rank} sur {count}", en="class {rank} of {count}")


@dataclass(frozen=True, slots=True)
class ResponseGroup:
    """One group or class: how many were drawn and answered (weights of zero left out), and its weighted rate."""

    label: Text
    n: int
    respondents: int
    sampled: float  # sum of the weights of those drawn
    rate: float  # the part of `sampled` that answered

    @property
    def factor(self) -> float:
        """What the weight of a respondent is multiplied by."""
        return 1 / self.rate


@dataclass(frozen=True, slots=True, eq=False)
class Nonresponse:
    """One weight per row of the sample, 0 for those who did not answer.

    `groups` holds the groups or classes, row i being in `groups[group_of[i]]` (-1 for a row of weight zero), both empty
    for an inverse propensity; `propensities` (n, nan for a row of weight zero) and `coefficients` are None for groups.
    `floored` counts the respondents whose propensity was raised to the floor.
    """

    values: NDArray[np.float64]
    method: ResponseMethod
    rate: float
    groups: tuple[ResponseGroup, ...]
    group_of: NDArray[np.int64]
    propensities: NDArray[np.float64] | None
    coefficients: Mapping[str, float] | None
    floored: int
    diagnosis: Diagnosis

    @property
    def lines(self) -> tuple[Text, ...]:
        """The same for people who are not statisticians."""
        return self.diagnosis.lines

    def to_dicts(self) -> list[dict[str, str | int | float]]:
        """One row per group: its name in both languages, counts, rate and factor."""
        return [
            {
                "group_fr": group.label.fr,
                "group_en": group.label.en,
                "n": group.n,
                "respondents": group.respondents,
                "sampled": group.sampled,
                "rate": group.rate,
                "factor": group.factor,
            }
            for group in self.groups
        ]

    def to_arrow(self) -> pa.Table:
        """The groups, one per row."""
        return pa.Table.from_pylist(self.to_dicts())


def nonresponse_weights(
    sample: pa.Table,
    responded: str,
    *,
    by: str | Sequence[str],
    method: ResponseMethod = "groups",
    weight: str | None = None,
    merge: Mapping[str, str] | None = None,
    classes: int | None = CLASSES,
    floor: float = FLOOR,
    smallest: int = SMALLEST,
    ids: str | None = None,
) -> Nonresponse:
    """Weights of the respondents of a sample, raised so that they stand for those who did not answer.

    `sample` holds everyone drawn; `responded` names a column of 0 and 1 (or false and true), `by` the variables known
    for all. method="groups": the crossing of `by`, each weight divided by the weighted response rate of its group.
    method="propensity": a weighted logistic regression on `by` (a column of numbers enters as a number, text as
    categories), then `classes` of as many rows each (cut at quantiles, R's rule 7), or with classes=None the inverse
    of the propensity, itself never taken under `floor`. `merge` joins categories, {"94": "93"}, or crossed cells,
    {"94/femme": "94/homme"}; groups of fewer than `smallest` respondents are told. Rows of weight zero keep their zero
    and take no part. Raises Problem or Problems weights.bad_responded, weights.missing_covariate,
    weights.unknown_covariate, weights.no_respondent, weights.silent_group, weights.silent_class, weights.bad_classes,
    weights.bad_floor.
    """
    variables = (by,) if isinstance(by, str) else tuple(by)
    _check_columns(sample, (responded, *variables), variables, ids=ids)
    if classes is not None and classes < 1:
        raise Problem("weights.bad_classes", classes=classes)
    if not 0 <= floor < 1:
        raise Problem("weights.bad_floor", floor=floor)
    initial = initial_weights(sample, weight, ids=ids)
    counts = initial > 0
    drawn = _Drawn(sample.filter(pa.array(counts)), _answered(sample, responded, ids=ids)[counts], initial[counts])
    if not drawn.answered.any():
        raise Problem("weights.no_respondent", column=responded)
    if method == "groups":
        made = _by_groups(drawn, variables, merge or {})
    elif classes is not None:
        made = _by_classes(drawn, variables, merge or {}, classes)
    else:
        made = _by_inverse(drawn, variables, merge or {}, floor)
    values = np.zeros_like(initial)
    values[counts] = np.where(drawn.answered, drawn.weights / made.rates, 0.0)
    return Nonresponse(
        values=values,
        method=method,
        rate=drawn.rate(),
        groups=made.groups,
        group_of=_spread(made.codes, counts, -1),
        propensities=None if made.propensities is None else _spread(made.propensities, counts, np.nan),
        coefficients=made.coefficients,
        floored=made.floored,
        diagnosis=diagnose(values[values > 0], remarks=[*_responded(drawn), *made.told, *_ranges(made, smallest)]),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """The rows of positive weight: what is known of them, whether they answered, their weights."""

    table: pa.Table
    answered: NDArray[np.bool_]
    weights: NDArray[np.float64]

    def rate(self) -> float:
        return float(self.weights[self.answered].sum() / self.weights.sum())


@dataclass(frozen=True, slots=True, eq=False)
class _Correction:
    """The chance to answer given to each row drawn, where it comes from, and the sentences that say so."""

    rates: NDArray[np.float64]
    told: tuple[Text, ...]
    groups: tuple[ResponseGroup, ...] = ()
    codes: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    propensities: NDArray[np.float64] | None = None
    coefficients: Mapping[str, float] | None = None
    floored: int = 0


def _spread(values: NDArray[Any], counts: NDArray[np.bool_], nothing: float) -> NDArray[Any]:
    """Values of the rows drawn, at their rows of the sample; none at all stay none."""
    if not len(values):
        return values
    every = np.full(len(counts), nothing, dtype=values.dtype)
    every[counts] = values
    return every


def _check_columns(sample: pa.Table, names: Sequence[str], variables: Sequence[str], *, ids: str | None) -> None:
    raise_all(
        [
            Problem("weights.unknown_covariate", variable=name, suggestion=did_you_mean(name, sample.column_names))
            for name in names
            if name not in sample.column_names
        ]
    )
    found = []
    for variable in variables:
        column = sample.column(variable)
        missing = np.asarray(pc.is_null(column, nan_is_null=True).to_numpy(), dtype=bool)
        if missing.any():
            told = who(sample, missing, ids=ids)
            found.append(
                Problem("weights.missing_covariate", count=number(int(missing.sum())), variable=variable, who=told),
            )
    raise_all(found)


_ANSWERS = {"1": True, "0": False, "true": True, "false": False, "1.0": True, "0.0": False}


def _answered(sample: pa.Table, responded: str, *, ids: str | None) -> NDArray[np.bool_]:
    column = pc.cast(sample.column(responded), pa.string()).combine_chunks()
    words = column.dictionary_encode(null_encoding="encode")
    meant = [_ANSWERS.get((word or "").strip().lower()) for word in words.dictionary.to_pylist()]
    told = pa.array(meant, pa.bool_()).take(words.indices)
    wrong = np.asarray(told.is_null().to_numpy(zero_copy_only=False), dtype=bool)
    if wrong.any():
        raise Problem(
            "weights.bad_responded", count=number(int(wrong.sum())), column=responded, who=who(sample, wrong, ids=ids)
        )
    return np.asarray(told.to_numpy(zero_copy_only=False), dtype=bool)


def _by_groups(drawn: _Drawn, variables: Sequence[str], merge: Mapping[str, str]) -> _Correction:
    columns = [coded_words(drawn.table.column(name)) for name in variables]
    profiles = crossed(columns)
    cells = [
        tuple(str(column.values[code]) for column, code in zip(columns, codes, strict=True))
        for codes in profiles.parts.tolist()
    ]
    merges = read_merges(merge, [make_margin(tuple(variables), dict.fromkeys(cells, 1.0))])
    ends = [merges.cell(variables, cell) for cell in cells]
    kept = sorted(set(ends))
    rank = {cell: place for place, cell in enumerate(kept)}
    codes = np.array([rank[end] for end in ends], dtype=np.int64)[profiles.of]
    groups = _groups([same(CROSS.join(cell)) for cell in kept], codes, drawn)
    raise_all(
        [
            Problem(
                "weights.silent_group",
                n=number(group.n),
                group=CROSS.join(kept[place]),
                neighbour=_neighbour(kept, groups, place),
            )
            for place, group in enumerate(groups)
            if not group.respondents
        ]
    )
    told = _GROUPS.filled(count=number(len(groups)), variables=", ".join(variables))
    return _Correction(np.array([group.rate for group in groups])[codes], (told,), groups, codes)


def _by_classes(drawn: _Drawn, variables: Sequence[str], merge: Mapping[str, str], classes: int) -> _Correction:
    fitted = _fitted(drawn, variables, merge)
    codes, count = _quantile_classes(fitted.fitted, classes)
    labels = [_CLASS.filled(rank=rank + 1, count=count) for rank in range(count)]
    groups = _groups(labels, codes, drawn)
    raise_all(
        [
            Problem("weights.silent_class", n=number(group.n), group=group.label, classes=classes)
            for group in groups
            if not group.respondents
        ]
    )
    told = _CLASSES.filled(variables=", ".join(variables), count=number(count))
    rates = np.array([group.rate for group in groups])[codes]
    return _Correction(rates, (told,), groups, codes, fitted.fitted, fitted.coefficients)


def _by_inverse(drawn: _Drawn, variables: Sequence[str], merge: Mapping[str, str], floor: float) -> _Correction:
    fitted = _fitted(drawn, variables, merge)
    rates = np.maximum(fitted.fitted, floor)
    floored = int(np.count_nonzero(drawn.answered & (fitted.fitted < floor)))
    total = float((drawn.weights / rates)[drawn.answered].sum())
    told = [
        _INVERSE.filled(
            variables=", ".join(variables),
            total=number(total),
            sampled=number(float(drawn.weights.sum())),
            factor=number(float(1 / rates[drawn.answered].min()), 2),
        )
    ]
    if floored:
        told.append(_FLOORED.filled(floor=percent(100 * floor, 1), count=number(floored)))
    return _Correction(
        rates, tuple(told), propensities=fitted.fitted, coefficients=fitted.coefficients, floored=floored
    )


def _fitted(drawn: _Drawn, variables: Sequence[str], merge: Mapping[str, str]) -> Propensities:
    """The regression on the variables, their categories merged first."""
    table = drawn.table
    words = {
        name: pc.cast(table.column(name), pa.string()).to_pylist()
        for name in variables
        if not is_numeric(table.column(name))
    }
    merges = read_merges(merge, [make_margin(name, dict.fromkeys(column, 1.0)) for name, column in words.items()])
    for name, joined in merges.categories.items():
        merged = pa.array([joined.get(word, word) for word in words[name]], pa.string())
        table = table.set_column(table.column_names.index(name), name, merged)
    return fit_propensities(model_of(table, variables), drawn.answered, drawn.weights)


def _quantile_classes(propensities: NDArray[np.float64], classes: int) -> tuple[NDArray[np.int64], int]:
    """Classes of as many rows, as R cut(p, unique(c(-Inf, quantile(p, 1:(k - 1) / k), Inf))); fewer when they tie."""
    told = np.round(propensities, NOISE)
    breaks = np.unique(np.quantile(told, np.arange(1, classes) / classes))
    seen, codes = np.unique(np.searchsorted(breaks, told, side="left"), return_inverse=True)
    return codes.astype(np.int64), len(seen)


def _groups(labels: Sequence[Text], codes: NDArray[np.int64], drawn: _Drawn) -> tuple[ResponseGroup, ...]:
    size = len(labels)
    n = np.bincount(codes, minlength=size)
    respondents = np.bincount(codes[drawn.answered], minlength=size)
    sampled = np.bincount(codes, weights=drawn.weights, minlength=size)
    answered = np.bincount(codes, weights=drawn.weights * drawn.answered, minlength=size)
    return tuple(
        ResponseGroup(
            label=label,
            n=int(n[rank]),
            respondents=int(respondents[rank]),
            sampled=float(sampled[rank]),
            rate=float(answered[rank] / sampled[rank]),
        )
        for rank, label in enumerate(labels)
    )


def _neighbour(cells: Sequence[tuple[str, ...]], groups: Sequence[ResponseGroup], place: int) -> str:
    """The nearest group that answered, in alphabetical order; inside the same first categories when crossed."""
    others = [other for other, group in enumerate(groups) if group.respondents]
    here = cells[place][:-1]
    nearest = min(others, key=lambda other: (cells[other][:-1] != here, abs(other - place), other))
    return CROSS.join(cells[nearest])


def _responded(drawn: _Drawn) -> list[Text]:
    n, respondents = len(drawn.answered), int(drawn.answered.sum())
    return [_RESPONDED.filled(respondents=number(respondents), n=number(n), rate=percent(100 * drawn.rate(), 1))]


def _ranges(made: _Correction, smallest: int) -> list[Text]:
    """The lowest and highest rates, and the groups whose rate rests on few answers."""
    if not made.groups:
        return []
    low = min(made.groups, key=lambda group: group.rate)
    high = max(made.groups, key=lambda group: group.rate)
    lines = [
        _RANGE.filled(
            low=percent(100 * low.rate, 1),
            lowest=low.label,
            high=percent(100 * high.rate, 1),
            highest=high.label,
            factor=number(low.factor, 2),
        )
    ]
    small = [group.label for group in made.groups if group.respondents < smallest]
    if small:
        shown = [*small[:NAMED], same("…")] if len(small) > NAMED else small
        lines.append(_SMALL.filled(smallest=number(smallest), groups=listed(shown)))
    return lines
