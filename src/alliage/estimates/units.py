"""The sampled units read in the answers: weights, strata, clusters and finite populations, each checked by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from alliage.estimates.columns import Answers, as_tuple, categories, numbers, place_of, rows_of
from alliage.estimates.stages import Codes, Floats, Stage, nested
from alliage.problems import Problem
from alliage.text import Text

if TYPE_CHECKING:
    from alliage.estimates.designs import Design


def weights_of_rows(design: Design, answers: Answers, given: ArrayLike | None, *, calibrated: bool) -> Floats:
    """The weight of each row (n). Only a linear calibration may leave negative ones, which are then its answer."""
    n, name = rows_of(answers), " × ".join(map(str, design.weights)) or "weights"
    if given is not None:
        weight = np.asarray(given, dtype=np.float64)
        if len(weight) != n:
            raise Problem("estimates.weight_length", found=len(weight), expected=n)
        _refuse_weight(weight, answers, name, calibrated=calibrated)
    else:
        weight = np.ones(n)
        for column in design.weights:
            phase = numbers(answers, column, asked_by="weight")
            _refuse_weight(phase, answers, column)
            weight = weight * phase
    if not weight.any():
        raise Problem("estimates.weight_all_zero", weight=name)
    return weight


def _refuse_weight(weight: Floats, answers: Answers, name: str, *, calibrated: bool = False) -> None:
    missing = ~np.isfinite(weight)
    if missing.any():
        row = int(np.flatnonzero(missing)[0])
        place = place_of(answers, row, name)
        raise Problem("estimates.weight_missing", place, weight=name, row=row + 1, count=int(missing.sum()))
    if (weight < 0).any() and not calibrated:
        row = int(np.flatnonzero(weight < 0)[0])
        place, count = place_of(answers, row, name), int((weight < 0).sum())
        raise Problem(
            "estimates.weight_negative", place, weight=name, row=row + 1, value=f"{weight[row]:g}", count=count
        )


def stages_of(design: Design, answers: Answers, n: int) -> tuple[Stage, ...]:
    """Every stage that counts in the variance: with no fpc the first one carries it all (ultimate clusters)."""
    stratum, strata = read_strata(answers, as_tuple(design.strata))
    clusters, fpc = as_tuple(design.clusters), as_tuple(design.fpc)
    depth = max(len(clusters), 1)
    if len(fpc) > depth:
        raise Problem("estimates.fpc_stages", fpc=len(fpc), stages=depth)
    corrections = read_corrections(answers, fpc)
    stages: list[Stage] = []
    reach = np.ones(len(strata))
    for rank in range(depth if fpc else 1):
        unit, stratum_of_unit, own = units_in(answers, clusters, rank, stratum, n)
        if rank == 0 and clusters and not design.nest:
            _refuse_crossing(own, unit, stratum_of_unit, strata, answers, clusters[0])
        sampled = np.bincount(stratum_of_unit, minlength=len(strata)).astype(np.float64)
        population = np.full(len(strata), np.inf)
        if rank < len(fpc):
            population = population_of(corrections, rank, stratum, strata, sampled, fpc[rank])
        stage = Stage(unit, stratum_of_unit, tuple(strata), sampled, population, reach)
        stages.append(stage)
        reach = (reach * np.where(np.isfinite(population), sampled / population, 0.0))[stratum_of_unit]
        strata = _names(stage, answers, clusters[: rank + 1]) if rank + 1 < depth else []
        stratum = unit
    return tuple(stages)


def read_strata(answers: Answers, names: tuple[str, ...]) -> tuple[Codes, list[str]]:
    """The stratum of each row (n), and what to call each: columns are crossed."""
    codes, labels = np.zeros(rows_of(answers), dtype=np.int64), [""]
    for name in names:
        column = _complete(answers, name, "strata")
        codes, parents = nested(codes, column[0])
        firsts = _first_rows(codes)
        labels = [
            f"{labels[parent]} × {column[1][column[0][row]]}".removeprefix(" × ")
            for parent, row in zip(parents, firsts, strict=True)
        ]
    return codes, labels


def _complete(answers: Answers, name: str, asked_by: str) -> tuple[Codes, tuple[str, ...]]:
    column = categories(answers, name, asked_by=asked_by)
    if (column.codes < 0).any():
        row = int(np.flatnonzero(column.codes < 0)[0])
        raise Problem("estimates.design_missing", place_of(answers, row, name), column=name, row=row + 1)
    return column.codes, column.labels


def _first_rows(codes: Codes) -> Codes:
    """The first row of each code from 0 on. Written from the last row to the first, the first one stays."""
    firsts = np.zeros(int(codes.max()) + 1 if len(codes) else 0, dtype=np.int64)
    firsts[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return firsts


def units_in(
    answers: Answers, clusters: tuple[str, ...], rank: int, parent: Codes, n: int
) -> tuple[Codes, Codes, Codes]:
    """The unit of each row at this stage, the parent of each unit, and the cluster codes as written."""
    if not clusters:
        own = np.arange(n, dtype=np.int64)
        if not parent.any():
            return own, np.zeros(n, dtype=np.int64), own
    else:
        own = _complete(answers, clusters[rank], "clusters")[0]
    unit, parents = nested(parent, own)
    return unit, parents, own


def _refuse_crossing(
    own: Codes, unit: Codes, stratum_of_unit: Codes, strata: list[str], answers: Answers, column: str
) -> None:
    firsts = _first_rows(unit)
    seen = np.bincount(own[firsts])
    if (seen > 1).any():
        cluster = int(np.flatnonzero(seen > 1)[0])
        places = [strata[stratum_of_unit[u]] for u in np.flatnonzero(own[firsts] == cluster)]
        name = categories(answers, column, asked_by="clusters").labels[cluster]
        raise Problem("estimates.cluster_crosses_strata", cluster=name, strata=", ".join(places))


def read_corrections(answers: Answers, fpc: tuple[str, ...]) -> list[Floats]:
    """The fpc columns, checked: all counts or all fractions over every stage, as R's `as.fpc` demands."""
    columns = [numbers(answers, name, asked_by="fpc") for name in fpc]
    for name, column in zip(fpc, columns, strict=True):
        wrong = ~(column > 0)
        if wrong.any():
            row = int(np.flatnonzero(wrong)[0])
            place = place_of(answers, row, name)
            raise Problem("estimates.fpc_value", place, fpc=name, value=f"{column[row]:g}", row=row + 1)
    counts = any((column > 1).any() for column in columns)
    if counts:
        for name, column in zip(fpc, columns, strict=True):
            if (column < 1).any():
                row = int(np.flatnonzero(column < 1)[0])
                place = place_of(answers, row, name)
                raise Problem("estimates.fpc_mixed", place, row=row + 1, value=f"{column[row]:g}")
        return columns
    return [-column for column in columns]  # a fraction travels as a negative number until n_h is known


def population_of(
    corrections: list[Floats], rank: int, stratum: Codes, strata: list[str], sampled: Floats, name: str
) -> Floats:
    """N_h of each stratum: constant in it, and not smaller than the sample."""
    value = corrections[rank]
    firsts = _first_rows(stratum)
    first = value[firsts]
    differs = value != first[stratum]
    if differs.any():
        row = int(np.flatnonzero(differs)[0])
        values = f"{abs(first[stratum[row]]):g}, {abs(value[row]):g}"
        raise Problem("estimates.fpc_varies", fpc=name, stratum=spoken(strata[stratum[row]]), values=values)
    population = np.where(first < 0, sampled / np.abs(first), first)
    small = population < sampled
    if small.any():
        worst = int(np.flatnonzero(small)[0])
        raise Problem(
            "estimates.fpc_too_small",
            fpc=name,
            stratum=spoken(strata[worst]),
            sampled=int(sampled[worst]),
            population=f"{population[worst]:g}",
        )
    return population


def spoken(stratum: str) -> str | Text:
    """A design without strata has one, which has no name."""
    return stratum or Text(fr="tout l'échantillon", en="the whole sample")


def _names(stage: Stage, answers: Answers, clusters: tuple[str, ...]) -> list[str]:
    """What to call the units of a stage when they are the strata of the next one."""
    firsts = _first_rows(stage.unit)
    columns = [categories(answers, name, asked_by="clusters") for name in clusters]
    return [" / ".join(column.labels[column.codes[row]] for column in columns) for row in firsts]
