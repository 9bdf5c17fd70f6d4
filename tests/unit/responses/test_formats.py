"""The same small study, whatever the format of its answers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from alliage.problems import Problem
from alliage.responses import ANSWERED, NO_ANSWER, NOT_ASKED, RawColumn, collect, read_answers
from answer_files import write_csv, write_parquet, write_sav, write_xlsx
from small_study import ANSWERS, small_study

WRITERS = {"csv": write_csv, "xlsx": write_xlsx, "parquet": write_parquet, "sav": write_sav}


@pytest.mark.parametrize("extension", ["xlsx", "parquet", "sav"])
def test_the_same_answers_give_the_same_table_in_every_format(tmp_path: Path, extension: str):
    study = small_study(tmp_path)
    # SPSS has no text of its own for an outer space: it pads.
    answers = {name: column for name, column in ANSWERS.items() if name != "libre"}
    from_csv = collect(study, read_answers(write_csv(tmp_path / "a.csv", answers)))

    from_other = collect(study, read_answers(WRITERS[extension](tmp_path / f"a.{extension}", answers)))

    assert from_other.table.equals(from_csv.table)
    assert {id: status.tolist() for id, status in from_other.status.items()} == {
        id: status.tolist() for id, status in from_csv.status.items()
    }
    assert from_other.raw.table.equals(from_csv.raw.table)


@pytest.mark.parametrize("extension", ["csv", "xlsx", "parquet"])
def test_raw_answers_are_kept_letter_for_letter(tmp_path: Path, extension: str):
    raw = read_answers(WRITERS[extension](tmp_path / f"a.{extension}", ANSWERS))

    assert raw.table.column("libre").to_pylist() == [word or "" for word in ANSWERS["libre"]]


def test_collected_answers_are_our_options_and_numbers(tmp_path: Path):
    responses = collect(small_study(tmp_path), read_answers(write_csv(tmp_path / "a.csv", ANSWERS)))

    assert responses.table.to_pydict() == {
        "respondent": ["a", "b", "c", "d", "e", "f"],
        "emploi": ["oui", "oui", "non", "non", "oui", None],
        "satisfaction": [7.0, None, None, None, None, 10.0],
        "loisirs_sport": [1.0, 0.0, 1.0, None, 0.0, 1.0],
        "loisirs_cinema": [0.0, 0.0, 1.0, 1.0, 0.0, 1.0],
        "age": [18.0, 39.0, 40.0, 77.0, None, 55.0],
        "poids": [1.5, 2.25, 0.1, 1.0, 1.0, 3.0],
        "strate": ["nord", "nord", "sud", "sud", "été", "été"],
        "classe_age": ["jeunes", "jeunes", "aines", "aines", None, "aines"],
    }


def test_not_asked_and_not_answered_are_told_apart(tmp_path: Path):
    responses = collect(small_study(tmp_path), read_answers(write_csv(tmp_path / "a.csv", ANSWERS)))

    a, b, c, d, e, f = responses.status["satisfaction"].tolist()
    assert (a, f) == (ANSWERED, ANSWERED)
    assert (c, d) == (NOT_ASKED, NOT_ASKED)
    assert (b, e) == (NO_ANSWER, NO_ANSWER)
    assert responses.status["classe_age"].tolist() == [0, 0, 0, 0, NO_ANSWER, 0]


def test_labels_and_declared_missing_codes_of_spss_are_kept(tmp_path: Path):
    file = write_sav(
        tmp_path / "a.sav",
        ANSWERS,
        labels={"NOTE": "Satisfaction au travail"},
        value_labels={"EMPLOI": {1: "Oui", 2: "Non"}, "NOTE": {98: "Ne sait pas"}},
        missing={"NOTE": [98, 99]},
    )

    raw = read_answers(file)

    assert raw.columns["NOTE"] == RawColumn(
        "NOTE", "Satisfaction au travail", {"98": "Ne sait pas"}, (("98", "98"), ("99", "99"))
    )
    assert raw.columns["EMPLOI"].value_labels == {"1": "Oui", "2": "Non"}
    assert raw.table.column("NOTE").to_pylist() == ["7", "99", "", "", "", "10"]


def test_a_code_whose_spss_label_is_an_option_needs_no_mapping(tmp_path: Path):
    study = small_study(
        tmp_path, ('{source: EMPLOI, id: emploi, values: {"1": oui, "2": non}}', "{source: EMPLOI, id: emploi}")
    )
    file = write_sav(tmp_path / "a.sav", ANSWERS, value_labels={"EMPLOI": {1: "OUI ", 2: "non"}})

    assert collect(study, read_answers(file)).table.column("emploi").to_pylist() == [
        "oui",
        "oui",
        "non",
        "non",
        "oui",
        None,
    ]


def test_a_code_that_spss_declares_missing_is_no_answer(tmp_path: Path):
    answers = {**ANSWERS, "age": [18, 39, 40, 77, -1, 999]}
    file = write_sav(tmp_path / "a.sav", answers, missing={"age": [-1, 999]})

    responses = collect(small_study(tmp_path), read_answers(file))

    assert responses.table.column("age").to_pylist() == [18, 39, 40, 77, None, None]
    assert responses.status["age"].tolist() == [0, 0, 0, 0, NO_ANSWER, NO_ANSWER]


def test_a_workbook_may_start_away_from_its_corner(tmp_path: Path):
    file = write_xlsx(tmp_path / "a.xlsx", ANSWERS | {"EMPLOI": [1, 1, 2, 2, 1, 7]}, top=3, left=2)

    with pytest.raises(Problem) as problem:
        collect(small_study(tmp_path), read_answers(file))

    assert problem.value.code == "answers.unknown_code"
    assert problem.value.place is not None
    assert problem.value.place.cell == "D9"


def test_the_named_sheet_is_read_and_an_unknown_one_refused(tmp_path: Path):
    file = write_xlsx(tmp_path / "a.xlsx", ANSWERS)

    assert read_answers(file, sheet="Réponses").table.num_rows == 6
    with pytest.raises(Problem) as problem:
        read_answers(file, sheet="Reponses")
    assert problem.value.code == "answers.no_sheet"
    assert problem.value.said("fr").endswith(
        "le classeur n'a pas de feuille « Reponses » (vouliez-vous dire « Réponses » ?). Feuilles : Réponses."
    )


@pytest.mark.parametrize("extension", ["csv", "parquet", "sav", "xlsx"])
def test_a_column_that_nobody_filled_is_empty_text(tmp_path: Path, extension: str):
    file = WRITERS[extension](tmp_path / f"a.{extension}", {"id": ["a", "b"], "vide": [None, None]})

    assert read_answers(file).table.column("vide").to_pylist() == ["", ""]


def test_the_command_itself_never_loads_the_parsers():
    loaded = "import sys, alliage.responses; print(sorted({'pyreadstat', 'python_calamine'} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
