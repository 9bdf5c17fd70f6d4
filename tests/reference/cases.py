"""Reads the reference values of R survey and computes the same estimates here: used by the tests and by the docs."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv

from alliage.estimates import BoundDesign, Design, Estimates, contrast, mean, ratio, share, total
from alliage.weights import make_margin, poststratify, rake

HERE = Path(__file__).parent
INPUTS = HERE / "inputs"
VALUES = ("communes", "lonely", "api", "hdv2003")
FIGURES = (
    "value",
    "standard_error",
    "low95",
    "high95",
    "low50",
    "high50",
    "deff",
    "df",
    "n",
    "weight_sum",
    "n_effective",
)

Case = dict[str, Any]


def read_cases(name: str) -> tuple[dict[str, str], list[Case]]:
    """The versions and the cases of values/<name>.json."""
    content = json.loads((HERE / "values" / f"{name}.json").read_text())
    return content["versions"], content["cases"]


def input_file(case: Case) -> Path | None:
    """Our own file, or one of the data folder; None where that is not on this machine."""
    own = INPUTS / case["file"]
    if own.is_file():
        return own
    folder = os.environ.get("ALLIAGE_DATA")
    found = Path(folder, "surveys", case["file"]) if folder else None
    return found if found is not None and found.is_file() else None


@cache
def read_input(path: Path) -> pa.Table:
    options = pa.csv.ConvertOptions(null_values=["", "NA"], strings_can_be_null=True)
    return pa.csv.read_csv(path, convert_options=options)


def bound_design(case: Case, answers: pa.Table) -> BoundDesign:
    """The design of the case, its weights calibrated if it says so."""
    design = Design(**case["design"])
    wanted = case["calibration"]
    if wanted is None:
        return design.bind(answers)
    text = answers.set_column(0, "row", pa.array(range(answers.num_rows)))
    for name in wanted["margins"]:
        text = text.set_column(text.column_names.index(name), name, text[name].cast(pa.string()))
    margins = [make_margin(name, counts) for name, counts in wanted["margins"].items()]
    if wanted["method"] == "poststratify":
        made = poststratify(text, margins[0], design_weight=design.weight)
    else:
        made = rake(text, margins, design_weight=design.weight)
    return design.bind(answers, calibration=made.calibration)


def estimated(case: Case, answers: pa.Table) -> Estimates:
    """The same thing as R was asked, through the public functions."""
    design = bound_design(case, answers)
    by = case["by"]
    if case["kind"] == "share":
        return share(answers, case["y"], case["of"], design=design, by=by, base_excludes=case.get("excludes", ()))
    if case["kind"] == "ratio":
        return ratio(answers, case["y"], case["x"], design=design, by=by)
    return (mean if case["kind"] == "mean" else total)(answers, case["y"], design=design, by=by)


def compared(case: Case, answers: pa.Table) -> Iterator[tuple[str, float, float]]:
    """(what, R, here) for every number of the case. R's NaN (JSON null) is nan."""
    found = estimated(case, answers)
    if "contrast" in case:
        wanted = case["contrast"]
        names = [estimate.domain[case["by"][0]] for estimate in found]
        made = contrast(found, found, rank_a=names.index(wanted["a"]), rank_b=names.index(wanted["b"]))
        for figure in ("value", "standard_error", "df"):
            yield figure, wanted[figure], getattr(made, figure)
        return
    rows = found.to_dicts()
    here = {tuple(sorted((name, row[name]) for name in case["by"])): row for row in rows}
    yield "domains", len(case["expected"]), len(rows)
    for wanted in case["expected"]:
        row = here[tuple(sorted(dict(wanted["domain"]).items()))]
        for figure in FIGURES:
            answer = wanted[figure]
            yield f"{figure} {wanted['domain'] or ''}".strip(), math.nan if answer is None else answer, row[figure]


def difference(theirs: float, ours: float) -> float:
    """Relative difference; 0 where both are nan; infinite where R says exactly 0 and we do not."""
    if math.isnan(theirs) or math.isnan(ours):
        return 0.0 if math.isnan(theirs) and math.isnan(ours) else math.inf
    if theirs == ours:
        return 0.0
    return abs(theirs - ours) / abs(theirs) if theirs != 0 else math.inf
