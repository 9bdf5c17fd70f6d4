"""Reads the trimmed weights of R survey and computes the same here: for the tests and for the page of equality."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from alliage.weights.trimming import trim_weights
from reference.cases import input_file, read_input

HERE = Path(__file__).parent

Compared = tuple[str, str, str, str, float, float]  # estimator, reference, data, name, R, here


def read_cases() -> list[dict[str, Any]]:
    return json.loads((HERE / "values.json").read_text())["cases"]


def data_file(case: dict[str, Any]) -> Path | None:
    own = HERE / case["file"]
    return own if own.is_file() else input_file(case)


def compared(case: dict[str, Any], answers: pa.Table) -> Iterator[tuple[str, float, float]]:
    """(what, R, here) for every weight of the case, and their sum."""
    made = trim_weights(answers[case["column"]], ceiling=case["ceiling"], floor=case["floor"], redistribute="equal")
    for row, theirs in enumerate(case["first"]):
        yield f"weight {row + 1}", theirs, float(made.values[row])
    yield "sum", case["sum"], float(made.values.sum())


def compared_all() -> Iterator[Compared]:
    """Every number compared, for the page of equality; data that is not on this machine is left out."""
    for case in read_cases():
        path = data_file(case)
        if path is not None:
            for name, wanted, got in compared(case, read_input(path)):
                yield (
                    'trim_weights(redistribute="equal")',
                    "R survey trimWeights(strict = TRUE)",
                    case["file"],
                    f"{case['name']} | {name}",
                    wanted,
                    got,
                )
