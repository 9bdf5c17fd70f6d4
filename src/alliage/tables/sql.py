"""Small fragments of SQL, written in DuckDB's dialect and translated elsewhere: names, numbers, values.

Kept to what every engine says alike: float64 before any product, `case when` rather than filters, no function whose
answer depends on the engine.
"""

from __future__ import annotations

import sys
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa


def quoted(name: str) -> str:
    """A column, whatever its name."""
    return '"' + name.replace('"', '""') + '"'


def real(value: float) -> str:
    """A float64 to its last digit. With an exponent: 2.5 alone is a decimal number, and becomes another float."""
    written = repr(float(value))
    return f"({written if 'e' in written else written + 'e0'})"


LARGEST = real(sys.float_info.max)


def finite(number: str) -> str:
    """The number, or null where it is infinite or not a number, however the engine compares those."""
    return f"CASE WHEN {number} BETWEEN -{LARGEST} AND {LARGEST} THEN {number} END"


def infinite(number: str) -> str:
    return f"ABS(CAST({number} AS DOUBLE)) = CAST('Infinity' AS DOUBLE)"


def text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def literal(value: object) -> str:
    """A value read from a column, as it is compared with that column."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return real(value)
    if isinstance(value, int | Decimal):
        return str(value)
    if isinstance(value, datetime):
        return f"CAST({text(value.isoformat(sep=' '))} AS TIMESTAMP)"
    if isinstance(value, date):
        return f"CAST({text(value.isoformat())} AS DATE)"
    return text(str(value))


def among(column: str, values: list[object]) -> str:
    """Whether the column holds one of these values; never null."""
    if not values:
        return "(1 = 0)"
    listed = ", ".join(literal(value) for value in values)
    return f"({quoted(column)} IS NOT NULL AND {quoted(column)} IN ({listed}))"


def is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        return is_text(kind.value_type)
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))
