"""The colours of figures and maps, and the shape that says the same thing to whoever does not see the colour.

Each audience keeps its colour and its shape everywhere. The four colours differ in lightness, so that they remain four
in grey and to colour-blind eyes; a test measures it. On the site the stylesheet repeats them as custom properties
(`--audience-maires`…), which dark mode replaces; in a drawing that travels alone they are presentation attributes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Shape = Literal["circle", "square", "triangle", "diamond"]


@dataclass(frozen=True, slots=True)
class Hue:
    """One colour for marks (at least 3:1 on paper), half of it for the thick bar, one for words (4.5:1), one soft for
    surfaces. Bars and surfaces are always edged or crossed by the colour of marks."""

    mark: str
    bar: str
    words: str
    soft: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What is behind and around the marks."""

    paper: str
    ink: str
    quiet: str  # secondary words
    rule: str  # axis and reference lines
    faint: str  # guides, surfaces without data


@dataclass(frozen=True, slots=True)
class Palette:
    ground: Ground
    audiences: Mapping[str, Hue]
    neutral: Hue  # gaps, an audience of another observatory
    reference: Hue  # the row or the line others are compared with


SHAPES: Mapping[str, Shape] = {
    "citoyens": "circle",
    "maires": "square",
    "entreprises": "triangle",
    "associations": "diamond",
}

LIGHT = Palette(
    ground=Ground(paper="#ffffff", ink="#1d2129", quiet="#565c66", rule="#6b717b", faint="#e4e5e2"),
    audiences={
        "citoyens": Hue(mark="#2166b4", bar="#90b2da", words="#1b5ca6", soft="#d3e2f3"),
        "maires": Hue(mark="#64164c", bar="#b28aa6", words="#64164c", soft="#e9d5e2"),
        "entreprises": Hue(mark="#d8700c", bar="#ecb886", words="#a34f00", soft="#f9e2cb"),
        "associations": Hue(mark="#168a68", bar="#8ac4b4", words="#0d7355", soft="#cde8de"),
    },
    neutral=Hue(mark="#3d434d", bar="#9ea1a6", words="#3d434d", soft="#dcdee2"),
    reference=Hue(mark="#757b85", bar="#babdc2", words="#565c66", soft="#e4e5e2"),
)

DARK = Palette(
    ground=Ground(paper="#15181d", ink="#eceae4", quiet="#b0b3b8", rule="#8b9098", faint="#31363e"),
    audiences={
        "citoyens": Hue(mark="#5f9fe6", bar="#3a5c82", words="#7db3f0", soft="#1f3550"),
        "maires": Hue(mark="#eab8d8", bar="#80687a", words="#eab8d8", soft="#4a2a41"),
        "entreprises": Hue(mark="#f0964a", bar="#825734", words="#f5a866", soft="#4f3017"),
        "associations": Hue(mark="#2f8f5b", bar="#22543c", words="#5cbf9f", soft="#173f34"),
    },
    neutral=Hue(mark="#c6c9ce", bar="#6e7076", words="#c6c9ce", soft="#3a3f47"),
    reference=Hue(mark="#9298a0", bar="#54585e", words="#b0b3b8", soft="#31363e"),
)


@dataclass(frozen=True, slots=True)
class Tint:
    """A region on the tile map: soft under ink, deep under paper-coloured codes when the region is brought forward."""

    soft: str
    deep: str


# Few tints, given so that neighbours never share one.
TINTS_LIGHT = (
    Tint(soft="#f6dfc4", deep="#8a4f0d"),
    Tint(soft="#cfe1f2", deep="#1b5ca6"),
    Tint(soft="#d5e8cf", deep="#2f6b2a"),
    Tint(soft="#f4d3d3", deep="#9c3333"),
    Tint(soft="#e0d8f0", deep="#5b3f9e"),
    Tint(soft="#f3eab0", deep="#6b5d00"),
)
TINTS_DARK = (
    Tint(soft="#4f3c25", deep="#eebb83"),
    Tint(soft="#24405a", deep="#94c3f0"),
    Tint(soft="#2d4a2c", deep="#a0d29b"),
    Tint(soft="#56302f", deep="#f0a9a7"),
    Tint(soft="#3e3559", deep="#c3b1f0"),
    Tint(soft="#4b4519", deep="#e2d474"),
)
TINT_OF_REGION: Mapping[str, int] = {
    "11": 5,
    "24": 4,
    "27": 0,
    "28": 2,
    "32": 1,
    "44": 3,
    "52": 1,
    "53": 0,
    "75": 3,
    "76": 2,
    "84": 1,
    "93": 0,
    "94": 3,
    "01": 0,
    "02": 1,
    "03": 2,
    "04": 3,
    "06": 4,
}


def hue_of(audience: str | None, palette: Palette = LIGHT) -> Hue:
    return palette.audiences.get(audience or "", palette.neutral)


def shape_of(audience: str | None) -> Shape:
    return SHAPES.get(audience or "", "circle")


def custom_properties(palette: Palette, tints: tuple[Tint, ...]) -> dict[str, str]:
    """The palette as the stylesheet must declare it: {"--audience-maires": "#64164c", …}."""
    ground = palette.ground
    named = {
        "--figure-paper": ground.paper,
        "--figure-ink": ground.ink,
        "--figure-quiet": ground.quiet,
        "--figure-rule": ground.rule,
        "--figure-faint": ground.faint,
    }
    hues = {**palette.audiences, "neutral": palette.neutral, "reference": palette.reference}
    for audience, hue in hues.items():
        named[f"--audience-{audience}"] = hue.mark
        named[f"--audience-{audience}-bar"] = hue.bar
        named[f"--audience-{audience}-words"] = hue.words
        named[f"--audience-{audience}-soft"] = hue.soft
    for rank, tint in enumerate(tints):
        named[f"--tint-{rank}"] = tint.soft
        named[f"--tint-{rank}-deep"] = tint.deep
    return named
