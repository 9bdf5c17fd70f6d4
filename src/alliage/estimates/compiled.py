"""The compiled path (extra `fast`, Numba): rows in memory to variances, without an array per domain and unit.

Levels 1 and 2 in one loop: rows bucketed by domain, units met one domain at a time, so that the sums of a domain stay
in the processor's cache. The plain path is its oracle (same figures to the last digits) and its fallback: several
stages, calibrated weights and the rules `adjust` and `average` go there. A domain is added up by one thread, in the
order of its rows: the number of threads changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

import numpy as np

from alliage.estimates.columns import Domains
from alliage.estimates.designs import BoundDesign
from alliage.estimates.level1 import RowsInMemory, are_all, centres, grouping
from alliage.estimates.level2 import ROUNDING, scale_of
from alliage.estimates.stages import Codes, Floats

# Below this many answers (rows x items) the plain path takes milliseconds, less than loading compiled code.
WORTHWHILE = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """What the loop brings back, D x k each."""

    value: Floats
    variance: Floats
    df: Floats
    n: Codes
    n_missing: Codes
    weight_sum: Floats
    weight_square: Floats
    scale: Floats  # what an influence value is multiplied by: 1 / sum of w x, 0 where everyone answered the same


@cache
def installed() -> bool:
    """Whether the extra is there."""
    return find_spec("numba") is not None


def suits(rows: RowsInMemory, design: BoundDesign) -> bool:
    """Whether the compiled path covers this design, and is worth its start."""
    return (
        rows.items.y.size >= WORTHWHILE
        and len(design.stages) == 1
        and design.residuals is None
        and design.replicates is None
        and design.lonely in {"fail", "remove"}
        and installed()
    )


def moments(rows: RowsInMemory, design: BoundDesign, domains: Domains, *, total: bool) -> Moments:
    """Values, variances and counts of k items in every domain. total: totals, not means or ratios."""
    items, stage = rows.items, design.stages[0]
    k, count = items.count, domains.count
    groups = grouping(domains.codes)
    order = np.arange(len(rows.weight), dtype=np.int64) if groups.order is None else groups.order
    everyone = are_all(items.base)
    nothing = np.zeros((0, k))
    found = Moments(
        value=np.full((count, k), np.nan),
        variance=np.zeros((count, k)),
        df=np.zeros((count, k)),
        n=np.zeros((count, k), dtype=np.int64),
        n_missing=np.zeros((count, k), dtype=np.int64),
        weight_sum=np.zeros((count, k)),
        weight_square=np.zeros((count, k)),
        scale=np.zeros((count, k)),
    )
    kernel = import_module("alliage.estimates.kernel")  # needs the extra
    kernel.all_domains(
        kernel.numba.get_num_threads(),
        order,
        np.concatenate([groups.starts, [len(order)]]),
        groups.keys,
        stage.unit,
        stage.stratum_of_unit,
        rows.weight,
        np.ascontiguousarray(items.y),
        nothing.astype(bool) if everyone else np.ascontiguousarray(items.base),
        nothing.astype(bool) if everyone else np.ascontiguousarray(items.asked),
        nothing if items.x is None else np.ascontiguousarray(items.x),
        np.zeros(k) if total else centres(items),
        stage.sampled,
        scale_of(stage),
        total,
        ROUNDING,
        found.value,
        found.variance,
        found.df,
        found.n,
        found.n_missing,
        found.weight_sum,
        found.weight_square,
        found.scale,
    )
    return found
