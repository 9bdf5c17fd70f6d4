"""Each distance: a factor that increases with the score, its slope, its area, and the way back."""

import numpy as np
import pytest
from scipy.integrate import quad

from alliage.weights.distances import Held, Linear, Logit, RakingRatio, Sinh

SCORES = np.array([-3.0, -0.8, -0.1, 0.0, 0.2, 1.1, 3.0])
ALL = {
    "linear": Linear(),
    "raking": RakingRatio(),
    "logit": Logit(0.4, 3.0),
    "sinh": Sinh(),
    "truncated linear": Held(Linear(), np.array([0.3]), np.array([2.5])),
    "truncated raking": Held(RakingRatio(), np.array([0.3]), np.array([2.5])),
    "truncated sinh": Held(Sinh(), np.array([0.5]), np.array([2.0])),
}


@pytest.mark.parametrize("distance", ALL.values(), ids=ALL)
def test_a_score_of_zero_changes_nothing_and_moves_at_speed_one(distance):
    factor, slope = distance.at(np.zeros(1))

    assert (factor[0], slope[0]) == (pytest.approx(1, abs=1e-15), pytest.approx(1, abs=1e-15))
    assert distance.area(np.zeros(1))[0] == pytest.approx(0, abs=1e-15)


@pytest.mark.parametrize("distance", ALL.values(), ids=ALL)
def test_the_slope_is_the_derivative_of_the_factor(distance):
    step = 1e-6

    numerical = (distance.at(SCORES + step)[0] - distance.at(SCORES - step)[0]) / (2 * step)

    np.testing.assert_allclose(distance.at(SCORES)[1], numerical, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("distance", ALL.values(), ids=ALL)
def test_the_area_is_the_integral_of_the_factor(distance):
    low, high = distance.limits()
    ends = [float(end) for end in (*distance.score(low), *distance.score(high)) if np.isfinite(end)]

    wanted = [
        quad(lambda u: float(distance.at(np.array([u]))[0][0]), 0, score, points=ends or None, epsabs=1e-13)[0]
        for score in SCORES
    ]

    np.testing.assert_allclose(distance.area(SCORES), wanted, rtol=1e-11, atol=1e-12)


@pytest.mark.parametrize("distance", ALL.values(), ids=ALL)
def test_a_score_is_found_again_from_its_factor(distance):
    inside = np.array([-0.4, 0.0, 0.5])

    np.testing.assert_allclose(distance.score(distance.at(inside)[0]), inside, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("distance", [Logit(0.2, 4.0), Sinh(), ALL["truncated raking"], ALL["truncated linear"]])
@pytest.mark.parametrize("score", [-1e8, -1e4, 1e4, 1e8])
def test_scores_out_of_all_proportion_neither_overflow_nor_leave_the_limits(distance, score):
    factor, slope = distance.at(np.array([score]))
    low, high = distance.limits()

    assert np.isfinite([*factor, *slope, *distance.area(np.array([score]))]).all()
    assert low[0] <= factor[0] <= high[0]


def test_a_raking_factor_too_large_to_be_written_is_infinite_and_says_so():
    assert RakingRatio().at(np.array([1000.0]))[0].tolist() == [np.inf]
