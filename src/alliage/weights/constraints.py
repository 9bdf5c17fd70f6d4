"""Calibration constraints: columns whose weighted sums are known, and the sums and products that Newton asks of them.

Categories stay codes, and every product of two of them is a count of pairs: a model matrix is never made. A number
(income, employees), or what the members of a household add up to, is a dense column beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = Sequence[NDArray[np.intp]]
Counts = Sequence[Floats]

CHUNK = 8192  # rows multiplied at a time: what fits in a processor's cache
MANY = 64_000_000  # pairs of codes (x 2) that are made again each round rather than kept: 256 MB


@dataclass(frozen=True, eq=False)
class Constraints:
    """K weighted sums over n units: the categories of every coded margin end to end, then the q numeric columns.

    `scale` (K, positive) is what a gap is compared with: the target, or where that is 0 what the sum is made of.
    """

    codes: tuple[NDArray[np.intp], ...]  # one array of n per margin
    sizes: tuple[int, ...]  # how many categories each margin has
    numeric: Floats  # n x q
    targets: Floats  # K
    scale: Floats  # K

    @property
    def width(self) -> int:
        return len(self.targets)

    @cached_property
    def parts(self) -> tuple[slice, ...]:
        """Where each coded margin is among the K columns."""
        starts = np.concatenate([[0], np.cumsum(self.sizes)]).astype(int)
        return tuple(slice(first, last) for first, last in pairwise(starts))

    @property
    def coded(self) -> int:
        """How many of the K columns are categories: the numeric ones come after."""
        return sum(self.sizes)

    def _pairs(self) -> Iterator[tuple[int, int, NDArray[np.intp]]]:
        """For each pair of margins the number of the pair of categories each row is in."""
        margins = len(self.codes)
        if len(self.numeric) * margins * (margins - 1) > MANY:
            yield from self._paired()
        else:
            yield from self._kept_pairs

    def _paired(self) -> Iterator[tuple[int, int, NDArray[np.intp]]]:
        for a, b in combinations(range(len(self.codes)), 2):
            yield a, b, self.codes[a] * self.sizes[b] + self.codes[b]

    @cached_property
    def _kept_pairs(self) -> list[tuple[int, int, NDArray[np.intp]]]:
        return list(self._paired())

    def scores(self, lambdas: Floats) -> Floats:
        """For each row the sum of the lambdas of what it counts in (n)."""
        found = np.zeros(len(self.numeric)) if not self.codes else lambdas[self.parts[0]][self.codes[0]]
        for part, code in zip(self.parts[1:], self.codes[1:], strict=True):
            found += lambdas[part][code]
        if self.numeric.shape[1]:
            found += self.numeric @ lambdas[self.coded :]
        return found

    def sums(self, weights: Floats) -> Floats:
        """The weighted sum of every column (K)."""
        counts = [
            np.bincount(code, weights=weights, minlength=size)
            for code, size in zip(self.codes, self.sizes, strict=True)
        ]
        return np.concatenate([*counts, weights @ self.numeric])

    def products(self, weights: Floats) -> Floats:
        """The weighted sum of every product of two columns (K x K, symmetric)."""
        found = np.zeros((self.width, self.width))
        for part, code, size in zip(self.parts, self.codes, self.sizes, strict=True):
            found[part, part] = np.diag(np.bincount(code, weights=weights, minlength=size))
        for a, b, pair in self._pairs():
            flat = np.bincount(pair, weights=weights, minlength=self.sizes[a] * self.sizes[b])
            found[self.parts[a], self.parts[b]] = flat.reshape(self.sizes[a], self.sizes[b])
            found[self.parts[b], self.parts[a]] = found[self.parts[a], self.parts[b]].T
        self._add_numeric(found, weights)
        return found

    def _add_numeric(self, found: Floats, weights: Floats) -> None:
        first = self.coded
        for start in range(0, len(self.numeric) if self.numeric.shape[1] else 0, CHUNK):
            rows = self.numeric[start : start + CHUNK]
            found[first:, first:] += (rows * weights[start : start + CHUNK, None]).T @ rows
        for rank, column in enumerate(self.numeric.T, start=first):
            weighted = weights * column
            for part, code, size in zip(self.parts, self.codes, self.sizes, strict=True):
                found[part, rank] = np.bincount(code, weights=weighted, minlength=size)
                found[rank, part] = found[part, rank]

    def gaps(self, weights: Floats) -> Floats:
        """How far each weighted sum is from its target, over its scale (K, signed)."""
        return np.asarray((self.sums(weights) - self.targets) / self.scale)


def coded_constraints(codes: Codes, targets: Counts) -> Constraints:
    """Constraints on counts only: targets are positive, and their own scale."""
    known = np.concatenate(list(targets))
    return Constraints(
        codes=tuple(codes),
        sizes=tuple(len(target) for target in targets),
        numeric=np.zeros((len(codes[0]), 0)),
        targets=known,
        scale=known,
    )
