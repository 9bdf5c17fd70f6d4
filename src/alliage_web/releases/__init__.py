"""The release the site shows: opened once, read ever after. Nothing here counts, averages or rounds.

Law: what a page says was written in the release at publish time; this room only finds it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from alliage.publications import Release, open_release

__all__ = ["content", "current", "drawing", "has_map", "holds"]


@cache
def current() -> Release:
    """The release named by ALLIAGE_RELEASE. Raises the reader's Problem when the folder is not a whole release."""
    return open_release(Path(settings.ALLIAGE_RELEASE))


@cache
def drawing(figure_id: str, language: str, layout: str = "") -> str:
    """The SVG of a figure as text, "" when the release does not hold it.

    layout: "wide" or "narrow" inside a page; "" travels alone, with its title, source and stamps.
    """
    relative = ".".join(part for part in (f"figures/{figure_id}", language, layout, "svg") if part)
    return current().path(relative).read_text(encoding="utf-8") if holds(relative) else ""


def content(name: str, missing: Any) -> Any:
    """One of the release's content files, or `missing` when this release was published without it."""
    return current().content(name) if holds(f"content/{name}.json") else missing


def holds(relative: str) -> bool:
    """Whether the release signs a file of that name."""
    return relative in files()


@cache
def files() -> frozenset[str]:
    return frozenset(current().files)


def has_map() -> bool:
    return holds("figures/map.fr.svg")
