"""Any value a file can hold, written as text in one way: the same answer reads the same in all four formats."""

from __future__ import annotations

import math
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pyarrow as pa

_WHOLE_UP_TO = 1e15  # beyond, a float no longer counts units


def as_text(value: Any) -> str:
    """3.0 is "3", 0.1 is "0.1", nothing is "", a date is "2019-10-01", true is "true"."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)


def text_array(values: pa.Array) -> pa.Array:
    """A column of text, never null. Each different value is written once: answers repeat themselves."""
    plain = values.dictionary_decode() if pa.types.is_dictionary(values.type) else values
    encoded = plain.dictionary_encode(null_encoding="encode")
    written = [as_text(value) for value in encoded.dictionary.to_pylist()]
    return pa.array(written, pa.string()).take(encoded.indices)


def _number(value: float) -> str:
    if math.isnan(value):
        return ""
    if abs(value) < _WHOLE_UP_TO and value == math.floor(value):
        return str(int(value))
    return repr(value)
