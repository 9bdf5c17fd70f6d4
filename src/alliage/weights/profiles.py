"""Profiles: the distinct combinations of values in a sample, and which one each row has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """One column without null: row i is worth `values[codes[i]]`. Values are sorted, and some row has each of them."""

    codes: NDArray[np.int64]
    values: tuple[str, ...] | tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Profiles:
    """Row i has profile `of[i]`; `parts[p]` tells, for profile p, the code of its value in each column (P x m)."""

    of: NDArray[np.int64]
    parts: NDArray[np.int64]


def is_numeric(column: pa.ChunkedArray) -> bool:
    return bool(
        pa.types.is_integer(column.type) or pa.types.is_floating(column.type) or pa.types.is_decimal(column.type)
    )


def coded_words(column: pa.ChunkedArray) -> Coded:
    """A column read as words."""
    encoded = pc.cast(column, pa.string()).combine_chunks().dictionary_encode()
    words = encoded.dictionary.to_pylist()
    order = sorted(range(len(words)), key=words.__getitem__)
    rank = np.empty(len(words), dtype=np.int64)
    rank[order] = np.arange(len(words))
    return Coded(rank[encoded.indices.to_numpy()], tuple(words[place] for place in order))


def coded_numbers(column: pa.ChunkedArray) -> Coded:
    """A column read as numbers."""
    values, codes = np.unique(pc.cast(column, pa.float64()).to_numpy(), return_inverse=True)
    return Coded(codes.astype(np.int64), tuple(values.tolist()))


def crossed(columns: Sequence[Coded]) -> Profiles:
    """The combinations that some row has, in the order of the first column, then of the second…"""
    of = columns[0].codes
    first = first_rows(of, len(columns[0].values))
    for column in columns[1:]:
        # Renumbered after each column, so that the number of combinations never outgrows the rows.
        _, first, of = np.unique(of * len(column.values) + column.codes, return_index=True, return_inverse=True)
        of = of.astype(np.int64)
    return Profiles(of, np.column_stack([column.codes[first] for column in columns]))


def first_rows(of: NDArray[np.int64] | NDArray[np.intp], groups: int) -> NDArray[np.intp]:
    """The first row of each group, `of` being the group of each row."""
    first = np.zeros(groups, dtype=np.intp)
    first[of[::-1]] = np.arange(len(of) - 1, -1, -1)
    return first
