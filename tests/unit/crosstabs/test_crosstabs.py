"""Crosstabs: every figure is the one `share` and `mean` give, every letter the one `compare` allows."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from alliage.crosstabs import Mean, Question, Several, crosstab
from alliage.estimates import Design, compare, mean, share
from alliage.problems import Problem

N = 400
DESIGN = Design(weight="w", strata="stratum", clusters="town")


@pytest.fixture(scope="module")
def answers():
    draw = np.random.default_rng(3)
    sex = draw.choice(["f", "h"], N)
    likes = np.where(draw.random(N) < np.where(sex == "f", 0.75, 0.35), "oui", "non")
    opinion = draw.choice(["tout à fait", "plutôt", "plutôt pas", "nsp", ""], N)
    town = draw.integers(0, 20, N)
    return {
        "sex": sex.tolist(),
        "likes": likes.tolist(),
        "opinion": opinion.tolist(),
        "size": draw.choice(["petite", "moyenne", "grande"], N).tolist(),
        "hours": np.where(sex == "f", 4.0, 3.0) + draw.normal(size=N),
        "sport": draw.choice(["1", "0", ""], N).tolist(),
        "cinema": draw.choice(["1", "0"], N).tolist(),
        "w": draw.uniform(0.5, 2, N),
        "town": town,
        "stratum": town % 4,
    }


def test_every_figure_is_the_estimate_of_its_group(answers):
    made = crosstab(answers, "opinion", "sex", design=DESIGN)
    [table] = made.tables
    groups = share(answers, "opinion", design=DESIGN, by="sex")
    whole = share(answers, "opinion", design=DESIGN)

    assert [row.label for row in table.rows] == ["nsp", "plutôt", "plutôt pas", "tout à fait"]
    assert table.value[:, 0] == pytest.approx(whole.column("value"))
    assert table.value[:, 1:].ravel() == pytest.approx(groups.column("value"))
    assert table.standard_error[:, 1:].ravel() == pytest.approx(groups.column("standard_error"))
    assert table.base.tolist() == [whole[0].n, groups[0].n, groups[1].n]
    assert table.effective[1] == pytest.approx(groups[0].n_effective)
    assert table.value.sum(axis=0) == pytest.approx(np.ones(3))
    assert table.row_share[:, 1:].sum(axis=1) == pytest.approx(np.ones(4))
    assert table.weighted.sum(axis=0) == pytest.approx(table.weight_sum)
    assert table.n.sum(axis=0).tolist() == table.base.tolist()


def test_letters_are_those_of_compare(answers):
    made = crosstab(answers, ["likes", Mean("hours")], ["sex", "size"], design=DESIGN, multiplicity="holm")
    tests = made.tests_to_arrow().to_pylist()
    gaps = compare(share(answers, "likes", design=DESIGN, by="size"), method="none")

    assert [column.letter for column in made.columns] == ["", "A", "B", "A", "B", "C"]
    assert made.tables[0].letters[1].tolist()[:3] == ["", "B", ""]  # women say yes more often
    assert made.tables[1].letters[0].tolist()[:3] == ["", "B", ""]
    assert [line["p_value"] for line in tests if line["group"] == "size" and line["question"] == "likes"] == (
        pytest.approx(gaps.p_value.tolist())
    )
    assert all(line["p_adjusted"] >= line["p_value"] for line in tests)


def test_a_second_level_adds_small_letters_only(answers):
    one = crosstab(answers, "opinion", "size", design=DESIGN)
    two = crosstab(answers, "opinion", "size", design=DESIGN, second_level=0.6)

    for before, after in zip(one.tables[0].letters.ravel(), two.tables[0].letters.ravel(), strict=True):
        assert before == "".join(letter for letter in after if letter.isupper())
    assert any(letter.islower() for cell in two.tables[0].letters.ravel() for letter in cell)


def test_a_small_column_is_marked_and_not_tested(answers):
    rare = {**answers, "size": ["rare" if rank < 20 else word for rank, word in enumerate(answers["size"])]}

    made = crosstab(rare, "likes", "size", design=DESIGN, minimum_base=30)
    [table] = made.tables
    place = [column.label for column in made.columns].index("rare")

    assert not table.enough[place]
    assert math.isfinite(table.value[0, place])
    assert not any("rare" in (line["a"], line["b"]) for line in made.tests_to_arrow().to_pylist())
    assert "20*" in made.written("en")
    assert "fewer than 30" in made.written("en")


def test_a_net_counts_its_answers_once_and_stands_above_them(answers):
    agree = Question("opinion", label="Accord", nets={"D'accord": ["tout à fait", "plutôt"]}, excludes=["nsp"])

    [table] = crosstab(answers, agree, design=DESIGN).tables
    plainly = share(answers, "opinion", ["tout à fait", "plutôt"], design=DESIGN, base_excludes="nsp")

    assert [(row.label, row.kind) for row in table.rows] == [
        ("D'accord", "net"),
        ("plutôt", "answer"),
        ("plutôt pas", "answer"),
        ("tout à fait", "answer"),
    ]
    assert table.value[0, 0] == pytest.approx(plainly[0].value)
    assert table.standard_error[0, 0] == pytest.approx(plainly[0].standard_error)


def test_answers_are_named_and_ordered_as_asked(answers):
    asked = Question("opinion", answers={"tout à fait": "Tout à fait d'accord", "plutôt": "Plutôt"})

    [table] = crosstab(answers, asked, design=DESIGN).tables

    assert [row.label for row in table.rows] == ["Tout à fait d'accord", "Plutôt", "nsp", "plutôt pas"]


def test_several_answers_have_one_base_and_may_be_given_together(answers):
    leisure = Several({"sport": "Sport", "cinema": "Cinéma"}, label="Loisirs", nets={"Sort": ["sport", "cinema"]})

    [table] = crosstab(answers, leisure, design=DESIGN).tables
    either = np.array([s == "1" or c == "1" for s, c in zip(answers["sport"], answers["cinema"], strict=True)])

    assert table.base[0] == N  # everyone has something in one of the two columns
    assert table.value[0, 0] == pytest.approx((either * answers["w"]).sum() / answers["w"].sum())
    assert table.value[1:, 0].sum() > table.value[0, 0]


def test_what_an_empty_box_is_must_be_said_where_nothing_tells():
    answers = {"a": ["1", "", "1", ""], "b": ["", "", "1", ""]}

    with pytest.raises(Problem) as problem:
        crosstab(answers, Several(["a", "b"]), design=Design())
    bases = [
        crosstab(answers, Several(["a", "b"], empty=empty), design=Design()).tables[0].base[0]
        for empty in ("unticked", "missing")
    ]

    assert problem.value.code == "crosstabs.empty_boxes"
    assert bases == [4, 2]


def test_columns_that_share_respondents_are_compared_with_their_covariance(answers):
    twice = {**answers, "again": answers["sport"]}

    made = crosstab(twice, "likes", Several(["sport", "again", "cinema"], label="Loisirs"), design=DESIGN)
    tests = {(line["row"], line["a"], line["b"]): line for line in made.tests_to_arrow().to_pylist()}

    # The same people in two columns: no difference, and no error of it.
    assert tests["oui", "sport", "again"]["difference"] == 0
    assert tests["oui", "sport", "again"]["p_value"] == 1
    assert 0 < tests["oui", "sport", "cinema"]["p_value"] < 1


def test_two_columns_may_bear_the_same_name(answers):
    same = Question("size", answers={"petite": "ville", "moyenne": "ville", "grande": "métropole"})

    made = crosstab(answers, "likes", same, design=DESIGN)

    assert [column.label for column in made.columns] == ["", "ville", "ville", "métropole"]
    assert np.isfinite(made.tables[0].p).all()


@pytest.mark.parametrize("kind", ["self_selected", "census"])
def test_without_a_draw_there_are_no_letters(answers, kind):
    made = crosstab(answers, "likes", "sex", design=Design(weight="w", kind=kind))

    assert not any(made.tables[0].letters.ravel())
    assert len(made.tests_to_arrow()) == 0
    assert "no letters" in made.written("en").lower()


def test_it_says_what_it_is(answers):
    made = crosstab(answers, "likes", "sex", design=DESIGN, second_level=0.9, multiplicity="benjamini-hochberg")
    told = [note.fr for note in made.notes.all]

    assert told[0].startswith("Chiffres exacts")
    assert any("« w »" in line for line in told)
    assert any("strates (stratum) et grappes (town)" in line for line in told)
    assert any("95\u202f%" in line for line in told)
    assert any("90\u202f%" in line for line in told)
    assert any("Hochberg" in line for line in told)


def test_the_text_is_aligned_and_lettered(answers):
    lines = crosstab(answers, "likes", "sex", design=DESIGN, title="Enquête").written("fr").splitlines()

    assert lines[0] == "Enquête"
    assert lines[2] == "likes"
    assert lines[3].split() == ["sex"]
    assert lines[4].split() == ["Ensemble", "f", "h"]
    assert lines[5].split() == ["A", "B"]
    assert lines[6].startswith("Base (répondants)")
    yes = next(line for line in lines if line.startswith("oui"))
    assert yes.split("%")[2].split()[0] == "B"


def test_a_long_heading_takes_several_lines_and_letters_stay_under_it(answers):
    banner = Question("sex", answers={"f": "Femmes de la commune et des alentours", "h": "Hommes"})

    lines = crosstab(answers, "likes", banner, design=DESIGN).written("fr").splitlines()

    assert [line.split() for line in lines[2:5]] == [
        ["Femmes", "de", "la", "commune"],
        ["Ensemble", "et", "des", "alentours", "Hommes"],
        ["A", "B"],
    ]
    assert lines[4].index("A") == lines[2].index("Femmes")


def test_every_figure_can_be_asked_for(answers):
    made = crosstab(answers, ["likes", Mean("hours")], "sex", design=DESIGN)

    told = made.written("en", ["column", "row", "n", "weighted", "error"], 1)

    assert told.count("standard error") == 3
    assert told.count("row %") == 2
    with pytest.raises(Problem) as problem:
        made.written("en", ["rows"])
    assert problem.value.code == "crosstabs.figures"


def test_json_holds_figures_tests_and_notes(answers):
    content = json.loads(crosstab(answers, "likes", "sex", design=DESIGN).to_json("en"))

    assert content["figures"][0]["question"] == "likes"
    assert content["tests"][0]["group"] == "sex"
    assert content["notes"][0].startswith("Exact figures")


def test_shares_and_means_keep_the_order_of_the_stub(answers):
    made = crosstab(answers, [Mean("hours"), "likes", Mean("w", "Poids"), "sex"], design=DESIGN)

    assert [table.label for table in made.tables] == ["hours", "likes", "Poids", "sex"]
    assert made.tables[0].value[0, 0] == pytest.approx(mean(answers, "hours", design=DESIGN)[0].value)


@pytest.mark.parametrize("asked", [{"stub": "who"}, {"stub": "likes", "banner": "who"}])
def test_an_identifier_is_refused_before_it_fills_the_memory(asked):
    answers = {"who": [str(rank) for rank in range(501)], "likes": ["oui"] * 501}

    with pytest.raises(Problem) as problem:
        crosstab(answers, design=Design(), **asked)

    assert (problem.value.code, problem.value.values["count"]) == ("crosstabs.too_many_answers", 501)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"stub": []}, "crosstabs.no_stub"),
        ({"stub": Several([])}, "crosstabs.no_column"),
        ({"stub": Several(["likes"])}, "crosstabs.nothing_ticked"),
        ({"stub": Question("likes", answers={"ouii": "Oui"})}, "crosstabs.unknown_answer"),
        ({"stub": Question("likes", nets={"Tout": ["oui", "nom"]})}, "crosstabs.unknown_answer"),
        ({"stub": Question("likes", nets={"Rien": []})}, "crosstabs.empty_net"),
        ({"stub": Question("likes", excludes=["oui", "non"])}, "estimates.no_answer"),
        ({"stub": "likes", "level": 95}, "crosstabs.level"),
        ({"stub": "likes", "second_level": 0.99}, "crosstabs.second_level"),
        ({"stub": "likes", "multiplicity": "tukey"}, "estimates.multiplicity"),
    ],
)
def test_what_cannot_be_crossed_is_refused(answers, asked, code):
    with pytest.raises(Problem) as problem:
        crosstab(answers, design=DESIGN, **asked)

    assert problem.value.code == code
