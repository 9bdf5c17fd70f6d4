"""What an open content holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from alliage.catalogue import Document
from alliage.frameworks import ActorProfile, AudienceFacts, Era, Fragility, Impact, Phase, Programme
from alliage.indicators.declarations import Indicator
from alliage.instruments import Bank, Questionnaire
from alliage.sources.declarations import Conflict, PublishedFigure, RegisteredStudy, Source
from alliage.territories import Departement, PopulationSource, Region
from alliage.weights.margins import Margin


@dataclass(frozen=True)
class Content:
    """Everything the content declares, by id (territories by code), in the order it is written.

    Questionnaires are complete: every question carries its options and items. `documents` gives the lines, by path
    inside the folder.
    """

    folder: Path
    bank: Bank
    questionnaires: Mapping[str, Questionnaire]
    indicators: Mapping[str, Indicator]
    programmes: Mapping[str, Programme]
    eras: Mapping[str, Era]
    phases: Mapping[str, Phase]
    audiences: Mapping[str, AudienceFacts]
    profiles: Mapping[str, ActorProfile]
    impacts: Mapping[str, Impact]
    fragilities: Mapping[str, Fragility]
    regions: Mapping[str, Region]
    population: PopulationSource | None
    departements: Mapping[str, Departement]
    margins: Mapping[str, Margin]
    sources: Mapping[str, Source]
    studies: Mapping[str, RegisteredStudy]
    figures: Mapping[str, PublishedFigure]
    conflicts: Mapping[str, Conflict]
    documents: Mapping[str, Document] = field(repr=False)

    @property
    def populations(self) -> Path:
        """The folder of the margins that studies name by id."""
        return self.folder / "populations"
