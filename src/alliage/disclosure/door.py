"""`release`: every figure leaves through here, or does not leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from alliage.disclosure.gaps import public_gap
from alliage.disclosure.precision import has_band, shown
from alliage.disclosure.primary import broken_rules, minimum_base
from alliage.disclosure.results import PublicCell, PublicGap
from alliage.disclosure.secondary import hide_remainders
from alliage.indicators.cells import CellKey, SealedCell, SealedGap
from alliage.indicators.declarations import Indicator


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the public may see, and how many figures each kind of rule hid."""

    cells: tuple[PublicCell, ...]
    gaps: tuple[PublicGap, ...]
    primary: int
    secondary: int


def release(
    cells: Iterable[SealedCell],
    gaps: Iterable[SealedGap],
    *,
    indicators: Mapping[str, Indicator],
    rules: Mapping[str, str],
) -> Decisions:
    """Judge every sealed figure of one release together.

    indicators   by id: their unit, whether the subject is sensitive
    rules        the kind of table of each audience: T1 people, T2 elected, T3 organisations
    """
    sealed = {cell.key: cell for cell in cells}
    asked = {key: cell for key, cell in sealed.items() if cell.asked and cell.estimate.n > 0}
    minimum = {key: minimum_base(rules[key.audience], sensitive=indicators[key.indicator].sensitive) for key in asked}
    primary: dict[CellKey, tuple[str, ...]] = {}
    for key, cell in asked.items():
        broken = broken_rules(cell, rule=rules[key.audience], sensitive=indicators[key.indicator].sensitive)
        if not has_band(indicators[key.indicator].unit, cell.estimate.n):
            broken = (*broken, "precision")
        if broken:
            primary[key] = broken
    hidden = hide_remainders(asked, primary, minimum=minimum, siblings=_siblings(asked, indicators))
    public = {key: _public(cell, hidden, indicators[key.indicator].unit) for key, cell in sealed.items()}
    with_parents = {key: replace(cell, parent=_parent(key, public)) for key, cell in public.items()}
    return Decisions(
        cells=tuple(with_parents[key] for key in sorted(with_parents)),
        gaps=tuple(public_gap(gap, with_parents, sealed) for gap in sorted(gaps, key=lambda gap: gap.id)),
        primary=len(primary),
        secondary=len(hidden) - len(primary),
    )


def _public(cell: SealedCell, hidden: Mapping[CellKey, tuple[str, ...]], unit: str) -> PublicCell:
    if not cell.asked:
        return PublicCell(key=cell.key, state="not_asked", unit=unit)
    if cell.estimate.n == 0:
        return PublicCell(key=cell.key, state="no_data", unit=unit)
    if cell.key in hidden:
        return PublicCell(key=cell.key, state="protected", unit=unit, rules=hidden[cell.key])
    return shown(cell, unit)


def _parent(key: CellKey, public: Mapping[CellKey, PublicCell]) -> str | None:
    whole = public.get(CellKey(key.indicator, key.item, key.audience, key.wave)) if key.by else None
    return whole.key.id if whole is not None and whole.is_shown else None


def _siblings(
    cells: Mapping[CellKey, SealedCell], indicators: Mapping[str, Indicator]
) -> dict[CellKey, tuple[CellKey, ...]]:
    """Cells drawn from one distribution: the answers of one question, in one domain, add up to 100 %."""
    blocks: dict[tuple[str, ...], list[CellKey]] = defaultdict(list)
    for key in cells:
        question = indicators[key.indicator].question
        blocks[(question, key.item, key.audience, key.wave, key.by, key.domain)].append(key)
    return {key: tuple(block) for block in blocks.values() if len(block) > 1 for key in block}
