"""`Drawing`: everything a figure shows, already decided and already in words; drawing it only chooses positions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from alliage.text import Text

Kind = Literal["audiences", "domains", "items", "gaps"]
State = Literal["published", "banded", "uncertain", "protected", "no_data", "not_asked"]
Verdict = Literal["higher", "lower", "undecided", "hidden"]
Layout = Literal["wide", "narrow"]

ABSENT: frozenset[State] = frozenset({"protected", "no_data", "not_asked"})


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the axis, in the unit of the figure, and its words: 50, "50 %"."""

    value: float
    label: Text


@dataclass(frozen=True, slots=True)
class Reference:
    """A quiet line to compare with: 85, "France : 85 %"."""

    value: float
    label: Text


@dataclass(frozen=True, slots=True)
class Group:
    """A heading written above the row of rank `first` (0 is the first row)."""

    heading: Text
    first: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a figure: a cell, or a gap.

    Numbers are in the unit of the figure and already rounded: positions come from them and from nothing else.
    A row that is absent (protected, no data, not asked) carries no number at all.

    label      the audience, the region, the item, or the two sides of a gap
    detail     what tells this row from its neighbours of the same label: usually the years of the wave
    display    the value in words, or the words of the absence or of the band ("protégé", "entre 35 % et 65 %")
    interval   "entre 82 % et 91 %"; None when no margin may be given
    verdict    of a gap; its word and its shape are drawn from it
    reference  what this very row is compared with (the same audience in France); a line through all the rows is
               `Drawing.reference`
    is_reference  the row is itself the comparison (the France row above the regions): drawn in quiet ink
    """

    label: Text
    display: Text
    state: State = "published"
    detail: Text | None = None
    audience: str | None = None
    wave: str | None = None
    value: float | None = None
    low95: float | None = None
    high95: float | None = None
    low50: float | None = None
    high50: float | None = None
    band_low: float | None = None
    band_high: float | None = None
    interval: Text | None = None
    verdict: Verdict | None = None
    reference: Reference | None = None
    is_reference: bool = False

    def __post_init__(self) -> None:
        numbers = (self.value, self.low95, self.high95, self.low50, self.high50, self.band_low, self.band_high)
        if self.state in ABSENT and any(number is not None for number in numbers):
            raise ValueError(f"a row that is {self.state} must carry no number: {self.label.en}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A figure ready to be drawn.

    rows         in reading order; rows of one audience follow each other, earlier wave first
    unit         said once beside the axis ("en % des réponses")
    scale_low, scale_high, ticks   the axis: from 0 for shares and notes, symmetric around 0 for gaps
    title        what the figure shows; description: its text alternative, a whole sentence or more
    stamp        "Données synthétiques", written on every drawing when given; source: on drawings that travel alone
    """

    kind: Kind
    rows: tuple[Row, ...]
    scale_low: float
    scale_high: float
    ticks: tuple[Tick, ...]
    title: Text
    description: Text
    source: Text
    unit: Text | None = None
    reference: Reference | None = None
    groups: tuple[Group, ...] = ()
    stamp: Text | None = None
