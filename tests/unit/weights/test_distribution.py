"""How weights are spread: figures one can check by hand, a histogram one can read."""

import json

import numpy as np
import pytest

from alliage.weights import describe_weights


def test_figures_are_those_one_computes_by_hand():
    found = describe_weights(np.array([1.0, 3.0, 0.0]))

    assert (found.n, found.zero, found.total, found.mean) == (2, 1, 4, 2)
    assert (found.design_effect, found.n_effective) == (1.25, 1.6)
    assert found.quantiles["median"] == 2
    assert (found.heaviest, found.heaviest_share) == (1, 0.75)


def test_equal_weights_have_an_effect_of_exactly_one():
    found = describe_weights(np.full(7, 0.1))

    assert found.design_effect == 1.0
    assert [(bar.low, bar.high, bar.count) for bar in found.bars] == [(1.0, 1.25, 7)]


def test_the_heaviest_hundredth_is_rounded_up():
    weights = np.ones(250)
    weights[:3] = 10

    found = describe_weights(weights)

    assert (found.heaviest, found.heaviest_share) == (3, pytest.approx(30 / 277))


def test_every_positive_weight_is_in_one_class():
    weights = np.random.default_rng(1).lognormal(0, 2, 1000)

    assert sum(bar.count for bar in describe_weights(weights).bars) == 1000


def test_the_histogram_reads_in_both_languages():
    found = describe_weights(np.array([1.0] * 4 + [2.0] * 2 + [4.0] * 8))

    assert found.histogram("fr").splitlines() == [
        "poids / poids moyen  réponses",
        "de 0,2 à 0,5                4  ████████████████████",
        "de 0,5 à 0,8                2  ██████████",
        "de 0,8 à 1                  0",
        "de 1 à 1,25                 0",
        "de 1,25 à 2                 8  ████████████████████████████████████████",
    ]
    assert found.histogram("en").splitlines()[0] == "weight / mean weight  answers"
    assert found.histogram("en").splitlines()[1].startswith("0.2 to 0.5 ")


def test_it_leaves_as_json_and_as_arrow():
    found = describe_weights(np.array([1.0] * 99 + [1000.0]))

    told = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert told["histogram"][-1] == {"low": 10.0, "high": None, "count": 1}
    assert found.to_arrow()["count"].to_pylist()[-1] == 1


def test_negative_weights_have_a_class_of_their_own():
    found = describe_weights(np.array([-1.0, 2.0, 2.0, 0.0]))

    assert [(bar.low, bar.high, bar.count) for bar in found.bars if bar.count] == [(-np.inf, 0, 1), (2, 5, 2)]
    assert found.histogram("fr").splitlines()[1].startswith("moins de 0 ")
    assert found.to_dict()["histogram"][0]["low"] is None
