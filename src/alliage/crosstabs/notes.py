"""What a crosstab says of itself, so that whoever is handed the file knows what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alliage.estimates.columns import as_tuple
from alliage.estimates.designs import BoundDesign, Design
from alliage.estimates.families import Multiplicity
from alliage.problems import MESSAGES
from alliage.text import Text, percent

WEIGHTED = Text(fr="Pondéré par « {weight} ».", en="Weighted by “{weight}”.")
UNWEIGHTED = Text(fr="Chacun pèse 1 : rien n'est pondéré.", en="Everyone weighs 1: nothing is weighted.")
GIVEN_WEIGHTS = Text(fr="Pondéré.", en="Weighted.")
CALIBRATED = Text(
    fr="Les poids sont calés : ce que le calage sait sort de l'erreur.",
    en="Weights are calibrated: what calibration knows leaves the error.",
)
# By what the design names: strata, clusters.
DESIGNS: dict[tuple[bool, bool], Text] = {
    (False, False): Text(
        fr="Plan de sondage : ni strates, ni grappes.", en="Sampling design: neither strata nor clusters."
    ),
    (True, False): Text(fr="Plan de sondage : strates ({strata}).", en="Sampling design: strata ({strata})."),
    (False, True): Text(fr="Plan de sondage : grappes ({clusters}).", en="Sampling design: clusters ({clusters})."),
    (True, True): Text(
        fr="Plan de sondage : strates ({strata}) et grappes ({clusters}).",
        en="Sampling design: strata ({strata}) and clusters ({clusters}).",
    ),
}
SIZES = Text(
    fr="Plan de sondage : {strata} strate(s), {units} unité(s) tirée(s).",
    en="Sampling design: {strata} stratum/strata, {units} sampled unit(s).",
)
REPLICATES = Text(
    fr="Erreurs par poids répliqués ({kind}).",
    en="Errors from replicate weights ({kind}).",
)
LETTERS = Text(
    fr="Une lettre capitale à côté d'un chiffre : il est plus élevé que celui de la colonne de cette lettre, dans le "
    "même groupe, au seuil de {level}. Test de Student de la différence selon le plan de sondage, covariance comprise.",
    en="A capital letter beside a figure: it is higher than that of the column with that letter, in the same group, at "
    "the {level} level. Student's test of the difference under the sampling design, covariance included.",
)
SMALL_LETTERS = Text(
    fr="Une lettre minuscule : au seuil de {level} seulement.", en="A small letter: at the {level} level only."
)
NO_LETTERS = Text(
    fr="Aucune lettre : ce plan de sondage ne permet pas de test.",
    en="No letters: this sampling design allows no test.",
)
FAMILIES: dict[Multiplicity, Text] = {
    "none": Text(
        fr="Chaque paire de colonnes est testée seule : plus il y a de paires, plus des lettres sont dues au hasard.",
        en="Each pair of columns is tested alone: the more pairs there are, the more letters are due to chance.",
    ),
    "bonferroni": Text(
        fr="Le risque porte sur toutes les paires d'une ligne dans un groupe (Bonferroni).",
        en="The risk bears on all the pairs of a row within a group (Bonferroni).",
    ),
    "holm": Text(
        fr="Le risque porte sur toutes les paires d'une ligne dans un groupe (Holm).",
        en="The risk bears on all the pairs of a row within a group (Holm).",
    ),
    "benjamini-hochberg": Text(
        fr="Le risque porte sur la part de lettres de trop parmi celles d'une ligne dans un groupe "
        "(Benjamini et Hochberg).",
        en="The risk bears on the part of letters too many among those of a row within a group (Benjamini and "
        "Hochberg).",
    ),
}
MISSING_POLICY = Text(
    fr="La base d'une question est faite de celles et ceux qui y ont répondu. Ne sont pas des réponses : une case "
    "vide, {missing}.",
    en="The base of a question is those who answered it. These are no answers: an empty cell, {missing}.",
)
MINIMUM = Text(
    fr="Une colonne de moins de {minimum} répondants à la question porte un astérisque et n'est pas testée.",
    en="A column of fewer than {minimum} respondents to the question bears an asterisk and is not tested.",
)
EFFECTIVE = Text(
    fr="Base efficace : (somme des poids)² / somme des carrés des poids, la base qui donnerait la même précision sans "
    "l'inégalité des poids.",
    en="Effective base: (sum of weights)² / sum of squared weights, the base that would be as precise without unequal "
    "weights.",
)
HOLDERS = Text(
    fr="Chiffres exacts, pour celles et ceux qui détiennent les réponses ; à ne pas publier : aucun secret statistique "
    "n'y est appliqué.",
    en="Exact figures, for those who hold the answers; not for publication: no disclosure control is applied.",
)


@dataclass(frozen=True, slots=True)
class Notes:
    """In order: whose figures these are, weights, design, letters, what is missing, small bases."""

    holders: Text
    sample: tuple[Text, ...]
    letters: tuple[Text, ...]
    bases: tuple[Text, ...]

    @property
    def all(self) -> tuple[Text, ...]:
        return (self.holders, *self.sample, *self.letters, *self.bases)


def notes_of(
    design: Design | BoundDesign,
    plan: BoundDesign,
    *,
    strong: float,
    weak: float | None,
    multiplicity: Multiplicity,
    minimum_base: int,
    missing: Sequence[str],
    tested: bool,
    marked: bool,
) -> Notes:
    sample = [*_weights(design, plan), *_sampling(design, plan)]
    if plan.kind in {"quota", "self_selected"}:
        sample.append(MESSAGES[f"estimates.{plan.kind}"])
    letters: list[Text] = []
    if tested and plan.margin == "none":
        letters.append(NO_LETTERS)
    elif tested:
        letters.append(LETTERS.filled(level=_level(strong)))
        letters += [] if weak is None else [SMALL_LETTERS.filled(level=_level(weak))]
        letters.append(FAMILIES[multiplicity])
    bases = [MISSING_POLICY.filled(missing=", ".join(missing)), EFFECTIVE]
    bases += [MINIMUM.filled(minimum=minimum_base)] if marked else []
    return Notes(HOLDERS, tuple(sample), tuple(letters), tuple(bases))


def _weights(design: Design | BoundDesign, plan: BoundDesign) -> list[Text]:
    if isinstance(design, Design):
        first = UNWEIGHTED if design.weight is None else WEIGHTED.filled(weight=" × ".join(design.weights))
    else:
        first = GIVEN_WEIGHTS if (plan.weight != plan.weight[0]).any() else UNWEIGHTED
    return [first, CALIBRATED] if plan.residuals is not None else [first]


def _sampling(design: Design | BoundDesign, plan: BoundDesign) -> list[Text]:
    if plan.replicates is not None:
        return [REPLICATES.filled(kind=plan.replicates.kind)]
    if not isinstance(design, Design):
        return [SIZES.filled(strata=len(plan.stages[0].strata), units=plan.stages[0].units)]
    words = {name: ", ".join(as_tuple(getattr(design, name))) for name in ("strata", "clusters")}
    return [DESIGNS[bool(words["strata"]), bool(words["clusters"])].filled(**words)]


def _level(threshold: float) -> Text:
    level = round(100 * (1 - threshold), 6)
    return percent(level, 0 if level == int(level) else 1)
