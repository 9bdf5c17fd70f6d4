"""Sums by group: nothing is 0, and exact ones are the same bits whatever the order, the threads and the engine."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from alliage.tables import Sum, open_table
from alliage.tables.sums import shifts

NUMBERS = st.one_of(st.floats(-1e6, 1e6), st.floats(-1e-3, 1e-3), st.integers(-10, 10).map(float))


def exactly(numbers):
    return float(sum(map(Fraction, numbers), Fraction(0)))


@settings(max_examples=25, deadline=None, derandomize=True)
@given(numbers=st.lists(NUMBERS, min_size=1, max_size=60))
def test_an_exact_sum_is_the_true_one_rounded_once(numbers):
    largest = max(map(abs, numbers))
    opened = open_table(pa.table({"y": numbers}), exact=True)

    found = opened.grouped([], {"y": Sum('"y"', largest)})["y"][0].as_py()

    # What is dropped of each term is below 2^-100 of the largest.
    assert abs(found - exactly(numbers)) <= 1e-15 * abs(exactly(numbers)) + 1e-27 * largest


def test_an_exact_sum_does_not_depend_on_the_order_nor_on_the_threads():
    rng = np.random.default_rng(1)
    y = rng.lognormal(0, 3, 50_000)
    bits = set()
    for threads in (1, 2, 4):
        opened = open_table(pa.table({"y": rng.permutation(y)}), exact=True, threads=threads)
        bits.add(opened.grouped([], {"y": Sum('"y"', y.max())})["y"][0].as_py())

    assert len(bits) == 1
    assert abs(bits.pop() / exactly(y) - 1) < 1e-15


def test_fewer_pieces_are_cut_where_terms_are_alike():
    assert len(shifts(Sum('"w"', largest=2.0, smallest=0.5), 1000)) == 2
    assert len(shifts(Sum('"w"', largest=2.0), 1000)) == 3
    assert shifts(Sum('"w"'), 1000) == []


def test_a_sum_over_nothing_is_zero():
    opened = open_table(pa.table({"g": ["a", "b", "b"], "y": [None, 1.0, 2.0]}))

    found = opened.grouped(["g"], {"y": Sum('"y"')})

    assert dict(zip(found["g"].to_pylist(), found["y"].to_pylist(), strict=True)) == {"a": 0.0, "b": 3.0}
