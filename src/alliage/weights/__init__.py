"""Weights: one number per answer, so that answers weigh what the population weighs; and what that cost.

Law: refuse rather than drop; every weighting tells its design effect.
"""

from alliage.weights.diagnosis import diagnose
from alliage.weights.margins import Cell, Margin, find_margins, make_margin, read_margin
from alliage.weights.results import Calibration, Diagnosis, Weights
from alliage.weights.studies import margins_of, weigh_responses
from alliage.weights.weighing import poststratify, rake, weigh

__all__ = [
    "Calibration",
    "Cell",
    "Diagnosis",
    "Margin",
    "Weights",
    "diagnose",
    "find_margins",
    "make_margin",
    "margins_of",
    "poststratify",
    "rake",
    "read_margin",
    "weigh",
    "weigh_responses",
]
