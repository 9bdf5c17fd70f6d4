"""What the import worker hands back: written plainly on one side, checked like a stranger's on the other."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from alliage.problems import MESSAGES, Place, Problem, raise_all
from alliage.responses.raw import Format, RawAnswers, RawColumn
from alliage.text import Text

TABLE = "table.arrow"
FACTS = "facts.json"
OUT_OF_MEMORY = 86  # the worker's exit status


def hand_back(raw: RawAnswers, folder: Path) -> None:
    """Write the columns as Arrow, and what the file says of them as JSON, last: it means that all is there."""
    with pa.OSFile(str(folder / TABLE), "wb") as sink, pa.ipc.new_file(sink, raw.table.schema) as writer:
        writer.write_table(raw.table)
    columns = [
        {
            "name": column.name,
            "label": column.label,
            "value_labels": dict(column.value_labels),
            "missing": list(column.missing),
            "letters": column.letters,
        }
        for column in raw.columns.values()
    ]
    _write(folder, {"rows": raw.rows.tolist(), "columns": columns})


def hand_back_problems(problems: Iterable[Problem], folder: Path) -> None:
    """Write problems as plain words: no object of the worker's travels."""
    _write(folder, {"problems": [_told(problem) for problem in problems]})


def receive(folder: Path, path: Path, format: Format) -> RawAnswers:
    """Check what the worker wrote, then trust it. Raises the problems it found, or unsafe.crash."""
    try:
        facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        problems = [_problem(told, path) for told in facts.get("problems", ())]
        raw = None if problems else _checked(facts, folder, path, format)
    except (ValueError, KeyError, TypeError, AttributeError, OSError):  # an Arrow file that is not one is a ValueError
        raise Problem("unsafe.crash", Place(path), detail="unreadable result") from None
    raise_all(problems)
    assert raw is not None
    return raw


def _checked(facts: dict[str, Any], folder: Path, path: Path, format: Format) -> RawAnswers:
    table = pa.ipc.open_file(pa.BufferReader((folder / TABLE).read_bytes())).read_all()
    table.validate(full=True)
    columns = {column["name"]: _column(column) for column in facts["columns"]}
    rows = np.array(facts["rows"], dtype=np.int64)
    if any(type_ != pa.string() for type_ in table.schema.types):
        raise TypeError("a column is not text")
    if table.column_names != list(columns) or len(rows) != table.num_rows:
        raise ValueError("the facts are those of another table")
    return RawAnswers(path, format, table, rows, columns)


def _write(folder: Path, facts: dict[str, Any]) -> None:
    (folder / FACTS).write_text(json.dumps(facts), encoding="utf-8")


def _told(problem: Problem) -> dict[str, Any]:
    place = problem.place or Place("")
    values = {
        name: value.to_dict() if isinstance(value, Text) else value if isinstance(value, int | float) else str(value)
        for name, value in problem.values.items()
    }
    return {"code": problem.code, "line": place.line, "cell": place.cell, "values": values}


def _problem(told: dict[str, Any], path: Path) -> Problem:
    if told["code"] not in MESSAGES:
        return Problem("unsafe.crash", Place(path), detail="unexpected problem")
    values = {name: Text(**value) if isinstance(value, dict) else value for name, value in told["values"].items()}
    return Problem(told["code"], Place(path, told["line"], told["cell"]), **values)


def _column(told: dict[str, Any]) -> RawColumn:
    return RawColumn(
        name=told["name"],
        label=told["label"],
        value_labels=told["value_labels"],
        missing=tuple((low, high) for low, high in told["missing"]),
        letters=told["letters"],
    )
