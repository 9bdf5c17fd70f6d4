"""Gaps between independent estimates, and contrasts within one sample."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from alliage import Design, contrast, gap, mean, share
from alliage.problems import Problem
from tables import table

MAYORS = table("| a |\n" + "| oui |\n" * 30 + "| non |\n" * 20)
CITIZENS = table("| a |\n" + "| oui |\n" * 40 + "| non |\n" * 160)


def shares(answers, **kind):
    return share(answers, "a", "oui", design=Design(**kind))[0]


def test_a_gap_adds_up_variances_and_its_degrees_of_freedom_are_welch_s():
    a, b = shares(MAYORS), shares(CITIZENS)

    found = gap(a, b)

    va, vb = 0.6 * 0.4 / 49, 0.2 * 0.8 / 199
    assert found.value == pytest.approx(0.4)
    assert found.standard_error == pytest.approx(math.sqrt(va + vb))
    assert found.df == pytest.approx((va + vb) ** 2 / (va**2 / 49 + vb**2 / 199))


def test_a_family_of_six_gaps_shares_the_five_percent():
    found = gap(shares(MAYORS), shares(CITIZENS), family=6)

    assert found.interval.level == pytest.approx(1 - 0.05 / 6)
    half = stats.t.ppf(1 - 0.05 / 12, found.df) * found.standard_error
    assert (found.interval.low, found.interval.high) == pytest.approx((found.value - half, found.value + half))


def test_a_gap_with_a_self_selected_sample_has_no_margin():
    found = gap(shares(MAYORS), shares(CITIZENS, kind="self_selected"))

    assert (found.margin, math.isnan(found.standard_error), math.isnan(found.interval.low)) == ("none", True, True)


def test_a_gap_with_a_quota_sample_rests_on_a_model():
    assert gap(shares(MAYORS), shares(CITIZENS, kind="quota")).margin == "model"


def test_two_unanimous_samples_do_not_make_a_certain_gap():
    both = share({"a": ["oui"] * 10 + ["non"] * 10, "g": ["y"] * 10 + ["n"] * 10}, "a", "oui", design=Design(), by="g")

    found = gap(both[1], both[0])

    assert (found.value, found.standard_error, found.interval.method) == (1.0, 0.0, "korn-graubard ends")
    low = 1 - math.hypot(1 - 0.025**0.1, 1 - 0.025**0.1)
    assert (found.interval.low, found.interval.high) == pytest.approx((low, 1.0))


def test_a_contrast_of_independent_units_is_nearly_a_gap_but_counts_the_whole_sample():
    rng = np.random.default_rng(3)
    answers = {"g": ["a"] * 40 + ["b"] * 60, "y": rng.normal(size=100)}
    found = mean(answers, "y", design=Design(), by="g")

    inside, outside = contrast(found, found, rank_a=0, rank_b=1), gap(found[0], found[1])

    assert inside.value == outside.value
    assert inside.standard_error == pytest.approx(outside.standard_error, rel=1e-12)
    assert inside.df == 99


def test_units_shared_by_both_groups_make_the_contrast_more_precise():
    answers = table("""
        | town | g | y |
        | p    | a | 1 |
        | p    | b | 2 |
        | q    | a | 5 |
        | q    | b | 6 |
        | r    | a | 9 |
        | r    | b | 10 |
    """)
    found = mean(answers, "y", design=Design(clusters="town"), by="g")

    within = contrast(found, found, rank_a=1, rank_b=0)

    assert (within.value, within.standard_error, within.df) == (1.0, pytest.approx(0, abs=1e-15), 2)
    assert gap(found[1], found[0]).standard_error > 3


def test_a_region_is_compared_with_the_whole_it_belongs_to():
    answers = {"g": ["a"] * 4 + ["b"] * 4, "y": [1.0, 2, 3, 4, 5, 6, 7, 9]}
    design = Design().bind(answers)
    whole, parts = mean(answers, "y", design=design), mean(answers, "y", design=design, by="g")

    found = contrast(parts, whole)

    y, inside = np.array(answers["y"]), np.arange(8) < 4
    influence = np.where(inside, (y - 2.5) / 4, 0) - (y - y.mean()) / 8
    assert found.standard_error == pytest.approx(math.sqrt(8 / 7 * (influence**2).sum()))


ASKED = {"a": ["oui"] * 12 + ["oui"] * 60 + ["non"] * 40, "g": ["x"] * 12 + ["y"] * 100}


def test_a_territory_where_all_agree_is_compared_with_the_whole_by_the_ends_of_both_intervals():
    design = Design().bind(ASKED)
    parts, whole = share(ASKED, "a", "oui", design=design, by="g"), share(ASKED, "a", "oui", design=design)

    found = contrast(parts, whole, family=3)

    level = 1 - 0.05 / 3
    low = 0.025 / 3
    lowest = low ** (1 / 12)  # Clopper-Pearson when 12 of 12 say yes
    p, n = 72 / 112, 112
    highest = stats.beta.ppf(1 - low, p * (n - 1) + 1, (1 - p) * (n - 1))  # n - 1: p (1 - p) over the variance
    assert found.interval.method == "korn-graubard ends"
    assert found.interval.level == pytest.approx(level)
    assert found.interval.low == pytest.approx(1 - p - math.hypot(1 - lowest, highest - p), rel=1e-9)
    assert found.standard_error == pytest.approx(whole[0].standard_error)
    student = found.value - stats.t.ppf(1 - low, found.df) * found.standard_error
    assert found.interval.low < student, "the error of twelve people who agree is not nothing"


def test_two_answers_of_the_same_people_may_exclude_each_other_so_half_widths_add_up():
    answers = {"a": ["oui"] * 20 + ["non"] * 10, "g": ["x"] * 20 + ["y"] * 10}
    found = share(answers, "a", design=Design(), by="g")
    names = [(answer, one.domain["g"]) for answer, one in zip(found.answers, found, strict=True)]

    made = contrast(found, found, rank_a=names.index(("oui", "x")), rank_b=names.index(("non", "x")))

    away = 1 - 0.025 ** (1 / 20)
    assert (made.value, made.interval.low, made.interval.high) == (1.0, pytest.approx(1 - 2 * away), 1.0)


def test_a_gap_between_two_censuses_is_exact_and_has_no_margin():
    a, b = shares(MAYORS, kind="census"), shares(CITIZENS, kind="census")

    found = gap(a, b)

    assert (found.value, found.standard_error, found.margin) == (pytest.approx(0.4), 0.0, "none")
    assert (found.interval.low, found.interval.high, found.interval.method) == (found.value, found.value, "census")


def test_a_gap_between_a_census_and_a_sample_has_the_error_of_the_sample():
    census, sample = shares(MAYORS, kind="census"), shares(CITIZENS)

    found = gap(census, sample)

    assert (found.standard_error, found.margin, found.df) == (sample.standard_error, "design", 199)
    assert math.isnan(gap(census, shares(CITIZENS, kind="self_selected")).interval.low)


def test_a_territory_of_a_census_differs_from_the_whole_without_any_doubt():
    design = Design(kind="census").bind(ASKED)

    found = contrast(share(ASKED, "a", "oui", design=design, by="g"), share(ASKED, "a", "oui", design=design))

    assert (found.interval.low, found.standard_error, found.margin) == (1 - 72 / 112, 0.0, "none")


def test_two_files_have_no_covariance():
    one, two = mean({"y": [1.0, 2.0]}, "y", design=Design()), mean({"y": [1.0, 2.0, 3.0]}, "y", design=Design())

    with pytest.raises(Problem) as problem:
        contrast(one, two)

    assert problem.value.code == "estimates.different_designs"
