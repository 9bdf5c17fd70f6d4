"""Several margins in one file: where they come from said once, each margin written there or named by its own file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from alliage.catalogue import Document, declared, read_document
from alliage.catalogue.declarations import declare
from alliage.catalogue.documents import Address
from alliage.problems import Problem, Problems, raise_all
from alliage.weights.margins import Margin, find_margins, margin_in

# What the list may say once for all the margins written in it.
SHARED = ("unit", "date", "source", "origin")
SPOKEN = ("label", "unit", "source")  # a single wording there holds for both languages


@declared
class MarginListFile:
    """A list of margins: names of margin files (a path from the list, or an id of populations/), or margins.

    A margin written in the list needs `variables` and `categories` only (or `use: total`, `of` and `total`): `date`,
    `source`, `unit` and `origin` may be said once for all, its `id` and `label` are otherwise its variables.

        date: 2026-01-01
        source: Insee, recensement de la population
        margins:
          - regions.yaml
          - {variables: [sexe], categories: {femme: 52, homme: 48}, use: shares}
        merge: {"94": "93"}
    """

    margins: tuple[Any, ...]
    unit: Any = None
    date: Any = None
    source: Any = None
    origin: Any = None
    merge: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MarginList:
    """Margins in order, and the categories merged before weighing."""

    margins: tuple[Margin, ...]
    merge: Mapping[str, str] = field(default_factory=dict)


def read_margins(paths: Path | Sequence[Path], *, populations: Path | None = None, asked_by: str = "") -> MarginList:
    """Read margin files and lists of margins, in order; `populations` holds the margin files that go by their id.

    Without it, these are looked for beside the list.
    Raises Problem or Problems (content.*, weights.*) naming the lines, everything found at once.
    """
    margins: list[Margin] = []
    merge: dict[str, str] = {}
    for path in (paths,) if isinstance(paths, Path) else paths:
        document = read_document(Path(path), asked_by=asked_by)
        if not isinstance(document.data, dict) or "margins" not in document.data:
            margins.append(margin_in(document))
            continue
        written: MarginListFile = declare(document, MarginListFile)
        merge |= written.merge
        margins += _listed(written, document, populations or document.path.parent)
    return MarginList(tuple(margins), merge)


def _listed(written: MarginListFile, document: Document, populations: Path) -> list[Margin]:
    if not written.margins:
        raise Problem("weights.empty_list", document.place(("margins",)))
    shared = {name: value for name in SHARED if (value := getattr(written, name)) is not None}
    margins: list[Margin] = []
    found: list[Problem] = []
    for rank, one in enumerate(written.margins):
        address = ("margins", rank)
        try:
            if isinstance(one, str):
                margins += find_margins((one,), study=document.path.parent, populations=populations)
            elif isinstance(one, dict):
                margins.append(margin_in(_document_of({**_named(one), **shared, **one}, document, address)))
            else:
                raise Problem("weights.not_a_margin", document.place(address))
        except Problem as problem:
            found.append(problem)
        except Problems as several:
            found += several.problems
    raise_all(found)
    return margins


def _named(margin: Mapping[str, Any]) -> dict[str, Any]:
    """What a margin that does not say them is called, counts, and how sure it is."""
    variables = margin.get("variables")
    parts = [*(variables if isinstance(variables, list) else ()), margin.get("of")]
    name = "_".join(str(part) for part in parts if part is not None)
    return {
        "id": name or "?",
        "label": name or "?",
        "unit": {"fr": "unités", "en": "units"},
        "origin": {"mark": "sourced"},
    }


def _document_of(margin: dict[str, Any], document: Document, address: Address) -> Document:
    """A margin of the list as a document of its own, its lines those of the list."""
    spoken = {
        key: {"fr": words, "en": words} if key in SPOKEN and isinstance(words, str) else words
        for key, words in margin.items()
    }
    depth = len(address)
    lines = {place[depth:]: line for place, line in document.lines.items() if place[:depth] == address}
    return Document(path=document.path, data=spoken, lines=lines)
