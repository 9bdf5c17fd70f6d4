"""A fitted model: coefficients that travel with their covariance, the base, the references, what it assumes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

import numpy as np
import pyarrow as pa

from alliage.catalogue.declarations import did_you_mean
from alliage.comparisons import tails
from alliage.estimates.designs import BoundDesign
from alliage.estimates.figures import method_of
from alliage.estimates.intervals import Ends, checked_level, student
from alliage.estimates.printing import Printed, html_table, text_table
from alliage.estimates.stages import Floats
from alliage.models.families import FamilyName
from alliage.models.formulas import Formula
from alliage.models.frames import Column, Frame
from alliage.models.profiles import Profiles
from alliage.models.wording import footing, heading, sentences
from alliage.problems import Problem
from alliage.text import Language, Text


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to know beside the figures: a code of problems.models or problems.estimates, and its sentence."""

    code: str
    text: Text


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """What was solved, ready to go further.

    naive: the inverse information (p x p, columns as they are) under weights of mean 1: R's `naive.cov`. units: the
    influence totals of every unit of the last stage on each coefficient (U x p); nothing for replicates, which have
    the coefficients under each replicate instead (R x p).
    """

    profiles: Profiles
    naive: Floats
    deviance: float
    iterations: int
    units: Floats | None
    replicas: Floats | None


@dataclass(frozen=True, eq=False, repr=False)
class Model(Printed):
    """A model and everything asked about it. Coefficients, in order of `names`, and their covariance (p x p).

    n: respondents in the model, with a weight and every variable. n_missing: those of the domain that lack one. df:
    degrees of freedom of the design within these respondents, plus one, less the coefficients (R: `df.residual`); for
    an ordinal model, less the slopes and not the cuts. An ordinal model's cuts ("low|middle") come last.
    """

    formula: Formula
    family: FamilyName
    names: tuple[str, ...]
    coefficients: Floats
    covariance: Floats
    df: float
    n: int
    n_missing: int
    weight_sum: float
    design: BoundDesign
    frame: Frame
    fitted: Fitted
    columns: tuple[Column, ...]  # of `names`, the cuts apart
    aliased: tuple[str, ...]  # left out: their column repeats others
    warnings: tuple[Caution, ...]

    @property
    def response(self) -> str:
        """What is explained: "sport = Oui"."""
        return self.frame.response.label

    @property
    def references(self) -> dict[str, str]:
        """The category each variable is told against."""
        return {label: v.levels[0] for label, v in self.frame.variables.items() if v.is_categorical}

    @property
    def levels(self) -> dict[str, tuple[str, ...]]:
        """The categories of each variable, the reference first."""
        return {label: v.levels for label, v in self.frame.variables.items() if v.is_categorical}

    @property
    def is_ratio(self) -> bool:
        """Whether the exponential of a coefficient is a ratio (of odds, of means)."""
        return self.family != "linear"

    @property
    def slopes(self) -> int:
        """How many coefficients are not cuts."""
        return len(self.columns)

    @cached_property
    def standard_errors(self) -> Floats:
        return np.sqrt(np.diag(self.covariance))

    @cached_property
    def statistics(self) -> Floats:
        """Student's t of each coefficient; nan where its error is 0 or unknown."""
        error = self.standard_errors
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(error > 0, self.coefficients / error, np.nan)

    @cached_property
    def p_values(self) -> Floats:
        """That a coefficient this far from 0 comes by chance; nan without a degree of freedom."""
        return np.array([tails.of_student(float(t), self.df) for t in self.statistics])

    def intervals(self, level: float = 0.95) -> Ends:
        """Student's intervals of the coefficients: R's `confint`."""
        return student(self.coefficients, self.standard_errors, np.array(self.df), checked_level(level))

    def ratios(self, level: float = 0.95) -> Ratios:
        """Odds ratios (logistic, ordinal) or ratios of means (poisson), with their intervals.

        Raises Problem models.no_ratio for a linear model.
        """
        if not self.is_ratio:
            raise Problem("models.no_ratio")
        low, high = self.intervals(level)
        kept = [rank for rank, column in enumerate(self.columns) if column.parts]
        with np.errstate(over="ignore"):
            return Ratios(
                names=tuple(self.names[rank] for rank in kept),
                value=np.exp(self.coefficients[kept]),
                low=np.exp(low[kept]),
                high=np.exp(high[kept]),
                level=level,
            )

    def rank(self, name: str) -> int:
        """The place of a coefficient, or Problem models.unknown_coefficient."""
        if name not in self.names:
            raise Problem(
                "models.unknown_coefficient",
                name=name,
                suggestion=did_you_mean(name, self.names),
                known=", ".join(self.names),
            )
        return self.names.index(name)

    def __getitem__(self, name: str) -> float:
        """One coefficient by its name."""
        return float(self.coefficients[self.rank(name)])

    @property
    def method(self) -> str:
        """How the covariance was made."""
        return method_of(self.design)

    def to_arrow(self) -> pa.Table:
        """One row per coefficient. `covariance`: its row of the covariance matrix, in the order of the rows."""
        low, high = self.intervals()
        columns: dict[str, Any] = {
            "name": pa.array(self.names, pa.string()),
            "value": self.coefficients,
            "standard_error": self.standard_errors,
            "statistic": self.statistics,
            "df": np.full(len(self.names), self.df),
            "p": self.p_values,
            "low95": low,
            "high95": high,
        }
        if self.is_ratio:
            # The exponential of an intercept or of a cut is no ratio of two groups.
            compared = np.zeros(len(self.names), dtype=bool)
            compared[: self.slopes] = [bool(column.parts) for column in self.columns]
            ends = {"ratio": self.coefficients, "ratio_low95": low, "ratio_high95": high}
            with np.errstate(over="ignore"):
                columns |= {name: np.where(compared, np.exp(end), np.nan) for name, end in ends.items()}
        columns["covariance"] = pa.array(self.covariance.tolist(), pa.list_(pa.float64()))
        return pa.table(columns)

    def to_dicts(self) -> list[dict[str, Any]]:
        """One flat dictionary per coefficient, without the covariance."""
        return list(self.to_arrow().drop_columns(["covariance"]).to_pylist())

    def sentences(self) -> tuple[Text, ...]:
        """Each coefficient as a sentence, in both languages; interactions send to the predictive margins."""
        return sentences(self)

    def written(self, language: Language) -> str:
        """What was fitted and for whom, the table, the sentences, what is assumed."""
        named = [{HEADINGS[name][language]: value for name, value in row.items()} for row in self.to_dicts()]
        parts = [
            heading(self)[language],
            text_table(named),
            "\n".join(line[language] for line in self.sentences()),
            "\n".join(line[language] for line in footing(self)),
        ]
        return "\n\n".join(part for part in parts if part)

    def __repr__(self) -> str:
        return f"{self._top()}\n\n{text_table(self.to_dicts())}"

    def _repr_html_(self) -> str:
        return f"<p>{escape(self._top()).replace(chr(10), '<br>')}</p>{html_table(self.to_dicts())}"

    def _top(self) -> str:
        """The formula, then what was fitted, for whom, against which references."""
        facts = [self.family, f"n {self.n}", f"n_missing {self.n_missing}"]
        facts += [f"{label}={level}" for label, level in self.references.items()]
        return f"{self.formula.text}\n{' · '.join(facts)}"


# Column names in the reader's language.
HEADINGS: dict[str, Text] = {
    "name": Text(fr="coefficient", en="coefficient"),
    "value": Text(fr="valeur", en="value"),
    "standard_error": Text(fr="erreur_type", en="standard_error"),
    "statistic": Text(fr="t", en="t"),
    "df": Text(fr="ddl", en="df"),
    "p": Text(fr="p", en="p"),
    "low95": Text(fr="bas_95", en="low_95"),
    "high95": Text(fr="haut_95", en="high_95"),
    "ratio": Text(fr="rapport", en="ratio"),
    "ratio_low95": Text(fr="rapport_bas_95", en="ratio_low_95"),
    "ratio_high95": Text(fr="rapport_haut_95", en="ratio_high_95"),
}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Ratios(Printed):
    """exp(coefficient) and its interval, the intercept and cuts left out."""

    names: tuple[str, ...]
    value: Floats
    low: Floats
    high: Floats
    level: float

    def to_arrow(self) -> pa.Table:
        ends = f"{100 * self.level:.10g}"
        return pa.table(
            {
                "name": pa.array(self.names, pa.string()),
                "ratio": self.value,
                f"low{ends}": self.low,
                f"high{ends}": self.high,
            }
        )


@dataclass(frozen=True, eq=False, repr=False)
class Combined(Printed):
    """Several estimates with their covariance (k x k): margins, effects, predictions, contrasts. df: that of tests.

    `ends`: how to make intervals where they are not Student's around the value (a predicted chance stays in 0-1).
    """

    kind: str  # "margin", "effect", "prediction", "contrast"
    names: tuple[str, ...]
    value: Floats
    covariance: Floats
    df: float
    ends: Callable[[float], Ends] | None = None

    @cached_property
    def standard_errors(self) -> Floats:
        return np.sqrt(np.diag(self.covariance))

    def intervals(self, level: float = 0.95) -> Ends:
        if self.ends is not None:
            return self.ends(checked_level(level))
        return student(self.value, self.standard_errors, np.array(self.df), checked_level(level))

    def __getitem__(self, name: str) -> float:
        """One value by its name."""
        return float(self.value[self._rank(name)])

    def contrast(self, *weights: Mapping[str, float], names: Sequence[str] = ()) -> Combined:
        """Weighted sums of these estimates: `contrast({"Femme": 1, "Homme": -1})`. R: `svycontrast`."""
        matrix = np.zeros((len(weights), len(self.names)))
        for row, one in enumerate(weights):
            for name, weight in one.items():
                matrix[row, self._rank(name)] = weight
        told = tuple(names) or tuple(written_sum(one) for one in weights)
        return Combined("contrast", told, matrix @ self.value, matrix @ self.covariance @ matrix.T, self.df)

    def _rank(self, name: str) -> int:
        if name not in self.names:
            raise Problem(
                "models.unknown_coefficient",
                name=name,
                suggestion=did_you_mean(name, self.names),
                known=", ".join(self.names),
            )
        return self.names.index(name)

    def to_arrow(self) -> pa.Table:
        """One row per estimate, with its row of the covariance matrix."""
        low, high = self.intervals()
        error = self.standard_errors
        with np.errstate(divide="ignore", invalid="ignore"):
            t = np.where(error > 0, self.value / error, np.nan)
        columns: dict[str, Any] = {
            "name": pa.array(self.names, pa.string()),
            "value": self.value,
            "standard_error": error,
            "low95": low,
            "high95": high,
        }
        if self.kind in {"contrast", "effect"}:  # to be 0 means something
            columns |= {"statistic": t, "p": np.array([tails.of_student(float(one), self.df) for one in t])}
        columns["df"] = np.full(len(self.names), self.df)
        columns["covariance"] = pa.array(self.covariance.tolist(), pa.list_(pa.float64()))
        return pa.table(columns)

    def to_dicts(self) -> list[dict[str, Any]]:
        return list(self.to_arrow().drop_columns(["covariance"]).to_pylist())


def written_sum(weights: Mapping[str, float]) -> str:
    """{"a": 1, "b": -1} is "a - b"."""
    words = []
    for rank, (name, weight) in enumerate(weights.items()):
        sign = "-" if weight < 0 else ("+" if rank else "")
        size = "" if abs(weight) == 1 else f"{abs(weight):g} "
        words.append(f"{sign} {size}{name}".strip() if rank else f"{sign}{size}{name}")
    return " ".join(words)
