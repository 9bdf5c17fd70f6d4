"""The checks that ran on every figure of a release, in words: the certificate repeats them."""

from __future__ import annotations

from alliage.text import Text

CHECKS: dict[str, Text] = {
    "T1": Text(
        fr="Personnes : nombre minimal de réponses et d'habitants.", en="People: least number of answers and residents."
    ),
    "T2": Text(
        fr="Élus : nombre minimal de réponses, taille minimale de la population.",
        en="Elected officials: least number of answers, least size of the frame.",
    ),
    "T3": Text(fr="Organisations : nombre minimal de réponses.", en="Organisations: least number of answers."),
    "T7": Text(
        fr="Écarts : différence de valeurs arrondies, verdict de l'intervalle simultané exact.",
        en="Gaps: difference of rounded values, verdict of the exact simultaneous interval.",
    ),
    "R1": Text(fr="Base comptée après la non-réponse.", en="Base counted after non-response."),
    "R2": Text(fr="Réponses unanimes, à un initié près.", en="Unanimous answers, but for an insider."),
    "R4": Text(fr="Poids de la réponse la plus lourde.", en="Weight of the heaviest answer."),
    "R5": Text(fr="Quasi-recensement d'une petite population.", en="Near-census of a small frame."),
    "R6": Text(
        fr="Compléments : soustractions dans chaque ventilation, personnes sans modalité comprises.",
        en="Remainders: subtractions within each breakdown, people without a category included.",
    ),
    "R7": Text(fr="Zéros et cents pour cent des petites bases.", en="Zeros and hundreds of small bases."),
    "precision": Text(
        fr="Tranches, pas d'arrondi et classes ; intervalles qui ne livrent pas la base.",
        en="Bands, rounding steps and classes; intervals that do not give the base away.",
    ),
}
