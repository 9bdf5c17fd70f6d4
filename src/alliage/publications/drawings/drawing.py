"""`draw`: a figure as an SVG document, for a page or for a file that travels alone, wide or narrow."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from alliage.publications.drawings.lettering import balanced, widest, width
from alliage.publications.drawings.marks import Drawing, Layout, Reference
from alliage.publications.drawings.palette import LIGHT
from alliage.publications.drawings.rows import Placed, place_rows
from alliage.publications.drawings.sheets import LEADING, Sheet, sheet_of
from alliage.publications.drawings.signs import Scale, hatching, outline
from alliage.publications.drawings.svg import FONT, coordinate, element, lines
from alliage.publications.drawings.words import KEY_BOTH_BARS, KEY_GAPS, KEY_ONE_BAR
from alliage.text import Language, Text


def draw(
    drawing: Drawing, language: Language, *, layout: Layout = "wide", prefix: str = "figure", alone: bool = False
) -> str:
    """The figure in one language.

    layout   "wide" is made for 720 pixels, "narrow" for 340, labels above bars; the page shows one or the other
    prefix   begins every id: two drawings of one page need two prefixes
    alone    for a file: adds the title, the source, margins and a paper ground, which a page already has
    """
    sheet = sheet_of(drawing, language, layout=layout, alone=alone)
    head, top = _head(drawing, sheet) if alone else ([], 4.0)
    top += 22 if drawing.reference else 0
    placed = place_rows(drawing, sheet, _scale(drawing, sheet), top=top, hatch=f"{prefix}-hatch")
    behind = _guides(drawing, sheet, placed, top=top)
    axis, y = _axis(drawing, sheet, placed.y + 4)
    foot, y = _foot(drawing, sheet, y, alone=alone)
    height = y + (sheet.pad if alone else 4)
    return element(
        "svg",
        element("title", escape(drawing.title[language], quote=False), id=f"{prefix}-title"),
        element("desc", escape(drawing.description[language], quote=False), id=f"{prefix}-desc"),
        *_definitions(drawing, prefix),
        *([_paper(sheet, height)] if alone else []),
        *head,
        *behind,
        *placed.parts,
        *axis,
        *foot,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {coordinate(sheet.width)} {coordinate(height)}",
        role="img",
        aria_labelledby=f"{prefix}-title {prefix}-desc",
        lang=language,
        class_=f"drawing drawing-{layout}",
        font_family=FONT,
    )


def _definitions(drawing: Drawing, prefix: str) -> list[str]:
    if not any(row.state == "protected" for row in drawing.rows):
        return []
    return [element("defs", hatching(f"{prefix}-hatch"))]


def _scale(drawing: Drawing, sheet: Sheet) -> Scale:
    """Values to pixels; what passes the ends of the axis stops there."""
    low, high = drawing.scale_low, drawing.scale_high
    pixels = (sheet.right - sheet.left) / (high - low)

    def at(value: float) -> float:
        return sheet.left + (min(max(value, low), high) - low) * pixels

    return at


def _paper(sheet: Sheet, height: float) -> str:
    return element("rect", width=sheet.width, height=height, class_="d-paper", fill=LIGHT.ground.paper)


def _head(drawing: Drawing, sheet: Sheet) -> tuple[list[str], float]:
    size = sheet.type.title
    title = balanced(drawing.title[sheet.language], size, sheet.inner_width, bold=True)
    words = lines(
        sheet.pad,
        sheet.pad + size,
        title,
        size=size,
        fill=LIGHT.ground.ink,
        class_="d-heading",
        leading=LEADING,
        bold=True,
    )
    return [words], sheet.pad + len(title) * size * LEADING + 16


def _guides(drawing: Drawing, sheet: Sheet, placed: Placed, *, top: float) -> list[str]:
    """Behind the marks: graduations, the start of the axis, the reference. When labels stand above bars, only
    beside the bars, so that no line crosses a word."""
    at = _scale(drawing, sheet)
    stretches = [(top, placed.y + 4)] if sheet.is_wide else placed.stretches
    origin = 0.0 if drawing.kind == "gaps" else drawing.scale_low
    across = "".join(
        f"M{coordinate(sheet.left)} {coordinate((a + b) / 2)}H{coordinate(sheet.right)}" for a, b in placed.stretches
    )
    ticks = [at(tick.value) for tick in drawing.ticks if tick.value != origin]
    guides = [
        _path(_uprights(ticks, stretches) + across, "d-guide", LIGHT.ground.faint, 1),
        _path(_uprights([at(origin)], stretches), "d-origin", LIGHT.ground.rule, 1.2),
    ]
    if drawing.reference:
        guides += _reference(drawing.reference, sheet, at(drawing.reference.value), stretches, top)
    return guides


def _reference(
    reference: Reference, sheet: Sheet, x: float, stretches: list[tuple[float, float]], top: float
) -> list[str]:
    label = reference.label[sheet.language]
    half = width(label, sheet.type.small) / 2
    centre = min(max(x, sheet.pad + half), sheet.width - sheet.pad - half)
    words = lines(
        centre,
        top - 7,
        [label],
        size=sheet.type.small,
        fill=LIGHT.ground.quiet,
        class_="d-quiet",
        anchor="middle",
    )
    dash = "5 3" if sheet.is_wide else None
    return [words, _path(_uprights([x], stretches), "d-reference", LIGHT.reference.mark, 1.4, dash=dash)]


def _uprights(places: list[float], stretches: list[tuple[float, float]]) -> str:
    return "".join(
        f"M{coordinate(x)} {coordinate(upper)}V{coordinate(lower)}" for upper, lower in stretches for x in places
    )


def _path(course: str, class_: str, hue: str, stroke: float, *, dash: str | None = None) -> str:
    return element("path", d=course, class_=class_, stroke=hue, stroke_width=stroke, stroke_dasharray=dash)


def _axis(drawing: Drawing, sheet: Sheet, y: float) -> tuple[list[str], float]:
    """The graduations in words under the rows, and the unit once."""
    at = _scale(drawing, sheet)
    size = sheet.type.small
    baseline = y + size + 2
    parts = []
    for tick in drawing.ticks:
        label = tick.label[sheet.language]
        half = width(label, size) / 2
        # At the edges of a narrow sheet a centred graduation would be cut.
        x = min(max(at(tick.value), half + 1), sheet.width - half - 1)
        parts.append(
            lines(x, baseline, [label], size=size, fill=LIGHT.ground.quiet, class_="d-quiet d-tick", anchor="middle")
        )
    if drawing.unit is None:
        return parts, baseline + 6
    unit = drawing.unit[sheet.language]
    first = width(drawing.ticks[0].label[sheet.language], size) / 2 if drawing.ticks else 0
    if sheet.is_wide and sheet.label_x + width(unit, size) + 10 < sheet.left - first:
        parts.append(_small(sheet, sheet.label_x, baseline, unit))
        return parts, baseline + 6
    baseline += size * LEADING + 2
    parts.append(_small(sheet, sheet.left if sheet.is_wide else sheet.pad, baseline, unit))
    return parts, baseline + 6


def _small(sheet: Sheet, x: float, y: float, words: str) -> str:
    return lines(x, y, [words], size=sheet.type.small, fill=LIGHT.ground.quiet, class_="d-quiet")


def _key(drawing: Drawing) -> Text | None:
    """How to read the bars, when there are bars."""
    bars = [row for row in drawing.rows if row.low95 is not None]
    if not bars:
        return None
    if drawing.kind == "gaps":
        return KEY_GAPS
    # A fragile row shows its interval as a surface: it has no thick bar.
    has_thick = any(row.low50 is not None and row.state != "uncertain" for row in bars)
    return KEY_BOTH_BARS if has_thick else KEY_ONE_BAR


def _foot(drawing: Drawing, sheet: Sheet, y: float, *, alone: bool) -> tuple[list[str], float]:
    """Under the axis: the key, the source when nothing else says it, the stamp."""
    size = sheet.type.small
    parts: list[str] = []
    key = _key(drawing)
    if key is not None:
        y += 12
        told = balanced(key[sheet.language], size, sheet.inner_width - 44)
        parts += [_sample(sheet, y + size * 0.65, has_thick=key is KEY_BOTH_BARS), _paragraph(told, sheet, 44, y)]
        y += len(told) * size * LEADING
    if alone:
        y += 10
        told = balanced(drawing.source[sheet.language], size, sheet.inner_width)
        parts.append(_paragraph(told, sheet, 0, y))
        y += len(told) * size * LEADING
    if drawing.stamp is not None:
        y += 10
        stamp, y = _stamp(drawing.stamp[sheet.language], sheet, y)
        parts.append(stamp)
    return parts, y


def _paragraph(told: Sequence[str], sheet: Sheet, indent: float, y: float) -> str:
    return lines(
        sheet.pad + indent,
        y + sheet.type.small,
        told,
        size=sheet.type.small,
        fill=LIGHT.ground.quiet,
        class_="d-quiet",
        leading=LEADING,
    )


def _sample(sheet: Sheet, y: float, *, has_thick: bool) -> str:
    """A mark in grey beside the key: the sign itself rather than its description."""
    x, hue = sheet.pad + 17, LIGHT.reference
    thin = element("line", x1=x - 16, y1=y, x2=x + 16, y2=y, class_="d-bar", stroke=hue.mark, stroke_width=2.2)
    thick = element(
        "rect",
        x=x - 8,
        y=y - 7.5,
        width=16,
        height=15,
        class_="d-thick",
        fill=hue.bar,
        stroke=hue.mark,
        stroke_width=0.8,
    )
    point = outline("circle", x, y, scale=0.9, class_="d-point", fill=hue.mark)
    return element("g", thick if has_thick else "", thin, point, class_="d-mark of-reference")


def _stamp(words: str, sheet: Sheet, y: float) -> tuple[str, float]:
    """What must never be missed, on every copy."""
    size = sheet.type.small
    told = balanced(words, size, sheet.inner_width - 24)
    room = widest(told, size) + 20
    deep = len(told) * size * LEADING + 7
    frame = element(
        "rect",
        x=sheet.pad + 0.5,
        y=y + 0.5,
        width=room,
        height=deep,
        rx=min(deep / 2, 11),
        class_="d-stamp",
        fill="none",
        stroke=LIGHT.ground.rule,
        stroke_width=1,
    )
    drawn = lines(
        sheet.pad + 0.5 + room / 2,
        y + size + 3.5,
        told,
        size=size,
        fill=LIGHT.ground.ink,
        class_="d-label",
        leading=LEADING,
        anchor="middle",
    )
    return frame + drawn, y + deep
