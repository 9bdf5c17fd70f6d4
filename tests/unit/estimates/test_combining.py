"""Sums and functions of estimates: R checks them in tests/reference/quantiles; here, the edges."""

from __future__ import annotations

import math

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliage import Design, contrast, mean, share, total
from alliage.estimates import combine
from alliage.problems import Problem
from alliage.weights import make_margin, rake

RNG = np.random.default_rng(1)
PEOPLE = {
    "y": RNG.normal(10, 2, 200),
    "z": RNG.normal(5, 1, 200),
    "g": ["a", "b"] * 100,
    "s": ["f", "f", "h", "h"] * 50,
    "psu": np.repeat(np.arange(40), 5),
    "h": np.repeat(["n", "s"], 100),
    "w": RNG.uniform(1, 3, 200),
}
DESIGN = Design(weight="w", strata="h", clusters="psu")


def calibrated():
    answers = pa.table(PEOPLE)
    margins = [make_margin("g", {"a": 900, "b": 1100}), make_margin("s", {"f": 1020, "h": 980})]
    return DESIGN.bind(answers, calibration=rake(answers, margins, design_weight="w").calibration)


@pytest.mark.parametrize("design", [DESIGN, Design(weight="w", strata="h", clusters="psu", replicates="JKn")])
def test_the_covariance_has_the_squared_errors_on_its_diagonal(design):
    found = mean(PEOPLE, ["y", "z"], design=design, by="g")

    covariance = found.covariance()

    assert np.sqrt(np.diag(covariance)) == pytest.approx(found.column("standard_error"), rel=1e-12)
    assert covariance == pytest.approx(covariance.T)
    for rank in range(1, 4):
        wanted = contrast(found, found, rank_a=0, rank_b=rank).standard_error ** 2
        assert covariance[0, 0] + covariance[rank, rank] - 2 * covariance[0, rank] == pytest.approx(wanted, rel=1e-10)


def test_what_calibration_knows_without_error_has_none():
    design = calibrated()
    counted = {**PEOPLE, "one": np.ones(200)}

    found = combine(total(counted, "one", design=design, by="g"), {"a": [1, 0], "all": [1, 1]})

    assert found.value == pytest.approx([900, 2000], rel=1e-9)
    assert found.standard_error.tolist() == [0, 0]


def test_calibrated_sums_are_those_of_their_contrasts():
    found = mean(PEOPLE, "y", design=calibrated(), by="g")

    made = combine(found, [1, -1])

    wanted = contrast(found, found, rank_a=0, rank_b=1)
    assert (made.standard_error[0], made.df[0]) == (pytest.approx(wanted.standard_error, rel=1e-12), wanted.df)


def test_estimates_of_two_tables_of_one_design_vary_together():
    y, z = (mean(PEOPLE, name, design=DESIGN) for name in "yz")

    made = combine([y, z], function="ratio", interval="log")

    low, high = made.intervals(0.95)
    assert made.value[0] == y[0].value / z[0].value
    assert math.log(high[0] / made.value[0]) == pytest.approx(math.log(made.value[0] / low[0]), rel=1e-9)
    both = mean(PEOPLE, ["y", "z"], design=DESIGN)
    assert made.standard_error == pytest.approx(combine(both, function="ratio").standard_error, rel=1e-13)


def test_independent_samples_have_no_covariance():
    one, other = ({"y": RNG.normal(size=size)} for size in (30, 50))
    tables = [mean(each, "y", design=Design()) for each in (one, other)]

    made = combine(tables, [1, 1], independent=True)

    a, b = (table[0].standard_error for table in tables)
    assert made.standard_error[0] == pytest.approx(math.hypot(a, b), rel=1e-13)
    assert made.df[0] == pytest.approx((a**2 + b**2) ** 2 / (a**4 / 29 + b**4 / 49), rel=1e-12)


def test_samples_of_one_size_are_independent_when_it_is_said():
    one, other = ({"y": RNG.normal(size=30)} for _ in range(2))
    tables = [mean(each, "y", design=Design()) for each in (one, other)]

    made = combine(tables, [1, -1], independent=True)

    a, b = (table[0].standard_error for table in tables)
    assert made.standard_error[0] == pytest.approx(math.hypot(a, b), rel=1e-13)


def test_two_figures_of_one_sample_stay_together_beside_an_independent_one():
    bound, other = DESIGN.bind(PEOPLE), mean({"y": RNG.normal(size=30)}, "y", design=Design())
    y, z = (mean(PEOPLE, name, design=bound) for name in "yz")

    made = combine([y, z, other], [1, -1, 1], independent=True)

    inside = combine([y, z], [1, -1]).standard_error[0]
    assert made.standard_error[0] == pytest.approx(math.hypot(inside, other[0].standard_error), rel=1e-13)


def test_a_ratio_to_nothing_has_neither_value_nor_error():
    made = combine(mean({"x": [0.0, 0.0, 0.0], "y": [1.0, 2.0, 3.0]}, ["y", "x"], design=Design()), function="ratio")

    assert (math.isfinite(made.value[0]), math.isnan(made.standard_error[0])) == (False, True)


def test_without_an_error_nothing_is_tested():
    found = mean({"y": [3.0, 3.0, 5.0, 5.0], "g": ["a", "a", "b", "b"]}, "y", design=Design(), by="g")

    made = combine(found, function="difference")

    assert (made.value[0], made.standard_error[0], math.isnan(made.p_value[0])) == (-2, 0, True)


def test_a_census_adds_no_error_and_a_self_selected_sample_makes_it_unknown():
    drawn = mean({"y": [1.0, 2.0, 4.0]}, "y", design=Design())
    census, opened = (mean({"y": [1.0, 2.0]}, "y", design=Design(kind=kind)) for kind in ("census", "self_selected"))

    exact = combine([drawn, census], [1, -1], independent=True)
    unknown = combine([drawn, opened], {"both": [1, -1], "drawn": [1, 0]}, independent=True)

    assert (exact.df[0], exact.margin) == (2, "design")
    assert exact.standard_error[0] == pytest.approx(drawn[0].standard_error, rel=1e-14)
    assert np.isnan(unknown.standard_error).tolist() == [True, False]
    assert unknown.margin == "none"


def test_what_is_missing_spoils_only_what_uses_it():
    answers = {"y": [1.0, 2.0, 4.0, math.nan], "g": ["a", "a", "b", "c"]}
    found = mean(answers, "y", design=Design(), by="g")

    made = combine(found, {"a-b": [1, -1, 0], "a-c": [1, 0, -1]})

    assert np.isnan(made.value).tolist() == [False, True]
    assert np.isnan(made.standard_error).tolist() == [False, True]


@settings(max_examples=60, deadline=None)
@given(
    a=st.floats(0.05, 0.95),
    b=st.floats(0.05, 0.95),
    name=st.sampled_from(["ratio", "log_ratio", "relative_change", "odds_ratio", "log_odds_ratio"]),
)
def test_a_function_of_one_s_own_gives_what_the_named_one_gives(a, b, name):
    own = {
        "ratio": lambda v: v[0] / v[1],
        "log_ratio": lambda v: np.log(v[0] / v[1]),
        "relative_change": lambda v: (v[0] - v[1]) / v[1],
        "odds_ratio": lambda v: v[0] * (1 - v[1]) / (v[1] * (1 - v[0])),
        "log_odds_ratio": lambda v: np.log(v[0] * (1 - v[1]) / (v[1] * (1 - v[0]))),
    }[name]
    answers = {"y": [a - 0.01, a + 0.01, b - 0.02, b + 0.02], "g": ["a", "a", "b", "b"]}
    found = mean(answers, "y", design=Design(), by="g")

    one, other = combine(found, function=name), combine(found, function=own)

    assert one.value == pytest.approx(other.value, rel=1e-12, abs=1e-14)
    assert one.standard_error == pytest.approx(other.standard_error, rel=1e-8)


def test_a_function_may_answer_several_figures():
    found = mean(PEOPLE, ["y", "z"], design=DESIGN)

    made = combine(found, function=lambda v: [v[0] + v[1], v[0] - v[1]])

    linear = combine(found, [[1, 1], [1, -1]])
    assert made.covariance == pytest.approx(linear.covariance, rel=1e-9)


def test_a_ratio_is_tested_against_1_and_a_difference_against_0():
    found = mean(PEOPLE, "y", design=DESIGN, by="g")

    assert [combine(found, function=name).null[0] for name in ("ratio", "difference")] == [1, 0]
    assert combine(found, function="difference").to_arrow().column_names[:5] == [
        "name",
        "value",
        "standard_error",
        "low95",
        "high95",
    ]


def test_shares_of_one_question_add_up_to_1_without_error():
    answers = {"a": ["x", "y", "z", "x", "y", "x"], "w": [1, 2, 1, 3, 1, 2]}

    made = combine(share(answers, "a", design=Design(weight="w")), [1, 1, 1])

    assert made.value[0] == pytest.approx(1)
    assert made.standard_error[0] == pytest.approx(0, abs=1e-15)


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({}, "estimates.combine_one_of"),
        ({"coefficients": [1, -1], "function": "ratio"}, "estimates.combine_one_of"),
        ({"coefficients": [1, -1, 0]}, "estimates.coefficients"),
        ({"function": "quotient"}, "estimates.unknown_function"),
        ({"function": "ratio", "interval": "logit"}, "estimates.interval_method"),
        ({"function": "ratio", "level": 1}, "estimates.level"),
    ],
)
def test_what_is_not_understood_is_refused(how, code):
    with pytest.raises(Problem) as problem:
        combine(mean(PEOPLE, "y", design=DESIGN, by="g"), **how)

    assert problem.value.code == code
