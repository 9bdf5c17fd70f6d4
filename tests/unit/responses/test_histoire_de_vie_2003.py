"""The example of a real French survey reads whole: its study, its indicators, and its 2,000 answers."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from alliage.indicators.reading import declare_indicator
from alliage.responses import NO_ANSWER, NOT_ASKED, Responses, collect, read_study_answers
from alliage.studies import StudyFolder, read_study

EXAMPLE = Path(__file__).parents[3] / "examples" / "histoire_de_vie_2003"


def read_example() -> StudyFolder:
    data = os.environ.get("ALLIAGE_DATA")
    return read_study(EXAMPLE, questionnaires={}, known_indicators=(), data_folder=Path(data) if data else None)


@pytest.fixture(scope="module")
def responses() -> Responses:
    if "ALLIAGE_DATA" not in os.environ:
        pytest.skip("ALLIAGE_DATA does not name the data folder")
    study = read_example()
    return collect(study, read_study_answers(study))


def test_the_study_and_its_indicators_read_without_the_answers():
    study = read_example()
    questions = {question.id: question for question in study.questionnaire.questions}

    indicators = [declare_indicator(document, questions=questions) for document in study.indicators.values()]

    assert [indicator.id for indicator in indicators] == [line.indicator for line in study.study.plan]


def test_no_row_of_the_survey_is_kept_in_the_example():
    assert {file.suffix for file in EXAMPLE.rglob("*") if file.is_file()} <= {".yaml", ".md"}


@pytest.mark.data
def test_the_frame_is_the_sum_of_the_weights(responses: Responses):
    assert round(responses.numbers("poids").sum()) == responses.folder.study.frame.size


@pytest.mark.data
def test_weighted_shares_of_sport_equal_those_published_with_the_file(responses: Responses):
    weights, sport, sex = responses.numbers("poids"), responses.options("sport"), responses.options("sexe")

    shares = {who: round(100 * weights[(sex == who) & (sport == "oui")].sum() / weights[sex == who].sum(), 2)
              for who in ("femme", "homme")}  # fmt: skip

    assert shares == {"femme": 34.74, "homme": 44.65}


@pytest.mark.data
def test_those_out_of_work_were_not_asked_about_their_work(responses: Responses):
    status = responses.status["trav_satisf"]
    in_work = responses.options("occup") == "en_emploi"

    assert np.array_equal(status == NOT_ASKED, ~in_work)
    assert (int((status == NOT_ASKED).sum()), int((status == NO_ANSWER).sum())) == (951, 1)


@pytest.mark.data
def test_students_were_not_asked_their_level_and_others_did_not_answer(responses: Responses):
    status = responses.status["nivetud"]
    student = responses.options("occup") == "etudiant"

    assert set(responses.options("occup")[status == NOT_ASKED]) == {"etudiant"}
    assert (int((status == NOT_ASKED).sum()), int((status == NO_ANSWER).sum())) == (91, 21)
    assert int(student.sum()) == 94


@pytest.mark.data
def test_everyone_falls_in_one_age_class(responses: Responses):
    classes, counts = np.unique(responses.options("classe_age").astype(str), return_counts=True)

    assert dict(zip(classes.tolist(), counts.tolist(), strict=True)).keys() == {
        "18_24", "25_34", "35_49", "50_64", "65_plus",
    }  # fmt: skip
    assert counts.sum() == 2000


@pytest.mark.data
def test_those_who_did_not_tell_their_hours_of_television_are_non_response(responses: Responses):
    assert int((responses.status["heures_tv"] == NO_ANSWER).sum()) == 5
