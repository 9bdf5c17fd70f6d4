"""Quantiles, intervals, combinations, families, panels and standardised estimates equal R survey to 1e-9."""

from __future__ import annotations

import pytest

from reference.cases import difference
from reference.quantiles.quantiles_cases import compared, input_file, read_cases

TOLERANCE = 1e-9


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in read_cases()[1]])
def test_the_answer_is_that_of_r(case):
    if "file" in case and input_file(case) is None:
        pytest.skip(f"{case['file']} is not on this machine: set ALLIAGE_DATA to the data folder")

    away = [(what, theirs, ours) for what, theirs, ours in compared(case) if difference(theirs, ours) > TOLERANCE]

    assert away == []
