"""Models: regressions under a sampling design, their tests, and what they say on the scale of the answer.

Law: a model names its base, its reference levels and its assumptions; coefficients travel with their covariance.
"""

from alliage.models.margins import average_effects, contrast, predict, predictive_margins
from alliage.models.regressing import regress
from alliage.models.results import Combined, Model, Ratios
from alliage.models.testing import TermTest, TermTests, anova, pseudo_r2, term_test, term_tests

__all__ = [
    "Combined",
    "Model",
    "Ratios",
    "TermTest",
    "TermTests",
    "anova",
    "average_effects",
    "contrast",
    "predict",
    "predictive_margins",
    "pseudo_r2",
    "regress",
    "term_test",
    "term_tests",
]
