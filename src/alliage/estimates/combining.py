"""Combinations: sums and functions of estimates, with the error that their covariance gives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike
from scipy.special import ndtr, stdtr

from alliage.catalogue.declarations import did_you_mean
from alliage.estimates.figures import USUAL_LEVEL, level_name
from alliage.estimates.intervals import OF_NUMBERS, checked_level, interval_method
from alliage.estimates.lists import Estimates
from alliage.estimates.pooling import sums_of
from alliage.estimates.printing import Printed
from alliage.estimates.results import MarginKind
from alliage.estimates.samples import Samples
from alliage.estimates.stages import Floats
from alliage.problems import Problem

# Of every estimate in order, one or several figures.
Function: TypeAlias = Callable[[Floats], ArrayLike]


@dataclass(frozen=True, slots=True)
class Named:
    """A function of two estimates a and b, with its derivatives, and what it is worth when they are equal."""

    value: Callable[[float, float], float]
    gradient: Callable[[float, float], tuple[float, float]]
    when_equal: float


FUNCTIONS: dict[str, Named] = {
    "difference": Named(lambda a, b: a - b, lambda a, b: (1.0, -1.0), 0.0),
    "ratio": Named(lambda a, b: a / b, lambda a, b: (1 / b, -a / b**2), 1.0),
    "log_ratio": Named(lambda a, b: float(np.log(a / b)), lambda a, b: (1 / a, -1 / b), 0.0),
    "relative_change": Named(lambda a, b: (a - b) / b, lambda a, b: (1 / b, -a / b**2), 0.0),
    "odds_ratio": Named(
        lambda a, b: a * (1 - b) / (b * (1 - a)),
        lambda a, b: ((1 - b) / (b * (1 - a) ** 2), -a / ((1 - a) * b**2)),
        1.0,
    ),
    "log_odds_ratio": Named(
        lambda a, b: float(np.log(a * (1 - b) / (b * (1 - a)))),
        lambda a, b: (1 / (a * (1 - a)), -1 / (b * (1 - b))),
        0.0,
    ),
}
# The step of a numerical derivative, beside the size of what moves; halved twice, extrapolated to its limit.
STEP = 1e-3


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Combined(Printed):
    """c figures made of estimates: values, their covariance, degrees of freedom, what they would be without effect."""

    names: tuple[str, ...]
    value: Floats  # c
    covariance: Floats  # c x c
    df: Floats  # c
    null: Floats  # c: what `p_value` tests against
    interval: str
    level: float
    margin: MarginKind

    def __len__(self) -> int:
        return len(self.names)

    @property
    def standard_error(self) -> Floats:
        return np.sqrt(np.diag(self.covariance))

    @property
    def statistic(self) -> Floats:
        """(value - null) / standard error; nan where there is no error to compare with."""
        error = self.standard_error
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(error > 0, (self.value - self.null) / error, np.nan)

    @property
    def p_value(self) -> Floats:
        """Of Student's test, both sides."""
        return p_values(self.statistic, self.df)

    def intervals(self, level: float) -> tuple[Floats, Floats]:
        """Low and high ends at another level, by the same method."""
        ends = OF_NUMBERS[self.interval]
        return ends(self.value, self.standard_error, np.ones(len(self)), self.df, checked_level(level))

    def to_arrow(self) -> pa.Table:
        """One row per figure."""
        low, high = self.intervals(self.level)
        name = level_name(self.level)
        return pa.table(
            {
                "name": pa.array(self.names, pa.string()),
                "value": self.value,
                "standard_error": self.standard_error,
                f"low{name}": low,
                f"high{name}": high,
                "df": self.df,
                "null": self.null,
                "statistic": self.statistic,
                "p_value": self.p_value,
                "margin": pa.repeat(pa.scalar(self.margin), len(self)),
                "interval": pa.repeat(pa.scalar(self.interval), len(self)),
            }
        )


def combine(
    estimates: Estimates | Sequence[Estimates],
    coefficients: Mapping[str, ArrayLike] | ArrayLike | None = None,
    *,
    function: str | Function | None = None,
    of: tuple[int, int] = (0, 1),
    independent: bool = False,
    interval: str = "t",
    level: float = USUAL_LEVEL,
) -> Combined:
    """Weighted sums of estimates, or functions of them: R's `svycontrast`.

    The m estimates are those of one table, or of several end to end: all of one design, whose covariance is used, or
    of `independent` samples, which have none (tables made with one bound design stay together). Say one of:

    coefficients   m numbers; or {name: m numbers} or a matrix c x m for several sums
    function       of two of them (`of`: their ranks a, b), one of "difference", "ratio" (a/b), "log_ratio",
                   "relative_change" ((a-b)/b), "odds_ratio", "log_odds_ratio"; or any function of the m values that
                   answers one figure or several, whose derivatives are taken numerically (the delta method)

    Degrees of freedom: units minus strata of the domains used, together; over independent samples those of Welch and
    Satterthwaite. interval: "t", "log" (a ratio, which stays positive), "normal". A census adds no error, a
    self-selected sample makes it unknown. Raises Problem estimates.*.
    """
    tables = [estimates] if isinstance(estimates, Estimates) else list(estimates)
    if not any(map(len, tables)):
        raise Problem("estimates.nothing_asked", asked_by="combine")
    method, samples = interval_method("mean", interval), Samples.of(tables, independent=independent)
    if (coefficients is None) == (function is None):
        raise Problem("estimates.combine_one_of")
    value = samples.values
    if coefficients is not None:
        names, matrix = _coefficients(coefficients, len(value))
        made, null = sums_of(matrix).applied(value), np.zeros(len(matrix))
    elif callable(function):
        made = np.atleast_1d(np.asarray(function(value.copy()), dtype=np.float64))
        names, matrix = tuple(str(rank) for rank in range(len(made))), _gradient(function, value)
        null = np.zeros(len(made))
    else:
        names, made, matrix, null = _named(str(function), value, of)
    sums = sums_of(matrix)
    with np.errstate(invalid="ignore"):  # an infinite derivative: the error is not known
        covariance, df = samples.covariance(sums), samples.spread(sums)[1]
    return Combined(names, made, covariance, df, null, method, checked_level(level), samples.margin)


def p_values(statistic: Floats, df: Floats) -> Floats:
    """Student's test, both sides; nan where there is no degree of freedom."""
    with np.errstate(invalid="ignore"):
        away = -np.abs(statistic)
        usual = 2 * stdtr(np.where(df > 0, df, 1.0), away)
    return np.where(np.isinf(df), 2 * ndtr(away), np.where(df > 0, usual, np.nan))


def _coefficients(given: Mapping[str, ArrayLike] | ArrayLike, count: int) -> tuple[tuple[str, ...], Floats]:
    if isinstance(given, Mapping):
        names, rows = tuple(given), [np.asarray(row, dtype=np.float64) for row in given.values()]
    else:
        rows = list(np.atleast_2d(np.asarray(given, dtype=np.float64)))
        names = tuple(str(rank) for rank in range(len(rows)))
    for name, row in zip(names, rows, strict=True):
        if row.shape != (count,):
            raise Problem("estimates.coefficients", name=name, found=row.size, expected=count)
    return names, np.stack(rows) if rows else np.zeros((0, count))


def _named(function: str, value: Floats, of: tuple[int, int]) -> tuple[tuple[str, ...], Floats, Floats, Floats]:
    if function not in FUNCTIONS:
        shown, suggestion = ", ".join(FUNCTIONS), did_you_mean(function, FUNCTIONS)
        raise Problem("estimates.unknown_function", function=function, suggestion=suggestion, known=shown)
    known = FUNCTIONS[function]
    for rank in of:
        if not 0 <= rank < len(value):
            raise Problem("estimates.rank", rank=rank, count=len(value), last=len(value) - 1)
    a, b = value[of[0]], value[of[1]]
    matrix = np.zeros((1, len(value)))
    with np.errstate(divide="ignore", invalid="ignore"):
        for rank, slope in zip(of, known.gradient(a, b), strict=True):
            matrix[0, rank] += slope
        return (function,), np.array([known.value(a, b)]), matrix, np.array([known.when_equal])


def _gradient(function: Function, value: Floats) -> Floats:
    """The derivatives (c x m) by central differences at three steps, extrapolated (Richardson): errors of step^6."""
    columns = []
    for rank in range(len(value)):
        step = STEP * (abs(value[rank]) or 1.0)
        coarse, middle, fine = (_slope(function, value, rank, step / 2**halved) for halved in range(3))
        better, best = (4 * middle - coarse) / 3, (4 * fine - middle) / 3
        columns.append((16 * best - better) / 15)
    return np.stack(columns, axis=1)


def _slope(function: Function, value: Floats, rank: int, step: float) -> Floats:
    ends = []
    for sign in (1, -1):
        moved = value.copy()
        moved[rank] += sign * step
        ends.append(np.atleast_1d(np.asarray(function(moved), dtype=np.float64)))
    return np.asarray((ends[0] - ends[1]) / (2 * step))
