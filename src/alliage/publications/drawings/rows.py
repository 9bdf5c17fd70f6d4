"""The rows of a figure, one under another: labels at the left or above, signs on the axis, words at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from alliage.publications.drawings.lettering import width, wrap
from alliage.publications.drawings.marks import Drawing, Row
from alliage.publications.drawings.palette import LIGHT, shape_of
from alliage.publications.drawings.sheets import LEADING, Sheet, is_words, remarks
from alliage.publications.drawings.signs import Scale, audience_class, hue_of_row, outline, sign, verdict_sign
from alliage.publications.drawings.svg import element, lines

_GLYPH = 18.0


@dataclass(slots=True)
class Placed:
    """Rows already drawn, where the signs are (top and bottom of each stretch of axis), and how far down we are."""

    y: float
    parts: list[str] = field(default_factory=list)
    stretches: list[tuple[float, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Pen:
    drawing: Drawing
    sheet: Sheet
    at: Scale
    hatch: str

    def sign(self, row: Row, y: float, *, is_earlier: bool) -> str:
        sheet = self.sheet
        drawn = sign(row, y, self.at, (sheet.left, sheet.right), hatch=self.hatch, is_earlier=is_earlier)
        if row.reference is None:
            return drawn
        x = self.at(row.reference.value)
        mark = element(
            "line", x1=x, y1=y - 9, x2=x, y2=y + 9, class_="d-reference", stroke=LIGHT.reference.mark, stroke_width=1.6
        )
        # Under a point, which matters more; over a surface, which would hide it.
        return mark + drawn if row.state == "published" else drawn + mark


def place_rows(drawing: Drawing, sheet: Sheet, at: Scale, *, top: float, hatch: str) -> Placed:
    """Draw every row from `top` down."""
    pen = _Pen(drawing, sheet, at, hatch)
    placed = Placed(y=top)
    headings = {group.first: group.heading[sheet.language] for group in drawing.groups}
    start = 0
    for block in _blocks(drawing):
        if start in headings:
            _heading(headings[start], sheet, placed)
        elif start and drawing.kind == "audiences":
            placed.y += 14 if sheet.is_wide else 12
        if sheet.is_wide:
            _wide_block(block, pen, placed)
        else:
            _narrow_block(block, pen, placed)
        start += len(block)
    return placed


def _blocks(drawing: Drawing) -> list[list[Row]]:
    """Rows of one audience stand together under one label; elsewhere each row stands alone."""
    blocks: list[list[Row]] = []
    for row in drawing.rows:
        joins = drawing.kind == "audiences" and blocks and blocks[-1][0].label == row.label
        if joins:
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return blocks


def _is_earlier(row: Row, block: list[Row]) -> bool:
    """A later wave follows in the same block."""
    following = block[block.index(row) + 1 :]
    return any(other.wave != row.wave and not other.is_reference for other in following)


def _heading(words: str, sheet: Sheet, placed: Placed) -> None:
    placed.y += 30 if placed.stretches else 18
    placed.parts.append(
        lines(
            sheet.label_x,
            placed.y,
            [words],
            size=sheet.type.label,
            fill=LIGHT.ground.ink,
            class_="d-heading",
            bold=True,
        )
    )
    placed.y += 8


def _wide_block(block: list[Row], pen: _Pen, placed: Placed) -> None:
    top = placed.y
    for row in block:
        _wide_row(row, pen, placed, is_earlier=_is_earlier(row, block))
    label = _label_lines(block[0], pen)
    first_height = placed.y - top if len(block) == 1 else _wide_height(block[0], pen.sheet)
    placed.parts.append(_label(block[0], label, pen, middle=top + first_height / 2, is_centred=len(block) == 1))
    placed.y = max(placed.y, top + len(label) * pen.sheet.type.label * LEADING + 10)


def _label_lines(row: Row, pen: _Pen) -> tuple[str, ...]:
    bold = pen.drawing.kind == "audiences"
    room = pen.sheet.label_room - (_GLYPH if bold else 0)
    return wrap(row.label[pen.sheet.language], pen.sheet.type.label, room, bold=bold)


def _label(row: Row, label: Sequence[str], pen: _Pen, *, middle: float, is_centred: bool = True) -> str:
    """The name, with the shape of its audience where audiences are what is compared."""
    size = pen.sheet.type.label
    above = (len(label) - 1) / 2 * size * LEADING if is_centred else 0
    baseline = middle - above + size * 0.35
    is_audience = pen.drawing.kind == "audiences"
    fill = hue_of_row(row).words if is_audience or row.is_reference else LIGHT.ground.ink
    shape = ""
    if is_audience:
        shape = outline(
            shape_of(row.audience),
            pen.sheet.label_x + 6,
            middle - above,
            scale=0.95,
            class_="d-point",
            fill=hue_of_row(row).mark,
        )
    words = lines(
        pen.sheet.label_x + (_GLYPH if is_audience else 0),
        baseline,
        label,
        size=size,
        fill=fill,
        class_="d-label",
        leading=LEADING,
        bold=is_audience or row.is_reference,
    )
    return element(
        "g", shape, words, class_=f"d-name {audience_class(row) if is_audience or row.is_reference else 'of-any'}"
    )


def _side(row: Row, sheet: Sheet, room: float | None = None) -> list[str]:
    """The lines of words at the right, the value apart: what replaces it, or what goes under it."""
    language = sheet.language
    room = sheet.words_room if room is None else room
    if is_words(row):
        replacement = list(wrap(row.display[language], sheet.type.small, room))
        return replacement + ([row.reference.label[language]] if row.reference else [])
    under = [row.interval[language]] if sheet.stacked and row.interval else []
    for remark in remarks(row, language):
        under += wrap(remark, sheet.type.small, max(room - 16, 80))
    return under


def _wide_height(row: Row, sheet: Sheet) -> float:
    count = len(_side(row, sheet)) + (0 if is_words(row) else 1)
    return max(30.0, count * sheet.type.small * LEADING + 14)


def _wide_row(row: Row, pen: _Pen, placed: Placed, *, is_earlier: bool) -> None:
    sheet = pen.sheet
    label_height = (
        len(_label_lines(row, pen)) * sheet.type.label * LEADING + 10 if pen.drawing.kind != "audiences" else 0
    )
    height = max(_wide_height(row, sheet), label_height)
    y = placed.y + height / 2
    if row.detail:
        placed.parts.append(_quiet(sheet.detail_x, y + 4.4, row.detail[sheet.language], sheet, anchor="end"))
    placed.parts.append(pen.sign(row, y, is_earlier=is_earlier))
    placed.parts.append(_beside(row, sheet, y))
    placed.stretches.append((placed.y, placed.y + height))
    placed.y += height


def _beside(row: Row, sheet: Sheet, y: float) -> str:
    """At the right of the axis: the value, its interval, and what must be said under them, centred on the row."""
    side = _side(row, sheet)
    leading = sheet.type.small * LEADING
    if is_words(row):
        first = y - (len(side) - 1) / 2 * leading + 4.4
        return "".join(_quiet(sheet.words_x, first + rank * leading, line, sheet) for rank, line in enumerate(side))
    baseline = y - len(side) / 2 * leading + 5
    return _value(row, sheet, baseline) + _under(row, sheet, side, baseline + leading + 1)


def _value(row: Row, sheet: Sheet, baseline: float) -> str:
    """The value in bold and, when there is room, its interval on the same line."""
    is_start = sheet.stacked and sheet.is_wide
    fill = LIGHT.ground.quiet if row.is_reference or row.state == "uncertain" else LIGHT.ground.ink
    value = lines(
        sheet.words_x if is_start else sheet.value_x,
        baseline,
        [row.display[sheet.language]],
        size=sheet.type.value,
        fill=fill,
        class_="d-value",
        anchor=None if is_start else "end",
        bold=not row.is_reference,
    )
    if sheet.stacked or not row.interval:
        return value
    anchor = None if sheet.is_wide else "end"
    return value + _quiet(sheet.interval_x, baseline, row.interval[sheet.language], sheet, anchor=anchor)


def _under(row: Row, sheet: Sheet, side: list[str], baseline: float) -> str:
    """Lines under the value; the verdict carries its shape before its words."""
    leading = sheet.type.small * LEADING
    drawn = []
    verdict_line = (1 if sheet.stacked and row.interval else 0) if row.verdict else None
    for rank, line in enumerate(side):
        y = baseline + rank * leading
        is_verdict = verdict_line is not None and rank >= verdict_line
        if not sheet.is_wide:
            drawn.append(_quiet(sheet.words_x, y, line, sheet, anchor="end"))
            if row.verdict and rank == verdict_line:
                x = sheet.words_x - width(line, sheet.type.small) - 9
                drawn.append(verdict_sign(row.verdict, x, y - 4.2))
            continue
        drawn.append(_quiet(sheet.words_x + (16 if is_verdict else 0), y, line, sheet))
        if row.verdict and rank == verdict_line:
            drawn.append(verdict_sign(row.verdict, sheet.words_x + 6, y - 4.2))
    return "".join(drawn)


def _quiet(x: float, y: float, words: str, sheet: Sheet, *, anchor: str | None = None) -> str:
    return lines(x, y, [words], size=sheet.type.small, fill=LIGHT.ground.quiet, class_="d-quiet", anchor=anchor)


def _narrow_block(block: list[Row], pen: _Pen, placed: Placed) -> None:
    """Above its bar, each row says its name (its years, inside a block of waves) and its value."""
    sheet = pen.sheet
    has_header = pen.drawing.kind == "audiences" and any(row.detail for row in block)
    if has_header:
        label = wrap(block[0].label[sheet.language], sheet.type.label, sheet.inner_width - _GLYPH, bold=True)
        placed.parts.append(_label(block[0], label, pen, middle=placed.y + 10, is_centred=False))
        placed.y += len(label) * sheet.type.label * LEADING + 5
    for row in block:
        _narrow_row(row, pen, placed, is_earlier=_is_earlier(row, block), has_header=has_header)


def _narrow_row(row: Row, pen: _Pen, placed: Placed, *, is_earlier: bool, has_header: bool) -> None:
    sheet = pen.sheet
    baseline = placed.y + sheet.type.value
    leading = sheet.type.small * LEADING
    if has_header:
        label: Sequence[str] = (row.detail[sheet.language] if row.detail else "",)
        placed.parts.append(_quiet(sheet.label_x, baseline, label[0], sheet))
    else:
        label = _label_lines(row, pen)
        placed.parts.append(_label(row, label, pen, middle=baseline - sheet.type.label * 0.35, is_centred=False))
    # Beside years there is room; beside a name, only its column.
    beside = width(label[0], sheet.type.small) + 16
    side = _side(row, sheet, sheet.inner_width - beside if has_header else None)
    if is_words(row):
        placed.parts += [
            _quiet(sheet.words_x, baseline + rank * leading, line, sheet, anchor="end")
            for rank, line in enumerate(side)
        ]
    else:
        placed.parts.append(_value(row, sheet, baseline) + _under(row, sheet, side, baseline + leading + 1))
    label_depth = (len(label) - 1) * sheet.type.label * LEADING
    side_depth = (len(side) - (1 if is_words(row) else 0)) * leading
    y = baseline + max(label_depth, side_depth) + 15
    placed.parts.append(pen.sign(row, y, is_earlier=is_earlier))
    placed.stretches.append((y - 8, y + 8))
    placed.y = y + (13 if has_header else 18)
