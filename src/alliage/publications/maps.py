"""The map of the release: France as one tile per department, each a link to its page. It carries no figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from alliage.publications.drawings import Tile, draw_tiles
from alliage.text import LANGUAGES, Language, Text

# The addresses of the site, which are those of the house: French nouns, the same under /en/.
_PREFIX: dict[Language, str] = {"fr": "/territoires/", "en": "/en/territoires/"}


def map_files(territories: Mapping[str, Any]) -> dict[str, bytes]:
    """figures/map.{fr,en}.svg, from content/territories.json."""
    regions = {region["code"]: Text(**region["name"]) for region in territories["regions"]}
    tiles = [
        Tile(
            code=departement["code"],
            name=Text(**departement["name"]),
            region=departement["region"],
            region_name=regions[departement["region"]],
            column=departement["column"],
            row=departement["row"],
        )
        for departement in territories["departements"]
    ]
    return {
        f"figures/map.{language}.svg": draw_tiles(tiles, language, link=_link(language)).encode()
        for language in LANGUAGES
    }


def _link(language: Language) -> Callable[[Tile], str]:
    return lambda tile: f"{_PREFIX[language]}departement-{tile.code}"
