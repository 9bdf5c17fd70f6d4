"""`Certificate`: what the certificate of a release allows where, and every number that it does not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from typing import Any

from alliage.problems import Place, Problem
from alliage.publications.chain import decision_place, without_cells
from alliage.publications.codebook import CODEBOOK_COLUMNS, codebook_rows
from alliage.publications.contents import drawings_of
from alliage.publications.files import csv_bytes
from alliage.publications.numerals import numbers_in, numbers_of, union
from alliage.publications.releases import Cell, Figure, Gap, Release
from alliage.publications.sheets import cells_csv, figure_csv, gaps_csv
from alliage.publications.wording import UNAUDITED_NOTE
from alliage.text import LANGUAGES

_TAG = re.compile(r"<[^>]*>")
_ENTITY = re.compile(r"&#?\w+;")

_CELL_NUMBERS = ("value", "low95", "high95", "low50", "high50", "band", "step", "deff")
_GAP_NUMBERS = ("value", "low", "high", "step", "family")
_TOLD = ("display", "interval", "sentence")
_CELL_KEYS, _GAP_KEYS, _FIGURE_KEYS = ({field.name for field in fields(known)} for known in (Cell, Gap, Figure))
_DECISION_KEYS = {
    "id", "state", "decision", "margin", "step", "n_class", "base", "parent", "file", "pointer", "python",
}  # fmt: skip


class Certificate:
    """The certificate of a release, and what it allows where."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self.record: Mapping[str, Any] = release.read("certificate.json")
        self.cells = {name: _floats(numbers) for name, numbers in self.record["cells"].items()}
        self.gaps = {name: _floats(numbers) for name, numbers in self.record["gaps"].items()}
        self.stated = {name: _floats(numbers) for name, numbers in self.record["stated"].items()}
        self.pages = {name: _floats(numbers) for name, numbers in self.record["pages"].items()}
        self.telling = _floats(self.record["telling"])
        self.notices = release.manifest["notices"]
        self.checked: dict[str, Any] = {}  # every cell of the tables, as they write it

    def steps(self) -> list[tuple[str, Iterator[Problem]]]:
        """Each file with the problems found in it, tables first: the others repeat them."""
        release = self.release
        names = list(release.indicators)
        return [
            ("release.json", self.check_manifest()),
            ("codebook.json", self.check_codebook()),
            *((f"tables/{name}.json", self.check_table(name)) for name in names),
            *((f"gaps/{name}.json", self.check_gaps(name)) for name in names if f"gaps/{name}.json" in release.files),
            *((f"why/{name}.json", self.check_why(name)) for name in names),
            *((path, self.check_territory(path)) for path in release.files if _is_territory(path)),
            *((f"figures/{figure}.json", self.check_figure(figure)) for figure in release.figures),
            *((f"content/{name}.json", self.check_content(name)) for name in release.manifest["content"]),
            *((f"figures/map.{language}.svg", self.check_map(f"figures/map.{language}.svg")) for language in LANGUAGES),
        ]

    def check_manifest(self) -> Iterator[Problem]:
        """What it says of the checks is what the certificate says, and its notices are those it calls for."""
        manifest = self.release.manifest
        yield from self._strange(numbers_of(manifest), self.pages["release.json"], "release.json", "release.json")
        for flag in ("audit", "unaudited"):
            if manifest[flag] != self.record[flag]:
                yield self._problem("release.flags_differ", "release.json", flag=flag)
        stamps = [manifest["synthetic"]] if manifest["synthetic"] else []
        stamps += [UNAUDITED_NOTE.to_dict()] if manifest["unaudited"] else []
        if list(manifest["notices"]) != stamps:
            yield self._problem("release.flags_differ", "release.json", flag="notices")

    def check_codebook(self) -> Iterator[Problem]:
        codebook = self.release.read("codebook.json")
        yield from self._strange(numbers_of(codebook), self.pages["codebook.json"], "codebook.json", "codebook.json")
        yield from self._other_csv("codebook.csv", csv_bytes(CODEBOOK_COLUMNS, codebook_rows(codebook)))

    def check_table(self, indicator: str) -> Iterator[Problem]:
        name = f"tables/{indicator}"
        table = self.release.read(f"{name}.json")
        yield from self._head(table, {"indicator", "notices", "cells"}, f"{name}.json")
        for cell in table["cells"]:
            self.checked[cell["id"]] = cell
            own = self.cells.get(cell["id"], frozenset())
            yield from self._fields(cell, _CELL_KEYS, f"{name}.json", cell["id"])
            shown = {field: cell[field] for field in _CELL_NUMBERS}
            classes = [cell[field].replace("-", " ") for field in ("n_class", "n_effective_class") if cell[field]]
            yield from self._strange(numbers_of([shown, classes]), own, f"{name}.json", cell["id"])
            out_of = {10.0} if cell["unit"] == "note_10" else set()
            told = own | self.cells.get(cell["parent"], frozenset()) | self.stated[indicator] | out_of
            yield from self._strange(numbers_of([cell[field] for field in _TOLD]), told, f"{name}.json", cell["id"])
        yield from self._other_csv(f"{name}.csv", cells_csv(table["cells"], self.notices))

    def check_territory(self, path: str) -> Iterator[Problem]:
        """A territory's file gathers cells of the tables, word for word: nothing new may be said there."""
        page = self.release.read(path)
        yield from self._head(page, {"territory", "notices", "cells"}, path)
        for cell in page["cells"]:
            if self.checked.get(cell["id"]) != cell:
                yield self._problem("release.uncertified", path, number=cell["display"]["fr"], where=cell["id"])
        yield from self._other_csv(path.removesuffix(".json") + ".csv", cells_csv(page["cells"], self.notices))

    def check_gaps(self, indicator: str) -> Iterator[Problem]:
        name = f"gaps/{indicator}"
        page = self.release.read(f"{name}.json")
        yield from self._head(page, {"indicator", "notices", "gaps"}, f"{name}.json")
        for gap in page["gaps"]:
            own = self.gaps.get(gap["id"], frozenset())
            yield from self._fields(gap, _GAP_KEYS, f"{name}.json", gap["id"])
            shown = {field: gap[field] for field in _GAP_NUMBERS}
            yield from self._strange(numbers_of(shown), own, f"{name}.json", gap["id"])
            told = numbers_of([gap[field] for field in (*_TOLD, "verdict_display")])
            yield from self._strange(told, own | self.stated[indicator], f"{name}.json", gap["id"])
        yield from self._other_csv(f"{name}.csv", gaps_csv(page["gaps"], self.notices))

    def check_why(self, indicator: str) -> Iterator[Problem]:
        """What the chain declares, then each decision: the words and classes of its cell, and where its value is."""
        path = f"why/{indicator}.json"
        chain = self.release.why(indicator)
        yield from self._strange(numbers_of(without_cells(chain)), self.pages[path], path, indicator)
        for rank, decision in enumerate(chain["cells"]):
            cell = self.checked[decision["id"]]
            yield from self._fields(decision, _DECISION_KEYS, path, decision["id"])
            place = decision_place(cell["id"], indicator, rank, is_banded=cell["band"] is not None)
            repeated = {**{field: cell[field] for field in ("id", "state", "parent", "n_class", "step")}, **place}
            for field, expected in repeated.items():
                if decision[field] != expected:
                    yield self._problem("release.uncertified", path, number=decision[field], where=cell["id"])
            own = self.cells.get(cell["id"], frozenset()) | self.telling
            said = numbers_of([decision[field] for field in ("decision", "margin", "base")])
            yield from self._strange(said, own, path, cell["id"])

    def check_figure(self, figure: str) -> Iterator[Problem]:
        name = f"figures/{figure}"
        record = self.release.read(f"{name}.json")
        yield from self._fields(record, _FIGURE_KEYS, f"{name}.json", figure)
        listed = self.record["figures"].get(figure, {"cells": (), "gaps": (), "ticks": ()})
        indicator = figure.split(".", 1)[0]
        known = (
            union(set(self.cells.get(cell, ())) for cell in listed["cells"])
            | union(set(self.gaps.get(gap, ())) for gap in listed["gaps"])
            | self.stated[indicator]
            | self.telling
        )
        told = ("title", "sentence", "source", "base", "wording", "notes", "stamps", "alt", "table")
        texts = [*(record[field] for field in told), record["brief"] or {}]
        yield from self._strange(numbers_of(texts), known, f"{name}.json", figure)
        yield from self._other_csv(f"{name}.csv", figure_csv(record["table"], record["stamps"]))
        for path in drawings_of(figure):
            words = _words_of_svg(self.release.path(path).read_text(encoding="utf-8"))
            language = path.split(".svg")[0].removesuffix(".wide").removesuffix(".narrow")[-2:]
            found = numbers_in(words, "fr" if language == "fr" else "en")
            yield from self._strange(found, known | _floats(listed["ticks"]), path, figure)

    def check_content(self, name: str) -> Iterator[Problem]:
        """The words copied from the content show no figure of ours."""
        content = self.release.content(name)
        yield from self._strange(numbers_of(content), _floats(self.record["register"]), f"content/{name}.json", name)

    def check_map(self, path: str) -> Iterator[Problem]:
        if path in self.release.files:
            words = _words_of_svg(self.release.path(path).read_text(encoding="utf-8"))
            yield from self._strange(numbers_of(words), _floats(self.record["register"]) | self.telling, path, path)

    def _head(self, page: Mapping[str, Any], known: set[str], path: str) -> Iterator[Problem]:
        yield from self._fields(page, known, path, path)
        if page["notices"] != self.notices:
            yield self._problem("release.flags_differ", path, flag="notices")

    def _fields(self, record: Mapping[str, Any], known: set[str], path: str, where: str) -> Iterator[Problem]:
        """A field nobody reads is one nobody has checked."""
        for field in sorted(set(record) - known):
            yield self._problem("release.uncertified", path, number=field, where=where)

    def _strange(self, found: set[float], known: Collection[float], path: str, where: str) -> Iterator[Problem]:
        for number in sorted(found.difference(known)):
            yield self._problem("release.uncertified", path, number=f"{number:g}", where=where)

    def _other_csv(self, path: str, expected: bytes) -> Iterator[Problem]:
        """A CSV says what its JSON says, byte for byte: checking one checks both."""
        if self.release.path(path).read_bytes() != expected:
            yield self._problem("release.csv_differs", path)

    def _problem(self, code: str, path: str, **values: object) -> Problem:
        return Problem(code, Place(self.release.folder / path), **values)


def _is_territory(path: str) -> bool:
    return path.startswith("territories/") and path.endswith(".json")


def _floats(numbers: Any) -> frozenset[float]:
    return frozenset(float(number) for number in numbers)


def _words_of_svg(drawing: str) -> str:
    """What is read in a drawing; a tag between two words separates them, and positions are not words."""
    return _ENTITY.sub(" ", _TAG.sub("\n", drawing))
