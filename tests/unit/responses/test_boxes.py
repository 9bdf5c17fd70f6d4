"""The boxes of a multiple-choice question: what a file that writes only ticks means, how many ticks are too many."""

from __future__ import annotations

from pathlib import Path

import pytest

from alliage.problems import Problem
from alliage.responses import Responses, collect, read_answers
from alliage.studies import read_study
from answer_files import write_csv
from small_study import ANSWERS, QUESTIONNAIRE, STUDY, write_study

Box = list[str | float | None]
# a ticked both, b one, d and e the other one, c and f none: the export writes ticks and nothing else.
TICKS: dict[str, Box] = {"loisirs_sport": [1, 1, None, None, None, None], "loisirs_cinema": [1, None, None, 1, 1, None]}
BLANK_IS_NOT_CHOSEN = "  - {column: loisirs, means: not_chosen}\n"
WORKERS_ONLY = "  - {column: loisirs, means: not_asked, unless: {emploi: [oui]}}\n"


def collected(
    folder: Path, boxes: dict[str, Box], *, missing: str = "", columns: str = "", most: str = ""
) -> Responses:
    study = STUDY.replace("missing:\n", "missing:\n" + missing).replace("columns:\n", "columns:\n" + columns)
    questionnaire = QUESTIONNAIRE.replace("type: multiple\n", f"type: multiple\n{most}")
    read = read_study(write_study(folder, study=study, questionnaire=questionnaire), questionnaires={})
    return collect(read, read_answers(write_csv(folder / "reponses.csv", {**ANSWERS, **boxes})))


def boxes_of(responses: Responses) -> dict[str, list[float | None]]:
    return {box: responses.table.column(box).to_pylist() for box in TICKS}


def test_ones_and_blanks_without_a_zero_are_refused_because_every_option_would_make_100_percent(tmp_path: Path):
    with pytest.raises(Problem) as problem:
        collected(tmp_path, TICKS)

    assert problem.value.code == "answers.only_ticked"
    assert problem.value.said("en") == (
        f"{tmp_path / 'reponses.csv'}, line 4: “loisirs_sport” (question “loisirs”) has only ticked boxes and 4 empty "
        "ones, without a 0: this answer would make 100%. Say what an empty box means. Not chosen, and who ticked none "
        "did not answer: `missing: [{column: loisirs, means: not_chosen}]`. Not chosen, even by who ticked none: "
        '`values: {"": "0"}` under `columns:`. No answer: `missing:`, `means: no_answer`.'
    )


def test_an_empty_box_beside_a_ticked_one_is_not_chosen_and_who_ticked_none_did_not_answer(tmp_path: Path):
    responses = collected(tmp_path, TICKS, missing=BLANK_IS_NOT_CHOSEN)

    assert boxes_of(responses) == {
        "loisirs_sport": [1, 1, None, 0, 0, None],
        "loisirs_cinema": [1, 0, None, 1, 1, None],
    }
    assert responses.asked("loisirs_sport").all()


def test_an_empty_box_of_someone_who_was_not_asked_is_not_an_answer(tmp_path: Path):
    """Works: a, b, e. The filter comes first in the list, so it wins over the ticks that d should not have given."""
    responses = collected(tmp_path, TICKS, missing=WORKERS_ONLY + BLANK_IS_NOT_CHOSEN)

    assert boxes_of(responses)["loisirs_sport"] == [1, 1, None, None, 0, None]
    assert responses.asked("loisirs_sport").tolist() == [True, True, False, False, True, False]


def test_a_blank_may_be_mapped_to_zero_for_everybody(tmp_path: Path):
    mapped = "".join(f'  - {{source: {box}, id: {box}, values: {{"": "0"}}}}\n' for box in TICKS)

    responses = collected(tmp_path, TICKS, columns=mapped)

    assert boxes_of(responses) == {"loisirs_sport": [1, 1, 0, 0, 0, 0], "loisirs_cinema": [1, 0, 0, 1, 1, 0]}


def test_whoever_says_that_a_blank_is_no_answer_is_believed(tmp_path: Path):
    responses = collected(tmp_path, TICKS, missing="  - {column: loisirs, means: no_answer}\n")

    assert boxes_of(responses)["loisirs_sport"] == [1, 1, None, None, None, None]


def test_zeros_beside_a_page_left_blank_need_no_explanation(tmp_path: Path):
    """Some exports write 0 in a box that was seen, and nothing on a page that was skipped."""
    responses = collected(tmp_path, {"loisirs_sport": [1, 0, 1, None, 0, 1], "loisirs_cinema": [1, 0, 1, None, 1, 1]})

    assert boxes_of(responses)["loisirs_sport"] == [1, 0, 1, None, 0, 1]


def test_one_box_without_zero_is_refused_beside_another_that_has_some(tmp_path: Path):
    with pytest.raises(Problem) as problem:
        collected(tmp_path, {"loisirs_sport": [1, None, 1, None, None, 1], "loisirs_cinema": [0, 0, 1, 1, 0, 1]})

    assert (problem.value.code, problem.value.values["column"]) == ("answers.only_ticked", "loisirs_sport")


def test_more_choices_than_the_question_allows_are_refused_at_the_line_of_the_first(tmp_path: Path):
    boxes: dict[str, Box] = {"loisirs_sport": [1, 0, 1, 0, 0, 1], "loisirs_cinema": [0, 0, 1, 1, 0, 1]}

    with pytest.raises(Problem) as problem:
        collected(tmp_path, boxes, most="    max_choices: 1\n")

    assert problem.value.said("en") == (
        f"{tmp_path / 'reponses.csv'}, line 4: this respondent has 2 answers to “loisirs”, which takes 1 at most "
        "(2 times). Correct the file, or the `max_choices` of the questionnaire if the rule was another."
    )
    assert collected(tmp_path, boxes, most="    max_choices: 2\n").n == 6


def test_not_chosen_is_said_of_boxes_only(tmp_path: Path):
    with pytest.raises(Problem) as problem:
        collected(tmp_path, {}, missing="  - {column: age, means: not_chosen}\n")

    assert problem.value.code == "study.not_boxes"


def test_a_blank_is_explained_once(tmp_path: Path):
    """`values:` would win, and those who were not asked would count as not having chosen."""
    mapped = '  - {source: loisirs_sport, id: loisirs_sport, values: {"": "0"}}\n'

    with pytest.raises(Problem) as problem:
        collected(tmp_path, {}, columns=mapped, missing=WORKERS_ONLY)

    assert (problem.value.code, problem.value.values["column"]) == ("study.told_twice", "loisirs_sport")
