"""Numbers written with a decimal comma, as French tools write them, read as numbers."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from alliage.responses.raw import RawAnswers

_NUMBER = r"^\s*[+-]?\d+(,\d+)?\s*$"


def with_points(raw: RawAnswers) -> RawAnswers:
    """The same answers, the decimal comma of every column of numbers made a point.

    A column of numbers is one where whatever is written is a number, a comma at least once: "1,5" among words stays
    what it is. Nothing else changes, and the file least of all.
    """
    columns = {name: _pointed(raw.table[name]) for name in raw.table.column_names}
    return replace(raw, table=pa.table(columns))


def _pointed(column: pa.ChunkedArray) -> pa.ChunkedArray:
    written = pc.is_in(pc.utf8_trim_whitespace(column), value_set=pa.array(["", "NA", "NaN", "nan"]))
    numbers = pc.or_(written, pc.match_substring_regex(column, _NUMBER))
    if not pc.all(numbers).as_py() or not pc.any(pc.match_substring(column, ",")).as_py():
        return column
    return pc.replace_substring(column, ",", ".")
