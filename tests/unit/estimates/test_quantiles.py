"""Quantiles: the rules, the intervals, and what a small base cannot say. R checks them in tests/reference/quantiles."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t

from alliage import Design, share
from alliage.estimates import contrast, median, quantile
from alliage.estimates.distributions import RULES
from alliage.problems import Problem
from tables import table

SIX = {"y": [4.0, 1.0, 32.0, 2.0, 16.0, 8.0]}


def values(answers, probabilities, **how):
    how.setdefault("design", Design())
    return quantile(answers, "y", probabilities, **how).column("value").tolist()


def test_the_mathematical_rule_takes_the_smallest_answer_that_as_many_reach():
    assert values(SIX, [0, 0.1, 1 / 6, 0.17, 0.5, 0.9, 1]) == [1, 1, 1, 2, 4, 32, 32]


def test_the_school_rule_goes_halfway_when_the_share_is_just_reached():
    assert values(SIX, [1 / 6, 0.5, 0.9], rule="school") == [1.5, 6, 32]


def test_the_third_rule_takes_the_even_one_of_the_two():
    assert values(SIX, [1 / 6, 2 / 6, 3 / 6, 0.55], rule="hf3") == [2, 2, 8, 8]


@pytest.mark.parametrize("rank", range(4, 10))
def test_equal_weights_give_the_rules_of_hyndman_and_fan(rank):
    names = {
        4: "interpolated_inverted_cdf",
        5: "hazen",
        6: "weibull",
        7: "linear",
        8: "median_unbiased",
        9: "normal_unbiased",
    }
    wanted = np.quantile(SIX["y"], [0, 0.1, 0.3, 0.5, 0.9, 1], method=names[rank])

    assert values(SIX, [0, 0.1, 0.3, 0.5, 0.9, 1], rule=f"hf{rank}") == pytest.approx(wanted, rel=1e-14)


def test_a_share_reached_but_for_the_rounding_of_a_sum_is_reached():
    answers = {"y": [float(y) for y in range(1, 11)], "w": [0.1] * 10}

    assert values(answers, [0.3], design=Design(weight="w"), rule="school") == [3.5]


def test_rows_without_a_weight_or_an_answer_are_no_answer():
    answers = {"y": [1.0, 2.0, math.nan, 100.0], "w": [1, 1, 5, 0]}

    (found,) = quantile(answers, "y", 1, design=Design(weight="w"))

    assert (found.value, found.n, found.n_missing) == (2.0, 2, 1)


def test_when_everyone_answers_alike_there_is_no_error():
    (found,) = median({"y": [3.0] * 20}, "y", design=Design())

    assert (found.value, found.standard_error, found.interval95.low, found.interval95.high) == (3, 0, 3, 3)


def test_an_empty_domain_has_no_quantile_and_says_so():
    answers = {"y": [1.0, 2.0, 3.0, math.nan], "g": ["a", "a", "a", "b"]}

    found = median(answers, "y", design=Design(), by="g")[1]

    assert (math.isnan(found.value), found.n, found.warnings) == (True, 0, ("estimates.empty_base",))


def test_an_end_that_a_small_base_cannot_place_is_said():
    found = median({"y": [1.0, 2.0, 3.0]}, "y", design=Design())[0]

    assert found.value == 2
    assert math.isnan(found.interval95.low)
    assert math.isnan(found.standard_error)
    assert found.warnings == ("estimates.quantile_end",)


def test_beyond_the_smallest_and_the_largest_answer_nothing_is_known():
    found = quantile({"y": [float(y) for y in range(100)]}, "y", [0, 1], design=Design())

    assert [math.isnan(one.interval95.low) for one in found] == [True, False]
    assert [math.isnan(one.interval95.high) for one in found] == [False, True]


def test_one_respondent_has_a_median_and_no_interval():
    found = median({"y": [1.0, 2.0, 3.0], "g": ["a", "b", "b"]}, "y", design=Design(), by="g")[0]

    assert (found.value, found.df, math.isnan(found.standard_error)) == (1.0, 0, True)
    assert found.warnings == ("estimates.quantile_end",)


def test_the_interval_is_that_of_the_share_below_read_back():
    rng = np.random.default_rng(5)
    answers = {"y": np.round(rng.gamma(3, 5, 300), 1), "w": rng.uniform(1, 4, 300), "psu": np.repeat(np.arange(60), 5)}
    design = Design(weight="w", clusters="psu")

    for method, named in (
        ("woodruff", "t"),
        ("korn-graubard", "korn-graubard"),
        ("logit", "logit"),
        ("wilson", "wilson"),
    ):
        (found,) = quantile(answers, "y", 0.3, design=design, interval=method)
        below = {**answers, "b": np.where(answers["y"] <= found.value, "yes", "no")}
        ends = share(below, "b", "yes", design=design, interval=named)[0].interval95
        assert [found.interval95.low, found.interval95.high] == values(answers, [ends.low, ends.high], design=design)


def test_the_score_interval_holds_every_limit_that_is_not_refused():
    rng = np.random.default_rng(6)
    answers = {"y": np.round(rng.gamma(3, 5, 80), 0), "w": rng.uniform(1, 4, 80), "g": ["a", "b"] * 40}
    design = Design(weight="w")
    found = quantile(answers, "y", 0.4, design=design, interval="score", by="g")

    for one in found:
        kept = []
        for limit in np.unique(answers["y"]):
            told = {**answers, "b": np.where(answers["y"] <= limit, "yes", "no")}
            below = next(s for s in share(told, "b", "yes", design=design, by="g") if s.domain == one.domain)
            away = below.value - 0.4
            if away == 0 or abs(away) <= t.ppf(0.975, below.df) * below.standard_error:
                kept.append(limit)
        following = np.unique(answers["y"])[np.unique(answers["y"]) > kept[-1]][0]
        assert (one.interval95.low, one.interval95.high) == (kept[0], following)


def test_quantiles_of_several_columns_and_probabilities_come_in_order():
    answers = {"a": [1.0, 2.0, 3.0, 4.0], "b": [10.0, 20.0, 30.0, 40.0], "g": ["x", "x", "y", "y"]}

    found = quantile(answers, ["a", "b"], [0.5, 1], design=Design(), by="g")

    assert list(zip(found.variables, found.answers, found.column("value").tolist(), strict=True)) == [
        ("a", "0.5", 1.0),
        ("a", "0.5", 3.0),
        ("a", "1", 2.0),
        ("a", "1", 4.0),
        ("b", "0.5", 10.0),
        ("b", "0.5", 30.0),
        ("b", "1", 20.0),
        ("b", "1", 40.0),
    ]


def test_the_error_of_a_quantile_is_that_of_its_covariance():
    rng = np.random.default_rng(7)
    answers = {"y": rng.normal(size=400), "psu": np.repeat(np.arange(40), 10), "g": ["a", "b"] * 200}

    found = median(answers, "y", design=Design(clusters="psu"), by="g")

    errors = found.column("standard_error")
    assert np.sqrt(np.diag(found.covariance())) == pytest.approx(errors, rel=1e-12)
    assert contrast(found, found, rank_a=0, rank_b=1).standard_error < math.hypot(*errors) * 1.3


def test_a_census_has_a_median_and_no_error():
    (found,) = median({"y": [1.0, 2.0, 3.0]}, "y", design=Design(kind="census"))

    assert (found.value, found.standard_error, found.interval95.low, found.method) == (2, 0, 2, "census")


def test_replicates_estimate_the_quantile_again():
    rng = np.random.default_rng(8)
    answers = {"y": rng.normal(size=90), "psu": np.repeat(np.arange(30), 3)}
    design = Design(clusters="psu", replicates="bootstrap", replicate_count=200, seed=1)

    (found,) = median(answers, "y", design=design, interval="replicates")
    (woodruff,) = median(answers, "y", design=design)

    assert found.value == woodruff.value
    assert 0.4 < found.standard_error / woodruff.standard_error < 2.5


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"probabilities": 25}, "estimates.probability"),
        ({"rule": "hf10"}, "estimates.quantile_rule"),
        ({"interval": "beta2"}, "estimates.interval_method"),
        ({"interval": "replicates"}, "estimates.interval_method"),
        ({"level": 95}, "estimates.level"),
    ],
)
def test_what_is_not_understood_is_refused(how, code):
    with pytest.raises(Problem) as problem:
        quantile(SIX, "y", design=Design(), **how)

    assert problem.value.code == code


def test_a_quantile_keeps_the_method_it_was_made_with():
    found = median(SIX, "y", design=Design())

    assert found.with_intervals(level=0.5).level == 0.5
    with pytest.raises(Problem) as problem:
        found.with_intervals("log")
    assert problem.value.code == "estimates.interval_method"


def plain(rows, p, rule):
    """The rules in exact fractions, one row at a time. rows: (value, weight), weights whole numbers."""
    rows = sorted((row for row in rows if row[1] > 0), key=lambda row: row[0])
    y, w = [row[0] for row in rows], [row[1] for row in rows]
    cumulated = [sum(w[: rank + 1]) for rank in range(len(w))]
    whole = cumulated[-1]
    if rule in {"math", "school", "hf1", "hf2", "hf3"}:
        rank = next(k for k, reached in enumerate(cumulated) if reached >= p * whole)
        after = y[min(rank + 1, len(y) - 1)]
        if cumulated[rank] != p * whole or rule in {"math", "hf1"}:
            return y[rank]
        if rule in {"school", "hf2"}:
            return (y[rank] + after) / 2
        return after if after != y[rank] and (sorted(set(y)).index(y[rank]) + 1) % 2 else y[rank]
    taken, lengthened = {
        "hf4": (0, 0),
        "hf5": (Fraction(1, 2), 0),
        "hf6": (0, 1),
        "hf7": (1, -1),
        "hf8": (Fraction(1, 3), Fraction(1, 3)),
        "hf9": (Fraction(3, 8), Fraction(1, 4)),
    }[rule]
    places = [reached - taken * own for reached, own in zip(cumulated, w, strict=True)]
    target = p * (whole + lengthened * w[-1])
    if target <= places[0]:
        return y[0]
    if target >= places[-1]:
        return y[-1]
    rank = next(k for k, place in enumerate(places) if place >= target)
    part = Fraction(target - places[rank - 1], places[rank] - places[rank - 1])
    return y[rank - 1] + float(part) * (y[rank] - y[rank - 1])


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 4), st.sampled_from("ab")), min_size=2, max_size=25),
    twelfth=st.integers(0, 12),
    rule=st.sampled_from(RULES),
)
def test_every_rule_is_that_of_the_textbook(rows, twelfth, rule):
    rows = [*rows, (0, 1, "a"), (1, 1, "b")]
    answers = {"y": [float(row[0]) for row in rows], "w": [row[1] for row in rows], "g": [row[2] for row in rows]}

    found = quantile(answers, "y", twelfth / 12, design=Design(weight="w"), by="g", rule=rule)

    for one, group in zip(found, "ab", strict=True):
        wanted = plain([row[:2] for row in rows if row[2] == group], Fraction(twelfth, 12), rule)
        assert one.value == pytest.approx(wanted, rel=1e-9, abs=1e-9)


def test_the_order_of_the_rows_changes_nothing_but_for_ties_of_a_continuous_rule():
    rng = np.random.default_rng(9)
    answers = pa.table({"y": np.round(rng.normal(size=500), 1), "w": rng.uniform(1, 3, 500)})
    shuffled = answers.take(rng.permutation(500))

    one, other = (quantile(each, "y", design=Design(weight="w")) for each in (answers, shuffled))

    assert one.column("value").tolist() == other.column("value").tolist()
    assert one.column("standard_error") == pytest.approx(other.column("standard_error"), rel=1e-12)


def test_a_table_of_quantiles_tells_the_probability():
    found = median(table("| y |\n| 1 |\n| 2 |\n| 3 |\n"), "y", design=Design())

    assert found.to_dicts()[0]["answer"] == "0.5"
    assert found.to_dicts()[0]["kind"] == "quantile"
