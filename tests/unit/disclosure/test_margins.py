"""The interval shown beside a share: made of its rounded value and a round base, it gives nothing else away."""

import numpy as np
import pytest
from sealed import cell, indicator

from alliage.disclosure import release
from alliage.disclosure.margins import base_claimed, gap_reach, half_width, outwards, share_ends
from alliage.disclosure.thresholds import INTERVAL_BASES
from alliage.estimates.intervals import korn_graubard
from alliage.estimates.results import Interval


def exact(value, n, level=0.95):
    se = np.array((value * (1 - value) / (n - 1)) ** 0.5)
    low, high = korn_graubard(np.array(value), se, np.array(n), np.array(n - 1), level)
    return float(low), float(high)


def simple(n, value=0.5, **facts):
    """A share as a simple random sample of n gives it."""
    low, high = exact(value, n)
    return cell(n=n, value=value, low=low, high=high, **facts)


def only(one_cell, unit="percent"):
    (public,) = release([one_cell], [], indicators={"innovation": indicator(unit=unit)}, rules={"maires": "T2"}).cells
    return public


@pytest.mark.parametrize(("base", "following"), list(zip(INTERVAL_BASES, (*INTERVAL_BASES[1:], 16_000), strict=True)))
def test_between_two_round_bases_a_share_claims_the_lower_one(base, following):
    claimed = {base_claimed(simple(n, value).estimate) for n in (base, following - 1) for value in (0.1, 0.5, 0.93)}
    assert claimed == {base}


def test_the_round_bases():
    assert INTERVAL_BASES == (
        10, 15, 20, 30, 50, 70, 100, 140, 200, 250, 320, 400, 500, 630, 800, 1_000, 1_250, 1_600, 2_000, 2_500, 4_000,
        6_300, 10_000,
    )  # fmt: skip


def test_a_design_that_loses_half_its_answers_claims_half_of_them():
    low, high = exact(0.4, 300)
    assert base_claimed(cell(n=600, value=0.4, low=low, high=high).estimate) == 250


def test_an_interval_wider_than_that_of_ten_answers_is_shown_as_it_is():
    wide = cell(n=60, value=0.5, low=0.01, high=0.99)
    assert base_claimed(wide.estimate) == 10
    assert (only(wide).low95, only(wide).high95, only(wide).state) == (0, 100, "uncertain")


@pytest.mark.parametrize("n", [30, 49, 50, 99, 100, 199, 200, 499, 500, 3_000])
@pytest.mark.parametrize("value", [0.12, 0.474, 0.5, 0.876])
def test_the_interval_shown_holds_the_exact_one_and_little_more(n, value):
    low, high = exact(value, n)
    public = only(simple(n, value))
    assert public.low95 <= 100 * low < 100 * high <= public.high95
    assert public.high95 - public.low95 < 100 * 1.42 * (high - low) + 3 * public.step


def test_two_bases_of_one_rung_are_shown_alike():
    seen = {(public.low95, public.high95, public.state) for public in (only(simple(n)) for n in range(100, 140))}
    assert len(seen) == 1


def test_the_half_interval_is_shown_from_two_hundred_answers():
    assert (only(simple(199)).low50, only(simple(199)).high50) == (None, None)
    assert (only(simple(200)).low50, only(simple(200)).high50) == (46, 54)
    assert only(cell(n=199, value=7, kind="mean"), "note_10").low50 is None
    assert only(cell(n=200, value=7, kind="mean"), "note_10").low50 == 6.9


@pytest.mark.parametrize(("n", "ends"), [(99, (6, 8)), (100, (6.5, 7.5)), (199, (6.5, 7.5)), (200, (6.8, 7.2))])
def test_the_interval_of_a_mean_is_rounded_outwards_to_a_coarser_step_on_small_bases(n, ends):
    public = only(cell(n=n, value=7, low=6.81, high=7.19, kind="mean"), "note_10")
    assert (public.low95, public.high95) == ends


def test_whatever_the_exact_interval_it_is_held():
    assert share_ends(50, Interval(0.1, 0.51, 0.95, "t"), step=1, base=1_000) == (10, 54)


def test_ends_are_rounded_away_from_each_other_within_what_exists():
    assert outwards(28.999999999999998, 57, 1, 0, 100) == (29, 57)
    assert outwards(-3, 103, 5, 0, 100) == (0, 100)
    assert outwards(-0.2, 0.2, 0.5, -10, 10) == (-0.5, 0.5)


def test_fragile_is_judged_on_what_is_shown():
    assert half_width(50, 50) < 15 < half_width(50, 30)


def test_a_part_errs_alone_against_its_whole_and_two_shares_err_together():
    one = (50.0, 1.0, 101)
    alone = gap_reach(one, None, level=0.95, slack=1)
    both = gap_reach(one, one, level=0.95, slack=1)
    assert round(alone, 2) == round(1.984 * 5 + 1, 2)
    assert round(both, 2) == round(1.984 * 5 * 2**0.5 + 1, 2)
