"""What a test returns: its statistic and probability, what it assumes, and the estimates it compares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, overload

import pyarrow as pa

from alliage.comparisons.methods import METHODS
from alliage.estimates.designs import BoundDesign
from alliage.estimates.families import adjusted, multiplicity
from alliage.estimates.lists import Estimates, column_names
from alliage.estimates.printing import Printed, Value, html_table, text_table
from alliage.problems import MESSAGES
from alliage.text import Language, Text, listed, same

FIGURES = ("statistic", "ndf", "ddf", "p", "p_adjusted", "n", "effect", "standard_error", "low95", "high95")
COLUMNS = ("test", "variables", "letter", *FIGURES, "warnings")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its part of the whole (0 to 1), with its standard error, and its respondents."""

    row: str
    column: str
    share: float
    standard_error: float
    n: int


@dataclass(frozen=True, slots=True)
class Effect:
    """How large what the test is about is, in a unit of its own; error and ends are nan where none is known.

    name: "difference" (of means, of mean ranks), "mean", "slope", "cramer_v", "cohen_w", "spread" (of mean ranks).
    """

    name: str
    value: float
    standard_error: float = float("nan")
    low95: float = float("nan")
    high95: float = float("nan")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Comparison:
    """One test. ddf is infinite for a chi-square, ndf nan for a Student; both nan where the law is neither.

    statistic and p are nan, and `warnings` says why, where the design or the answers allow no test.
    """

    method: str  # a key of METHODS, which says what is assumed
    variables: tuple[str, ...]
    letter: str  # "F", "X²", "t"
    statistic: float
    ndf: float
    ddf: float
    p: float
    n: int  # respondents with an answer to everything compared
    effect: Effect
    estimates: Estimates | None = None  # the means compared, group by group
    cells: tuple[Cell, ...] = ()  # the table compared, cell by cell
    domain: dict[str, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()  # rows and columns of the table that nobody is in
    warnings: tuple[str, ...] = ()  # codes of problems.comparisons and problems.estimates
    p_adjusted: float = float("nan")  # over the family of tests made together
    adjustment: str = ""  # "holm"…

    @property
    def assumes(self) -> Text:
        """What must hold for the probability to mean what it says."""
        return METHODS[self.method].assumes

    @property
    def told(self) -> tuple[Text, ...]:
        """The test in sentences: what it is, what it assumes, what must be known beside the figures."""
        lines = [METHODS[self.method].name, self.assumes]
        if self.dropped:
            lines.append(_DROPPED.filled(names=listed([same(name) for name in self.dropped])))
        return (*lines, *(MESSAGES[code] for code in self.warnings))

    def to_dict(self) -> dict[str, Value]:
        """One flat line; a domain's column that bears the name of a figure is written by_<name>."""
        names = column_names(self.domain, taken=COLUMNS)
        line: dict[str, Any] = {"test": self.method, "variables": " × ".join(self.variables)}
        line |= {names[name]: label for name, label in self.domain.items()}
        line |= {"letter": self.letter, "statistic": self.statistic, "ndf": self.ndf, "ddf": self.ddf, "p": self.p}
        line |= {"p_adjusted": self.p_adjusted, "n": self.n, "effect": self.effect.value}
        line |= {name: getattr(self.effect, name) for name in ("standard_error", "low95", "high95")}
        return line | {"warnings": " ".join(self.warnings)}

    def written(self, language: Language) -> str:
        """The line of figures and, under it, the sentences."""
        return "\n".join([text_table([self.to_dict()]), "", *(line[language] for line in self.told)])

    def __repr__(self) -> str:
        return text_table([self.to_dict()])

    def _repr_html_(self) -> str:
        return html_table([self.to_dict()])


class Comparisons(Printed, Sequence[Comparison]):
    """Tests made together: one per domain, or those of several questions put end to end with +."""

    __slots__ = ("_made",)

    def __init__(self, made: Sequence[Comparison]) -> None:
        self._made = tuple(made)

    def __len__(self) -> int:
        return len(self._made)

    @overload
    def __getitem__(self, rank: int) -> Comparison: ...
    @overload
    def __getitem__(self, rank: slice) -> Comparisons: ...
    def __getitem__(self, rank: int | slice) -> Comparison | Comparisons:
        return Comparisons(self._made[rank]) if isinstance(rank, slice) else self._made[rank]

    def __add__(self, other: Sequence[Comparison]) -> Comparisons:
        return Comparisons((*self._made, *other))

    def adjusted(self, method: str = "holm") -> Comparisons:
        """The same tests, each with the probability it has within the family they form: R's `p.adjust`.

        method: "bonferroni", "holm", "benjamini-hochberg". A test without a probability is not of the family.
        Raises Problem estimates.multiplicity.
        """
        name = multiplicity(method)
        family = adjusted([one.p for one in self._made], name)
        return Comparisons(
            [replace(one, p_adjusted=float(p), adjustment=name) for one, p in zip(self._made, family, strict=True)]
        )

    def to_arrow(self) -> pa.Table:
        """One row per test. Domains of several breakdowns put end to end: each its column, empty elsewhere."""
        lines = [one.to_dict() for one in self._made]
        names = list(dict.fromkeys(name for line in lines for name in line))
        return pa.table({name: [line.get(name, "") for line in lines] for name in names})


_DROPPED = Text(
    fr="Personne dans {names} : la ligne ou la colonne est sortie du tableau avant le test.",
    en="Nobody in {names}: the row or column left the table before the test.",
)


def warnings_of(design: BoundDesign) -> tuple[str, ...]:
    """What the kind of the design has to say of any test."""
    told: dict[str, tuple[str, ...]] = {
        "quota": ("estimates.quota",),
        "self_selected": ("estimates.self_selected", "comparisons.no_test"),
        "census": ("comparisons.census",),
    }
    return told.get(design.kind, ())
