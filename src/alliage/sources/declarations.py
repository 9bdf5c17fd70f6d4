"""Sources, the register of real studies, published figures, conflicts."""

from __future__ import annotations

from typing import Literal

from alliage.catalogue import declared
from alliage.catalogue.marks import Mark, Origin
from alliage.text import Text


@declared
class Source:
    """A public page or report: title and institution, no person's name."""

    id: str
    title: Text
    institution: str
    year: int | None = None
    address: str | None = None


@declared
class RegisteredStudy:
    """A real study, as far as public sources describe it."""

    id: str
    label: Text
    programme: str | None = None
    year: Text  # "2008, 2012": as told
    audience: Text
    sample: Text | None = None  # None: not found
    sources: tuple[str, ...]


@declared
class PublishedFigure:
    """A figure somebody published. `value` as told; `target`: the demo is calibrated on it."""

    id: str
    label: Text
    study: str | None = None
    audience: str | None = None  # one of the four ids, where it is one of them
    wave: str | None = None
    indicator: str | None = None
    item: str | None = None
    territory: Text | None = None
    value: float
    unit: Literal["percent", "note_10", "count", "number"]
    mark: Mark = "sourced"
    target: bool = False
    sources: tuple[str, ...]
    note: Text | None = None


@declared
class Telling:
    """One of the versions of a conflict."""

    value: Text
    sources: tuple[str, ...]


@declared
class Conflict:
    """Sources disagree, or a figure is unreadable: shown with all its tellings, never a target."""

    id: str
    label: Text
    figures: tuple[str, ...] = ()
    tellings: tuple[Telling, ...]
    reading: Text
    origin: Origin | None = None
