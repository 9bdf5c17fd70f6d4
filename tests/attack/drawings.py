"""A drawing as an attacker reads it: every word, and the position of every mark read back on the axis."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from xml.etree import ElementTree

NAMESPACE = "{http://www.w3.org/2000/svg}"
# Attributes that place and paint; any other attribute is a place where words can hide.
GEOMETRY = frozenset((
    "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "width", "height", "points", "d", "viewBox", "fill",
    "stroke", "dx", "dy", "class", "id", "lang", "role", "stroke-width", "stroke-dasharray", "text-anchor",
    "font-size", "font-weight", "font-family", "patternUnits", "patternTransform", "aria-labelledby", "aria-hidden",
))  # fmt: skip
ELEMENTS = frozenset(
    ("svg", "title", "desc", "defs", "pattern", "path", "rect", "line", "circle", "polygon", "g", "text", "tspan")
)
PIXEL = 0.051  # coordinates are written to a tenth of a pixel

Read = tuple[float, float]


@dataclass(frozen=True)
class Drawing:
    """words: texts, title, description and readable attributes. marks: for each row drawn, the places it points at."""

    words: tuple[str, ...]
    ticks: tuple[str, ...]
    tick_places: tuple[float, ...]
    marks: tuple[tuple[float, ...], ...]
    unknown: tuple[str, ...]

    def axis(self, number: Callable[[str], float]) -> Callable[[float], Read]:
        """From a place to a value and the error that a tenth of a pixel allows."""
        values = sorted(number(tick) for tick in self.ticks)
        assert len(values) == len(self.tick_places), "an axis this attack cannot read"
        (x0, x1), (v0, v1) = (self.tick_places[0], self.tick_places[-1]), (values[0], values[-1])
        scale = (v1 - v0) / (x1 - x0)
        return lambda x: (v0 + (x - x0) * scale, 4 * PIXEL * abs(scale))

    def ends(self, to_value: Callable[[float], Read]) -> tuple[float, float]:
        return to_value(self.tick_places[0])[0], to_value(self.tick_places[-1])[0]


def read_drawing(content: str) -> Drawing:
    root = ElementTree.fromstring(content)
    words: list[str] = []
    ticks: list[str] = []
    places: set[float] = set()  # graduations
    marks: list[tuple[float, ...]] = []
    unknown: list[str] = []
    for node in root.iter():
        name = node.tag.removeprefix(NAMESPACE)
        if name not in ELEMENTS:
            unknown.append(f"<{name}>")
        for attribute, value in node.attrib.items():
            if attribute.startswith(("aria-label", "data-", "alt", "title")) and attribute != "aria-labelledby":
                words.append(value)
            elif attribute not in GEOMETRY:
                unknown.append(f'{name} {attribute}="{value}"')
        kind = node.get("class", "").split()
        if name in {"text", "title", "desc"}:
            said = "".join(node.itertext())
            (ticks if "d-tick" in kind else words).append(said)
        elif {"d-guide", "d-origin"} & set(kind):
            places |= _graduations(node)
        elif name == "g" and kind[:1] == ["d-mark"]:
            marks.append(_places(node))
        elif (node.text or "").strip() and name != "tspan":
            words.append(node.text or "")
        if (node.tail or "").strip() and name != "tspan":
            words.append(node.tail or "")
    graduations = tuple(sorted(places))
    rows = _rows_only(marks, graduations)
    return Drawing(tuple(words), tuple(ticks), graduations, tuple(rows), tuple(unknown))


def _graduations(node: ElementTree.Element) -> set[float]:
    """The vertical lines of an axis, drawn one by one or as one path."""
    if node.get("x1") is not None:
        return {float(node.get("x1", "nan"))} if node.get("x1") == node.get("x2") else set()
    return {float(x) for x in re.findall(r"M([-\d.]+)[ ,][-\d.]+V", node.get("d", ""))}


def _rows_only(marks: list[tuple[float, ...]], places: tuple[float, ...]) -> list[tuple[float, ...]]:
    """Without the key, the sample mark that explains the bars outside the axis."""
    if not places:
        return marks
    inside = (min(places) - 5 * PIXEL, max(places) + 5 * PIXEL)
    return [mark for mark in marks if mark and all(inside[0] <= x <= inside[1] for x in mark)]


def _places(group: ElementTree.Element) -> tuple[float, ...]:
    """Ends of bars, centres of points."""
    found: list[float] = []
    for node in group.iter():
        name, kind = node.tag.removeprefix(NAMESPACE), node.get("class", "")
        if name == "line":
            found += [float(node.get("x1", "nan")), float(node.get("x2", "nan"))]
        elif name == "circle":
            found.append(float(node.get("cx", "nan")))
        elif name == "polygon":
            xs = [float(pair.split(",")[0]) for pair in re.split(r"\s+", node.get("points", ""))]
            found.append((max(xs) + min(xs)) / 2 if len(xs) != 3 else median(xs))
        elif name == "rect":
            left, width = float(node.get("x", "nan")), float(node.get("width", "nan"))
            is_point = {"d-point", "d-hollow"} & set(kind.split())
            found += [left + width / 2] if is_point else [left, left + width]
    return tuple(found)
