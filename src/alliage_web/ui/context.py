"""What every page is given: the release it shows, its stamps, its address in the other language."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from alliage_web import releases
from alliage_web.ui.stylesheets import stylesheet_digest


def other_language_address(request: HttpRequest) -> str:
    """The same page in the other language: same path, same query, with or without /en."""
    path = request.path_info
    other = path.removeprefix("/en") or "/" if path.startswith("/en/") else f"/en{path}"
    query = request.META.get("QUERY_STRING", "")
    return f"{other}?{query}" if query else other


def every_page(request: HttpRequest) -> dict[str, Any]:
    manifest = releases.current().manifest
    return {
        "manifest": manifest,
        "address": request.build_absolute_uri(),
        "other_address": other_language_address(request),
        "french_address": request.get_full_path() if not request.path_info.startswith("/en/") else None,
        "style_digest": stylesheet_digest(),
        "is_unaudited": manifest.get("audit") == "not run",
    }
