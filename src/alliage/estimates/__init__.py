"""Estimates: shares, means, totals, ratios and their gaps, with the margin the sampling design allows.

Law: restrict with a domain, never by removing rows; no figure without its base, effective base and uncertainty.
"""

from alliage.estimates.designs import BoundDesign, Design
from alliage.estimates.gaps import contrast, gap
from alliage.estimates.lists import Estimates
from alliage.estimates.means import mean, numbers_of, ratio, total
from alliage.estimates.results import Estimate, Gap, Interval
from alliage.estimates.shares import share, shares_of

__all__ = [
    "BoundDesign",
    "Design",
    "Estimate",
    "Estimates",
    "Gap",
    "Interval",
    "contrast",
    "gap",
    "mean",
    "numbers_of",
    "ratio",
    "share",
    "shares_of",
    "total",
]
