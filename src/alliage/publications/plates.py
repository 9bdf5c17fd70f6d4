"""Figures made of values: all audiences and waves, one audience place by place, a battery ranked, one territory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from alliage.disclosure.results import PublicCell, PublicGap
from alliage.indicators.cells import CellKey
from alliage.publications.briefs import zone_brief
from alliage.publications.drawings.marks import Reference, Row
from alliage.publications.figures import Figure, FigureTable
from alliage.publications.gap_sentences import verdict_words
from alliage.publications.inputs import Breakdown
from alliage.publications.passports import (
    AUDIENCE,
    BASE,
    INTERVAL,
    NONE,
    VALUE,
    WAVE,
    assembled,
    interval_or_none,
    passport,
    row_of,
    scale,
)
from alliage.publications.rankings import counted, items_brief, items_sentence, ranking
from alliage.publications.summaries import domains_sentence, summary_sentence, topic_of
from alliage.publications.vocabulary import Vocabulary, capital, small
from alliage.publications.wording import base_class, display
from alliage.text import Text

Moment = tuple[str, str]  # (audience, wave)

_BY_TITLE = Text(fr="{topic} : {who} par {by}, {wave}", en="{topic}: {who} by {by}, {wave}")
# A breakdown may be a question that was asked, and not a name: it is then quoted.
_BY_QUESTION_TITLE = Text(
    fr="{topic} : {who} selon leur réponse à « {by} », {wave}", en="{topic}: {who} by their answer to “{by}”, {wave}"
)
_ITEMS_TITLE = Text(fr="{topic} : {who}, {wave}", en="{topic}: {who}, {wave}")
_ITEMS_INSIDE_TITLE = Text(fr="{topic} : {who} {inside}, {wave}", en="{topic}: {who} {inside}, {wave}")
_ZONE_TITLE = Text(fr="{topic}, {inside}", en="{topic}, {inside}")
_REFERENCE = Text(fr="{label} : {value}", en="{label}: {value}")
_VERSUS = Text(fr="Comparé à : {label}", en="Compared with: {label}")
_ITEM = Text(fr="Réponse", en="Item")


def audiences_figure(cells: Sequence[PublicCell], gaps: Sequence[PublicGap], words: Vocabulary) -> Figure:
    """All audiences and waves for the whole population; the sentence tells the latest wave where something shows."""
    key = cells[0].key
    title = capital(topic_of(key, words))
    latest = _latest(cells, words)
    at_latest = [gap for gap in gaps if gap.a.wave == latest[0].key.wave]
    return assembled(
        id=_id(key.indicator, key.item, "audiences"),
        kind="audiences",
        title=title,
        sentence=summary_sentence(latest, at_latest, words),
        cells=tuple(cell.key.id for cell in cells),
        gaps=tuple(gap.id for gap in at_latest),
        table=_moments_table(title, cells, words),
        view=_view(key, view="audiences"),
        rows=[_moment_row(cell, words) for cell in cells],
        axis=scale(cells),
        words=words,
        passport=passport(cells, words),
    )


def zone_figure(
    cells: Sequence[PublicCell],
    wholes: Mapping[Moment, PublicCell],
    gaps: Sequence[PublicGap],
    words: Vocabulary,
) -> Figure:
    """One territory: all audiences and waves there, the same audience in the whole as a quiet reference."""
    key = cells[0].key
    domain = words.domain(key)
    title = _ZONE_TITLE.filled(topic=capital(topic_of(key, words)), inside=domain.inside)
    latest = _latest(cells, words)
    compared = [gap for gap in gaps if gap.a.wave == latest[0].key.wave]
    versus = {cell.key: wholes[(cell.key.audience, cell.key.wave)] for cell in cells if _moment(cell) in wholes}
    return assembled(
        id=f"{key.indicator}.zone.{key.by}-{key.domain}",
        kind="audiences",
        title=title,
        sentence=summary_sentence(latest, (), words, compared=compared),
        brief=zone_brief(latest, compared, words),
        brief_cells=tuple(cell.key.id for cell in latest),
        cells=(*(cell.key.id for cell in cells), *(whole.key.id for whole in versus.values())),
        gaps=tuple(gap.id for gap in gaps),
        table=_moments_table(title, cells, words, versus=versus),
        view=_view(key, view="zone", by=key.by, domain=key.domain),
        rows=[_moment_row(cell, words, reference=_reference(versus.get(cell.key), words)) for cell in cells],
        axis=scale(cells),
        words=words,
        passport=passport(cells, words),
    )


def domains_figure(
    whole: PublicCell, cells: Sequence[PublicCell], gaps: Sequence[PublicGap], breakdown: Breakdown, words: Vocabulary
) -> Figure:
    """One audience at one wave, place by place; the whole comes first and is a line through the others."""
    key = whole.key
    is_question = breakdown.label.fr.rstrip().endswith("?")
    title = (_BY_QUESTION_TITLE if is_question else _BY_TITLE).filled(
        topic=capital(topic_of(key, words)),
        who=words.audiences[key.audience].subject,
        by=breakdown.label if is_question else small(breakdown.label),
        wave=words.waves[key.wave].short,
    )
    every = (whole, *cells)
    return assembled(
        id=_id(key.indicator, key.item, key.audience, key.wave, breakdown.id),
        kind="domains",
        title=title,
        sentence=domains_sentence(whole, gaps, words),
        cells=tuple(cell.key.id for cell in every),
        gaps=tuple(gap.id for gap in gaps),
        table=_domains_table(title, every, gaps, breakdown, words),
        view=_view(key, view="domains", audience=key.audience, wave=key.wave, by=breakdown.id),
        rows=[row_of(cell, words.domain(cell.key).label, is_reference=cell is whole) for cell in every],
        reference=_reference(whole, words),
        axis=scale(every),
        words=words,
        passport=passport(every, words),
    )


def items_figure(cells: Sequence[PublicCell], words: Vocabulary) -> Figure:
    """The items of a battery for one audience, wave and place, highest first; what is hidden comes last."""
    key = cells[0].key
    # Python's sort is stable: equal values keep the order of the questionnaire, which says nothing about them.
    ranked = sorted(cells, key=lambda cell: -_height(cell))
    template = _ITEMS_INSIDE_TITLE if key.by else _ITEMS_TITLE
    title = template.filled(
        topic=capital(words.indicators[key.indicator].topic),
        who=words.audiences[key.audience].subject,
        inside=words.domain(key).inside,
        wave=words.waves[key.wave].short,
    )
    place = f"{key.by}-{key.domain}" if key.by else key.domain
    table = FigureTable(
        caption=title,
        columns=(_ITEM, VALUE, INTERVAL, BASE),
        rows=tuple((words.item(cell.key), *_values(cell)) for cell in ranked),
    )
    return assembled(
        id=f"{key.indicator}.items.{key.audience}.{key.wave}.{place}",
        kind="items",
        title=title,
        sentence=items_sentence(ranked, words),
        brief=items_brief(ranked, words),
        brief_cells=ranking(counted(ranked, words)).cells,
        cells=tuple(cell.key.id for cell in ranked),
        gaps=(),
        table=table,
        view=_view(key, view="items", audience=key.audience, wave=key.wave, domain=place),
        rows=[row_of(cell, words.item(cell.key)) for cell in ranked],
        axis=scale(ranked),
        words=words,
        passport=passport(ranked, words),
    )


def _latest(cells: Sequence[PublicCell], words: Vocabulary) -> list[PublicCell]:
    """The cells of the latest wave where at least one is shown; of the latest wave otherwise."""
    waves = [wave.id for wave in reversed(words.inputs.waves)]
    groups = [[cell for cell in cells if cell.key.wave == wave] for wave in waves]
    groups = [group for group in groups if group]
    return next((group for group in groups if any(cell.is_shown for cell in group)), groups[0])


def _moment(cell: PublicCell) -> Moment:
    return cell.key.audience, cell.key.wave


def _moment_row(cell: PublicCell, words: Vocabulary, *, reference: Reference | None = None) -> Row:
    several = len(words.inputs.waves) > 1
    detail = words.waves[cell.key.wave].short if several else None
    return row_of(cell, words.audiences[cell.key.audience].label, detail=detail, reference=reference)


def _reference(whole: PublicCell | None, words: Vocabulary) -> Reference | None:
    if whole is None or whole.value is None:
        return None
    return Reference(
        value=whole.value, label=_REFERENCE.filled(label=words.domain(whole.key).label, value=display(whole))
    )


def _values(cell: PublicCell) -> tuple[Text, Text, Text]:
    return display(cell), interval_or_none(cell), base_class(cell.n_class) or NONE


def _moments_table(
    caption: Text,
    cells: Sequence[PublicCell],
    words: Vocabulary,
    *,
    versus: Mapping[CellKey, PublicCell] | None = None,
) -> FigureTable:
    columns = [AUDIENCE, WAVE, VALUE, INTERVAL, BASE]
    rows = [
        [words.audiences[cell.key.audience].label, words.waves[cell.key.wave].short, *_values(cell)] for cell in cells
    ]
    if versus is not None:
        columns.append(_VERSUS.filled(label=words.inputs.whole.label))
        for row, cell in zip(rows, cells, strict=True):
            row.append(display(versus[cell.key]) if cell.key in versus else NONE)
    return FigureTable(caption=caption, columns=tuple(columns), rows=tuple(tuple(row) for row in rows))


def _domains_table(
    caption: Text, cells: Sequence[PublicCell], gaps: Sequence[PublicGap], breakdown: Breakdown, words: Vocabulary
) -> FigureTable:
    columns = [capital(breakdown.label), VALUE, INTERVAL, BASE]
    rows = [[words.domain(cell.key).label, *_values(cell)] for cell in cells]
    if gaps:
        columns.append(_VERSUS.filled(label=words.inputs.whole.label))
        verdicts = {gap.a: verdict_words(gap) for gap in gaps}
        for row, cell in zip(rows, cells, strict=True):
            row.append(verdicts.get(cell.key, NONE))
    return FigureTable(caption=caption, columns=tuple(columns), rows=tuple(tuple(row) for row in rows))


def _height(cell: PublicCell) -> float:
    if cell.value is not None:
        return cell.value
    return (cell.band.low + cell.band.high) / 2 if cell.band else -1.0


def _id(*parts: str) -> str:
    return ".".join(part for part in parts if part)


def _view(key: CellKey, **asked: str) -> str:
    """The query that selects the figure: `indicator=innovation&view=domains&audience=maires`."""
    item = {"item": key.item} if key.item and asked["view"] != "items" else {}
    return "&".join(f"{name}={value}" for name, value in {"indicator": key.indicator, **item, **asked}.items())
