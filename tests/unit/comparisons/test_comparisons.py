"""Tests under a design: what they compare, what they assume, what they refuse."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from alliage.comparisons import Comparisons, goodness_of_fit, independence, rank_test, t_test, trend_test
from alliage.estimates import Design, mean
from alliage.problems import MESSAGES, Problem
from tables import table
from unit.comparisons import plain

SIMPLE = Design()
ANSWERS = table("""
    | sex | sport | hours | town  | w |
    | f   | oui   | 2     | small | 1 |
    | f   | oui   | 3     | small | 2 |
    | f   | non   | 5     | large | 1 |
    | f   | oui   | 1     | large | 1 |
    | f   | non   | 4     | small | 3 |
    | h   | non   | 6     | small | 1 |
    | h   | non   | 4     | large | 2 |
    | h   | oui   | 3     | large | 1 |
    | h   | non   | 7     | small | 2 |
    | h   | non   | 2     | large | 1 |
""")
WEIGHTED = Design(weight="w")

surveys = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 3), st.floats(0.5, 5), st.integers(0, 1), st.integers(0, 1)),
    min_size=12,
    max_size=40,
)


@settings(deadline=None, max_examples=60)
@given(surveys)
def test_independence_is_what_plain_sums_give(rows):
    strata, units, weights, a, b = zip(*rows, strict=True)
    held = {stratum: {u for s, u in zip(strata, units, strict=True) if s == stratum} for stratum in strata}
    assume(all(len(one) > 1 for one in held.values()))
    assume({(x, y) for x, y in zip(a, b, strict=True)} == {(0, 0), (0, 1), (1, 0), (1, 1)})
    expected = plain.two_by_two(weights, units, strata, a, b)
    assume(1e-9 < expected < 1e9)
    answers = {"a": a, "b": b, "w": weights, "s": strata, "u": units}

    [found] = independence(answers, "a", "b", design=Design(weight="w", strata="s", clusters="u", nest=True))

    assert found.statistic == pytest.approx(expected, rel=1e-7)
    assert found.n == len(rows)


@given(st.lists(st.tuples(st.floats(0.5, 5), st.integers(0, 5), st.integers(0, 1)), min_size=6, max_size=30))
def test_ranks_are_those_of_the_population_whatever_the_order_of_the_rows(rows):
    weights, values, groups = zip(*rows, strict=True)
    assume(set(groups) == {0, 1})

    made = [
        rank_test({"y": y, "g": g, "w": w}, "y", "g", design=WEIGHTED)[0].effect.value
        for w, y, g in ((weights, values, groups), (weights[::-1], values[::-1], groups[::-1]))
    ]

    assert made == pytest.approx([plain.rank_difference(weights, values, groups)] * 2, abs=1e-12)


def test_a_row_that_nobody_is_in_is_dropped_and_named():
    answers = {"a": ["x", "x", "y", "y", "z", "x"], "b": ["1", "2", "1", "2", "2", "2"], "w": [1, 2, 2, 1, 0, 1]}

    [found] = independence(answers, "a", "b", design=WEIGHTED)

    assert found.dropped == ("a = z",)
    assert found.ndf == 1
    assert "a = z" in found.told[2].fr


def test_a_table_of_one_row_has_nothing_to_compare():
    [found] = independence({"a": ["x"] * 4, "b": ["1", "2", "1", "2"]}, "a", "b", design=SIMPLE)

    assert found.warnings == ("comparisons.one_row",)
    assert math.isnan(found.p)
    assert [cell.share for cell in found.cells] == [0.5, 0.5]


def test_a_group_without_answers_is_told_so():
    answers = {"a": ["x", "y", "x", "y", "", ""], "b": ["1", "2", "2", "1", "1", "2"], "g": list("ppppqq")}

    found = independence(answers, "a", "b", by="g", design=SIMPLE)

    assert [one.n for one in found] == [4, 0]
    assert found[1].warnings == ("comparisons.one_row",)
    assert found[1].cells == ()


def test_too_many_empty_cells_are_refused_by_the_test_and_the_shares_remain():
    diagonal = {"a": list("xyzxyz"), "b": list("123123")}

    [found] = independence(diagonal, "a", "b", design=SIMPLE)

    assert found.warnings == ("comparisons.singular",)
    assert sum(cell.share for cell in found.cells) == pytest.approx(1)


@pytest.mark.parametrize("statistic", ["F", "Chisq", "Wald", "adjWald", "lincom", "saddlepoint"])
def test_every_statistic_is_made_of_the_same_table(statistic):
    [found] = independence(ANSWERS, "sex", "sport", design=WEIGHTED, statistic=statistic)

    assert 0 < found.p < 1
    assert found.method == statistic
    assert found.effect.name == "cramer_v"


def test_one_test_per_group():
    found = independence(ANSWERS, "sex", "sport", design=WEIGHTED, by="town")

    assert [one.domain for one in found] == [{"town": "large"}, {"town": "small"}]
    assert [line["town"] for line in found.to_dicts()] == ["large", "small"]


def test_numbers_as_rows_of_a_table_are_refused():
    with pytest.raises(Problem) as problem:
        independence({"a": np.arange(3000.0), "b": ["x", "y"] * 1500}, "a", "b", design=SIMPLE)

    assert problem.value.code == "comparisons.too_many_cells"


def test_an_unknown_statistic_is_refused():
    with pytest.raises(Problem) as problem:
        independence(ANSWERS, "sex", "sport", design=SIMPLE, statistic="khi2")

    assert problem.value.code == "comparisons.unknown_method"


def test_two_means_are_compared_and_shown():
    [found] = t_test(ANSWERS, "hours", "sex", design=WEIGHTED)
    women, men = mean(ANSWERS, "hours", design=WEIGHTED, by="sex")

    assert found.effect.value == pytest.approx(men.value - women.value)
    assert [one.value for one in found.estimates] == [women.value, men.value]
    assert found.effect.low95 < found.effect.value < found.effect.high95
    assert found.ddf == 8


def test_a_mean_is_compared_with_a_known_value():
    [found] = t_test(ANSWERS, "hours", design=WEIGHTED, against=3.0)

    assert found.effect.value == pytest.approx(mean(ANSWERS, "hours", design=WEIGHTED)[0].value - 3)


def test_three_groups_need_two_to_be_chosen():
    answers = {"y": [1.0, 2, 3, 4, 5, 7], "g": list("aabbcc")}

    with pytest.raises(Problem) as problem:
        t_test(answers, "y", "g", design=SIMPLE)
    [chosen] = t_test(answers, "y", "g", design=SIMPLE, between=("c", "a"))

    assert problem.value.code == "comparisons.two_groups"
    assert chosen.effect.value == 1.5 - 6


def test_an_unknown_group_is_refused():
    with pytest.raises(Problem) as problem:
        rank_test(ANSWERS, "hours", "sex", design=SIMPLE, between=("f", "m"))

    assert problem.value.code == "comparisons.unknown_group"


def test_where_everyone_answers_alike_there_is_no_test():
    [found] = t_test({"y": [3.0] * 6, "g": list("aaabbb")}, "y", "g", design=SIMPLE)

    assert (found.effect.value, found.effect.standard_error) == (0.0, 0.0)
    assert math.isnan(found.p)
    assert found.warnings == ("comparisons.no_variance",)


def test_an_empty_group_is_not_compared():
    answers = {"y": [1.0, 2, 3, math.nan, math.nan], "g": list("aaabb")}

    assert t_test(answers, "y", "g", design=SIMPLE)[0].warnings == ("comparisons.empty_group",)
    assert "comparisons.empty_group" in rank_test(answers, "y", "g", design=SIMPLE)[0].warnings


@pytest.mark.parametrize("test", ["wilcoxon", "vanderWaerden", "median"])
def test_several_groups_make_an_f(test):
    answers = {**{name: ANSWERS[name].to_pylist() for name in ("hours", "w")}, "g": list("aabbccaabb")}

    [found] = rank_test(answers, "hours", "g", design=WEIGHTED, test=test)

    assert (found.letter, found.ndf, found.ddf) == ("F", 2, 7)
    assert len(found.estimates) == 3


def test_one_group_alone_is_refused():
    with pytest.raises(Problem) as problem:
        rank_test({"y": [1.0, 2], "g": ["a", "a"]}, "y", "g", design=SIMPLE)

    assert problem.value.code == "comparisons.one_group"


def test_ties_are_broken_as_asked_or_not_at_all():
    with pytest.raises(Problem) as problem:
        rank_test(ANSWERS, "hours", "sex", design=SIMPLE, ties="first")

    assert problem.value.code == "estimates.option"


def test_an_unknown_rank_test_is_refused():
    with pytest.raises(Problem) as problem:
        rank_test(ANSWERS, "hours", "sex", design=SIMPLE, test="signe")

    assert problem.value.code == "comparisons.unknown_method"


def test_the_trend_of_groups_that_are_numbers():
    answers = {"y": [1.0, 2, 2, 3, 4, 4], "size": [1, 1, 2, 2, 3, 3]}

    [found] = trend_test(answers, "y", "size", design=SIMPLE)

    assert found.effect.value == pytest.approx(np.polyfit(answers["size"], answers["y"], 1)[0])
    assert found.ddf == 4


def test_the_trend_of_named_groups_needs_scores():
    with pytest.raises(Problem) as problem:
        trend_test(ANSWERS, "hours", "town", design=SIMPLE)
    [found] = trend_test(ANSWERS, "sport", "town", of="oui", design=WEIGHTED, scores={"small": 0, "large": 1})

    assert problem.value.code == "comparisons.no_score"
    assert -1 < found.effect.value < 1


def test_an_answer_that_nobody_gave_has_no_trend():
    with pytest.raises(Problem) as problem:
        trend_test(ANSWERS, "sport", "hours", of="peut-être", design=SIMPLE)

    assert problem.value.code == "comparisons.unknown_group"


def test_a_sample_that_fits_its_reference_exactly_has_a_probability_of_one():
    answers = {"a": ["x"] * 3 + ["y"] * 6}

    [found] = goodness_of_fit(answers, "a", {"x": 1, "y": 2}, design=SIMPLE)

    assert found.statistic == pytest.approx(0, abs=1e-12)
    assert found.p == pytest.approx(1)


@pytest.mark.parametrize(
    ("shares", "code"),
    [({"oui": 1}, "comparisons.shares_of_answers"), ({"oui": 1, "non": 0}, "comparisons.share_value")],
)
def test_reference_shares_must_be_those_of_the_answers(shares, code):
    with pytest.raises(Problem) as problem:
        goodness_of_fit(ANSWERS, "sport", shares, design=SIMPLE)

    assert problem.value.code == code


@pytest.mark.parametrize(("kind", "code"), [("self_selected", "comparisons.no_test"), ("census", "comparisons.census")])
def test_without_a_draw_estimates_are_given_and_no_test(kind, code):
    design = Design(kind=kind)

    made = [
        *independence(ANSWERS, "sex", "sport", design=design),
        *t_test(ANSWERS, "hours", "sex", design=design),
        *rank_test(ANSWERS, "hours", "sex", design=design),
        *trend_test(ANSWERS, "hours", "w", design=design),
        *goodness_of_fit(ANSWERS, "sport", {"oui": 1, "non": 1}, design=design),
    ]

    assert all(code in one.warnings for one in made)
    assert all(math.isnan(one.p) and math.isfinite(one.effect.value) for one in made)


def test_a_quota_sample_says_that_its_test_rests_on_a_model():
    [found] = independence(ANSWERS, "sex", "sport", design=Design(kind="quota"))

    assert found.warnings == ("estimates.quota",)
    assert 0 < found.p < 1


def test_tests_made_together_are_adjusted_together():
    made = t_test(ANSWERS, "hours", "sex", design=WEIGHTED) + rank_test(ANSWERS, "hours", "sex", design=WEIGHTED)
    small, large = sorted(one.p for one in made)

    holm = made.adjusted("holm")

    assert isinstance(holm, Comparisons)
    assert sorted(one.p_adjusted for one in holm) == pytest.approx([min(2 * small, 1), max(min(2 * small, 1), large)])
    assert {one.adjustment for one in holm} == {"holm"}


def test_a_test_says_what_it_assumes_in_both_languages():
    [found] = rank_test(ANSWERS, "hours", "sex", design=WEIGHTED)

    assert "Lumley" in found.written("fr")
    assert found.assumes.en in found.written("en")
    assert repr(found).splitlines()[1].split()[:2] == ["wilcoxon", "hours"]
    assert found._repr_html_().startswith("<table>")


def test_a_table_of_tests_is_read_by_other_tools():
    made = independence(ANSWERS, "sex", "sport", design=WEIGHTED, by="town")

    assert made.to_arrow().column("p").to_pylist() == [one.p for one in made]
    assert repr(made[:1]).splitlines()[0].split()[:4] == ["test", "variables", "town", "letter"]


def test_every_warning_of_the_room_has_its_sentence():
    warned = {"one_row", "empty_group", "no_variance", "singular", "no_df", "no_test", "census"}

    assert {f"comparisons.{name}" for name in warned} <= MESSAGES.keys()
