"""`verify`: the bytes are those that were signed, and no number is shown that the certificate does not allow."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from alliage.problems import Place, Problem, raise_all
from alliage.publications.files import SUMS
from alliage.publications.numerals import numbers_in, numbers_of, union
from alliage.publications.releases import Release, open_release
from alliage.publications.sheets import cells_csv, figure_csv, gaps_csv
from alliage.text import LANGUAGES, Language

_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")
_TAG = re.compile(r"<[^>]*>")
_ENTITY = re.compile(r"&#?\w+;")

_CELL_NUMBERS = ("value", "low95", "high95", "low50", "high50", "band", "step", "deff")
_GAP_NUMBERS = ("value", "low", "high", "step", "family")
_TOLD = ("display", "interval", "sentence")


def verify(folder: Path) -> str:
    """Check the digests, then the certificate; give the id of the release. Raises every Problem release.* found."""
    release = open_release(folder)
    raise_all(list(changed_files(Path(folder))))
    raise_all(list(uncertified(release)))
    return release.id


def changed_files(folder: Path) -> Iterator[Problem]:
    """A file that is missing, that has changed, or that nobody signed."""
    signed = read_sums(folder)
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()} - {SUMS}
    for path in sorted(signed.keys() | found):
        place = Place(folder / path)
        if path not in found:
            yield Problem("release.missing_file", place)
        elif path not in signed:
            yield Problem("release.unsigned_file", place)
        elif hashlib.sha256((folder / path).read_bytes()).hexdigest() != signed[path]:
            yield Problem("release.changed_file", place)


def read_sums(folder: Path) -> dict[str, str]:
    """SHA256SUMS, by path. Raises Problem release.bad_sums."""
    digests: dict[str, str] = {}
    for line, words in enumerate((folder / SUMS).read_text(encoding="utf-8").splitlines(), start=1):
        found = _LINE.fullmatch(words)
        if found is None:
            raise Problem("release.bad_sums", Place(folder / SUMS), line=line)
        digests[found[2]] = found[1]
    return digests


def first_difference(one: Path, other: Path) -> str | None:
    """The first file, by path, that is not the same in two releases; None when they are the same."""
    a, b = read_sums(one), read_sums(other)
    return next((path for path in sorted(a.keys() | b.keys()) if a.get(path) != b.get(path)), None)


def uncertified(release: Release) -> Iterator[Problem]:
    """Every number of tables, gaps, figures and drawings that is not in the certificate."""
    known = Certificate(release)
    for indicator in release.indicators:
        yield from known.check_table(indicator)
        yield from known.check_gaps(indicator)
        yield from known.check_why(indicator)
    for path in release.files:
        if path.startswith("territories/") and path.endswith(".json"):
            yield from known.check_territory(path)
    for figure in release.figures:
        yield from known.check_figure(figure)
    yield from known.check_rest()


class Certificate:
    """The certificate of a release, and what it allows where."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self.record: Mapping[str, Any] = release.read("certificate.json")
        self.cells = {name: _floats(numbers) for name, numbers in self.record["cells"].items()}
        self.gaps = {name: _floats(numbers) for name, numbers in self.record["gaps"].items()}
        self.stated = {name: _floats(numbers) for name, numbers in self.record["stated"].items()}
        self.telling = _floats(self.record["telling"])
        self.checked: dict[str, Any] = {}  # every cell of the tables, as they write it

    def check_table(self, indicator: str) -> Iterator[Problem]:
        name = f"tables/{indicator}"
        table = self.release.read(f"{name}.json")
        for cell in table["cells"]:
            self.checked[cell["id"]] = cell
            own = self.cells.get(cell["id"], frozenset())
            shown = {field: cell[field] for field in _CELL_NUMBERS}
            classes = [cell[field].replace("-", " ") for field in ("n_class", "n_effective_class") if cell[field]]
            yield from self._strange(numbers_of([shown, classes]), own, f"{name}.json", cell["id"])
            out_of = {10.0} if cell["unit"] == "note_10" else set()
            told = own | self.cells.get(cell["parent"], frozenset()) | self.stated[indicator] | out_of
            yield from self._strange(numbers_of([cell[field] for field in _TOLD]), told, f"{name}.json", cell["id"])
        yield from self._other_csv(f"{name}.csv", cells_csv(table["cells"], table["notices"]))

    def check_territory(self, path: str) -> Iterator[Problem]:
        """A territory's file gathers cells of the tables, word for word: nothing new may be said there."""
        page = self.release.read(path)
        for cell in page["cells"]:
            if self.checked.get(cell["id"]) != cell:
                place = Place(self.release.folder / path)
                yield Problem("release.uncertified", place, number=cell["display"]["fr"], where=cell["id"])
        yield from self._other_csv(path.removesuffix(".json") + ".csv", cells_csv(page["cells"], page["notices"]))

    def check_gaps(self, indicator: str) -> Iterator[Problem]:
        name = f"gaps/{indicator}"
        if f"{name}.json" not in self.release.files:
            return
        page = self.release.read(f"{name}.json")
        for gap in page["gaps"]:
            own = self.gaps.get(gap["id"], frozenset())
            shown = {field: gap[field] for field in _GAP_NUMBERS}
            yield from self._strange(numbers_of(shown), own, f"{name}.json", gap["id"])
            told = numbers_of([gap[field] for field in _TOLD])
            yield from self._strange(told, own | self.stated[indicator], f"{name}.json", gap["id"])
        yield from self._other_csv(f"{name}.csv", gaps_csv(page["gaps"], page["notices"]))

    def check_why(self, indicator: str) -> Iterator[Problem]:
        for decision in self.release.why(indicator)["cells"]:
            classes = (decision["n_class"] or "").replace("-", " ")
            own = self.cells.get(decision["id"], frozenset())
            yield from self._strange(
                numbers_of([decision["step"], classes]), own, f"why/{indicator}.json", decision["id"]
            )

    def check_figure(self, figure: str) -> Iterator[Problem]:
        name = f"figures/{figure}"
        record = self.release.read(f"{name}.json")
        listed = self.record["figures"].get(figure, {"cells": (), "gaps": (), "ticks": ()})
        indicator = figure.split(".", 1)[0]
        known = (
            union(set(self.cells.get(cell, ())) for cell in listed["cells"])
            | union(set(self.gaps.get(gap, ())) for gap in listed["gaps"])
            | self.stated[indicator]
            | self.telling
        )
        told = ("title", "sentence", "source", "base", "wording", "notes", "alt", "table")
        texts = [*(record[field] for field in told), record["brief"] or {}]
        yield from self._strange(numbers_of(texts), known, f"{name}.json", figure)
        notices = self.release.manifest["notices"]
        yield from self._other_csv(f"{name}.csv", figure_csv(record["table"], notices))
        for kind in ("svg", "wide", "narrow"):
            for language in LANGUAGES:
                path = record["files"][kind][language]
                words = _words_of_svg(self.release.path(path).read_text(encoding="utf-8"))
                yield from self._strange(numbers_in(words, language), known | _floats(listed["ticks"]), path, figure)

    def check_rest(self) -> Iterator[Problem]:
        """What shows no figure of ours: the words copied from the content, and drawings such as the map."""
        stated = _floats(self.record["register"])
        for name in self.release.manifest["content"]:
            yield from self._strange(numbers_of(self.release.content(name)), stated, f"content/{name}.json", name)
        ours = {path for figure in self.release.figures for path in _drawings_of(figure)}
        for path in self.release.files:
            if not path.endswith(".svg") or path in ours:
                continue
            words = _words_of_svg(self.release.path(path).read_text(encoding="utf-8"))
            yield from self._strange(numbers_of(words), stated | self.telling, path, path)

    def _strange(self, found: set[float], known: Collection[float], path: str, where: str) -> Iterator[Problem]:
        for number in sorted(found.difference(known)):
            place = Place(self.release.folder / path)
            yield Problem("release.uncertified", place, number=f"{number:g}", where=where)

    def _other_csv(self, path: str, expected: bytes) -> Iterator[Problem]:
        """A CSV says what its JSON says, byte for byte: checking one checks both."""
        if self.release.path(path).read_bytes() != expected:
            yield Problem("release.csv_differs", Place(self.release.folder / path))


def _drawings_of(figure: str) -> dict[str, Language]:
    endings = ("svg", "wide.svg", "narrow.svg")
    return {f"figures/{figure}.{language}.{ending}": language for ending in endings for language in LANGUAGES}


def _floats(numbers: Any) -> frozenset[float]:
    return frozenset(float(number) for number in numbers)


def _words_of_svg(drawing: str) -> str:
    """What is read in a drawing; a tag between two words separates them, and positions are not words."""
    return _ENTITY.sub(" ", _TAG.sub("\n", drawing))
