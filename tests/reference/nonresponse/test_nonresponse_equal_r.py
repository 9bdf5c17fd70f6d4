"""Response rates, propensities and the weights they give equal R's (values.json is made by make_values.R)."""

from __future__ import annotations

import pytest

from reference.cases import difference
from reference.nonresponse.nonresponse_cases import (
    HERE,
    compared_groups,
    compared_model,
    data_file,
    read_cases,
    sample_of,
)

GROUPS, MODELS = read_cases()


def _parameters(cases) -> list[object]:
    return [
        pytest.param(case, id=case["name"], marks=() if (HERE / case["file"]).is_file() else pytest.mark.data)
        for case in cases
    ]


def _sample(case):
    path = data_file(case)
    if path is None:
        pytest.skip(f"{case['file']} is not on this machine: set ALLIAGE_DATA to the data folder")
    return sample_of(path)


@pytest.mark.parametrize("case", _parameters(GROUPS))
def test_rates_by_group_and_their_weights_are_those_of_r(case):
    away = [one for one in compared_groups(case, _sample(case)) if difference(one[1], one[2]) > 1e-13]

    assert away == []


@pytest.mark.parametrize("case", _parameters(MODELS))
def test_propensities_and_their_weights_are_those_of_glm(case):
    # glm() stops when its deviance does, a digit before its coefficients have settled.
    away = [one for one in compared_model(case, _sample(case)) if difference(one[1], one[2]) > 1e-12]

    assert away == []
