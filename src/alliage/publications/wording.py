"""How a public figure is written in both languages: its value, its band, its absence, its margin, its base."""

from __future__ import annotations

from alliage.disclosure.results import Band, PublicCell, State
from alliage.estimates.results import MarginKind
from alliage.text import Text, number, percent

MINUS = "\u2212"
NO_BREAK = "\u00a0"

# The last point of each scale: a band that reaches it is "or more", one that starts at 0 is "less than".
SCALE_END: dict[str, float] = {"percent": 100.0, "note_10": 10.0}

ABSENCES: dict[State, Text] = {
    "protected": Text(fr="Non diffusé : protection des réponses.", en="Not released: answers are protected."),
    "not_asked": Text(fr="Sans objet", en="Not applicable"),
    "no_data": Text(fr="Pas de donnée", en="No data"),
}
FRAGILE = Text(fr="Fragile", en="Fragile")

STATE_WORDS: dict[State, Text] = {
    "published": Text(fr="publié", en="published"),
    "banded": Text(fr="publié par tranche", en="published as a band"),
    "uncertain": Text(fr="fragile : à lire avec prudence", en="fragile: read with care"),
    "protected": Text(fr="non diffusé : protection des réponses", en="not released: answers are protected"),
    "no_data": Text(fr="pas de donnée", en="no data"),
    "not_asked": Text(fr="sans objet : question non posée", en="not applicable: not asked"),
}

MARGIN_NOTES: dict[MarginKind, Text] = {
    "design": Text(
        fr="Marge fondée sur le tirage de l'échantillon, au niveau de 95 %.",
        en="Margin based on how the sample was drawn, at the 95% level.",
    ),
    "model": Text(
        fr="Marge fondée sur un modèle : échantillon par quotas.",
        en="Model-based margin: quota sample.",
    ),
    "none": Text(
        fr="Pas de marge d'erreur : les personnes ont choisi elles-mêmes de répondre ; "
        "rien ne dit qu'elles ressemblent aux autres.",
        en="No margin of error: people chose to answer; nothing tells whether they are like the others.",
    ),
}
CENSUS_NOTE = Text(
    fr="Pas de marge d'échantillonnage : tout le monde a été interrogé.",
    en="No sampling margin: everyone was asked.",
)
HIDDEN_NOTE = Text(
    fr="Certaines valeurs ne sont pas diffusées, pour protéger les réponses ; la valeur de l'ensemble reste visible.",
    en="Some values are not released, to protect answers; the value for the whole remains visible.",
)
ROUNDED_NOTE = Text(
    fr="Valeurs arrondies : les sommes et les écarts peuvent différer.",
    en="Rounded values: sums and gaps may differ.",
)
UNAUDITED_NOTE = Text(
    fr="Publication sans audit de l'attaquant.",
    en="Released without the attacker audit.",
)

_BETWEEN = Text(fr="entre {low} et {high}", en="between {low} and {high}")
_OR_MORE = Text(fr="{low} ou plus", en="{low} or more")
_LESS_THAN = Text(fr="moins de {high}", en="less than {high}")

_OUT_OF_TEN = Text(fr="{value} sur 10", en="{value} out of 10")
_HOUR = Text(fr="{value} heure", en="{value} hour")
_HOURS = Text(fr="{value} heures", en="{value} hours")


def decimals_of(step: float | None, value: float) -> int:
    """How many decimals a step calls for; without a step (ends of bands), those the value has, one at most."""
    if step is None:
        return 0 if float(value).is_integer() else 1
    return 0 if float(step).is_integer() else 1


def signed(words: Text) -> Text:
    """A true minus sign, which does not break away from its number."""
    return Text(fr=words.fr.replace("-", MINUS), en=words.en.replace("-", MINUS))


def bare(value: float, step: float | None = None) -> Text:
    """The number alone: « 7,1 »."""
    return signed(number(value, decimals_of(step, value)))


def quantity(value: float, unit: str, step: float | None = None) -> Text:
    """The number and its unit: « 87 % », « 7,1 sur 10 », « 2,2 heures »."""
    if unit == "percent":
        return signed(percent(value, decimals_of(step, value)))
    written = bare(value, step)
    if unit == "note_10":
        return _OUT_OF_TEN.filled(value=written)
    if unit == "hours":
        # French counts from two; English has one singular only, exactly one.
        singular = Text(fr=_HOUR.fr, en=_HOURS.en) if abs(value) < 2 else _HOURS
        return (_HOUR if value == 1 else singular).filled(value=written)
    return written


def _ends(low: float, high: float, unit: str, step: float | None) -> dict[str, Text]:
    """The two ends of a range: the unit is told once, except the percent sign, which belongs to each number.

    Both ends show the same number of decimals: "between 1.5 and 3.5", "between 82% and 91%".
    """
    told = step if step is not None else (0.1 if not (float(low).is_integer() and float(high).is_integer()) else 1)
    first = quantity(low, unit, told) if unit == "percent" else bare(low, told)
    return {"low": first, "high": quantity(high, unit, told)}


def interval(low: float, high: float, unit: str, step: float | None = None) -> Text:
    """« entre 82 % et 91 % », « entre 7,0 et 7,3 sur 10 »."""
    return _BETWEEN.filled(**_ends(low, high, unit, step))


def looks_like_a_margin(cell: PublicCell) -> bool:
    """« entre 35 % et 65 % » is a band here and a margin elsewhere: whoever quotes it must be told which."""
    end = SCALE_END.get(cell.unit, float("inf"))
    return cell.band is not None and cell.band.low > 0 and cell.band.high < end


def band_words(band: Band, unit: str) -> Text:
    """« entre 35 % et 65 % », « 85 % ou plus », « moins de 15 % »."""
    if band.low <= 0:
        return _LESS_THAN.filled(high=quantity(band.high, unit))
    if band.high >= SCALE_END.get(unit, float("inf")):
        return _OR_MORE.filled(low=quantity(band.low, unit))
    return interval(band.low, band.high, unit)


def display(cell: PublicCell) -> Text:
    """What is read in place of the figure: its value, its band, or the reason for its absence."""
    if cell.state in ABSENCES:
        return ABSENCES[cell.state]
    if cell.band is not None:
        return band_words(cell.band, cell.unit)
    if cell.value is None:
        raise ValueError(f"{cell.key.id}: {cell.state} without a value nor a band")
    return quantity(cell.value, cell.unit, cell.step)


def cell_interval(cell: PublicCell) -> Text | None:
    """The 95 % interval in words, or nothing when no margin may be given."""
    if cell.low95 is None or cell.high95 is None or not cell.is_shown:
        return None
    return interval(cell.low95, cell.high95, cell.unit, cell.step)


def bracketed(cell: PublicCell) -> Text | None:
    """The interval beside its value, which has already told the unit: « entre 7,0 et 7,3 »."""
    if cell.low95 is None or cell.high95 is None or not cell.is_shown:
        return None
    if cell.unit == "percent":
        return interval(cell.low95, cell.high95, cell.unit, cell.step)
    return _BETWEEN.filled(low=bare(cell.low95, cell.step), high=bare(cell.high95, cell.step))


def margin_note(margin: MarginKind, *, is_census: bool = False) -> Text:
    """What the margin rests on, or the plain warning that stands in its place."""
    return CENSUS_NOTE if is_census and margin == "none" else MARGIN_NOTES[margin]


def base_class(n_class: str | None) -> Text | None:
    """« entre 100 et 199 réponses », « 500 réponses ou plus »."""
    if n_class is None:
        return None
    if n_class.endswith("+"):
        low = n_class.removesuffix("+")
        return Text(fr=f"{low} réponses ou plus", en=f"{low} answers or more")
    low, high = n_class.split("-")
    return Text(fr=f"entre {low} et {high} réponses", en=f"between {low} and {high} answers")


def points(value: float, step: float | None, unit: str) -> Text:
    """A size of a gap, without its sign: « 6 points », « 1 point », « 0,4 point », "0.4 points".

    Shares differ by points, notes by points of their scale, counts and hours by their own unit.
    """
    size = abs(value)
    if unit == "hours":
        return quantity(size, unit, step)
    written = bare(size, step)
    if unit == "count":
        return written
    return Text(
        fr=f"{written.fr}{NO_BREAK}point{'s' if size >= 2 else ''}",
        en=f"{written.en}{NO_BREAK}point{'' if written.en == '1' else 's'}",
    )


def with_sign(value: float, step: float | None) -> Text:
    """« +5 », « −3 », « 0 »."""
    written = bare(value, step)
    return Text(fr=f"+{written.fr}", en=f"+{written.en}") if value > 0 else written


def notices(*, synthetic: Text | None, unaudited: bool) -> tuple[Text, ...]:
    """The stamps every page, drawing and file repeats."""
    return (*((synthetic,) if synthetic else ()), *((UNAUDITED_NOTE,) if unaudited else ()))
