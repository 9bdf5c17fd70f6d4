"""Calibrated weights, and what is estimated with them, equal those of R: values made by make_values.R."""

import pytest

from reference.calibration.calibration_cases import (
    EXACT,
    HERE,
    TOLERANCES,
    compared,
    difference,
    input_file,
    read_cases,
)


def _parameters():
    return [
        pytest.param(
            case, id=f"{case['by']}: {case['name']}", marks=() if (HERE / case["file"]).is_file() else pytest.mark.data
        )
        for case in read_cases()[1]
    ]


@pytest.mark.parametrize("case", _parameters())
def test_weights_and_standard_errors_are_those_of_r(case):
    if input_file(case) is None:
        pytest.skip(f"{case['file']} is not on this machine: set ALLIAGE_DATA to the data folder")
    tolerance = TOLERANCES.get(case["by"], EXACT)

    away = [(figure, theirs, ours) for figure, theirs, ours in compared(case) if difference(theirs, ours) > tolerance]

    assert away == []


def test_the_values_say_which_versions_made_them():
    assert set(read_cases()[0]) == {"R", "survey", "sampling"}
