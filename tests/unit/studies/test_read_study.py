"""A study that names what does not exist is refused at the line where it names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from alliage.problems import Problem, Problems
from alliage.studies import read_observatory, read_study
from small_study import STUDY, small_study, write_study

OBSERVATORY = """
id: petit
label: {fr: Petit observatoire, en: Small observatory}
waves:
  - {id: "2026", label: {fr: 2026, en: 2026}, short: {fr: 2026, en: 2026}, start: 2026, end: 2026}
linked: independent
studies: [a/study.yaml, b/study.yaml]
plan:
  - {indicator: emploi, by: [classe_age]}
licence: {fr: libre, en: free}
""".replace("fr: 2026, en: 2026", 'fr: "2026", en: "2026"')

LATER = STUDY.replace('wave: "2026"', 'wave: "2027"').replace("id: petite\n", "id: autre\n", 1)


def said(folder: Path, problem: pytest.ExceptionInfo[Problem]) -> str:
    return problem.value.said("en").removeprefix(str(folder) + "/")


def line_of(words: str, text: str = STUDY) -> int:
    return next(rank for rank, line in enumerate(text.splitlines(), start=1) if words in line)


def test_a_study_is_read_from_its_folder_or_its_file(tmp_path: Path):
    folder = write_study(tmp_path)

    from_folder = read_study(folder, questionnaires={})
    from_file = read_study(folder / "study.yaml", questionnaires={})

    assert from_folder == from_file
    assert from_folder.questionnaire.id == "petite"
    assert list(from_folder.question_columns()) == ["emploi", "satisfaction", "loisirs_sport", "loisirs_cinema", "age"]


@pytest.mark.parametrize(
    ("before", "after", "key", "nearest"),
    [
        ("weight: poids", "weight: poid", "design › weight", "poids"),
        ("strata: [strate]", "strata: [strates]", "design › strata", "strate"),
        ("source: age\n", "source: agee\n", "derived › source", "age"),
        ("{column: satisfaction,", "{column: satisfactions,", "missing › column", "satisfaction"),
        ("unless: {emploi:", "unless: {emplois:", "missing › unless › emplois", "emploi"),
    ],
)
def test_a_column_that_does_not_exist_is_refused(tmp_path: Path, before: str, after: str, key: str, nearest: str):
    with pytest.raises(Problem) as problem:
        small_study(tmp_path, (before, after))

    study = STUDY.replace(before, after)
    assert problem.value.code == "study.unknown_column"
    assert said(tmp_path, problem).startswith(
        f"study.yaml, line {line_of(after.strip(), study)}: “{key}” names the column"
    )
    assert f"(did you mean “{nearest}”?)" in said(tmp_path, problem)


def test_a_zoning_column_that_does_not_exist_is_refused(tmp_path: Path):
    with pytest.raises(Problem) as problem:
        small_study(tmp_path, ("columns:\n", "zoning: {column: region, level: region, vintage: 2026}\ncolumns:\n"))

    assert problem.value.code == "study.unknown_column"


def test_a_value_sent_to_an_option_that_does_not_exist_is_refused(tmp_path: Path):
    with pytest.raises(Problem) as problem:
        small_study(tmp_path, ('"2": non', '"2": nom'))

    assert said(tmp_path, problem) == (
        f"study.yaml, line {line_of('EMPLOI')}: “EMPLOI” sends “2” to the answer “nom”, which question “emploi” "
        "does not offer (did you mean “non”?). Possible answers: oui, non."
    )


def test_an_answer_that_nobody_can_give_cannot_decide_who_was_asked(tmp_path: Path):
    with pytest.raises(Problem) as problem:
        small_study(tmp_path, ("unless: {emploi: [oui]}", "unless: {emploi: [ouii]}"))

    assert said(tmp_path, problem) == (
        f"study.yaml, line {line_of('unless')}: `unless` names the answer “ouii” of “emploi”, which does not offer it "
        "(did you mean “oui”?). Possible answers: oui, non."
    )


def test_an_id_that_cannot_name_a_column_is_refused(tmp_path: Path):
    with pytest.raises(Problem) as problem:
        small_study(tmp_path, ("id: strate}", "id: Strate}"), ("strata: [strate]", "strata: [Strate]"))

    assert problem.value.code == "content.bad_id"


def test_field_dates_in_the_wrong_order_are_refused(tmp_path: Path):
    with pytest.raises(Problem) as problem:
        small_study(tmp_path, ("end: 2026-01-30", "end: 2026-01-03"))

    assert said(tmp_path, problem) == (
        f"study.yaml, line {line_of('fieldwork')}: field work ends on 3 January 2026, before it starts on "
        "5 January 2026. Swap `start:` and `end:`."
    )


def test_a_questionnaire_that_is_nowhere_is_refused(tmp_path: Path):
    with pytest.raises(Problem) as problem:
        small_study(tmp_path, ("questionnaire: questionnaire.yaml", "questionnaire: citoyens"))

    assert problem.value.code == "study.no_questionnaire"


def test_two_columns_cannot_become_the_same(tmp_path: Path):
    with pytest.raises(Problem) as problem:
        small_study(tmp_path, ("id: strate}", "id: poids}"), ("strata: [strate]", "strata: []"))

    assert said(tmp_path, problem) == (
        f"study.yaml, line {line_of('source: STRATE')}: “poids” is already given to the column on line "
        f"{line_of('source: POIDS')}. One column of the file, one id."
    )


def test_a_plan_that_names_what_does_not_exist_is_refused_at_its_lines(tmp_path: Path):
    plan = "plan:\n  - {indicator: emplois, by: [classe_age, regio]}\n"
    folder = write_study(tmp_path, study=STUDY + plan)

    with pytest.raises(Problems) as problems:
        read_study(folder, questionnaires={}, known_indicators={"emploi"})

    line = len(STUDY.splitlines()) + 2
    assert [(problem.code, problem.place.line) for problem in problems.value.problems if problem.place] == [
        ("study.unknown_indicator", line),
        ("study.unknown_breakdown", line),
    ]


def test_an_indicator_of_its_own_is_known_to_its_plan(tmp_path: Path):
    study = STUDY + "indicators: [propre.yaml]\nplan:\n  - {indicator: propre}\n"
    folder = write_study(tmp_path, study=study)
    (folder / "propre.yaml").write_text("id: propre\n", encoding="utf-8")

    assert list(read_study(folder, questionnaires={}, known_indicators=()).indicators) == ["propre"]


def test_answers_in_the_data_folder_need_that_folder(tmp_path: Path):
    study = small_study(tmp_path, ("file: reponses.csv", "file: 'data:x/reponses.csv'"))

    with pytest.raises(Problem) as problem:
        study.answers_path()

    assert problem.value.code == "study.no_data_folder"


def test_answers_never_leave_the_data_folder(tmp_path: Path):
    folder = write_study(tmp_path / "etude", study=STUDY.replace("file: reponses.csv", "file: 'data:../secret.csv'"))
    (tmp_path / "secret.csv").write_text("id\n1\n")
    (tmp_path / "data").mkdir()

    with pytest.raises(Problem) as problem:
        read_study(folder, questionnaires={}, data_folder=tmp_path / "data").answers_path()

    assert problem.value.code == "study.outside_data_folder"


def test_a_folder_without_study_says_so(tmp_path: Path):
    with pytest.raises(Problem) as problem:
        read_study(tmp_path, questionnaires={})

    assert problem.value.code == "study.not_found"


def test_two_studies_of_one_audience_at_one_wave_are_refused(tmp_path: Path):
    write_study(tmp_path / "a")
    write_study(tmp_path / "b")
    (tmp_path / "observatory.yaml").write_text(OBSERVATORY, encoding="utf-8")

    with pytest.raises(Problem) as problem:
        read_observatory(tmp_path, questionnaires={})

    assert said(tmp_path, problem) == (
        f"observatory.yaml, line {line_of('studies:', OBSERVATORY)}: adultes at wave 2026 is already described by "
        f"{tmp_path / 'a' / 'study.yaml'}. One study per audience and wave."
    )


def test_a_panel_is_refused_for_now(tmp_path: Path):
    words = OBSERVATORY.replace("independent", "panel")
    (tmp_path / "observatory.yaml").write_text(words, encoding="utf-8")

    with pytest.raises(Problem) as problem:
        read_observatory(tmp_path, questionnaires={})

    assert said(tmp_path, problem).startswith(
        f"observatory.yaml, line {line_of('linked:', words)}: waves linked as a panel"
    )


def test_two_studies_with_one_id_are_refused(tmp_path: Path):
    """Weights and margins are kept by study id: one would take the other's."""
    second = '  - {id: "2027", label: {fr: "2", en: "2"}, short: {fr: "2", en: "2"}, start: 2027, end: 2027}\nlinked'
    write_study(tmp_path / "a")
    write_study(tmp_path / "b", study=LATER.replace("id: autre\n", "id: petite\n", 1))
    (tmp_path / "observatory.yaml").write_text(OBSERVATORY.replace("linked", second, 1), encoding="utf-8")

    with pytest.raises(Problem) as problem:
        read_observatory(tmp_path, questionnaires={})

    assert problem.value.code == "content.double_id"


@pytest.mark.parametrize(
    ("observatory", "study"), [("synthetic: {fr: inventé, en: made up}\n", ""), ("", "synthetic: {fr: a, en: b}\n")]
)
def test_made_up_and_real_answers_are_not_published_together(tmp_path: Path, observatory: str, study: str):
    words = OBSERVATORY.replace("[a/study.yaml, b/study.yaml]", "[a]") + observatory
    write_study(tmp_path / "a", study=STUDY + study)
    (tmp_path / "observatory.yaml").write_text(words, encoding="utf-8")

    with pytest.raises(Problem) as problem:
        read_observatory(tmp_path, questionnaires={})

    assert problem.value.code == "study.mixed_synthetic"
    assert said(tmp_path, problem).startswith(f"observatory.yaml, line {line_of('studies:', words)}: the observatory")


def test_classes_are_cut_from_a_number_of_the_questionnaire(tmp_path: Path):
    with pytest.raises(Problem) as problem:
        small_study(tmp_path, ("source: age\n", "source: strate\n"))

    assert problem.value.code == "study.not_a_number_column"


def test_a_study_of_a_wave_that_is_not_declared_is_refused(tmp_path: Path):
    write_study(tmp_path / "a")
    write_study(tmp_path / "b", study=LATER)
    (tmp_path / "observatory.yaml").write_text(OBSERVATORY, encoding="utf-8")

    with pytest.raises(Problem) as problem:
        read_observatory(tmp_path, questionnaires={})

    assert problem.value.code == "study.unknown_wave"
    assert problem.value.exit_status == 4
