"""The sentence of a gap: between audiences, between waves, between a territory and the whole.

A decided sentence says which side is higher; one whose interval includes equality never does.
"""

from __future__ import annotations

from alliage.disclosure.results import PublicGap
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
    ("domains", "higher"): Text(
        fr="{Inside}, la réponse {of} est plus haute que {whole} : l'écart est réel, d'environ {size} "
        "(entre {low} et {high}).",
        en="{Inside}, the answer {of} is higher than {whole}: the gap is real, about {size} "
        "(between {low} and {high}).",
    ),
    ("domains", "lower"): Text(
        fr="{Inside}, la réponse {of} est plus basse que {whole} : l'écart est réel, d'environ {size} "
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
    return "no_margin" if gap.verdict == "undecided" and gap.low is None else gap.verdict


def ends(gap: PublicGap, outcome: str) -> dict[str, Text]:
    """The two ends as a sentence says them: sizes when the gap is decided, signed numbers when it is not."""
    if gap.low is None or gap.high is None:
        return {}
    if outcome == "undecided":
        return {"low": with_sign(gap.low, gap.step), "high": _signed_points(gap.high, gap)}
    low, high = sorted((abs(gap.low), abs(gap.high)))
    return {"low": bare(low, gap.step), "high": bare(high, gap.step)}


def _signed_points(value: float, gap: PublicGap) -> Text:
    """« +5 points »: the sign, the number, its unit."""
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    written = points(value, gap.step, gap.unit)
    return Text(fr=f"{sign}{written.fr}", en=f"{sign}{written.en}")


def check_verdict(gap: PublicGap) -> None:
    """A verdict never contradicts the interval that is shown beside it; if it does, disclosure has a bug."""
    if gap.low is None or gap.high is None:
        fits = gap.verdict in {"undecided", "hidden"}
    else:
        shown = "higher" if gap.low > 0 else "lower" if gap.high < 0 else "undecided"
        fits = gap.verdict == shown
    if not fits:
        raise ValueError(f"{gap.id}: verdict {gap.verdict} contradicts the interval {gap.low}..{gap.high}")


def gap_display(gap: PublicGap) -> Text:
    """« +6 points », or why there is nothing."""
    if gap.value is None:
        return Text(fr="Non diffusé", en="Not released")
    return _signed_points(gap.value, gap)


def gap_interval(gap: PublicGap) -> Text | None:
    """« entre −3 et +5 points »."""
    if gap.low is None or gap.high is None:
        return None
    low, high = with_sign(gap.low, gap.step), _signed_points(gap.high, gap)
    return Text(fr=f"entre {low.fr} et {high.fr}", en=f"between {low.en} and {high.en}")


VERDICTS: dict[str, Text] = {
    "higher": Text(fr="▲ plus élevé", en="▲ higher"),
    "lower": Text(fr="▼ plus bas", en="▼ lower"),
    "undecided": Text(fr="● on ne peut pas trancher", en="● we cannot tell"),
    "hidden": Text(fr="non diffusé", en="not released"),
}
