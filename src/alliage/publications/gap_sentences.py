"""The sentence of a gap: between audiences, between waves, between a territory and the whole.

A decided sentence says which side is higher; one whose interval includes equality never does.
"""

from __future__ import annotations

from alliage.disclosure.results import GapState, PublicGap
from alliage.publications.vocabulary import Vocabulary, capital
from alliage.publications.wording import MINUS, bare, points, with_sign
from alliage.text import Text

_GAPS: dict[tuple[str, str], Text] = {
    ("audiences", "higher"): Text(
        fr="{A} et {b} ne répondent pas de la même façon : l'écart est réel, d'environ {size} "
        "(entre {low} et {high}) ; la valeur est plus élevée chez {a}.",
        en="{A} and {b} do not answer the same way: the gap is real, about {size} (between {low} and {high}); "
        "the value is higher among {a}.",
    ),
    ("audiences", "undecided"): Text(
        fr="Entre {a} et {b}, on ne peut pas trancher : l'écart se situe entre {low} et {high}.",
        en="Between {a} and {b} we cannot tell: the gap lies between {low} and {high}.",
    ),
    ("audiences", "no_margin"): Text(
        fr="Entre {a} et {b}, l'écart observé est de {size} ; sans marge d'erreur, on ne peut pas trancher.",
        en="Between {a} and {b} the observed gap is {size}; without a margin of error we cannot tell.",
    ),
    ("audiences", "hidden"): Text(
        fr="L'écart entre {a} et {b} n'est pas diffusé : l'une des deux valeurs ne l'est pas.",
        en="The gap between {a} and {b} is not released: one of the two values is not.",
    ),
    ("audiences", "banded"): Text(
        fr="Entre {a} et {b}, il y a trop peu de réponses pour dire l'écart.",
        en="Between {a} and {b} there are too few answers to tell the gap.",
    ),
    ("audiences", "no_data"): Text(
        fr="Entre {a} et {b}, pas d'écart à dire : l'un des deux publics n'a pas de donnée.",
        en="Between {a} and {b} there is no gap to tell: one of the two has no data.",
    ),
    ("audiences", "not_asked"): Text(
        fr="Entre {a} et {b}, pas d'écart à dire : la question n'a pas été posée aux deux publics.",
        en="Between {a} and {b} there is no gap to tell: the question was not put to both.",
    ),
    ("waves", "higher"): Text(
        fr="De {old} à {new}, la réponse {of} a changé : la hausse est réelle, d'environ {size} "
        "(entre {low} et {high}).",
        en="From {old} to {new} the answer {of} changed: the rise is real, about {size} (between {low} and {high}).",
    ),
    ("waves", "lower"): Text(
        fr="De {old} à {new}, la réponse {of} a changé : la baisse est réelle, d'environ {size} "
        "(entre {low} et {high}).",
        en="From {old} to {new} the answer {of} changed: the fall is real, about {size} (between {low} and {high}).",
    ),
    ("waves", "undecided"): Text(
        fr="De {old} à {new}, on ne peut pas dire si la réponse {of} a changé : "
        "l'évolution se situe entre {low} et {high}.",
        en="From {old} to {new} we cannot tell whether the answer {of} changed: "
        "the change lies between {low} and {high}.",
    ),
    ("waves", "no_margin"): Text(
        fr="De {old} à {new}, la réponse {of} diffère de {size} ; sans marge d'erreur, on ne peut pas trancher.",
        en="From {old} to {new} the answer {of} differs by {size}; without a margin of error we cannot tell.",
    ),
    ("waves", "hidden"): Text(
        fr="De {old} à {new}, l'évolution de la réponse {of} n'est pas diffusée : l'une des deux valeurs ne l'est pas.",
        en="From {old} to {new} the change in the answer {of} is not released: one of the two values is not.",
    ),
    ("waves", "banded"): Text(
        fr="De {old} à {new}, il y a trop peu de réponses {of} pour dire l'évolution.",
        en="From {old} to {new} there are too few answers {of} to tell the change.",
    ),
    ("waves", "no_data"): Text(
        fr="De {old} à {new}, pas d'évolution à dire {of} : l'une des deux vagues n'a pas de donnée.",
        en="From {old} to {new} there is no change {of} to tell: one of the two waves has no data.",
    ),
    ("waves", "not_asked"): Text(
        fr="De {old} à {new}, pas d'évolution à dire {of} : la question n'a pas été posée aux deux vagues.",
        en="From {old} to {new} there is no change {of} to tell: the question was not asked in both waves.",
    ),
    ("domains", "higher"): Text(
        fr="{Inside}, la réponse {of} est plus haute que celle donnée {whole} : l'écart est réel, d'environ {size} "
        "(entre {low} et {high}).",
        en="{Inside}, the answer {of} is higher than {whole}: the gap is real, about {size} "
        "(between {low} and {high}).",
    ),
    ("domains", "lower"): Text(
        fr="{Inside}, la réponse {of} est plus basse que celle donnée {whole} : l'écart est réel, d'environ {size} "
        "(entre {low} et {high}).",
        en="{Inside}, the answer {of} is lower than {whole}: the gap is real, about {size} (between {low} and {high}).",
    ),
    ("domains", "undecided"): Text(
        fr="{Inside}, on ne peut pas dire si la réponse {of} diffère de ce qu'elle est {whole} : "
        "l'écart se situe entre {low} et {high}.",
        en="{Inside}, we cannot tell whether the answer {of} differs from what it is {whole}: "
        "the gap lies between {low} and {high}.",
    ),
    ("domains", "no_margin"): Text(
        fr="{Inside}, la réponse {of} diffère de {size} de ce qu'elle est {whole} ; "
        "sans marge d'erreur, on ne peut pas trancher.",
        en="{Inside}, the answer {of} differs by {size} from what it is {whole}; "
        "without a margin of error we cannot tell.",
    ),
    ("domains", "hidden"): Text(
        fr="{Inside}, l'écart avec ce que répondent {who} {whole} n'est pas diffusé : "
        "l'une des deux valeurs ne l'est pas.",
        en="{Inside}, the gap with what {who} answer {whole} is not released: one of the two values is not.",
    ),
    ("domains", "banded"): Text(
        fr="{Inside}, il y a trop peu de réponses {of} pour dire l'écart avec ce qu'elles sont {whole}.",
        en="{Inside}, there are too few answers {of} to tell the gap with what they are {whole}.",
    ),
    ("domains", "no_data"): Text(
        fr="{Inside}, pas d'écart à dire avec ce que répondent {who} {whole} : pas de donnée.",
        en="{Inside}, there is no gap to tell with what {who} answer {whole}: no data.",
    ),
    ("domains", "not_asked"): Text(
        fr="{Inside}, pas d'écart à dire avec ce que répondent {who} {whole} : la question n'a pas été posée.",
        en="{Inside}, there is no gap to tell with what {who} answer {whole}: the question was not asked.",
    ),
}


def gap_sentence(gap: PublicGap, words: Vocabulary) -> Text:
    """What a gap lets us say. Read so that the larger side comes first: numbers in a decided sentence are positive."""
    check_verdict(gap)
    outcome = _outcome(gap)
    first, second = (gap.b, gap.a) if gap.kind == "audiences" and outcome == "lower" else (gap.a, gap.b)
    if gap.kind == "audiences" and outcome == "lower":
        outcome = "higher"
    a, b = words.audiences[first.audience], words.audiences[second.audience]
    return _GAPS[(gap.kind, outcome)].filled(
        A=capital(a.subject),
        a=a.subject,
        b=b.subject,
        of=a.of,
        who=a.subject,
        old=words.waves[gap.b.wave].short,
        new=words.waves[gap.a.wave].short,
        Inside=capital(words.domain(gap.a).inside),
        whole=words.domain(gap.b).inside,
        size=points(gap.value, gap.step, gap.unit) if gap.value is not None else "",
        **ends(gap, outcome),
    )


def _outcome(gap: PublicGap) -> str:
    if gap.verdict == "hidden":
        return "hidden" if gap.state == "protected" else gap.state
    return "no_margin" if gap.verdict == "undecided" and gap.low is None else gap.verdict


def ends(gap: PublicGap, outcome: str) -> dict[str, Text]:
    """The two ends as a sentence says them: sizes when the gap is decided, signed numbers when it is not."""
    if gap.low is None or gap.high is None:
        return {}
    if outcome == "undecided":
        return {"low": with_sign(gap.low, gap.step), "high": _signed_points(gap.high, gap)}
    low, high = sorted((abs(gap.low), abs(gap.high)))
    return {"low": _ZERO_EXCLUDED if low == 0 else bare(low, gap.step), "high": bare(high, gap.step)}


def _signed_points(value: float, gap: PublicGap) -> Text:
    """« +5 points »: the sign, the number, its unit."""
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    written = points(value, gap.step, gap.unit)
    return Text(fr=f"{sign}{written.fr}", en=f"{sign}{written.en}")


def check_verdict(gap: PublicGap) -> None:
    """A verdict never contradicts the value and the interval shown beside it; if it does, disclosure has a bug.

    An end at 0 goes with any verdict: it belongs to the interval of an undecided gap, and is said excluded otherwise.
    """
    if gap.low is None or gap.high is None or gap.value is None:
        fits = gap.verdict in {"undecided", "hidden"}
    else:
        fits = {
            "higher": gap.low >= 0 and gap.value > 0,
            "lower": gap.high <= 0 and gap.value < 0,
            "undecided": gap.low <= 0 <= gap.high,
        }.get(gap.verdict, False)
    if not fits:
        raise ValueError(f"{gap.id}: verdict {gap.verdict} contradicts the interval {gap.low}..{gap.high}")


def gap_display(gap: PublicGap) -> Text:
    """« +6 points », or why there is nothing."""
    if gap.value is None:
        return _ABSENCES[gap.state]
    return _signed_points(gap.value, gap)


def gap_interval(gap: PublicGap) -> Text | None:
    """« entre −3 et +5 points », « entre 0 (exclu) et +10 points »."""
    if gap.low is None or gap.high is None:
        return None
    low, high = with_sign(gap.low, gap.step), _signed_points(gap.high, gap)
    if gap.excludes_zero and gap.low == 0:
        low = _EXCLUDED
    if gap.excludes_zero and gap.high == 0:
        low, high = _signed_points(gap.low, gap), _EXCLUDED
    return Text(fr=f"entre {low.fr} et {high.fr}", en=f"between {low.en} and {high.en}")


def verdict_words(gap: PublicGap) -> Text:
    """« ▲ plus élevé », « trop peu de réponses »."""
    return _WITHOUT_VERDICT.get(gap.state, VERDICTS["hidden"]) if gap.verdict == "hidden" else VERDICTS[gap.verdict]


_ZERO_EXCLUDED = Text(fr="0 exclu", en="0 excluded")
_EXCLUDED = Text(fr="0 (exclu)", en="0 (excluded)")
_ABSENCES: dict[GapState, Text] = {
    "protected": Text(fr="Non diffusé", en="Not released"),
    "banded": Text(fr="Trop peu de réponses pour dire l'écart", en="Too few answers to tell the gap"),
    "no_data": Text(fr="Pas de donnée", en="No data"),
    "not_asked": Text(fr="Sans objet", en="Not applicable"),
}
_WITHOUT_VERDICT: dict[GapState, Text] = {
    "banded": Text(fr="trop peu de réponses", en="too few answers"),
    "no_data": Text(fr="pas de donnée", en="no data"),
    "not_asked": Text(fr="sans objet", en="not applicable"),
}
VERDICTS: dict[str, Text] = {
    "higher": Text(fr="▲ plus élevé", en="▲ higher"),
    "lower": Text(fr="▼ plus bas", en="▼ lower"),
    "undecided": Text(fr="● on ne peut pas trancher", en="● we cannot tell"),
    "hidden": Text(fr="non diffusé", en="not released"),
}
