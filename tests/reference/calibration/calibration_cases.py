"""Reads the weights and standard errors that R gives after calibration, and makes the same ones here.

Values: values/calibration.json, made by make_values.R (versions inside). households.csv is made by it too.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from alliage.estimates import Design, Estimates, mean, total
from alliage.weights import Margin, Weights, calibrate, make_margin, recalibrate
from reference.cases import difference, read_input

HERE = Path(__file__).parent

Case = dict[str, Any]
# sampling::calib stops when margins are met to 1e-6, which leaves up to 1.2e-6 on a weight; survey goes on to 1e-13.
TOLERANCES = {"sampling::calib": 1e-5}
EXACT = 1e-9


def read_cases() -> tuple[dict[str, str], list[Case]]:
    content = json.loads((HERE / "values" / "calibration.json").read_text())
    return content["versions"], content["cases"]


def input_file(case: Case) -> Path | None:
    """Our own file, or one of the data folder; None where that is not on this machine."""
    own = HERE / case["file"]
    if own.is_file():
        return own
    folder = os.environ.get("ALLIAGE_DATA")
    found = Path(folder, "surveys", case["file"]) if folder else None
    return found if found is not None and found.is_file() else None


def answers_of(case: Case) -> pa.Table:
    """The answers, with the columns that R made on the spot."""
    path = input_file(case)
    assert path is not None
    answers = read_input(path)
    if case["file"] == "households.csv":
        ids, weight = answers["id"].to_numpy(), answers["weight"].to_numpy()
        answers = answers.append_column("some", pa.array(np.where(ids % 9 == 0, 0.0, weight)))
        answers = answers.append_column("rare", pa.array(np.where(ids == 5, "oui", "non")))
        answers = answers.append_column("1/size", pa.array(1 / answers["size"].to_numpy()))
    if case["file"] == "apistrat.csv":
        answers = answers.append_column("change", pa.array(answers["growth"].to_numpy() - 30.0))
    if case["name"].startswith("scale, "):
        # R's `variance` is the inverse of our scale.
        enroll = answers["enroll"].to_numpy()
        scales = {"root": 1 / np.sqrt(enroll), "500/enroll": 500 / enroll}
        answers = answers.append_column(case["scale"], pa.array(scales[case["scale"]]))
    return answers


def margins_of(case: Case) -> list[Margin]:
    found = []
    for asked in case["margins"]:
        level = asked.get("level", "individual")
        if "total" in asked:
            found.append(make_margin(asked["of"], asked["total"], level=level))
            continue
        names = tuple(asked["variables"])
        counts = {tuple(name.split("/")) if len(names) > 1 else name: count for name, count in asked["counts"].items()}
        found.append(make_margin(names, counts, of=asked.get("of"), level=level))
    return found


def weighed(case: Case, answers: pa.Table) -> Weights:
    return calibrate(
        answers,
        margins_of(case),
        design_weight=case["design"]["weight"],
        method=case["method"],
        bounds=None if case["bounds"] is None else tuple(case["bounds"]),
        household=case.get("household"),
        scale=case.get("scale"),
    )


def compared(case: Case) -> Iterator[tuple[str, float, float]]:
    """(what, R, here) for every number of the case."""
    answers = answers_of(case)
    made = weighed(case, answers)
    wanted = case["made"]
    for row, weight in zip(wanted["rows"], wanted["weights"], strict=True):
        yield f"weight {row}", weight, float(made.values[row - 1])
    yield "sum of weights", wanted["sum"], float(made.values.sum())
    yield "sum of squares", wanted["squares"], float(made.values @ made.values)
    if case["estimates"]:
        yield from _estimates(case, answers, made)
    if "replicates" in case:
        yield from _replicates(case, answers, made)


def _estimates(case: Case, answers: pa.Table, made: Weights) -> Iterator[tuple[str, float, float]]:
    wanted = case["estimates"]
    design = Design(**case["design"]).bind(answers, calibration=made.calibration)
    if "total" in wanted:
        yield from _two("total", wanted["total"], total(answers, wanted["y"], design=design))
    if "mean" in wanted:
        yield from _two("mean", wanted["mean"], mean(answers, wanted["y"], design=design))
        found = mean(answers, wanted["y"], design=design, by=[wanted["flag"]])
        rank = [one.domain[wanted["flag"]] for one in found].index(wanted["level"])
        yield "mean of a domain", wanted["domain"][0], found[rank].value
        yield "standard error in a domain", wanted["domain"][1], found[rank].standard_error


def _two(name: str, wanted: list[float], found: Estimates) -> Iterator[tuple[str, float, float]]:
    yield name, wanted[0], found[0].value
    yield f"standard error of a {name}", wanted[1], found[0].standard_error


def _replicates(case: Case, answers: pa.Table, made: Weights) -> Iterator[tuple[str, float, float]]:
    """JK1: each cluster left out in turn, the others worth a little more."""
    assert made.calibration is not None
    wanted = case["replicates"]
    clusters, unit = np.unique(answers[case["design"]["clusters"]].to_numpy(), return_inverse=True)
    left = np.where(unit[:, None] == np.arange(len(clusters)), 0.0, len(clusters) / (len(clusters) - 1))
    # R numbers the clusters as they come: the last replicate is the one without the last cluster met.
    firsts = [int(np.flatnonzero(unit == cluster)[0]) for cluster in range(len(clusters))]
    order = np.argsort(firsts)
    found = recalibrate(made.calibration, made.calibration.initial[:, None] * left[:, order])
    for row, weight in enumerate(wanted["last"]):
        yield f"replicate weight {row + 1}", weight, float(found[row, -1])
    y = answers[wanted["y"]].to_numpy()
    totals = y @ found
    se = float(np.sqrt(wanted["scale"] * np.sum((totals - totals.mean()) ** 2)))
    yield "standard error over replicates", wanted["se"], se


def compared_all() -> Iterator[tuple[str, str, str, str, float, float]]:
    """(estimator, reference, data, case and figure, R, here) for the page of equality."""
    for case in read_cases()[1]:
        if input_file(case) is not None:
            for figure, wanted, got in compared(case):
                yield "calibrate", case["by"], case["file"], f"{case['name']} | {figure}", wanted, got


__all__ = ["EXACT", "TOLERANCES", "compared", "compared_all", "difference", "input_file", "read_cases"]
