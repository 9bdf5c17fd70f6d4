"""What a design accepts, and what it refuses by name."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from alliage import Design, mean, open_table, read_answers, total
from alliage.problems import Problem
from alliage.weights import calibrate, make_margin
from tables import table

PEOPLE = table("""
    | region | town | w | N  | y |
    | nord   | 1    | 2 | 10 | 1 |
    | nord   | 2    | 2 | 10 | 3 |
    | sud    | 1    | 1 | 4  | 5 |
    | sud    | 2    | 1 | 4  | 9 |
""")


def refusal(design, answers):
    with pytest.raises(Problem) as problem:
        design.bind(answers)
    return problem.value


def test_a_weight_left_empty_is_named_by_its_row():
    problem = refusal(Design(weight="w"), table("| w | y |\n| 1 | 2 |\n|   | 3 |"))

    assert (problem.code, problem.values["row"]) == ("estimates.weight_missing", 2)


def test_a_negative_weight_is_refused():
    problem = refusal(Design(weight="w"), table("| w |\n| 1 |\n| -2 |"))

    assert (problem.code, problem.values["value"]) == ("estimates.weight_negative", "-2")


def test_weights_that_are_all_zero_are_refused():
    assert refusal(Design(weight="w"), table("| w |\n| 0 |\n| 0 |")).code == "estimates.weight_all_zero"


def test_a_weight_that_is_not_a_number_is_named_with_its_line(tmp_path):
    file = Path(tmp_path, "answers.csv")
    file.write_text('w;y\n1.5;2\n"1,5";3\n', encoding="utf-8")

    problem = refusal(Design(weight="w"), read_answers(file, delimiter=";"))

    assert (problem.code, problem.place.line, problem.values["value"]) == ("estimates.not_a_number", 3, "1,5")


def test_a_column_that_does_not_exist_is_answered_with_the_nearest_name():
    problem = refusal(Design(weight="w", strata="regoin"), PEOPLE)

    assert (problem.code, problem.values["suggestion"].en) == ("estimates.no_column", " (did you mean “region”?)")


def test_cluster_numbers_that_start_again_must_be_declared():
    problem = refusal(Design(weight="w", strata="region", clusters="town"), PEOPLE)

    assert (problem.code, problem.values["cluster"], problem.values["strata"]) == (
        "estimates.cluster_crosses_strata",
        "1",
        "nord, sud",
    )


def test_the_same_cluster_numbers_are_two_units_when_nested():
    bound = Design(weight="w", strata="region", clusters="town", nest=True).bind(PEOPLE)

    assert bound.stages[0].units == 4


def test_a_population_that_varies_within_a_stratum_is_refused():
    problem = refusal(Design(weight="w", strata="w", fpc="y"), PEOPLE)

    assert (problem.code, problem.values["values"]) == ("estimates.fpc_varies", "1, 3")


def test_counts_and_fractions_do_not_mix():
    problem = refusal(Design(fpc="f"), table("| f |\n| 0.5 |\n| 12 |"))

    assert (problem.code, problem.values["row"]) == ("estimates.fpc_mixed", 1)


def test_a_population_smaller_than_its_sample_is_refused():
    problem = refusal(Design(strata="s", fpc="f"), table("| s | f |\n| a | 2 |\n| a | 2 |\n| a | 2 |"))

    assert (problem.code, problem.values["sampled"]) == ("estimates.fpc_too_small", 3)


def test_a_fraction_means_the_same_as_its_count():
    answers = table("| y | half | six |\n| 1 | 0.5 | 6 |\n| 4 | 0.5 | 6 |\n| 9 | 0.5 | 6 |")

    by_fraction, by_count = (mean(answers, "y", design=Design(fpc=name))[0] for name in ("half", "six"))

    assert by_fraction == by_count


def test_a_lonely_unit_stops_the_work_and_is_named():
    answers = table("| s | y |\n| a | 1 |\n| b | 2 |\n| b | 3 |\n| c | 4 |")

    problem = refusal(Design(strata="s"), answers)

    assert (problem.code, problem.values["strata"]) == ("estimates.lonely", "a, c")


def test_a_unit_that_is_its_whole_stratum_is_not_lonely():
    answers = table("| s | N | y |\n| a | 1 | 1 |\n| b | 9 | 2 |\n| b | 9 | 3 |")

    assert Design(strata="s", fpc="N").bind(answers).stages[0].lonely.tolist() == [False, False]


def test_a_lonely_second_stage_unit_is_named_by_its_cluster():
    answers = table("""
        | town | who | N | M |
        | a    | 1   | 9 | 5 |
        | a    | 2   | 9 | 5 |
        | b    | 1   | 9 | 5 |
    """)

    problem = refusal(Design(clusters=("town", "who"), fpc=("N", "M")), answers)

    assert (problem.code, problem.values["stage"], problem.values["strata"]) == ("estimates.lonely", 2, "b")


def test_an_empty_stratum_name_is_refused():
    problem = refusal(Design(strata="s"), table("| s | y |\n| a | 1 |\n|   | 2 |"))

    assert (problem.code, problem.values["row"]) == ("estimates.design_missing", 2)


def test_several_strata_columns_are_crossed():
    answers = table("| a | b |\n| x | 1 |\n| x | 1 |\n| x | 2 |\n| x | 2 |\n| y | 1 |\n| y | 1 |")

    assert Design(strata=("a", "b")).bind(answers).stages[0].strata == ("x × 1", "x × 2", "y × 1")


def test_the_negative_weights_of_a_linear_calibration_are_kept():
    answers = pa.table({"age": ["a", "a", "b", "b"], "income": [1.0, 9.0, 2.0, 8.0], "w": [1.0, 1.0, 1.0, 1.0]})
    margins = [make_margin("age", {"a": 2.0, "b": 2.0}), make_margin("income", 4.0)]
    made = calibrate(answers, margins, design_weight="w", method="linear")

    found = mean(answers, "income", design=Design(weight="w").bind(answers, calibration=made.calibration))[0]

    assert made.values.min() < 0
    assert found.n == 4
    assert found.value == pytest.approx(1.0)


# R survey 4.1-1, `twophase(id = list(~district, ~school), strata = list(NULL, ~district), fpc = list(~N, ~M),
# subset = ~asked, method = "full")`: 4 districts out of N, then 3, 2, 3 and 2 of their 4, 3, 4 and 3 schools.
SCHOOLS = {
    "district": [1, 1, 1, 2, 2, 3, 3, 3, 4, 4],
    "school": [1, 2, 4, 5, 6, 8, 10, 11, 13, 14],
    "first": [10] * 10,
    "second": [4 / 3] * 3 + [3 / 2] * 2 + [4 / 3] * 3 + [3 / 2] * 2,
    "N": [40] * 10,
    "M": [4, 4, 4, 3, 3, 4, 4, 4, 3, 3],
    "y": [12, 15, 20, 7, 8, 30, 25, 28, 13, 18],
}


def test_a_weight_in_several_columns_is_their_product():
    assert Design(weight=("first", "second")).bind(SCHOOLS).weight.tolist() == [10 * w for w in SCHOOLS["second"]]


def test_a_second_phase_drawn_in_each_unit_of_the_first_has_the_variance_of_two_stages():
    design = Design(weight=("first", "second"), clusters=("district", "school"), fpc=("N", "M"))

    assert mean(SCHOOLS, "y", design=design)[0].standard_error == pytest.approx(4.0349219905074136, rel=1e-13)
    assert total(SCHOOLS, "y", design=design)[0].standard_error == pytest.approx(707.00817219856464, rel=1e-13)


def test_where_the_first_phase_is_small_in_its_population_its_units_carry_the_variance_of_both():
    # N = 1e12 districts in R.
    found = mean(SCHOOLS, "y", design=Design(weight=("first", "second"), clusters="district"))[0]

    assert found.standard_error == pytest.approx(4.2498662709275115, rel=1e-11)


def test_the_column_of_a_phase_that_is_not_a_weight_is_named():
    problem = refusal(Design(weight=("first", "y")), SCHOOLS | {"y": [-1] * 10})

    assert (problem.code, problem.values["weight"]) == ("estimates.weight_negative", "y")


def test_a_weight_in_several_columns_needs_the_rows():
    design = Design(weight=("first", "second"))

    assert refusal(design, open_table(pa.table(SCHOOLS), small=0)).code == "tables.rows_needed"
