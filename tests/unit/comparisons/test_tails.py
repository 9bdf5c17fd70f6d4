"""The probability that a statistic exceeds what was found, far into the tail."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from alliage.comparisons import tails


@given(st.floats(0, 200), st.floats(0.5, 20), st.floats(1, 300))
def test_fisher_is_the_one_of_scipy(f, ndf, ddf):
    assert tails.of_fisher(f, ndf, ddf) == pytest.approx(stats.f.sf(f, ndf, ddf), rel=1e-9, abs=1e-300)


def test_student_keeps_its_digits_far_in_the_tail():
    assert tails.of_student(40.0, 30) == pytest.approx(2 * stats.t.sf(40, 30), rel=1e-10)
    assert tails.of_student(-2.0, 12) == pytest.approx(2 * stats.t.sf(2, 12), rel=1e-12)


def test_without_a_degree_of_freedom_there_is_no_probability():
    assert np.isnan(tails.of_student(3.0, 0))
    assert np.isnan(tails.of_fisher(3.0, 2, -1))
    assert np.isnan(tails.of_fisher(float("nan"), 2, 5))


@pytest.mark.parametrize("x", [1e-4, 0.3, 2.0, 9.0, 20.0, 300.0])
@pytest.mark.parametrize("count", [1, 2, 3, 16])
def test_equal_weights_make_a_chi_square(x, count):
    assert tails.of_sum(x, np.full(count, 1.5)) == pytest.approx(stats.chi2.sf(x / 1.5, count), rel=1e-11)


@pytest.mark.parametrize("x", [1e-4, 0.3, 4.0, 30.0, 3000.0])
@pytest.mark.parametrize("ddf", [1, 2, 12, 150_000])
def test_over_its_own_degrees_of_freedom_it_is_a_fisher(x, ddf):
    assert tails.of_sum(x, np.ones(3), ddf=ddf) == pytest.approx(stats.f.sf(x / 3, 3, ddf), rel=1e-9, abs=1e-290)


@given(st.lists(st.floats(0.1, 10), min_size=2, max_size=6), st.floats(0.2, 4))
def test_the_saddlepoint_is_close_to_the_integral(weights, times):
    weights = np.array(weights)
    exact = tails.of_sum(times * weights.sum(), weights)

    assert tails.saddlepoint(times * weights.sum(), weights) == pytest.approx(exact, rel=0.12, abs=1e-6)


def test_the_integral_of_unequal_weights_is_what_drawing_gives():
    weights = np.array([3.0, 1.0, 0.2])
    drawn = np.random.default_rng(7).chisquare(1, size=(400_000, 3)) @ weights

    assert tails.of_sum(6.0, weights) == pytest.approx((drawn > 6).mean(), abs=0.003)


def test_satterthwaite_has_the_mean_and_variance_of_the_sum():
    weights = np.array([3.0, 1.0, 0.2])
    scale, df = tails.satterthwaite(weights)

    assert scale * df == pytest.approx(weights.sum())
    assert 2 * scale**2 * df == pytest.approx(2 * (weights**2).sum())
