"""`draw_tiles`: France as one tile per department, grouped and tinted by region; a map without a projection."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from alliage.publications.drawings.palette import LIGHT, TINT_OF_REGION, TINTS_LIGHT
from alliage.publications.drawings.svg import FONT, coordinate, element, lines
from alliage.text import Language, Text

_STEP, _SIDE, _MARGIN = 40.0, 37.0, 4.0
# 18 in a tile of 40: 11 pixels when the whole map is 340 wide.
_LETTERS = 18.0

TITLE = Text(fr="Les départements de France, par région", en="The departments of France, by region")
_NAME = Text(fr="{name} ({code}), {region}", en="{name} ({code}), {region}")


@dataclass(frozen=True, slots=True)
class Tile:
    """A department on the grid; column and row start anywhere, the map closes around them."""

    code: str
    name: Text
    region: str
    region_name: Text
    column: int
    row: int


def _plain(name: str) -> str:
    """Île-de-France is filed under I."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()


def draw_tiles(
    tiles: Sequence[Tile],
    language: Language,
    *,
    link: Callable[[Tile], str] | None = None,
    current: str | None = None,
    prefix: str = "map",
) -> str:
    """The map of departments.

    link      the address behind a tile; without it the map is an image
    current   the code of the region to bring forward
    """
    first_column = min(tile.column for tile in tiles)
    first_row = min(tile.row for tile in tiles)
    last_column = max(tile.column for tile in tiles)
    last_row = max(tile.row for tile in tiles)

    def corner(tile: Tile) -> tuple[float, float]:
        return _MARGIN + (tile.column - first_column) * _STEP, _MARGIN + (tile.row - first_row) * _STEP

    across = (last_column - first_column) * _STEP + _SIDE + 2 * _MARGIN
    down = (last_row - first_row) * _STEP + _SIDE + 2 * _MARGIN
    in_order = sorted(tiles, key=lambda tile: (tile.region in _OVERSEAS, _plain(tile.region_name[language]), tile.code))
    regions = [
        _region(list(members), corner, language, link=link, is_current=code == current)
        for code, members in groupby(in_order, key=lambda tile: tile.region)
    ]
    return element(
        "svg",
        element("title", escape(TITLE[language], quote=False), id=f"{prefix}-title"),
        *regions,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {coordinate(across)} {coordinate(down)}",
        # An image hides what is inside it from assistive technology: with links it is a group.
        role="img" if link is None else "group",
        aria_labelledby=f"{prefix}-title",
        lang=language,
        class_="tiles" if current is None else "tiles has-current",
        font_family=FONT,
    )


_OVERSEAS = frozenset({"01", "02", "03", "04", "06"})


def _region(
    tiles: list[Tile],
    corner: Callable[[Tile], tuple[float, float]],
    language: Language,
    *,
    link: Callable[[Tile], str] | None,
    is_current: bool,
) -> str:
    tint = TINT_OF_REGION.get(tiles[0].region, 0)
    return element(
        "g",
        *(_tile(tile, corner(tile), language, tint=tint, link=link, is_current=is_current) for tile in tiles),
        class_=f"d-region tint-{tint}{' is-current' if is_current else ''}",
        role=None if link is None else "group",
        aria_label=tiles[0].region_name[language],
    )


def _tile(
    tile: Tile,
    corner: tuple[float, float],
    language: Language,
    *,
    tint: int,
    link: Callable[[Tile], str] | None,
    is_current: bool,
) -> str:
    x, y = corner
    name = _NAME.filled(name=tile.name, code=tile.code, region=tile.region_name)[language]
    ground = LIGHT.ground
    square = element(
        "rect",
        x=x,
        y=y,
        width=_SIDE,
        height=_SIDE,
        rx=7,
        class_="d-tile",
        fill=TINTS_LIGHT[tint].deep if is_current else TINTS_LIGHT[tint].soft,
    )
    code = lines(
        x + _SIDE / 2,
        y + _SIDE / 2 + _LETTERS * 0.355,
        [tile.code],
        size=_LETTERS,
        fill=ground.paper if is_current else ground.ink,
        class_="d-code",
        anchor="middle",
    )
    title = element("title", escape(name, quote=False))
    if link is None:
        return element("g", title, square, code)
    return element("a", title, square, code, href=link(tile), aria_label=name)
