"""The frameworks an observatory speaks with: its programmes, audiences, actor profiles, impacts and fragilities.

Which file of the content holds what: file, top key, declaration.

    programmes/programmes.yaml       programmes     Programme
                                     eras           Era
                                     phases         Phase
    audiences/audiences.yaml         audiences      AudienceFacts
                                     profiles       ActorProfile
    frameworks/impacts.yaml          impacts        Impact
    frameworks/fragilities.yaml      fragilities    Fragility
    territories/regions.yaml         (whole file)   territories.Regions: population, regions
    territories/departements.yaml    departements   territories.Departement
    sources/sources.yaml             sources        sources.declarations.Source
    sources/studies.yaml             studies        sources.declarations.RegisteredStudy
    sources/figures.yaml             figures        sources.declarations.PublishedFigure
    sources/conflicts.yaml           conflicts      sources.declarations.Conflict

Every `origin.sources`, `sources` and telling refers to ids of sources/sources.yaml; `study` and `programme` to those
of sources/studies.yaml and programmes/programmes.yaml; a figure's `item` may be a fragility; a conflict's `figures`
are ids of sources/figures.yaml.
"""

from __future__ import annotations

from typing import Literal

from alliage.catalogue import declared
from alliage.catalogue.marks import Origin
from alliage.text import Text


@declared
class Programme:
    """A study programme of several years. `meaning` is its long name; `end` is None while it runs."""

    id: str
    label: Text
    meaning: Text
    start: int
    end: int | None = None
    purpose: Text
    origin: Origin


@declared
class Era:
    """An age of partnerships. Eras add up: a new one does not end those before."""

    id: str
    label: Text
    start: Text  # as told: a year, or "the 1990s"
    origin: Origin


@declared
class DebateLevel:
    """How far results are debated: locally, in the country, abroad."""

    id: str
    label: Text


@declared
class Phase:
    """One of the three phases every programme goes through, in order."""

    id: str
    label: Text
    purpose: Text
    levels: tuple[DebateLevel, ...] = ()
    origin: Origin


@declared
class AudienceFacts:
    """One of the four audiences, and how sentences name it.

    label: « Maires », a title. subject: « les maires », inside a sentence. of: « des maires ».
    rule: the threshold rule of disclosure that protects it. colour and shape are ids: the site knows their looks.
    """

    id: str
    code: str
    label: Text
    subject: Text
    of: Text
    rule: Literal["T1", "T2", "T3"]
    order: int
    colour: str
    shape: Literal["circle", "square", "triangle", "diamond"]
    origin: Origin


@declared
class ActorProfile:
    """One kind of actor that takes part in alliances."""

    id: str
    label: Text
    origin: Origin


@declared
class Impact:
    """What an alliance changes, for whom, and how long before it can be seen."""

    id: str
    label: Text
    concerns: Text
    horizon: Text
    origin: Origin


@declared
class PublicIndicator:
    """A public statistic that can be set beside a perceived fragility."""

    label: Text
    producers: tuple[str, ...]
    origin: Origin


@declared
class Fragility:
    """A family of fragilities of a territory, as people name them.

    short: two or three words, for axes. favourable_2016: retained in 2016 as good ground for alliances.
    """

    id: str
    label: Text
    short: Text
    favourable_2016: bool
    indicators: tuple[PublicIndicator, ...] = ()
    origin: Origin
