"""Reads a CSV file strictly: one encoding, closed quotes, as many fields on each line as names in the first."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from alliage.problems import Place, Problem
from alliage.responses.headers import check_columns
from alliage.responses.limits import LONGEST_FIELD
from alliage.responses.raw import RawAnswers, RawColumn
from alliage.text import Text

ROWS_AT_ONCE = 20_000
# How the files most often renamed to .csv begin.
SIGNATURES = {
    b"PK\x03\x04": Text(fr="un classeur Excel (.xlsx) ou une archive", en="an Excel workbook (.xlsx) or an archive"),
    b"\xd0\xcf\x11\xe0": Text(fr="un ancien classeur Excel (.xls)", en="an old Excel workbook (.xls)"),
    b"PAR1": Text(fr="un fichier Parquet", en="a Parquet file"),
    b"$FL2": Text(fr="un fichier SPSS (.sav)", en="an SPSS file (.sav)"),
    b"%PDF": Text(fr="un document PDF", en="a PDF document"),
    b"\x89PNG": Text(fr="une image", en="a picture"),
    b"\xff\xd8\xff": Text(fr="une image", en="a picture"),
}
OTHER_DELIMITERS = (";", "\t", ",", "|")


def read_csv(path: Path, *, encoding: str = "utf-8", delimiter: str = ",") -> RawAnswers:
    """Read a CSV file as text columns. Raises answers.* naming the line."""
    if len(delimiter) != 1:
        raise Problem("answers.delimiter_length", Place(path), delimiter=delimiter)
    _refuse_other_formats(path)
    words = _decoded(path, encoding)
    if not words.strip():
        raise Problem("answers.empty", Place(path))
    csv.field_size_limit(LONGEST_FIELD)
    records = _records(words, path, delimiter)
    _, names = next(records)
    _check_delimiter(names, delimiter, path)
    check_columns(names, Place(path, 1))
    table, lines = _table(records, names, path)
    if not lines:
        raise Problem("answers.empty", Place(path))
    columns = {name: RawColumn(name) for name in names}
    return RawAnswers(path, "csv", table, np.array(lines, dtype=np.int64), columns)


def _refuse_other_formats(path: Path) -> None:
    """A renamed workbook is not a text in the wrong encoding: say what it is."""
    with path.open("rb") as file:
        start = file.read(8)
    for signature, found in SIGNATURES.items():
        if start.startswith(signature):
            raise Problem("answers.not_csv", Place(path), found=found)


def _decoded(path: Path, encoding: str) -> str:
    octets = path.read_bytes()
    if octets[:2] in {b"\xff\xfe", b"\xfe\xff"} and not encoding.lower().replace("_", "-").startswith("utf-16"):
        raise _wrong_encoding(path, octets, 0, encoding, "utf-16")
    try:
        if encoding.lower().replace("_", "-") in {"utf-8", "utf8", "utf-8-sig"}:
            words = octets.decode("utf-8-sig")  # Excel writes a mark at the start: it is not part of the first name
        else:
            words = octets.decode(encoding)
    except LookupError:
        raise Problem("answers.unknown_encoding", Place(path), encoding=encoding) from None
    except UnicodeError as error:
        position = error.start if isinstance(error, UnicodeDecodeError) else 0
        raise _wrong_encoding(path, octets, position, encoding, _likely(octets, encoding)) from None
    nul = words.find("\0")
    if nul >= 0:
        line = words.count("\n", 0, nul) + 1
        raise Problem("answers.nul", Place(path, line), position=nul + 1, encoding=encoding)
    return words


def _wrong_encoding(path: Path, octets: bytes, position: int, encoding: str, suggestion: str) -> Problem:
    line = octets.count(b"\n", 0, position) + 1
    byte = f"0x{octets[position]:02X}"
    return Problem(
        "answers.encoding",
        Place(path, line),
        position=position + 1,
        byte=byte,
        encoding=encoding,
        suggestion=suggestion,
    )


def _likely(octets: bytes, encoding: str) -> str:
    """What a French file that is not UTF-8 most often is; for any other wrong guess, UTF-8."""
    if not encoding.lower().startswith("utf"):
        return "utf-8"
    # Five bytes mean nothing in windows-1252: a file that holds one is something else.
    return "iso-8859-15" if set(octets) & {0x81, 0x8D, 0x8F, 0x90, 0x9D} else "windows-1252"


def _records(words: str, path: Path, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line where it starts; blank lines are skipped."""
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for record in reader:
            if record:
                yield start, record
            start = reader.line_num + 1
    except csv.Error as error:
        if "field larger" in str(error):
            raise Problem("unsafe.long_field", Place(path, start), limit=LONGEST_FIELD) from None
        raise Problem("answers.quotes", Place(path, start), detail=str(error)) from None


def _check_delimiter(names: list[str], delimiter: str, path: Path) -> None:
    if len(names) > 1:
        return
    for other in OTHER_DELIMITERS:
        if other != delimiter and other in names[0]:
            found = "\\t" if other == "\t" else other
            raise Problem("answers.delimiter", Place(path, 1), delimiter=delimiter, found=found)


def _table(records: Iterator[tuple[int, list[str]]], names: list[str], path: Path) -> tuple[pa.Table, list[int]]:
    schema = pa.schema([(name, pa.string()) for name in names])
    batches: list[pa.RecordBatch] = []
    lines: list[int] = []
    waiting: list[list[str]] = []
    for line, record in records:
        if len(record) != len(names):
            raise Problem("answers.ragged", Place(path, line), found=len(record), expected=len(names))
        lines.append(line)
        waiting.append(record)
        if len(waiting) == ROWS_AT_ONCE:
            batches.append(_batch(waiting, schema))
            waiting = []
    if waiting:
        batches.append(_batch(waiting, schema))
    return pa.Table.from_batches(batches, schema), lines


def _batch(records: list[list[str]], schema: pa.Schema) -> pa.RecordBatch:
    return pa.record_batch([pa.array(column, pa.string()) for column in zip(*records, strict=True)], schema)
