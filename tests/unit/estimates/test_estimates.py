"""Shares, means, totals and ratios: bases, domains, kinds of design, edges."""

from __future__ import annotations

import math

import numpy as np
import pytest

from alliage import Design, mean, ratio, share, total
from alliage.problems import MESSAGES, Problem
from tables import table

SPORT = table("""
    | sex | sport | hours | km | w |
    | f   | oui   | 2     | 10 | 1 |
    | f   | non   | 0     | 1  | 3 |
    | h   | oui   | 4     | 20 | 2 |
    | h   | nsp   |       | 3  | 2 |
    | h   |       | 3     |    | 1 |
""")
WEIGHTED = Design(weight="w")


def values(estimates):
    return [estimate.value for estimate in estimates]


def test_a_share_is_the_weight_of_the_answer_over_the_weight_of_those_who_answered():
    assert values(share(SPORT, "sport", "oui", design=WEIGHTED)) == [3 / 8]


def test_an_answer_outside_the_base_is_counted_nowhere():
    found = share(SPORT, "sport", "oui", design=WEIGHTED, base_excludes="nsp")[0]

    assert (found.value, found.n, found.n_missing, found.weight_sum) == (3 / 6, 3, 1, 6)


def test_without_an_answer_every_answer_gets_its_share_in_order():
    found = share(SPORT, "sport", design=WEIGHTED)

    assert list(zip(found.answers, values(found), strict=True)) == [("non", 3 / 8), ("nsp", 2 / 8), ("oui", 3 / 8)]


def test_several_answers_are_counted_together():
    found = share(SPORT, "sport", ("oui", "nsp"), design=WEIGHTED)

    assert (found.answers, values(found)) == (("oui + nsp",), [5 / 8])


def test_an_answer_nobody_gave_is_refused_with_those_that_exist():
    with pytest.raises(Problem) as problem:
        share(SPORT, "sport", "ouii", design=WEIGHTED)

    assert (problem.value.code, problem.value.values["known"]) == ("estimates.unknown_answer", "non, nsp, oui")


def test_domains_come_in_order_and_say_their_name():
    found = mean(SPORT, "hours", design=WEIGHTED, by="sex")

    assert [(e.domain, e.value, e.n) for e in found] == [
        ({"sex": "f"}, 2 / 4, 2),
        ({"sex": "h"}, pytest.approx(11 / 3), 2),
    ]


def test_two_breakdowns_are_crossed_and_empty_crossings_left_out():
    found = total(SPORT, "km", design=WEIGHTED, by=("sex", "sport"))

    assert [(tuple(e.domain.values()), e.value) for e in found] == [
        (("f", "non"), 3.0),
        (("f", "oui"), 10.0),
        (("h", "nsp"), 6.0),
        (("h", "oui"), 40.0),
    ]


def test_a_ratio_keeps_only_rows_that_have_both_numbers():
    found = ratio(SPORT, "hours", "km", design=WEIGHTED)[0]

    assert (found.value, found.n) == ((2 + 0 + 8) / (10 + 3 + 40), 3)


def test_a_ratio_whose_numerator_never_varies_is_still_a_ratio():
    found = ratio({"homes": [1.0, 1.0, 1.0], "people": [1.0, 2.0, 3.0]}, "homes", "people", design=Design())[0]

    # influences (1 - people / 2) / 6: 1/12, 0, -1/12 over three units
    assert (found.value, found.standard_error) == (0.5, pytest.approx(math.sqrt(3 / 2 * 2 / 144)))


def test_numbers_written_as_text_are_read():
    answers = {"y": np.array(["1", " 2.5", "NA", ""]), "w": np.array([1.0, 1.0, 1.0, 1.0])}

    found = mean(answers, "y", design=WEIGHTED)[0]

    assert (found.value, found.n, found.n_missing) == (1.75, 2, 2)


def test_a_group_of_one_mind_has_no_standard_error_and_a_clopper_pearson_interval():
    answers = table("| g | a |\n| x | oui |\n| x | oui |\n| x | oui |\n| y | non |\n| y | oui |")

    found = share(answers, "a", "oui", design=Design(), by="g")[0]

    assert (found.value, found.standard_error) == (1.0, 0.0)
    assert found.interval95.low == pytest.approx(0.025 ** (1 / 3), rel=1e-12)
    assert found.interval95.high == 1.0
    assert found.interval50.low == pytest.approx(0.25 ** (1 / 3), rel=1e-12)


def test_a_group_that_gives_one_number_has_exactly_that_mean_and_no_error():
    answers = {"y": [0.1, 0.1, 0.1, 0.7, 0.3], "g": ["a", "a", "a", "b", "b"], "w": [1.7, 0.3, 2.9, 1, 1]}

    found = mean(answers, "y", design=WEIGHTED, by="g")[0]

    assert (found.value, found.standard_error) == (0.1, 0.0)


def test_numbers_around_a_million_keep_their_spread():
    small = np.array([1.0, 2.0, 4.0, 8.0, 16.0])
    low, high = (mean({"y": shift + small}, "y", design=Design())[0] for shift in (0.0, 1e9))

    assert high.standard_error == pytest.approx(low.standard_error, rel=1e-12)


def test_units_with_nobody_in_the_domain_stay_in_the_variance():
    answers = table("""
        | town | g | y |
        | a    | x | 1 |
        | b    | x | 3 |
        | c    | z | 9 |
        | d    | z | 9 |
    """)

    kept = total(answers, "y", design=Design(clusters="town"), by="g")[0]
    removed = total(answers.slice(0, 2), "y", design=Design(clusters="town"))[0]

    assert kept.standard_error == pytest.approx(math.sqrt(4 / 3 * ((1 - 1) ** 2 + (3 - 1) ** 2 + 2)))
    assert removed.standard_error == pytest.approx(math.sqrt(2 / 1 * ((1 - 2) ** 2 + (3 - 2) ** 2)))


def test_a_unit_of_zero_weight_still_counts_as_a_unit():
    answers = table("| town | y | w |\n| a | 1 | 1 |\n| b | 3 | 1 |\n| c | 5 | 0 |")

    found = mean(answers, "y", design=Design(weight="w", clusters="town"))[0]

    # influences -1/2, 1/2, 0 over three units
    assert (found.value, found.n, found.df) == (2.0, 2, 1.0)
    assert found.standard_error == pytest.approx(math.sqrt(3 / 2 * 0.5))


def test_nobody_in_the_base_is_said_and_not_estimated():
    answers = table("| g | y |\n| a | 1 |\n| a | 2 |\n| b |   |")

    found = mean(answers, "y", design=Design(), by="g")[1]

    assert (found.n, math.isnan(found.value), found.warnings) == (0, True, ("estimates.empty_base",))


def test_a_self_selected_sample_never_has_a_margin():
    found = share(SPORT, "sport", "oui", design=Design(weight="w", kind="self_selected"))[0]

    assert (found.value, found.margin, found.method, found.warnings) == (
        3 / 8,
        "none",
        "none",
        ("estimates.self_selected",),
    )
    ends = (found.interval95.low, found.interval95.high, found.interval50.low, found.interval50.high)
    assert all(math.isnan(number) for number in (found.standard_error, found.deff, *ends))


def test_a_quota_sample_says_that_its_margin_rests_on_a_model():
    quota, drawn = (
        share(SPORT, "sport", "oui", design=Design(weight="w", kind=kind))[0] for kind in ("quota", "probability")
    )

    assert (quota.margin, drawn.margin) == ("model", "design")
    assert (quota.standard_error, quota.interval95) == (drawn.standard_error, drawn.interval95)


def test_a_census_has_no_sampling_error():
    found = share(SPORT, "sport", "oui", design=Design(kind="census"))[0]

    assert (found.margin, found.method, found.standard_error) == ("none", "census", 0.0)
    assert (found.interval95.low, found.interval95.high, found.interval50.low) == (0.5, 0.5, 0.5)


@pytest.mark.parametrize(
    ("silent", "frame", "warnings"),
    [
        (0, None, ()),
        (5, 100, ()),
        (6, 100, ("estimates.census_nonresponse",)),  # 94 answers to this question, 100 asked
        (0, 105, ()),  # 100 of 105 answered
        (0, 106, ("estimates.census_nonresponse",)),
    ],
)
def test_a_census_that_misses_more_than_one_in_twenty_says_that_it_is_not_free_of_error(silent, frame, warnings):
    answers = {"a": ["oui"] * 50 + ["non"] * (50 - silent) + [""] * silent}

    found = share(answers, "a", "oui", design=Design(kind="census", frame=frame))[0]

    assert (found.warnings, found.standard_error) == (warnings, 0.0)


def test_a_population_count_tells_the_frame_of_a_census():
    answers = {"y": [1.0] * 90 + [2.0], "N": [100] * 91}

    assert mean(answers, "y", design=Design(kind="census", fpc="N"))[0].warnings == ("estimates.census_nonresponse",)


def test_a_base_within_one_unit_gets_no_false_precision():
    answers = table("| town | g | a |\n| p | x | oui |\n| p | x | non |\n| q | y | oui |\n| q | y | non |")
    design = Design(clusters="town")
    answers = answers.append_column("y", [[1.0, 2.0, 3.0, 4.0]])

    of_share, of_total = (
        share(answers, "a", "oui", design=design, by="g")[0],
        total(answers, "y", design=design, by="g")[0],
    )

    assert of_total.warnings == ("estimates.one_unit",)
    assert math.isnan(of_total.interval95.low)
    assert of_share.df == 0


def test_every_warning_is_a_sentence_of_the_catalogue():
    codes = {"self_selected", "quota", "census_nonresponse", "empty_base", "zero_denominator", "one_unit"}

    assert {f"estimates.{code}" for code in codes} <= set(MESSAGES)


def test_estimates_read_as_a_table_and_leave_as_arrow():
    found = share(SPORT, "sport", "oui", design=WEIGHTED, by="sex")

    assert repr(found).splitlines()[0].split()[:6] == ["kind", "variable", "answer", "sex", "value", "standard_error"]
    assert found.to_arrow().column("value").to_pylist() == values(found)
    assert found[1:].to_dicts() == found.to_dicts()[1:]


@pytest.mark.parametrize("nothing", ["", "NA", "NaN", None])
def test_one_rule_says_what_is_no_answer_in_shares_means_and_groups(nothing):
    answers = {"a": ["oui", "non", nothing], "y": ["1", "3", nothing], "g": ["x", "x", nothing]}

    shares, means = share(answers, "a", design=Design()), mean(answers, "y", design=Design())

    assert (shares.answers, values(shares), shares[0].n_missing) == (("non", "oui"), [0.5, 0.5], 1)
    assert (values(means), means[0].n_missing) == ([2.0], 1)
    assert [one.domain for one in mean(answers, "y", design=Design(), by="g")] == [{"g": "x"}]


def test_the_rule_can_be_another_one():
    answers = {"a": ["NA", "x", "99"], "y": ["1", "99.0", "5"], "g": ["NA", "NA", "99"]}

    shares = share(answers, "a", design=Design(), missing="99")
    means = mean(answers, "y", design=Design(), by="g", missing=("99",))

    assert (shares.answers, shares[0].n_missing) == (("NA", "x"), 1)
    assert [(one.domain, one.value, one.n_missing) for one in means] == [({"g": "NA"}, 1.0, 1)]


def test_numbers_that_are_no_answers_are_left_out_of_ratios_and_totals_too():
    answers = {"y": [1.0, 99.0, 3.0], "x": [2.0, 2.0, 99.0]}

    assert values(ratio(answers, "y", "x", design=Design(), missing="99")) == [0.5]
    assert values(total(answers, "y", design=Design(), missing="99")) == [4.0]


def test_asking_for_what_is_no_answer_is_refused_rather_than_counted_nowhere():
    with pytest.raises(Problem) as problem:
        share({"a": ["NA", "oui"]}, "a", "NA", design=Design())

    assert problem.value.code == "estimates.missing_answer"


def test_a_column_where_nobody_answered_is_refused():
    with pytest.raises(Problem) as problem:
        share({"a": ["NA", ""]}, "a", design=Design())

    assert problem.value.code == "estimates.no_answer"


def test_a_stratum_that_is_not_known_stops_the_work():
    with pytest.raises(Problem) as problem:
        Design(strata="s").bind({"s": ["a", "a", "NA"]})

    assert problem.value.code == "estimates.design_missing"


def test_coded_text_says_what_plain_text_says():
    coded = SPORT.set_column(1, "sport", SPORT["sport"].dictionary_encode())
    coded = coded.set_column(0, "sex", coded["sex"].dictionary_encode())

    assert repr(share(coded, "sport", design=WEIGHTED, by="sex")) == (
        repr(share(SPORT, "sport", design=WEIGHTED, by="sex"))
    )


def test_a_group_named_like_a_figure_keeps_its_column_and_the_figure_its_own():
    answers = {"y": [1.0, 2.0, 3.0, 4.0], "n": ["a", "a", "b", "b"], "by_n": ["c", "d", "c", "d"]}

    found = mean(answers, "y", design=Design(), by=("n", "by_n"))

    assert found[0].domain == {"n": "a", "by_n": "c"}
    row = found.to_dicts()[0]
    assert (row["by_by_n"], row["by_n"], row["n"]) == ("a", "c", 1)
    assert found.to_arrow().column("n").to_pylist() == [1, 1, 1, 1]


def test_a_column_of_the_table_has_as_many_decimals_on_every_line():
    found = mean({"y": [0.5, 0.25, 100.0, 101.0], "g": ["a", "a", "b", "b"]}, "y", design=Design(), by="g")

    assert [line.split()[3] for line in repr(found).splitlines()] == ["value", "0.375", "100.500"]
