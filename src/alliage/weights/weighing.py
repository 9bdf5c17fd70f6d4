"""Weighing: from answers, a declared weighting and its margins, to one weight per answer and what it costs."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from alliage.catalogue.declarations import did_you_mean
from alliage.problems import Place, Problem
from alliage.studies.declarations import Weighting
from alliage.text import Text, number
from alliage.weights.coding import CodedMargin, code_margins, named, who
from alliage.weights.diagnosis import diagnose
from alliage.weights.feasibility import nearest_possible
from alliage.weights.margins import Margin
from alliage.weights.merging import read_merges
from alliage.weights.raking import Codes, Counts, Raking, rake_codes
from alliage.weights.results import Calibration, Weights

_AS_THEY_COME = Text(
    fr="Les poids sont ceux de la colonne « {column} », sans autre calage.",
    en="The weights are those of the column “{column}”, not calibrated further.",
)
_ONE_EACH = Text(
    fr="Il n'y a pas de pondération : chaque réponse compte pour une.",
    en="There is no weighting: each answer counts for one.",
)
_MET = Text(
    fr="Les réponses pèsent comme la population pour : {margins}. Chaque effectif connu est retrouvé exactement.",
    en="The answers weigh what the population weighs for: {margins}. Every known count is met exactly.",
)
_SHARES = Text(
    fr="La marge « {margin} » compte {own} {unit} et n'est utilisée que pour ses proportions, ramenées à {total}.",
    en="The margin “{margin}” counts {own} {unit} and is used for its proportions only, brought to {total}.",
)
_PROPOSED = Text(
    fr="La marge « {margin} » est une proposition d'Alliage : aucun fichier ouvert ne la donne.",
    en="The margin “{margin}” is Alliage's own proposal: no open file gives it.",
)
_INFERRED = Text(
    fr="La marge « {margin} » est déduite de plusieurs sources : aucune ne la donne telle quelle.",
    en="The margin “{margin}” is inferred from several sources: none gives it as such.",
)
_MERGED = Text(
    fr="« {left} » est regroupé avec « {right} » pour le calage.",
    en="“{left}” is merged with “{right}” for the weighting.",
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
    _check_method(weighting, margins, place)
    if weighting.method == "none":
        remark = _ONE_EACH if design_weight is None else _AS_THEY_COME.filled(column=design_weight)
        return Weights(values=initial, calibration=None, diagnosis=diagnose(initial, remarks=(remark,)))
    total = common_total(margins)
    merges = read_merges(weighting.merge, margins, place=place)
    coded = code_margins(responses, margins, initial, merges=merges, total=total, ids=ids, place=place)
    return _calibrated(coded, initial, weighting, remarks=_remarks(weighting, margins, total), place=place)


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
    weights = _numbers(responses.column(column))
    wrong = ~np.isfinite(weights) | (weights < 0)
    if wrong.any():
        raise Problem(
            "weights.bad_weight", place, count=int(wrong.sum()), column=column, who=who(responses, wrong, ids=ids)
        )
    if not weights.any():
        raise Problem("weights.all_zero", place, column=column)
    return weights


def common_total(margins: Sequence[Margin]) -> float:
    """The size of the population: that of the margins used as counts, which must agree; else of the first one.

    Raises weights.totals_disagree.
    """
    counted = [margin for margin in margins if margin.use == "counts"] or list(margins[:1])
    first = counted[0]
    for margin in counted[1:]:
        if not math.isclose(margin.total, first.total, rel_tol=1e-9):
            raise Problem(
                "weights.totals_disagree",
                margin.place,
                margin=margin.label,
                total=number(margin.total),
                unit=margin.unit,
                other=first.label,
                other_total=number(first.total),
            )
    return first.total


def _numbers(column: pa.ChunkedArray) -> NDArray[np.float64]:
    """A column as floats; what is empty or not a number becomes nan."""
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return np.array([_number(word) for word in column.to_pylist()], dtype=np.float64)
    return np.asarray(pc.fill_null(pc.cast(column, pa.float64()), np.nan).to_numpy(), dtype=np.float64)


def _number(word: str | None) -> float:
    try:
        return float(word) if word is not None else math.nan
    except ValueError:
        return math.nan


def _check_method(weighting: Weighting, margins: Sequence[Margin], place: Place | None) -> None:
    if weighting.method == "none":
        if margins:
            raise Problem("weights.unused_margins", place)
        return
    if not margins:
        raise Problem("weights.no_margin", place, method=weighting.method)
    if weighting.method == "poststratify" and len(margins) > 1:
        raise Problem("weights.several_margins", place, count=len(margins))
    for rank, margin in enumerate(margins):
        if margin.id in {other.id for other in margins[:rank]}:
            raise Problem("weights.repeated_margin", place, margin=margin.label)
    if weighting.trim is not None and not (math.isfinite(weighting.trim) and weighting.trim > 1):
        raise Problem("weights.bad_trim", place, trim=weighting.trim)


def _remarks(weighting: Weighting, margins: Sequence[Margin], total: float) -> list[Text]:
    remarks = [_MET.filled(margins=named(margins))]
    for margin in margins:
        if margin.use == "shares" and not math.isclose(margin.total, total, rel_tol=1e-9):
            own, brought = number(margin.total), number(total)
            remarks.append(_SHARES.filled(margin=margin.label, own=own, unit=margin.unit, total=brought))
        if margin.origin is not None and margin.origin.mark != "sourced":
            sentence = _PROPOSED if margin.origin.mark == "proposed" else _INFERRED
            remarks.append(sentence.filled(margin=margin.label))
    return remarks + [_MERGED.filled(left=left, right=right) for left, right in weighting.merge.items()]


def _calibrated(
    coded: Sequence[CodedMargin],
    initial: NDArray[np.float64],
    weighting: Weighting,
    *,
    remarks: Sequence[Text],
    place: Place | None,
) -> Weights:
    """Calibrate the rows of positive weight; the others keep their row and their zero."""
    counts = initial > 0
    codes = [margin.codes[counts].astype(np.intp) for margin in coded]
    targets = [margin.targets for margin in coded]
    raking = rake_codes(codes, targets, initial[counts])
    _explain(raking, coded, codes, targets, initial[counts])
    if weighting.trim is not None:
        ceiling = weighting.trim * float(np.median(raking.weights))
        if raking.weights.max() > ceiling:
            raking = rake_codes(codes, targets, initial[counts], largest=ceiling)
            _explain(raking, coded, codes, targets, initial[counts], trim=weighting.trim, largest=ceiling, place=place)
    final = np.zeros_like(initial)
    final[counts] = raking.weights
    calibration = Calibration(
        codes=np.column_stack([margin.codes for margin in coded]),
        categories=tuple(margin.categories for margin in coded),
        initial=initial,
        final=final,
        method="poststratify" if weighting.method == "poststratify" else "rake",
    )
    worst = coded[raking.margin]
    diagnosis = diagnose(
        final,
        initial=initial,
        iterations=raking.iterations,
        gap=raking.gap,
        worst_margin=f"{worst.margin.id}: {worst.categories[raking.category]}",
        trimmed=raking.held,
        remarks=remarks,
    )
    return Weights(values=final, calibration=calibration, diagnosis=diagnosis)


def _explain(
    raking: Raking,
    coded: Sequence[CodedMargin],
    codes: Codes,
    targets: Counts,
    initial: NDArray[np.float64],
    *,
    trim: float | None = None,
    largest: float = math.inf,
    place: Place | None = None,
) -> None:
    """Nothing when margins are met; else which category, how far, and whether any weights could have met it."""
    if raking.converged:
        return
    gap, margin, category, reached = nearest_possible(codes, targets, initial, largest=largest)
    if gap == 0.0:
        margin, category, reached = raking.margin, raking.category, raking.reached
    cell = coded[margin].cells[category]
    values = {
        "margin": coded[margin].margin.label,
        "cell": cell.name,
        "reached": number(reached),
        "wanted": number(float(targets[margin][category])),
    }
    if trim is not None:
        raise Problem("weights.trim_impossible", place, trim=number(trim, 2), **values)
    if gap > 0:
        raise Problem("weights.impossible", cell.place, **values)
    raise Problem("weights.no_convergence", cell.place, iterations=raking.iterations, **values)
