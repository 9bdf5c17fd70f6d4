"""Families of tests: adjusted p-values, differences of groups, waves and samples in one table."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from alliage import Design, contrast, gap, mean, share
from alliage.estimates import adjusted, compare, pooling, stack
from alliage.problems import Problem
from tables import table

P_VALUES = st.lists(st.one_of(st.floats(0, 1), st.just(math.nan)), max_size=12)


@settings(max_examples=100, deadline=None)
@given(P_VALUES)
def test_holm_is_between_the_p_value_and_bonferroni_and_keeps_their_order(p):
    found, bonferroni = adjusted(p, "holm"), adjusted(p, "bonferroni")

    known = np.isfinite(np.array(p, dtype=float))
    assert (np.isfinite(found) == known).all()
    assert (np.array(p)[known] <= found[known]).all()
    assert (found[known] <= bonferroni[known]).all()
    order = np.argsort(np.array(p)[known], kind="stable")
    assert (np.diff(found[known][order]) >= 0).all()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.floats(0.01, 0.3))
def test_benjamini_and_hochberg_keep_the_hypotheses_of_their_rule(p, rate):
    kept = adjusted(p, "bh") <= rate

    ordered = sorted(p)
    largest = max((rank for rank, one in enumerate(ordered, 1) if one * len(p) / rank <= rate), default=0)
    assert kept.sum() == sum(one <= ordered[largest - 1] for one in p) * (largest > 0)


def test_every_pair_of_groups_is_the_contrast_of_the_two():
    rng = np.random.default_rng(1)
    answers = {"y": rng.normal(size=120), "g": ["a", "b", "c"] * 40, "psu": np.repeat(np.arange(24), 5)}
    found = mean(answers, "y", design=Design(clusters="psu"), by="g")

    made = compare(found, method="bonferroni")

    assert (made.a, made.b) == (("a", "a", "b"), ("b", "c", "c"))
    for rank, (a, b) in enumerate([(0, 1), (0, 2), (1, 2)]):
        wanted = contrast(found, found, rank_a=a, rank_b=b, family=3)
        assert made.value[rank] == wanted.value
        assert made.standard_error[rank] == pytest.approx(wanted.standard_error, rel=1e-12)
        assert made.df[rank] == wanted.df
        assert (made.low[rank], made.high[rank]) == pytest.approx(
            (wanted.interval.low, wanted.interval.high), rel=1e-12
        )
    assert made.p_value == pytest.approx(2 * stats.t.sf(np.abs(made.statistic), made.df), rel=1e-12)
    assert made.p_adjusted == pytest.approx(np.minimum(made.p_value * 3, 1))


def test_many_sums_of_the_same_groups_are_the_same_by_whole_columns(monkeypatch):
    rng = np.random.default_rng(2)
    answers = {"y": rng.normal(size=120), "g": ["a", "b", "c"] * 40, "psu": np.repeat(np.arange(24), 5)}
    found = mean(answers, "y", design=Design(clusters="psu"), by="g")
    usual = compare(found)

    monkeypatch.setattr(pooling, "MANY", 0)

    assert compare(found).standard_error == pytest.approx(usual.standard_error, rel=1e-13)
    assert compare(found).df.tolist() == usual.df.tolist()


def test_each_group_is_compared_with_the_reference_others_held_fixed():
    answers = {"y": [float(y) for y in range(16)], "g": ["a", "b"] * 8, "s": ["f", "f", "h", "h"] * 4}
    found = mean(answers, "y", design=Design(), by=("g", "s"))

    made = compare(found, over="g", reference="a")

    assert (made.a, made.b, made.fixed) == (("b", "b"), ("a", "a"), {"s": ("f", "h")})
    assert made.value.tolist() == [1.0, 1.0]
    assert made.to_arrow().column_names[:5] == ["variable", "answer", "s", "a", "b"]


def test_each_group_is_compared_with_the_whole_they_are_part_of():
    answers = {"region": list("nnsso"), "asked": [1, 2, 4, 8, 16], "sex": list("fhfhf")}
    design = Design().bind(answers)
    groups, whole = mean(answers, "asked", design=design, by=("region", "sex")), mean(answers, "asked", design=design)
    regions = mean(answers, "asked", design=design, by="region")

    found, within = compare(groups, whole), compare(groups, regions)

    assert found.fixed == {"region": tuple("nnoss"), "sex": tuple("fhffh")}
    for rank in range(len(groups)):
        wanted = contrast(groups, whole, rank_a=rank)
        assert (found.value[rank], found.df[rank]) == (wanted.value, wanted.df)
        assert found.standard_error[rank] == pytest.approx(wanted.standard_error, rel=1e-13)
    assert within.value_b.tolist() == [1.5, 1.5, 16, 6, 6]


def test_waves_are_compared_with_the_one_before():
    answers = {"y": [1.0, 2, 4, 6, 7, 9], "wave": [2016, 2016, 2021, 2021, 2026, 2026]}

    made = compare(mean(answers, "y", design=Design(), by="wave"), pairs="successive")

    assert (made.a, made.b, made.value.tolist()) == (("2021", "2026"), ("2016", "2021"), [3.5, 3.0])


def test_independent_samples_are_compared_line_by_line_as_gaps():
    rng = np.random.default_rng(3)
    one, other = ({"y": rng.normal(size=size), "g": ["a", "b"] * (size // 2)} for size in (40, 60))
    left, right = (mean(each, "y", design=Design(), by="g") for each in (one, other))

    made = compare(left, right, independent=True, method="none")

    for rank in range(2):
        wanted = gap(left[rank], right[rank])
        assert (made.value[rank], made.df[rank]) == (wanted.value, pytest.approx(wanted.df, rel=1e-12))
        assert made.standard_error[rank] == pytest.approx(wanted.standard_error, rel=1e-12)


def test_two_samples_are_not_taken_for_independent_unless_it_is_said():
    one, other = (mean({"y": [1.0, 2.0, size]}, "y", design=Design()) for size in (3.0, 4.0))
    two = mean({"y": [1.0, 2.0, 3.0, 4.0]}, "y", design=Design())

    assert compare(one, other).margin == "design"  # the same rows, the same weights
    with pytest.raises(Problem) as problem:
        compare(one, two)
    assert problem.value.code == "estimates.different_designs"


def test_a_unanimous_group_does_not_make_a_certain_difference():
    answers = {"a": ["oui"] * 10 + ["oui", "non"] * 10, "g": ["x"] * 10 + ["y"] * 20}
    found = share(answers, "a", "oui", design=Design(), by="g")

    made = compare(found, method="none")

    wanted = contrast(found, found, rank_a=0, rank_b=1)
    assert made.intervals == ("korn-graubard ends",)
    assert (made.low[0], made.high[0]) == pytest.approx((wanted.interval.low, wanted.interval.high), rel=1e-12)
    p = made.p_value[0]
    at = contrast(found, found, rank_a=0, rank_b=1, level=1 - p).interval
    assert at.low == pytest.approx(0, abs=1e-9)


def test_two_unanimous_groups_that_agree_do_not_differ():
    answers = {"a": ["oui"] * 20 + ["non"], "g": ["x", "y"] * 10 + ["z"]}

    made = compare(share(answers, "a", "oui", design=Design(), by="g"), method="holm")

    assert made.p_value[0] == 1
    assert made.low[0] < 0 < made.high[0]


def test_a_self_selected_sample_gives_differences_without_a_margin():
    found = mean(
        {"y": [1.0, 2.0, 3.0, 5.0], "g": ["a", "a", "b", "b"]}, "y", design=Design(kind="self_selected"), by="g"
    )

    made = compare(found)

    assert (made.value[0], made.margin) == (-2.5, "none")
    assert [math.isnan(x[0]) for x in (made.standard_error, made.low, made.p_value, made.p_adjusted)] == [True] * 4


def test_a_census_differs_from_a_census_exactly():
    found = mean({"y": [1.0, 2.0, 3.0, 5.0], "g": ["a", "a", "b", "b"]}, "y", design=Design(kind="census"), by="g")

    made = compare(found)

    assert (made.low[0], made.high[0], made.standard_error[0]) == (-2.5, -2.5, 0)


def test_the_same_people_asked_twice_make_a_change_more_precise():
    rng = np.random.default_rng(4)
    level = rng.normal(size=50)
    then = {"id": np.arange(50), "y": level + rng.normal(size=50) / 10}
    now = {"id": np.arange(50), "y": level + 0.2 + rng.normal(size=50) / 10}

    both = stack({"2021": then, "2026": now})
    made = compare(mean(both, "y", design=Design(clusters="id"), by="wave"), pairs="successive")

    away = now["y"] - then["y"]
    assert made.value[0] == pytest.approx(away.mean())
    assert made.standard_error[0] == pytest.approx(away.std(ddof=1) / math.sqrt(50), rel=1e-12)
    assert made.df[0] == 49


def test_a_question_of_one_wave_only_is_empty_in_the_other():
    both = stack({"a": table("| id | x |\n| 1 | 5 |"), "b": table("| id | z |\n| 1 | non |")}, wave="vague")

    assert both.to_pydict() == {"vague": ["a", "b"], "id": [1, 1], "x": [5, None], "z": [None, "non"]}


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda: adjusted([0.1], "sidak"), "estimates.multiplicity"),
        (lambda: stack({"a": {"wave": [1]}}), "estimates.wave_column"),
        (lambda: stack({"a": {"x": [1]}, "b": {"x": ["un"]}}), "estimates.column_types"),
        (lambda: compare(mean({"y": [1.0, 2.0]}, "y", design=Design())), "estimates.compare_over"),
        (
            lambda: compare(mean({"y": [1.0, 2.0], "g": ["a", "b"]}, "y", design=Design(), by="g"), reference="c"),
            "estimates.no_reference",
        ),
        (
            lambda: compare(
                mean({"y": [1.0, 2.0], "g": ["a", "b"]}, "y", design=Design(), by="g"),
                mean({"y": [1.0, 2.0], "g": ["c", "d"]}, "y", design=Design(), by="g"),
            ),
            "estimates.unmatched",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(ask, code):
    with pytest.raises(Problem) as problem:
        ask()

    assert problem.value.code == code


def test_more_pairs_than_anyone_reads_are_refused():
    rows = 1500
    found = mean({"y": np.arange(rows) % 7.0, "g": np.arange(rows)}, "y", design=Design(), by="g")

    with pytest.raises(Problem) as problem:
        compare(found)

    assert (problem.value.code, problem.value.values["pairs"]) == ("estimates.too_many_pairs", rows * (rows - 1) // 2)
    assert len(compare(found, reference="3")) == rows - 1


@pytest.mark.parametrize("how", [{"replicates": "JK1"}, {"replicates": "bootstrap", "replicate_count": 50, "seed": 1}])
def test_under_replicates_a_difference_is_that_of_the_replicates(how):
    rng = np.random.default_rng(5)
    answers = {"y": rng.normal(size=60), "g": ["a", "b", "c"] * 20, "psu": np.repeat(np.arange(12), 5)}
    design = Design(clusters="psu", **how)
    found = mean(answers, "y", design=design, by="g")

    made = compare(found, method="none")

    for rank, (a, b) in enumerate([(0, 1), (0, 2), (1, 2)]):
        wanted = contrast(found, found, rank_a=a, rank_b=b)
        assert made.standard_error[rank] == pytest.approx(wanted.standard_error, rel=1e-12)
        assert made.df[rank] == wanted.df


def test_differences_print_as_a_table():
    found = mean({"y": [1.0, 2.0, 4.0, 8.0], "g": ["a", "a", "b", "b"]}, "y", design=Design(), by="g")

    lines = repr(compare(found)).splitlines()

    assert (len(lines), lines[0].split()[:3]) == (2, ["variable", "a", "b"])
    assert compare(found).to_dicts()[0]["multiplicity"] == "holm"
