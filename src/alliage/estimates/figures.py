"""The figures of k items in D domains, each column (D x k) made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alliage.estimates.designs import BoundDesign
from alliage.estimates.intervals import intervals
from alliage.estimates.level1 import Bools
from alliage.estimates.results import EstimateKind
from alliage.estimates.stages import Floats
from alliage.estimates.taylor import Linearised

# Under this part of those who were to answer, what a census does not know is no longer negligible.
COMPLETE = 0.95


class Figures:
    """What is told of `made`, the design's kind applied: a census has no error, a self-selected sample no margin."""

    def __init__(self, made: Linearised) -> None:
        self.made = made
        self._columns: dict[str, NDArray[Any]] = {}

    def column(self, name: str) -> NDArray[Any]:
        """D x k. name: one of lists.FIGURES."""
        if name not in self._columns:
            if name in _ENDS:
                level = int(name[-2:])
                low, high = self.ends(level / 100)
                self._columns[f"low{level}"], self._columns[f"high{level}"] = low, high
            elif name in _OF_MARGIN:
                self._columns[name] = _OF_MARGIN[name](self.made)
            else:
                self._columns[name] = getattr(self.made, name)
        return self._columns[name]

    def ends(self, level: float) -> tuple[Floats, Floats]:
        """The intervals at one level."""
        made = self.made
        if made.design.kind == "census":
            return made.value, made.value
        if made.design.margin == "none":
            nothing = np.full_like(made.value, np.nan)
            return nothing, nothing
        return intervals(made.kind, made.value, made.standard_error, made.n, made.df, level)

    @property
    def method(self) -> str:
        return method_of(self.made.design)

    @property
    def interval(self) -> str:
        """The method of the intervals."""
        return self.method if self.method in {"census", "none"} else interval_method(self.made.kind)

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
        unknown = ~empty & np.isnan(made.value)
        alone = ~empty & ~unknown & (made.df <= 0) & (self.column("standard_error") > 0)
        found += [
            ("estimates.empty_base", empty),
            ("estimates.zero_denominator", unknown),
            ("estimates.one_unit", alone),
        ]
        return [(code, where) for code, where in found if where.any()]


def method_of(design: BoundDesign) -> str:
    """How the variance was computed."""
    if design.kind == "census":
        return "census"
    if design.margin == "none":
        return "none"
    if design.replicates is not None:
        return f"replicates ({design.replicates.kind})"
    return "taylor" if design.residuals is None else "taylor + calibration residuals"


def interval_method(kind: EstimateKind) -> str:
    return "korn-graubard" if kind == "share" else "t"


def _standard_error(made: Linearised) -> Floats:
    if made.design.kind == "census":
        return np.where(np.isfinite(made.value), 0.0, np.nan)
    return made.standard_error if made.design.margin != "none" else np.full_like(made.value, np.nan)


def _deff(made: Linearised) -> Floats:
    return made.deff if made.design.margin != "none" else np.full_like(made.value, np.nan)


_ENDS = ("low95", "high95", "low50", "high50")
_OF_MARGIN: dict[str, Callable[[Linearised], Floats]] = {"standard_error": _standard_error, "deff": _deff}
