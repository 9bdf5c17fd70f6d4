"""Letters: beside the larger of two figures, the column it is above."""

from __future__ import annotations

import numpy as np
import pytest

from alliage.crosstabs.letters import adjusted_by_row, letter_of, letters_of


@pytest.mark.parametrize(("rank", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (702, "AAA")])
def test_columns_are_lettered_as_those_of_a_sheet(rank, letter):
    assert letter_of(rank) == letter


def test_the_letter_of_the_smaller_stands_beside_the_larger():
    value = np.array([[0.5, 0.5, 0.3, 0.2]])
    p = np.array([[0.01, 0.5, 0.07]])

    found = letters_of(value, p, [(1, 3), (1, 2), (2, 3)], ["", "A", "B", "C"], strong=0.05, weak=0.10)

    assert found.tolist() == [["", "C", "c", ""]]


def test_letters_of_two_signs_are_parted():
    value = np.array([[0.5, 0.2, 0.1]])

    found = letters_of(value, np.array([[0.01, 0.01]]), [(0, 1), (0, 2)], ["AB", "B", "AA"], strong=0.05, weak=None)

    assert found[0, 0] == "B AA"


def test_what_is_not_tested_is_no_part_of_the_family():
    p = np.array([[0.02, 0.04, 0.03]])
    tested = np.array([[True, False, True]])

    alone = adjusted_by_row(p, tested, [1, 1, 2], "bonferroni")

    assert alone[0, 0] == 0.02  # the only one left of its group
    assert np.isnan(alone[0, 1])
    assert alone[0, 2] == 0.03
