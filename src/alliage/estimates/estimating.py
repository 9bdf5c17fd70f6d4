"""Arrays in, estimates out: the one road that shares, means, totals and ratios all take."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from alliage.estimates.columns import Domains
from alliage.estimates.designs import BoundDesign
from alliage.estimates.level1 import Items, RowsInMemory
from alliage.estimates.lists import Estimates
from alliage.estimates.results import EstimateKind
from alliage.estimates.taylor import Linearised, linearise


def estimate(
    kind: EstimateKind,
    items: Items,
    *,
    design: BoundDesign,
    domains: Domains,
    variables: Sequence[str],
    answers: Sequence[str],
) -> Estimates:
    """Estimate k items in D domains, rows in memory; in order of item, then domain. variables, answers: k names."""
    rows = RowsInMemory(items, design.weight)
    return told(linearise(kind, rows, design, domains), variables=variables, answers=answers)


def told(made: Linearised, *, variables: Sequence[str], answers: Sequence[str]) -> Estimates:
    """Every figure of k items in D domains, with its intervals, method and warnings."""
    return Estimates(made, tuple(variables), tuple(answers), np.arange(made.value.size))
