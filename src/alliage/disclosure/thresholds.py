"""The thresholds, in one place: they are public, printed in the certificate and on the page that explains them."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """Minimum bases for one kind of table."""

    minimum: int  # K: respondents with a valid answer to that question
    sensitive_minimum: int
    zone_inhabitants: int  # a smaller territory is never described
    sensitive_inhabitants: int
    frame: int  # N of the frame below which nothing is said
    census_minimum: int  # n asked for when half the frame or more answered


RULES: dict[str, Rule] = {
    "T1": Rule(11, 30, 2_000, 10_000, frame=0, census_minimum=0),
    "T2": Rule(10, 30, 0, 0, frame=20, census_minimum=15),
    "T3": Rule(10, 30, 0, 0, frame=0, census_minimum=0),
}

INSIDERS = 1  # R2, R6: a contributor who knows their own answer
FEWEST_WITH_A_SINGLE = 3  # R6: blocks hidden together when one of them holds an insider alone
# R2: the end band covers up to three dissenters. Kept for one alone, it would say by itself that all others agree.
END_BAND_WITHIN = 3
LARGEST_WEIGHT_SHARE = 0.25  # R4
NEAR_CENSUS_RATE, NEAR_CENSUS_FRAME = 0.8, 20  # R5
EXACT_ENDS_FROM = 50  # R7: no exact 0 or 100 % under this base

# Display precision
BANDED_UNDER = 30
COARSE_UNDER = 100
SHARE_BANDS = ((0, 15), (15, 35), (35, 65), (65, 85), (85, 100))
NOTE_BANDS = ((0, 1.5), (1.5, 3.5), (3.5, 6.5), (6.5, 8.5), (8.5, 10))
# Intervals (docs/decisions/0006). A share's is computed again for the largest of these bases it can claim.
INTERVAL_BASES = (
    10, 15, 20, 30, 50, 70, 100, 140, 200, 250, 320, 400, 500, 630, 800, 1_000, 1_250, 1_600, 2_000, 2_500, 4_000,
    6_300, 10_000,
)  # fmt: skip
# Ends of the interval of a mean: (under so many answers, rounded outwards to this); the step of the mean beyond.
MEAN_END_STEPS = ((100, 1.0), (200, 0.5))
HALF_INTERVAL_FROM = 200  # the 50 % interval (the thick bar) is not shown under this base
N_CLASSES = ((10, 14), (15, 19), (20, 29), (30, 49), (50, 99), (100, 199), (200, 499), (500, None))

# Quality, never mixed with secrecy (P6)
RELIABLE_EFFECTIVE_N = 30
WIDEST_HALF_WIDTH = 0.15  # of the length of the scale

PARAMETERS: dict[str, object] = {
    "rules": {name: asdict(rule) for name, rule in RULES.items()},
    "insiders": INSIDERS,
    "fewest_with_a_single": FEWEST_WITH_A_SINGLE,
    "end_band_within": END_BAND_WITHIN,
    "largest_weight_share": LARGEST_WEIGHT_SHARE,
    "near_census": {"rate": NEAR_CENSUS_RATE, "frame": NEAR_CENSUS_FRAME},
    "exact_ends_from": EXACT_ENDS_FROM,
    "banded_under": BANDED_UNDER,
    "coarse_under": COARSE_UNDER,
    "share_bands": [list(band) for band in SHARE_BANDS],
    "note_bands": [list(band) for band in NOTE_BANDS],
    "interval_bases": list(INTERVAL_BASES),
    "mean_end_steps": [list(step) for step in MEAN_END_STEPS],
    "half_interval_from": HALF_INTERVAL_FROM,
    "n_classes": [list(bounds) for bounds in N_CLASSES],
    "reliable_effective_n": RELIABLE_EFFECTIVE_N,
    "widest_half_width": WIDEST_HALF_WIDTH,
}


def n_class(n: float) -> str:
    """The class in which a base is shown: 23 is "20-29"; nothing below the first class is ever shown."""
    for low, high in reversed(N_CLASSES):
        if n >= low:
            return f"{low}+" if high is None else f"{low}-{high}"
    return f"<{N_CLASSES[0][0]}"
