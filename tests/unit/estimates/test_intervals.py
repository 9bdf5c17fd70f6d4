"""Intervals by the method and at the level asked for, both design effects, results in a notebook and as data frames."""

from __future__ import annotations

import math
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from alliage import Design, mean, ratio, share, total
from alliage.estimates.intervals import OF_SHARES, intervals
from alliage.problems import Problem

ANSWERS = {"a": ["oui"] * 12 + ["non"] * 28, "y": [float(y) for y in range(1, 41)], "g": ["x", "y"] * 20}
METHODS = [name for name in OF_SHARES if name != "korn-graubard"]


def test_the_method_and_the_level_asked_for_travel_with_the_estimate():
    (found,) = share(ANSWERS, "a", "oui", design=Design(), interval="logit", level=0.9)

    assert (found.interval.level, found.interval.method, found.interval95.method) == (0.9, "logit", "logit")
    half = stats.t.ppf(0.95, 39) * found.standard_error / (0.3 * 0.7)
    wanted = 1 / (1 + math.exp(-(math.log(0.3 / 0.7) - half)))
    assert found.interval.low == pytest.approx(wanted, rel=1e-12)


def test_the_table_tells_the_level_asked_for():
    found = mean(ANSWERS, "y", design=Design(), level=0.99)

    columns = found.to_arrow().column_names
    assert ("low99" in columns, "low95" in columns, "low50" in columns) == (True, False, True)
    assert found.to_dicts()[0]["low99"] == found.column("low99")[0]
    assert "low99" in repr(found)


def test_the_usual_level_adds_nothing():
    (found,) = mean(ANSWERS, "y", design=Design())

    assert found.interval is None


def test_names_r_gives_are_understood():
    one, other = (share(ANSWERS, "a", "oui", design=Design(), interval=name) for name in ("beta", "korn-graubard"))

    assert one.to_dicts() == other.to_dicts()


def test_a_positive_total_may_have_an_interval_of_its_logarithm():
    (found,) = total(ANSWERS, "y", design=Design(), interval="log")

    half = stats.t.ppf(0.975, 39) * found.standard_error / found.value
    assert found.interval95.high == pytest.approx(found.value * math.exp(half), rel=1e-12)


def test_the_logarithm_of_what_is_not_positive_is_not_given():
    (found,) = mean({"y": [-1.0, -2.0, -4.0]}, "y", design=Design(), interval="log")

    assert math.isnan(found.interval95.low)


@pytest.mark.parametrize("method", METHODS)
def test_a_share_of_0_keeps_an_interval_with_any_method(method):
    (found,) = share(
        {"a": ["oui", *["non"] * 30], "w": [0, *[1] * 30]}, "a", "oui", design=Design(weight="w"), interval=method
    )

    high = found.interval95.high
    assert (found.value, found.interval95.low) == (0, 0)
    if method == "wilson":
        assert high == pytest.approx(1.96**2 / (30 + 1.96**2), rel=1e-3)
    else:
        assert high == pytest.approx(1 - 0.025 ** (1 / 30), rel=1e-9)


@settings(max_examples=80, deadline=None)
@given(
    p=st.floats(0.01, 0.99),
    n=st.integers(5, 500),
    df=st.integers(2, 60),
    deff=st.floats(0.5, 4),
    level=st.floats(0.5, 0.99),
    method=st.sampled_from(["korn-graubard", "logit", "wilson", "arcsine"]),
)
def test_an_interval_of_a_share_holds_it_and_stays_between_0_and_1(p, n, df, deff, level, method):
    error = math.sqrt(deff * p * (1 - p) / n)

    low, high = intervals("share", np.array(p), np.array(error), np.array(n), np.array(df), level, method)

    assert 0 <= low <= p <= high <= 1


def test_a_self_selected_sample_has_no_interval_whatever_the_method():
    (found,) = share(ANSWERS, "a", "oui", design=Design(kind="self_selected"), interval="wilson")

    assert (found.interval95.method, math.isnan(found.interval95.low)) == ("none", True)


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda: share(ANSWERS, "a", "oui", design=Design(), interval="log"), "estimates.interval_method"),
        (lambda: mean(ANSWERS, "y", design=Design(), interval="wilson"), "estimates.interval_method"),
        (lambda: ratio(ANSWERS, "y", "y", design=Design(), level=95), "estimates.level"),
        (lambda: mean(ANSWERS, "y", design=Design(), level=0), "estimates.level"),
        (lambda: mean(ANSWERS, "y", design=Design()).intervals(1.0), "estimates.level"),
    ],
)
def test_a_method_or_a_level_that_does_not_fit_is_refused(ask, code):
    with pytest.raises(Problem) as problem:
        ask()

    assert problem.value.code == code


def test_three_design_effects_are_told_on_request():
    answers = {"y": [1.0, 3.0, 2.0, 7.0], "w": [10.0, 20.0, 10.0, 40.0]}

    found = mean(answers, "y", design=Design(weight="w"))

    deff = found.column("deff")[0]
    told = found.to_arrow(figures=["deft", "deff_srs", "deff_kish"]).to_pylist()[0]
    assert told["deft"] == pytest.approx(math.sqrt(deff))
    assert told["deff_srs"] == pytest.approx(deff / (1 - 4 / 80))
    assert told["deff_kish"] == pytest.approx(4 * 2200 / 80**2)


def test_weights_that_average_1_know_no_population():
    found = mean({"y": [1.0, 3.0, 2.0]}, "y", design=Design())

    assert math.isnan(found.column("deff_srs")[0])


def test_a_notebook_shows_a_plain_table_where_every_word_is_escaped():
    answers = {"a": ["<b>oui</b>", "non"], "y": [1.0, 2.0]}

    found = share(answers, "a", "<b>oui</b>", design=Design())._repr_html_()

    assert "&lt;b&gt;oui&lt;/b&gt;" in found
    assert "<b>" not in found
    assert found.count("<tr>") == 2


def test_what_is_not_installed_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "polars", None)
    monkeypatch.setitem(sys.modules, "pandas", None)
    found = mean(ANSWERS, "y", design=Design())

    for leave in (found.to_polars, found.to_pandas):
        with pytest.raises(Problem) as problem:
            leave()
        assert problem.value.code == "estimates.not_installed"


def test_a_data_frame_is_made_when_its_library_is_there(monkeypatch):
    class Polars:
        from_arrow = staticmethod(lambda table: ("frame", table.num_rows))

    monkeypatch.setitem(sys.modules, "polars", Polars)

    assert mean(ANSWERS, "y", design=Design(), by="g").to_polars() == ("frame", 2)
