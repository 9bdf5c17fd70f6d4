"""Territories: official codes and names, their level, the one that contains them."""

from __future__ import annotations

import datetime
from typing import Literal

from alliage.catalogue import declared
from alliage.text import Text

Level = Literal["country", "region", "departement"]

# The map of 18 regions came into force on 1 January 2016 and has kept its codes since; before, there were 27.
REGIONS_SINCE = 2016


@declared
class Region:
    """A region: Insee code (text), name as a title and inside a sentence ("en Bretagne", "in Brittany")."""

    code: str
    name: Text
    inside: Text
    metropolitan: bool
    population: int | None = None  # inhabitants, counted as Regions.population says


@declared
class PopulationSource:
    """Whose count of inhabitants it is, at which date, and what to know before using it."""

    label: Text
    source: Text
    date: datetime.date
    note: Text


@declared
class Regions:
    """`territories/regions.yaml`: the regions and where their population comes from."""

    population: PopulationSource
    regions: tuple[Region, ...]


@declared
class Departement:
    """A department: Insee code in capitals (text: "01", "2A"), name, region code, its square on the tile grid."""

    code: str
    name: Text
    inside: Text
    region: str
    column: int
    row: int
