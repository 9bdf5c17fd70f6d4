"""Trimming: nobody above the ceiling or under the floor, the total kept, and the price said."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliage.problems import Problem
from alliage.weights import trim_weights

WEIGHTS = [1.0, 2.0, 3.0, 4.0, 50.0, 6.0, 7.0, 30.0, 0.0, 9.0]


def code_of(act) -> str:
    with pytest.raises(Problem) as caught:
        act()
    return caught.value.code


def test_what_is_cut_off_the_heaviest_goes_to_the_others_in_proportion_to_their_weight():
    made = trim_weights([1.0, 1.0, 2.0, 16.0], ceiling=8)

    # 12 remain for the three others, who had 4.
    assert made.values.tolist() == [3.0, 3.0, 6.0, 8.0]
    assert (made.at_ceiling, made.passed, made.moved) == (1, 1, 0.4)


def test_whoever_the_redistribution_pushes_over_the_ceiling_is_held_too():
    made = trim_weights([1.0, 3.0, 16.0], ceiling=8)

    assert made.values == pytest.approx([4.0, 8.0, 8.0], rel=1e-14)
    assert (made.at_ceiling, made.passed) == (2, 1)


def test_what_is_cut_off_can_be_shared_in_equal_parts_or_lost():
    assert trim_weights([1.0, 1.0, 2.0, 16.0], ceiling=10, redistribute="equal").values.tolist() == [3, 3, 4, 10]
    lost = trim_weights([1.0, 1.0, 2.0, 16.0], ceiling=10, redistribute="none")
    assert (lost.values.tolist(), lost.total) == ([1, 1, 2, 10], 14)


def test_a_ceiling_is_said_as_a_weight_in_medians_or_in_interquartile_ranges():
    weights = [1.0, 2.0, 3.0, 4.0, 100.0]

    # Median 3, quartiles 2 and 4.
    assert trim_weights(weights, ceiling=30).ceiling[0] == 30
    assert trim_weights(weights, median_ratio=10).ceiling[0] == 30
    assert trim_weights(weights, interquartile=13.5).ceiling[0] == 30


def test_a_row_of_weight_zero_stays_at_zero():
    made = trim_weights(WEIGHTS, floor=3, ceiling=30)

    assert made.values[8] == 0
    assert made.values[np.array(WEIGHTS) > 0].min() == 3


def test_each_group_keeps_its_total_and_has_its_own_median():
    weights = np.array([1.0, 1.0, 10.0, 100.0, 100.0, 1000.0])
    groups = ["a", "a", "a", "b", "b", "b"]

    made = trim_weights(weights, median_ratio=5, within=groups)

    assert made.values.tolist() == [3.5, 3.5, 5, 350, 350, 500]
    assert made.ceiling.tolist() == [5, 5, 5, 500, 500, 500]


def test_it_is_said_what_was_moved_what_was_gained_and_at_what_price():
    made = trim_weights([1.0, 1.0, 2.0, 16.0], ceiling=8)

    assert [line.fr for line in made.lines] == [
        "Réponses hors des bornes : 1, soit 40,00\u202f% du total des poids ramenés à une borne. À la fin, réponses au "
        "plafond : 1 ; au plancher : 0.",
        "L'effet de plan de Kish passe de 2,62 à 1,18 : pour une question sans lien avec les poids, les réponses en "
        "valent 3 de même poids, au lieu de 2.",
        "En échange, les réponses écrêtées pèsent moins que leur part de la population : les estimations peuvent être "
        "biaisées, et des marges respectées avant ne le sont plus. Vérifiez-les, ou calez sous un plafond.",
    ]
    assert [line.en for line in trim_weights([1.0, 2.0], ceiling=8).lines] == [
        "No weight passes the bounds: nothing is trimmed."
    ]


def test_nearly_everyone_at_the_ceiling_is_computed_at_once():
    # Round after round, R's own recursion runs out of stack here.
    weights = np.random.default_rng(3).lognormal(3, 0.9, 400)

    made = trim_weights(weights, ceiling=weights.mean() * 1.0001, redistribute="equal")

    assert made.values.sum() == pytest.approx(weights.sum(), rel=1e-12)
    assert made.values.max() <= weights.mean() * 1.0001


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.floats(0.01, 1000), min_size=2, max_size=40),
    st.floats(1.001, 4),
    st.floats(0.0, 0.99),
    st.sampled_from(["proportional", "equal"]),
)
def test_weights_lie_between_their_bounds_keep_their_total_and_their_order(weights, high, low, redistribute):
    w = np.array(weights)
    top, bottom = high * w.mean(), low * w.mean()

    made = trim_weights(w, ceiling=top, floor=bottom or None, redistribute=redistribute)

    assert made.values.max() <= top
    assert made.values.min() >= bottom
    assert made.values.sum() == pytest.approx(w.sum(), rel=1e-11)
    if redistribute == "proportional":
        order = np.argsort(w, kind="stable")
        assert (np.diff(made.values[order]) >= -1e-9 * top).all()
        free = (made.values > bottom * (1 + 1e-9)) & (made.values < top * (1 - 1e-9))
        factors = made.values[free] / w[free]
        assert factors.size == 0 or np.ptp(factors) <= 1e-9 * factors.max()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({}, "weights.one_ceiling"),
        ({"ceiling": 5, "median_ratio": 2}, "weights.one_ceiling"),
        ({"median_ratio": 1}, "weights.bad_bound"),
        ({"ceiling": float("nan")}, "weights.bad_bound"),
        ({"ceiling": 20, "floor": 20}, "weights.floor_over_ceiling"),
        ({"ceiling": 12}, "weights.total_impossible"),
        ({"floor": 13}, "weights.total_impossible"),
    ],
)
def test_bounds_that_make_no_sense_are_refused(options, code):
    assert code_of(lambda: trim_weights(WEIGHTS, **options)) == code


@pytest.mark.parametrize("weights", [[1.0, -1.0], [1.0, float("nan")], [0.0, 0.0]])
def test_weights_that_are_not_weights_are_refused(weights):
    assert code_of(lambda: trim_weights(weights, ceiling=5)) == "weights.bad_trimmed"
