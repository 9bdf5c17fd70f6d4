"""Primary rules: which blocks may not be shown by themselves, and by which rule.

R1, R2, R4 and R5 of docs/explanation/disclosure.md. R3 concerns amounts, which are not published yet.
"""

from __future__ import annotations

from alliage.disclosure.thresholds import (
    INSIDERS,
    LARGEST_WEIGHT_SHARE,
    NEAR_CENSUS_FRAME,
    NEAR_CENSUS_RATE,
    RULES,
    Rule,
)
from alliage.indicators.cells import SealedCell


def minimum_base(rule: str, *, sensitive: bool) -> int:
    """K of a kind of table."""
    return RULES[rule].sensitive_minimum if sensitive else RULES[rule].minimum


def broken_rules(cell: SealedCell, *, rule: str, sensitive: bool) -> tuple[str, ...]:
    """The rules that forbid showing this block, in the order they are written; none when it may be shown.

    Raises ValueError for a cell that lacks what the rules judge: nothing is shown by default.
    """
    limits = RULES[rule]
    n = cell.estimate.n
    if sum(cell.counts) != n or not 0 < cell.largest_weight_share <= 1:  # false for nan too
        raise ValueError(f"{cell.key.id}: its counts or its largest weight were not computed")
    broken: list[str] = []
    if n < minimum_base(rule, sensitive=sensitive):
        broken.append("R1")
    if _is_too_small_a_place(cell, limits, sensitive=sensitive) or _is_too_small_a_frame(cell, limits):
        broken.append(rule)
    if is_homogeneous(cell) and (sensitive or cell.estimate.kind != "share"):
        # A share falls back on an end band; a mean has none that would hide what everyone answered.
        broken.append("R2")
    if cell.largest_weight_share > LARGEST_WEIGHT_SHARE:
        broken.append("R4")
    # Of an unknown frame R5 can say nothing: where it could be that small, T2 has hidden the cell.
    if cell.frame_size is not None and n >= NEAR_CENSUS_RATE * cell.frame_size and cell.frame_size < NEAR_CENSUS_FRAME:
        broken.append("R5")
    return tuple(dict.fromkeys(broken))


def _is_too_small_a_place(cell: SealedCell, limits: Rule, *, sensitive: bool) -> bool:
    """A territory whose inhabitants nobody has counted is a small one, until someone counts them."""
    least = limits.sensitive_inhabitants if sensitive else limits.zone_inhabitants
    if cell.domain_population is None:
        return cell.is_territory and least > 0
    return cell.domain_population < least


def _is_too_small_a_frame(cell: SealedCell, limits: Rule) -> bool:
    """So is a frame of unknown size, where size matters."""
    frame = cell.frame_size
    if limits.frame == 0 and limits.census_minimum == 0:
        return False
    if frame is None:
        return True
    return frame < limits.frame or (
        frame > 0 and cell.estimate.n / frame >= 0.5 and cell.estimate.n < limits.census_minimum
    )


def is_homogeneous(cell: SealedCell) -> bool:
    """R2: an insider who knows their own answer would know everybody's."""
    return any(count >= cell.estimate.n - INSIDERS for count in cell.counts)
