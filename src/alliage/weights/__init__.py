"""Weights: one number per answer, so that answers weigh what the population weighs; and what that cost.

Law: refuse rather than drop; every weighting tells its design effect.
"""

from alliage.weights.diagnosis import diagnose
from alliage.weights.distribution import Distribution, describe_weights
from alliage.weights.margin_lists import MarginList, read_margins
from alliage.weights.margins import Cell, Margin, find_margins, make_margin, read_margin
from alliage.weights.nonresponse import Nonresponse, nonresponse_weights
from alliage.weights.recalibrating import recalibrate
from alliage.weights.results import Calibration, Diagnosis, Reached, Weights
from alliage.weights.studies import margins_of, weigh_responses
from alliage.weights.trimming import Trimmed, trim_weights
from alliage.weights.weighing import calibrate, poststratify, rake, weigh

__all__ = [
    "Calibration",
    "Cell",
    "Diagnosis",
    "Distribution",
    "Margin",
    "MarginList",
    "Nonresponse",
    "Reached",
    "Trimmed",
    "Weights",
    "calibrate",
    "describe_weights",
    "diagnose",
    "find_margins",
    "make_margin",
    "margins_of",
    "nonresponse_weights",
    "poststratify",
    "rake",
    "read_margin",
    "read_margins",
    "recalibrate",
    "trim_weights",
    "weigh",
    "weigh_responses",
]
