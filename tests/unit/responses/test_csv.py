"""A CSV file is read strictly; what is wrong in its shape is said with its line and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from alliage.problems import Problem
from alliage.responses import read_answers


def refusal(folder: Path, octets: bytes, **options: str) -> str:
    file = folder / "reponses.csv"
    file.write_bytes(octets)
    with pytest.raises(Problem) as problem:
        read_answers(file, **options)
    return problem.value.said("en").removeprefix(str(folder) + "/")


def rows(folder: Path, octets: bytes, **options: str) -> dict[str, list[str]]:
    file = folder / "reponses.csv"
    file.write_bytes(octets)
    return read_answers(file, **options).table.to_pydict()


def test_a_byte_order_mark_is_not_part_of_the_first_name(tmp_path: Path):
    assert rows(tmp_path, "\ufeffid,été\na,1\n".encode()) == {"id": ["a"], "été": ["1"]}


def test_another_encoding_is_read_when_it_is_named(tmp_path: Path):
    assert rows(tmp_path, "id;été\na;né\n".encode("windows-1252"), encoding="windows-1252", delimiter=";") == {
        "id": ["a"],
        "été": ["né"],
    }


def test_the_wrong_encoding_names_line_and_byte_and_the_likely_one(tmp_path: Path):
    assert refusal(tmp_path, b"id,ville\na,Lyon\nb,Orl\xe9ans\n") == (
        "reponses.csv, line 3: byte 22 (0xE9) cannot be read as utf-8. Save the file as UTF-8, or tell its encoding: "
        "`encoding: windows-1252` under `answers:`, `--encoding windows-1252` for `alliage estimate`."
    )


def test_the_unicode_text_of_a_spreadsheet_is_recognised(tmp_path: Path):
    assert "`encoding: utf-16` under" in refusal(tmp_path, "id\tville\na\tLyon\n".encode("utf-16"))


def test_an_encoding_that_does_not_exist_is_refused(tmp_path: Path):
    assert refusal(tmp_path, b"id,a\n1,2\n", encoding="utf8000").startswith(
        "reponses.csv: the encoding “utf8000” does not exist."
    )


def test_a_line_of_another_length_is_named_as_the_editor_counts_it(tmp_path: Path):
    told = refusal(tmp_path, b'id,a\n1,"two\nlines"\n\n2,x,y\n')

    assert told == (
        "reponses.csv, line 5: this line has 3 fields, the first one has 2. "
        "Is a delimiter written without quotes in an answer?"
    )


def test_a_null_byte_is_named(tmp_path: Path):
    assert refusal(tmp_path, b"id,a\n1,b\0c\n").startswith("reponses.csv, line 2: byte 9 is null")


def test_a_quote_that_never_closes_is_named_where_it_opens(tmp_path: Path):
    assert refusal(tmp_path, b'id,a\n1,"x\n2,y\n').startswith("reponses.csv, line 2: quotes do not close")


def test_text_after_a_closing_quote_is_refused(tmp_path: Path):
    assert refusal(tmp_path, b'id,a\n1,"x"y\n').startswith("reponses.csv, line 2: quotes do not close or are followed")


def test_another_delimiter_is_suspected(tmp_path: Path):
    assert refusal(tmp_path, b"id;a\n1;2\n") == (
        "reponses.csv, line 1: the first line holds a single column and some “;”: the delimiter is probably not “,”. "
        'Write `delimiter: ";"` under `answers:`, or `--delimiter ";"` for `alliage estimate`.'
    )


def test_names_that_differ_only_by_case_are_refused(tmp_path: Path):
    assert refusal(tmp_path, b"id,Age,age\n1,2,3\n") == (
        "reponses.csv, line 1: columns 2 and 3 have the same name, apart from capitals: “Age” and “age”. "
        "Rename one of them."
    )


def test_a_column_without_a_name_is_refused(tmp_path: Path):
    assert refusal(tmp_path, b"id,,b\n1,2,3\n").startswith("reponses.csv, line 1: column 2 has no name.")


@pytest.mark.parametrize("octets", [b"", b"\n\n", b"id,a\n", b"\xef\xbb\xbf"])
def test_a_file_without_answers_is_refused(tmp_path: Path, octets: bytes):
    assert refusal(tmp_path, octets) == (
        "reponses.csv: this file holds no answer. Check that the export went to its end."
    )


def test_a_renamed_workbook_is_not_taken_for_a_wrong_encoding(tmp_path: Path):
    assert refusal(tmp_path, b"PK\x03\x04\x14\x00\x9d") == (
        "reponses.csv: in spite of its extension, this file is not a CSV: it is an Excel workbook (.xlsx) or an "
        "archive. Give it back its own extension, or export it as CSV."
    )
