"""Arrays in, estimates out: the one road that shares, means, totals and ratios all take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alliage.estimates.columns import Domains
from alliage.estimates.designs import BoundDesign
from alliage.estimates.intervals import korn_graubard, student
from alliage.estimates.level1 import Items
from alliage.estimates.lists import Estimates, Source
from alliage.estimates.results import Estimate, EstimateKind, Interval
from alliage.estimates.stages import Floats
from alliage.estimates.taylor import Linearised, linearise

# Under this part of those who were to answer, what a census does not know is no longer negligible.
COMPLETE = 0.95


def estimate(
    kind: EstimateKind,
    items: Items,
    *,
    design: BoundDesign,
    domains: Domains,
    variables: Sequence[str],
    answers: Sequence[str],
) -> Estimates:
    """Estimate k items in D domains; in order of item, then domain. variables, answers: k names."""
    made = linearise(kind, items, design, domains)
    columns = _figures(made)
    estimates, sources = [], []
    for item in range(items.count):
        for domain, label in enumerate(domains.labels):
            figures = {name: column[domain, item].item() for name, column in columns.items()}
            estimates.append(_estimate(made, label, figures))
            sources.append(Source(made, domain, item))
    repeated = [rank for rank in range(items.count) for _ in domains.labels]
    return Estimates(
        tuple(estimates),
        tuple(variables[rank] for rank in repeated),
        tuple(answers[rank] for rank in repeated),
        tuple(sources),
    )


def interval_method(kind: EstimateKind) -> str:
    return "korn-graubard" if kind == "share" else "t"


def intervals(kind: EstimateKind, value: Floats, se: Floats, n: Any, df: Floats, level: float) -> tuple[Floats, Floats]:
    """Low and high ends at one level: the same method whatever the level."""
    if kind == "share":
        return korn_graubard(value, se, np.asarray(n), df, level)
    return student(value, se, df, level)


def _figures(made: Linearised) -> dict[str, NDArray[Any]]:
    """Every number of an estimate, D x k, the design's kind applied."""
    value, se, df, deff = made.value, made.standard_error, made.df, made.deff
    nothing = np.full_like(value, np.nan)
    if made.design.kind == "census":
        se = np.where(np.isfinite(value), 0.0, np.nan)
        ends = (value, value, value, value)
        deff = nothing
    elif made.design.margin == "none":
        se, deff, ends = nothing, nothing, (nothing, nothing, nothing, nothing)
    else:
        ends = (
            *intervals(made.kind, value, se, made.n, df, 0.95),
            *intervals(made.kind, value, se, made.n, df, 0.50),
        )
    names = ("low95", "high95", "low50", "high50")
    return {
        "value": value,
        "standard_error": se,
        "n": made.n,
        "n_missing": made.n_missing,
        "n_effective": made.n_effective,
        "deff": deff,
        "df": df,
        "weight_sum": made.weight_sum,
        **dict(zip(names, ends, strict=True)),
    }


def _estimate(made: Linearised, label: dict[str, str], figures: dict[str, Any]) -> Estimate:
    method = _method(made.design)
    ends = method if method in {"census", "none"} else interval_method(made.kind)
    low95, high95 = figures.pop("low95"), figures.pop("high95")
    low50, high50 = figures.pop("low50"), figures.pop("high50")
    return Estimate(
        kind=made.kind,
        interval95=Interval(low95, high95, 0.95, ends),
        interval50=Interval(low50, high50, 0.50, ends),
        margin=made.design.margin,
        method=method,
        domain=dict(label),
        warnings=_warnings(made, figures),
        **figures,
    )


def _method(design: BoundDesign) -> str:
    if design.kind == "census":
        return "census"
    if design.margin == "none":
        return "none"
    return "taylor" if design.residuals is None else "taylor + calibration residuals"


def _warnings(made: Linearised, figures: dict[str, Any]) -> tuple[str, ...]:
    found = []
    if made.design.kind in {"self_selected", "quota"}:
        found.append(f"estimates.{made.design.kind}")
    if made.design.kind == "census" and _is_incomplete(made.design, figures["n"], figures["n_missing"]):
        found.append("estimates.census_nonresponse")
    if figures["n"] == 0:
        found.append("estimates.empty_base")
    elif np.isnan(figures["value"]):
        found.append("estimates.zero_denominator")
    elif figures["df"] <= 0 and figures["standard_error"] > 0:
        found.append("estimates.one_unit")
    return tuple(found)


def _is_incomplete(design: BoundDesign, n: int, n_missing: int) -> bool:
    """Too few of the frame answered at all (where it is known), or too few of those who were asked this."""
    return design.reached < COMPLETE or 0 < n < COMPLETE * (n + n_missing)
