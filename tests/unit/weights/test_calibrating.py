"""Calibration on categories, numbers and households: what is met, what is approached, what is said, what is refused."""

import numpy as np
import pyarrow as pa
import pytest

from alliage.catalogue.declarations import read_declaration
from alliage.problems import Problem
from alliage.studies.declarations import Weighting
from alliage.weights import calibrate, make_margin, rake, recalibrate, weigh
from tables import table

ANSWERS = table("""
    | who | foyer | lieu  | sexe  | revenu | poids | q   |
    | a   | 1     | ville | femme | 10     | 2     | 1   |
    | b   | 1     | ville | homme | 10     | 2     | 1   |
    | c   | 2     | champ | femme | 30     | 3     | 2   |
    | d   | 3     | ville | homme | 20     | 1     | 0.5 |
    | e   | 4     | champ | femme | 40     | 2     | 1   |
    | f   | 4     | champ | homme | 40     | 2     | 1   |
""")
SEXES = make_margin("sexe", {"femme": 60, "homme": 50})
PLACES = make_margin("lieu", {"ville": 30, "champ": 40}, level="household")
INCOME = make_margin("revenu", 2600.0)
TWO_SEXES_OF_THREE = table("""
    | lieu  | sexe  |
    | ville | femme |
    | ville | homme |
    | champ | homme |
""")


def problem_of(act) -> Problem:
    with pytest.raises(Problem) as caught:
        act()
    return caught.value


@pytest.mark.parametrize(
    ("method", "bounds"),
    [("raking", None), ("linear", None), ("logit", (0.2, 4)), ("truncated", (0.2, 4)), ("sinh", None)],
)
def test_the_total_of_a_number_and_categories_are_met_together(method, bounds):
    weights = calibrate(ANSWERS, [SEXES, INCOME], method=method, bounds=bounds)

    incomes = np.array([10, 10, 30, 20, 40, 40])
    assert weights.values @ incomes == pytest.approx(2600, rel=1e-12)
    assert weights.values[[0, 2, 4]].sum() == pytest.approx(60, rel=1e-12)
    assert [(one.margin, one.category, one.wanted) for one in weights.reached] == [
        ("sexe", "femme", 60),
        ("sexe", "homme", 50),
        ("revenu", "", 2600),
    ]
    assert max(abs(one.gap) for one in weights.reached) < 1e-12


def test_a_number_may_have_a_total_in_each_category():
    weights = calibrate(ANSWERS, [SEXES, make_margin("lieu", {"ville": 700.0, "champ": 1900.0}, of="revenu")])

    assert weights.values[[0, 1, 3]] @ np.array([10, 10, 20]) == pytest.approx(700, rel=1e-12)
    assert weights.values[[2, 4, 5]] @ np.array([30, 40, 40]) == pytest.approx(1900, rel=1e-12)


def test_members_of_a_household_share_a_weight_that_meets_margins_of_persons_and_of_households():
    weights = calibrate(ANSWERS, [SEXES, PLACES], household="foyer", design_weight="poids")

    w = weights.values
    assert (w[0], w[4]) == (w[1], w[5])
    assert w[[0, 2, 4]].sum() == pytest.approx(60, rel=1e-12)
    assert w[0] + w[3] == pytest.approx(30, rel=1e-12)
    assert w[2] + w[4] == pytest.approx(40, rel=1e-12)
    assert "The members of one household have the same weight: 4 households." in [
        line.en for line in weights.diagnosis.lines
    ]


def test_bounds_hold_the_factors_and_those_who_touch_them_are_counted():
    weights = calibrate(ANSWERS, [SEXES, INCOME], method="truncated", bounds=(0.75, 2))

    factors = weights.values / (110 / 6)
    assert factors.min() == 0.75
    assert weights.diagnosis.at_low == np.count_nonzero(factors < 0.7501)
    assert weights.diagnosis.at_low > 0
    said = f"Answers whose factor is at the lower bound: {weights.diagnosis.at_low}; at the upper bound: 0."
    assert said in [line.en for line in weights.diagnosis.lines]


def test_linear_with_bounds_is_the_truncated_method():
    linear = calibrate(ANSWERS, [SEXES, INCOME], method="linear", bounds=(0.75, 2))

    assert linear.calibration.method == "truncated"
    assert (
        linear.values.tolist()
        == calibrate(ANSWERS, [SEXES, INCOME], method="truncated", bounds=(0.75, 2)).values.tolist()
    )


def test_negative_weights_of_the_linear_method_are_said():
    weights = calibrate(ANSWERS, [SEXES, make_margin("revenu", 1300.0)], method="linear")

    assert weights.diagnosis.negative == np.count_nonzero(weights.values < 0) > 0
    assert [line.en for line in weights.diagnosis.lines if line.en.startswith("Careful")] != []


def test_without_design_weights_bounds_are_about_what_remains_once_the_sample_is_on_the_scale_of_the_population():
    once = calibrate(ANSWERS, [SEXES], method="logit", bounds=(0.5, 2))

    assert (once.values / (110 / 6)).max() < 2
    assert once.calibration.rescaled == pytest.approx(110 / 6)


def test_design_weights_keep_their_own_scale_unless_no_factor_inside_the_bounds_would_do():
    near = calibrate(ANSWERS, [make_margin("sexe", {"femme": 7, "homme": 6})], design_weight="poids", method="sinh")
    far = calibrate(ANSWERS, [SEXES], design_weight="poids", method="logit", bounds=(0.5, 2))

    assert near.calibration.rescaled == 1
    assert far.calibration.rescaled == pytest.approx(110 / 12)
    assert far.diagnosis.lines[2].en.startswith("The starting weights add up to 12.00, the population to 110")


def test_bounds_that_cannot_be_kept_are_refused_with_some_that_can():
    problem = problem_of(lambda: calibrate(ANSWERS, [SEXES, INCOME], method="logit", bounds=(0.95, 1.05)))

    assert problem.code == "weights.bounds_impossible"
    low, high = (float(problem.values[name].en) for name in ("wide_low", "wide_high"))
    assert low < 0.95 < 1.05 < high
    assert calibrate(ANSWERS, [SEXES, INCOME], method="truncated", bounds=(low, high)).diagnosis.converged


def test_margins_that_contradict_each_other_are_refused_even_by_the_linear_method():
    crossed = {("ville", "femme"): 10, ("ville", "homme"): 30, ("champ", "femme"): 20, ("champ", "homme"): 50}
    margins = [SEXES, make_margin(("lieu", "sexe"), crossed)]

    assert problem_of(lambda: calibrate(ANSWERS, margins, method="linear")).code == "weights.contradictory"
    assert problem_of(lambda: rake(ANSWERS, margins)).code == "weights.contradictory"
    bounded = problem_of(lambda: calibrate(ANSWERS, margins, method="logit", bounds=(0.1, 9)))
    assert bounded.code == "weights.contradictory"


@pytest.mark.parametrize(("method", "bounds"), [("raking", None), ("logit", (0.2, 5))])
def test_a_total_in_another_unit_is_told_by_the_mean_it_would_make(method, bounds):
    for total, mean in ((2_600_000, "23,636.36"), (2.6, "0.02")):
        margins = [SEXES, make_margin("revenu", total)]

        problem = problem_of(lambda m=margins: calibrate(ANSWERS, m, method=method, bounds=bounds))

        assert problem.code == "weights.mean_out_of_range"
        assert [problem.values[name].en for name in ("mean", "low", "high")] == [mean, "10.00", "40.00"]


def test_a_total_that_positive_weights_cannot_reach_is_told():
    problem = problem_of(lambda: calibrate(ANSWERS, [make_margin("revenu", -5)], design_weight="poids"))

    assert problem.code == "weights.impossible_total"
    assert (problem.values["cell"].en, problem.values["reached"].en, problem.values["wanted"].en) == (
        "the total",
        "0",
        "-5",
    )


def test_a_total_of_zero_that_only_weights_of_zero_would_give_is_refused():
    nothing = make_margin("revenu", 0)

    assert problem_of(lambda: calibrate(ANSWERS, [nothing], design_weight="poids")).code == "weights.nothing_left"
    assert calibrate(ANSWERS, [nothing], design_weight="poids", method="linear").diagnosis.negative > 0


def test_bounds_that_fail_because_weights_are_on_another_scale_send_to_rescale():
    sexes = make_margin("sexe", {"femme": 10, "homme": 9})

    def asked(rescale):
        return calibrate(
            ANSWERS, [sexes], design_weight="poids", method="truncated", bounds=(0.7, 1.45), rescale=rescale
        )

    problem = problem_of(lambda: asked(False))

    assert problem.code == "weights.bounds_off_scale"
    assert (problem.values["own"].en, problem.values["total"].en) == ("12", "19")
    assert asked(True).diagnosis.converged


def test_without_a_count_nothing_holds_the_sum_of_weights_and_it_is_said():
    weights = calibrate(ANSWERS, [INCOME], design_weight="poids")

    assert weights.diagnosis.lines[0].en.startswith("No margin says how many the population counts")


def test_two_numbers_that_round_alike_are_shown_with_the_decimals_that_differ():
    # The hyperbolic sine stops short of factors this far from one another.
    rng = np.random.default_rng(1)
    a, b = rng.integers(0, 4, 2000), rng.integers(0, 5, 2000)
    places = np.bincount(a) * np.array([1.0, 1, 1, 25])
    sizes = np.bincount(b) * np.array([1, 1.2, 0.8, 1.1, 0.9])
    sizes *= places.sum() / sizes.sum()
    margins = [
        make_margin(name, {str(rank): count for rank, count in enumerate(counts.tolist())})
        for name, counts in (("a", places), ("b", sizes))
    ]
    answers = pa.table({"a": a.astype(str), "b": b.astype(str)})

    problem = problem_of(lambda: calibrate(answers, margins, method="sinh", rescale=False))

    assert problem.code == "weights.no_convergence"
    assert problem.values["reached"].en != problem.values["wanted"].en
    assert calibrate(answers, margins, rescale=False).diagnosis.converged


def test_a_margin_with_a_cost_is_approached_and_the_others_met():
    # All the women are in town: 60 women cannot fit in a town of 40.
    margins = [make_margin("lieu", {"ville": 40, "champ": 60}), make_margin("sexe", {"femme": 60, "homme": 40})]
    assert problem_of(lambda: rake(TWO_SEXES_OF_THREE, margins)).code == "weights.impossible"

    dear = calibrate(TWO_SEXES_OF_THREE, margins, costs={"sexe": 10})
    cheap = calibrate(TWO_SEXES_OF_THREE, margins, costs={"sexe": 0.1})

    assert [one.exact for one in dear.reached] == [True, True, False, False]
    assert [one.reached for one in dear.reached[:2]] == pytest.approx([40, 60], rel=1e-10)
    assert abs(dear.reached[2].gap) < abs(cheap.reached[2].gap)
    assert (dear.values > 0).all()
    assert any(
        line.en.startswith("These margins have a cost and are only approached: “sexe”") for line in dear.diagnosis.lines
    )


def test_a_gap_of_one_percent_costs_as_much_as_factors_moved_by_one_percent():
    # One category of 100 people, one answer of weight 100 asked to count 110: at cost 1, half of the way.
    answers = table("""
        | sexe  | poids |
        | femme | 100   |
    """)

    weights = calibrate(
        answers,
        [make_margin("sexe", {"femme": 110})],
        method="linear",
        design_weight="poids",
        costs={"sexe": 1},
        rescale=False,
    )

    # (g - 1)^2 100 / 2 + 110 ((100 g - 110) / 110)^2 / 2 is least where g = 1 + 10 / (100 + 110).
    assert weights.values[0] == pytest.approx(100 * (1 + 10 / 210))


def test_the_scale_says_who_may_move():
    still = calibrate(ANSWERS, [SEXES], design_weight="poids", method="linear", rescale=True)
    moved = calibrate(ANSWERS, [SEXES], design_weight="poids", method="linear", rescale=True, scale="q")

    before, after = still.values / still.calibration.initial, moved.values / moved.calibration.initial
    assert after[2] - 110 / 12 == pytest.approx(2 * (after[0] - 110 / 12))
    assert before[2] == pytest.approx(before[0])


def test_an_answer_of_weight_zero_keeps_its_zero_whatever_the_method():
    answers = ANSWERS.set_column(5, "poids", [["0", "0", "3", "1", "2", "2"]])

    for household in (None, "foyer"):
        weights = calibrate(answers, [SEXES, INCOME], design_weight="poids", method="linear", household=household)
        assert weights.values[:2].tolist() == [0, 0]
        assert weights.values @ np.array([10, 10, 30, 20, 40, 40]) == pytest.approx(2600)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"method": "rakin"}, "weights.unknown_method"),
        ({"method": "logit"}, "weights.bounds_needed"),
        ({"bounds": (1.2, 3)}, "weights.bad_bounds"),
        ({"bounds": (-1, 3)}, "weights.bad_bounds"),
        ({"bounds": (0.5, float("inf"))}, "weights.bad_bounds"),
        ({"costs": {"sexes": 1}}, "weights.unknown_cost"),
        ({"costs": {"sexe": 0}}, "weights.bad_cost"),
        ({"scale": "qq"}, "weights.unknown_scale"),
        ({"scale": "who"}, "weights.bad_scale"),
        ({"household": "foyers"}, "weights.unknown_household"),
        ({"household": "lieu", "design_weight": "poids"}, "weights.household_varies"),
        ({"household": "lieu", "scale": "q"}, "weights.household_varies"),
        ({"margins": [SEXES, PLACES]}, "weights.no_household"),
        ({"margins": [SEXES, make_margin("lieu", 12.0)]}, "weights.not_number"),
        ({"margins": [make_margin("sexe", {"femme": float("nan"), "homme": 1})]}, "weights.bad_count"),
        (
            {
                "margins": [
                    make_margin("lieu", {"ville": 1, "champ": 1}),
                    make_margin("sexe", {"femme": float("nan"), "homme": 1}),
                ]
            },
            "weights.bad_count",
        ),
        ({"margins": [make_margin("sexe", {"femme": -1, "homme": 1})]}, "weights.bad_count"),
        ({"margins": [make_margin("sexe", {"femme": 0, "homme": 0})]}, "weights.nobody"),
        ({"margins": [make_margin("revenu", float("inf"))]}, "weights.bad_total"),
    ],
)
def test_what_makes_no_sense_is_refused(asked, code):
    margins = asked.pop("margins", [SEXES])

    assert problem_of(lambda: calibrate(ANSWERS, margins, **asked)).code == code


def test_a_household_is_said_alike_by_all_its_members():
    sexes = make_margin("sexe", {"femme": 9, "homme": 9}, level="household")

    problem = problem_of(lambda: calibrate(ANSWERS, [sexes], household="foyer"))

    assert (problem.code, problem.values["variable"], problem.values["count"].en) == (
        "weights.household_varies",
        "sexe",
        "2",
    )


def test_a_poststratification_takes_counts_of_persons_only():
    for weighting, margin in (
        (Weighting(method="poststratify", bounds=(0.5, 2)), SEXES),
        (Weighting(method="poststratify"), INCOME),
        (Weighting(method="poststratify", household="foyer"), SEXES),
    ):
        assert problem_of(lambda w=weighting, m=margin: weigh(ANSWERS, w, [m])).code == "weights.poststratify_counts"


def test_a_ceiling_holds_in_every_method():
    for method, bounds in (("linear", None), ("logit", (0.1, 6)), ("sinh", None), ("truncated", (0.1, 6))):
        free = calibrate(ANSWERS, [SEXES, INCOME], design_weight="poids", method=method, bounds=bounds)
        held = calibrate(ANSWERS, [SEXES, INCOME], design_weight="poids", method=method, bounds=bounds, trim=1.3)

        assert held.values.max() <= 1.3 * np.median(free.values) * (1 + 1e-12)
        assert held.values @ np.array([10, 10, 30, 20, 40, 40]) == pytest.approx(2600)
        assert held.diagnosis.trimmed > 0


@pytest.mark.parametrize("asked", [{}, {"household": "foyer"}, {"scale": "q"}, {"costs": {"revenu": 5.0}}])
@pytest.mark.parametrize(("method", "bounds"), [("raking", None), ("linear", None), ("logit", (0.1, 6))])
def test_a_replicate_is_calibrated_as_the_sample_is(method, bounds, asked):
    made = calibrate(ANSWERS, [SEXES, INCOME], design_weight="poids", method=method, bounds=bounds, **asked)
    one = np.array([2.2, 2.2, 3.3, 0.9, 1.7, 1.7])  # of the same sum, so that both are brought to the same scale
    again = ANSWERS.set_column(5, "poids", [[str(weight) for weight in one]])

    found = recalibrate(made.calibration, np.column_stack([made.calibration.initial, one]))

    alone = calibrate(again, [SEXES, INCOME], design_weight="poids", method=method, bounds=bounds, **asked)
    np.testing.assert_allclose(found[:, 0], made.values, rtol=1e-9)
    np.testing.assert_allclose(found[:, 1], alone.values, rtol=1e-8)


def test_a_replicate_that_empties_a_category_is_refused_and_named():
    made = rake(ANSWERS, [SEXES, make_margin("lieu", {"ville": 60, "champ": 50})])
    without = np.array([0.0, 0.0, 1, 0, 1, 1])

    problem = problem_of(lambda: recalibrate(made.calibration, np.column_stack([np.ones(6), without])))

    assert (problem.code, problem.values["replicate"], problem.values["cell"]) == (
        "weights.replicate_impossible",
        2,
        "ville",
    )


def test_replicates_of_other_answers_are_refused():
    made = rake(ANSWERS, [SEXES])

    assert problem_of(lambda: recalibrate(made.calibration, np.ones((5, 2)))).code == "weights.replicate_length"


def test_a_study_declares_its_calibration(tmp_path):
    file = tmp_path / "weighting.yaml"
    file.write_text(
        "method: logit\nbounds: [0.2, 4]\nmargins: [sexe.yaml]\nhousehold: foyer\nscale: q\ncosts: {sexe: 10}\n",
        encoding="utf-8",
    )

    found = read_declaration(file, Weighting)

    assert (found.method, found.bounds, found.household, found.scale) == ("logit", (0.2, 4.0), "foyer", "q")
    assert found.costs == {"sexe": 10.0}
