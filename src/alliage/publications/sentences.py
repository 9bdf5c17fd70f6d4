"""The sentence of one figure, in both languages: what it says with its uncertainty, or why it says nothing."""

from __future__ import annotations

from alliage.disclosure.results import PublicCell
from alliage.indicators.cells import CellKey
from alliage.publications.vocabulary import Vocabulary, capital, small
from alliage.publications.wording import bracketed, display, looks_like_a_margin
from alliage.text import Text

_WITH_ASIDE = Text(fr="{statement} ({aside}).", en="{statement} ({aside}).")
_PLAIN = Text(fr="{statement}.", en="{statement}.")
_INSIDE = Text(fr="{inside}, {statement}", en="{inside}, {statement}")
_FRAGILE = Text(
    fr="{sentence} Chiffre fragile, à lire avec prudence.",
    en="{sentence} A fragile figure, to be read with care.",
)
_BANDED_MEAN = Text(
    fr="{topic} : la moyenne est {band} pour {who}",
    en="{topic}: the mean is {band} for {who}",
)
_BANDED_MEAN_ITEM = Text(
    fr="{topic}, « {item} » : la moyenne est {band} pour {who}",
    en="{topic}, “{item}”: the mean is {band} for {who}",
)
_ASIDE_WAVE = Text(fr="{interval}, en {wave}", en="{interval}, in {wave}")
_ONLY_WAVE = Text(fr="en {wave}", en="in {wave}")
_VOLUNTEERS = Text(
    fr="sans marge d'erreur : les personnes ont choisi elles-mêmes de répondre",
    en="no margin of error: people chose to answer",
)
_AS_A_BAND = Text(fr="par tranche", en="as a band")
_MODEL = Text(fr="{interval}, marge fondée sur un modèle", en="{interval}, model-based margin")
_EVERYONE_ASKED = Text(fr="tout le monde a été interrogé", en="everyone was asked")

_PROTECTED = Text(
    fr="{place} : non diffusé, pour protéger les réponses.",
    en="{place}: not released, to protect answers.",
)
_PROTECTED_PARENT = Text(
    fr="{place} : non diffusé, pour protéger les réponses. {parent_place} : {parent}.",
    en="{place}: not released, to protect answers. {parent_place}: {parent}.",
)
_NOT_ASKED = Text(
    fr="Sans objet : {who} n'ont pas eu à répondre à cette question en {wave}.",
    en="Not applicable: {who} were not asked this question in {wave}.",
)
_NO_DATA = Text(
    fr="{place} : pas de donnée.",
    en="{place}: no data.",
)
_PLACE = Text(fr="{audience}, {domain}", en="{audience}, {domain}")


def cell_sentence(cell: PublicCell, words: Vocabulary) -> Text:
    """The sentence of one cell: what it says and how sure we are, or why it says nothing."""
    key = cell.key
    if cell.state == "not_asked":
        return _NOT_ASKED.filled(who=words.audiences[key.audience].subject, wave=words.waves[key.wave].short)
    if cell.state == "no_data":
        return _NO_DATA.filled(place=_place(key, words))
    if cell.state == "protected":
        return _protected(cell, words)
    aside = _aside(cell, words)
    statement = _statement(cell, words)
    sentence = _WITH_ASIDE.filled(statement=statement, aside=aside) if aside else _PLAIN.filled(statement=statement)
    return _FRAGILE.filled(sentence=sentence) if cell.state == "uncertain" else sentence


def _statement(cell: PublicCell, words: Vocabulary) -> Text:
    """The indicator's template filled, without its full stop, the place first when it is not the whole."""
    key, indicator = cell.key, words.indicators[cell.key.indicator]
    audience = words.audiences[key.audience]
    if cell.band is not None and indicator.measure == "mean":
        # « une note de entre 4 et 6 » is not French: a band of means has a sentence of its own.
        template = _BANDED_MEAN_ITEM if key.item else _BANDED_MEAN
        filled = template.filled(
            topic=capital(indicator.topic), item=words.item_inside(key), band=_is_band(cell), who=audience.subject
        )
    else:
        shown = display(cell)
        filled = indicator.sentence.filled(
            share=shown, value=shown, who=audience.subject, of=audience.of, item=words.item_inside(key)
        )
    filled = capital(_without_stop(filled))
    if not key.by:
        return filled
    return capital(_INSIDE.filled(inside=words.domain(key).inside, statement=small(filled)))


def _is_band(cell: PublicCell) -> Text:
    """« comprise entre 3,5 et 6,5 sur 10 », « de 8,5 sur 10 ou plus », « de moins de 1,5 sur 10 »: after « est »."""
    shown = display(cell)
    within = shown.fr.startswith("entre ")
    return Text(fr=f"comprise {shown.fr}" if within else f"de {shown.fr}", en=shown.en)


def _without_stop(words: Text) -> Text:
    return Text(fr=words.fr.strip().removesuffix("."), en=words.en.strip().removesuffix("."))


def _aside(cell: PublicCell, words: Vocabulary) -> Text | None:
    """What stands between brackets: the interval or what replaces it, and the wave when it is not the latest."""
    told = bracketed(cell)
    if told is None and cell.margin == "none":
        told = _EVERYONE_ASKED if words.is_census(cell.key) else _VOLUNTEERS
    if cell.unit == "percent" and looks_like_a_margin(cell):
        told = _AS_A_BAND
    elif told is not None and cell.margin == "model":
        told = _MODEL.filled(interval=told)
    if cell.key.wave == words.inputs.waves[-1].id:
        return told
    wave = words.waves[cell.key.wave].short
    return _ASIDE_WAVE.filled(interval=told, wave=wave) if told else _ONLY_WAVE.filled(wave=wave)


def _protected(cell: PublicCell, words: Vocabulary) -> Text:
    place = _place(cell.key, words)
    parent = words.cells.get(cell.parent or "")
    if parent is None or not parent.is_shown:
        return _PROTECTED.filled(place=place)
    return _PROTECTED_PARENT.filled(
        place=place, parent_place=words.domain(parent.key).label, parent=with_interval(parent)
    )


def _place(key: CellKey, words: Vocabulary) -> Text:
    audience = words.audiences[key.audience].label
    return _PLACE.filled(audience=audience, domain=words.domain(key).label) if key.by else audience


def with_interval(cell: PublicCell) -> Text:
    """« 87 % (entre 82 % et 91 %) »."""
    told = bracketed(cell)
    shown = display(cell)
    return Text(fr=f"{shown.fr} ({told.fr})", en=f"{shown.en} ({told.en})") if told else shown
