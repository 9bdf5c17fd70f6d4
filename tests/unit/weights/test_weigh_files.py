"""`alliage weigh DATA --margins …`: any file of answers, no study folder, and what is said about it."""

import json

import numpy as np
import pyarrow.csv as csv
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from alliage.cli.weigh import weigh
from alliage.problems import Problem, Problems

ANSWERS = """\
who,region,sexe,poids,foyer,revenu
007,nord,femme,1,A,10
008,nord,homme,2,A,20
009,sud,femme,1,B,30
010,sud,homme,1,B,10
"""
MARGINS = """\
date: 2026-01-01
source: Insee, recensement
unit: {fr: personnes, en: people}
margins:
  - {variables: [region], categories: {nord: 40, sud: 60}}
  - variables: [sexe]
    categories:
      femme: 55
      homme: 45
"""
SEXES = """\
id: sexes
label: {fr: Sexe, en: Sex}
variables: [sexe]
unit: {fr: personnes, en: people}
date: 2026-01-01
source: {fr: Insee, en: Insee}
origin: {mark: sourced}
categories: {femme: 60, homme: 40}
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "answers.csv").write_text(ANSWERS, encoding="utf-8")
    (tmp_path / "margins.yaml").write_text(MARGINS, encoding="utf-8")
    return tmp_path


def run(folder, *words, margins="margins.yaml"):
    told = [str(word) for word in (folder / "answers.csv", "--margins", folder / margins, *words)]
    return CliRunner().invoke(weigh, told, catch_exceptions=False).output


def problem_of(act) -> Problem:
    with pytest.raises(Problem) as caught:
        act()
    return caught.value


def written(file) -> dict[str, list]:
    return csv.read_csv(file, convert_options=csv.ConvertOptions(column_types={"who": "string"})).to_pydict()


def test_a_file_is_weighed_on_a_list_of_margins_and_written_with_its_weights(folder):
    run(folder, "--to", folder / "weighed.csv")

    found = written(folder / "weighed.csv")
    # In a 2 x 2 table of ones, raking gives the product of the margins.
    assert found["weight"] == pytest.approx([22, 18, 33, 27], rel=1e-12)
    assert found["who"] == ["007", "008", "009", "010"]
    assert list(found) == ["who", "region", "sexe", "poids", "foyer", "revenu", "weight"]


def test_only_the_ids_are_written_when_one_names_them(folder):
    run(folder, "--id", "who", "--to", folder / "weighed.csv")

    assert list(written(folder / "weighed.csv")) == ["who", "weight"]


def test_weights_can_be_written_as_parquet(folder):
    run(folder, "--weight", "poids", "--to", folder / "weighed.parquet")

    found = pq.read_table(folder / "weighed.parquet")
    assert found["weight"].to_numpy().sum() == pytest.approx(100)
    assert found["who"].to_pylist() == ["007", "008", "009", "010"]


def test_a_column_that_is_already_called_weight_is_kept(folder):
    (folder / "answers.csv").write_text(ANSWERS.replace("poids", "Weight"), encoding="utf-8")

    run(folder, "--weight", "Weight", "--to", folder / "weighed.csv")

    assert list(written(folder / "weighed.csv"))[-1] == "calibrated_weight"


def test_what_was_done_is_said_in_both_languages(folder):
    french, english = run(folder).split("\n\n")

    assert french.startswith("answers.csv\n")
    assert "Le plus grand écart aux marges est de moins de 0,0000001\u202f% ; tours de calcul : " in french
    assert "The largest gap to the margins is under 0.0000001%; rounds of computing: " in english
    assert "Weights: smallest 18.00, one in twenty under " in english
    assert "0.5 to 0.8    " in english
    assert "de 0,5 à 0,8  " in french


def test_a_program_reads_it_as_json(folder):
    told = json.loads(run(folder, "--format", "json", "--method", "linear"))

    assert (told["method"], told["margins"], told["diagnosis"]["n"]) == ("linear", ["region", "sexe"], 4)
    assert told["distribution"]["total"] == pytest.approx(100)
    assert told["diagnosis"]["worst_gap"] < 1e-12


@pytest.mark.parametrize("method", ["linear", "logit", "truncated", "sinh"])
def test_every_distance_meets_the_margins(folder, method):
    bounds = ("--bounds", "0.3", "3") if method in {"logit", "truncated"} else ()

    run(folder, "--method", method, *bounds, "--weight", "poids", "--rescale", "--to", folder / "weighed.csv")

    found = written(folder / "weighed.csv")
    weights = np.array(found["weight"])
    assert weights[np.array(found["region"]) == "nord"].sum() == pytest.approx(40)
    assert weights[np.array(found["sexe"]) == "femme"].sum() == pytest.approx(55)


def test_members_of_a_household_have_the_same_weight(folder):
    (folder / "one.yaml").write_text(MARGINS.split("  - variables: [sexe]")[0], encoding="utf-8")

    run(folder, "--household", "foyer", "--to", folder / "weighed.csv", margins="one.yaml")

    assert written(folder / "weighed.csv")["weight"] == pytest.approx([20, 20, 30, 30])


def test_a_list_names_other_files_and_merges_categories(folder):
    (folder / "sexes.yaml").write_text(SEXES.replace("femme: 60", "femme: 50, autre: 10"), encoding="utf-8")
    (folder / "list.yaml").write_text("margins: [sexes.yaml]\nmerge: {autre: femme}\n", encoding="utf-8")

    run(folder, "--to", folder / "weighed.csv", margins="list.yaml")

    assert written(folder / "weighed.csv")["weight"] == pytest.approx([30, 20, 30, 20])


def test_a_margin_file_alone_is_a_list_of_one(folder):
    (folder / "sexes.yaml").write_text(SEXES, encoding="utf-8")

    run(folder, "--to", folder / "weighed.csv", margins="sexes.yaml")

    assert written(folder / "weighed.csv")["weight"] == pytest.approx([30, 20, 30, 20])


def test_the_total_of_a_number_is_a_margin_too(folder):
    (folder / "totals.yaml").write_text(MARGINS + "  - {use: total, of: revenu, total: 1900}\n", encoding="utf-8")

    run(folder, "--method", "linear", "--to", folder / "weighed.csv", margins="totals.yaml")

    found = written(folder / "weighed.csv")
    assert np.array(found["weight"]) @ np.array(found["revenu"]) == pytest.approx(1900)


def test_a_category_nobody_answered_is_told_with_its_line_in_the_list(folder):
    (folder / "margins.yaml").write_text(
        MARGINS.replace("homme: 45", "homme: 42") + "      autre: 3\n", encoding="utf-8"
    )

    problem = problem_of(lambda: run(folder))

    assert (problem.code, problem.place.line, problem.values["cell"]) == ("weights.empty_cell", 10, "autre")


def test_an_empty_answer_and_na_are_no_answers(folder):
    (folder / "answers.csv").write_text(ANSWERS.replace("009,sud", "009, ").replace("010,sud", "010,NA"), "utf-8")

    problem = problem_of(lambda: run(folder, "--id", "who"))

    assert (problem.code, problem.values["count"].en, problem.values["who"].en) == (
        "weights.missing_value",
        "2",
        "ids 009, 010",
    )
    assert problem.place.file == folder / "answers.csv"


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        ("margins: []\n", "weights.empty_list", 1),
        ("margins: [12]\n", "weights.not_a_margin", 1),
        ("date: 2026-01-01\nmargins:\n  - {variables: [sexe], categories: {femme: 1}}\n", "content.missing_key", 3),
        ("source: Insee\nmargins:\n  - {variables: [sexe], categories: {femme: 1}}\n", "content.missing_key", 3),
        (
            "date: 2026-01-01\nsource: Insee\nmargins:\n  - variables: [sexe]\n    categories: {femme: beaucoup}\n",
            "weights.bad_count",
            5,
        ),
        ("margin: [a.yaml]\nmargins: [b.yaml]\n", "content.unknown_key", 1),
        ("margins: [absent.yaml]\n", "content.not_found", None),
    ],
)
def test_what_is_wrong_in_a_list_is_told_with_its_line(folder, words, code, line):
    (folder / "margins.yaml").write_text(words, encoding="utf-8")

    problem = problem_of(lambda: run(folder))

    assert (problem.code, problem.place.line) == (code, line)


def test_everything_wrong_in_a_list_is_told_at_once(folder):
    (folder / "margins.yaml").write_text(MARGINS.replace("nord: 40", "nord: -4").replace("45", "x"), encoding="utf-8")

    with pytest.raises(Problems) as caught:
        run(folder)

    assert [(one.code, one.place.line) for one in caught.value.problems] == [
        ("weights.bad_count", 5),
        ("weights.bad_count", 9),
    ]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--to", "weights.xlsx"), "weights.unknown_output"),
        (("--id", "whom"), "weights.no_id"),
        (("--weight", "poid"), "weights.unknown_weight"),
        (("--household", "menage"), "weights.unknown_household"),
    ],
)
def test_an_option_that_cannot_be_is_refused(folder, options, code):
    assert problem_of(lambda: run(folder, *options)).code == code


def test_a_file_without_margins_and_a_study_with_options_are_told_what_to_do(folder):
    alone = problem_of(lambda: CliRunner().invoke(weigh, [str(folder / "answers.csv")], catch_exceptions=False))
    study = problem_of(lambda: CliRunner().invoke(weigh, [str(folder), "--trim", "3"], catch_exceptions=False))

    assert alone.code == "weights.margins_needed"
    assert (study.code, study.values["option"]) == ("weights.study_declares", "--trim")


def test_proportions_alone_leave_the_total_as_it_was_and_say_so(folder):
    shares = MARGINS.replace("categories: {nord: 40, sud: 60}", "use: shares, categories: {nord: 40, sud: 60}")
    (folder / "margins.yaml").write_text(shares.replace("[sexe]\n", "[sexe]\n    use: shares\n"), encoding="utf-8")

    said = run(folder, "--weight", "poids", "--to", folder / "weighed.csv")

    assert sum(written(folder / "weighed.csv")["weight"]) == pytest.approx(5)
    assert "Aucune marge ne donne d'effectif : les poids gardent leur total de départ, 5." in said


def test_percentages_taken_for_counts_are_refused(folder):
    (folder / "answers.csv").write_text(ANSWERS + "".join(f"1{n},sud,homme,1,C,5\n" for n in range(50)), "utf-8")

    problem = problem_of(lambda: run(folder))

    assert (problem.code, problem.place.line) == ("answers.more_than_margin", 9)


def test_a_margin_on_a_column_that_does_not_exist_is_told(folder):
    (folder / "margins.yaml").write_text(
        MARGINS.split("  - variables: [sexe]")[0].replace("[region]", "[regions]"), "utf-8"
    )

    problem = problem_of(lambda: run(folder))

    assert (problem.code, problem.values["suggestion"].en) == ("weights.unknown_variable", " (did you mean “region”?)")
