"""Why a calibration failed: which category, how far it stays, and what would do."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from alliage.problems import Problem
from alliage.text import Text, number
from alliage.weights.coding import named
from alliage.weights.constraints import Constraints, Floats
from alliage.weights.distances import Linear
from alliage.weights.feasibility import nearest_possible, possible_bounds
from alliage.weights.solving import Dual, Solution
from alliage.weights.units import Calibrating, Units, reached, sizes_of, to_population

NOTHING = 1e-9  # a part of the starting weights under which nothing is left of them
OFF_SCALE = 0.05  # starting weights that far from the population are worth saying when bounds fail
DECIMALS = 9

_THE_TOTAL = Text(fr="le total", en="the total")


def refuse_unmet(asked: Calibrating, units: Units, found: Solution, *, ceiling: float | None = None) -> None:
    """Nothing when margins are met; else which category, how far, and whether any weights could have met it."""
    weights = units.initial * found.factors
    if found.converged:
        # A count that is met leaves weights; totals of numbers may not.
        if not asked.totals and float(np.abs(weights).sum()) <= NOTHING * float(units.initial.sum()):
            raise Problem(
                "weights.nothing_left",
                asked.coded[0].cells[0].place,
                margins=named([one.margin for one in asked.coded]),
            )
        return
    exact = units if units.ridge is None else _exact_only(units)
    if ceiling is not None:
        limited = nearest_possible(exact.constraints, units.initial, high=ceiling)
        trim = number(asked.weighting.trim or 0, 2)
        raise _told("weights.trim_impossible", asked, units, weights if limited is None else limited, trim=trim)
    bounds = asked.weighting.bounds
    is_signed = asked.method == "linear" or (bounds is not None and bounds[0] < 0)
    if not is_signed:
        _refuse_means(asked)
    _refuse_bounds(asked, units, exact)
    nearest = None if is_signed else nearest_possible(exact.constraints, units.initial)
    if nearest is not None or is_signed:
        anywhere = nearest_possible(exact.constraints, units.initial, low=-np.inf)
        if anywhere is not None:
            raise _told("weights.contradictory", asked, units, anywhere)
    if nearest is not None:
        raise _told("weights.impossible", asked, units, nearest)
    raise _told("weights.no_convergence", asked, units, weights, iterations=found.rounds)


def _refuse_means(asked: Calibrating) -> None:
    """Raises a problem when a total, over the size of the population, is a mean that no answer comes near.

    The usual cause is a unit: thousands on one side only.
    """
    counts = asked.initial > 0
    for coded in asked.coded:
        margin = coded.margin
        is_whole = coded.values is not None and not margin.variables and margin.id not in asked.weighting.costs
        if not is_whole or margin.level != "individual" or "individual" not in asked.totals:
            continue
        assert coded.values is not None
        low, high = float(coded.values[counts].min()), float(coded.values[counts].max())
        mean = float(coded.targets[0]) / asked.totals["individual"]
        if not low <= mean <= high:
            raise Problem(
                "weights.mean_out_of_range",
                coded.cells[0].place,
                margin=margin.label,
                variable=margin.of,
                total=number(float(coded.targets[0])),
                size=number(asked.totals["individual"]),
                mean=number(mean, 2),
                low=number(low, 2),
                high=number(high, 2),
            )


def _refuse_bounds(asked: Calibrating, units: Units, exact: Units) -> None:
    """Raises a problem when the bounds are what stands in the way, and says those that would do."""
    bounds = asked.weighting.bounds
    if bounds is None:
        return
    wider = possible_bounds(Dual(exact.constraints, units.initial, Linear(), units.q), *bounds)
    low, high = bounds[0] * units.initial, bounds[1] * units.initial
    limited = None if wider is None else nearest_possible(exact.constraints, units.initial, low=low, high=high)
    if wider is None or limited is None:
        return
    near = {"low": number(bounds[0], 2), "high": number(bounds[1], 2)}
    wide = {"wide_low": number(wider[0], 2), "wide_high": number(wider[1], 2)}
    away = to_population(asked)
    if asked.rescaled == 1.0 and abs(away - 1) > OFF_SCALE:
        own = float(asked.initial.sum())
        scale = {"own": number(own), "total": number(own * away)}
        raise _told("weights.bounds_off_scale", asked, units, limited, **near, **wide, **scale)
    raise _told("weights.bounds_impossible", asked, units, limited, **near, **wide)


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
    if code == "weights.impossible" and margin.values is not None:
        code = "weights.impossible_total"
    gap = abs(every[worst].reached - every[worst].wanted)
    # As many decimals as it takes to tell the two apart.
    decimals = 0 if gap >= 1 else min(2 - math.floor(math.log10(gap)), DECIMALS) if gap else DECIMALS
    return Problem(
        code,
        asked.place if code == "weights.trim_impossible" else cell.place,
        margin=margin.margin.label,
        cell=cell.name or _THE_TOTAL,
        reached=number(every[worst].reached, decimals),
        wanted=number(every[worst].wanted, decimals),
        **values,
    )
