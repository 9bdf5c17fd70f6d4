"""Everything a release is made of, handed over by the pipeline; nothing else is read, not even the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from alliage.disclosure.results import PublicCell, PublicGap
from alliage.indicators.declarations import Indicator
from alliage.instruments.questionnaires import Questionnaire
from alliage.studies.declarations import PlanLine, Study, Wave
from alliage.text import Text


@dataclass(frozen=True, slots=True)
class AudienceWords:
    """How an audience is spoken of: « Maires » as a title, « les maires » as a subject, « des maires » after a share.

    A plural always: verbs agree with it.
    """

    id: str
    label: Text
    subject: Text
    of: Text


@dataclass(frozen=True, slots=True)
class DomainWords:
    """One category of a breakdown: "Bretagne", and inside a sentence "en Bretagne", "parmi les femmes"."""

    id: str
    label: Text
    inside: Text


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A variable by which figures are broken down, its categories in the order they are shown."""

    id: str  # "region", "sexe"
    label: Text
    domains: tuple[DomainWords, ...]
    is_territory: bool = False


@dataclass(frozen=True, slots=True)
class StudyChain:
    """One study of the release, with what "why this number?" tells of it. No exact base, no weight."""

    study: Study
    audience: str
    questionnaire: Questionnaire
    margins: tuple[Text, ...] = ()  # each margin with its source and its mark, in words
    weighting: tuple[Text, ...] = ()  # the diagnosis in words and classes


@dataclass(frozen=True, slots=True)
class Hidden:
    """How many figures were hidden: for what they say by themselves, and for what they would let find of others."""

    primary: int = 0
    secondary: int = 0


@dataclass(frozen=True, slots=True)
class ReleaseInputs:
    """The public part of an observatory or of a study, ready to be frozen."""

    id: str
    label: Text
    kind: Literal["observatory", "study"]
    released: date
    code_version: str
    lock: str  # digest of the locked dependencies
    whole: DomainWords  # the population of `ensemble`: "France entière", "dans la France entière"
    licence: Text
    waves: tuple[Wave, ...]  # oldest first
    audiences: tuple[AudienceWords, ...]  # in the order they are shown
    indicators: tuple[Indicator, ...]
    studies: tuple[StudyChain, ...]
    breakdowns: tuple[Breakdown, ...]
    cells: tuple[PublicCell, ...]
    gaps: tuple[PublicGap, ...]
    rules: Mapping[str, object]  # disclosure.PARAMETERS
    crossed: frozenset[str] = frozenset()  # indicators shown as a crossed view
    content: Mapping[str, Any] = field(default_factory=dict)  # content/{name}.json: plain values, texts as {fr, en}
    synthetic: Text | None = None
    unaudited: bool = False
    contact: str | None = None
    plan: tuple[PlanLine, ...] = ()  # the closed list of tables, whose digest the certificate keeps
    hidden: Hidden = Hidden()
