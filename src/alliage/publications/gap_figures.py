"""The crossed view of one item: the gaps between its audiences, each with its interval and its verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from alliage.disclosure.results import PublicCell, PublicGap
from alliage.publications.drawings.marks import Row, Tick
from alliage.publications.figures import Figure, FigureTable
from alliage.publications.gap_sentences import gap_display, gap_interval, verdict_words
from alliage.publications.passports import NONE, assembled, nice, passport
from alliage.publications.summaries import summary_sentence, topic_of
from alliage.publications.vocabulary import Vocabulary, capital, small
from alliage.publications.wording import with_sign
from alliage.text import Text

_TITLE = Text(
    fr="{topic} : les écarts entre publics, {wave}",
    en="{topic}: the gaps between audiences, {wave}",
)
_SIDES = Text(fr="{a} moins {b}", en="{a} minus {b}")
_COLUMNS = (
    Text(fr="Écart", en="Gap"),
    Text(fr="Valeur", en="Value"),
    Text(fr="Intervalle simultané à 95 %", en="Simultaneous 95% interval"),
    Text(fr="Verdict", en="Verdict"),
)
_SIMULTANEOUS = Text(
    fr="Intervalles simultanés : pour les {family} écarts d'un même sujet pris ensemble, le niveau est de 95 %.",
    en="Simultaneous intervals: over the {family} gaps of one subject taken together, the level is 95%.",
)
UNITS: dict[str, Text] = {
    "percent": Text(fr="écart en points de pourcentage", en="gap in percentage points"),
    "note_10": Text(fr="écart en points de note", en="gap in points of the note"),
    "count": Text(fr="écart", en="gap"),
    "hours": Text(fr="écart en heures", en="gap in hours"),
}


def gaps_figure(cells: Sequence[PublicCell], gaps: Sequence[PublicGap], words: Vocabulary) -> Figure:
    """cells: one per audience, same item and wave. gaps: those between them."""
    key = cells[0].key
    title = _TITLE.filled(topic=capital(topic_of(key, words)), wave=words.waves[key.wave].short)
    has_margin = any(gap.low is not None and gap.margin != "none" for gap in gaps)
    margins = [_SIMULTANEOUS.filled(family=gaps[0].family)] if has_margin else []
    item = f"&item={key.item}" if key.item else ""
    rows = tuple((_sides(gap, words), *_row_texts(gap)) for gap in gaps)
    return assembled(
        id=".".join(part for part in (key.indicator, key.item, key.wave, "gaps") if part),
        kind="gaps",
        title=title,
        sentence=summary_sentence(cells, gaps, words),
        cells=tuple(cell.key.id for cell in cells),
        gaps=tuple(gap.id for gap in gaps),
        table=FigureTable(caption=title, columns=_COLUMNS, rows=rows),
        view=f"indicator={key.indicator}{item}&view=gaps&wave={key.wave}",
        rows=[_row(gap, words) for gap in gaps],
        axis=_axis(gaps),
        words=words,
        passport=passport(cells, words, extra_notes=margins),
    )


def _sides(gap: PublicGap, words: Vocabulary) -> Text:
    a, b = words.audiences[gap.a.audience], words.audiences[gap.b.audience]
    return _SIDES.filled(a=a.label, b=small(b.label))


def _row_texts(gap: PublicGap) -> tuple[Text, Text, Text]:
    return gap_display(gap), gap_interval(gap) or NONE, verdict_words(gap)


def _row(gap: PublicGap, words: Vocabulary) -> Row:
    return Row(
        label=_sides(gap, words),
        display=gap_display(gap),
        # Hatched is what is kept from the reader; what cannot be told for want of answers is only empty.
        state="no_data" if gap.state == "banded" else gap.state,
        value=gap.value,
        low95=gap.low,
        high95=gap.high,
        interval=gap_interval(gap),
        verdict=gap.verdict,
    )


def _axis(gaps: Sequence[PublicGap]) -> dict[str, Any]:
    """Symmetric around 0, so that neither side looks larger than it is."""
    shown = [abs(number) for gap in gaps for number in (gap.value, gap.low, gap.high) if number is not None]
    end, step = nice(max(shown, default=10.0))
    count = round(end / step)
    ticks = [round(rank * step, 6) for rank in range(-count, count + 1)]
    return {
        "scale_low": -end,
        "scale_high": end,
        "ticks": tuple(Tick(value=tick, label=with_sign(tick, None)) for tick in ticks),
        "unit": UNITS[gaps[0].unit],
    }
