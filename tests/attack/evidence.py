"""What the attacker holds: the files of a release, read as anybody can; and the sealed truth, to know if he is right.

Nothing here knows how the release was made: only JSON, CSV and what docs/reference/release.md says of them.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

Record = Mapping[str, Any]
HIDDEN = frozenset({"protected", "no_data", "not_asked"})
SHOWN = frozenset({"published", "banded", "uncertain"})


@dataclass(frozen=True)
class Public:
    """A release folder as a reader sees it."""

    folder: Path

    def json(self, relative: str) -> Any:
        return json.loads((self.folder / relative).read_text(encoding="utf-8"))

    @cached_property
    def files(self) -> tuple[str, ...]:
        return tuple(sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file()))

    @cached_property
    def manifest(self) -> Record:
        return self.json("release.json")

    @cached_property
    def certificate(self) -> Record:
        return self.json("certificate.json")

    @cached_property
    def cells(self) -> dict[str, Record]:
        names = [one["id"] for one in self.manifest["indicators"]]
        return {cell["id"]: cell for name in names for cell in self.json(f"tables/{name}.json")["cells"]}

    @cached_property
    def gaps(self) -> dict[str, Record]:
        names = [name for name in self.files if name.startswith("gaps/") and name.endswith(".json")]
        return {gap["id"]: gap for name in names for gap in self.json(name)["gaps"]}

    @cached_property
    def names(self) -> frozenset[str]:
        """Identifiers with digits inside: they measure nothing."""
        codes = {code for code in self.certificate["codes"] if any(sign.isdigit() for sign in code)}
        words = {word for code in codes for word in code.replace("-", " ").replace(".", " ").split()}
        return frozenset({"CC0", *codes, *(word for word in words if not word.isdigit())})

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Declared names that hold digits ("2019-21", "18 à 34 ans"), longest first. None was made from an answer."""
        manifest = self.manifest
        declared = [
            [wave["label"], wave["short"]] for wave in manifest["waves"]
        ] + [
            [domain["label"], domain["inside"]] for by in manifest["breakdowns"] for domain in by["domains"]
        ] + [
            [item["label"], item["inside"]] for indicator in manifest["indicators"] for item in indicator["items"]
        ] + [
            [indicator["label"], indicator["topic"]] for indicator in manifest["indicators"]
        ]  # fmt: skip
        texts = {text for group in declared for pair in group for text in pair.values()}
        texts |= {text[:1].upper() + text[1:] for text in texts} | {text[:1].lower() + text[1:] for text in texts}
        return tuple(sorted((text for text in texts if any(sign.isdigit() for sign in text)), key=len, reverse=True))


@dataclass(frozen=True)
class Sealed:
    """The exact truth, which no reader has."""

    folder: Path

    @cached_property
    def cells(self) -> dict[str, Record]:
        return {row["id"]: row for row in _rows(self.folder / "estimates.csv")}

    @cached_property
    def gaps(self) -> dict[str, Record]:
        return {row["id"]: row for row in _rows(self.folder / "gaps.csv")}


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield {name: _value(name, words) for name, words in row.items()}


_WORDS = frozenset({"id", "indicator", "item", "audience", "wave", "by", "domain", "kind", "margin", "method", "state",
                    "rules", "warnings", "a", "b"})  # fmt: skip


def _value(name: str, words: str) -> Any:
    if name in _WORDS:
        return words
    return float(words) if words else math.nan
