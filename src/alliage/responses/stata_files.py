"""Reads a Stata file (.dta): codes as text, with their labels and the letters it keeps for missing values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyreadstat

from alliage.problems import Place, Problem
from alliage.responses.headers import check_columns
from alliage.responses.raw import RawAnswers, RawColumn
from alliage.responses.texts import as_text, text_array

# Stata 13 and later begin with a tag; before, with the number of the format: 104 (Stata 4) to 115 (Stata 12).
TAG = b"<stata_dta>"
OLD = range(104, 116)


def read_stata(path: Path) -> RawAnswers:
    """Read a .dta file as text columns. Raises answers.broken, answers.empty.

    Extended missing values (.a to .z) stay in the data as their letter, declared missing; `.` is empty. Dates stay
    the numbers they are in the file.
    """
    with path.open("rb") as file:
        head = file.read(len(TAG))
    if head != TAG and not (head and head[0] in OLD):
        raise Problem("answers.broken", Place(path), format="Stata .dta", detail="no <stata_dta>")
    try:
        values, facts = pyreadstat.read_dta(
            str(path), user_missing=True, disable_datetime_conversion=True, output_format="dict"
        )
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeError, ValueError, OverflowError) as error:
        detail = str(error).splitlines()[0][:200]
        raise Problem("answers.broken", Place(path), format="Stata .dta", detail=detail) from None
    names = list(values)
    check_columns(names, Place(path))
    count = len(next(iter(values.values())))
    if not count:
        raise Problem("answers.empty", Place(path))
    return RawAnswers(
        file=path,
        format="dta",
        # A column with extended missing values comes as numbers and letters: only text holds both.
        table=pa.table([text_array(pa.array([as_text(value) for value in values[name]])) for name in names], names),
        rows=np.arange(1, count + 1, dtype=np.int64),
        columns={name: _column(name, facts) for name in names},
    )


def _column(name: str, facts: Any) -> RawColumn:
    labels = facts.variable_value_labels.get(name, {})
    letters = facts.missing_user_values.get(name, [])
    return RawColumn(
        name=name,
        label=facts.column_names_to_labels.get(name) or "",
        value_labels={as_text(code).strip(): label for code, label in labels.items()},
        missing=tuple((letter, letter) for letter in letters),
    )
