"""What every page is given: the release it shows, its stamps, its address in the other language."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

from alliage_web import releases
from alliage_web.releases import places
from alliage_web.ui.stylesheets import stylesheet_digest

SECTIONS = {
    "chiffres": "figures",
    "regards-croises": "crossings",
    "territoires": "territories",
    "recherche": "territories",
    "etudes": "studies",
    "a-propos": "about",
}


def other_language_address(request: HttpRequest) -> str:
    """The same page in the other language: same path, same query, with or without /en."""
    path = request.path_info
    other = path.removeprefix("/en") or "/" if path.startswith("/en/") else f"/en{path}"
    query = request.META.get("QUERY_STRING", "")
    return f"{other}?{query}" if query else other


def _site(request: HttpRequest) -> str:
    """Scheme and host, or nothing when the request names a host that is not ours."""
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""


def _section(request: HttpRequest) -> str:
    """The entry of the menu the page belongs to."""
    path = request.path_info.removeprefix("/en").strip("/").split("/")[0]
    return SECTIONS.get(path.split(".")[0], "")


def every_page(request: HttpRequest) -> dict[str, Any]:
    manifest = releases.current().manifest
    site = _site(request)
    return {
        "manifest": manifest,
        "site": site,
        "has_places": bool(places.places()),
        "section": _section(request),
        "address": site + request.get_full_path(),
        "other_address": other_language_address(request),
        "style_digest": stylesheet_digest(),
        "is_unaudited": manifest.get("audit") == "not run",
    }
