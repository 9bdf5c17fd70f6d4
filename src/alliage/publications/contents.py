"""`expected_files`: the closed list of the files of a release, told by its manifest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alliage.text import LANGUAGES

ALWAYS = ("release.json", "codebook.json", "codebook.csv", "certificate.json")
_DRAWINGS = ("svg", "wide.svg", "narrow.svg")


def expected_files(manifest: Mapping[str, Any]) -> tuple[set[str], set[str]]:
    """What the release must hold, and what it may: an indicator without gaps has no file of gaps, a release no map."""
    indicators = [indicator["id"] for indicator in manifest["indicators"]]
    figures = [figure["id"] for figure in manifest["figures"]]
    places = [
        f"{by['id']}-{domain['id']}" for by in manifest["breakdowns"] if by["is_territory"] for domain in by["domains"]
    ]
    required = {
        *ALWAYS,
        *(f"content/{name}.json" for name in manifest["content"]),
        *(f"why/{name}.json" for name in indicators),
        *(f"tables/{name}.{ending}" for name in indicators for ending in ("json", "csv")),
        *(f"territories/{place}.{ending}" for place in places for ending in ("json", "csv")),
        *(f"figures/{figure}.{ending}" for figure in figures for ending in ("json", "csv")),
        *(path for figure in figures for path in drawings_of(figure)),
    }
    optional = {
        *(f"gaps/{name}.{ending}" for name in indicators for ending in ("json", "csv")),
        *(f"figures/map.{language}.svg" for language in LANGUAGES),
    }
    return required, optional


def drawings_of(figure: str) -> list[str]:
    """The six drawings of a figure."""
    return [f"figures/{figure}.{language}.{ending}" for language in LANGUAGES for ending in _DRAWINGS]
