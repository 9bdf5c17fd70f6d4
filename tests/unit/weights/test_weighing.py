"""Weighing: what the weights are, and what is refused rather than dropped."""

import numpy as np
import pytest

from alliage.problems import Place, Problem, Problems
from alliage.studies.declarations import Weighting
from alliage.weights import make_margin, poststratify, rake, weigh
from tables import table

ANSWERS = table("""
    | who | region | sexe  | weight |
    | a   | nord   | femme | 1      |
    | b   | nord   | homme | 1      |
    | c   | sud    | femme | 2      |
    | d   | sud    | homme | 0      |
""")
REGIONS = make_margin("region", {"nord": 40, "sud": 60})
SEXES = make_margin("sexe", {"femme": 55, "homme": 45})


def problem_of(act) -> Problem:
    with pytest.raises(Problem) as caught:
        act()
    return caught.value


def test_each_cell_ends_up_weighing_what_it_weighs_in_the_population():
    weights = poststratify(ANSWERS, REGIONS)

    assert weights.values.tolist() == [20.0, 20.0, 30.0, 30.0]


def test_inside_a_cell_design_weights_keep_their_proportions():
    answers = table("""
        | region | weight |
        | nord   | 1      |
        | nord   | 3      |
        | sud    | 7      |
    """)

    weights = poststratify(answers, REGIONS, design_weight="weight")

    assert weights.values.tolist() == [10.0, 30.0, 60.0]


def test_an_answer_of_weight_zero_keeps_its_row_and_counts_for_nothing():
    weights = poststratify(ANSWERS, REGIONS, design_weight="weight")

    assert weights.values.tolist() == [20.0, 20.0, 60.0, 0.0]
    assert weights.diagnosis.n == 3
    assert np.isfinite([weights.diagnosis.smallest_g, weights.diagnosis.largest_g]).all()


def test_raking_meets_two_margins_at_once():
    # In a 2 x 2 table of ones, raking gives the product of the margins.
    weights = rake(ANSWERS, [REGIONS, SEXES])

    np.testing.assert_allclose(weights.values, [22.0, 18.0, 33.0, 27.0], rtol=1e-12)


def test_the_calibration_tells_variance_estimation_who_is_in_which_category():
    calibration = rake(ANSWERS, [REGIONS, SEXES]).calibration

    assert calibration.categories == (("nord", "sud"), ("femme", "homme"))
    assert calibration.codes.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert calibration.codes.dtype == np.int32
    assert calibration.initial.tolist() == [1.0, 1.0, 1.0, 1.0]
    assert calibration.method == "rake"


def test_without_weighting_each_answer_counts_for_one_or_for_its_own_weight():
    none = Weighting(method="none")

    assert weigh(ANSWERS, none).values.tolist() == [1.0, 1.0, 1.0, 1.0]
    assert weigh(ANSWERS, none, design_weight="weight").values.tolist() == [1.0, 1.0, 2.0, 0.0]
    assert weigh(ANSWERS, none).calibration is None


def test_a_category_that_nobody_answered_is_refused_with_its_share_and_its_neighbour():
    margin = make_margin("region", {"nord": 40, "centre": 20, "sud": 40})

    problem = problem_of(lambda: poststratify(ANSWERS, margin))

    assert problem.code == "weights.empty_cell"
    assert problem.values["cell"] == "centre"
    assert problem.values["share"].en == "20.0%"
    assert 'merge: {"centre": "nord"}' in problem.said("en")


def test_a_crossed_cell_that_nobody_answered_is_advised_a_neighbour_of_the_same_region():
    margin = make_margin(
        ("region", "sexe"),
        {("nord", "femme"): 1, ("nord", "homme"): 1, ("sud", "autre"): 1, ("sud", "femme"): 1, ("sud", "homme"): 1},
    )

    problem = problem_of(lambda: poststratify(ANSWERS, margin))

    assert (problem.values["cell"], problem.values["neighbour"]) == ("sud/autre", "sud/femme")


def test_a_category_answered_only_with_weight_zero_is_refused_too():
    margin = make_margin(("region", "sexe"), {(r, s): 10 for r in ("nord", "sud") for s in ("femme", "homme")})

    problem = problem_of(lambda: poststratify(ANSWERS, margin, design_weight="weight"))

    assert (problem.code, problem.values["cell"]) == ("weights.empty_cell", "sud/homme")


def test_all_the_empty_categories_are_told_at_once():
    margin = make_margin("region", {"nord": 40, "sud": 40, "est": 10, "ouest": 10})

    with pytest.raises(Problems) as caught:
        poststratify(ANSWERS, margin)

    assert [problem.values["cell"] for problem in caught.value.problems] == ["est", "ouest"]


def test_an_empty_category_can_be_merged_with_its_neighbour():
    margin = make_margin("region", {"nord": 40, "centre": 20, "sud": 40})

    weights = poststratify(ANSWERS, margin, merge={"centre": "nord"})

    assert weights.values.tolist() == [30.0, 30.0, 20.0, 20.0]
    assert weights.calibration.categories == (("nord", "sud"),)


def test_an_empty_crossed_cell_can_be_merged_alone():
    counts = {("nord", "femme"): 10, ("nord", "homme"): 20, ("sud", "femme"): 30, ("sud", "homme"): 40}
    answers = ANSWERS.slice(0, 3)

    weights = poststratify(answers, make_margin(("region", "sexe"), counts), merge={"sud/homme": "sud/femme"})

    assert weights.values.tolist() == [10.0, 20.0, 70.0]


def test_a_merge_holds_in_every_margin_of_the_variable():
    crossed = make_margin(("region", "sexe"), {(r, s): 10 for r in ("nord", "est", "sud") for s in ("femme", "homme")})
    alone = make_margin("region", {"nord": 20, "est": 20, "sud": 20})

    weights = rake(ANSWERS, [crossed, alone], merge={"est": "sud"})

    np.testing.assert_allclose(weights.values, [10.0, 10.0, 20.0, 20.0], rtol=1e-12)


def test_an_answer_the_margin_does_not_know_can_be_attached_to_a_category():
    answers = table("""
        | region |
        | nord   |
        | sud    |
        | corse  |
    """)

    assert problem_of(lambda: poststratify(answers, REGIONS)).code == "weights.unknown_category"
    assert poststratify(answers, REGIONS, merge={"corse": "sud"}).values.tolist() == [40.0, 30.0, 30.0]


@pytest.mark.parametrize(
    ("merge", "code"),
    [
        ({"nord": "sudd"}, "weights.unknown_merge"),
        ({"nord": "sud", "sud": "nord"}, "weights.circular_merge"),
        ({"femme": "sud"}, "weights.merge_across"),
        ({"nord/femme": "nord/homme"}, "weights.unknown_merge"),
    ],
)
def test_a_merge_that_makes_no_sense_is_refused(merge, code):
    assert problem_of(lambda: rake(ANSWERS, [REGIONS, SEXES], merge=merge)).code == code


def test_a_merge_of_a_category_that_two_variables_have_must_say_which():
    other = make_margin("sexe", {"femme": 50, "homme": 40, "nord": 10})

    problem = problem_of(lambda: rake(ANSWERS, [REGIONS, other], merge={"sud": "nord"}))
    assert (problem.code, problem.values["example"]) == ("weights.ambiguous_merge", "region=nord")

    weights = rake(ANSWERS, [REGIONS, other], merge={"sexe=nord": "homme"})
    np.testing.assert_allclose(weights.values[1] + weights.values[3], 50.0, rtol=1e-12)


def test_a_category_said_to_be_empty_cannot_have_answers_and_is_harmless_without():
    full = make_margin("region", {"nord": 40, "sud": 60, "est": 0})
    wrong = make_margin("region", {"nord": 100, "sud": 0})

    assert poststratify(ANSWERS, full).values.tolist() == [20.0, 20.0, 30.0, 30.0]
    assert problem_of(lambda: poststratify(ANSWERS, wrong)).code == "weights.zero_cell"


def test_a_missing_value_in_a_weighting_variable_is_refused_and_names_the_answers():
    answers = table("""
        | who | region |
        | a   | nord   |
        | b   |        |
        | c   | sud    |
    """)

    problem = problem_of(
        lambda: weigh(answers, Weighting(method="rake"), [REGIONS], ids="who", place=Place("study.yaml", 12))
    )

    assert (problem.code, problem.values["count"].en) == ("weights.missing_value", "1")
    assert problem.values["who"].en == "ids b"
    assert problem.place == Place("study.yaml", 12)


@pytest.mark.parametrize("bad", ["-1", "nan", "inf", ""])
def test_a_weight_that_is_not_a_positive_number_is_refused(bad):
    answers = table(f"""
        | region | weight |
        | nord   | 1.5    |
        | sud    | {bad}  |
    """)

    problem = problem_of(lambda: poststratify(answers, REGIONS, design_weight="weight"))

    assert (problem.code, problem.values["who"].en) == ("weights.bad_weight", "answers no. 2")


def test_weights_that_are_all_zero_are_refused():
    answers = table("""
        | region | weight |
        | nord   | 0      |
        | sud    | 0      |
    """)

    assert problem_of(lambda: weigh(answers, Weighting(), design_weight="weight")).code == "weights.all_zero"


def test_margins_of_one_population_must_agree_on_its_size():
    sexes = make_margin("sexe", {"femme": 55, "homme": 46})

    assert problem_of(lambda: rake(ANSWERS, [REGIONS, sexes])).code == "weights.totals_disagree"


def test_a_margin_used_for_its_shares_is_brought_to_the_common_total_and_says_so():
    sexes = make_margin("sexe", {"femme": 5.5, "homme": 4.5}, use="shares")

    weights = rake(ANSWERS, [sexes, REGIONS])

    np.testing.assert_allclose(weights.values, [22.0, 18.0, 33.0, 27.0], rtol=1e-12)
    assert [line.en for line in weights.diagnosis.lines if "proportions" in line.en] == [
        "The margin “sexe” counts 10 units and is used for its proportions only, brought to 100."
    ]


def test_margins_of_shares_alone_keep_the_starting_total_and_say_so():
    shares = [
        make_margin("sexe", {"femme": 55, "homme": 45}, use="shares"),
        make_margin("region", {"nord": 0.4, "sud": 0.6}, use="shares"),
    ]

    weights = rake(ANSWERS, shares)

    np.testing.assert_allclose(weights.values.sum(), 4, rtol=1e-12)
    assert weights.diagnosis.lines[0].en == "No margin gives a count: the weights keep their starting total, 4."
    assert not any("brought to" in line.en for line in weights.diagnosis.lines)


def test_margins_that_no_weights_can_meet_are_explained():
    # All the women are in the north: the north cannot weigh less than the women.
    answers = table("""
        | region | sexe  |
        | nord   | femme |
        | nord   | homme |
        | sud    | homme |
    """)

    problem = problem_of(lambda: rake(answers, [REGIONS, SEXES]))

    assert problem.code == "weights.impossible"
    assert (problem.values["cell"], problem.values["reached"].en, problem.values["wanted"].en) in [
        ("nord", "55", "40"),
        ("femme", "40", "55"),
        ("sud", "45", "60"),
    ]


def test_trimming_holds_the_heaviest_answers_and_still_meets_the_margins():
    answers = table("""
        | region | weight |
        | nord   | 1      |
        | nord   | 1      |
        | nord   | 10     |
        | sud    | 2      |
        | sud    | 2      |
    """)
    margin = make_margin("region", {"nord": 12, "sud": 4})

    weights = poststratify(answers, margin, design_weight="weight", trim=4)

    np.testing.assert_allclose(weights.values, [2.0, 2.0, 8.0, 2.0, 2.0], rtol=1e-12)
    assert weights.diagnosis.trimmed == 1


def test_a_ceiling_under_which_the_margins_cannot_be_met_is_refused():
    problem = problem_of(lambda: rake(ANSWERS, [make_margin("region", {"nord": 10, "sud": 90})], trim=1.2))

    assert (problem.code, problem.values["cell"]) == ("weights.trim_impossible", "sud")


def test_the_same_answers_give_the_same_bits():
    first = rake(ANSWERS, [REGIONS, SEXES]).values.tobytes()

    assert rake(ANSWERS, [REGIONS, SEXES]).values.tobytes() == first


@pytest.mark.parametrize(
    ("weighting", "margins", "code"),
    [
        (Weighting(method="none"), [REGIONS], "weights.unused_margins"),
        (Weighting(method="rake"), [], "weights.no_margin"),
        (Weighting(method="poststratify"), [REGIONS, SEXES], "weights.several_margins"),
        (Weighting(method="rake"), [REGIONS, REGIONS], "weights.repeated_margin"),
        (Weighting(method="rake", trim=0.5), [REGIONS], "weights.bad_trim"),
        (Weighting(method="rake"), [make_margin("regoin", {"nord": 1})], "weights.unknown_variable"),
    ],
)
def test_a_weighting_that_contradicts_itself_is_refused(weighting, margins, code):
    assert problem_of(lambda: weigh(ANSWERS, weighting, margins)).code == code
