"""What a figure is: its words, its table, its drawing, all from numbers already rounded for the public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from alliage.publications.drawings.marks import Drawing
from alliage.text import Text

FigureKind = Literal["audiences", "domains", "items", "gaps"]


@dataclass(frozen=True, slots=True)
class FigureTable:
    """The table a figure is drawn from; the first column names the row."""

    caption: Text
    columns: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure complete: a sentence first, then the drawing, the table, the passport."""

    id: str
    kind: FigureKind
    title: Text
    sentence: Text
    unit: str
    source: Text
    base: Text
    wording: Text
    notes: tuple[Text, ...]
    stamps: tuple[Text, ...]  # repeated on the drawing and in the sheet, wherever they travel
    cells: tuple[str, ...]
    gaps: tuple[str, ...]
    table: FigureTable
    alt: Text
    view: str  # the query that selects it: "indicator=innovation&wave=impact&by=region"
    drawing: Drawing
    brief: Text | None = None  # the sentence where the territory is already told, short; None when nothing is shown
    brief_cells: tuple[str, ...] = ()  # what it speaks of
