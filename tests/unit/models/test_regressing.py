"""What a model promises: its base, its references, what it refuses, and the same answer by every road."""

from __future__ import annotations

from fractions import Fraction
from math import exp, fsum

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliage.estimates import Design, mean
from alliage.estimates.replicates.sets import weights_of
from alliage.models import (
    anova,
    average_effects,
    predict,
    predictive_margins,
    pseudo_r2,
    regress,
    term_test,
    term_tests,
)
from alliage.models import profiles as profiles_room
from alliage.problems import Problem
from tables import table

PEOPLE = table("""
    | sport | sex | age | w   | town |
    | oui   | f   | 20  | 1   | a    |
    | non   | f   | 35  | 2   | a    |
    | oui   | f   | 50  | 1.5 | b    |
    | non   | f   | 61  | 1   | b    |
    | oui   | h   | 22  | 1   | c    |
    | oui   | h   | 33  | 1   | c    |
    | non   | h   | 45  | 2   | d    |
    | oui   | h   | 58  | 1   | d    |
    | non   | h   | 70  | 1   | e    |
    | non   | f   | 66  | 3   | e    |
""")
PLAN = Design(weight="w", clusters="town")


def sample(n=400, seed=3):
    draw = np.random.default_rng(seed)
    sex, size, age = draw.integers(0, 2, n), draw.integers(0, 3, n), draw.integers(18, 80, n)
    score = 0.5 * sex - 0.3 * size + 0.02 * (age - 50)
    return {
        "sex": np.where(sex == 1, "h", "f"),
        "size": np.array(["petite", "moyenne", "grande"])[size],
        "age": age.astype(float),
        "y": score + draw.normal(size=n),
        "yes": (draw.random(n) < 1 / (1 + np.exp(-score))).astype(float),
        "count": draw.poisson(np.exp(score / 2)).astype(float),
        "mood": np.digitize(score + draw.logistic(size=n), [-1.0, 0.0, 1.5]).astype(float),
        "w": draw.uniform(0.5, 3, n),
        "town": np.arange(n) // 8,
        "region": np.arange(n) // 80,
    }


DESIGN = Design(weight="w", clusters="town", strata="region")
FAMILIES = [("linear", "y"), ("logistic", "yes"), ("poisson", "count"), ("ordinal", "mood")]


def refusal(*arguments, **options):
    with pytest.raises(Problem) as problem:
        regress(*arguments, **options)
    return problem.value


def test_a_model_names_its_base_and_its_references():
    model = regress(PEOPLE, 'sport == "oui" ~ sex + age', design=PLAN, family="logistic")

    assert (model.n, model.n_missing, model.response, model.references) == (10, 0, "sport = oui", {"sex": "f"})
    assert model.names == ("(1)", "sex=h", "age")
    assert model.df == 5 - 1 + 1 - 3


def test_the_mean_of_each_group_is_the_one_of_the_estimator_with_its_error():
    answers = sample()

    model = regress(answers, "y ~ 0 + size", design=DESIGN)
    estimates = mean(answers, "y", by="size", design=DESIGN)

    wanted = {estimate.domain["size"]: estimate for estimate in estimates}
    for rank, name in enumerate(model.names):
        estimate = wanted[name.removeprefix("size=")]
        assert model.coefficients[rank] == pytest.approx(estimate.value, rel=1e-12)
        assert model.standard_errors[rank] == pytest.approx(estimate.standard_error, rel=1e-10)


@pytest.mark.parametrize(("family", "y"), FAMILIES)
def test_the_reference_changes_the_words_and_not_the_model(family, y):
    answers = sample()

    one = regress(answers, f"{y} ~ size + age", design=DESIGN, family=family)
    other = regress(answers, f'{y} ~ C(size, ref="petite") + age', design=DESIGN, family=family)

    assert other["size=grande"] == pytest.approx(-one["size=petite"], rel=1e-8)
    assert other["size=moyenne"] == pytest.approx(one["size=moyenne"] - one["size=petite"], rel=1e-8)
    assert other["age"] == pytest.approx(one["age"], rel=1e-8)
    assert term_test(other, "size").statistic == pytest.approx(term_test(one, "size").statistic, rel=1e-8)


@pytest.mark.parametrize(("family", "y"), FAMILIES)
def test_profiles_and_rows_give_the_same_model(family, y, monkeypatch):
    answers = sample(1200)
    formula = f"{y} ~ sex * size"

    by_profile = regress(answers, formula, design=DESIGN, family=family)
    monkeypatch.setattr(profiles_room, "FEW", 10**9)
    monkeypatch.setattr(profiles_room, "HELD", 0)
    by_row = regress(answers, formula, design=DESIGN, family=family)

    assert by_profile.fitted.profiles.count == 6
    assert by_row.fitted.profiles.of_row is None
    np.testing.assert_allclose(by_row.coefficients, by_profile.coefficients, rtol=1e-9)
    np.testing.assert_allclose(by_row.covariance, by_profile.covariance, rtol=1e-9, atol=1e-16)


@pytest.mark.parametrize(("family", "y"), FAMILIES)
def test_many_blocks_give_what_one_gives(family, y, monkeypatch):
    answers = sample(3000)
    answers["x"] = np.random.default_rng(5).normal(size=3000)

    one = regress(answers, f"{y} ~ x + age", design=DESIGN, family=family)
    monkeypatch.setattr(profiles_room, "BLOCK", 1)
    monkeypatch.setattr(profiles_room, "HELD", 0)
    many = regress(answers, f"{y} ~ x + age", design=DESIGN, family=family)

    np.testing.assert_allclose(many.coefficients, one.coefficients, rtol=1e-10)
    np.testing.assert_allclose(many.covariance, one.covariance, rtol=1e-9, atol=1e-18)


@pytest.mark.parametrize(("family", "y"), FAMILIES)
def test_weights_in_another_unit_change_nothing(family, y):
    answers = sample()

    one = regress(answers, f"{y} ~ sex + age", design=DESIGN, family=family)
    other = regress({**answers, "w": answers["w"] * 1000}, f"{y} ~ sex + age", design=DESIGN, family=family)

    np.testing.assert_allclose(other.coefficients, one.coefficients, rtol=1e-9)
    np.testing.assert_allclose(other.covariance, one.covariance, rtol=1e-9)


@pytest.mark.parametrize(("family", "y"), FAMILIES)
def test_a_number_far_from_zero_loses_no_digit(family, y):
    answers = sample()
    answers["year"] = answers["age"] + 1_000_000

    near = regress(answers, f"{y} ~ age + sex", design=DESIGN, family=family)
    far = regress(answers, f"{y} ~ year + sex", design=DESIGN, family=family)

    assert far["year"] == pytest.approx(near["age"], rel=1e-9)
    assert far.standard_errors[far.rank("year")] == pytest.approx(near.standard_errors[near.rank("age")], rel=1e-9)


@pytest.mark.parametrize(("family", "y"), FAMILIES)
def test_the_jackknife_says_about_what_linearisation_says(family, y):
    answers = sample(800)

    taylor = regress(answers, f"{y} ~ sex + size", design=DESIGN, family=family)
    again = regress(answers, f"{y} ~ sex + size", design=Design(**{**_plan(), "replicates": "JKn"}), family=family)

    np.testing.assert_allclose(again.coefficients, taylor.coefficients, rtol=1e-12)
    np.testing.assert_allclose(again.standard_errors, taylor.standard_errors, rtol=0.05)
    assert again.df == taylor.df


def _plan():
    return {"weight": "w", "clusters": "town", "strata": "region"}


@pytest.mark.parametrize(("family", "y"), FAMILIES)
def test_replicate_weights_of_a_file_give_what_their_factors_give(family, y):
    answers = sample()
    made = Design(weight="w", clusters="town", replicates="JK1").bind(answers)
    given = {f"rep_{rank}": column for rank, column in enumerate(weights_of(made).T)}

    by_unit = regress(answers, f"{y} ~ sex + age", design=made, family=family)
    from_file = Design(weight="w", replicates="JK1", replicate_weights="rep_*")
    by_row = regress({**answers, **given}, f"{y} ~ sex + age", design=from_file, family=family)

    np.testing.assert_allclose(by_row.covariance, by_unit.covariance, rtol=1e-7, atol=1e-12)
    assert by_row.df == by_unit.df


@pytest.mark.parametrize(("family", "y"), FAMILIES)
def test_a_replicate_without_a_category_is_left_aside_and_counted(family, y):
    answers = sample()
    answers["size"] = np.where(answers["town"] == 7, "rare", answers["size"])
    if family == "logistic":
        answers["yes"][56:64] = [0, 1] * 4

    model = regress(answers, f"{y} ~ size", design=Design(weight="w", clusters="town", replicates="JK1"), family=family)

    assert [caution.code for caution in model.warnings] == ["models.replicates_left_aside"]
    assert np.isfinite(model.covariance).all()


def test_the_effect_of_a_number_errs_as_the_jackknife_says():
    answers = sample(800)
    formula = "yes ~ sex + age + I(age^2)"
    taylor = regress(answers, formula, design=DESIGN, family="logistic")
    again = regress(answers, formula, design=Design(**{**_plan(), "replicates": "JKn"}), family="logistic")

    effect = average_effects(taylor, "age", error="together")

    assert average_effects(again, "age").standard_errors == pytest.approx(effect.standard_errors, rel=0.03)


def test_margins_under_the_jackknife_err_as_those_whose_two_sources_go_together():
    answers = sample(800)
    taylor = regress(answers, "yes ~ sex + size + age", design=DESIGN, family="logistic")
    again = regress(
        answers, "yes ~ sex + size + age", design=Design(**{**_plan(), "replicates": "JKn"}), family="logistic"
    )

    together = predictive_margins(taylor, "size", error="together")
    jackknife = predictive_margins(again, "size")

    np.testing.assert_allclose(jackknife.value, together.value, rtol=1e-12)
    np.testing.assert_allclose(jackknife.standard_errors, together.standard_errors, rtol=0.03)


def test_the_margins_of_a_saturated_model_are_the_means_of_the_groups():
    answers = sample()

    margins = predictive_margins(regress(answers, "yes ~ sex", design=DESIGN, family="logistic"), "sex")

    wanted = {estimate.domain["sex"]: estimate for estimate in mean(answers, "yes", by="sex", design=DESIGN)}
    for rank, name in enumerate(margins.names):
        assert margins.value[rank] == pytest.approx(wanted[name].value, rel=1e-12)
        assert margins.standard_errors[rank] == pytest.approx(wanted[name].standard_error, rel=1e-10)


def test_a_domain_keeps_the_units_outside_it():
    answers = sample()

    model = regress(answers, "y ~ age", design=DESIGN, within={"sex": "f"})
    inside = regress(answers, "y ~ age", design=DESIGN, within=answers["sex"] == "f")
    cut = regress({name: values[answers["sex"] == "f"] for name, values in answers.items()}, "y ~ age", design=DESIGN)

    np.testing.assert_array_equal(model.covariance, inside.covariance)
    np.testing.assert_allclose(model.coefficients, cut.coefficients, rtol=1e-12)
    assert model.n == cut.n == int((answers["sex"] == "f").sum())


def test_a_row_that_lacks_a_variable_is_counted_and_set_aside():
    answers = sample()
    holes = {**answers, "age": np.where(np.arange(400) % 10 == 0, np.nan, answers["age"])}

    model = regress(holes, "y ~ age + sex", design=DESIGN)

    assert (model.n, model.n_missing) == (360, 40)


def test_a_weight_of_zero_is_outside_the_base():
    answers = sample()
    answers["w"] = np.where(np.arange(400) < 25, 0.0, answers["w"])

    assert regress(answers, "y ~ age", design=DESIGN).n == 375


def test_a_column_that_repeats_others_is_left_out_and_named():
    answers = sample()
    answers["months"] = answers["age"] * 12

    model = regress(answers, "y ~ age + months + sex", design=DESIGN)

    assert (model.aliased, model.names) == (("months",), ("(1)", "age", "sex=h"))
    assert [caution.code for caution in model.warnings] == ["models.aliased"]
    np.testing.assert_allclose(
        model.coefficients, regress(answers, "y ~ age + sex", design=DESIGN).coefficients, rtol=1e-12
    )


def test_an_empty_crossing_is_left_out():
    answers = sample()
    kept = ~((answers["sex"] == "h") & (answers["size"] == "petite"))

    model = regress(answers, "y ~ sex * size", design=DESIGN, within=kept)

    assert model.aliased == ("sex=h:size=petite",)


def test_a_category_where_everyone_answered_the_same_is_refused_and_named():
    answers = table("""
        | y | town   | w |
        | 1 | Lyon   | 1 |
        | 1 | Lyon   | 1 |
        | 0 | Nantes | 1 |
        | 1 | Nantes | 1 |
    """)

    problem = refusal(answers, "y ~ town", design=Design(weight="w"), family="logistic")

    assert (problem.code, problem.values["cell"], problem.values["count"]) == ("models.separated", "town=Lyon", 2)


def test_numbers_that_separate_perfectly_are_refused_and_named():
    answers = {"y": np.array([0.0, 0, 0, 1, 1, 1]), "x": np.array([1.0, 2, 3, 4, 5, 6]), "w": np.ones(6)}

    problem = refusal(answers, "y ~ x", design=Design(weight="w"), family="logistic")

    assert (problem.code, problem.values["columns"].en) == ("models.not_settled", "x")


@pytest.mark.parametrize(
    ("formula", "family", "code"),
    [
        ("sport ~ age", "logistic", "models.text_response"),
        ("age ~ sex", "logistic", "models.not_a_share"),
        ("age ~ log(nothing)", "linear", "estimates.no_column"),
        ("sport ~ age", "ordinal", "models.no_order"),
        ('sport == "peut-être" ~ age', "logistic", "estimates.unknown_answer"),
        ('age ~ C(sex, ref="x")', "linear", "models.no_reference"),
        ("age ~ C(age) * sex", "linear", "models.too_large"),
        ("w ~ C(age)", "linear", "models.too_large"),
        ("I(age-40) ~ sex", "poisson", "models.negative_count"),
        ("age ~ sex", "gamma", "models.unknown_family"),
    ],
)
def test_what_cannot_be_fitted_is_refused_by_name(formula, family, code):
    assert refusal(PEOPLE, formula, design=PLAN, family=family).code == code


def test_a_million_identifiers_are_refused_before_any_column_is_made():
    answers = {"y": np.arange(3000.0), "who": [f"n{rank}" for rank in range(3000)], "g": ["a", "b"] * 1500}

    problem = refusal(answers, "y ~ who * g", design=Design())

    assert (problem.code, problem.values["worst"], problem.values["columns"]) == (
        "models.too_many_columns",
        "who",
        3000 + 2 + 6000,
    )


@pytest.mark.parametrize("design", [DESIGN, Design(weight="w", clusters="town", replicates="JK1")])
def test_a_model_that_leaves_nothing_has_neither_error_nor_test(design):
    answers = sample()
    answers["again"] = 3 * answers["y"] - 1000

    model = regress(answers, "y ~ again + sex", design=design)

    assert "models.perfect_fit" in [caution.code for caution in model.warnings]
    assert model["again"] == pytest.approx(1 / 3, rel=1e-9)
    assert (model.standard_errors == 0).all()
    assert np.isnan(model.p_values).all()
    assert model.sentences() == ()


def test_numbers_with_a_comma_are_told_to_be_categories():
    answers = sample() | {"price": np.array(["1,5", "2", "2,5"])[np.arange(400) % 3]}

    told = regress(answers, "y ~ price", design=DESIGN).warnings
    asked = regress(answers, "y ~ C(price)", design=DESIGN).warnings

    assert [caution.code for caution in told] == ["models.decimal_comma"]
    assert [caution.code for caution in asked] == []


def test_the_logarithm_of_zero_is_refused_by_its_row():
    problem = refusal(table("| y | x |\n| 1 | 3 |\n| 2 | 0 |"), "y ~ log(x)", design=Design())

    assert (problem.code, problem.values["row"], problem.values["written"]) == ("models.not_finite", 2, "log(x)")


def test_the_order_of_answers_must_name_each_of_them_once():
    problem = refusal(PEOPLE, "sport ~ age", design=PLAN, family="ordinal", order=["oui", "oui"])

    assert problem.code == "models.wrong_order"


def test_volunteers_have_coefficients_and_no_error():
    model = regress(PEOPLE, "age ~ sex", design=Design(weight="w", kind="self_selected"))

    assert np.isfinite(model.coefficients).all()
    assert np.isnan(model.covariance).all()
    assert [caution.code for caution in model.warnings] == ["estimates.self_selected"]
    assert np.isnan(term_test(model, "sex").p)


def test_a_census_has_no_sampling_error():
    model = regress(PEOPLE, "age ~ sex", design=Design(kind="census"))

    assert (model.standard_errors == 0).all()


def test_too_many_coefficients_for_the_units_leave_no_degree_of_freedom():
    model = regress(PEOPLE, "age ~ sex + sport", design=Design(weight="w", clusters="sex"))

    assert model.df <= 0
    assert "models.no_degrees" in [caution.code for caution in model.warnings]
    assert np.isnan(model.p_values).all()


def test_a_term_that_says_nothing_and_one_that_says_a_lot():
    answers = sample(2000)
    answers["noise"] = np.random.default_rng(9).integers(0, 2, 2000).astype(str)
    model = regress(answers, "yes ~ size + noise", design=DESIGN, family="logistic")

    for method in ("wald", "lrt"):
        tests = term_tests(model, method=method)
        assert tests["size"].p < 0.001
        assert tests["noise"].p > 0.05
    assert anova(model)["noise"].p == pytest.approx(tests["noise"].p, rel=1e-12)


def test_the_three_laws_of_the_likelihood_ratio_agree():
    model = regress(sample(), "yes ~ size + sex", design=DESIGN, family="logistic")

    found = [
        term_test(model, "size", method="lrt", law=law).p for law in ("saddlepoint", "integration", "satterthwaite")
    ]

    assert max(found) - min(found) < 0.02
    assert found[0] != found[1]
    assert term_test(model, "size", method="lrt").p == found[1]


@pytest.mark.parametrize("option", [{"method": "Wald"}, {"method": "lrt", "law": "exact"}])
def test_a_test_that_does_not_exist_is_not_another_one(option):
    model = regress(sample(), "yes ~ size", design=DESIGN, family="logistic")

    with pytest.raises(Problem) as problem:
        term_test(model, "size", **option)

    assert problem.value.code == "estimates.option"


def test_r_squared_of_a_linear_model_is_the_usual_one():
    answers = sample()
    model = regress(answers, "y ~ age + sex", design=DESIGN)

    fitted = predict(model, {name: answers[name] for name in ("age", "sex")}).value
    middle = np.average(answers["y"], weights=answers["w"])
    rest = np.average((answers["y"] - fitted) ** 2, weights=answers["w"])

    assert pseudo_r2(model).cox_snell == pytest.approx(
        1 - rest / np.average((answers["y"] - middle) ** 2, weights=answers["w"]), rel=1e-12
    )


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 1), st.integers(0, 2), st.floats(-3, 3), st.floats(0.1, 5)), min_size=12, max_size=40
    )
)
def test_the_weighted_scores_add_up_to_zero(rows):
    """The oracle: at the solution, residuals weighted by each column sum to nothing, row by row in plain Python."""
    answers = {
        "y": np.array([row[0] for row in rows], dtype=float),
        "g": np.array(["abc"[row[1]] for row in rows]),
        "x": np.array([row[2] for row in rows]),
        "w": np.array([row[3] for row in rows]),
    }
    refused = ""
    try:
        model = regress(answers, "y ~ g + x", design=Design(weight="w"), family="logistic")
    except Problem as problem:
        refused = problem.code
    if refused:
        assert refused in {"models.separated", "models.not_settled", "models.same_answer", "models.one_level"}
        return
    beta = dict(zip(model.names, model.coefficients.tolist(), strict=True))
    residuals = []
    for y, g, x, w in rows:
        eta = beta["(1)"] + beta.get(f"g={'abc'[g]}", 0.0) + beta.get("x", 0.0) * x
        residuals.append(w * (y - 1 / (1 + exp(-eta))))

    size = fsum(row[3] for row in rows)
    assert abs(fsum(residuals)) < 1e-9 * size
    assert abs(fsum(r * row[2] for r, row in zip(residuals, rows, strict=True))) < 1e-8 * size


def test_large_numbers_keep_every_digit():
    """The oracle: the normal equations in exact fractions, which R's QR leaves by 1e-10 here."""
    answers = sample(60)
    answers["budget"] = np.round(1_000_000 + answers["y"], 3)

    model = regress(answers, "budget ~ age + sex", design=Design(weight="w"))

    rows = [
        ([Fraction(1), Fraction(age), Fraction(int(sex == "h"))], Fraction(w), Fraction(y))
        for age, sex, w, y in zip(answers["age"], answers["sex"], answers["w"], answers["budget"], strict=True)
    ]
    lines = [
        [sum(w * x[i] * x[j] for x, w, _ in rows) for j in range(3)] + [sum(w * x[i] * y for x, w, y in rows)]
        for i in range(3)
    ]
    for i in range(3):
        lines[i] = [value / lines[i][i] for value in lines[i]]
        for k in range(3):
            if k != i:
                lines[k] = [a - lines[k][i] * b for a, b in zip(lines[k], lines[i], strict=True)]
    np.testing.assert_allclose(model.coefficients, [float(line[3]) for line in lines], rtol=1e-13)


def test_the_chances_of_an_ordinal_model_add_up_to_one():
    model = regress(sample(), "mood ~ age + sex", design=DESIGN, family="ordinal")

    found = predict(model, pa.table({"age": [20.0, 70.0], "sex": ["f", "h"]}))

    assert found.names[:2] == ("1: 0", "1: 1")
    np.testing.assert_allclose(found.value.reshape(2, 4).sum(axis=1), 1.0, rtol=1e-12)
    np.testing.assert_allclose(found.covariance.reshape(2, 4, 8).sum(axis=1), 0.0, atol=1e-15)


def test_a_prediction_asks_for_categories_the_model_knows():
    model = regress(sample(), "y ~ size", design=DESIGN)

    with pytest.raises(Problem) as problem:
        predict(model, {"size": np.array(["géante"])})

    assert problem.value.code == "models.unknown_level"


def test_predicted_chances_stay_between_zero_and_one():
    model = regress(PEOPLE, 'sport == "oui" ~ age', design=PLAN, family="logistic")

    low, high = predict(model, {"age": np.array([5.0, 120.0])}).intervals()

    assert (low > 0).all()
    assert (high < 1).all()
