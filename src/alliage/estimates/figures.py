"""The figures of k items in D domains, each column (D x k) made when it is first asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alliage.catalogue.declarations import did_you_mean
from alliage.estimates.designs import BoundDesign
from alliage.estimates.intervals import Ends, checked_level, interval_method, intervals
from alliage.estimates.level1 import Bools
from alliage.estimates.stages import Floats
from alliage.estimates.taylor import Linearised
from alliage.problems import Problem

# Under this part of those who were to answer, what a census does not know is no longer negligible.
COMPLETE = 0.95
USUAL_LEVEL = 0.95
# Told as they were computed, whatever the kind of design.
PLAIN = ("value", "n", "n_missing", "n_effective", "weight_sum", "df")


@dataclass(frozen=True, slots=True)
class Telling:
    """What was asked of the figures: the method of the intervals (None: the usual one), the level of the main one.

    `ends` replaces the methods of `intervals` where an estimator has intervals of its own, which `interval` then
    names. `method` replaces the usual name of the variance. `warnings`: more codes, and where each applies (D x k).
    """

    interval: str | None = None
    level: float = USUAL_LEVEL
    ends: Callable[[float], Ends] | None = None
    method: str | None = None
    warnings: tuple[tuple[str, Bools], ...] = ()


class Figures:
    """What is told of `made`, the design's kind applied: a census has no error, a self-selected sample no margin.

    Raises Problem estimates.interval_method, estimates.level.
    """

    def __init__(self, made: Linearised, telling: Telling | None = None) -> None:
        self.made = made
        self.telling = telling or Telling()
        self._columns: dict[str, NDArray[Any]] = {}
        self._interval = self.telling.interval or ""
        if self.telling.ends is None:
            self._interval = interval_method(made.kind, self.telling.interval)
        self.level = checked_level(self.telling.level)

    def column(self, name: str) -> NDArray[Any]:
        """D x k. name: one of lists.FIGURES or lists.MORE_FIGURES, or an end: "low90", "high99.9".

        Raises Problem estimates.option, estimates.level.
        """
        if name not in self._columns:
            if end := _END.fullmatch(name):
                low, high = self.ends(float(end[2]) / 100)
                self._columns[f"low{end[2]}"], self._columns[f"high{end[2]}"] = low, high
            elif name in _OF_MARGIN:
                self._columns[name] = _OF_MARGIN[name](self.made)
            elif name in PLAIN:
                self._columns[name] = getattr(self.made, name)
            else:
                known = (*PLAIN, *_OF_MARGIN, "low95", "high95")
                shown, suggestion = ", ".join(known), did_you_mean(name, known)
                raise Problem("estimates.option", option="figures", value=name, suggestion=suggestion, known=shown)
        return self._columns[name]

    def ends(self, level: float) -> Ends:
        """The intervals at one level."""
        made, level = self.made, checked_level(level)
        if made.design.kind == "census":
            return made.value, made.value
        if made.design.margin == "none":
            nothing = np.full_like(made.value, np.nan)
            return nothing, nothing
        if self.telling.ends is not None:
            return self.telling.ends(level)
        return intervals(made.kind, made.value, made.standard_error, made.n, made.df, level, self._interval)

    @property
    def method(self) -> str:
        named = self.telling.method
        usual = method_of(self.made.design)
        return usual if named is None or usual in {"census", "none"} else f"{usual}, {named}"

    @property
    def interval(self) -> str:
        """The method of the intervals."""
        usual = method_of(self.made.design)
        return usual if usual in {"census", "none"} else self._interval

    def warnings(self) -> list[tuple[str, Bools]]:
        """Codes of problems.estimates, and where each applies (D x k)."""
        made, design = self.made, self.made.design
        everywhere = np.ones(made.value.shape, dtype=bool)
        found = []
        if design.kind in {"self_selected", "quota"}:
            found.append((f"estimates.{design.kind}", everywhere))
        if design.kind == "census":
            # Too few of the frame answered at all (where it is known), or too few of those who were asked this.
            silent = (made.n > 0) & (made.n < COMPLETE * (made.n + made.n_missing))
            found.append(("estimates.census_nonresponse", silent | (design.reached < COMPLETE)))
        empty = made.n == 0
        explained = np.zeros_like(everywhere)
        for _, where in self.telling.warnings:
            explained |= where
        unknown = ~empty & np.isnan(made.value) & ~explained
        alone = ~empty & ~unknown & (made.df <= 0) & (self.column("standard_error") > 0)
        found += [
            ("estimates.empty_base", empty),
            ("estimates.zero_denominator", unknown),
            ("estimates.one_unit", alone),
            *([] if made.lost is None else [("estimates.replicates_lost", made.lost & ~empty)]),
            *((code, where & ~empty) for code, where in self.telling.warnings),
        ]
        return [(code, where) for code, where in found if where.any()]


def level_name(level: float) -> str:
    """How a level is written in the name of a column: 95, 99.9."""
    return f"{100 * level:.10g}"


def method_of(design: BoundDesign) -> str:
    """How the variance was computed."""
    if design.kind == "census":
        return "census"
    if design.margin == "none":
        return "none"
    if design.replicates is not None:
        return f"replicates ({design.replicates.kind})"
    return "taylor" if design.residuals is None else "taylor + calibration residuals"


def _standard_error(made: Linearised) -> Floats:
    if made.design.kind == "census":
        return np.where(np.isfinite(made.value), 0.0, np.nan)
    return made.standard_error if made.design.margin != "none" else np.full_like(made.value, np.nan)


def _deff(made: Linearised) -> Floats:
    return made.deff if made.design.margin != "none" else np.full_like(made.value, np.nan)


def _deff_srs(made: Linearised) -> Floats:
    """R's `deff = TRUE`: the simple sample is drawn without replacement from as many people as the weights add up to.

    nan where they add up to no more than the respondents (weights that average 1 know no population).
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        left = 1 - made.n / made.weight_sum
        return np.where(left > 0, _deff(made) / left, np.nan)


def _deff_kish(made: Linearised) -> Floats:
    """What unequal weights alone cost: n / n_effective, 1 + the squared variation of the weights."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(made.n_effective > 0, made.n / made.n_effective, np.nan)


_END = re.compile(r"(low|high)(\d+(?:\.\d+)?)")
_OF_MARGIN: dict[str, Callable[[Linearised], Floats]] = {
    "standard_error": _standard_error,
    "deff": _deff,
    "deft": lambda made: np.sqrt(_deff(made)),
    "deff_srs": _deff_srs,
    "deff_kish": _deff_kish,
}
