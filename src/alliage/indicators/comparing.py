"""Compares cells of independent samples asked the same thing: the audiences of one item, the waves of one audience."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, pairwise

from alliage.estimates.gaps import gap
from alliage.indicators.cells import CellKey, SealedCell, SealedGap
from alliage.indicators.comparability import same_question
from alliage.instruments import Question

Questions = Mapping[tuple[str, str], Question]  # as it was asked, by audience and wave


def compare_audiences(cells: Iterable[SealedCell], audiences: Sequence[str], questions: Questions) -> list[SealedGap]:
    """Every pair of audiences asked the same question, on the same item at the same wave.

    The family is the pairs of that item and wave.
    """
    groups: dict[tuple[str, str, str], dict[str, SealedCell]] = defaultdict(dict)
    for cell in _whole(cells):
        groups[(cell.key.indicator, cell.key.item, cell.key.wave)][cell.key.audience] = cell
    found: list[SealedGap] = []
    for group in groups.values():
        ordered = [group[name] for name in audiences if name in group]
        pairs = [(a, b) for a, b in combinations(ordered, 2) if _comparable(a, b, questions)]
        found += [_gap("audiences", a, b, family=len(pairs)) for a, b in pairs]
    return found


def compare_waves(cells: Iterable[SealedCell], waves: Sequence[str], questions: Questions) -> list[SealedGap]:
    """Each wave minus the one before, by audience and item, when the question has not changed.

    The family is all the changes of that item. A question that changed breaks the series there: no wave is compared
    over the break.
    """
    groups: dict[tuple[str, str], dict[tuple[str, str], SealedCell]] = defaultdict(dict)
    for cell in _whole(cells):
        groups[(cell.key.indicator, cell.key.item)][(cell.key.audience, cell.key.wave)] = cell
    found: list[SealedGap] = []
    for group in groups.values():
        pairs = [
            (group[(audience, later)], group[(audience, earlier)])
            for audience in dict.fromkeys(audience for audience, _ in group)
            for earlier, later in pairwise([wave for wave in waves if (audience, wave) in group])
            if _comparable(group[(audience, later)], group[(audience, earlier)], questions)
        ]
        found += [_gap("waves", later, earlier, family=len(pairs)) for later, earlier in pairs]
    return found


def _comparable(a: SealedCell, b: SealedCell, questions: Questions) -> bool:
    return same_question(questions[(a.key.audience, a.key.wave)], questions[(b.key.audience, b.key.wave)])


def _whole(cells: Iterable[SealedCell]) -> list[SealedCell]:
    return [cell for cell in cells if cell.asked and cell.estimate.n > 0 and not cell.key.by]


def _gap(kind: str, a: SealedCell, b: SealedCell, *, family: int) -> SealedGap:
    measured = gap(a.estimate, b.estimate, family=family)
    if kind == "audiences":
        return SealedGap(id=_between_audiences(a.key, b.key), kind="audiences", a=a.key, b=b.key, gap=measured)
    return SealedGap(id=_between_waves(a.key, b.key), kind="waves", a=a.key, b=b.key, gap=measured)


def _between_audiences(a: CellKey, b: CellKey) -> str:
    """innovation.impact.maires-entreprises"""
    return ".".join(part for part in (a.indicator, a.item, a.wave, f"{a.audience}-{b.audience}") if part)


def _between_waves(a: CellKey, b: CellKey) -> str:
    """innovation.maires.impact-phare"""
    return ".".join(part for part in (a.indicator, a.item, a.audience, f"{a.wave}-{b.wave}") if part)
