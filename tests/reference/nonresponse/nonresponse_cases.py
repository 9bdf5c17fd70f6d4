"""Reads the response rates and propensities that R gives and computes the same here: for the tests and the docs."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from alliage.weights.nonresponse import nonresponse_weights
from reference.cases import input_file, read_input

HERE = Path(__file__).parent

Compared = tuple[str, str, str, str, float, float]  # estimator, reference, data, name, R, here


def read_cases() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The cases of groups, and those of propensities."""
    content = json.loads((HERE / "values.json").read_text())
    return content["groups"], content["models"]


def data_file(case: dict[str, Any]) -> Path | None:
    own = HERE / case["file"]
    return own if own.is_file() else input_file(case)


def sample_of(path: Path) -> pa.Table:
    """The sample as R read it; who answered is told the way make_values.R tells it."""
    table = read_input(path)
    if "region" in table.column_names:
        return table.set_column(table.column_names.index("region"), "region", table["region"].cast(pa.string()))
    if "heures.tv" in table.column_names:
        hours = table["heures.tv"].cast(pa.float64()).fill_null(0).to_numpy()
        return table.append_column("repondu", pa.array(hours >= 2))
    return table.append_column("repondu", pa.array(np.array(table["comp.imp"].to_pylist()) == "Yes"))


def compared_groups(case: dict[str, Any], sample: pa.Table) -> Iterator[tuple[str, float, float]]:
    """(what, R, here) for a case of groups."""
    made = nonresponse_weights(sample, "repondu", by=case["by"], weight=case["weight"])
    wanted = case["expected"]
    yield "groups", len(wanted["names"]), len(made.groups)
    here = {group.label.fr: group for group in made.groups}
    for rank, name in enumerate(wanted["names"]):
        yield f"n {name}", wanted["n"][rank], here[name].n
        yield f"respondents {name}", wanted["respondents"][rank], here[name].respondents
        yield f"rate {name}", wanted["rates"][rank], here[name].rate
    yield from _vector("weight", wanted["weights"], made.values)


def compared_model(case: dict[str, Any], sample: pa.Table) -> Iterator[tuple[str, float, float]]:
    """(what, R, here) for a case of propensities: the regression, its inverse, its classes."""
    wanted = case["expected"]
    options: dict[str, Any] = {"by": case["by"], "weight": case["weight"], "method": "propensity"}
    inverse = nonresponse_weights(sample, "repondu", classes=None, floor=case["floor"], **options)
    classes = nonresponse_weights(sample, "repondu", classes=case["classes"], **options)
    assert inverse.coefficients is not None
    assert inverse.propensities is not None
    for (name, here), theirs in zip(inverse.coefficients.items(), wanted["coefficients"], strict=True):
        yield f"coefficient {name}", theirs, here
    yield from _vector("propensity", wanted["propensities"], inverse.propensities)
    yield from _vector("inverse", wanted["inverse"], inverse.values)
    yield "classes", len(wanted["rates"]), len(classes.groups)
    for rank, rate in enumerate(wanted["rates"]):
        yield f"rate {rank + 1}", rate, classes.groups[rank].rate
    yield from _vector("weight by class", wanted["by_class"], classes.values)


def _vector(name: str, wanted: dict[str, Any], here: NDArray[np.float64]) -> Iterator[tuple[str, float, float]]:
    for row, theirs in enumerate(wanted["first"]):
        yield f"{name} {row + 1}", math.nan if theirs is None else theirs, float(here[row])
    yield f"{name}, sum", wanted["sum"], float(np.nansum(here))


def compared_all() -> Iterator[Compared]:
    """Every number compared, for the page of equality; data that is not on this machine is left out."""
    groups, models = read_cases()
    for cases, estimator, reference, compare in (
        (groups, 'nonresponse_weights(method="groups")', "R tapply", compared_groups),
        (models, 'nonresponse_weights(method="propensity")', "R glm, quantile, cut", compared_model),
    ):
        for case in cases:
            path = data_file(case)
            if path is not None:
                for name, wanted, got in compare(case, sample_of(path)):
                    yield estimator, reference, case["file"], f"{case['name']} | {name}", wanted, got
