"""Direct standardisation: R checks it in tests/reference/quantiles; here, its sense and its edges."""

from __future__ import annotations

import math

import numpy as np
import pytest

from alliage import Design, mean, share, total
from alliage.estimates import compare, quantile, standardise
from alliage.problems import Problem

RNG = np.random.default_rng(2)
OLD = RNG.random(300) < np.where(np.arange(300) % 2, 0.3, 0.7)
PEOPLE = {
    "y": np.where(OLD, 20.0, 10.0) + RNG.normal(size=300),
    "age": np.where(OLD, "old", "young"),
    "g": ["north", "south"] * 150,
    "sex": ["f", "f", "h"] * 100,
    "psu": np.repeat(np.arange(60), 5),
}
DESIGN = Design(clusters="psu")


def test_groups_that_differ_by_their_ages_only_do_not_differ_once_standardised():
    crude = mean(PEOPLE, "y", design=DESIGN, by="g").column("value")

    found = standardise(mean(PEOPLE, "y", design=DESIGN, by=("g", "age")), "age", {"young": 50, "old": 50})

    assert abs(crude[0] - crude[1]) > 2
    assert abs(found[0].value - found[1].value) < 0.5
    assert [one.domain for one in found] == [{"g": "north"}, {"g": "south"}]
    assert found[0].method == "taylor, standardised (age)"


def test_the_value_is_the_sum_of_parts_and_the_error_that_of_the_sum():
    each = mean(PEOPLE, "y", design=DESIGN, by="age")

    (found,) = standardise(each, "age", {"young": 30, "old": 10})

    old, young = (one.value for one in each)
    weights = np.array([0.25, 0.75])
    assert found.value == pytest.approx(0.25 * old + 0.75 * young, rel=1e-14)
    assert found.standard_error == pytest.approx(math.sqrt(weights @ each.covariance() @ weights), rel=1e-12)
    assert (found.n, found.df) == (300, 59)
    assert found.n_effective == pytest.approx(1 / (0.0625 / each[0].n_effective + 0.5625 / each[1].n_effective))


def test_replicates_and_several_columns_of_classes():
    population = {("old", "f"): 3, ("old", "h"): 2, ("young", "f"): 3, ("young", "h"): 2}
    taylor = standardise(mean(PEOPLE, "y", design=DESIGN, by=("age", "sex", "g")), ("age", "sex"), population)

    design = Design(clusters="psu", replicates="JK1")
    found = standardise(mean(PEOPLE, "y", design=design, by=("age", "sex", "g")), ("age", "sex"), population)

    assert found.column("value") == pytest.approx(taylor.column("value"), rel=1e-13)
    assert found.column("standard_error") == pytest.approx(taylor.column("standard_error"), rel=0.1)
    assert compare(found).standard_error[0] == pytest.approx(compare(taylor).standard_error[0], rel=0.1)


def test_a_class_where_nobody_answered_leaves_the_group_without_a_value():
    answers = {"y": [1.0, 2, 3, 4, 5], "age": ["a", "b", "a", "b", "a"], "g": ["x", "x", "x", "x", "z"]}

    found = standardise(mean(answers, "y", design=Design(), by=("g", "age")), "age", {"a": 1, "b": 1})

    assert found[0].value == 2.5
    assert (math.isnan(found[1].value), found[1].warnings) == (True, ("estimates.standard_class_empty",))


def test_a_replicate_that_leaves_a_class_empty_is_said():
    answers = {"y": [1.0, 2, 3, 4, 5, 7], "g": list("aabbab"), "age": list("xyxyyx")}

    found = standardise(mean(answers, "y", design=Design(replicates="JK1"), by=("g", "age")), "age", {"x": 1, "y": 3})

    assert [one.warnings for one in found] == [("estimates.replicates_lost",)] * 2


def test_a_class_of_no_size_is_not_missed():
    answers = {"y": [1.0, 2, 3, 4, 5], "age": ["a", "b", "a", "b", "a"], "g": ["x", "x", "x", "x", "z"]}

    found = standardise(mean(answers, "y", design=Design(), by=("g", "age")), "age", {"a": 1, "b": 0})

    assert found.column("value").tolist() == [2, 5]


def test_where_every_class_answers_alike_the_share_is_exactly_0_or_1():
    answers = {"a": ["oui"] * 8 + ["non"], "age": list("aabbccddd"), "g": ["x"] * 8 + ["y"]}
    parts = {"a": 0.1, "b": 0.2, "c": 0.3, "d": 0.4}

    found = standardise(share(answers, "a", "oui", design=Design(), by=("g", "age")), "age", parts)

    assert (found[0].value, found[0].interval95.high) == (1.0, 1.0)
    assert found[0].interval95.low == pytest.approx(0.025 ** (1 / 8))


@pytest.mark.parametrize(
    ("estimates", "population", "code"),
    [
        (lambda: total(PEOPLE, "y", design=DESIGN, by="age"), {"old": 1, "young": 1}, "estimates.standardise_kind"),
        (lambda: quantile(PEOPLE, "y", design=DESIGN, by="age"), {"old": 1, "young": 1}, "estimates.standardise_kind"),
        (lambda: mean(PEOPLE, "y", design=DESIGN, by="age")[:1], {"old": 1, "young": 1}, "estimates.standardise_kind"),
        (lambda: mean(PEOPLE, "y", design=DESIGN, by="g"), {"old": 1, "young": 1}, "estimates.standardise_column"),
        (lambda: mean(PEOPLE, "y", design=DESIGN, by="age"), {"old": 1}, "estimates.standardise_classes"),
        (
            lambda: mean(PEOPLE, "y", design=DESIGN, by="age"),
            {"old": 1, "young": -1},
            "estimates.standardise_population",
        ),
    ],
)
def test_what_cannot_be_standardised_is_refused(estimates, population, code):
    with pytest.raises(Problem) as problem:
        standardise(estimates(), "age", population)

    assert problem.value.code == code
