"""`alliage weigh`: from a study folder to its diagnosis, and to a file only when one is named."""

import pyarrow.csv as csv
import pytest
from click.testing import CliRunner

from alliage.cli.weigh import weigh
from alliage.problems import Problem

STUDY = """\
id: petite
label: {fr: Petite étude, en: Small study}
audience: maires
wave: impact
fieldwork: {start: 2020-11-01, end: 2020-11-30, mode: {fr: téléphone, en: phone}}
frame: {label: {fr: Communes, en: Municipalities}, size: 100, source: {fr: Insee, en: Insee}, date: 2020-01-01}
questionnaire: questionnaire.yaml
answers: {file: answers.csv, id: who}
design: {kind: probability, words: {fr: Tirage au sort, en: Drawn by lot}}
weighting: {method: poststratify, margins: [sizes.yaml]}
source: {fr: Essai, en: Trial}
"""
QUESTIONNAIRE = """\
id: essai
version: "1"
status: draft
label: {fr: Essai, en: Trial}
audience: maires
questions:
  - id: taille
    type: category
    text: {fr: Taille, en: Size}
    options:
      - {id: petite, label: {fr: Petite, en: Small}}
      - {id: grande, label: {fr: Grande, en: Large}}
"""
SIZES = """\
id: sizes
label: {fr: Communes par taille, en: Municipalities by size}
variables: [taille]
unit: {fr: communes, en: municipalities}
date: 2020-01-01
source: {fr: Insee, en: Insee}
origin: {mark: sourced}
categories: {petite: 90, grande: 10}
"""


@pytest.fixture
def study(tmp_path):
    (tmp_path / "study.yaml").write_text(STUDY, encoding="utf-8")
    (tmp_path / "questionnaire.yaml").write_text(QUESTIONNAIRE, encoding="utf-8")
    (tmp_path / "sizes.yaml").write_text(SIZES, encoding="utf-8")
    (tmp_path / "answers.csv").write_text("who,taille\n007,petite\n008,grande\n009,grande\n", encoding="utf-8")
    return tmp_path


def run(*words):
    return CliRunner().invoke(weigh, [str(word) for word in words], catch_exceptions=False)


def test_the_cost_of_the_weighting_is_told_in_both_languages_and_nothing_is_written(study):
    before = sorted(study.iterdir())

    said = run(study).output

    # Weights 90, 5, 5: effective size 100^2 / (8100 + 25 + 25) = 1.23, design effect 2.44.
    assert "l'effet de plan de Kish est 2,44." in said
    assert "Kish's design effect is 2.44." in said
    assert sorted(study.iterdir()) == before


def test_weights_are_written_beside_ids_in_the_file_that_is_named(study):
    run(study, "--to", study / "weights.csv")

    text = csv.ConvertOptions(column_types={"respondent": "string"})
    written = csv.read_csv(study / "weights.csv", convert_options=text).to_pydict()
    assert written == {"respondent": ["007", "008", "009"], "weight": [90.0, 5.0, 5.0]}


def test_an_id_that_looks_like_a_formula_is_made_safe(study):
    (study / "answers.csv").write_text("who,taille\n=1+1,petite\n008,grande\n", encoding="utf-8")

    run(study, "--to", study / "weights.csv")

    assert (study / "weights.csv").read_text() == "respondent,weight\n'=1+1,90.0\n008,10.0\n"


def test_a_file_that_exists_is_never_overwritten(study):
    answers = (study / "answers.csv").read_bytes()

    with pytest.raises(Problem) as caught:
        run(study, "--to", study / "answers.csv")

    assert caught.value.code == "weights.file_exists"
    assert (study / "answers.csv").read_bytes() == answers


def test_a_folder_that_does_not_exist_is_told_before_the_work(study):
    with pytest.raises(Problem) as caught:
        run(study, "--to", study / "absent" / "weights.csv")

    assert (caught.value.code, caught.value.place.file) == ("weights.no_folder", study / "absent")


def test_a_size_that_nobody_answered_names_the_margin_file_and_its_line(study):
    (study / "answers.csv").write_text("who,taille\n008,grande\n009,grande\n", encoding="utf-8")

    with pytest.raises(Problem) as caught:
        run(study)

    assert (caught.value.code, caught.value.place.line) == ("weights.empty_cell", 8)
    assert caught.value.exit_status == 7


def test_a_category_that_the_questionnaire_does_not_have_is_told_with_its_line(study):
    (study / "sizes.yaml").write_text(
        SIZES.replace("categories: {petite: 90, grande: 10}", "categories:\n  petite: 90\n  grandes: 10\n"), "utf-8"
    )

    with pytest.raises(Problem) as caught:
        run(study)

    assert (caught.value.code, caught.value.place.line) == ("weights.not_asked", 10)
    assert caught.value.values["suggestion"].en == " (did you mean “grande”?)"


def test_a_category_attached_to_an_answer_or_counted_zero_is_no_slip(study):
    counts = "{petite: 90, grande: 8, tres_grande: 2, moyenne: 0}"
    (study / "sizes.yaml").write_text(SIZES.replace("{petite: 90, grande: 10}", counts), "utf-8")
    merged = STUDY.replace("[sizes.yaml]", "[sizes.yaml], merge: {tres_grande: grande}")
    (study / "study.yaml").write_text(merged, "utf-8")

    run(study, "--to", study / "weights.csv")

    assert (study / "weights.csv").read_text() == "respondent,weight\n007,90.0\n008,5.0\n009,5.0\n"
