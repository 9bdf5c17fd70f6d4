"""What a calibration met, approached, and did, in sentences."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from alliage.text import Text, number, percent
from alliage.weights.calibrating import Made
from alliage.weights.coding import named
from alliage.weights.margins import Margin
from alliage.weights.results import CalibrationMethod, Reached
from alliage.weights.units import Calibrating, sizes_of

_MET = Text(
    fr="Les réponses pèsent comme la population pour : {margins}. Chaque effectif connu est retrouvé exactement.",
    en="The answers weigh what the population weighs for: {margins}. Every known count is met exactly.",
)
_SHARES = Text(
    fr="La marge « {margin} » compte {own} {unit} et n'est utilisée que pour ses proportions, ramenées à {total}.",
    en="The margin “{margin}” counts {own} {unit} and is used for its proportions only, brought to {total}.",
)
_OWN_SIZE = Text(
    fr="Aucune marge ne donne d'effectif : les poids gardent leur total de départ, {total}.",
    en="No margin gives a count: the weights keep their starting total, {total}.",
)
_NO_SIZE = Text(
    fr="Aucune marge ne dit combien la population compte : rien ne retient la somme des poids. Ajoutez une marge "
    "d'effectifs si vous en connaissez une.",
    en="No margin says how many the population counts: nothing holds the sum of the weights. Add a margin of counts if "
    "you know one.",
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
_MET_TOTALS = Text(
    fr="Les totaux connus sont retrouvés exactement pour : {margins}.",
    en="Known totals are met exactly for: {margins}.",
)
_APPROACHED = Text(
    fr="Ces marges ont un coût et ne sont qu'approchées : {margins}. Le plus grand écart est de {gap} ({category} : "
    "{reached} au lieu de {wanted}).",
    en="These margins have a cost and are only approached: {margins}. The largest gap is {gap} ({category}: {reached} "
    "instead of {wanted}).",
)
_RESCALED = Text(
    fr="Les poids de départ font {own} en tout, et la population {total} : ils lui sont d'abord ramenés, et les "
    "facteurs du calage sont comptés à partir de là.",
    en="The starting weights add up to {own}, the population to {total}: they are first brought to it, and the factors "
    "of the calibration are counted from there.",
)
_HOUSEHOLDS = Text(
    fr="Les membres d'un même ménage ont le même poids : {count} ménages.",
    en="The members of one household have the same weight: {count} households.",
)
_METHODS: dict[CalibrationMethod, Text] = {
    "linear": Text(
        fr="Méthode linéaire : le calage est trouvé en une fois, sans rien qui retienne les poids.",
        en="Linear method: the calibration is found in one go, with nothing to hold the weights.",
    ),
    "truncated": Text(
        fr="Méthode linéaire tronquée : les facteurs sont arrêtés aux bornes ; tours de calcul : {rounds}.",
        en="Truncated linear method: factors stop at the bounds; rounds of computing: {rounds}.",
    ),
    "logit": Text(
        fr="Méthode logit : les facteurs approchent les bornes sans les atteindre ; tours de calcul : {rounds}.",
        en="Logit method: factors come near the bounds without reaching them; rounds of computing: {rounds}.",
    ),
    "sinh": Text(
        fr="Méthode du sinus hyperbolique ; tours de calcul : {rounds}.",
        en="Hyperbolic sine method; rounds of computing: {rounds}.",
    ),
}


def remarks_of(asked: Calibrating, margins: Sequence[Margin]) -> list[Text]:
    """What the margins are: met exactly or not, brought to another total, whose they are, merged."""
    costs, merge = asked.weighting.costs, asked.weighting.merge
    exact = [margin for margin in margins if margin.id not in costs]
    is_counted = any(margin.use == "counts" for margin in margins)
    remarks = []
    if not asked.totals:
        remarks.append(_NO_SIZE)
    elif not is_counted:
        remarks.append(_OWN_SIZE.filled(total=number(next(iter(asked.totals.values())))))
    for sentence, is_total in ((_MET, False), (_MET_TOTALS, True)):
        met = [margin for margin in exact if (margin.use == "total") == is_total]
        if met:
            remarks.append(sentence.filled(margins=named(met)))
    for margin in margins:
        total = asked.totals.get(margin.level, margin.total)
        if margin.use == "shares" and is_counted and not math.isclose(margin.total, total, rel_tol=1e-9):
            own, brought = number(margin.total), number(total)
            remarks.append(_SHARES.filled(margin=margin.label, own=own, unit=margin.unit, total=brought))
        if margin.origin is not None and margin.origin.mark != "sourced":
            sentence = _PROPOSED if margin.origin.mark == "proposed" else _INFERRED
            remarks.append(sentence.filled(margin=margin.label))
    return remarks + [_MERGED.filled(left=left, right=right) for left, right in merge.items()]


def sentences_of(asked: Calibrating, made: Made, met: Sequence[Reached]) -> list[Text]:
    """What the calibration did that a plain raking does not."""
    lines = []
    if asked.method in _METHODS:
        lines.append(_METHODS[asked.method].filled(rounds=made.rounds))
    if asked.is_weighted and asked.rescaled != 1.0:
        own, total = float(asked.initial.sum()), float(asked.initial.sum()) * asked.rescaled
        lines.append(_RESCALED.filled(own=number(own, 0 if own >= 100 else 2), total=number(total)))
    if asked.households is not None:
        lines.append(_HOUSEHOLDS.filled(count=number(asked.households.count)))
    if asked.weighting.costs:
        gaps = np.array([0.0 if one.exact else abs(one.reached - one.wanted) for one in met]) / sizes_of(asked)
        worst = met[int(np.argmax(gaps))]
        decimals = 0 if abs(worst.wanted) >= 1000 else 2
        lines.append(
            _APPROACHED.filled(
                margins=named([margin.margin for margin in asked.coded if margin.margin.id in asked.weighting.costs]),
                gap=percent(100 * float(gaps.max()), 2),
                category=worst.category or worst.margin,
                reached=number(worst.reached, decimals),
                wanted=number(worst.wanted, decimals),
            )
        )
    return lines
