"""What is wrong in a file of answers is said with its line, and all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from alliage.problems import Problem, Problems
from alliage.responses import collect, read_answers
from answer_files import write_csv, write_xlsx
from small_study import ANSWERS, small_study


def problems_of(folder: Path, *changes: tuple[str, str], **columns: list[str | float | None]) -> list[str]:
    """The codes and places of what is wrong once some columns of the small study are replaced."""
    study = small_study(folder, *changes)
    answers = {name: column for name, column in {**ANSWERS, **columns}.items() if name != "libre"}
    file = write_csv(folder / "reponses.csv", answers)
    with pytest.raises((Problem, Problems)) as raised:
        collect(study, read_answers(file))
    found = raised.value.problems if isinstance(raised.value, Problems) else [raised.value]
    return [f"{problem.code} {place(problem)}" for problem in found]


def place(problem: Problem) -> str:
    assert problem.place is not None
    return f"{Path(problem.place.file).name}:{problem.place.line}"


def test_everything_wrong_is_said_in_one_go_each_at_its_first_line(tmp_path: Path):
    found = problems_of(
        tmp_path,
        EMPLOI=[1, 1, 2, 3, 3, None],
        NOTE=[7, 11, None, None, 6.5, "dix"],
        age=["18,5", 39, 40, 77, None, 200],
        loisirs_sport=[1, 0, "peut-être", None, 0, 1],
        POIDS=[1.5, -2, "", 1, 1, 3],
    )

    assert found == [
        "answers.unknown_code reponses.csv:5",
        "answers.out_of_range reponses.csv:3",
        "answers.not_whole reponses.csv:6",
        "answers.not_a_number reponses.csv:7",
        "answers.unknown_code reponses.csv:4",
        "answers.decimal_comma reponses.csv:2",
        "answers.out_of_range reponses.csv:7",
        "answers.weight_missing reponses.csv:4",
        "answers.weight_negative reponses.csv:3",
    ]


def test_an_unknown_code_is_counted_and_the_accepted_ones_are_listed(tmp_path: Path):
    study = small_study(tmp_path)
    file = write_csv(tmp_path / "reponses.csv", {**ANSWERS, "EMPLOI": [1, 1, 2, 3, 3, None]})

    with pytest.raises(Problem) as problem:
        collect(study, read_answers(file))

    assert problem.value.said("fr") == (
        f"{file}, ligne 5 : « 3 » n'est pas une réponse possible de « EMPLOI » (2 fois). Admises : 1, 2. "
        "Corrigez le fichier, ou dites sous « columns: » ou « missing: » ce que cette valeur veut dire."
    )


def test_the_same_problem_in_a_workbook_names_its_cell(tmp_path: Path):
    file = write_xlsx(tmp_path / "reponses.xlsx", {**ANSWERS, "EMPLOI": [1, 1, 2, 3, 3, None]})

    with pytest.raises(Problem) as problem:
        collect(small_study(tmp_path), read_answers(file))

    assert problem.value.said("en").startswith(f"{file}, cell B5: “3” is not a possible answer of “EMPLOI” (2 times).")


def test_a_double_id_names_both_lines(tmp_path: Path):
    file = write_csv(tmp_path / "reponses.csv", {**ANSWERS, "ID": ["a", "b", "c", "a ", "e", "f"]})

    with pytest.raises(Problem) as problem:
        collect(small_study(tmp_path), read_answers(file))

    assert problem.value.said("en") == (
        f"{file}, line 5: the id “a” is already that of reponses.csv, line 2. Each respondent counts once: "
        "remove the double or correct the id."
    )


def test_an_empty_id_is_refused(tmp_path: Path):
    assert problems_of(tmp_path, ID=["a", "b", None, "d", "e", "f"]) == ["answers.empty_id reponses.csv:4"]


def test_weights_all_zero_are_refused(tmp_path: Path):
    assert problems_of(tmp_path, POIDS=[0, 0, 0, 0, 0, 0]) == ["answers.weight_all_zero reponses.csv:None"]


def test_a_weight_that_is_not_a_number_is_refused(tmp_path: Path):
    assert problems_of(tmp_path, POIDS=[1, "nan", 1, 1, 1, "1e"]) == [
        "answers.not_a_number reponses.csv:3",
        "answers.not_a_number reponses.csv:7",
    ]


def test_an_empty_stratum_is_refused(tmp_path: Path):
    found = problems_of(tmp_path, STRATE=["nord", "nord", None, "sud", "sud", None])

    assert found == ["answers.empty_design reponses.csv:4"]


def test_an_age_outside_every_class_is_refused(tmp_path: Path):
    found = problems_of(tmp_path, ("low: 40}", "low: 41}"))

    assert found == ["answers.no_band reponses.csv:4"]


def test_decimal_commas_are_read_when_the_study_says_so(tmp_path: Path):
    study = small_study(tmp_path, ("id: ID}", 'id: ID, decimal: ","}'))
    file = write_csv(tmp_path / "reponses.csv", {**ANSWERS, "POIDS": ["1,5", "2,25", "0,1", "1", "1", "3"]})

    assert collect(study, read_answers(file)).table.column("poids").to_pylist() == [1.5, 2.25, 0.1, 1.0, 1.0, 3.0]


def test_a_missing_column_is_named_at_its_line_of_the_study_with_the_nearest_one(tmp_path: Path):
    study = small_study(tmp_path)
    answers = {("NOTES" if name == "NOTE" else name): column for name, column in ANSWERS.items()}
    file = write_csv(tmp_path / "reponses.csv", answers)

    with pytest.raises(Problem) as problem:
        collect(study, read_answers(file))

    line = (tmp_path / "study.yaml").read_text(encoding="utf-8").splitlines().index(
        "  - {source: NOTE, id: satisfaction}"
    ) + 1  # fmt: skip
    assert problem.value.said("en") == (
        f"{tmp_path / 'study.yaml'}, line {line}: the column “NOTE” (for “satisfaction”) is not in {file} "
        "(did you mean “NOTES”?). Correct its name under `columns:`, or, if the question was not asked, "
        "add “satisfaction” to `not_collected:`."
    )


def test_a_question_that_the_file_does_not_hold_may_be_declared_so(tmp_path: Path):
    study = small_study(
        tmp_path,
        (
            "source: {fr: inventée, en: made up}\ncolumns",
            "source: {fr: inventée, en: made up}\nnot_collected: [loisirs]\ncolumns",
        ),
    )
    answers = {name: column for name, column in ANSWERS.items() if not name.startswith("loisirs")}

    responses = collect(study, read_answers(write_csv(tmp_path / "reponses.csv", answers)))

    assert "loisirs_sport" not in responses.table.column_names


def test_no_more_than_twenty_problems_are_said_at_once(tmp_path: Path):
    assert (
        len(problems_of(tmp_path, ID=[None] * 6, age=list("abcdef"), EMPLOI=list("ghijkl"), NOTE=list("mnopqr"))) == 20
    )
