"""Reads an XLSX workbook: what it would weigh once inflated is known before it is opened."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from alliage.catalogue.declarations import did_you_mean
from alliage.problems import Place, Problem
from alliage.responses.headers import check_columns
from alliage.responses.limits import (
    HIGHEST_RATIO,
    LARGEST_MEMBER,
    LARGEST_WORKBOOK,
    MEGABYTE,
    MOST_MEMBERS,
    SMALL_MEMBER,
)
from alliage.responses.raw import RawAnswers, RawColumn
from alliage.responses.texts import as_text
from alliage.text import Text, number

ROWS_AT_ONCE = 20_000
OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0"
ENCRYPTED_MEMBER = 0x1


def read_xlsx(path: Path, *, sheet: str | None = None) -> RawAnswers:
    """Read one sheet as text columns, its first non-empty row being the names. Raises answers.*, unsafe.zip."""
    check_zip(path)
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            opened = workbook.get_sheet_by_name(_sheet_name(workbook, sheet, path))
            return _read_sheet(opened, path)
    except PasswordError:
        raise Problem("answers.old_excel", Place(path)) from None
    except (CalamineError, OSError, ValueError) as error:
        raise _broken(path, str(error)) from None


def check_zip(path: Path) -> None:
    """Look at the zip's central directory only. Raises answers.broken, .macros, .old_excel, unsafe.zip."""
    with path.open("rb") as file:
        start = file.read(4)
    if start == OLD_OR_ENCRYPTED:
        raise Problem("answers.old_excel", Place(path))
    if start[:2] != b"PK":
        raise _broken(path, "HTML" if start.lstrip()[:1] == b"<" else "no zip")
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _broken(path, str(error)) from None
    if any(member.filename.lower().endswith("vbaproject.bin") for member in members):
        raise Problem("answers.macros", Place(path))
    if any(member.flag_bits & ENCRYPTED_MEMBER for member in members):
        raise Problem("answers.old_excel", Place(path))
    for reason in _reasons(members, path.stat().st_size):
        raise Problem("unsafe.zip", Place(path), reason=reason)


def _reasons(members: list[zipfile.ZipInfo], size: int) -> Iterator[Text]:
    """Why an archive is not a workbook of answers."""
    if len(members) > MOST_MEMBERS:
        counted, most = number(len(members)), number(MOST_MEMBERS)
        yield Text(
            fr="{counted} fichiers à l'intérieur, {most} au plus",
            en="{counted} files inside, {most} at most",
        ).filled(counted=counted, most=most)
    if len({member.filename for member in members}) < len(members):
        yield Text(fr="deux fichiers intérieurs portent le même nom", en="two files inside have the same name")
    if sum(member.compress_size for member in members) > size:
        yield Text(fr="des fichiers intérieurs se recouvrent", en="files inside overlap")
    for member in members:
        if member.file_size > LARGEST_MEMBER:
            yield _too_large(member.filename, member.file_size, LARGEST_MEMBER)
        elif member.file_size > SMALL_MEMBER and member.file_size > HIGHEST_RATIO * member.compress_size:
            yield Text(
                fr="{name} grossirait plus de {ratio} fois en s'ouvrant",
                en="{name} would grow more than {ratio} times when opened",
            ).filled(name=member.filename, ratio=HIGHEST_RATIO)
    total = sum(member.file_size for member in members)
    if total > LARGEST_WORKBOOK:
        yield _too_large("total", total, LARGEST_WORKBOOK)


def _too_large(name: str, size: int, limit: int) -> Text:
    told = {"name": name, "size": number(size / MEGABYTE), "limit": number(limit / MEGABYTE)}
    return Text(
        fr="{name} pèserait {size} Mo une fois ouvert, {limit} au plus",
        en="{name} would weigh {size} MB once opened, {limit} at most",
    ).filled(**told)


def _broken(path: Path, detail: str) -> Problem:
    return Problem("answers.broken", Place(path), format="XLSX", detail=(detail.splitlines() or ["?"])[0][:200])


def _sheet_name(workbook: CalamineWorkbook, sheet: str | None, path: Path) -> str:
    names: list[str] = workbook.sheet_names
    if not names:
        raise Problem("answers.empty", Place(path))
    if sheet is None:
        return names[0]
    if sheet not in names:
        near = did_you_mean(sheet, names)
        raise Problem("answers.no_sheet", Place(path), sheet=sheet, suggestion=near, known=", ".join(names))
    return sheet


def _read_sheet(sheet: CalamineSheet, path: Path) -> RawAnswers:
    if sheet.start is None:
        raise Problem("answers.empty", Place(path))
    _, first_column = sheet.start
    # iter_rows starts at the top of the sheet, whatever its first cell with a value; columns start at the first one.
    records = ((line, [as_text(value) for value in row]) for line, row in enumerate(sheet.iter_rows(), start=1))
    filled = ((line, row) for line, row in records if any(row))
    line, header = next(filled, (0, []))
    while header and not header[-1].strip():
        header.pop()
    check_columns(header, Place(path, line))
    table, lines = _table(filled, header, path)
    if not lines:
        raise Problem("answers.empty", Place(path))
    columns = {name: RawColumn(name, letters=letters(first_column + rank)) for rank, name in enumerate(header)}
    return RawAnswers(path, "xlsx", table, np.array(lines, dtype=np.int64), columns)


def _table(records: Iterator[tuple[int, list[str]]], names: list[str], path: Path) -> tuple[pa.Table, list[int]]:
    schema = pa.schema([(name, pa.string()) for name in names])
    batches: list[pa.RecordBatch] = []
    lines: list[int] = []
    waiting: list[list[str]] = []

    def flush() -> None:
        if waiting:
            columns: list[Any] = [pa.array(column, pa.string()) for column in zip(*waiting, strict=True)]
            batches.append(pa.record_batch(columns, schema))
            waiting.clear()

    for line, record in records:
        if any(record[len(names) :]):
            raise Problem("answers.ragged", Place(path, line), found=len(record), expected=len(names))
        lines.append(line)
        waiting.append(record[: len(names)])
        if len(waiting) == ROWS_AT_ONCE:
            flush()
    flush()
    return pa.Table.from_batches(batches, schema), lines


def letters(rank: int) -> str:
    """The letters of a column counted from 0: 0 is "A", 26 is "AA"."""
    told = ""
    rank += 1
    while rank:
        rank, rest = divmod(rank - 1, 26)
        told = chr(ord("A") + rest) + told
    return told
