"""Comparisons: which pairs are compared, in which direction, and in how large a family."""

from dataclasses import replace

import pytest
from sealed import cell

from alliage.indicators.comparability import same_question
from alliage.indicators.comparing import compare_audiences, compare_waves
from alliage.instruments.questionnaires import Item, Option, Question
from alliage.text import Text

AUDIENCES = ("citoyens", "maires", "entreprises", "associations")
WAVES = ("phare", "impact")
QUESTION = Question(
    id="innovation",
    type="single",
    text=Text(fr="Êtes-vous d'accord ?", en="Do you agree?"),
    options=(Option(id="oui", label=Text(fr="Oui", en="Yes")), Option(id="non", label=Text(fr="Non", en="No"))),
)
REWORDED = replace(QUESTION, text=Text(fr="Approuvez-vous ?", en="Do you agree?"))
SAME = {(audience, wave): QUESTION for audience in AUDIENCES for wave in WAVES}


def test_four_audiences_make_six_gaps_in_one_family():
    gaps = compare_audiences([cell(audience=name) for name in reversed(AUDIENCES)], AUDIENCES, SAME)

    assert [gap.id for gap in gaps] == [
        "innovation.impact.citoyens-maires",
        "innovation.impact.citoyens-entreprises",
        "innovation.impact.citoyens-associations",
        "innovation.impact.maires-entreprises",
        "innovation.impact.maires-associations",
        "innovation.impact.entreprises-associations",
    ]
    assert {gap.gap.family for gap in gaps} == {6}
    assert {round(gap.gap.interval.level, 6) for gap in gaps} == {0.991667}


def test_an_audience_that_was_not_asked_or_did_not_answer_leaves_the_family():
    cells = [cell(audience="citoyens"), cell(audience="maires", asked=False, n=0), cell(audience="entreprises", n=0)]

    assert compare_audiences([*cells, cell(audience="associations")], AUDIENCES, SAME)[0].gap.family == 1


def test_items_and_waves_are_never_compared_with_each_other():
    cells = [
        cell(audience="citoyens", item="f01"),
        cell(audience="maires", item="f02"),
        cell(audience="entreprises", item="f01", wave="phare"),
    ]

    assert compare_audiences(cells, AUDIENCES, SAME) == []


def test_a_change_is_the_later_wave_minus_the_one_before():
    cells = [cell(value=0.69, wave="phare"), cell(value=0.74, wave="impact")]

    (change,) = compare_waves(cells, WAVES, SAME)

    assert change.id == "innovation.maires.impact-phare"
    assert round(change.gap.value, 12) == 0.05
    assert (change.a.wave, change.b.wave) == ("impact", "phare")


def test_the_changes_of_all_audiences_on_one_item_are_one_family():
    cells = [cell(audience=name, wave=wave) for name in AUDIENCES for wave in WAVES]

    assert [change.gap.family for change in compare_waves(cells, WAVES, SAME)] == [4, 4, 4, 4]


def test_territories_are_not_compared_between_audiences():
    cells = [cell("11", audience="citoyens"), cell("11", audience="maires")]

    assert compare_audiences(cells, AUDIENCES, SAME) == []
    assert compare_waves(cells, WAVES, SAME) == []


@pytest.mark.parametrize(
    "other",
    [
        REWORDED,
        replace(QUESTION, type="category"),
        replace(QUESTION, options=QUESTION.options[:1]),
        replace(
            QUESTION, options=(replace(QUESTION.options[0], label=Text(fr="Oui", en="Agree")), QUESTION.options[1])
        ),
        replace(QUESTION, options=QUESTION.options[::-1]),
        replace(QUESTION, items=(Item(id="f01", label=Text(fr="Emploi", en="Employment")),)),
        replace(QUESTION, low=0, high=10),
        replace(QUESTION, max_choices=3),
    ],
    ids=[
        "words",
        "type",
        "one answer less",
        "label of an answer",
        "order of answers",
        "items",
        "bounds",
        "most choices",
    ],
)
def test_what_was_put_to_people_makes_a_question_another(other: Question):
    assert not same_question(QUESTION, other)


def test_the_layout_of_a_file_and_how_sentences_are_written_do_not_make_a_question_another():
    told = replace(QUESTION.options[0], inside=Text(fr="l'accord", en="agreement"))
    same = replace(
        QUESTION,
        text=Text(fr="Êtes-vous\nd'accord ?", en="Do you  agree?"),
        options=(told, QUESTION.options[1]),
        code="Q1",
    )

    assert same_question(QUESTION, same)


def test_audiences_asked_in_other_words_are_not_compared_and_leave_the_family():
    cells = [cell(audience=name) for name in AUDIENCES]

    gaps = compare_audiences(cells, AUDIENCES, {**SAME, ("maires", "impact"): REWORDED})

    assert [gap.id for gap in gaps] == [
        "innovation.impact.citoyens-entreprises",
        "innovation.impact.citoyens-associations",
        "innovation.impact.entreprises-associations",
    ]
    assert {gap.gap.family for gap in gaps} == {3}


def test_a_question_that_changed_breaks_the_series_and_no_wave_is_compared_over_the_break():
    waves = ("hypothese", *WAVES)
    cells = [cell(wave=wave) for wave in waves]
    questions = {("maires", "hypothese"): QUESTION, ("maires", "phare"): REWORDED, ("maires", "impact"): QUESTION}

    assert compare_waves(cells, waves, questions) == []
