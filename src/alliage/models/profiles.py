"""Profiles: the distinct combinations of what explains, so that a model is fitted on them and not on rows.

Ten questions of two answers make 1,024 profiles, however many respondents: rows are read once to be added up. Where
nearly every row is its own profile, rows are taken as they come. The columns of the model are never all in memory at
once for more rows than HELD allows: they are made a block at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array

from alliage.estimates.level1 import grouping
from alliage.estimates.stages import Codes, Floats, distinct
from alliage.models.frames import Column, Frame, Variable

BLOCK = 200_000  # numbers of the model's columns made at a time
HELD = 20_000_000  # numbers of them kept, when they are fewer
FEW = 4  # profiles are worth it when there are four rows to each
WIDEST = 4_096  # an integer variable taking more values than this is not looked at
SAMPLED = 8_192


@dataclass(frozen=True, slots=True, eq=False)
class Profiles:
    """P profiles, their columns centred and scaled: `middle` and `spread` (p) say how to come back.

    of_row: the profile of each of the m rows; None where each row is its own.
    """

    variables: Mapping[str, Variable]
    columns: tuple[Column, ...]
    offset: Floats  # P
    of_row: Codes | None
    middle: Floats
    spread: Floats
    held: list[Floats] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.offset)

    @property
    def block_rows(self) -> int:
        """How many profiles a block holds: few enough to stay close to the processor."""
        return min(max(BLOCK // max(len(self.columns), 1), 1024), max(self.count, 1))

    def blocks(self) -> Iterator[tuple[slice, Floats]]:
        """Where each block of profiles is, and its columns (b x p), scaled."""
        keep = self.count * len(self.columns) <= HELD
        step = self.block_rows
        for rank, first in enumerate(range(0, self.count, step)):
            here = slice(first, min(first + step, self.count))
            if rank < len(self.held):
                yield here, self.held[rank]
                continue
            made = self.matrix(here)
            if keep:
                self.held.append(made)
            yield here, made

    def matrix(self, here: slice) -> Floats:
        found = matrix_of(self.columns, self.variables, here)
        found -= self.middle
        found /= self.spread
        return found

    @property
    def back(self) -> Floats:
        """The matrix (p x p) from coefficients on scaled columns to coefficients on columns as they are."""
        found = np.diag(1 / self.spread)
        if self.columns and not self.columns[0].parts:
            found[0] -= self.middle / self.spread
        return found

    def scores(self, coefficients: Floats) -> Floats:
        """The linear scores (P x R) under R sets of scaled coefficients (p x R)."""
        eta = np.empty((self.count, coefficients.shape[1]))
        for here, x in self.blocks():
            np.matmul(x, coefficients, out=eta[here])
        eta += self.offset[:, None]
        return eta

    def gathered(self, values: Floats) -> Floats:
        """From profiles to rows."""
        return values if self.of_row is None else values[self.of_row]

    def added(self, values: Floats) -> Floats:
        """From rows to profiles: sums."""
        if self.of_row is None:
            return values
        return np.asarray(np.bincount(self.of_row, weights=values, minlength=self.count), dtype=np.float64)

    def by_row(self, values: Floats) -> Floats:
        """Value times scaled columns, for each row: m x p."""
        found = np.empty((len(values), len(self.columns)))
        for here, x in self.blocks():
            if self.of_row is None:
                found[here] = x * values[here, None]
            else:
                inside = np.flatnonzero((self.of_row >= here.start) & (self.of_row < here.stop))
                found[inside] = x[self.of_row[inside] - here.start] * values[inside, None]
        return found

    def by_group(self, group: Codes, count: int, values: Floats) -> Floats:
        """sum over the rows of each of `count` groups of value times scaled columns: count x p."""
        groups = grouping(group)
        whole = groups.matrix(values)
        if self.of_row is not None:
            # The rows of a group, told by their profile: a profile may come several times, and adds up.
            whole = csr_array((whole.data, self.of_row[whole.indices], whole.indptr), shape=(groups.count, self.count))
        added = np.zeros((groups.count, len(self.columns)))
        if self.count <= self.block_rows:
            for _, x in self.blocks():
                added += whole @ x
        else:
            by_profile = whole.tocsc()
            for here, x in self.blocks():
                added += by_profile[:, here] @ x
        found = np.zeros((count, len(self.columns)))
        found[groups.keys] = added
        return found


def matrix_of(columns: tuple[Column, ...], variables: Mapping[str, Variable], here: slice) -> Floats:
    """The columns of the model (b x p) for some rows of its variables, as they are."""
    rows = here.stop - here.start
    found = np.ones((rows, len(columns)), order="F")
    for rank, column in enumerate(columns):
        for place, part in enumerate(column.parts):
            values = variables[part.label].values[here]
            told = values if part.level is None else values == part.level
            if place:
                found[:, rank] *= told
            else:
                found[:, rank] = told
    return found


def profiles_of(frame: Frame, weight: Floats, *, cuts: bool = False) -> Profiles:
    """The profiles of a frame; weight: m. cuts: the model has cuts in the place of an intercept."""
    of_row, first = _distinct_rows(frame)
    if first is None:
        of_row, variables, offset = None, frame.variables, frame.offset
    else:
        variables = {label: variable.at(first) for label, variable in frame.variables.items()}
        offset = frame.offset[first]
    width = len(frame.columns)
    plain = Profiles(variables, frame.columns, offset, of_row, np.zeros(width), np.ones(width))
    middle, spread = _scale(plain, plain.added(weight), cuts=cuts)
    return Profiles(variables, frame.columns, offset, of_row, middle, spread)


def without_columns(profiles: Profiles, dropped: Codes) -> Profiles:
    """The same profiles, some columns fewer."""
    kept = np.setdiff1d(np.arange(len(profiles.columns)), dropped)
    return Profiles(
        profiles.variables,
        tuple(profiles.columns[rank] for rank in kept),
        profiles.offset,
        profiles.of_row,
        profiles.middle[kept],
        profiles.spread[kept],
    )


def _scale(profiles: Profiles, weight: Floats, *, cuts: bool) -> tuple[Floats, Floats]:
    """The weighted mean (0 without an intercept or cuts) and spread of every column; 0 and 1 for the intercept."""
    columns = profiles.columns
    total = weight.sum()
    mean, square = np.zeros(len(columns)), np.zeros(len(columns))
    intercept = bool(columns) and not columns[0].parts
    if intercept or cuts:
        for here, x in profiles.blocks():
            mean += weight[here] @ x
        mean /= total
        if intercept:
            mean[0] = 0.0
    for here, x in profiles.blocks():
        square += weight[here] @ (x - mean) ** 2
    profiles.held.clear()
    spread = np.sqrt(square / total)
    # A column that hardly varies is left as it is: whoever looks for repeated columns will see it.
    flat = spread <= 1e-12 * np.maximum(np.abs(mean), 1e-300)
    mean[flat], spread[flat] = 0.0, 1.0
    return mean, spread


def _distinct_rows(frame: Frame) -> tuple[Codes | None, Codes | None]:
    """The profile of each row and a row of each profile; nothing where they are not worth it."""
    rows = len(frame.rows)
    key = np.zeros(rows, dtype=np.int64)
    size = 1
    for values, count in _coded(frame):
        if count == 0:
            return None, None
        if size * count >= 1 << 62:
            seen, key = distinct(key)
            size = len(seen)
            if size * count >= 1 << 62:
                return None, None
        key *= count
        key += values
        size *= count
    if size > rows and rows > SAMPLED:
        step = rows // SAMPLED
        if len(np.unique(key[::step])) > SAMPLED // 2:
            return None, None
    seen, of_row = distinct(key)
    if len(seen) * FEW > rows:
        return None, None
    first = np.zeros(len(seen), dtype=np.int64)
    first[of_row[::-1]] = np.arange(rows - 1, -1, -1)
    return of_row, first


def _coded(frame: Frame) -> Iterator[tuple[Codes, int]]:
    """Every variable as codes and how many there are; 0 for one that has too many values."""
    for variable in frame.variables.values():
        if variable.is_categorical:
            yield np.asarray(variable.values, dtype=np.int64), len(variable.levels)
        else:
            yield _codes_of_numbers(np.asarray(variable.values, dtype=np.float64))
    if frame.offset.any():
        yield _codes_of_numbers(frame.offset)


def _codes_of_numbers(values: Floats) -> tuple[Codes, int]:
    low, high = values.min(), values.max()
    if high - low < WIDEST:
        away = values - low
        whole = away.astype(np.int32)
        if (whole == away).all():
            return whole.astype(np.int64), int(high - low) + 1
    step = max(len(values) // SAMPLED, 1)
    if len(np.unique(values[::step])) > min(WIDEST, len(values) / FEW):
        return np.zeros(0, dtype=np.int64), 0
    found, codes = np.unique(values, return_inverse=True)
    return codes.astype(np.int64), len(found)
