"""Every test equals that of R survey, exact to 1e-9 unless R itself is rougher."""

from __future__ import annotations

import pytest

from reference.cases import INPUTS, difference, input_file, read_input
from reference.comparisons.comparisons_cases import ROUGH, VALUES, compared, read_cases

TOLERANCE = 1e-9


def _parameters() -> list[object]:
    return [
        pytest.param(case, id=case["name"], marks=() if (INPUTS / case["file"]).is_file() else pytest.mark.data)
        for name in VALUES
        for case in read_cases(name)[1]
    ]


@pytest.mark.parametrize("case", _parameters())
def test_the_test_is_the_one_of_r_survey(case):
    path = input_file(case)
    if path is None:
        pytest.skip(f"{case['file']} is not on this machine: set ALLIAGE_DATA to the data folder")
    rough = case["test"] == "independence" and case["statistic"] == "saddlepoint"

    away = [
        (figure, theirs, ours)
        for figure, theirs, ours in compared(case, read_input(path))
        if not difference(theirs, ours) <= (ROUGH if rough and figure == "p" else TOLERANCE)
    ]

    assert away == []


def test_every_reference_says_which_versions_made_it():
    assert {tuple(sorted(read_cases(name)[0])) for name in VALUES} == {("R", "survey")}
