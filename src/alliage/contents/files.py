"""Which file of the content holds what: the shape of each file, and the list of all of them."""

from __future__ import annotations

from alliage.catalogue import declared
from alliage.frameworks import ActorProfile, AudienceFacts, Era, Fragility, Impact, Phase, Programme
from alliage.sources.declarations import Conflict, PublishedFigure, RegisteredStudy, Source
from alliage.territories import Departement, Regions


@declared
class ProgrammesFile:
    programmes: tuple[Programme, ...] = ()
    eras: tuple[Era, ...] = ()
    phases: tuple[Phase, ...] = ()


@declared
class AudiencesFile:
    audiences: tuple[AudienceFacts, ...] = ()
    profiles: tuple[ActorProfile, ...] = ()


@declared
class ImpactsFile:
    impacts: tuple[Impact, ...]


@declared
class FragilitiesFile:
    fragilities: tuple[Fragility, ...]


@declared
class DepartementsFile:
    departements: tuple[Departement, ...]


@declared
class SourcesFile:
    sources: tuple[Source, ...]


@declared
class StudiesFile:
    studies: tuple[RegisteredStudy, ...]


@declared
class FiguresFile:
    figures: tuple[PublishedFigure, ...]


@declared
class ConflictsFile:
    conflicts: tuple[Conflict, ...]


# Files that stand alone. A content may leave any of them out; what refers to it then dangles.
FILES: dict[str, type] = {
    "programmes/programmes.yaml": ProgrammesFile,
    "audiences/audiences.yaml": AudiencesFile,
    "frameworks/impacts.yaml": ImpactsFile,
    "frameworks/fragilities.yaml": FragilitiesFile,
    "territories/regions.yaml": Regions,
    "territories/departements.yaml": DepartementsFile,
    "sources/sources.yaml": SourcesFile,
    "sources/studies.yaml": StudiesFile,
    "sources/figures.yaml": FiguresFile,
    "sources/conflicts.yaml": ConflictsFile,
}

BANK_FILES = ("instruments/bank.yaml", "instruments/lists.yaml")
# Folders where every file is one questionnaire, one indicator, one margin.
QUESTIONNAIRES, INDICATORS, MARGINS = "instruments", "indicators", "populations"
