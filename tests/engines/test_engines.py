"""The same questions asked of PostgreSQL and of Spark: the figures of memory, and the bits of DuckDB when exact."""

from __future__ import annotations

import itertools

import numpy as np
import pyarrow as pa
import pytest

from alliage import Design, mean, ratio, share, total
from alliage.estimates import Request, estimate_many
from alliage.problems import Problem
from alliage.tables import open_table
from reference.cases import VALUES, compared, difference, input_file, read_cases, read_input

pytestmark = pytest.mark.engines

ENGINES = ("postgres", "spark")
FIGURES = ("value", "standard_error", "n", "n_missing", "n_effective", "weight_sum", "deff", "df")


def one_case_of_each_kind():
    """One case for each design and each kind of estimate: Spark takes seconds for each."""
    cases = (
        case
        for name in VALUES
        for case in read_cases(name)[1]
        if case["calibration"] is None and "contrast" not in case
    )

    def kind(case):
        return str(case["design"]) + case["file"]

    for designs, (_, group) in enumerate(itertools.groupby(cases, key=kind)):
        group = list(group)
        yield group[designs % len(group)]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", list(one_case_of_each_kind()), ids=lambda case: case["name"])
def test_the_estimate_is_that_of_memory_and_of_r_survey(engine, case, request):
    path = input_file(case)
    if path is None:
        pytest.skip(f"{case['file']} is not on this machine: set ALLIAGE_DATA to the data folder")
    rows = read_input(path)
    opened = request.getfixturevalue(engine)(rows)

    pushed, in_memory = list(compared(case, opened)), list(compared(case, rows))

    assert [away for away in pushed if difference(away[1], away[2]) > 1e-9] == []
    assert [
        (here, there) for here, there in zip(pushed, in_memory, strict=True) if difference(there[2], here[2]) > 1e-12
    ] == []


AWKWARD = pa.table(
    {
        "h": ["nord", "nord", "nord ", "sud", "sud", "sud", "sud", "nord", "sud", "nord"],
        "psu": [1, 1, 2, 3, 3, 4, 4, 2, 3, 1],
        "w": [1.0, 2.0, 0.0, 1.5, 2.5, 1.0, 3.0, 0.5, 0.0, 1.0],
        "note": ["3", " 4", "NA", "", "5.0", "1e1", "99", "7", "2", None],
        "size": [1.0, None, 2.0, 3.0, float("nan"), 2.0, 4.0, 1.0, 2.0, 5.0],
        "answer": ["oui", "non", " oui", "NA", "ne sait pas, l'ignore", "oui", "", "non", "oui", "non"],
        "zone": [1.0, 2.0, 1.0, 2.0, 3.5, 1.0, float("nan"), 2.0, None, 1.0],
        "flag": [True, False, None, True, True, False, False, True, True, False],
    }
)
CLUSTERED = Design(weight="w", strata="h", clusters="psu", lonely="remove")
STRATIFIED = Design(weight="w", strata="h")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("design", [CLUSTERED, STRATIFIED], ids=["clustered", "stratified"])
def test_awkward_answers_are_read_by_the_same_rules(engine, design, request):
    opened = request.getfixturevalue(engine)(AWKWARD)
    for asked in (
        lambda answers: mean(answers, ["note", "size", "flag"], design=design, by=("zone", "h"), missing=("99", "NA")),
        lambda answers: total(answers, "size", design=design, by="flag"),
        lambda answers: ratio(answers, "note", "size", design=design),
        lambda answers: share(answers, "answer", design=design, by="h", base_excludes="ne sait pas, l'ignore"),
        lambda answers: share(answers, "zone", "1", design=design, by="flag"),
    ):
        pushed, in_memory = asked(opened), asked(AWKWARD)
        for name in FIGURES:
            np.testing.assert_allclose(
                pushed.column(name), in_memory.column(name), rtol=1e-12, atol=1e-300, err_msg=name
            )


@pytest.mark.parametrize("engine", ENGINES)
def test_requests_made_together_are_read_in_grouping_sets(engine, request):
    opened = request.getfixturevalue(engine)(AWKWARD)
    asked = [
        Request("share", "answer", by="h"),
        Request("share", "flag", of="true", by=("zone", "h")),
        Request("mean", ("note", "size"), by="zone", missing=("99", "NA")),
        Request("total", "size"),
    ]

    pushed, in_memory = (estimate_many(answers, asked, design=CLUSTERED) for answers in (opened, AWKWARD))

    for one, other in zip(pushed, in_memory, strict=True):
        for name in FIGURES:
            np.testing.assert_allclose(one.column(name), other.column(name), rtol=1e-12, atol=1e-300, err_msg=name)


@pytest.mark.parametrize("engine", ENGINES)
def test_text_that_is_no_number_and_columns_that_are_not_there_are_refused(engine, request):
    opened = request.getfixturevalue(engine)(AWKWARD)

    with pytest.raises(Problem) as problem:
        mean(opened, "answer", design=STRATIFIED)
    assert problem.value.code == "tables.not_a_number"
    with pytest.raises(Problem) as problem:
        mean(opened, "note", design=STRATIFIED, by="region")
    assert problem.value.code == "tables.no_column"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("clusters", ["psu", ()], ids=["clustered", "rows"])
def test_exact_figures_are_the_bits_of_duckdb(engine, clusters, request):
    rng = np.random.default_rng(7)
    n = 3_000
    rows = pa.table(
        {
            "psu": rng.integers(0, 100, n),
            "d": rng.integers(0, 4, n),
            "w": rng.lognormal(0, 1, n),
            "y": rng.lognormal(5, 2, n),
            "z": rng.normal(1e6, 3, n),
        }
    )
    design = Design(weight="w", clusters=clusters)

    def bits(opened):
        found = mean(opened, ["y", "z"], design=design, by="d"), total(opened, "y", design=design)
        return b"".join(one.column(name).tobytes() for one in found for name in FIGURES)

    assert bits(request.getfixturevalue(engine)(rows, exact=True)) == bits(open_table(rows, small=0, exact=True))
