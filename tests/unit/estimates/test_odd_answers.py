"""Answers that are not what an estimator expects: it says so, in the words of the file, or estimates what it can."""

from __future__ import annotations

import datetime
import importlib

import numpy as np
import pyarrow as pa
import pytest

import alliage
from alliage import Design, combine, compare, mean, quantile, ratio, share, stack
from alliage.problems import Problem
from tables import table

PEOPLE = table("""
    | region | w | y  | x | nothing |
    | nord   | 1 | 10 | 0 |         |
    | nord   | 1 | 14 | 0 |         |
    | sud    | 2 | 20 | 1 |         |
    | sud    | 2 | 24 | 3 |         |
""")
DESIGN = Design(weight="w")


def refusal(asked):
    with pytest.raises(Problem) as problem:
        asked()
    return problem.value.code


def test_a_warning_stands_beside_the_group_it_is_about_and_no_other():
    found = ratio(PEOPLE, "y", "x", design=DESIGN, by="region")

    assert found.to_arrow()["warnings"].to_pylist() == ["estimates.zero_denominator", ""]


def test_groups_that_nobody_belongs_to_make_an_empty_table():
    found = [
        mean(PEOPLE, "y", design=DESIGN, by="nothing"),
        share(PEOPLE, "region", design=DESIGN, by="nothing"),
        quantile(PEOPLE, "y", design=DESIGN, by="nothing"),
    ]

    assert [(len(one), one.to_arrow().num_rows, repr(one)) for one in found] == [(0, 0, "(0)")] * 3


def test_numbers_and_words_in_one_column_are_read_as_they_would_be_written():
    answers = {"w": [1, 1, 1, 1], "y": np.array([1, "2", None, 3.0], dtype=object)}

    assert [one.value for one in mean(answers, "y", design=DESIGN)] == [2.0]
    assert share(answers, "y", design=DESIGN).answers == ("1", "2", "3")


def test_a_column_of_dates_or_of_lists_is_no_number():
    dates = pa.table({"y": [datetime.date(2020, 1, 1), datetime.date(2021, 1, 1)]})
    lists = pa.table({"y": [[1, 2], [3]]})

    assert refusal(lambda: mean(dates, "y", design=Design())) == "estimates.unreadable_type"
    assert refusal(lambda: share(lists, "y", design=Design())) == "estimates.unreadable_type"
    assert share(dates, "y", design=Design()).answers == ("2020-01-01", "2021-01-01")


def test_a_column_shorter_than_the_others_is_refused():
    assert refusal(lambda: mean({"w": [1, 1], "y": [3]}, "y", design=DESIGN)) == "estimates.column_length"


def test_what_is_no_table_is_refused():
    assert refusal(lambda: mean([1, 2, 3], "y", design=DESIGN)) == "estimates.not_answers"


class Frame:
    """What the data frames of other libraries have in common."""

    def __init__(self, rows):
        self.rows = pa.table(rows)

    def __arrow_c_stream__(self, requested_schema=None):
        return self.rows.__arrow_c_stream__(requested_schema)


def test_a_data_frame_gives_what_its_columns_give():
    frame = Frame(PEOPLE)

    assert mean(frame, "y", design=DESIGN, by="region").to_dicts() == (
        mean(PEOPLE, "y", design=DESIGN, by="region").to_dicts()
    )
    assert quantile(frame, "y", design=DESIGN)[1].value == quantile(PEOPLE, "y", design=DESIGN)[1].value
    assert stack({"1": frame, "2": frame}).num_rows == 8


def test_asking_for_nothing_is_refused():
    asked = [
        lambda: mean(PEOPLE, [], design=DESIGN),
        lambda: quantile(PEOPLE, "y", [], design=DESIGN),
        lambda: combine([]),
        lambda: stack({}),
    ]

    assert {refusal(one) for one in asked} == {"estimates.nothing_asked"}


def test_shares_of_as_many_answers_as_rows_are_refused_before_memory_is_full():
    names = [f"n{rank}" for rank in range(25_000)]

    assert refusal(lambda: share({"name": names}, "name", design=Design())) == "estimates.too_many_answers"


def test_a_word_that_is_no_option_is_refused():
    found = mean(PEOPLE, "y", design=DESIGN, by="region")
    asked = [
        lambda: Design(lonely="ajust"),
        lambda: Design(kind="quotas"),
        lambda: compare(found, pairs="succesive"),
    ]

    assert {refusal(one) for one in asked} == {"estimates.option"}


def test_a_rank_beyond_the_estimates_is_refused():
    found = mean(PEOPLE, "y", design=DESIGN, by="region")

    assert refusal(lambda: combine(found, function="ratio", of=(0, 2))) == "estimates.rank"


def test_a_seed_that_is_no_whole_number_is_refused():
    design = Design(weight="w", strata="region", replicates="bootstrap", seed=1.5)

    assert refusal(lambda: design.bind(PEOPLE)) == "estimates.replicates_seed"


def test_a_long_result_shows_its_first_rows_and_says_how_many_there_are():
    towns = {"town": np.arange(1_000), "y": np.ones(1_000)}

    found = mean(towns, "y", design=Design(), by="town")

    assert repr(found).splitlines()[-1] == "(200 / 1000)"
    assert len(repr(found).splitlines()) == 202
    assert found._repr_html_().endswith("<p>(200 / 1000)</p>")


def test_every_name_of_the_door_opens_on_its_room():
    for name in alliage.__all__:
        found = getattr(alliage, name)
        room = importlib.import_module(".".join(found.__module__.split(".")[:2]))

        assert getattr(room, name) is found
        assert name in room.__all__


def test_as_many_categories_as_a_small_code_can_tell_and_no_answer_besides():
    codes = pa.array([*range(128), None], pa.int8())
    coded = pa.DictionaryArray.from_arrays(codes, pa.array([f"t{rank:03}" for rank in range(128)]))

    found = mean(pa.table({"town": coded, "y": range(129)}), "y", design=Design(), by="town")

    assert found.column("value").tolist() == list(range(128))


def test_numbers_in_text_that_is_only_looked_at_are_read():
    views = pa.table({"y": pa.array(["1", " 3 ", "NA"], pa.string_view())})

    assert mean(views, "y", design=Design())[0].value == 2


def test_a_figure_that_does_not_exist_is_refused():
    found = mean(PEOPLE, "y", design=DESIGN)

    assert refusal(lambda: found.to_arrow(("vlaue",))) == "estimates.option"
