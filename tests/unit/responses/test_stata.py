"""Stata files, of Stata 13 and later and of Stata 8: labels, empty cells and the letters kept for missing values."""

from __future__ import annotations

from pathlib import Path

import pytest

from alliage import Design, share
from alliage.problems import Problem
from alliage.responses import read_answers

FILES = Path(__file__).parent / "stata"


@pytest.mark.parametrize(("name", "word"), [("answers.dta", "é"), ("answers-old.dta", "e")])
def test_answers_are_read_as_they_are_written(name: str, word: str):
    raw = read_answers(FILES / name)

    assert raw.table.to_pydict() == {
        "q1": ["1", "2", "", "1"],
        "nom": [word, "b", "", "d"],
        "poids": ["1.5", "0.25", "1", "2"],
        "age": ["31", "45", "62", ""],
    }
    assert raw.columns["q1"].value_labels == {"1": "oui", "2": "non"}
    assert raw.columns["q1"].label == "Question"


def test_a_letter_is_a_missing_value_and_is_kept():
    raw = read_answers(FILES / "user-missing.dta")

    assert raw.table["q1"].to_pylist() == ["1", "2", "a", "1"]
    assert raw.columns["q1"].declares_missing("a")
    assert share(raw, "q1", "1", design=Design())[0].n == 3


@pytest.mark.parametrize("content", [b"not Stata at all", b"<stata_dta><header>cut", b"\x72\x02"])
def test_a_broken_file_is_refused(tmp_path: Path, content: bytes):
    file = tmp_path / "a.dta"
    file.write_bytes(content)

    with pytest.raises(Problem) as caught:
        read_answers(file)

    assert caught.value.code == "answers.broken"
