"""One sentence for several figures: audiences and their largest gap, a territory and the whole, places that differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from alliage.disclosure.results import PublicCell, PublicGap
from alliage.indicators.cells import CellKey
from alliage.publications.gap_sentences import ends
from alliage.publications.sentences import cell_sentence
from alliage.publications.vocabulary import Vocabulary, capital, small
from alliage.publications.wording import display, looks_like_a_margin, points
from alliage.text import Text, listed

# (inside a territory, dated): a sentence is quoted far from its chart, so it says its date when there are several.
_SUMMARIES: dict[tuple[bool, bool], Text] = {
    (False, False): Text(fr="{topic} : {values}.", en="{topic}: {values}."),
    (False, True): Text(fr="En {wave}, {small_topic} : {values}.", en="In {wave}, {small_topic}: {values}."),
    (True, False): Text(fr="{Inside}, {small_topic} : {values}.", en="{Inside}, {small_topic}: {values}."),
    (True, True): Text(
        fr="{Inside}, en {wave}, {small_topic} : {values}.", en="{Inside}, in {wave}, {small_topic}: {values}."
    ),
}
_SHARE_OF = Text(fr="{value} {of}", en="{value} {of}")
_MEAN_FOR = Text(fr="{value} pour {who}", en="{value} for {who}")
_LARGEST = {
    "real": Text(
        fr="{summary} Le plus grand écart établi, entre {a} et {b}, est d'environ {size} (entre {low} et {high}).",
        en="{summary} The largest established gap, between {a} and {b}, is about {size} (between {low} and {high}).",
    ),
    "undecided": Text(
        fr="{summary} Aucun écart entre ces réponses n'est établi : on ne peut pas trancher.",
        en="{summary} No gap between these answers is established: we cannot tell.",
    ),
}
_ALL_PROTECTED = Text(
    fr="{topic} : rien n'est diffusé ici, pour protéger les réponses.",
    en="{topic}: nothing is released here, to protect answers.",
)
_NOTHING_KNOWN = Text(
    fr="{topic} : rien à dire ici, faute de données.",
    en="{topic}: nothing to say here, for want of data.",
)
_FRAGILE = Text(fr="{said} (fragile)", en="{said} (fragile)")
_BY_BAND = Text(fr="{said} (par tranche)", en="{said} (as a band)")
_ABOUT = Text(fr="environ {value}", en="about {value}")
# Under 100 answers values are rounded to these steps: "about" says it in one word.
COARSE_STEPS = frozenset({5.0, 0.5})


def summary_sentence(
    cells: Sequence[PublicCell],
    gaps: Iterable[PublicGap],
    words: Vocabulary,
    *,
    compared: Iterable[PublicGap] | None = None,
) -> Text:
    """All audiences at one wave, and the largest gap that is established between them.

    cells     one per audience, same indicator, item, wave and domain, in the order they are said
    compared  for a territory: its gaps with the whole, said in place of the gaps between audiences
    """
    shown = [cell for cell in cells if cell.is_shown]
    key = cells[0].key
    topic = capital(topic_of(key, words))
    if len(cells) == 1:
        summary = cell_sentence(cells[0], words)
    elif not shown:
        return nothing_shown(topic, cells)
    else:
        values = listed([said_of([cell], words) for cell in shown])
        summary = _SUMMARIES[bool(key.by), len(words.inputs.waves) > 1].filled(
            topic=topic,
            small_topic=small(topic),
            values=values,
            Inside=capital(words.domain(key).inside),
            wave=words.waves[key.wave].short,
        )
    if compared is not None:
        return _compared(summary, tuple(compared), words)
    return _with_largest(summary, tuple(gaps), words)


def nothing_shown(topic: Text, cells: Sequence[PublicCell]) -> Text:
    """Why a figure is empty: the one reason that is true of it."""
    is_protected = any(cell.state == "protected" for cell in cells)
    return (_ALL_PROTECTED if is_protected else _NOTHING_KNOWN).filled(topic=topic)


def is_latest(key: CellKey, words: Vocabulary) -> bool:
    return key.wave == words.inputs.waves[-1].id


def topic_of(key: CellKey, words: Vocabulary) -> Text:
    topic = words.indicators[key.indicator].topic
    if not key.item:
        return topic
    item = words.item_inside(key)
    return Text(fr=f"{topic.fr}, « {item.fr} »", en=f"{topic.en}, “{item.en}”")


def said_of(group: Sequence[PublicCell], words: Vocabulary) -> Text:
    """« environ 95 % des dirigeants d'entreprise (fragile) »; audiences that show the same thing are told together."""
    audiences = [words.audiences[cell.key.audience] for cell in group]
    template = _SHARE_OF if group[0].unit == "percent" else _MEAN_FOR
    said = template.filled(
        value=said_value(group[0]),
        of=listed([audience.of for audience in audiences]),
        who=listed([audience.subject for audience in audiences]),
    )
    return with_care(said, group[0])


def said_value(cell: PublicCell) -> Text:
    """« environ 95 % » under a hundred answers, « 73 % » beyond, « 85 % ou plus » for a band."""
    return _ABOUT.filled(value=display(cell)) if cell.step in COARSE_STEPS and not cell.band else display(cell)


def with_care(said: Text, cell: PublicCell) -> Text:
    """What must go with the words when they are quoted: a fragile figure, a band that is no margin."""
    if cell.state == "uncertain":
        return _FRAGILE.filled(said=said)
    return _BY_BAND.filled(said=said) if looks_like_a_margin(cell) else said


def _with_largest(summary: Text, gaps: Sequence[PublicGap], words: Vocabulary) -> Text:
    told = [gap for gap in gaps if gap.low is not None]
    real = [gap for gap in told if gap.verdict in {"higher", "lower"}]
    if not told:
        return summary
    if not real:
        return _LARGEST["undecided"].filled(summary=summary)
    largest = max(real, key=lambda gap: abs(gap.value or 0.0))
    first, second = (largest.a, largest.b) if largest.verdict == "higher" else (largest.b, largest.a)
    return _LARGEST["real"].filled(
        summary=summary,
        a=words.audiences[first.audience].subject,
        b=words.audiences[second.audience].subject,
        size=points(largest.value or 0.0, largest.step, largest.unit),
        **ends(largest, largest.verdict),
    )


_DIFFER = Text(
    fr="{sentence} L'écart avec la valeur d'ensemble est établi pour : {places}. Ailleurs, on ne peut pas trancher.",
    en="{sentence} The gap with the value for the whole is established for: {places}. Elsewhere we cannot tell.",
)
_NONE_DIFFERS = Text(
    fr="{sentence} Aucun écart avec cette valeur d'ensemble n'est établi : on ne peut pas trancher.",
    en="{sentence} No gap with this value for the whole is established: we cannot tell.",
)
_PLACE_VERDICT = {
    "higher": Text(fr="{place} (plus élevé)", en="{place} (higher)"),
    "lower": Text(fr="{place} (plus bas)", en="{place} (lower)"),
}


def domains_sentence(whole: PublicCell, gaps: Iterable[PublicGap], words: Vocabulary) -> Text:
    """The value of the whole, and the places whose gap with it is established. Places are never ranked."""
    sentence = cell_sentence(whole, words)
    told = [gap for gap in gaps if gap.low is not None]
    places = [
        _PLACE_VERDICT[gap.verdict].filled(place=words.domain(gap.a).label)
        for gap in told
        if gap.verdict in _PLACE_VERDICT
    ]
    if not told:
        return sentence
    if not places:
        return _NONE_DIFFERS.filled(sentence=sentence)
    return _DIFFER.filled(sentence=sentence, places=listed(places))


_DIFFERS_FROM_WHOLE = Text(
    fr="{summary} L'écart avec la réponse {whole} est établi pour {audiences}.",
    en="{summary} The gap with the answer {whole} is established for {audiences}.",
)
_NO_DIFFERENCE = Text(
    fr="{summary} Aucun écart avec la réponse {whole} n'est établi : on ne peut pas trancher.",
    en="{summary} No gap with the answer {whole} is established: we cannot tell.",
)
_SIDE = {
    "higher": Text(fr="{who} (plus élevée ici)", en="{who} (higher here)"),
    "lower": Text(fr="{who} (plus basse ici)", en="{who} (lower here)"),
}


def established_sides(gaps: Iterable[PublicGap], words: Vocabulary) -> list[Text]:
    """The audiences whose answer in a territory differs from that of the whole, and on which side."""
    return [
        _SIDE[gap.verdict].filled(who=words.audiences[gap.a.audience].subject)
        for gap in gaps
        if gap.low is not None and gap.verdict in _SIDE
    ]


def _compared(summary: Text, gaps: Sequence[PublicGap], words: Vocabulary) -> Text:
    told = [gap for gap in gaps if gap.low is not None]
    if not told:
        return summary
    whole = words.inputs.whole.inside
    sides = established_sides(told, words)
    if not sides:
        return _NO_DIFFERENCE.filled(summary=summary, whole=whole)
    return _DIFFERS_FROM_WHOLE.filled(summary=summary, whole=whole, audiences=listed(sides))
