"""Hadamard matrices: what balances half-samples and successive differences."""

from __future__ import annotations

import numpy as np
import pytest

from alliage.estimates.replicates.hadamard import hadamard, next_order

# The multiples of 4 up to 256 that Sylvester, Paley and their products do not reach.
UNREACHED = {92, 116, 156, 172, 184, 188, 232, 236}


def test_every_other_multiple_of_four_up_to_256_has_its_matrix():
    assert {order for order in range(4, 257, 4) if hadamard(order) is None} == UNREACHED


@pytest.mark.parametrize("order", [1, 2, *(order for order in range(4, 257, 4) if order not in UNREACHED)])
def test_rows_are_orthogonal_and_the_first_row_and_column_are_ones(order):
    made = hadamard(order).astype(int)

    assert (made @ made.T == order * np.eye(order, dtype=int)).all()
    assert (made[0] == 1).all()
    assert (made[:, 0] == 1).all()


def test_an_order_that_is_no_multiple_of_four_has_none():
    assert hadamard(6) is None


@pytest.mark.parametrize(("least", "found"), [(1, 1), (2, 2), (3, 4), (80, 80), (81, 84), (90, 96), (113, 120)])
def test_the_next_order_is_the_smallest_reached(least, found):
    assert next_order(least) == found
