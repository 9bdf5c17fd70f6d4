"""Every model equals R survey to 1e-9, its covariance and its tests included."""

from __future__ import annotations

import pytest

from reference.cases import INPUTS, input_file, read_input
from reference.models.models_cases import VALUES, away, compared, read_cases

TOLERANCE = 1e-9
# R's saddlepoint looks for its root to a tolerance of about 1e-7 only.
LOOSE = {"Rao-Scott p": 1e-5, "anova p": 1e-5}


def _parameters() -> list[object]:
    return [
        pytest.param(case, id=case["name"], marks=() if (INPUTS / case["file"]).is_file() else pytest.mark.data)
        for name in VALUES
        for case in read_cases(name)[1]
    ]


@pytest.mark.parametrize("case", _parameters())
def test_the_model_is_the_one_of_r_survey(case):
    path = input_file(case)
    if path is None:
        pytest.skip(f"{case['file']} is not on this machine: set ALLIAGE_DATA to the data folder")

    found = list(compared(case, read_input(path)))

    assert [one for one in found if away(*one[1:]) > LOOSE.get(one[0], TOLERANCE)] == []
    assert len(found) > 10


def test_every_reference_says_which_versions_made_it():
    assert {tuple(sorted(read_cases(name)[0])) for name in VALUES} == {("R", "survey")}
