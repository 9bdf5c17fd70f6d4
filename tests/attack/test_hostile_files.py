"""Files made to harm: each is refused by name, quickly, within bounds, and leaves nothing behind."""

from __future__ import annotations

import resource
import struct
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from alliage.problems import Problem
from alliage.responses import read_answers
from alliage.responses.limits import Limits
from answer_files import MAIN, SHEET, workbook_parts, write_parquet, write_sav, write_xlsx

QUICKLY = 5.0  # seconds, worker's start included, on a busy machine
SMALL = Limits(memory=600_000_000, cpu=20, wall=20.0)
ANSWERS: dict[str, list[str | float | None]] = {"id": ["a", "b", "c"], "note": [1, 2, 3]}


@pytest.fixture(autouse=True)
def nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    yield
    assert list(temporary.iterdir()) == []


def refused(path: Path, *, limits: Limits = SMALL) -> str:
    start = time.monotonic()
    with pytest.raises(Problem) as problem:
        read_answers(path, limits=limits)
    assert time.monotonic() - start < QUICKLY
    assert problem.value.place is not None
    return problem.value.code


def workbook(path: Path, sheet: str | bytes, *, parts: dict[str, str] | None = None) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**workbook_parts(), **(parts or {})}.items():
            archive.writestr(name, content)
        archive.writestr(SHEET, sheet)
    return path


def sheet(rows: str, before: str = "") -> str:
    return f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def text_row(line: int, cells: dict[str, str]) -> str:
    told = "".join(f'<c r="{at}{line}" t="inlineStr"><is><t>{word}</t></is></c>' for at, word in cells.items())
    return f'<row r="{line}">{told}</row>'


def test_a_zip_bomb_is_refused_before_it_is_opened(tmp_path: Path):
    bomb = workbook(tmp_path / "bomb.xlsx", b" " * 200_000_000)

    assert bomb.stat().st_size < 1_000_000
    assert refused(bomb) == "unsafe.zip"


def test_a_bomb_of_shared_strings_is_refused(tmp_path: Path):
    assert (
        refused(workbook(tmp_path / "a.xlsx", sheet(""), parts={"xl/sharedStrings.xml": " " * 50_000_000}))
        == "unsafe.zip"
    )


def test_a_bomb_that_lies_about_its_size_is_stopped(tmp_path: Path):
    bomb = workbook(tmp_path / "bomb.xlsx", sheet(text_row(1, {"A": "x"}) * 2_000_000))
    octets = bytearray(bomb.read_bytes())
    # Write a size of 1,000 bytes for the sheet in the central directory and in its local header.
    name = SHEET.encode()
    for signature, size_at, name_at in ((b"PK\x01\x02", 24, 46), (b"PK\x03\x04", 22, 30)):
        at = octets.find(signature)
        while at >= 0:
            if octets[at + name_at : at + name_at + len(name)] == name:
                octets[at + size_at : at + size_at + 4] = struct.pack("<I", 1_000)
            at = octets.find(signature, at + 1)
    bomb.write_bytes(octets)

    assert refused(bomb) in {"answers.broken", "unsafe.memory", "unsafe.time"}


def test_an_archive_of_a_thousand_files_is_refused(tmp_path: Path):
    parts = {f"xl/media/{rank}.txt": "x" for rank in range(1_000)}

    assert refused(workbook(tmp_path / "a.xlsx", sheet(""), parts=parts)) == "unsafe.zip"


def test_a_sheet_of_16_384_columns_is_refused(tmp_path: Path):
    letters = []
    for rank in range(16_384):
        told, rest = "", rank + 1
        while rest:
            rest, digit = divmod(rest - 1, 26)
            told = chr(ord("A") + digit) + told
        letters.append(told)

    cells = {at: f"c{at}" for at in letters}
    file = workbook(tmp_path / "a.xlsx", sheet(text_row(1, cells) + text_row(2, dict.fromkeys(letters, "1"))))

    assert refused(file) == "unsafe.too_many_columns"


def test_two_cells_at_the_far_corners_do_not_cost_the_whole_grid(tmp_path: Path):
    rows = text_row(1, {"A": "id"}) + text_row(1_048_576, {"XFD": "x"})

    assert refused(workbook(tmp_path / "a.xlsx", sheet(rows))) in {"unsafe.memory", "unsafe.crash"}


def test_entities_are_not_expanded(tmp_path: Path):
    entities = "".join(f'<!ENTITY l{rank} "{f"&l{rank - 1};" * 10}">' for rank in range(1, 10))
    before = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "lol">{entities}]>'
    file = workbook(tmp_path / "a.xlsx", sheet(text_row(1, {"A": "id"}) + text_row(2, {"A": "&l9;"}), before))

    assert refused(file) == "answers.broken"


def test_macros_are_refused(tmp_path: Path):
    file = workbook(tmp_path / "a.xlsx", sheet(""), parts={"xl/vbaProject.bin": "macro"})

    assert refused(file) == "answers.macros"
    assert refused(file.rename(tmp_path / "a.xlsm")) == "answers.macros"


def test_an_encrypted_workbook_is_refused(tmp_path: Path):
    (tmp_path / "a.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2_000)

    assert refused(tmp_path / "a.xlsx") == "answers.old_excel"


def test_a_truncated_workbook_is_refused(tmp_path: Path):
    file = write_xlsx(tmp_path / "a.xlsx", ANSWERS)
    file.write_bytes(file.read_bytes()[:-200])

    assert refused(file) == "answers.broken"


def test_a_workbook_that_is_a_web_page_is_refused(tmp_path: Path):
    (tmp_path / "a.xlsx").write_text("<html><body><table><tr><td>id</td></tr></table></body></html>")

    assert refused(tmp_path / "a.xlsx") == "answers.broken"


def test_a_zip_that_is_not_a_workbook_is_refused(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("../../etc/passwd", "root")

    assert refused(tmp_path / "a.xlsx") == "answers.broken"


def test_a_csv_of_16_384_columns_is_refused(tmp_path: Path):
    (tmp_path / "a.csv").write_text(",".join(f"c{rank}" for rank in range(16_384)) + "\n")

    assert refused(tmp_path / "a.csv") == "unsafe.too_many_columns"


def test_a_quoted_field_without_end_is_refused(tmp_path: Path):
    (tmp_path / "a.csv").write_text('id,note\n1,"' + "x" * 20_000_000)

    assert refused(tmp_path / "a.csv") == "unsafe.long_field"


def test_a_csv_that_is_a_program_is_refused(tmp_path: Path):
    (tmp_path / "a.csv").write_bytes(Path(sys.executable).resolve().read_bytes()[:100_000])

    assert refused(tmp_path / "a.csv") in {"answers.encoding", "answers.nul"}


@pytest.mark.parametrize("kept", [4, 100, 176, 300, 330, -3])
def test_a_truncated_spss_file_is_refused(tmp_path: Path, kept: int):
    file = write_sav(tmp_path / "a.sav", ANSWERS)
    file.write_bytes(file.read_bytes()[:kept])

    assert refused(file) in {"answers.broken", "answers.empty"}


def test_an_spss_file_that_announces_a_billion_cases_is_refused(tmp_path: Path):
    file = write_sav(tmp_path / "a.sav", ANSWERS)
    octets = bytearray(file.read_bytes())
    octets[80:84] = struct.pack("<i", 2_000_000_000)
    file.write_bytes(octets)

    assert refused(file) in {"answers.broken", "unsafe.memory", "unsafe.crash"}


def test_a_parquet_file_with_the_wrong_magic_is_refused(tmp_path: Path):
    file = write_parquet(tmp_path / "a.parquet", ANSWERS)
    file.write_bytes(b"PAR2" + file.read_bytes()[4:])

    assert refused(file) == "answers.broken"


@pytest.mark.parametrize("kept", [8, 200, -9])
def test_a_truncated_parquet_file_is_refused(tmp_path: Path, kept: int):
    file = write_parquet(tmp_path / "a.parquet", ANSWERS)
    file.write_bytes(file.read_bytes()[:kept])

    assert refused(file) == "answers.broken"


# What follows replaces the reader of CSV, inside the worker's process, by one that misbehaves.
MISBEHAVING = """
import ctypes, os, sys, time
import numpy as np
import pyarrow as pa
from alliage.responses import worker

def misbehave(path, **options):
    {act}

worker.READERS["csv"] = misbehave
sys.exit(worker.main(sys.argv[1]))
"""


@pytest.mark.parametrize(
    ("act", "code"),
    [
        ("ctypes.string_at(0)", "unsafe.crash"),
        ("os._exit(3)", "unsafe.crash"),
        ("os.abort()", "unsafe.crash"),
        ("raise RuntimeError('a bug')", "unsafe.crash"),
        ("hog = [bytes(50_000_000) for _ in range(100)]", "unsafe.memory"),
        ("time.sleep(60)", "unsafe.time"),
        ("while True: pass", "unsafe.time"),
    ],
)
def test_a_reader_that_misbehaves_is_stopped_and_named(tmp_path: Path, act: str, code: str):
    (tmp_path / "a.csv").write_text("id\n1\n")
    (tmp_path / "worker.py").write_text(MISBEHAVING.format(act=act))
    worker = [sys.executable, "-I", str(tmp_path / "worker.py")]

    start = time.monotonic()
    with pytest.raises(Problem) as problem:
        read_answers(tmp_path / "a.csv", limits=Limits(memory=600_000_000, cpu=2, wall=4.0), worker=worker)

    assert problem.value.code == code
    assert time.monotonic() - start < 2 * QUICKLY


def test_a_worker_that_hands_back_anything_else_than_text_is_not_trusted(tmp_path: Path):
    (tmp_path / "a.csv").write_text("id\n1\n")
    act = "return worker.RawAnswers(path, 'csv', pa.table({'id': [1]}), np.arange(1), {})"
    (tmp_path / "worker.py").write_text(MISBEHAVING.format(act=act))

    with pytest.raises(Problem) as problem:
        read_answers(tmp_path / "a.csv", worker=[sys.executable, "-I", str(tmp_path / "worker.py")])

    assert problem.value.code == "unsafe.crash"


def test_the_limits_are_the_workers_and_not_ours(tmp_path: Path):
    before = resource.getrlimit(resource.RLIMIT_AS)
    (tmp_path / "a.csv").write_text("id\n1\n")

    read_answers(tmp_path / "a.csv", limits=SMALL)

    assert resource.getrlimit(resource.RLIMIT_AS) == before
