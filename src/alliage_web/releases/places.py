"""The territories a reader may look for, found by name or by code, accents and capitals forgiven."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

from alliage_web import releases

COMMUNE_CODE = re.compile(r"(\d{2}|2[AB])\d{3}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A region or a department. `address` is its part of the URL: region-11, departement-75 (Insee reuses codes)."""

    level: str
    code: str
    name: Any
    inside: Any
    region: str

    @property
    def address(self) -> str:
        return f"{self.level}-{self.code}"

    @property
    def region_domain(self) -> str:
        return f"region-{self.region}"


@cache
def places() -> dict[str, Place]:
    """Every region then every department, by address."""
    territories = releases.content("territories", {"regions": [], "departements": []})
    regions = [
        Place("region", one["code"], one["name"], one.get("inside") or one["name"], one["code"])
        for one in territories["regions"]
    ]
    departements = [
        Place("departement", one["code"], one["name"], one.get("inside") or one["name"], one["region"])
        for one in territories["departements"]
    ]
    return {place.address: place for place in (*regions, *departements)}


def regions() -> list[Place]:
    return sorted((place for place in places().values() if place.level == "region"), key=_alphabetical)


def departements(region: str) -> list[Place]:
    return [place for place in places().values() if place.level == "departement" and place.region == region]


def folded(words: str) -> str:
    """« Île-de-France » and "ile de france" are the same thing to someone who searches."""
    plain = unicodedata.normalize("NFKD", words.replace("œ", "oe")).encode("ascii", "ignore").decode()
    return " ".join(re.split(r"[^a-z0-9]+", plain.lower())).strip()


def search(words: str) -> list[Place]:
    """Exact codes and names first; otherwise the places whose name contains what was typed."""
    wanted = folded(words)
    if not wanted:
        return []
    exact = [place for place in places().values() if wanted in _spellings(place)]
    return exact or [place for place in places().values() if any(wanted in name for name in _spellings(place)[1:])]


def departement_of_commune(code: str) -> Place | None:
    """An Insee commune code begins with its department: two characters, three overseas."""
    code = code.strip().upper()
    if not COMMUNE_CODE.fullmatch(code):
        return None
    prefix = code[:3] if code.startswith("97") else code[:2]
    return places().get(f"departement-{prefix}")


def _spellings(place: Place) -> list[str]:
    return [place.code.lower(), folded(place.name["fr"]), folded(place.name["en"])]


def _alphabetical(place: Place) -> str:
    return folded(place.name["fr"])
