"""Drawings: a figure as SVG, from rounded public numbers and words alone.

Two functions: `draw` makes a chart, `draw_tiles` the map of departments. Both return strings: same input, same bytes.
"""

from alliage.publications.drawings.drawing import draw
from alliage.publications.drawings.marks import Drawing, Group, Reference, Row, Tick
from alliage.publications.drawings.tiles import Tile, draw_tiles

__all__ = ["Drawing", "Group", "Reference", "Row", "Tick", "Tile", "draw", "draw_tiles"]
