"""The passport of a figure: title, wording, base, source, notes, text alternative, scale: what all kinds share."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from alliage.disclosure.results import PublicCell
from alliage.publications.breaks import break_notes
from alliage.publications.drawings.marks import Drawing, Kind, Row, Tick
from alliage.publications.figures import Figure, FigureTable
from alliage.publications.vocabulary import NOTHING, Vocabulary, small
from alliage.publications.wording import (
    HIDDEN_NOTE,
    ROUNDED_NOTE,
    bare,
    cell_interval,
    display,
    margin_note,
    notices,
    quantity,
)
from alliage.text import Text, listed

NONE = Text(fr="–", en="–")
VALUE = Text(fr="Valeur", en="Value")
INTERVAL = Text(fr="Intervalle à 95 %", en="95% interval")
BASE = Text(fr="Réponses", en="Answers")
WAVE = Text(fr="Vague", en="Wave")
AUDIENCE = Text(fr="Public", en="Audience")

# What is written where a point would be: short, the whole reason is in the table.
SIGNS: dict[str, Text] = {
    "protected": Text(fr="protégé", en="protected"),
    "no_data": Text(fr="pas de donnée", en="no data"),
    "not_asked": Text(fr="sans objet", en="not applicable"),
}
UNITS: dict[str, Text] = {
    "percent": Text(fr="en % des réponses", en="% of answers"),
    "note_10": Text(fr="note moyenne sur 10", en="mean score out of 10"),
    "count": Text(fr="nombre moyen", en="mean number"),
    "hours": Text(fr="heures, en moyenne", en="hours, on average"),
}
_ALT = Text(
    fr="{title}. {sentence} Toutes les valeurs sont dans le tableau.",
    en="{title}. {sentence} All values are in the table.",
)
_OF_SOME = Text(fr="{names} : {note}", en="{names}: {note}")
_ITEM_WORDING = Text(fr="{question} – « {item} »", en="{question} – “{item}”")


def passport(cells: Sequence[PublicCell], words: Vocabulary, *, extra_notes: Iterable[Text] = ()) -> dict[str, Any]:
    """source, base, wording and notes of a figure made of these cells."""
    first = cells[0].key
    return {
        "unit": cells[0].unit,
        "source": _source(cells, words),
        "base": words.indicators[first.indicator].base,
        "wording": _wording(cells, words),
        "notes": (*_notes(cells, words), *extra_notes),
        "stamps": _stamps(cells, words),
    }


def _source(cells: Sequence[PublicCell], words: Vocabulary) -> Text:
    """The studies that were really asked, each source once, in the order of the cells."""
    chains = [words.studies.get((cell.key.audience, cell.key.wave)) for cell in cells if cell.state != "not_asked"]
    sources = list(dict.fromkeys(chain.study.source for chain in chains if chain is not None))
    return Text(fr=" ; ".join(source.fr for source in sources), en="; ".join(source.en for source in sources))


def _wording(cells: Sequence[PublicCell], words: Vocabulary) -> Text:
    """The question as it was put to the first audience of the figure that was asked."""
    for cell in cells:
        question = words.question(cell.key.indicator, cell.key.audience, cell.key.wave)
        if question is None:
            continue
        items = {other.key.item for other in cells}
        if len(items) == 1 and cell.key.item:
            return _ITEM_WORDING.filled(question=question.text, item=words.item(cell.key))
        return question.text
    return NOTHING


def _stamps(cells: Sequence[PublicCell], words: Vocabulary) -> tuple[Text, ...]:
    """What a drawing or a sheet repeats wherever it travels: synthetic, unaudited, a margin unlike the others."""
    shown = [cell for cell in cells if cell.is_shown and not words.is_census(cell.key)]
    margins: list[Text] = []
    for kind in ("model", "none"):
        concerned = dict.fromkeys(cell.key.audience for cell in shown if cell.margin == kind)
        if len(concerned) == len({cell.key.audience for cell in shown}) and concerned:
            margins.append(margin_note(kind))
        elif concerned:
            names = listed([words.audiences[audience].label for audience in concerned])
            margins.append(_OF_SOME.filled(names=names, note=small(margin_note(kind))))
    return (*notices(synthetic=words.inputs.synthetic, unaudited=words.inputs.unaudited), *margins)


def _notes(cells: Sequence[PublicCell], words: Vocabulary) -> list[Text]:
    inputs = words.inputs
    notes = list(notices(synthetic=inputs.synthetic, unaudited=inputs.unaudited))
    shown = [cell for cell in cells if cell.is_shown]
    notes += dict.fromkeys(margin_note(cell.margin, is_census=words.is_census(cell.key)) for cell in shown)
    notes += break_notes(cells, words)
    if any(cell.state == "protected" for cell in cells):
        notes.append(HIDDEN_NOTE)
    return [*notes, ROUNDED_NOTE, words.indicators[cells[0].key.indicator].caution]


def assembled(
    *, kind: Kind, title: Text, sentence: Text, table: FigureTable, rows: Sequence[Row], axis: dict[str, Any],
    words: Vocabulary, passport: dict[str, Any], **known: Any,
) -> Figure:  # fmt: skip
    """The figure, its alternative text and its drawing."""
    alt = _ALT.filled(title=title, sentence=sentence)
    drawing = Drawing(
        kind=kind,
        rows=tuple(rows),
        title=title,
        description=alt,
        source=passport["source"],
        stamp=_joined(passport["stamps"]),
        reference=known.pop("reference", None),
        **axis,
    )
    return Figure(kind=kind, title=title, sentence=sentence, table=table, alt=alt, drawing=drawing, **passport, **known)


def _joined(stamps: Sequence[Text]) -> Text | None:
    if not stamps:
        return None
    return Text(fr=" ".join(stamp.fr for stamp in stamps), en=" ".join(stamp.en for stamp in stamps))


def row_of(cell: PublicCell, label: Text, **known: Any) -> Row:
    """The row of a drawing that shows a cell; an absence carries no number."""
    shown = cell.is_shown
    return Row(
        label=label,
        display=display(cell) if shown else SIGNS[cell.state],
        state=cell.state,
        audience=cell.key.audience,
        wave=cell.key.wave,
        value=cell.value,
        low95=cell.low95,
        high95=cell.high95,
        low50=cell.low50,
        high50=cell.high50,
        band_low=cell.band.low if cell.band else None,
        band_high=cell.band.high if cell.band else None,
        interval=cell_interval(cell),
        **known,
    )


def scale(cells: Sequence[PublicCell]) -> dict[str, Any]:
    """From 0, always: to the end of the scale for shares and notes, past the largest shown value otherwise."""
    unit = cells[0].unit
    shown = (number for cell in cells for number in (cell.value, cell.high95) if number is not None)
    end, step = {"percent": (100.0, 25.0), "note_10": (10.0, 2.0)}.get(unit) or nice(max(shown, default=1.0))
    ticks = [round(rank * step, 6) for rank in range(round(end / step) + 1)]
    write = (lambda tick: quantity(tick, unit)) if unit == "percent" else bare
    return {
        "scale_low": 0.0,
        "scale_high": end,
        "ticks": tuple(Tick(value=tick, label=write(tick)) for tick in ticks),
        "unit": UNITS[unit],
    }


def nice(largest: float) -> tuple[float, float]:
    """The end of a scale that holds `largest`, and a step of 1, 2 or 5 times a power of ten, 3 to 6 steps."""
    largest = max(largest, 1e-6)
    power = 10.0 ** math.floor(math.log10(largest))
    step = next(power * part for part in (0.2, 0.5, 1.0, 2.0, 5.0) if math.ceil(largest / (power * part)) <= 5)
    return round(math.ceil(round(largest / step, 9)) * step, 6), round(step, 6)


def interval_or_none(cell: PublicCell) -> Text:
    return cell_interval(cell) or NONE
