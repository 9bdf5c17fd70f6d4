"""Every reference case of R survey, asked of an engine: the same figures as in memory, exact zeros included."""

from __future__ import annotations

import pytest

from alliage.problems import Problem
from alliage.tables import open_table
from reference.cases import INPUTS, VALUES, compared, difference, input_file, read_cases, read_input

AS_IN_MEMORY = 1e-12
AS_IN_R = 1e-9


def parameters():
    return [
        pytest.param(case, id=case["name"], marks=() if (INPUTS / case["file"]).is_file() else pytest.mark.data)
        for name in VALUES
        for case in read_cases(name)[1]
    ]


@pytest.mark.parametrize("case", parameters())
def test_an_engine_answers_as_memory_does(case):
    path = input_file(case)
    if path is None:
        pytest.skip(f"{case['file']} is not on this machine: set ALLIAGE_DATA to the data folder")
    rows = read_input(path)
    opened = open_table(rows, small=0)
    if case["calibration"] is not None or ("contrast" in case and not case["design"].get("clusters")):
        # Rows are needed one by one: the engine's table says so, and a small one is read in memory.
        with pytest.raises(Problem) as problem:
            list(compared(case, opened) if case["calibration"] is None else calibrated(case, rows, opened))
        assert problem.value.code == "tables.rows_needed"
        opened = open_table(rows)
        if case["calibration"] is not None:
            opened = opened.read()

    pushed = list(compared(case, opened))
    in_memory = list(compared(case, rows))

    assert [away for away in pushed if difference(away[1], away[2]) > AS_IN_R] == []
    assert [
        (here, there)
        for here, there in zip(pushed, in_memory, strict=True)
        if difference(there[2], here[2]) > AS_IN_MEMORY
    ] == []


def calibrated(case, rows, opened):
    from alliage import Design
    from alliage.weights import make_margin, poststratify

    name = next(iter(case["calibration"]["margins"]))
    column = rows[name].cast("string")
    margin = make_margin(name, case["calibration"]["margins"][name])
    made = poststratify(rows.set_column(rows.column_names.index(name), name, column), margin)
    return Design(**case["design"]).bind(opened, calibration=made.calibration)
