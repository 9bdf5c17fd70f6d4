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
    n, frame = cell.estimate.n, cell.frame_size
    if sum(cell.counts) != n or not 0 < cell.largest_weight_share <= 1:  # false for nan too
        raise ValueError(f"{cell.key.id}: its counts or its largest weight were not computed")
    broken: list[str] = []
    if n < minimum_base(rule, sensitive=sensitive):
        broken.append("R1")
    inhabitants = limits.sensitive_inhabitants if sensitive else limits.zone_inhabitants
    if cell.domain_population is not None and cell.domain_population < inhabitants:
        broken.append(rule)
    if frame < limits.frame or (frame and n / frame >= 0.5 and n < limits.census_minimum):
        broken.append(rule)
    if is_homogeneous(cell) and (sensitive or cell.estimate.kind != "share"):
        # A share falls back on an end band; a mean has none that would hide what everyone answered.
        broken.append("R2")
    if cell.largest_weight_share > LARGEST_WEIGHT_SHARE:
        broken.append("R4")
    if n >= NEAR_CENSUS_RATE * frame and frame < NEAR_CENSUS_FRAME:
        broken.append("R5")
    return tuple(dict.fromkeys(broken))


def is_homogeneous(cell: SealedCell) -> bool:
    """R2: an insider who knows their own answer would know everybody's."""
    return any(count >= cell.estimate.n - INSIDERS for count in cell.counts)
