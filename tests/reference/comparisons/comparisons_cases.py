"""Reads what R survey answers for tests and makes the same tests here: used by the tests and by the docs."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from alliage.comparisons import Comparison, goodness_of_fit, independence, rank_test, t_test, trend_test
from alliage.crosstabs import Several, crosstab
from reference.cases import Case, bound_design, input_file, read_input

HERE = Path(__file__).parent
VALUES = ("communes", "lonely", "api", "hdv2003")

# What R makes the test with.
NAMES = {
    "independence": "svychisq",
    "t_test": "svyttest",
    "rank_test": "svyranktest",
    "trend_test": "svyglm",
    "goodness_of_fit": "svygofchisq",
    "crosstab": "svycontrast",
}
# R looks for the saddlepoint to 1e-8: near the middle of the law, where it is small, its probability has few digits.
ROUGH = 1e-4


def read_cases(name: str) -> tuple[dict[str, str], list[Case]]:
    """The versions and the cases of values/<name>.json."""
    content = json.loads((HERE / "values" / f"{name}.json").read_text())
    return content["versions"], content["cases"]


def made(case: Case, answers: pa.Table) -> Comparison:
    """The same test as R was asked, through the public functions."""
    design = bound_design(case, answers)
    if case["test"] == "independence":
        by = [case["by"]] if case["by"] else []
        found = independence(answers, case["rows"], case["columns"], design=design, statistic=case["statistic"], by=by)
        wanted = {case["by"]: case["part"]} if by else {}
        return next(one for one in found if one.domain == wanted)
    if case["test"] == "t_test":
        return t_test(answers, case["column"], case["group"], design=design)[0]
    if case["test"] == "rank_test":
        score = case["score"] if case["score"] != "score" else lambda rank, size: (rank / size) ** 2
        return rank_test(answers, case["column"], case["group"], design=design, test=score, ties=case["ties"])[0]
    if case["test"] == "trend_test":
        of = case["of"] or ()
        return trend_test(answers, case["column"], case["over"], design=design, scores=case["scores"], of=of)[0]
    return goodness_of_fit(answers, case["column"], case["shares"], design=design)[0]


def tabulated(case: Case, answers: pa.Table) -> dict[str, float]:
    """The same pair of columns, from a crosstab that tests them all."""
    several = case.get("several")
    banner = Several(several, ticked=[case["ticked"]]) if several else case["by"]
    found = crosstab(answers, case["column"], banner, design=bound_design(case, answers), minimum_base=0)
    wanted = (case["answer"], case["a"], case["b"])
    return next(line for line in found.tests_to_arrow().to_pylist() if (line["row"], line["a"], line["b"]) == wanted)


def compared(case: Case, answers: pa.Table) -> Iterator[tuple[str, float, float]]:
    """(what, R, here) for every number of the case."""
    if case["test"] == "crosstab":
        figures = tabulated(case, answers)
    else:
        found = made(case, answers)
        figures = {**found.to_dict(), "ddf": found.ddf}
    for figure, theirs in case["expected"].items():
        yield figure, math.nan if theirs is None else theirs, figures[figure]


def compared_all() -> Iterator[tuple[str, str, str, str, float, float]]:
    """(estimator, reference, data, name, wanted, got) for every number of every case whose data is here."""
    for name in VALUES:
        for case in read_cases(name)[1]:
            path = input_file(case)
            if path is None:
                continue
            for figure, wanted, got in compared(case, read_input(path)):
                yield (
                    case["test"],
                    f"survey::{NAMES[case['test']]}",
                    case["file"],
                    f"{case['name']} | {figure}",
                    wanted,
                    got,
                )
