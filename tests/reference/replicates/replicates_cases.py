"""Reads what R survey answers on replicate designs and computes the same here: for the tests and for the docs."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv

from alliage.estimates import BoundDesign, Design, contrast, mean, ratio, share, total, with_replicates
from alliage.weights import make_margin, poststratify, rake

HERE = Path(__file__).parent
INPUTS = HERE.parent / "inputs"
Case = dict[str, Any]


def read_cases() -> tuple[dict[str, str], list[Case]]:
    """The versions and the cases of values.json."""
    content = json.loads((HERE / "values.json").read_text())
    return content["versions"], content["cases"]


def input_file(case: Case) -> Path | None:
    """Our own file, or one of the data folder; None where that is not on this machine."""
    folder = os.environ.get("ALLIAGE_DATA")
    places = [HERE, INPUTS, *([Path(folder, "surveys")] if folder else [])]
    return next((place / case["file"] for place in places if (place / case["file"]).is_file()), None)


@cache
def read_input(path: Path) -> pa.Table:
    """The answers; those of pairs.csv with the replicate weights that R drew."""
    options = pa.csv.ConvertOptions(null_values=["", "NA"], strings_can_be_null=True)
    answers = pa.csv.read_csv(path, convert_options=options)
    if path == HERE / "pairs.csv":
        weights = pa.csv.read_csv(HERE / "weights.csv")
        for name in weights.column_names:
            answers = answers.append_column(name, weights[name])
    return answers


def bound_design(case: Case, answers: pa.Table) -> BoundDesign:
    """The design of the case, its weights and their replicates calibrated if it says so."""
    design = Design(**case["design"])
    wanted = case["calibration"]
    if wanted is None:
        return design.bind(answers)
    margins = [make_margin(name, counts) for name, counts in wanted["margins"].items()]
    if wanted["method"] == "poststratify":
        made = poststratify(answers, margins[0], design_weight=design.weight)
    else:
        made = rake(answers, margins, design_weight=design.weight)
    return design.bind(answers, calibration=made.calibration)


def compared(case: Case, answers: pa.Table) -> Iterator[tuple[str, float, float]]:
    """(what, R, here) for every number of the case. R's NaN (JSON null) is nan."""
    design = bound_design(case, answers)
    if case["kind"] == "any":
        value, covariance = with_replicates(design, partial(spread_and_correlation, answers))
        yield from zip(("spread", "correlation"), case["value"], value.tolist(), strict=True)
        yield from zip(["covariance"] * 4, case["covariance"], covariance.ravel().tolist(), strict=True)
        return
    by = case["by"]
    if case["kind"] == "share":
        found = share(answers, case["y"], case["of"], design=design, by=by)
    elif case["kind"] == "ratio":
        found = ratio(answers, case["y"], case["x"], design=design, by=by)
    else:
        found = (mean if case["kind"] == "mean" else total)(answers, case["y"], design=design, by=by)
    if "contrast" in case:
        wanted = case["contrast"]
        names = [estimate.domain[by[0]] for estimate in found]
        a, b = names.index(wanted["a"]), names.index(wanted["b"])
        made = contrast(found, found, rank_a=a, rank_b=b)
        for figure in ("value", "standard_error", "df"):
            yield figure, wanted[figure], getattr(made, figure)
        if wanted.get("covariance") is not None:
            replicas = found.made.replicas[:, [a, b], 0]
            covariance = design.replicates.covariance(replicas, found.made.value[[a, b], 0])
            yield "covariance", wanted["covariance"], covariance[0, 1]
        return
    here = {estimate.domain.get(by[0] if by else "", ""): estimate for estimate in found}
    yield "domains", len(case["expected"]), len(here)
    for wanted in case["expected"]:
        domain = "".join(dict(wanted["domain"]).values())
        for figure in ("value", "standard_error", "df"):
            answer = wanted[figure]
            yield f"{figure} {domain}".strip(), math.nan if answer is None else answer, getattr(here[domain], figure)


def spread_and_correlation(answers: pa.Table, w: np.ndarray) -> np.ndarray:
    """Helpers' standard deviation over their mean, and their correlation with the budget."""
    helpers, budget = (np.asarray(answers[name], dtype=float) for name in ("helpers", "budget"))
    mean_of = partial(np.average, weights=w)
    away, apart = helpers - mean_of(helpers), budget - mean_of(budget)
    spread = np.sqrt(mean_of(away**2))
    return np.array([spread / mean_of(helpers), mean_of(away * apart) / spread / np.sqrt(mean_of(apart**2))])


def compared_all() -> Iterator[tuple[str, str, str, str, float, float]]:
    """(estimator, reference, data, name, R, here) for the page of equalities."""
    for case in read_cases()[1]:
        path = input_file(case)
        if path is not None:
            for figure, theirs, ours in compared(case, read_input(path)):
                design = case["name"].split(" | ")[0]
                yield (
                    f"replicates: {design}",
                    "survey::svrepdesign",
                    case["file"],
                    f"{case['name']}, {figure}",
                    theirs,
                    ours,
                )
