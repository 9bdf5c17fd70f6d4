"""Writes small files of answers for tests, in the four formats: columns of text or numbers, None where empty."""

from __future__ import annotations

import csv
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet as pq

Columns = Mapping[str, Sequence[str | float | None]]

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def write_csv(path: Path, columns: Columns) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in zip(*columns.values(), strict=True):
            writer.writerow(["" if value is None else f"{value:.15g}" if _is_number(value) else value for value in row])
    return path


def write_parquet(path: Path, columns: Columns) -> Path:
    pq.write_table(pa.table({name: pa.array(values) for name, values in columns.items()}), path)
    return path


def write_xlsx(path: Path, columns: Columns, *, top: int = 1, left: int = 0, sheet: str = "Réponses") -> Path:
    """A workbook of one sheet whose names start at row `top` (from 1), column `left` (from 0)."""
    rows = [list(columns), *zip(*columns.values(), strict=True)]
    words = "".join(_xlsx_row(top + rank, left, row) for rank, row in enumerate(rows))
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{words}</sheetData></worksheet>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**workbook_parts(sheet), SHEET: xml}.items():
            archive.writestr(name, content)
    return path


def workbook_parts(sheet: str = "Réponses") -> dict[str, str]:
    """Every part of a workbook except its sheet."""
    return {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{CONTENT}.sheet.main+xml"/>'
            f'<Override PartName="/{SHEET}" ContentType="{CONTENT}.worksheet+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{RELATIONS}">'
            f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
            f'<sheets><sheet name="{sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{RELATIONS}">'
            f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
        ),
    }


def write_sav(
    path: Path,
    columns: Columns,
    *,
    labels: Mapping[str, str] | None = None,
    value_labels: Mapping[str, Mapping[float, str]] | None = None,
    missing: Mapping[str, Sequence[float]] | None = None,
) -> Path:
    """An uncompressed SPSS file in UTF-8, after the format described in the PSPP developers' guide, chapter B.

    `missing`: up to three discrete codes declared missing, per column.
    """
    labels, value_labels, missing = labels or {}, value_labels or {}, missing or {}
    widths = {name: _sav_width(values) for name, values in columns.items()}
    variables, rank, ranks = b"", 1, {}
    for number, (name, width) in enumerate(widths.items()):
        ranks[name] = rank
        variables += _sav_variable(f"V{number}", width, labels.get(name, ""), missing.get(name, ()))
        rank += max(1, width // 8)
    rows = list(zip(*columns.values(), strict=True))
    long_names = "\t".join(f"V{number}={name}" for number, name in enumerate(columns)).encode()
    header = struct.pack(
        "<4s60siiiiid9s8s64s3x", b"$FL2", b"@(#) SPSS DATA FILE tests", 2, rank - 1, 0, 0, len(rows), 100.0,
        b"01 Jan 20", b"00:00:00", b"",
    )  # fmt: skip
    dictionary = b"".join(_sav_value_labels(ranks[name], told) for name, told in value_labels.items())
    extensions = _sav_extension(13, long_names) + _sav_extension(20, b"UTF-8")
    cases = b"".join(_sav_case(row, list(widths.values())) for row in rows)
    path.write_bytes(header + variables + dictionary + extensions + struct.pack("<ii", 999, 0) + cases)
    return path


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


def _xlsx_row(line: int, left: int, row: Sequence[str | float | None]) -> str:
    cells = ""
    for rank, value in enumerate(row):
        reference = f"{chr(ord('A') + left + rank)}{line}"
        if _is_number(value):
            cells += f'<c r="{reference}"><v>{value!r}</v></c>'
        elif value is not None:
            cells += f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'
    return f'<row r="{line}">{cells}</row>'


def _sav_width(values: Sequence[str | float | None]) -> int:
    """0 for a number; for text, the bytes of the longest, up to a multiple of 8."""
    if any(_is_number(value) for value in values):
        return 0
    longest = max((len(str(value).encode()) for value in values if value is not None), default=1)
    return -(-max(longest, 1) // 8) * 8


def _sav_variable(name: str, width: int, label: str, missing: Sequence[float]) -> bytes:
    form = (1 << 16 | width << 8) if width else (5 << 16 | 8 << 8 | 2)
    told = label.encode()
    record = struct.pack("<iiiiii8s", 2, width, bool(label), len(missing), form, form, name.ljust(8).encode())
    if label:
        record += struct.pack("<i", len(told)) + told.ljust(-(-len(told) // 4) * 4)
    record += b"".join(struct.pack("<d", code) for code in missing)
    continued = struct.pack("<iiiiii8s", 2, -1, 0, 0, form, form, b" " * 8)
    return record + continued * max(0, width // 8 - 1)


def _sav_value_labels(rank: int, told: Mapping[float, str]) -> bytes:
    record = struct.pack("<ii", 3, len(told))
    for code, label in told.items():
        words = label.encode()
        size = -(-(1 + len(words)) // 8) * 8
        record += struct.pack("<d", code) + (bytes([len(words)]) + words).ljust(size)
    return record + struct.pack("<iii", 4, 1, rank)


def _sav_extension(kind: int, octets: bytes) -> bytes:
    return struct.pack("<iiii", 7, kind, 1, len(octets)) + octets


def _sav_case(row: Sequence[str | float | None], widths: Sequence[int]) -> bytes:
    told = b""
    for value, width in zip(row, widths, strict=True):
        if width:
            told += ("" if value is None else str(value)).encode().ljust(width)
        else:
            told += struct.pack("<d", -1.7976931348623157e308 if value is None else float(value))
    return told
