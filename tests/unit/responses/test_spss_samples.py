"""Real SPSS files of other projects: each is read with its labels, or refused with a remedy."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from alliage.problems import Problem
from alliage.responses import RawAnswers, RawColumn, read_answers

pytestmark = pytest.mark.data


def sample(name: str) -> Path:
    if "ALLIAGE_DATA" not in os.environ:
        pytest.skip("ALLIAGE_DATA does not name the data folder")
    return Path(os.environ["ALLIAGE_DATA"]) / "samples" / "spss" / name


def read(name: str) -> RawAnswers:
    return read_answers(sample(name))


@pytest.mark.parametrize(
    ("name", "respondents", "columns"),
    [
        ("haven-datetime.sav", 2, 3),
        ("haven-labelled-num-na.sav", 2, 1),
        ("haven-labelled-str.sav", 2, 1),
        ("haven-umlauts.sav", 4, 1),
        ("haven-variable-label.sav", 1, 1),
        ("hebrews.sav", 99, 1),
        ("multiple_response.sav", 6, 12),
        ("ordered_category.sav", 4, 1),
        ("sample.sav", 5, 7),
        ("sample.zsav", 5, 7),
        ("sample_large.sav", 485, 7),
        ("sample_missing.sav", 7, 7),
        ("test_width.sav", 5, 4),
        ("user_missing.sav", 2, 1),
    ],
)
def test_every_sample_is_read_whole(name: str, respondents: int, columns: int):
    assert read(name).table.shape == (respondents, columns)


def test_a_compressed_file_holds_the_same_answers():
    assert read("sample.zsav").table.equals(read("sample.sav").table)


def test_declared_missing_codes_stay_in_the_data_with_their_ranges():
    raw = read("sample_missing.sav")

    assert raw.columns["mynum"] == RawColumn("mynum", "numeric", {}, (("2000", "3000"), ("-1", "-1")))
    assert [raw.columns["mynum"].declares_missing(code) for code in ("2500", "3001", "-1", "-2")] == [
        True, False, True, False,
    ]  # fmt: skip


def test_accents_of_another_encoding_are_right():
    assert read("haven-umlauts.sav").columns["var1"] == RawColumn(
        "var1", "This is an ä-umlaut", {"1": "the ä umlaut", "2": "the ü umlaut", "3": "the ö umlaut"}
    )


def test_a_portable_file_is_refused_with_its_remedy():
    with pytest.raises(Problem) as problem:
        read("sample.por")

    assert problem.value.code == "answers.portable_spss"
