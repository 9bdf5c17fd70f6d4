"""Every estimate on a replicate design equals R survey to 1e-9, exact zeros included."""

from __future__ import annotations

import pytest

from reference.cases import difference
from reference.replicates.replicates_cases import compared, input_file, read_cases, read_input

TOLERANCE = 1e-9


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in read_cases()[1]])
def test_the_replicate_estimate_is_the_one_of_r_survey(case):
    path = input_file(case)
    if path is None:
        pytest.skip(f"{case['file']} is not on this machine: set ALLIAGE_DATA to the data folder")

    away = [
        (figure, theirs, ours)
        for figure, theirs, ours in compared(case, read_input(path))
        if difference(theirs, ours) > TOLERANCE
    ]

    assert away == []
