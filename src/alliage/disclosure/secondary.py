"""Remainders: what is hidden must not be found again by subtracting what is shown (R6).

This is the fast rule. The attacker's audit that would prove it is not run yet, and the certificate says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from alliage.disclosure.thresholds import FEWEST_WITH_A_SINGLE, INSIDERS
from alliage.indicators.cells import CellKey, SealedCell

Parent = tuple[str, str, str, str, str]


def hide_remainders(
    cells: Mapping[CellKey, SealedCell],
    hidden: Mapping[CellKey, tuple[str, ...]],
    *,
    minimum: Mapping[CellKey, int],
    siblings: Mapping[CellKey, tuple[CellKey, ...]],
) -> dict[CellKey, tuple[str, ...]]:
    """Hide more children until no parent's remainder points at fewer than K people, even for one of them.

    People whose category is unknown are nobody's child: what the parent counts and its children do not is one more
    hidden child, which cannot be shown.

    cells      every cell of the release
    hidden     cells already hidden, and by which rules
    minimum    K of each cell
    siblings   cells of the same distribution: a block is hidden whole, never one of its answers
    Returns the complete map of hidden cells. The cheapest (smallest n) visible child goes first; ties by id.
    """
    decided = dict(hidden)
    _spread_to_siblings(decided, siblings)
    families = _families(cells)
    changed = True
    while changed:
        changed = False
        for children in families:
            child = _child_to_hide(children, cells, decided, minimum)
            if child is not None:
                decided[child] = ("R6",)
                _spread_to_siblings(decided, siblings)
                changed = True
    return decided


def _families(cells: Mapping[CellKey, SealedCell]) -> list[list[CellKey]]:
    """Children of one parent under one breakdown; a parent out of the release gives nothing to subtract."""
    families: dict[Parent, list[CellKey]] = defaultdict(list)
    for key in sorted(cells):
        if key.by and CellKey(key.indicator, key.item, key.audience, key.wave) in cells:
            families[(key.indicator, key.item, key.audience, key.wave, key.by)].append(key)
    return list(families.values())


def _child_to_hide(
    children: list[CellKey],
    cells: Mapping[CellKey, SealedCell],
    decided: Mapping[CellKey, tuple[str, ...]],
    minimum: Mapping[CellKey, int],
) -> CellKey | None:
    parent = CellKey(children[0].indicator, children[0].item, children[0].audience, children[0].wave)
    # An empty domain holds nobody: it protects no one and needs no protection.
    hidden = [cells[key].estimate.n for key in children if key in decided and cells[key].estimate.n > 0]
    nowhere = cells[parent].estimate.n - sum(cells[key].estimate.n for key in children)
    hidden += [nowhere] if nowhere > 0 else []
    visible = [key for key in children if key not in decided]
    if parent in decided:
        # Nobody subtracts from a hidden whole, but its parts, all shown, would add up to it.
        is_safe = len(hidden) > (nowhere > 0) or nowhere >= minimum[children[0]]
    else:
        is_safe = not hidden or _is_safe(hidden, minimum[children[0]], nowhere=nowhere)
    if is_safe or not visible:
        return None
    return min(visible, key=lambda key: (cells[key].estimate.n, key.id))


def _is_safe(hidden: list[int], minimum: int, *, nowhere: int) -> bool:
    """Hidden blocks, known together by subtraction, hold K people besides an insider, and are not told apart by one.

    Someone alone in a block knows it whole: of two blocks, they subtract their own and get the other.
    """
    is_alone = len(hidden) == 1 and nowhere == 0  # people without a category were not hidden by any rule
    if is_alone or (min(hidden) <= INSIDERS and len(hidden) < FEWEST_WITH_A_SINGLE):
        return False
    return sum(hidden) - INSIDERS >= minimum


def _spread_to_siblings(
    decided: dict[CellKey, tuple[str, ...]], siblings: Mapping[CellKey, tuple[CellKey, ...]]
) -> None:
    for key in list(decided):
        for sibling in siblings.get(key, ()):
            decided.setdefault(sibling, decided[key])
