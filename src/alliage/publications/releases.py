"""`open_release`: a release on disk, read-only and typed, with nothing but the standard library.

Files are read when asked for, once. What is handed out cannot be changed: dataclasses, tuples, read-only mappings.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from alliage.problems import Place, Problem
from alliage.text import Text

SCHEMA = 1
_SUMS = "SHA256SUMS"

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure as the public may see it; its keys are those of docs/reference/release.md."""

    id: str
    indicator: str
    item: str
    audience: str
    wave: str
    by: str
    domain: str
    state: str
    symbol: str | None
    value: float | None
    low95: float | None
    high95: float | None
    low50: float | None
    high50: float | None
    band: Mapping[str, float] | None
    step: float | None
    unit: str
    n_class: str | None
    n_effective_class: str | None
    deff: float | None
    margin: str
    display: Text
    interval: Text | None
    sentence: Text
    parent: str | None

    @property
    def is_shown(self) -> bool:
        return self.state in {"published", "banded", "uncertain"}


@dataclass(frozen=True, slots=True)
class Gap:
    """The difference a - b between two published figures."""

    id: str
    indicator: str
    item: str
    a: str
    b: str
    kind: str
    state: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    excludes_zero: bool  # an end at 0 is then out of the interval
    step: float | None
    family: int
    margin: str
    verdict: str
    verdict_display: Text
    display: Text
    interval: Text | None
    sentence: Text


@dataclass(frozen=True, slots=True)
class Table:
    """The table of a figure; the first column names the row."""

    caption: Text
    columns: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: sentence, table, passport, drawing."""

    id: str
    kind: str
    title: Text
    sentence: Text
    brief: Text | None
    brief_cells: tuple[str, ...]
    unit: str
    source: Text
    base: Text
    wording: Text
    notes: tuple[Text, ...]
    stamps: tuple[Text, ...]
    cells: tuple[str, ...]
    gaps: tuple[str, ...]
    table: Table
    alt: Text
    view: str
    files: Mapping[str, Any]


class Release:
    """What was published, as it was published. Unknown ids raise KeyError."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, Any] = {}

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """`release.json`: id, label, date, waves, audiences, breakdowns, indicators, figures, notices."""
        found: Mapping[str, Any] = self._json("release.json")
        return found

    @cached_property
    def id(self) -> str:
        """SHA-256 of SHA256SUMS."""
        return hashlib.sha256((self.folder / _SUMS).read_bytes()).hexdigest()

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Every file the release signs, by its path inside it."""
        lines = (self.folder / _SUMS).read_text(encoding="utf-8").splitlines()
        return tuple(line.split("  ", 1)[1] for line in lines)

    @cached_property
    def indicators(self) -> Mapping[str, Mapping[str, Any]]:
        """The indicators by id, in the order of the plan: label, topic, definition, base, unit, caution, items…"""
        return MappingProxyType({indicator["id"]: indicator for indicator in self.manifest["indicators"]})

    def indicator(self, indicator: str) -> Mapping[str, Any]:
        return self.indicators[indicator]

    @cached_property
    def figures(self) -> tuple[str, ...]:
        """The ids of all figures."""
        return tuple(figure["id"] for figure in self.manifest["figures"])

    def figure(self, figure: str) -> Figure:
        if figure not in self._figure_ids:
            raise KeyError(figure)
        return self._made(f"figure:{figure}", lambda: _figure(self._json(f"figures/{figure}.json")))

    def cells(
        self,
        indicator: str,
        audience: str | None = None,
        wave: str | None = None,
        by: str | None = None,
        domain: str | None = None,
        item: str | None = None,
    ) -> tuple[Cell, ...]:
        """The cells of an indicator, in the order of the file; None means any. `by=""` is the whole population."""
        wanted = {"audience": audience, "wave": wave, "by": by, "domain": domain, "item": item}
        asked = {name: value for name, value in wanted.items() if value is not None}
        return tuple(
            cell
            for cell in self._cells_of(indicator).values()
            if all(getattr(cell, name) == value for name, value in asked.items())
        )

    def cell(self, cell: str) -> Cell:
        return self._cells_of(cell.split(".", 1)[0])[cell]

    def gaps(
        self, indicator: str, wave: str | None = None, kind: str | None = None, item: str | None = None
    ) -> tuple[Gap, ...]:
        """The gaps of an indicator. `wave` keeps the gaps whose first figure is of that wave."""
        return tuple(
            gap
            for gap in self._gaps_of(indicator)
            if (kind is None or gap.kind == kind)
            and (item is None or gap.item == item)
            and (wave is None or self.cell(gap.a).wave == wave)
        )

    def gap(self, gap: str) -> Gap:
        found = {known.id: known for known in self._gaps_of(gap.split(".", 1)[0])}
        return found[gap]

    def why(self, indicator: str) -> Mapping[str, Any]:
        """From the wording to the file: the chain that made the figures of an indicator."""
        self.indicator(indicator)
        found: Mapping[str, Any] = self._json(f"why/{indicator}.json")
        return found

    def content(self, name: str) -> Any:
        """`content/{name}.json`: the words pages need, as they were at publish time."""
        return self._json(f"content/{name}.json")

    def read(self, relative: str) -> Any:
        """Any JSON file of the release, by its path inside it."""
        return self._json(relative)

    def path(self, relative: str) -> Path:
        """A file of the release, to be sent as it is. Only signed files are handed out: no `..`, no link outside."""
        if relative != _SUMS and relative not in self._signed:
            raise KeyError(relative)
        found = self.folder / relative
        if not found.resolve().is_relative_to(self.folder.resolve()):
            raise KeyError(relative)
        return found

    @cached_property
    def _signed(self) -> frozenset[str]:
        return frozenset(self.files)

    @cached_property
    def _figure_ids(self) -> frozenset[str]:
        return frozenset(self.figures)

    def _cells_of(self, indicator: str) -> dict[str, Cell]:
        self.indicator(indicator)
        return self._made(
            f"cells:{indicator}",
            lambda: {cell["id"]: _cell(cell) for cell in self._json(f"tables/{indicator}.json")["cells"]},
        )

    def _gaps_of(self, indicator: str) -> tuple[Gap, ...]:
        self.indicator(indicator)
        name = f"gaps/{indicator}.json"
        if name not in self._signed:
            return ()
        return self._made(f"gaps:{indicator}", lambda: tuple(_gap(gap) for gap in self._json(name)["gaps"]))

    def _json(self, relative: str) -> Any:
        return self._made(relative, lambda: _read_only(json.loads(self.path(relative).read_text(encoding="utf-8"))))

    def _made(self, name: str, make: Callable[[], Made]) -> Made:
        """Two threads may both make the same thing: the same bytes give equal values, so no lock is needed."""
        if name not in self._read:
            self._read[name] = make()
        found: Made = self._read[name]
        return found


def open_release(path: Path | str) -> Release:
    """Open a release. Raises Problem release.not_found, release.unreadable or release.unknown_schema."""
    folder = Path(path)
    if not (folder / "release.json").is_file() or not (folder / _SUMS).is_file():
        raise Problem("release.not_found", Place(folder))
    try:
        manifest = json.loads((folder / "release.json").read_text(encoding="utf-8"))
        schema = manifest["schema"]
    except (ValueError, KeyError, TypeError):
        raise Problem("release.unreadable", Place(folder / "release.json")) from None
    if schema != SCHEMA:
        raise Problem("release.unknown_schema", Place(folder / "release.json"), found=schema, known=SCHEMA)
    return Release(folder)


def _read_only(value: Any) -> Any:
    if isinstance(value, dict):
        return MappingProxyType({key: _read_only(inside) for key, inside in value.items()})
    if isinstance(value, list):
        return tuple(_read_only(inside) for inside in value)
    return value


def _text(value: Mapping[str, str]) -> Text:
    return Text(fr=value["fr"], en=value["en"])


def _text_or_none(value: Mapping[str, str] | None) -> Text | None:
    return None if value is None else _text(value)


def _cell(record: Mapping[str, Any]) -> Cell:
    return Cell(
        **{
            **record,
            "display": _text(record["display"]),
            "interval": _text_or_none(record["interval"]),
            "sentence": _text(record["sentence"]),
        }
    )


def _gap(record: Mapping[str, Any]) -> Gap:
    return Gap(
        **{
            **record,
            "verdict_display": _text(record["verdict_display"]),
            "display": _text(record["display"]),
            "interval": _text_or_none(record["interval"]),
            "sentence": _text(record["sentence"]),
        }
    )


def _figure(record: Mapping[str, Any]) -> Figure:
    table = record["table"]
    texts: dict[str, Any] = {
        name: _text(record[name]) for name in ("title", "sentence", "source", "base", "wording", "alt")
    }
    return Figure(
        **{
            **record,
            **texts,
            "brief": _text_or_none(record["brief"]),
            "notes": tuple(_text(note) for note in record["notes"]),
            "stamps": tuple(_text(stamp) for stamp in record["stamps"]),
            "table": Table(
                caption=_text(table["caption"]),
                columns=tuple(_text(column) for column in table["columns"]),
                rows=tuple(tuple(_text(field) for field in row) for row in table["rows"]),
            ),
        }
    )
