"""Weighing: from answers, a declared weighting and its margins, to one weight per answer and what it costs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, get_args

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from alliage.catalogue.declarations import did_you_mean
from alliage.problems import Place, Problem
from alliage.studies.declarations import Weighting
from alliage.text import Text, number
from alliage.weights.calibrating import Made, calibrate_codes
from alliage.weights.coding import CodedMargin, code_margins, numbers_of, who
from alliage.weights.diagnosis import diagnose
from alliage.weights.households import Households, read_households, refuse_uneven
from alliage.weights.margins import Level, Margin
from alliage.weights.merging import read_merges
from alliage.weights.results import CalibrationMethod, Weights
from alliage.weights.settings import check_weighting
from alliage.weights.telling import remarks_of, sentences_of
from alliage.weights.units import Calibrating, reached, sizes_of

Method = Literal["raking", "linear", "logit", "truncated", "sinh"]

# The names of R and Calmar, and what a study.yaml calls them.
METHODS: Mapping[str, CalibrationMethod] = {
    "raking": "rake",
    "linear": "linear",
    "logit": "logit",
    "truncated": "truncated",
    "sinh": "sinh",
}

_AS_THEY_COME = Text(
    fr="Les poids sont ceux de la colonne « {column} », sans autre calage.",
    en="The weights are those of the column “{column}”, not calibrated further.",
)
_ONE_EACH = Text(
    fr="Il n'y a pas de pondération : chaque réponse compte pour une.",
    en="There is no weighting: each answer counts for one.",
)


def weigh(
    responses: pa.Table,
    weighting: Weighting,
    margins: Sequence[Margin] = (),
    *,
    design_weight: str | None = None,
    ids: str | None = None,
    place: Place | None = None,
) -> Weights:
    """Give every row of the answers a weight: the design weight (or 1), calibrated on the margins if so declared.

    `ids` names the column that messages quote; `place` is where the weighting is declared. Nothing is dropped: what
    cannot be weighted is refused. Raises Problem or Problems (weights.*).
    """
    initial = initial_weights(responses, design_weight, ids=ids, place=place)
    check_weighting(weighting, margins, place)
    if weighting.method == "none":
        remark = _ONE_EACH if design_weight is None else _AS_THEY_COME.filled(column=design_weight)
        return Weights(values=initial, calibration=None, diagnosis=diagnose(initial, remarks=(remark,)))
    households = None
    if weighting.household is not None:
        households = read_households(responses, weighting.household, ids=ids, place=place)
    totals = _totals(margins, initial, households)
    merges = read_merges(weighting.merge, margins, place=place)
    coded = code_margins(responses, margins, initial, merges=merges, totals=totals, ids=ids, place=place)
    q = _scale(responses, weighting.scale, ids=ids, place=place)
    if households is not None:
        for name, values in _said_of_households(weighting, coded, design_weight, initial, q):
            refuse_uneven(households, responses, values, name, ids=ids, place=place)
    asked = Calibrating(
        coded=coded,
        initial=initial,
        weighting=weighting,
        totals=totals,
        is_weighted=design_weight is not None,
        q=q,
        households=households,
        place=place,
    )
    return _described(asked, calibrate_codes(asked), margins)


def poststratify(
    responses: pa.Table,
    margin: Margin,
    *,
    design_weight: str | None = None,
    merge: dict[str, str] | None = None,
    trim: float | None = None,
) -> Weights:
    """Make each cell of one margin, crossed if need be, weigh what it weighs in the population (R postStratify)."""
    weighting = Weighting(method="poststratify", merge=merge or {}, trim=trim)
    return weigh(responses, weighting, (margin,), design_weight=design_weight)


def rake(
    responses: pa.Table,
    margins: Sequence[Margin],
    *,
    design_weight: str | None = None,
    merge: dict[str, str] | None = None,
    trim: float | None = None,
) -> Weights:
    """Make every margin weigh what it weighs in the population (R rake, calibrate(calfun = "raking"))."""
    weighting = Weighting(method="rake", merge=merge or {}, trim=trim)
    return weigh(responses, weighting, margins, design_weight=design_weight)


def calibrate(
    responses: pa.Table,
    margins: Sequence[Margin],
    *,
    design_weight: str | None = None,
    method: Method = "raking",
    bounds: tuple[float, float] | None = None,
    household: str | None = None,
    scale: str | None = None,
    costs: Mapping[str, float] | None = None,
    merge: dict[str, str] | None = None,
    trim: float | None = None,
    rescale: bool | None = None,
) -> Weights:
    """Make every margin, of categories or of numbers, weigh what it weighs in the population (Calmar; R calibrate).

    method     raking, linear, logit, truncated or sinh; logit and truncated need `bounds`, the others may have some
    bounds     smallest and largest factor (final / starting weight), around 1
    household  the column whose answers share one weight; margins of persons and of households are met together
    scale      a column of positive numbers, q in Deville and Särndal: 1 / `variance` of R's calibrate
    costs      the margins (by id) that are approached and not met, and what a gap costs (see Weighting)
    rescale    bring starting weights to the size of the population first, so that bounds are about what remains; by
               default, without a column of design weights, or when no factor inside the bounds could do it

    Margins: make_margin("region", {"11": 1266, ...}), make_margin("income", 1_250_000), read_margin(path).
    Raises Problem or Problems (weights.*): nothing is met in part without saying so.
    """
    if method not in METHODS:
        suggestion = did_you_mean(method, list(METHODS))
        raise Problem("weights.unknown_method", method=method, suggestion=suggestion, known=", ".join(METHODS))
    weighting = Weighting(
        method=METHODS[method],
        merge=merge or {},
        trim=trim,
        bounds=bounds,
        household=household,
        scale=scale,
        costs=dict(costs or {}),
        rescale=rescale,
    )
    return weigh(responses, weighting, margins, design_weight=design_weight)


def initial_weights(
    responses: pa.Table, column: str | None, *, ids: str | None = None, place: Place | None = None
) -> NDArray[np.float64]:
    """The weights to start from, one per row: a column, or 1. Raises weights.bad_weight, all_zero, unknown_weight."""
    if responses.num_rows == 0:
        raise Problem("weights.no_answers", place)
    if column is None:
        return np.ones(responses.num_rows)
    if column not in responses.column_names:
        suggestion = did_you_mean(column, responses.column_names)
        raise Problem("weights.unknown_weight", place, column=column, suggestion=suggestion)
    weights = numbers_of(responses.column(column))
    wrong = ~np.isfinite(weights) | (weights < 0)
    if wrong.any():
        raise Problem(
            "weights.bad_weight",
            place,
            count=number(int(wrong.sum())),
            column=column,
            who=who(responses, wrong, ids=ids),
        )
    if not weights.any():
        raise Problem("weights.all_zero", place, column=column)
    return weights


def _totals(
    margins: Sequence[Margin], initial: NDArray[np.float64], households: Households | None
) -> dict[Level, float]:
    """The size of the population, in persons and in households: that of the margins used as counts, which must agree.

    Where margins give proportions only, it is what the starting weights make of it, on the scale of the other level if
    that one is counted. A level that no margin speaks of is not known. Raises weights.totals_disagree.
    """
    started: dict[Level, float] = {"individual": float(initial.sum())}
    if households is not None:
        started["household"] = float(initial[households.first].sum())
    counted: dict[Level, float] = {}
    for level in get_args(Level):
        own = [margin for margin in margins if margin.level == level and margin.use == "counts"]
        for margin in own[1:]:
            # Counts that are no numbers have their own message, once they are all read.
            is_known = math.isfinite(margin.total) and math.isfinite(own[0].total)
            if is_known and not math.isclose(margin.total, own[0].total, rel_tol=1e-9):
                raise Problem(
                    "weights.totals_disagree",
                    margin.place,
                    margin=margin.label,
                    total=number(margin.total),
                    unit=margin.unit,
                    other=own[0].label,
                    other_total=number(own[0].total),
                )
        if own:
            counted[level] = own[0].total
    scale = next((total / (started[level] or 1.0) for level, total in counted.items()), 1.0)
    shared: dict[Level, float] = {margin.level: started[margin.level] for margin in margins if margin.use == "shares"}
    return {level: total * scale for level, total in shared.items()} | counted


def _said_of_households(
    weighting: Weighting,
    coded: Sequence[CodedMargin],
    design_weight: str | None,
    initial: NDArray[np.float64],
    q: NDArray[np.float64] | None,
) -> Iterator[tuple[str, NDArray[np.float64] | NDArray[np.int32]]]:
    """What must be the same for all the members of a household, by name."""
    yield design_weight or "", initial
    if q is not None:
        yield weighting.scale or "", q
    for margin in coded:
        if margin.margin.level == "household":
            yield " × ".join(margin.margin.variables), margin.codes
            if margin.values is not None:
                yield margin.margin.of or "", margin.values


def _scale(
    responses: pa.Table, column: str | None, *, ids: str | None, place: Place | None
) -> NDArray[np.float64] | None:
    if column is None:
        return None
    if column not in responses.column_names:
        suggestion = did_you_mean(column, responses.column_names)
        raise Problem("weights.unknown_scale", place, column=column, suggestion=suggestion)
    values = numbers_of(responses.column(column))
    wrong = ~(np.isfinite(values) & (values > 0))
    if wrong.any():
        spoken = who(responses, wrong, ids=ids)
        raise Problem("weights.bad_scale", place, count=number(int(wrong.sum())), column=column, who=spoken)
    return values


def _described(asked: Calibrating, made: Made, margins: Sequence[Margin]) -> Weights:
    met = reached(asked.coded, made.final, asked)
    gaps = np.abs([one.reached - one.wanted for one in met]) / sizes_of(asked)
    worst = met[int(np.argmax(gaps))]
    calibration = made.calibration
    diagnosis = diagnose(
        made.final,
        initial=asked.initial,
        iterations=made.rounds,
        gap=float(gaps.max()),
        worst_margin=f"{worst.margin}: {worst.category}" if worst.category else worst.margin,
        trimmed=made.held,
        bounds=None if calibration.bounds is None else [bound * calibration.rescaled for bound in calibration.bounds],
        remarks=(*remarks_of(asked, margins), *sentences_of(asked, made, met)),
    )
    return Weights(values=made.final, calibration=calibration, diagnosis=diagnosis, reached=met)
