"""The sampled units of a design, stage by stage, coded in one order that every sum relies on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]
Floats = NDArray[np.float64]

# Below this sampling fraction left over, everything was taken: R survey's `onestrat` uses the same threshold.
CERTAINTY = 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """One stage of sampling: U units in S strata (from the second stage on, a stratum is a unit of the stage before).

    Codes are numbered so that units of one stratum follow each other, and so do the units inside a unit: cells sorted
    at the last stage are sorted at every stage. Units are counted over the whole design, whatever their weight.
    """

    unit: Codes  # n: the unit of each row
    stratum_of_unit: Codes  # U
    strata: tuple[str, ...]  # S: what to call each stratum in a message
    sampled: Floats  # S: n_h
    population: Floats  # S: N_h, inf without a correction
    reach: Floats  # S: product of n/N over the stages above (1 at the first)

    @property
    def units(self) -> int:
        return len(self.stratum_of_unit)

    @property
    def left(self) -> Floats:
        """1 - f: the part of each stratum that was not taken."""
        finite = np.isfinite(self.population)
        size = np.where(finite, self.population, 1.0)
        return np.where(finite, (size - self.sampled) / size, 1.0)

    @property
    def lonely(self) -> NDArray[np.bool_]:
        """Strata with one unit only, unless that unit is the whole stratum."""
        return np.asarray((self.sampled == 1) & (self.left >= CERTAINTY))


def nested(parent: Codes, own: Codes) -> tuple[Codes, Codes]:
    """Number the distinct (parent, own) pairs in order of parent. Returns the code of each row, the parent of each."""
    span = int(own.max()) + 1 if len(own) else 1
    keys, codes = distinct(parent * span + own)
    return codes, keys // span


def distinct(keys: Codes) -> tuple[Codes, Codes]:
    """The keys that exist (zero or more), in order, and the rank of each row among them.

    Counted rather than sorted when the keys are not much sparser than the rows: ten times faster on a million.
    """
    if len(keys) and int(keys.max()) < 8 * len(keys) + 1024:
        present = np.bincount(keys) > 0
        return np.flatnonzero(present), (np.cumsum(present) - 1)[keys]
    found, codes = np.unique(keys, return_inverse=True)
    return found, codes.astype(np.int64)
