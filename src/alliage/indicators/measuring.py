"""Measures an indicator in one study: an exact, sealed cell for the whole audience and for each category asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alliage.estimates.columns import Domains
from alliage.estimates.designs import BoundDesign
from alliage.estimates.gaps import contrast
from alliage.estimates.lists import Estimates
from alliage.estimates.means import numbers_of
from alliage.estimates.results import Estimate, Interval
from alliage.estimates.shares import shares_of
from alliage.indicators.answers import Reading, counts_of, read_indicator
from alliage.indicators.cells import EVERYONE, CellKey, SealedCell, SealedGap
from alliage.indicators.declarations import Indicator
from alliage.instruments import Question
from alliage.responses import Responses


@dataclass(frozen=True, slots=True, eq=False)
class Breakdown:
    """The categories of a variable, who belongs to which, and what is known of each of them.

    A territory is also compared with the whole: its people are part of it, so the gap needs their covariance.
    """

    variable: str
    is_territory: bool
    categories: tuple[str, ...]
    codes: NDArray[np.int64]  # n, -1 for nobody's
    frames: Mapping[str, int]  # size of the frame in a category, where a margin tells it
    inhabitants: Mapping[str, int]  # where the category is a territory


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredStudy:
    """One study ready to be measured: answers, design with its weights, breakdowns by variable."""

    responses: Responses
    design: BoundDesign
    breakdowns: Mapping[str, Breakdown]

    @property
    def audience(self) -> str:
        return self.responses.folder.audience

    @property
    def wave(self) -> str:
        return self.responses.folder.study.wave

    @property
    def frame_size(self) -> int:
        return self.responses.folder.study.frame.size

    def question(self, id: str) -> Question | None:
        """The question as it was asked in this study; None when it was not."""
        folder = self.responses.folder
        if id in folder.study.not_collected:
            return None
        return next((question for question in folder.questionnaire.questions if question.id == id), None)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one indicator gives in one study."""

    cells: tuple[SealedCell, ...]
    gaps: tuple[SealedGap, ...]  # each territory against the whole


def measure(indicator: Indicator, study: MeasuredStudy, *, by: Sequence[str]) -> Measured:
    """Every cell of one indicator in one study: the whole audience, then each breakdown that the study knows.

    A question that was not asked gives one cell that says so.
    """
    question = study.question(indicator.question)
    if question is None:
        return Measured(cells=(_not_asked(indicator, study),), gaps=())
    reading = read_indicator(indicator, question, study.responses)
    whole = _estimated(indicator, reading, study.design, np.zeros(study.responses.n, dtype=np.int64), {"": (EVERYONE,)})
    cells = _cells(indicator, study, reading, whole, None)
    gaps: list[SealedGap] = []
    for variable in by:
        breakdown = study.breakdowns.get(variable)
        if breakdown is None:
            continue
        parts = _estimated(
            indicator, reading, study.design, breakdown.codes, {breakdown.variable: breakdown.categories}
        )
        broken_down = _cells(indicator, study, reading, parts, breakdown)
        cells += broken_down
        if breakdown.is_territory:
            gaps += _against_the_whole(broken_down, cells[: len(reading.items)], parts, whole)
    return Measured(cells=tuple(cells), gaps=tuple(gaps))


def _cells(
    indicator: Indicator, study: MeasuredStudy, reading: Reading, estimates: Estimates, breakdown: Breakdown | None
) -> list[SealedCell]:
    codes = np.zeros(study.responses.n, dtype=np.int64) if breakdown is None else breakdown.codes
    names = (EVERYONE,) if breakdown is None else breakdown.categories
    by = "" if breakdown is None else breakdown.variable
    return [
        SealedCell(
            key=CellKey(indicator.id, item, study.audience, study.wave, by, name),
            estimate=estimates[column * len(names) + rank],  # in order of item, then domain
            counts=counts_of(reading, column, (codes == rank) & (study.design.weight > 0)),
            frame_size=study.frame_size if breakdown is None else breakdown.frames.get(name),
            domain_population=None if breakdown is None else breakdown.inhabitants.get(name),
            largest_weight_share=_largest_share(study.design.weight, reading.base[:, column] & (codes == rank)),
            is_territory=breakdown is not None and breakdown.is_territory,
        )
        for column, item in enumerate(reading.items)
        for rank, name in enumerate(names)
    ]


def _estimated(
    indicator: Indicator,
    reading: Reading,
    design: BoundDesign,
    codes: NDArray[np.int64],
    categories: Mapping[str, Sequence[str]],
) -> Estimates:
    """Estimates in order of item, then category."""
    parts = {by: names for by, names in categories.items() if by}
    domains = Domains(codes=codes, parts=parts, count=max(map(len, categories.values())))
    variables = [indicator.id] * len(reading.items)
    if indicator.measure == "share":
        return shares_of(
            reading.values > 0,
            base=reading.base,
            asked=reading.asked,
            design=design,
            domains=domains,
            variables=variables,
            answers=reading.items,
        )
    values = np.where(reading.base, reading.values, np.nan)
    return numbers_of("mean", values, asked=reading.asked, design=design, domains=domains, variables=variables)


def _against_the_whole(
    parts: Sequence[SealedCell], wholes: Sequence[SealedCell], estimates: Estimates, whole: Estimates
) -> list[SealedGap]:
    """Each territory minus the whole, item by item; the family is the territories of one item."""
    by_item = {cell.key.item: rank for rank, cell in enumerate(wholes)}
    answered = [(rank, cell) for rank, cell in enumerate(parts) if cell.estimate.n > 0]
    family = len({cell.key.domain for _, cell in answered})
    return [
        SealedGap(
            id=f"{cell.key.id}~{EVERYONE}",
            kind="domains",
            a=cell.key,
            b=wholes[by_item[cell.key.item]].key,
            gap=contrast(estimates, whole, rank_a=rank, rank_b=by_item[cell.key.item], family=family),
        )
        for rank, cell in answered
    ]


def _largest_share(weight: NDArray[np.float64], inside: NDArray[np.bool_]) -> float:
    total = float(weight[inside].sum())
    return float(weight[inside].max()) / total if total > 0 else 0.0


_NAN = float("nan")
_NOWHERE = Interval(_NAN, _NAN, 0.95, "none")
_NOTHING = Estimate(
    kind="share",
    value=_NAN,
    standard_error=_NAN,
    interval95=_NOWHERE,
    interval50=_NOWHERE,
    n=0,
    n_missing=0,
    n_effective=0.0,
    deff=_NAN,
    df=0.0,
    weight_sum=0.0,
    margin="none",
    method="none",
)


def _not_asked(indicator: Indicator, study: MeasuredStudy) -> SealedCell:
    return SealedCell(
        key=CellKey(indicator.id, "", study.audience, study.wave),
        estimate=_NOTHING,
        counts=(),
        frame_size=study.frame_size,
        domain_population=None,
        largest_weight_share=0.0,
        asked=False,
    )
