"""Comparisons: tests of a table, of means, of ranks, of a trend, of known shares, under the sampling design.

Law: a test says what it assumes, and never hides an estimate.
"""

from alliage.comparisons.contingency import goodness_of_fit, independence
from alliage.comparisons.means import t_test, trend_test
from alliage.comparisons.ranks import rank_test
from alliage.comparisons.results import Cell, Comparison, Comparisons, Effect

__all__ = [
    "Cell",
    "Comparison",
    "Comparisons",
    "Effect",
    "goodness_of_fit",
    "independence",
    "rank_test",
    "t_test",
    "trend_test",
]
