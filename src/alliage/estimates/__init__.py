"""Estimates: shares, means, totals, ratios, quantiles and their gaps, with the margin the sampling design allows.

Law: restrict with a domain, never by removing rows; no figure without its base, effective base and uncertainty.
"""

from alliage.estimates.combining import Combined, combine
from alliage.estimates.comparing import Gaps, compare
from alliage.estimates.designs import BoundDesign, Design
from alliage.estimates.families import adjusted
from alliage.estimates.gaps import contrast, gap
from alliage.estimates.lists import Estimates
from alliage.estimates.many import Request, estimate_many
from alliage.estimates.means import mean, numbers_of, ratio, total
from alliage.estimates.quantiles import median, quantile, quantiles_of
from alliage.estimates.replicates.exporting import export_replicates
from alliage.estimates.replicates.sets import with_replicates
from alliage.estimates.results import Estimate, Gap, Interval
from alliage.estimates.shares import share, shares_of
from alliage.estimates.stacking import stack
from alliage.estimates.standardising import standardise

__all__ = [
    "BoundDesign",
    "Combined",
    "Design",
    "Estimate",
    "Estimates",
    "Gap",
    "Gaps",
    "Interval",
    "Request",
    "adjusted",
    "combine",
    "compare",
    "contrast",
    "estimate_many",
    "export_replicates",
    "gap",
    "mean",
    "median",
    "numbers_of",
    "quantile",
    "quantiles_of",
    "ratio",
    "share",
    "shares_of",
    "stack",
    "standardise",
    "total",
    "with_replicates",
]
