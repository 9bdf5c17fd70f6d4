"""Why a calibration failed: which category, how far it stays, and what would do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from alliage.problems import Problem
from alliage.text import number
from alliage.weights.constraints import Constraints, Floats
from alliage.weights.distances import Linear
from alliage.weights.feasibility import nearest_possible, possible_bounds
from alliage.weights.solving import Dual, Solution
from alliage.weights.units import Calibrating, Units, reached, sizes_of


def refuse_unmet(asked: Calibrating, units: Units, found: Solution, *, ceiling: float | None = None) -> None:
    """Nothing when margins are met; else which category, how far, and whether any weights could have met it."""
    if found.converged:
        return
    exact = units if units.ridge is None else _exact_only(units)
    bounds, weights = asked.weighting.bounds, units.initial * found.factors
    if ceiling is not None:
        limited = nearest_possible(exact.constraints, units.initial, high=ceiling)
        trim = number(asked.weighting.trim or 0, 2)
        raise _told("weights.trim_impossible", asked, units, weights if limited is None else limited, trim=trim)
    if bounds is not None:
        low, high = bounds[0] * units.initial, bounds[1] * units.initial
        wider = possible_bounds(Dual(exact.constraints, units.initial, Linear(), units.q), *bounds)
        limited = None if wider is None else nearest_possible(exact.constraints, units.initial, low=low, high=high)
        if wider is not None and limited is not None:
            near = {"low": number(bounds[0], 2), "high": number(bounds[1], 2)}
            wide = {"wide_low": number(wider[0], 2), "wide_high": number(wider[1], 2)}
            raise _told("weights.bounds_impossible", asked, units, limited, **near, **wide)
    is_signed = asked.method == "linear" or (bounds is not None and bounds[0] < 0)
    nearest = nearest_possible(exact.constraints, units.initial, low=-np.inf if is_signed else 0.0)
    if nearest is not None:
        code = "weights.linear_impossible" if is_signed else "weights.impossible"
        raise _told(code, asked, units, nearest)
    raise _told("weights.no_convergence", asked, units, weights, iterations=found.rounds)


def _exact_only(units: Units) -> Units:
    """The columns that must be met, penalised ones left out: a margin has one cost for all its categories."""
    assert units.ridge is not None
    whole, exact = units.constraints, units.ridge == 0
    parts = [rank for rank, part in enumerate(whole.parts) if exact[part].all()]
    columns = np.concatenate(
        [np.zeros(0, dtype=np.intp), *(np.arange(whole.width)[whole.parts[rank]] for rank in parts)]
    )
    numeric = np.flatnonzero(exact[whole.coded :])
    kept = np.concatenate([columns, numeric + whole.coded])
    constraints = Constraints(
        codes=tuple(whole.codes[rank] for rank in parts),
        sizes=tuple(whole.sizes[rank] for rank in parts),
        numeric=whole.numeric[:, numeric],
        targets=whole.targets[kept],
        scale=whole.scale[kept],
    )
    return replace(units, constraints=constraints, ridge=None)


def _told(code: str, asked: Calibrating, units: Units, weights: Floats, **values: object) -> Problem:
    """The category that is farthest from its count with these weights of the units, told as a problem."""
    rows = units.expanded(weights, len(asked.initial))
    every = reached(asked.coded, rows, asked)
    gaps = np.array([abs(one.reached - one.wanted) if one.exact else -1.0 for one in every]) / sizes_of(asked)
    worst = int(np.argmax(gaps))
    cells = [(margin, cell) for margin in asked.coded for cell in margin.cells]
    margin, cell = cells[worst]
    place = asked.place if code == "weights.trim_impossible" else cell.place
    decimals = 0 if abs(every[worst].reached - every[worst].wanted) >= 1 else 2
    return Problem(
        code,
        place,
        margin=margin.margin.label,
        cell=cell.name or margin.margin.id,
        reached=number(every[worst].reached, decimals),
        wanted=number(every[worst].wanted, decimals),
        **values,
    )
