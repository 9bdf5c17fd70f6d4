"""A model told in words: what was explained and for whom, each coefficient in a sentence, what it assumes.

A sentence holds "all else equal" inside the model only. Where a variable is part of an interaction its effect depends
on another one, and no single sentence would be true: the reader is sent to the predictive margins.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from alliage.models.families import FamilyName
from alliage.text import Text, listed, number, same

if TYPE_CHECKING:  # a model tells itself
    from alliage.models.results import Model

FAMILIES_TOLD: dict[FamilyName, Text] = {
    "linear": Text(fr="régression linéaire", en="linear regression"),
    "logistic": Text(fr="régression logistique", en="logistic regression"),
    "poisson": Text(fr="régression de Poisson", en="Poisson regression"),
    "ordinal": Text(fr="régression ordinale (cotes proportionnelles)", en="ordinal regression (proportional odds)"),
}
ASSUMES: dict[FamilyName, Text] = {
    "linear": Text(
        fr="Suppose que la moyenne de la réponse est une somme d'effets. Les erreurs types viennent du plan de "
        "sondage : elles ne supposent ni variance constante ni réponses indépendantes dans une grappe.",
        en="Assumes that the mean of the answer is a sum of effects. Standard errors come from the sampling design: "
        "they assume neither a constant variance nor independent answers within a cluster.",
    ),
    "logistic": Text(
        fr="Suppose que les effets s'ajoutent sur le logarithme de la cote, p / (1 − p). Un rapport de cotes n'est "
        "pas un rapport de parts : pour des parts, demandez les marges prédites.",
        en="Assumes that effects add up on the logarithm of the odds, p / (1 − p). An odds ratio is no ratio of "
        "shares: for shares, ask for the predictive margins.",
    ),
    "poisson": Text(
        fr="Suppose que les effets multiplient la moyenne de la réponse. Les erreurs types viennent du plan de "
        "sondage : elles ne supposent pas que la variance égale la moyenne.",
        en="Assumes that effects multiply the mean of the answer. Standard errors come from the sampling design: they "
        "do not assume that the variance equals the mean.",
    ),
    "ordinal": Text(
        fr="Suppose que le rapport de cotes est le même où que l'on coupe l'échelle des réponses. Un rapport plus "
        "grand que 1 va avec des réponses plus hautes.",
        en="Assumes that the odds ratio is the same wherever the scale of answers is cut. A ratio above 1 goes with "
        "higher answers.",
    ),
}
_COVARIANCE: dict[str, Text] = {
    "taylor": Text(
        fr="Erreurs types du plan de sondage, par linéarisation ; intervalles de Student à 95 %, {df} degrés de "
        "liberté.",
        en="Standard errors of the sampling design, by linearisation; Student intervals at 95%, {df} degrees of "
        "freedom.",
    ),
    "replicates": Text(
        fr="Erreurs types par répliques, le modèle estimé à nouveau sous chacune ; intervalles de Student à 95 %, {df} "
        "degrés de liberté.",
        en="Standard errors by replicates, the model fitted again under each; Student intervals at 95%, {df} degrees "
        "of freedom.",
    ),
    "census": Text(
        fr="Recensement : tout le monde a été interrogé, les coefficients n'ont pas d'erreur d'échantillonnage.",
        en="Census: everyone was asked, coefficients have no sampling error.",
    ),
    "none": Text(fr="Aucune erreur type ne peut être donnée.", en="No standard error can be given."),
}
_BASE = Text(
    fr="{family} · {formula}\nBase : {n} répondants ayant un poids et toutes les réponses.",
    en="{family} · {formula}\nBase: {n} respondents with a weight and every answer.",
)
_BASE_OF_SOME = Text(
    fr="{family} · {formula}\nBase : {n} répondants ayant un poids et toutes les réponses ({missing} sans l'une "
    "d'elles).",
    en="{family} · {formula}\nBase: {n} respondents with a weight and every answer ({missing} lack one).",
)
_REFERENCES = Text(fr="Références : {references}.", en="References: {references}.")


@dataclass(frozen=True, slots=True)
class _Words:
    """The sentences of a family, for a category and for a number: larger, smaller, undecided."""

    category: tuple[Text, Text, Text]
    number: tuple[Text, Text, Text]


_ODDS = _Words(
    category=(
        Text(
            fr="{equal}la cote de {response} est {times} fois plus forte pour {category} que pour {reference} "
            "({low} à {high}).",
            en="{equal}the odds of {response} are {times} times higher for {category} than for {reference} "
            "({low} to {high}).",
        ),
        Text(
            fr="{equal}la cote de {response} est {times} fois plus faible pour {category} que pour {reference} "
            "({low} à {high}).",
            en="{equal}the odds of {response} are {times} times lower for {category} than for {reference} "
            "({low} to {high}).",
        ),
        Text(
            fr="{equal}on ne peut pas trancher entre {category} et {reference} : le rapport des cotes de {response} "
            "est entre {low} et {high}.",
            en="{equal}{category} and {reference} cannot be told apart: the odds ratio of {response} lies between "
            "{low} and {high}.",
        ),
    ),
    number=(
        Text(
            fr="{equal}une unité de plus de {variable} multiplie la cote de {response} par {times} ({low} à {high}).",
            en="{equal}one more unit of {variable} multiplies the odds of {response} by {times} ({low} to {high}).",
        ),
        Text(
            fr="{equal}une unité de plus de {variable} divise la cote de {response} par {times} ({low} à {high}).",
            en="{equal}one more unit of {variable} divides the odds of {response} by {times} ({low} to {high}).",
        ),
        Text(
            fr="{equal}on ne peut pas dire si {variable} compte : une unité de plus multiplie la cote de {response} "
            "par un nombre entre {low} et {high}.",
            en="{equal}whether {variable} matters cannot be told: one more unit multiplies the odds of {response} by a "
            "number between {low} and {high}.",
        ),
    ),
)
_MEANS = _Words(
    category=(
        Text(
            fr="{equal}{response} est en moyenne {times} fois plus grand pour {category} que pour {reference} "
            "({low} à {high}).",
            en="{equal}{response} is on average {times} times larger for {category} than for {reference} "
            "({low} to {high}).",
        ),
        Text(
            fr="{equal}{response} est en moyenne {times} fois plus petit pour {category} que pour {reference} "
            "({low} à {high}).",
            en="{equal}{response} is on average {times} times smaller for {category} than for {reference} "
            "({low} to {high}).",
        ),
        Text(
            fr="{equal}on ne peut pas trancher entre {category} et {reference} : le rapport des moyennes de {response} "
            "est entre {low} et {high}.",
            en="{equal}{category} and {reference} cannot be told apart: the ratio of the means of {response} lies "
            "between {low} and {high}.",
        ),
    ),
    number=(
        Text(
            fr="{equal}une unité de plus de {variable} multiplie la moyenne de {response} par {times} ({low} à "
            "{high}).",
            en="{equal}one more unit of {variable} multiplies the mean of {response} by {times} ({low} to {high}).",
        ),
        Text(
            fr="{equal}une unité de plus de {variable} divise la moyenne de {response} par {times} ({low} à {high}).",
            en="{equal}one more unit of {variable} divides the mean of {response} by {times} ({low} to {high}).",
        ),
        Text(
            fr="{equal}on ne peut pas dire si {variable} compte : une unité de plus multiplie la moyenne de {response} "
            "par un nombre entre {low} et {high}.",
            en="{equal}whether {variable} matters cannot be told: one more unit multiplies the mean of {response} by a "
            "number between {low} and {high}.",
        ),
    ),
)
_GAPS = _Words(
    category=(
        Text(
            fr="{equal}{response} est en moyenne plus élevé de {times} pour {category} que pour {reference} "
            "({low} à {high}).",
            en="{equal}{response} is on average {times} higher for {category} than for {reference} ({low} to {high}).",
        ),
        Text(
            fr="{equal}{response} est en moyenne plus bas de {times} pour {category} que pour {reference} "
            "({low} à {high}).",
            en="{equal}{response} is on average {times} lower for {category} than for {reference} ({low} to {high}).",
        ),
        Text(
            fr="{equal}on ne peut pas trancher entre {category} et {reference} : l'écart moyen de {response} est entre "
            "{low} et {high}.",
            en="{equal}{category} and {reference} cannot be told apart: the mean difference of {response} lies between "
            "{low} and {high}.",
        ),
    ),
    number=(
        Text(
            fr="{equal}une unité de plus de {variable} va avec {times} de plus de {response} en moyenne ({low} à "
            "{high}).",
            en="{equal}one more unit of {variable} goes with {times} more of {response} on average ({low} to {high}).",
        ),
        Text(
            fr="{equal}une unité de plus de {variable} va avec {times} de moins de {response} en moyenne "
            "({low} à {high}).",
            en="{equal}one more unit of {variable} goes with {times} less of {response} on average ({low} to {high}).",
        ),
        Text(
            fr="{equal}on ne peut pas dire si {variable} compte : une unité de plus change {response} d'un nombre "
            "entre {low} et {high} en moyenne.",
            en="{equal}whether {variable} matters cannot be told: one more unit changes {response} by a number between "
            "{low} and {high} on average.",
        ),
    ),
)
_WORDS: dict[FamilyName, _Words] = {"linear": _GAPS, "logistic": _ODDS, "poisson": _MEANS, "ordinal": _ODDS}
_HIGHER = Text(fr="une réponse plus haute à « {name} »", en="a higher answer to “{name}”")
_QUOTED = Text(fr="« {name} »", en="“{name}”")
_EQUAL = Text(fr="À {others} {equals}, ", en="For the same {others}, ")
# Named on every line, more variables than that would hide what the sentence says.
NAMED = 3
_ALL_EQUAL = Text(
    fr="À égalité sur les autres variables du modèle, ", en="With the other variables of the model equal, "
)
_DEPENDS = Text(
    fr="L'effet de {variables} dépend d'une autre variable (interaction) : voyez les marges prédites.",
    en="The effect of {variables} depends on another variable (interaction): see the predictive margins.",
)
_UNDECIDED = Text(fr="Aucune conclusion possible sans erreur type.", en="No conclusion without a standard error.")


def heading(model: Model) -> Text:
    """The family, the formula, the base, and the reference of each variable."""
    told = (_BASE_OF_SOME if model.n_missing else _BASE).filled(
        family=FAMILIES_TOLD[model.family],
        formula=model.formula.text,
        n=number(model.n),
        missing=number(model.n_missing),
    )
    if not model.references:
        return told
    named = ", ".join(f"{label}={level}" for label, level in model.references.items())
    references = _REFERENCES.filled(references=named)
    return Text(fr=f"{told.fr}\n{references.fr}", en=f"{told.en}\n{references.en}")


def footing(model: Model) -> tuple[Text, ...]:
    """How errors were made, what the model assumes, what must be known beside the figures."""
    method = "replicates" if model.design.replicates is not None else "taylor"
    if model.design.margin == "none":
        method = "census" if model.design.kind == "census" else "none"
    how = _COVARIANCE[method].filled(df=number(model.df))
    return (how, ASSUMES[model.family], *(caution.text for caution in model.warnings))


def sentences(model: Model) -> tuple[Text, ...]:
    """Each coefficient as a sentence that can be read aloud, variables of interactions apart."""
    if not np.isfinite(model.covariance).all() or model.df <= 0:
        return (_UNDECIDED,)
    if any(caution.code == "models.perfect_fit" for caution in model.warnings):
        return ()
    crossed = {label for term in model.formula.terms if len(term.factors) > 1 for label in term.labels}
    found = [
        _sentence(model, rank)
        for rank, column in enumerate(model.columns)
        if len(column.parts) == 1 and not column.labels & crossed and _compared(model, rank)
    ]
    if crossed:
        names = listed([_QUOTED.filled(name=name) for name in sorted(crossed)])
        found.append(_DEPENDS.filled(variables=names))
    return tuple(found)


def _compared(model: Model, rank: int) -> bool:
    """Whether a coefficient is told against a reference: a category that is the reference has a level of its own."""
    return model.columns[rank].parts[0].level != 0


def _sentence(model: Model, rank: int) -> Text:
    low, high = (float(end[rank]) for end in model.intervals())
    value = float(model.coefficients[rank])
    part = model.columns[rank].parts[0]
    levels = model.frame.variables[part.label].levels
    words = _WORDS[model.family]
    choices = words.number if part.level is None else words.category
    others = [label for label in model.fitted.profiles.variables if label != part.label]
    if low > 0:
        told, ends = choices[0], (value, low, high)
    elif high < 0:
        told, ends = choices[1], (-value, -high, -low)
    else:
        told, ends = choices[2], (value, low, high)
    times, first, last = (_size(end, model.is_ratio) for end in ends)
    filled = told.filled(
        equal=_equal(others),
        response=(_HIGHER if model.family == "ordinal" else _QUOTED).filled(name=model.response),
        variable=_QUOTED.filled(name=part.label),
        category=_QUOTED.filled(name=f"{part.label} = {levels[part.level]}") if part.level is not None else "",
        reference=_QUOTED.filled(name=f"{part.label} = {levels[0]}") if levels else "",
        times=times,
        low=first,
        high=last,
    )
    return Text(fr=filled.fr[0].upper() + filled.fr[1:], en=filled.en[0].upper() + filled.en[1:])


def _equal(others: list[str]) -> Text:
    """ "À âge et région égaux, ": what is held equal, where there is something."""
    if not others:
        return same("")
    if len(others) > NAMED:
        return _ALL_EQUAL
    named = listed([_QUOTED.filled(name=name) for name in others])
    return _EQUAL.filled(others=named, equals="égaux" if len(others) > 1 else "égal")


def _size(coefficient: float, is_ratio: bool) -> Text:
    """A ratio or a difference with three significant digits."""
    value = math.exp(coefficient) if is_ratio and coefficient < 700 else coefficient
    decimals = max(2 - math.floor(math.log10(abs(value))), 0) if value else 0
    return number(round(value, decimals), min(decimals, 6))
