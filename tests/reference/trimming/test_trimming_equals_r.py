"""Trimmed weights equal those of trimWeights(strict = TRUE) (values.json is made by make_values.R)."""

from __future__ import annotations

import pytest

from reference.cases import difference, read_input
from reference.trimming.trimming_cases import HERE, compared, data_file, read_cases


def _parameters() -> list[object]:
    return [
        pytest.param(case, id=case["name"], marks=() if (HERE / case["file"]).is_file() else pytest.mark.data)
        for case in read_cases()
    ]


@pytest.mark.parametrize("case", _parameters())
def test_weights_trimmed_in_equal_parts_are_those_of_trim_weights(case):
    path = data_file(case)
    if path is None:
        pytest.skip(f"{case['file']} is not on this machine: set ALLIAGE_DATA to the data folder")

    away = [one for one in compared(case, read_input(path)) if difference(one[1], one[2]) > 1e-12]

    assert away == []
