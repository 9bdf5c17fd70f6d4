"""Scraping: every number of every file of a release must belong to the cell, the gap or the figure that shows it.

A number is allowed where the certificate allows it *for that cell*, never because it is allowed somewhere else:
all whole numbers up to 100 are published somewhere. Findings are returned, not raised, so that planted leaks count.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from attack.drawings import read_drawing
from attack.evidence import HIDDEN, Public, Record
from attack.numerals import numbers_in

CELL_NUMBERS = ("value", "low95", "high95", "low50", "high50", "step", "deff")
CELL_WORDS = ("id", "indicator", "item", "audience", "wave", "by", "domain", "state", "symbol", "unit", "margin",
              "parent")  # fmt: skip
CELL_CLASSES = ("n_class", "n_effective_class")
CELL_TEXTS = ("display", "interval", "sentence")
GAP_NUMBERS = ("value", "low", "high", "step", "family")
GAP_WORDS = ("id", "indicator", "item", "a", "b", "kind", "state", "unit", "margin", "verdict",
             "excludes_zero")  # fmt: skip
GAP_TEXTS = ("verdict_display", "display", "interval", "sentence")
LANGUAGES = ("fr", "en")
STATED_TEXTS = ("source", "base", "wording")
# In a passport: declared identifiers, versions, dates, the formula.
CODES = frozenset((
    "id", "version", "lock", "code", "symbols", "start", "end", "date", "sources", "kind", "type", "mark", "study",
    "wave", "audience", "method", "indicator",
))  # fmt: skip


class Finding(NamedTuple):
    """Something a reader should not have found."""

    file: str
    place: str
    found: str


@dataclass(frozen=True)
class Scraper:
    """Reads the files of one release against its own certificate."""

    public: Public

    # What may be said where

    @cached_property
    def cells(self) -> dict[str, set[float]]:
        return {name: set(numbers) for name, numbers in self.public.certificate["cells"].items()}

    @cached_property
    def gaps(self) -> dict[str, set[float]]:
        return {name: set(numbers) for name, numbers in self.public.certificate["gaps"].items()}

    @cached_property
    def stated(self) -> dict[str, set[float]]:
        return {name: set(numbers) for name, numbers in self.public.certificate["stated"].items()}

    def figure(self, name: str) -> set[float]:
        """Everything one figure may say."""
        known = self.public.certificate["figures"][name]
        numbers = [self.cells[cell] for cell in known["cells"]] + [self.gaps[gap] for gap in known["gaps"]]
        return set().union(*numbers)

    def numbers(self, text: str, language: str) -> frozenset[float]:
        return numbers_in(text, language, names=self.public.names, labels=self.public.labels)

    def text(self, texts: Record | None, allowed: set[float], file: str, place: str) -> Iterator[Finding]:
        """A {fr, en} text."""
        for language, words in (texts or {}).items():
            for number in self.numbers(words, language) - allowed:
                yield Finding(file, f"{place}.{language}", f"{number:g} in “{words}”")

    # Files

    def read(self, file: str, content: str) -> list[Finding]:
        """The findings of one file. A file of an unknown kind is a finding."""
        folder, _, name = file.rpartition("/")
        stem, _, ending = name.rpartition(".")
        if folder in {"tables", "territories", "gaps"} and ending in {"json", "csv"}:
            records = json.loads(content) if ending == "json" else list(csv.DictReader(io.StringIO(content)))
            return list(self._records(folder, file, records, is_json=ending == "json"))
        if folder == "figures" and ending == "svg":
            if stem in {"map.fr", "map.en"}:
                return list(self._map(content, file))
            figure = stem.removesuffix(".wide").removesuffix(".narrow")
            return list(self.drawing(figure[:-3], content, figure[-2:], file))
        if folder == "figures" and ending == "json":
            return list(self._figure(json.loads(content), file))
        if folder == "figures" and ending == "csv":
            return list(self._sheet(stem, content, file))
        if folder == "why":
            return list(self._why(json.loads(content), file))
        if folder == "content" or file in {"release.json", "codebook.json", "codebook.csv", "certificate.json",
                                           "SHA256SUMS"}:  # fmt: skip
            return []  # declared texts and the certificate itself: see test_scrape for what bounds them
        return [Finding(file, "", "a file of an unknown kind")]

    def _records(self, folder: str, file: str, content: Any, *, is_json: bool) -> Iterator[Finding]:
        if folder != "gaps":
            for record in content["cells"] if is_json else content:
                yield from self.cell(record if is_json else _as_json(record), file)
        else:
            for record in content["gaps"] if is_json else content:
                yield from self.gap(record if is_json else _as_json(record), file)

    def cell(self, record: Record, file: str) -> Iterator[Finding]:
        """One cell: no unknown field, no number of its own but those of its certificate, none when hidden."""
        name = record["id"]
        allowed = self.cells.get(name)
        if allowed is None:
            yield Finding(file, name, "a cell the certificate does not know")
            return
        truth = self.public.cells[name]
        for part in CELL_WORDS:
            if part in record and (record[part] or "") != (truth[part] or ""):
                yield Finding(file, name, f"{part} is {record[part]} here and {truth[part]} in its table")
        if truth["state"] in HIDDEN and allowed:
            yield Finding(file, name, f"hidden, yet the certificate allows {sorted(allowed)}")
        known = {*CELL_NUMBERS, *CELL_WORDS, *CELL_CLASSES, *CELL_TEXTS, "band"}
        yield from self._fields(record, known, CELL_NUMBERS, CELL_CLASSES, CELL_TEXTS[:2], allowed, file)
        # What is hidden says the value of the smallest shown whole that contains it.
        told = self.cells[truth["parent"]] if truth["state"] in HIDDEN and truth["parent"] else allowed
        yield from self.text(record.get("sentence"), told, file, f"{name}.sentence")
        for end in (record.get("band") or {}).values():
            if end not in allowed:
                yield Finding(file, name, f"band end {end}")

    def gap(self, record: Record, file: str) -> Iterator[Finding]:
        """One gap; a hidden one has nothing but the size of its family."""
        allowed = self.gaps.get(record["id"])
        if allowed is None:
            yield Finding(file, record["id"], "a gap the certificate does not know")
            return
        known = {*GAP_NUMBERS, *GAP_WORDS, *GAP_TEXTS}
        yield from self._fields(record, known, GAP_NUMBERS, (), GAP_TEXTS, allowed, file)
        sides = [self.public.cells[record[side]]["state"] for side in ("a", "b")]
        if set(sides) & HIDDEN and any(record[number] is not None for number in ("value", "low", "high", "step")):
            yield Finding(file, record["id"], f"a gap with a hidden side: {sides}")

    def _fields(
        self, record: Record, known: set[str], numbers: Iterable[str], classes: Iterable[str], texts: Iterable[str],
        allowed: set[float], file: str,
    ) -> Iterator[Finding]:  # fmt: skip
        name = record["id"]
        for field in set(record) - known:
            yield Finding(file, name, f"an unknown field: {field} = {record[field]}")
        for field in numbers:
            value = record.get(field)
            if value is not None and abs(value) not in allowed:
                yield Finding(file, name, f"{field} = {value}")
        for field in classes:
            for number in self.numbers((record.get(field) or "").replace("-", " "), "en") - allowed:
                yield Finding(file, name, f"{field}: {number:g}")
        for field in texts:
            yield from self.text(record.get(field), allowed, file, f"{name}.{field}")

    def _figure(self, record: Record, file: str) -> Iterator[Finding]:
        name = record["id"]
        indicator = name.split(".", 1)[0]
        allowed = self.figure(name)
        known = {"id", "kind", "title", "sentence", "brief", "brief_cells", "unit", "cells", "gaps", "table", "alt",
                 "view", "files", "notes", "stamps", *STATED_TEXTS}  # fmt: skip
        for field in set(record) - known:
            yield Finding(file, name, f"an unknown field: {field}")
        for field in ("title", "sentence", "brief", "alt"):
            yield from self.text(record[field], allowed, file, field)
        for rank, note in enumerate(record["notes"]):
            families = {float(self.public.gaps[gap]["family"]) for gap in record["gaps"]}
            yield from self.text(note, self.stated[indicator] | families, file, f"notes.{rank}")
        for field in STATED_TEXTS:
            yield from self.text(record[field], self.stated[indicator], file, field)
        yield from self.text(record["table"]["caption"], set(), file, "caption")
        for column in record["table"]["columns"]:
            yield from self.text(column, set(), file, "column")
        rows = record["table"]["rows"]
        for rank, (row, may) in enumerate(zip(rows, self.rows(name, len(rows)), strict=True)):
            for text in row:
                yield from self.text(text, may, file, f"row {rank}")

    def rows(self, name: str, count: int) -> list[set[float]]:
        """What each row of the table of a figure may say: its own cell or gap, and the whole it is compared with."""
        known = self.public.certificate["figures"][name]
        if name.endswith(".gaps"):
            return [self.gaps[gap] for gap in known["gaps"]]
        compared = {cell: self.cells[_whole(self.public.cells[cell])] for cell in known["cells"]}
        is_zone = ".zone." in name
        return [self.cells[cell] | (compared[cell] if is_zone else set()) for cell in known["cells"][:count]]

    def _sheet(self, name: str, content: str, file: str) -> Iterator[Finding]:
        table = list(csv.reader(io.StringIO(content)))
        languages = [_language(column) for column in table[0]]
        for rank, (row, may) in enumerate(zip(table[1:], self.rows(name, len(table) - 1), strict=True)):
            for words, language in zip(row, languages, strict=True):
                for number in self.numbers(words, language) - may:
                    yield Finding(file, f"row {rank}", f"{number:g} in “{words}”")

    def drawing(self, name: str, content: str, language: str, file: str) -> Iterator[Finding]:
        """Words, alternatives and marks of a drawing."""
        known = self.public.certificate["figures"].get(name)
        if known is None:
            yield Finding(file, name, "a drawing the certificate does not know")
            return
        allowed = self.figure(name)
        ticks = set(known["ticks"])
        drawing = read_drawing(content)
        for words in drawing.words:
            for number in self.numbers(words, language) - allowed:
                yield Finding(file, name, f"{number:g} in “{words}”")
        for words in drawing.ticks:
            for number in self.numbers(words, language) - ticks:
                yield Finding(file, name, f"{number:g} on the axis")
        for words in drawing.unknown:
            yield Finding(file, name, f"a drawing holds {words}")
        yield from self._marks(name, drawing, known, language, file)

    def _map(self, content: str, file: str) -> Iterator[Finding]:
        """The map leads to territories: it holds their codes and no result."""
        codes = self.numbers(json.dumps(self.public.json("content/territories.json")).replace("-", " "), "en")
        words = " ".join(
            [*re.findall(r">([^<]+)<", content), *re.findall(r'(?:aria-label|title|alt)="([^"]*)"', content)]
        )
        for number in self.numbers(words, file[-6:-4]) - codes:
            yield Finding(file, "map", f"{number:g} is the code of no territory")
        if "d-mark" in content or "d-band" in content:
            yield Finding(file, "map", "a map of results")

    def _marks(self, name: str, drawing: Any, known: Record, language: str, file: str) -> Iterator[Finding]:
        """A coordinate read back on the axis gives a rounded public value of the row it stands in, or leaks."""
        to_value = drawing.axis(lambda words: self._tick(words, language))
        shown = [self.public.gaps[gap] for gap in known["gaps"] if self.public.gaps[gap]["value"] is not None]
        if not name.endswith(".gaps"):
            count = len(known["cells"]) // 2 if ".zone." in name and _compared(known["cells"]) else len(known["cells"])
            shown = [self.public.cells[cell] for cell in known["cells"][:count]]
            shown = [cell for cell in shown if cell["state"] not in HIDDEN]
        if len(drawing.marks) != len(shown):
            yield Finding(file, name, f"{len(drawing.marks)} marks for {len(shown)} shown values")
            return
        for mark, record in zip(drawing.marks, shown, strict=True):
            for x in mark:
                value, error = to_value(x)
                if min(abs(value - public) for public in _places(record, drawing, to_value)) > error:
                    yield Finding(file, record["id"], f"a mark at {value:.3f}")

    def _tick(self, words: str, language: str) -> float:
        (number,) = numbers_in(words, language)
        return -number if "\u2212" in words else number

    def _why(self, record: Record, file: str) -> Iterator[Finding]:
        may = self.stated[record["indicator"]]
        for cell in record["cells"]:
            said = {
                key: value for key, value in cell.items() if key not in {"id", "file", "parent", "pointer", "python"}
            }
            allowed = self.cells[cell["id"]]
            for number in _every_number(said, self) - allowed:
                yield Finding(file, cell["id"], f"{number:g}")
        rest = {key: value for key, value in record.items() if key != "cells"}
        for number in _every_number(rest, self) - may - {100.0}:  # a share is 100 times a ratio
            yield Finding(file, "why", f"{number:g} is stated nowhere")


def _whole(cell: Record) -> str:
    parts = (cell["indicator"], cell["item"], cell["audience"], cell["wave"], "ensemble")
    return ".".join(part for part in parts if part)


def _compared(cells: list[str]) -> bool:
    return any(cell.endswith(".ensemble") for cell in cells)


def _places(record: Record, drawing: Any, to_value: Any) -> list[float]:
    ends = [record.get(name) for name in (*CELL_NUMBERS[:5], "low", "high")] + list((record.get("band") or {}).values())
    low, high = drawing.ends(to_value)
    return [min(max(end, low), high) for end in ends if end is not None]


def _language(column: str) -> str:
    return "en" if column.endswith(("(en)", "_en")) else "fr"


def _as_json(row: dict[str, str]) -> dict[str, Any]:
    """A CSV row in the shape of its JSON."""
    record: dict[str, Any] = {}
    for name, words in row.items():
        stem, _, language = name.rpartition("_")
        if language in LANGUAGES:
            if stem != "notice":
                record.setdefault(stem, {})[language] = words
        elif name in {*CELL_NUMBERS, *GAP_NUMBERS}:
            record[name] = float(words) if words else None
        elif name in {"band_low", "band_high"}:
            if words:
                record.setdefault("band", {})[name[5:]] = float(words)
        else:
            record[name] = words
    return record


def _every_number(value: Any, scraper: Scraper, language: str = "en") -> set[float]:
    if isinstance(value, bool) or value is None:
        return set()
    if isinstance(value, int | float):
        return {abs(float(value))}
    if isinstance(value, str):
        return scraper.numbers(value.replace("-", " "), language)
    if isinstance(value, dict):
        return set().union(*(_every_number(inside, scraper, key if key in LANGUAGES else language)
                             for key, inside in value.items() if not _is_code(key, inside)))  # fmt: skip
    return set().union(*(_every_number(inside, scraper, language) for inside in value))


def _is_code(key: str, value: Any) -> bool:
    return key in CODES and (isinstance(value, str) or key == "sources")
