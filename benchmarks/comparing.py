"""How far a tool's figures are from the reference's: the largest relative difference, zeros compared with zeros."""

from __future__ import annotations

import numpy as np
from running import Report

# R leaves 1e-17 where a standard error is 0: one respondent alone in a domain, or all of them alike.
ZERO = 1e-14


def away(reference: Report, report: Report) -> float | None:
    """The largest |reference - figure| / |reference| over the figures both give; None where they share none."""
    found = [
        largest(reference.figures[name], report.figures[name])
        for name in reference.figures.keys() & report.figures.keys()
        if not name.startswith("random_")
    ]
    return max(found) if found else None


def away_at_random(reference: Report, report: Report) -> float | None:
    """The median relative difference of figures that rest on each tool's own random numbers."""
    names = [name for name in reference.figures.keys() & report.figures.keys() if name.startswith("random_")]
    if not names:
        return None
    return float(np.median(np.abs(report.figures[names[0]] / reference.figures[names[0]] - 1)))


def largest(wanted: np.ndarray, found: np.ndarray) -> float:
    """The largest relative difference of the figures `wanted` asks; inf where one is absent on one side only.

    A reference asked for a part is compared with the first figures of the others.
    """
    if len(found) < len(wanted):
        return float("inf")
    found = found[: len(wanted)]
    both_absent = np.isnan(wanted) & np.isnan(found)
    rounding = ZERO * float(np.nanmax(np.abs(wanted), initial=0.0))
    both_zero = (np.abs(wanted) <= rounding) & (np.abs(found) <= rounding)
    size = np.where(wanted == 0, 1.0, np.abs(wanted))
    difference = np.where(both_absent | both_zero | (wanted == found), 0.0, np.abs(wanted - found) / size)
    return float(np.max(np.nan_to_num(difference, nan=np.inf), initial=0.0))
