"""Every test the room knows: its name, and what it assumes, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alliage.catalogue.declarations import did_you_mean
from alliage.problems import Problem
from alliage.text import Text


@dataclass(frozen=True, slots=True)
class Method:
    """name: what the test is called, with whom it comes from. assumes: when its probability may be believed."""

    name: Text
    assumes: Text


def refuse_option(option: str, value: str, known: Sequence[str]) -> None:
    """What is not known is never taken for something else. Raises Problem estimates.option."""
    if value not in known:
        suggestion, shown = did_you_mean(value, list(known)), ", ".join(known)
        raise Problem("estimates.option", option=option, value=value, suggestion=suggestion, known=shown)


_MANY_UNITS = Text(
    fr="Suppose assez d'unités tirées pour que les parts du tableau suivent à peu près une loi normale ; aucune case "
    "n'a besoin d'un effectif attendu minimal, mais une case presque vide pèse peu.",
    en="Assumes enough sampled units for the shares of the table to be about normal; no cell needs a smallest "
    "expected count, but a nearly empty cell weighs little.",
)
_WALD = Text(
    fr="Suppose assez d'unités tirées par rapport au nombre de cases : au-delà, ce test rejette trop souvent, et celui "
    "de Rao et Scott vaut mieux.",
    en="Assumes enough sampled units for the number of cells: beyond, this test rejects too often, and that of Rao "
    "and Scott is better.",
)
_MEANS = Text(
    fr="Suppose assez d'unités tirées pour que la différence suive à peu près une loi normale. Les variances des "
    "groupes peuvent différer, et les groupes partager des grappes.",
    en="Assumes enough sampled units for the difference to be about normal. Groups may have different variances, and "
    "share clusters.",
)
_RANKS = Text(
    fr="Compare des rangs estimés dans la population : sensible à un décalage d'un groupe à l'autre, quelle que soit "
    "la forme des distributions.",
    en="Compares ranks estimated in the population: sensitive to a shift from one group to another, whatever the shape "
    "of the distributions.",
)
_TREND = Text(
    fr="Cherche une pente sur le score donné à chaque groupe, une ligne droite : une différence qui monte puis descend "
    "lui échappe.",
    en="Looks for a slope on the score given to each group, a straight line: a difference that goes up and then down "
    "escapes it.",
)
_FIT = Text(
    fr="Suppose les parts de référence connues sans erreur, et assez d'unités tirées pour que les parts observées "
    "suivent à peu près une loi normale.",
    en="Assumes that the reference shares are known without error, and enough sampled units for the observed shares to "
    "be about normal.",
)

METHODS: dict[str, Method] = {
    "F": Method(
        Text(
            fr="Indépendance : khi-deux de Pearson, correction de Rao et Scott du second ordre (F).",
            en="Independence: Pearson's chi-square, second-order Rao–Scott correction (F).",
        ),
        _MANY_UNITS,
    ),
    "Chisq": Method(
        Text(
            fr="Indépendance : khi-deux de Pearson, correction de Rao et Scott du premier ordre.",
            en="Independence: Pearson's chi-square, first-order Rao–Scott correction.",
        ),
        _MANY_UNITS,
    ),
    "Wald": Method(
        Text(
            fr="Indépendance : test de Wald (Koch, Freeman et Freeman).",
            en="Independence: Wald test (Koch, Freeman and Freeman).",
        ),
        _WALD,
    ),
    "adjWald": Method(
        Text(fr="Indépendance : test de Wald ajusté.", en="Independence: adjusted Wald test."),
        _WALD,
    ),
    "lincom": Method(
        Text(
            fr="Indépendance : khi-deux de Pearson, loi exacte d'une combinaison de khi-deux.",
            en="Independence: Pearson's chi-square, exact law of a combination of chi-squares.",
        ),
        _MANY_UNITS,
    ),
    "saddlepoint": Method(
        Text(
            fr="Indépendance : khi-deux de Pearson, combinaison de khi-deux au point-selle.",
            en="Independence: Pearson's chi-square, combination of chi-squares by saddlepoint.",
        ),
        _MANY_UNITS,
    ),
    "t": Method(
        Text(
            fr="Différence de deux moyennes : test de Student selon le plan de sondage.",
            en="Difference of two means: Student's test under the sampling design.",
        ),
        _MEANS,
    ),
    "t1": Method(
        Text(
            fr="Moyenne comparée à une valeur connue : test de Student selon le plan de sondage.",
            en="Mean against a known value: Student's test under the sampling design.",
        ),
        _MEANS,
    ),
    "wilcoxon": Method(
        Text(
            fr="Rangs : Wilcoxon, ou Kruskal-Wallis au-delà de deux groupes (Lumley et Scott).",
            en="Ranks: Wilcoxon, or Kruskal–Wallis beyond two groups (Lumley and Scott).",
        ),
        _RANKS,
    ),
    "vanderWaerden": Method(
        Text(
            fr="Rangs : scores normaux de van der Waerden (Lumley et Scott).",
            en="Ranks: van der Waerden's normal scores (Lumley and Scott).",
        ),
        _RANKS,
    ),
    "median": Method(
        Text(
            fr="Rangs : test de la médiane (Lumley et Scott).",
            en="Ranks: median test (Lumley and Scott).",
        ),
        _RANKS,
    ),
    "score": Method(
        Text(
            fr="Rangs : score donné par l'utilisateur (Lumley et Scott).",
            en="Ranks: a score given by the user (Lumley and Scott).",
        ),
        _RANKS,
    ),
    "trend": Method(
        Text(
            fr="Tendance : pente de la régression sur le score des groupes, selon le plan de sondage.",
            en="Trend: slope of the regression on the score of groups, under the sampling design.",
        ),
        _TREND,
    ),
    "fit": Method(
        Text(
            fr="Ajustement à des parts connues : khi-deux de Pearson, correction de Rao et Scott (Satterthwaite).",
            en="Fit to known shares: Pearson's chi-square, Rao–Scott correction (Satterthwaite).",
        ),
        _FIT,
    ),
}
