"""Reads the values of R survey and fits the same models here: used by the tests and by the page of equality."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from alliage.estimates import BoundDesign, Design
from alliage.models import Model, anova, predict, predictive_margins, pseudo_r2, regress, term_test
from reference.cases import Case, bound_design, input_file, read_input

HERE = Path(__file__).parent
VALUES = ("communes", "api", "hdv2003")
REFERENCE = {"linear": "svyglm", "logistic": "svyglm", "poisson": "svyglm", "ordinal": "svyolr, exact derivatives"}


def read_cases(name: str) -> tuple[dict[str, str], list[Case]]:
    content = json.loads((HERE / "values" / f"{name}.json").read_text())
    return content["versions"], content["cases"]


def fitted(case: Case, answers: pa.Table) -> Model:
    design: BoundDesign | Design = Design(**case["design"])
    if case["calibration"] is not None:
        design = bound_design(case, answers)
    return regress(
        answers,
        case["formula"],
        design=design,
        family=case["family"],
        within=case["within"] or None,
        order=case.get("order", ()),
    )


def compared(case: Case, answers: pa.Table) -> Iterator[tuple[str, float, float, float]]:
    """(what, R, here, scale): a covariance is compared on the scale of its two variances, a coefficient on its own.

    A coefficient that is 0 but for rounding is compared on the scale of its standard error.
    """
    wanted, model = case["expected"], fitted(case, answers)
    yield "df", wanted["df"], model.df, abs(wanted["df"])
    yield "aliased", len(wanted["aliased"]), len(model.aliased), 1.0
    yield from _pairs("coefficient", wanted["coefficients"], model.coefficients, wanted["covariance"])
    yield from _covariances("covariance", wanted["covariance"], model.covariance)
    if "ends" in wanted:
        ends = np.array(wanted["ends"])
        size = np.abs(ends).max(axis=1)
        for side, found in enumerate(model.intervals()):
            for theirs, ours, scale in zip(ends[:, side], found, size, strict=True):
                yield "interval", theirs, ours, scale
    for term in wanted.get("terms") or ():
        wald = term_test(model, term["term"])
        yield "Wald F", term["f"], wald.statistic, term["f"]
        yield "Wald p", term["p"], wald.p, term["p"]
        if "lrt" in term:
            ratio = term_test(model, term["term"], method="lrt", law="saddlepoint")
            alike = term_test(model, term["term"], method="lrt", law="satterthwaite")
            yield "Rao-Scott", term["relative"], ratio.statistic / ratio.effect, term["relative"]
            yield "Rao-Scott p", term["lrt"], ratio.p, term["lrt"]
            yield "Rao-Scott p, Satterthwaite", term["satterthwaite"], alike.p, term["satterthwaite"]
    if wanted.get("anova"):
        steps = anova(model, law="saddlepoint")
        for step in wanted["anova"]:
            yield "anova ddf", step["ddf"], steps[step["term"]].ddf, step["ddf"]
            yield "anova p", step["p"], steps[step["term"]].p, step["p"]
    if "r2" in wanted:
        found = pseudo_r2(model)
        yield "Cox-Snell", wanted["r2"][0], found.cox_snell, wanted["r2"][0]
        yield "Nagelkerke", wanted["r2"][1], found.nagelkerke, wanted["r2"][1]
    if "predictions" in wanted:
        told = wanted["predictions"]
        here = predict(model, answers.take([row - 1 for row in told["rows"]]))
        yield from _pairs("prediction", told["value"], here.value, told["covariance"])
        yield from _covariances("prediction covariance", told["covariance"], here.covariance)
    if "margins" in wanted:
        told = wanted["margins"]
        margins = predictive_margins(model, told["variable"])
        yield from _pairs("margin", told["value"], margins.value, told["covariance"])
        yield from _covariances("margin covariance", told["covariance"], margins.covariance)


def _pairs(what: str, theirs: Any, ours: Any, covariance: Any) -> Iterator[tuple[str, float, float, float]]:
    errors = np.sqrt(np.diag(np.array(covariance)))
    assert len(theirs) == len(ours)
    for one, other, error in zip(theirs, ours, errors, strict=True):
        yield what, one, float(other), max(abs(one), error)


def _covariances(what: str, theirs: Any, ours: Any) -> Iterator[tuple[str, float, float, float]]:
    theirs = np.array(theirs)
    errors = np.sqrt(np.diag(theirs))
    assert theirs.shape == ours.shape
    for row, column in np.ndindex(theirs.shape):
        yield what, float(theirs[row, column]), float(ours[row, column]), float(errors[row] * errors[column])


def away(theirs: float, ours: float, scale: float) -> float:
    """The difference on its scale; infinite where one is nan and the other is not."""
    if math.isnan(ours):
        return math.inf
    return 0.0 if theirs == ours else abs(theirs - ours) / scale


def compared_all() -> Iterator[tuple[str, str, str, str, float, float, float]]:
    """(estimator, reference, data, name, wanted, got, scale) for every number whose data is here."""
    for name in VALUES:
        for case in read_cases(name)[1]:
            path = input_file(case)
            if path is None:
                continue
            for what, wanted, got, scale in compared(case, read_input(path)):
                reference = "svypredmeans" if what.startswith("margin") else REFERENCE[case["family"]]
                yield f"regress, {case['family']}", reference, case["name"], what, wanted, got, scale
