"""Tables written as text in tests: the situation, as one would draw it on paper."""

from __future__ import annotations

import re

import pyarrow as pa

_WHOLE = re.compile(r"-?(0|[1-9]\d*)$")
_DECIMAL = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE]-?\d+)?$|nan$|-?inf$")


def table(drawing: str) -> pa.Table:
    """Read `| who | weight |` rows as a pyarrow table: the first row names the columns, an empty cell is null.

    A column whose cells are all whole numbers holds integers, all numbers floats, anything else text; "01" is text.
    """
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")] for line in drawing.splitlines() if "|" in line
    ]
    names, cells = rows[0], rows[1:]
    return pa.table({name: _column([row[rank] for row in cells]) for rank, name in enumerate(names)})


def _column(words: list[str]) -> pa.Array:
    written = [word for word in words if word]
    if written and all(_WHOLE.match(word) for word in written):
        return pa.array([int(word) if word else None for word in words], pa.int64())
    if written and all(_DECIMAL.match(word) for word in written):
        return pa.array([float(word) if word else None for word in words], pa.float64())
    return pa.array([word or None for word in words], pa.string())
