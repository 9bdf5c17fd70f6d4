"""The sheet a figure is drawn on: its sizes, and columns just wide enough for the words they hold."""

from __future__ import annotations

from dataclasses import dataclass

from alliage.publications.drawings.lettering import widest, width
from alliage.publications.drawings.marks import Drawing, Layout, Row
from alliage.publications.drawings.words import FRAGILE, VERDICTS
from alliage.text import Language

LEADING = 1.28


@dataclass(frozen=True, slots=True)
class Type:
    """Sizes of letters, in pixels at the width the layout is made for. None is under 11 once on the page."""

    title: float
    label: float
    value: float
    small: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where things stand, from left to right. `stacked`: the interval goes under the value for want of room."""

    layout: Layout
    language: Language
    type: Type
    width: float
    pad: float
    label_x: float
    label_room: float
    detail_x: float  # right edge of the details
    left: float  # of the axis
    right: float
    value_x: float  # right edge of the values
    interval_x: float  # left edge of the intervals when wide, right edge when narrow
    words_x: float  # edge of what stands in place of a value
    words_room: float
    stacked: bool

    @property
    def is_wide(self) -> bool:
        return self.layout == "wide"

    @property
    def inner_width(self) -> float:
        return self.width - 2 * self.pad


_WIDE = Type(title=19, label=14, value=15, small=12.5)
_NARROW = Type(title=17, label=13.5, value=14.5, small=12)
_MARK_GLYPH = 18.0  # the shape before the name of an audience, and its space


def sheet_of(drawing: Drawing, language: Language, *, layout: Layout, alone: bool) -> Sheet:
    """Measure the words of a figure and share the width between them and the axis."""
    if layout == "wide":
        return _wide(drawing, language, pad=24.0 if alone else 2.0)
    return _narrow(drawing, language, pad=14.0 if alone else 2.0)


def is_words(row: Row) -> bool:
    """The display is a sentence in place of a value: an absence, a band."""
    return row.state not in {"published", "uncertain"}


def remarks(row: Row, language: Language) -> list[str]:
    """The quiet lines under a value: its verdict, its fragility, what it is compared with."""
    said = []
    if row.verdict is not None and not is_words(row):
        said.append(VERDICTS[row.verdict][language])
    if row.state == "uncertain":
        said.append(FRAGILE[language])
    if row.reference is not None:
        said.append(row.reference.label[language])
    return said


@dataclass(frozen=True, slots=True)
class _Measures:
    label: float
    detail: float
    value: float
    interval: float
    words: float
    remark: float


def _measure(drawing: Drawing, language: Language, letters: Type) -> _Measures:
    rows = drawing.rows
    bold = drawing.kind == "audiences"
    glyph = _MARK_GLYPH if bold else 0.0
    return _Measures(
        label=widest([row.label[language] for row in rows], letters.label, bold=bold) + glyph,
        detail=widest([row.detail[language] for row in rows if row.detail], letters.small),
        value=widest([row.display[language] for row in rows if not is_words(row)], letters.value, bold=True),
        interval=widest([row.interval[language] for row in rows if row.interval], letters.small),
        words=widest([row.display[language] for row in rows if is_words(row)], letters.small),
        remark=max((width(line, letters.small) + 17 for row in rows for line in remarks(row, language)), default=0.0),
    )


def _wide(drawing: Drawing, language: Language, *, pad: float) -> Sheet:
    page, letters, space = 716.0 + 2 * pad, _WIDE, 16.0
    has = _measure(drawing, language, letters)
    label = min(max(has.label, 60.0), 216.0)
    detail = has.detail + space if has.detail else 0.0
    beside = has.value + (10.0 + has.interval if has.interval else 0.0)
    needed = max(beside, min(has.words, 150.0), min(has.remark, 190.0))
    room = page - 2 * pad - label - detail - 2 * space
    stacked = room - needed < 230.0
    if stacked:
        needed = max(has.value, has.interval, min(has.words, 130.0), min(has.remark, 150.0))
    left = pad + label + detail + space
    right = page - pad - needed - space
    words_x = right + space
    return Sheet(
        layout="wide",
        language=language,
        type=letters,
        width=page,
        pad=pad,
        label_x=pad,
        label_room=label,
        detail_x=left - space,
        left=left,
        right=right,
        value_x=words_x + has.value,
        interval_x=words_x if stacked else words_x + has.value + 10.0,
        words_x=words_x,
        words_room=needed,
        stacked=stacked,
    )


def _narrow(drawing: Drawing, language: Language, *, pad: float) -> Sheet:
    page, letters = 336.0 + 2 * pad, _NARROW
    has = _measure(drawing, language, letters)
    edge = page - pad
    beside = has.value + (8.0 + has.interval if has.interval else 0.0)
    stacked = page - 2 * pad - beside - 12.0 < 118.0
    taken = max(has.value, has.interval) if stacked else beside
    words_room = max(taken, min(has.words, 150.0), min(has.remark, 168.0) if stacked else 0.0)
    return Sheet(
        layout="narrow",
        language=language,
        type=letters,
        width=page,
        pad=pad,
        label_x=pad,
        label_room=page - 2 * pad - words_room - 12.0,
        detail_x=pad,
        left=pad + 7.0,
        right=edge - 7.0,
        value_x=edge if stacked or not has.interval else edge - has.interval - 8.0,
        interval_x=edge,
        words_x=edge,
        words_room=words_room,
        stacked=stacked,
    )
