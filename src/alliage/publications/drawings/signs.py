"""The signs of a figure: point, thick bar, thin bar; a band; the absences; the verdict of a gap."""

from __future__ import annotations

from collections.abc import Callable

from alliage.publications.drawings.marks import Row, Verdict
from alliage.publications.drawings.palette import LIGHT, Hue, Shape, hue_of, shape_of
from alliage.publications.drawings.svg import coordinate, element

Scale = Callable[[float], float]

# Half-sizes chosen so that the four shapes cover about the same area.
_CIRCLE, _SQUARE, _TRIANGLE, _DIAMOND = 5.2, 4.7, 6.4, 6.6
_VERDICT_SHAPES: dict[Verdict, str] = {"higher": "up", "lower": "down", "undecided": "dot", "hidden": "dot"}


def outline(shape: Shape | str, x: float, y: float, *, scale: float = 1.0, **attributes: str | float | None) -> str:
    """A shape centred on (x, y)."""
    if shape in {"circle", "dot"}:
        return element("circle", cx=x, cy=y, r=_CIRCLE * scale, **attributes)
    if shape == "square":
        half = _SQUARE * scale
        return element("rect", x=x - half, y=y - half, width=2 * half, height=2 * half, **attributes)
    half = (_DIAMOND if shape == "diamond" else _TRIANGLE) * scale
    corners = {
        "triangle": ((0, -0.95), (1, 0.8), (-1, 0.8)),
        "up": ((0, -0.95), (1, 0.8), (-1, 0.8)),
        "down": ((0, 0.95), (1, -0.8), (-1, -0.8)),
        "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    }[shape]
    points = " ".join(f"{coordinate(x + dx * half)},{coordinate(y + dy * half)}" for dx, dy in corners)
    return element("polygon", points=points, **attributes)


def hatching(identifier: str) -> str:
    """The pattern of what is protected."""
    stripe = element("path", d="M0 0V6", class_="d-hatch", stroke=LIGHT.ground.rule, stroke_width=1.4)
    return element(
        "pattern",
        stripe,
        id=identifier,
        width=6,
        height=6,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )


def sign(row: Row, y: float, at: Scale, ends: tuple[float, float], *, hatch: str, is_earlier: bool = False) -> str:
    """What is drawn between the two ends of the axis for one row, centred on y."""
    if row.state == "not_asked":
        return ""
    if row.state == "no_data":
        return _strip(ends, y, class_="d-no-data", fill=LIGHT.ground.faint)
    if row.state == "protected":
        return _strip(ends, y, class_="d-protected", fill=f"url(#{hatch})", stroke=LIGHT.ground.rule, stroke_width=0.8)
    inside = _inside(row, y, at, is_earlier=is_earlier)
    return element("g", inside, class_=f"d-mark {audience_class(row)}{' is-earlier' if is_earlier else ''}")


def audience_class(row: Row) -> str:
    if row.is_reference:
        return "of-reference"
    return f"of-{row.audience}" if row.audience in LIGHT.audiences else "of-neutral"


def hue_of_row(row: Row) -> Hue:
    return LIGHT.reference if row.is_reference else hue_of(row.audience)


def _inside(row: Row, y: float, at: Scale, *, is_earlier: bool) -> str:
    if row.verdict is not None:
        return _gap(row, y, at)
    if row.state == "banded":
        return _band(row, y, at)
    if row.state == "uncertain":
        return _uncertain(row, y, at)
    return _estimate(row, y, at, is_earlier=is_earlier)


def _strip(ends: tuple[float, float], y: float, **attributes: str | float | None) -> str:
    return element("rect", x=ends[0], y=y - 6, width=ends[1] - ends[0], height=12, rx=2, **attributes)


def _bar(low: float | None, high: float | None, y: float, at: Scale, **attributes: str | float | None) -> str:
    if low is None or high is None:
        return ""
    return element("line", x1=at(low), y1=y, x2=at(high), y2=y, **attributes)


def _estimate(row: Row, y: float, at: Scale, *, is_earlier: bool) -> str:
    """The earlier wave has the same colour and shape as the later one, in a lighter hand: thin bars, hollow point."""
    # The thick bar is taller than the point: for a precise figure it is also the narrower of the two.
    hue = hue_of_row(row).mark
    thin = _bar(row.low95, row.high95, y, at, class_="d-bar", stroke=hue, stroke_width=1.5 if is_earlier else 2.2)
    thick = _thick_bar(row, y, at, height=11 if is_earlier else 15)
    return thick + thin + _point(row, y, at, hue=hue, is_hollow=is_earlier)


def _thick_bar(row: Row, y: float, at: Scale, *, height: float) -> str:
    if row.low50 is None or row.high50 is None:
        return ""
    left, right = at(row.low50), at(row.high50)
    hue = hue_of_row(row)
    return element(
        "rect",
        x=left,
        y=y - height / 2,
        width=right - left,
        height=height,
        class_="d-thick",
        fill=hue.bar,
        stroke=hue.mark,
        stroke_width=0.8,
    )


def _point(row: Row, y: float, at: Scale, *, hue: str, is_hollow: bool) -> str:
    if row.value is None:
        return ""
    shape = shape_of(row.audience)
    x = at(row.value)
    if is_hollow:
        return outline(
            shape, x, y, scale=0.74, class_="d-hollow", fill=LIGHT.ground.paper, stroke=hue, stroke_width=1.6
        )
    return outline(shape, x, y, scale=0.95, class_="d-point", fill=hue)


def _band(row: Row, y: float, at: Scale) -> str:
    if row.band_low is None or row.band_high is None:
        return ""
    left, right = at(row.band_low), at(row.band_high)
    soft = hue_of_row(row).soft
    hue = hue_of_row(row).mark
    surface = element("rect", x=left, y=y - 6, width=right - left, height=12, class_="d-band", fill=soft)
    edges = "".join(
        element("line", x1=x, y1=y - 7, x2=x, y2=y + 7, class_="d-bar", stroke=hue, stroke_width=1.8)
        for x in (left, right)
    )
    return surface + edges


def _uncertain(row: Row, y: float, at: Scale) -> str:
    """Pale, with a dotted edge: the interval before the value."""
    hue = hue_of_row(row).mark
    surface = ""
    if row.low95 is not None and row.high95 is not None:
        left, right = at(row.low95), at(row.high95)
        surface = element(
            "rect",
            x=left,
            y=y - 6,
            width=right - left,
            height=12,
            rx=2,
            class_="d-uncertain",
            fill=hue_of_row(row).soft,
            stroke=hue,
            stroke_width=1.3,
            stroke_dasharray="1.5 2.5",
        )
    if row.value is None:
        return surface
    shape, x = shape_of(row.audience), at(row.value)
    return surface + outline(
        shape, x, y, scale=0.7, class_="d-hollow", fill=LIGHT.ground.paper, stroke=hue, stroke_width=1.1
    )


def _gap(row: Row, y: float, at: Scale) -> str:
    hue = LIGHT.neutral.mark
    thin = _bar(row.low95, row.high95, y, at, class_="d-bar", stroke=hue, stroke_width=2.2)
    if row.value is None or row.verdict is None:
        return thin
    return thin + verdict_sign(row.verdict, at(row.value), y)


def verdict_sign(verdict: Verdict, x: float, y: float) -> str:
    """▲ higher, ▼ lower, ● undecided: drawn, so that no font can lack it."""
    shape = outline(
        _VERDICT_SHAPES[verdict],
        x,
        y,
        class_="d-point",
        fill=LIGHT.neutral.mark,
        stroke=LIGHT.ground.paper,
        stroke_width=1.4,
    )
    return element("g", shape, class_="d-verdict")
