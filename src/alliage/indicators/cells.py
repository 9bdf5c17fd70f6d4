"""A cell: one figure at one crossing (indicator, item, audience, wave, domain), exact and sealed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from alliage.estimates.results import Estimate, Gap

EVERYONE = "ensemble"


@dataclass(frozen=True, slots=True, order=True)
class CellKey:
    """The address of a figure. `by` is "" for the whole audience, otherwise the breakdown variable; `domain` its
    category ("ensemble" for the whole). Written `innovation.maires.impact.region-11`,
    `fragilites_percues.f01.citoyens.phare.ensemble`."""

    indicator: str
    item: str  # "" when the indicator is not a battery
    audience: str
    wave: str
    by: str = ""
    domain: str = EVERYONE

    @property
    def id(self) -> str:
        place = f"{self.by}-{self.domain}" if self.by else self.domain
        parts = [self.indicator, self.item, self.audience, self.wave, place]
        return ".".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class SealedCell:
    """An exact estimate with what disclosure needs to judge it. Never leaves `sealed/`."""

    key: CellKey
    estimate: Estimate
    counts: tuple[int, ...]  # respondents per answer of the published partition (counted / not, or each note)
    frame_size: int | None  # N of the frame for this domain; None: nothing counts the domain
    domain_population: int | None  # inhabitants of the territory, when the domain is one
    largest_weight_share: float  # the heaviest respondent's share of the block's weight, 0..1
    is_territory: bool = False  # the domain is a territory, whether or not its inhabitants are known
    asked: bool = True  # False: the question does not exist for this audience or wave


@dataclass(frozen=True, slots=True)
class SealedGap:
    """The exact difference a - b of two cells. Never leaves `sealed/`.

    audiences: two audiences on the same item. waves: one audience at two waves. domains: a territory against the whole.
    """

    id: str
    kind: Literal["audiences", "waves", "domains"]
    a: CellKey
    b: CellKey
    gap: Gap
