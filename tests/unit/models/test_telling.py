"""A model told: sentences that are true of its coefficients, a table that keeps its covariance, the command."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from alliage.cli.model import model as command
from alliage.estimates import Design
from alliage.models import average_effects, contrast, predictive_margins, regress
from alliage.problems import Problem

N = 600


def sample():
    draw = np.random.default_rng(11)
    sex, age = draw.integers(0, 2, N), draw.integers(20, 70, N)
    return {
        "sex": np.where(sex == 1, "h", "f"),
        "age": age.astype(float),
        "coin": draw.integers(0, 2, N).astype(str),
        "yes": (draw.random(N) < 1 / (1 + np.exp(-(1.5 * sex - 0.06 * (age - 45))))).astype(float),
        "w": draw.uniform(1, 2, N),
    }


@pytest.fixture(scope="module")
def logistic():
    return regress(sample(), "yes ~ sex + age + coin", design=Design(weight="w"), family="logistic")


def test_a_larger_odds_a_smaller_one_and_one_that_cannot_be_told(logistic):
    sex, age, coin = logistic.sentences()

    assert sex.fr.startswith("À « age » et « coin » égaux, la cote de « yes » est ")
    assert "fois plus forte pour « sex = h » que pour « sex = f »" in sex.fr
    assert "une unité de plus de « age » divise la cote de « yes » par 1,0" in age.fr
    assert "on ne peut pas trancher entre « coin = 1 » et « coin = 0 »" in coin.fr
    assert "cannot be told apart" in coin.en


def test_the_ends_of_a_smaller_odds_are_turned_round_with_it(logistic):
    ratios = logistic.ratios()
    rank = ratios.names.index("age")

    sentence = logistic.sentences()[1].en

    times, low, high = (f"{1 / value:.2f}" for value in (ratios.value[rank], ratios.high[rank], ratios.low[rank]))
    assert sentence.endswith(f"divides the odds of “yes” by {times} ({low} to {high}).")


def test_many_variables_are_not_all_named_on_every_line():
    answers = sample() | {name: np.random.default_rng(rank).normal(size=N) for rank, name in enumerate("abc")}

    model = regress(answers, "yes ~ sex + age + a + b + c", design=Design(weight="w"), family="logistic")

    assert all(line.fr.startswith("À égalité sur les autres variables du modèle, ") for line in model.sentences())


def test_those_who_lack_a_variable_are_told_where_there_are_some(logistic):
    answers = sample()
    answers["age"][:7] = np.nan

    assert "(" not in logistic.written("fr").splitlines()[1]
    assert "(7 sans l'une d'elles)" in regress(answers, "yes ~ age", design=Design(weight="w")).written("fr")


def test_an_interaction_is_not_told_as_if_it_were_alone():
    model = regress(sample(), "yes ~ sex * coin + age", design=Design(weight="w"), family="logistic")

    age, crossed = model.sentences()

    assert "« age »" in age.fr
    assert "« coin » et « sex » dépend d'une autre variable" in crossed.fr


def test_a_model_without_error_concludes_nothing():
    model = regress(sample(), "yes ~ sex", design=Design(kind="self_selected"), family="logistic")

    assert [sentence.fr for sentence in model.sentences()] == ["Aucune conclusion possible sans erreur type."]


def test_coefficients_leave_with_their_covariance(logistic):
    table = logistic.to_arrow()

    np.testing.assert_array_equal(np.array(table["covariance"].to_pylist()), logistic.covariance)
    assert table["name"].to_pylist() == ["(1)", "sex=h", "age", "coin=1"]
    assert np.isnan(table["ratio"][0].as_py())  # the odds of the intercept are no ratio


def test_what_is_printed_names_the_base_and_the_references(logistic):
    assert repr(logistic).splitlines()[:2] == [
        "yes ~ sex + age + coin",
        "logistic · n 600 · n_missing 0 · sex=f · coin=0",
    ]
    assert "<th scope" in logistic._repr_html_()


def test_a_label_is_escaped_in_html():
    answers = {"y": np.arange(4.0), "a<b": np.array(["x", "<i>", "x", "<i>"])}

    assert "<i>" not in regress(answers, "y ~ `a<b`", design=Design())._repr_html_()


def test_linear_coefficients_are_no_ratios():
    model = regress(sample(), "age ~ sex", design=Design(weight="w"))

    with pytest.raises(Problem) as problem:
        model.ratios()

    assert problem.value.code == "models.no_ratio"
    assert "est en moyenne" in model.sentences()[0].fr or "trancher" in model.sentences()[0].fr


def test_a_contrast_is_named_by_what_it_adds_up(logistic):
    found = contrast(logistic, {"sex=h": 1, "age": -10})

    assert found.names == ("sex=h - 10 age",)
    assert found.value[0] == pytest.approx(logistic["sex=h"] - 10 * logistic["age"], rel=1e-14)


def test_the_effect_of_a_category_is_its_margin_less_that_of_the_reference(logistic):
    margins = predictive_margins(logistic, "sex")

    effect = average_effects(logistic, "sex")

    assert effect.names == ("h - f",)
    assert effect.value[0] == pytest.approx(margins["h"] - margins["f"], rel=1e-12)


@pytest.mark.parametrize(
    "formula",
    [
        "yes ~ age + sex",
        "yes ~ log(age) * sex",
        "yes ~ age + I(age^2)",
        "yes ~ I(age/10)",
        "yes ~ sqrt(age) + sex",
        "yes ~ I(age*2)",
        "yes ~ I(age-40) * sex",
    ],
)
def test_the_effect_of_a_number_is_the_mean_slope_of_the_predictions(formula):
    answers, step = sample(), 1e-4
    model = regress(answers, formula, design=Design(weight="w"), family="logistic")

    effect = average_effects(model, "age")

    higher, lower = ({**answers, "age": answers["age"] + side * step} for side in (1, -1))
    weights = answers["w"] / answers["w"].sum()
    assert effect.value[0] == pytest.approx(
        float(weights @ (_mean(model, higher) - _mean(model, lower)) / (2 * step)), rel=1e-6
    )


def _mean(model, answers):
    from_names = {"(1)": np.ones(N), "age": answers["age"], "log(age)": np.log(answers["age"])}
    from_names |= {"I(age^2)": answers["age"] ** 2, "I(age/10)": answers["age"] / 10}
    from_names |= {
        "sqrt(age)": np.sqrt(answers["age"]),
        "I(age*2)": answers["age"] * 2,
        "I(age-40)": answers["age"] - 40,
    }
    from_names |= {"sex=h": answers["sex"] == "h"}
    eta = sum(
        value * np.prod([from_names[part] for part in name.split(":")], axis=0)
        for name, value in zip(model.names, model.coefficients, strict=True)
    )
    return 1 / (1 + np.exp(-eta))


def test_a_margin_of_a_number_is_refused_with_the_way_out(logistic):
    with pytest.raises(Problem) as problem:
        predictive_margins(logistic, "age")

    assert problem.value.code == "models.margins_number"


def test_an_error_that_does_not_exist_is_not_another_one(logistic):
    with pytest.raises(Problem) as problem:
        predictive_margins(logistic, "sex", error="unconditional")

    assert problem.value.code == "estimates.option"


def test_a_margin_of_what_is_not_in_the_model_is_refused(logistic):
    with pytest.raises(Problem) as problem:
        predictive_margins(logistic, "sexe")

    assert (problem.value.code, problem.value.values["suggestion"].en) == (
        "models.margins_variable",
        " (did you mean “sex”?)",
    )


@pytest.fixture
def files(tmp_path):
    answers = sample()
    with Path(tmp_path, "answers.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(answers)
        writer.writerows(zip(*answers.values(), strict=True))
    Path(tmp_path, "design.yaml").write_text("weight: w\n", encoding="utf-8")
    return str(Path(tmp_path, "answers.csv")), "--design", str(Path(tmp_path, "design.yaml"))


def run(*words):
    return CliRunner().invoke(command, words)


def test_the_command_prints_the_model_in_french(files):
    result = run(*files, "--formula", "yes ~ age + C(sex, ref='h')", "--family", "logistic")

    lines = result.stdout.splitlines()
    assert lines[0] == "régression logistique · yes ~ age + C(sex, ref='h')"
    assert lines[2] == "Références : sex=h."
    assert lines[4].split()[:3] == ["coefficient", "valeur", "erreur_type"]


def test_the_command_gives_every_digit_and_the_covariance_in_json(files):
    told = json.loads(run(*files, "--formula", "age ~ sex", "--within", "coin=1", "--format", "json").stdout)

    answers = sample()
    model = regress(answers, "age ~ sex", design=Design(weight="w"), within={"coin": "1"})
    assert told["coefficients"][1]["value"] == model["sex=h"]
    assert told["covariance"] == model.covariance.tolist()
    assert told["n"] == int((answers["coin"] == "1").sum())


def test_the_command_gives_csv(files):
    result = run(*files, "--formula", "age ~ sex", "--format", "csv", "--language", "en")

    assert [row["coefficient"] for row in csv.DictReader(io.StringIO(result.stdout))] == ["(1)", "sex=h"]


def test_a_problem_names_the_file(files):
    problem = run(*files, "--formula", "age ~ nobody").exception

    assert (problem.code, str(problem.place.file)) == ("estimates.no_column", files[0])


def test_a_domain_badly_written_is_refused(files):
    assert run(*files, "--formula", "age ~ sex", "--within", "coin").exception.code == "models.within_shape"
