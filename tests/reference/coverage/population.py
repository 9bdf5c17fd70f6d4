"""A finite population whose truth is known: regions, communes of unequal size, people who resemble their neighbours.

What makes real surveys hard is in it: communes differ (clusters), regions differ (strata), incomes are skewed, one
answer is rare, and a group of one person in seven is spread over all communes (a domain).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

REGIONS = 12
COMMUNES = 100  # in each region
AGES = ("15-29", "30-44", "45-59", "60+")
SEED = 1952


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """N people in the order of their region and commune, and the size of each commune."""

    people: pa.Table
    region: NDArray[np.int64]  # N
    commune: NDArray[np.int64]  # N, numbered over all regions
    sizes: NDArray[np.int64]  # of the communes, REGIONS * COMMUNES

    @property
    def count(self) -> int:
        return len(self.region)

    def numbers(self, name: str) -> NDArray[np.float64]:
        """The column of a number; of an answer, its code: 0 is “non”, “homme” or the youngest."""
        column = self.people[name].combine_chunks()
        return (column.indices if pa.types.is_dictionary(column.type) else column).to_numpy().astype(np.float64)


@cache
def population() -> Population:
    """The same one at each call and on each machine."""
    rng = np.random.default_rng(SEED)
    communes = REGIONS * COMMUNES
    sizes = np.maximum(30, np.rint(rng.lognormal(4.6, 0.5, communes))).astype(np.int64)
    commune = np.repeat(np.arange(communes), sizes)
    region = commune // COMMUNES
    n = len(commune)
    of_region, of_commune = rng.normal(0, 1, REGIONS)[region], rng.normal(0, 1, communes)[commune]
    older = rng.normal(0, 0.5, communes)[commune]
    age = np.clip(np.rint(1.5 + 0.6 * older + rng.normal(0, 1.05, n)), 0, 3).astype(np.int64)
    woman = rng.random(n) < 0.52

    def yes(line: NDArray[np.float64]) -> NDArray[np.bool_]:
        return rng.random(n) < 1 / (1 + np.exp(-line))

    income = np.exp(7.3 + 0.12 * of_region + 0.18 * of_commune + 0.12 * age - 0.1 * woman + rng.normal(0, 0.6, n))
    trusts = yes(-0.5 + 0.3 * of_region + 0.4 * of_commune + 0.25 * age)
    rare = yes(-4.3 + 0.3 * of_region + 0.5 * of_commune)
    member = yes(-2.0 + 0.3 * of_commune + 0.1 * age)
    people = pa.table(
        {
            "region": region,
            "commune": commune,
            "person": np.arange(n),
            "age": pa.DictionaryArray.from_arrays(age.astype(np.int8), list(AGES)),
            "sex": _words(woman, "homme", "femme"),
            "income": np.round(income, 2),
            "spent": np.round(income * np.clip(rng.normal(0.3, 0.1, n), 0.02, 0.9), 2),
            "trusts": _words(trusts, "non", "oui"),
            "rare": _words(rare, "non", "oui"),
            "member": _words(member, "non", "oui"),
        }
    )
    return Population(people, region, commune, sizes)


def _words(values: NDArray[np.bool_], no: str, yes: str) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(values.astype(np.int8), [no, yes])
