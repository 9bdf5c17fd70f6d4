"""Reads what R answers for quantiles, intervals, combinations, panels, standardisation, and computes the same here.

For the tests and for the docs; values.json comes from make_values.R.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv

from alliage.estimates import (
    BoundDesign,
    Design,
    Estimates,
    adjusted,
    combine,
    compare,
    mean,
    quantile,
    share,
    stack,
    standardise,
    total,
)
from alliage.weights import make_margin, poststratify

HERE = Path(__file__).parent
INPUTS, REPLICATES = HERE.parent / "inputs", HERE.parent / "replicates"
ROUNDING = 1e-12
Case = dict[str, Any]
Found = Iterator[tuple[str, float, float]]  # what, R, here


def read_cases() -> tuple[dict[str, str], list[Case]]:
    """The versions and the cases of values.json."""
    content = json.loads((HERE / "values.json").read_text())
    return content["versions"], content["cases"]


def input_file(case: Case) -> Path | None:
    """Our own file, or one of the data folder; None where that is not on this machine."""
    folder = os.environ.get("ALLIAGE_DATA")
    places = [INPUTS, REPLICATES, *([Path(folder, "surveys")] if folder else [])]
    return next((place / case["file"] for place in places if (place / case["file"]).is_file()), None)


@cache
def read_input(path: Path) -> pa.Table:
    """The answers; those of pairs.csv with the replicate weights that R drew."""
    options = pa.csv.ConvertOptions(null_values=["", "NA"], strings_can_be_null=True)
    answers = pa.csv.read_csv(path, convert_options=options)
    if path.parent == REPLICATES:
        weights = pa.csv.read_csv(REPLICATES / "weights.csv")
        for name in weights.column_names:
            answers = answers.append_column(name, weights[name])
    return answers


def bound_design(case: Case, answers: pa.Table) -> BoundDesign:
    """The design of the case, its weights calibrated if it says so."""
    design = Design(**case["design"])
    wanted = case.get("calibration")
    if wanted is None:
        return design.bind(answers)
    ((name, counts),) = wanted.items()
    made = poststratify(answers, make_margin(name, counts), design_weight=design.weight)
    return design.bind(answers, calibration=made.calibration)


def compared(case: Case) -> Found:
    """(what, R, here) for every number of the case. R's NaN (JSON null) is nan."""
    for what, theirs, ours in _TASKS[case["task"]](case):
        yield what, math.nan if theirs is None else theirs, float(ours)


def compared_all() -> Iterator[tuple[str, str, str, str, float, float]]:
    """(estimator, reference, data, name, R, here) for every number that can be compared on this machine."""
    versions, cases = read_cases()
    reference = f"R {versions['R']}, survey {versions['survey']}"
    for case in cases:
        if "file" in case and input_file(case) is None:
            continue
        data, _, name = case["name"].partition(" | ")
        for what, theirs, ours in compared(case):
            yield case["task"], reference, data, f"{name}, {what}", theirs, ours


def _answers(case: Case) -> pa.Table:
    path = input_file(case)
    assert path is not None
    return read_input(path)


def _rows(found: Estimates, by: list[str]) -> dict[tuple[str, ...], int]:
    parts = found.parts()
    return {tuple(parts[name][rank] for name in by): rank for rank in range(len(found))}


def _quantile(case: Case) -> Found:
    answers = _answers(case)
    found = quantile(
        answers,
        case["y"],
        case["probabilities"],
        design=bound_design(case, answers),
        by=case["by"],
        rule=case["rule"],
        interval=case["interval"],
        level=case["level"],
    )
    parts, told = found.parts(), found.answers
    here = {(told[rank], *(parts[name][rank] for name in case["by"])): rank for rank in range(len(found))}
    low, high = found.intervals(case["level"])
    columns = {name: found.column(name) for name in ("value", "standard_error", "df")} | {"low": low, "high": high}
    for wanted in case["expected"]:
        rank = here[f"{wanted['probability']:g}", *dict(wanted["domain"]).values()]
        for figure, values in columns.items():
            yield f"{figure} {wanted['probability']} {wanted['domain'] or ''}".strip(), wanted[figure], values[rank]


def _share(case: Case) -> Found:
    answers, how = _answers(case), {"interval": case["interval"], "level": case["level"]}
    found = share(answers, case["y"], case["of"], design=bound_design(case, answers), by=case["by"], **how)
    here, (low, high) = _rows(found, case["by"]), found.intervals(case["level"])
    for wanted in case["expected"]:
        rank = here[tuple(dict(wanted["domain"]).values())]
        yield f"low {wanted['domain'] or ''}".strip(), wanted["low"], low[rank]
        yield f"high {wanted['domain'] or ''}".strip(), wanted["high"], high[rank]


def _number(case: Case) -> Found:
    answers = _answers(case)
    estimate = mean if case["kind"] == "mean" else total
    for method, wanted in case["expected"].items():
        found = estimate(answers, case["y"], design=bound_design(case, answers), interval=method)
        for end, theirs, ours in zip(("low", "high"), wanted, found.intervals(0.95), strict=True):
            yield f"{method} {end}", theirs, ours[0]


def _effect(case: Case) -> Found:
    answers = _answers(case)
    estimate = mean if case["kind"] == "mean" else total
    found = estimate(answers, case["y"], design=bound_design(case, answers), by=case["by"])
    here = _rows(found, case["by"])
    for wanted in case["expected"]:
        rank = here[tuple(dict(wanted["domain"]).values())]
        for figure in ("deff", "deff_srs", "deft", "deff_kish"):
            yield f"{figure} {wanted['domain'] or ''}".strip(), wanted[figure], found.column(figure)[rank]


def _combine(case: Case) -> Found:
    answers, wanted = _answers(case), case["expected"]
    found = mean(answers, case["y"], design=bound_design(case, answers), by=case["by"])
    errors = found.column("standard_error")
    for row, line in enumerate(found.covariance()):
        for column, ours in enumerate(line):
            # Two groups that share no unit have no covariance: both sides find the rounding of a sum.
            small = ROUNDING * errors[row] * errors[column]
            theirs = wanted["covariance"][row][column]
            yield f"covariance {row} {column}", _snapped(theirs, small), _snapped(ours, small)
    linear = combine(found, case["coefficients"])
    for rank, name in enumerate(linear.names):
        yield f"{name} value", wanted["linear"][name][0], linear.value[rank]
        yield f"{name} standard_error", wanted["linear"][name][1], linear.standard_error[rank]
    for name, (value, error) in wanted["named"].items():
        made = combine(found, function=name)
        yield f"{name} value", value, made.value[0]
        yield f"{name} standard_error", error, made.standard_error[0]
    made = combine(found, function=lambda values: np.exp(values[0] / 1000) * np.sqrt(values[1]))
    yield "own function value", wanted["own"][0], made.value[0]
    yield "own function standard_error", wanted["own"][1], made.standard_error[0]


def _snapped(value: float, small: float) -> float:
    return 0.0 if abs(value) <= small else value


def _odds(case: Case) -> Found:
    answers = _answers(case)
    found = share(answers, case["y"], case["of"], design=bound_design(case, answers), by=case["by"])
    for name, (value, error) in case["expected"].items():
        made = combine(found, function=name)
        yield f"{name} value", value, made.value[0]
        yield f"{name} standard_error", error, made.standard_error[0]


def _adjust(case: Case) -> Found:
    given = [math.nan if p is None else p for p in case["p"]]
    for method, wanted in case["expected"].items():
        for rank, (theirs, ours) in enumerate(zip(wanted, adjusted(given, method), strict=True)):
            yield f"{method} {rank}", theirs, ours


def _panel(case: Case) -> Found:
    answers = _answers(case)
    row = np.arange(1, answers.num_rows + 1)
    waves = {
        "1999": answers.append_column("score", answers[case["then"]]).filter(row % 5 != 0),
        "2000": answers.append_column("score", answers[case["now"]]).filter(row % 7 != 0),
    }
    both = stack(waves)
    found = compare(mean(both, "score", design=Design(**case["design"]), by="wave"), pairs="successive")
    for figure in ("value", "standard_error", "df", "p_value"):
        yield figure, case["expected"][figure], getattr(found, figure)[0]


def _standard(case: Case) -> Found:
    answers = _answers(case)
    design, by = bound_design(case, answers), [*case["by"], case["classes"]]
    if case["of"] is None:
        each = mean(answers, case["y"], design=design, by=by)
    else:
        each = share(answers, case["y"], case["of"], design=design, by=by)
    found = standardise(each, case["classes"], case["population"])
    here = _rows(found, case["by"])
    for wanted in case["expected"]:
        rank = here[tuple(dict(wanted["domain"]).values())]
        for figure in ("value", "standard_error", "df"):
            yield f"{figure} {wanted['domain'] or ''}".strip(), wanted[figure], found.column(figure)[rank]


_TASKS: dict[str, Callable[[Case], Found]] = {
    "quantile": _quantile,
    "share": _share,
    "number": _number,
    "effect": _effect,
    "combine": _combine,
    "odds": _odds,
    "adjust": _adjust,
    "panel": _panel,
    "standard": _standard,
}
