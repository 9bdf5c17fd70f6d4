"""A list of estimates: it reads as a table, and leaves as Arrow or as plain dictionaries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, overload

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from alliage.estimates.figures import USUAL_LEVEL, Figures, level_name
from alliage.estimates.pooling import Pool, each_alone
from alliage.estimates.printing import Printed
from alliage.estimates.results import Estimate, Interval
from alliage.estimates.stages import Floats
from alliage.estimates.taylor import Linearised
from alliage.problems import Problem

# What a statistician expects on every line, in this order; the domain's columns come first.
FIGURES = (
    "value",
    "standard_error",
    "low95",
    "high95",
    "low50",
    "high50",
    "n",
    "n_missing",
    "n_effective",
    "weight_sum",
    "deff",
    "df",
)
# Told when asked for: the root of the design effect, R's `deff = TRUE`, what unequal weights alone cost.
MORE_FIGURES = ("deft", "deff_srs", "deff_kish")
# Every column of the flat table: a breakdown that bears one of these names is written by_<name>.
COLUMNS = ("kind", "variable", "answer", *FIGURES, "margin", "method", "interval", "warnings")


@dataclass(frozen=True, slots=True)
class Source:
    """Where an estimate comes from, for those who need its covariance with another one."""

    made: Linearised
    domain: int
    item: int


class Estimates(Printed, Sequence[Estimate]):
    """Estimates in order of variable, answer, domain. Columns of figures underneath: an `Estimate` is made when asked.

    variables, answers: k names, one per item (the answers counted by a share, the probability of a quantile; ""
    otherwise). places: which of the k x D estimates of `made` these are, item by item.
    """

    __slots__ = ("_answers", "_figures", "_places", "_variables")

    def __init__(
        self,
        made: Linearised | Figures,
        variables: Sequence[str],
        answers: Sequence[str],
        places: NDArray[np.int64],
    ) -> None:
        self._figures = made if isinstance(made, Figures) else Figures(made)
        self._variables, self._answers, self._places = tuple(variables), tuple(answers), places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, rank: int) -> Estimate: ...
    @overload
    def __getitem__(self, rank: slice) -> Estimates: ...
    def __getitem__(self, rank: int | slice) -> Estimate | Estimates:
        if isinstance(rank, slice):
            return Estimates(self._figures, self._variables, self._answers, self._places[rank])
        return self._estimate(self.source(rank))

    @property
    def variables(self) -> tuple[str, ...]:
        """The variable of each estimate."""
        return tuple(self._variables[item] for item in self._items())

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers that each share counts."""
        return tuple(self._answers[item] for item in self._items())

    def parts(self) -> dict[str, tuple[str, ...]]:
        """The category of each estimate, for every column of the breakdown."""
        domains = (self._places % self.made.domains.count).tolist()
        return {name: tuple(labels[domain] for domain in domains) for name, labels in self.made.domains.parts.items()}

    @property
    def made(self) -> Linearised:
        return self._figures.made

    def source(self, rank: int) -> Source:
        """Where the estimate of this rank comes from."""
        item, domain = divmod(int(self._places[rank]), self.made.domains.count)
        return Source(self.made, domain, item)

    def part(self) -> tuple[Linearised, NDArray[np.int64]]:
        """What `pooling` needs: where the estimates come from, and which ones they are."""
        return self.made, self._places

    def covariance(self) -> Floats:
        """The covariance (m x m) of these m estimates; nan where one is, or has no margin. R: `vcov(svyby(...))`."""
        if self.made.design.kind == "census":
            return np.zeros((len(self), len(self)))
        found = Pool((self.part(),)).covariance(each_alone(len(self)))
        unknown = np.isnan(self.column("standard_error"))
        found[unknown], found[:, unknown] = np.nan, np.nan
        return found

    def counted(self, rank: int) -> tuple[str, str]:
        """The variable and the answers of one estimate."""
        item = self.source(rank).item
        return self._variables[item], self._answers[item]

    def column(self, name: str) -> NDArray[Any]:
        """One figure of every estimate. name: one of FIGURES or MORE_FIGURES, or an end at any level ("low90")."""
        return np.asarray(self._figures.column(name).T.ravel()[self._places])

    def intervals(self, level: float) -> tuple[Floats, Floats]:
        """Low and high ends of every estimate at another level, by the same method."""
        low, high = self._figures.ends(level)
        return low.T.ravel()[self._places], high.T.ravel()[self._places]

    def with_intervals(self, method: str | None = None, level: float = USUAL_LEVEL) -> Estimates:
        """The same estimates, their intervals by this method (None: the usual one) and the main one at this level.

        A share: "korn-graubard" (usual; R calls it "beta"), "logit", "wilson", "arcsine", "t", "normal". Any other
        estimate: "t" (usual), "log" (what is always positive), "normal". Degrees of freedom are those of the design
        within the domain. A quantile keeps the method it was made with.
        Raises Problem estimates.interval_method, estimates.level.
        """
        telling = self._figures.telling
        if telling.ends is not None and method not in {None, telling.interval}:
            raise Problem("estimates.interval_method", asked=method, known=telling.interval)
        kept = telling.interval if telling.ends is not None else method
        figures = Figures(self.made, replace(telling, interval=kept, level=level))
        return Estimates(figures, self._variables, self._answers, self._places)

    @property
    def level(self) -> float:
        """The level asked for, of the main interval."""
        return self._figures.level

    def to_arrow(self, figures: Sequence[str] | None = None) -> pa.Table:
        """One row per estimate; a breakdown named like a figure ("n") is written "by_n".

        `figures`: those wanted, of FIGURES and MORE_FIGURES; FIGURES if none is said, the 95% interval giving way to
        that of the level asked for. A design effect reads the rows again, the others do not.
        """
        figures = _figures_at(self.level) if figures is None else figures
        items, domains = self._items(), self._places % self.made.domains.count
        parts = self.made.domains.parts
        columns: dict[str, Any] = {
            "kind": self._same(self.made.kind),
            "variable": pa.array(self._variables, pa.string()).take(items),
            "answer": pa.array(self._answers, pa.string()).take(items),
        }
        names = column_names(parts, taken={*COLUMNS, *figures})
        columns |= {names[name]: pa.array(labels, pa.string()).take(domains) for name, labels in parts.items()}
        columns |= {name: self.column(name) for name in figures}
        columns["margin"] = self._same(self.made.design.margin)
        columns["method"] = self._same(self._figures.method)
        columns["interval"] = self._same(self._figures.interval)
        columns["warnings"] = self._warnings()
        return pa.table(columns)

    def _same(self, word: str) -> pa.Array:
        return pa.repeat(pa.scalar(word), len(self))

    def _warnings(self) -> pa.Array:
        warnings = self._figures.warnings()
        if not warnings:
            return self._same("")
        told = np.full(self.made.value.size, "", dtype=object)
        for code, where in warnings:
            here = where.T.ravel()
            told[here] = np.where(told[here] == "", code, told[here] + f" {code}")
        return pa.array(told[self._places], pa.string())

    def _items(self) -> NDArray[np.int64]:
        return self._places // self.made.domains.count

    def _estimate(self, source: Source) -> Estimate:
        figures = self._figures
        here = (source.domain, source.item)
        values = {name: figures.column(name)[here].item() for name in FIGURES}
        ends = figures.interval
        asked = None
        if figures.level != USUAL_LEVEL:
            low, high = (figures.column(f"{end}{level_name(figures.level)}")[here].item() for end in ("low", "high"))
            asked = Interval(low, high, figures.level, ends)
        return Estimate(
            kind=self.made.kind,
            interval95=Interval(values.pop("low95"), values.pop("high95"), 0.95, ends),
            interval50=Interval(values.pop("low50"), values.pop("high50"), 0.50, ends),
            margin=self.made.design.margin,
            method=figures.method,
            domain=self.made.domains.label(source.domain),
            warnings=tuple(code for code, where in figures.warnings() if where[here]),
            interval=asked,
            **values,
        )


def _figures_at(level: float) -> tuple[str, ...]:
    """FIGURES, with the ends at another level in the place of those at 95%."""
    ends = {f"{end}95": f"{end}{level_name(level)}" for end in ("low", "high")}
    return tuple(ends.get(name, name) for name in FIGURES)


def column_names(by: Collection[str], *, taken: Collection[str]) -> dict[str, str]:
    """What to call the column of each breakdown: its own name, by_<name> where that one is taken by a figure."""
    found = {name: name for name in by if name not in taken}
    for name in by:
        written = name
        while written in taken or (name not in found and written in found.values()):
            written = f"by_{written}"
        found[name] = written
    return found
