"""Reads an SPSS file (.sav, .zsav): codes as text, with their labels and the codes that the file declares missing."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyreadstat

from alliage.problems import Place, Problem
from alliage.responses.headers import check_columns
from alliage.responses.raw import RawAnswers, RawColumn
from alliage.responses.texts import as_text, text_array
from alliage.text import Text, number

MAGICS = (b"$FL2", b"$FL3")

# The file's header record: PSPP developers' guide, "System file format".
HEADER = 176
LAYOUT_AT, CASES_AT = 64, 80
UNKNOWN = -1


def read_spss(path: Path) -> RawAnswers:
    """Read a .sav file as text columns. Raises answers.broken, answers.empty.

    Declared missing codes stay in the data, as received: `user_missing` keeps them apart from what is empty. Dates stay
    numbers of seconds: converting them fails on files whose dates lie past the year 10 000.
    """
    with path.open("rb") as file:
        header = file.read(HEADER)
    if header[:4] not in MAGICS:
        raise Problem("answers.broken", Place(path), format="SPSS .sav", detail="no $FL2")
    try:
        values, facts = pyreadstat.read_sav(
            str(path), user_missing=True, disable_datetime_conversion=True, output_format="dict"
        )
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeError, ValueError, OverflowError) as error:
        detail = str(error).splitlines()[0][:200]
        raise Problem("answers.broken", Place(path), format="SPSS .sav", detail=detail) from None
    names = list(values)
    check_columns(names, Place(path))
    count = len(next(iter(values.values())))
    _check_whole(count, header, path)
    if not count:
        raise Problem("answers.empty", Place(path))
    return RawAnswers(
        file=path,
        format="sav",
        table=pa.table([text_array(pa.array(values[name])) for name in names], names=names),
        rows=np.arange(1, count + 1, dtype=np.int64),
        columns={name: _column(name, facts) for name in names},
    )


def _check_whole(count: int, header: bytes, path: Path) -> None:
    """The parser keeps the rows it finds and says nothing: compare them with the number announced in the header."""
    order = "<" if struct.unpack_from("<i", header, LAYOUT_AT)[0] in {2, 3} else ">"
    announced = struct.unpack_from(f"{order}i", header, CASES_AT)[0]
    if announced not in {UNKNOWN, count}:
        detail = Text(
            fr="{count} répondants sur {announced} annoncés", en="{count} respondents of {announced} announced"
        )
        told = detail.filled(count=number(count), announced=number(announced))
        raise Problem("answers.broken", Place(path), format="SPSS .sav", detail=told)


def _column(name: str, facts: Any) -> RawColumn:
    labels = facts.variable_value_labels.get(name, {})
    ranges = facts.missing_ranges.get(name, [])
    return RawColumn(
        name=name,
        label=facts.column_names_to_labels.get(name) or "",
        value_labels={as_text(code).strip(): label for code, label in labels.items()},
        missing=tuple((as_text(ends["lo"]).strip(), as_text(ends["hi"]).strip()) for ends in ranges),
    )
