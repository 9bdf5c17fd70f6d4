"""Regressions under a sampling design: linear, logistic, Poisson, ordinal. Equal to R survey's `svyglm`, `svyolr`.

Coefficients solve the weighted score equations; their covariance is that of the design for the totals of the scores,
put through the inverse information (Binder 1983), or that of the coefficients fitted again under each replicate.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array

from alliage.catalogue.declarations import did_you_mean
from alliage.comparisons.groups import everywhere
from alliage.estimates import level2
from alliage.estimates.columns import MISSING, Answers, as_tuple, categories, rows_of
from alliage.estimates.designs import BoundDesign, Design, bound
from alliage.estimates.influences import degrees_of_freedom, unit_totals
from alliage.estimates.level1 import Bools
from alliage.estimates.replicates.sets import weights_of
from alliage.estimates.stages import Codes, Floats
from alliage.models import fitting, ordinal
from alliage.models.families import FAMILIES, Family, FamilyName
from alliage.models.formulas import Formula, read_formula
from alliage.models.frames import Column, Frame, column_name, is_cells, read_frame
from alliage.models.profiles import Profiles, profiles_of, without_columns
from alliage.models.results import Caution, Fitted, Model
from alliage.problems import MESSAGES, Problem
from alliage.text import listed, same

# A domain: categories by column (one or several each), or whether each row belongs to it.
Within: TypeAlias = Mapping[str, str | Sequence[str]] | ArrayLike | None
NAMES: tuple[FamilyName, ...] = ("linear", "logistic", "poisson", "ordinal")

COMMA_NUMBER = re.compile(r"\s*[-+]?\d+(,\d+)?\s*")
REPLICATED = 4_000_000  # numbers of replicate weights made at a time
PERFECT = 1e-13  # what is left of a linear model, this small beside the answers, is rounding
SURE = 1e-9  # a probability this close to 0 or 1 is told


def regress(
    answers: Answers,
    formula: str,
    *,
    design: Design | BoundDesign,
    family: FamilyName = "linear",
    within: Within = None,
    order: Sequence[str] = (),
    missing: str | Sequence[str] = MISSING,
) -> Model:
    """Fit a model: `regress(answers, 'sport == "Oui" ~ age + sexe', design=design, family="logistic")`.

    formula: see `formulas`. within: the domain ({"region": "Nord"}, or n booleans); rows are never removed from the
    design. order: the answers of an ordinal model, the lowest first, when they are not numbers. missing: what is no
    answer; a row that lacks a variable is outside the model. Raises Problem models.*, estimates.*.
    """
    if family not in NAMES:
        raise Problem(
            "models.unknown_family", family=family, suggestion=did_you_mean(family, NAMES), known=", ".join(NAMES)
        )
    read = read_formula(formula)
    of_design = bound(design, answers)
    frame = read_frame(
        answers,
        read,
        ordinal=family == "ordinal",
        order=order,
        domain=_domain(answers, within, as_tuple(missing)),
        weighing=of_design.weight > 0,
        missing=as_tuple(missing),
    )
    _check_response(frame, family)
    _check_width(frame)
    columns = frame.columns[1:] if family == "ordinal" and read.intercept else frame.columns
    return fit_columns(of_design, read, family, frame, columns)


def fit_columns(
    design: BoundDesign, formula: Formula, family: FamilyName, frame: Frame, columns: tuple[Column, ...]
) -> Model:
    """The model of a frame, on some of its columns."""
    weight = design.weight[frame.rows]
    scaled_weight = weight / weight.mean()
    profiles = profiles_of(_with_columns(frame, columns), scaled_weight, cuts=family == "ordinal")
    _refuse_separated(formula, family, frame, columns)
    repeated = fitting.repeated(profiles, profiles.added(scaled_weight))
    aliased = tuple(columns[rank].name for rank in repeated)
    if aliased:
        profiles = without_columns(profiles, repeated)
    make = _Ordinal if family == "ordinal" else _General
    made = make(design, frame, profiles, scaled_weight, family)
    covariance, cautions = _covariance(design, made)
    names = made.names
    units = degrees(design, frame)
    slopes = len(profiles.columns)
    cautions = [*_about_design(design), *cautions, *made.cautions()]
    if aliased:
        cautions.insert(0, _caution("models.aliased", columns=", ".join(aliased)))
    for label, variable in frame.variables.items():
        if variable.is_categorical and not variable.factor.category and has_commas(variable.levels):
            cautions.append(_caution("models.decimal_comma", column=label))
    if units + 1 - slopes <= 0:
        cautions.append(_caution("models.no_degrees", units=f"{units:g}", coefficients=slopes))
    return Model(
        formula=formula,
        family=family,
        names=names,
        coefficients=made.coefficients,
        covariance=covariance,
        df=made.df(units),
        n=len(frame.rows),
        n_missing=frame.n_missing,
        weight_sum=float(weight.sum()),
        design=design,
        frame=frame,
        fitted=Fitted(
            profiles=profiles,
            naive=made.naive,
            deviance=made.deviance(),
            iterations=made.iterations,
            units=None if design.replicates is not None else made.units,
            replicas=made.replicas if design.replicates is not None else None,
        ),
        columns=profiles.columns,
        aliased=aliased,
        warnings=tuple(cautions),
    )


class _General:
    """A linear, logistic or Poisson model solved."""

    def __init__(
        self, design: BoundDesign, frame: Frame, profiles: Profiles, weight: Floats, family: FamilyName
    ) -> None:
        self.design, self.frame, self.profiles, self.weight = design, frame, profiles, weight
        self.family: Family = FAMILIES[family]
        # Answers around a million keep their digits: the intercept of a linear model takes their mean back.
        has_intercept = bool(profiles.columns) and not profiles.columns[0].parts
        self.middle = float(weight @ frame.response.y / weight.sum()) if family == "linear" and has_intercept else 0.0
        self.y = frame.response.y - self.middle
        weighted = profiles.added(weight * self.y)[:, None]
        found = fitting.fit(profiles, self.family, profiles.added(weight)[:, None], weighted)
        if not found.settled[0]:
            raise _not_settled(frame, profiles, found.coefficients[:, 0])
        self.parameters = found.coefficients[:, 0]
        self.iterations, self.loss = found.iterations, float(found.loss[0])
        self.eta = profiles.scores(found.coefficients)[:, 0]
        self.inverse = fitting.inverse(found.information[0])
        self.back = profiles.back
        self.naive = self.back @ self.inverse @ self.back.T
        self.coefficients = self._told(found.coefficients)[0]
        self.names = tuple(column.name for column in profiles.columns)
        self.replicas = np.zeros((0, len(self.names)))

    def _told(self, parameters: Floats) -> Floats:
        """From scaled columns (p x R) to columns as they are (R x p)."""
        found = (self.back @ parameters).T
        if self.middle:
            found[:, 0] += self.middle
        return np.asarray(found)

    def df(self, units: float) -> float:
        return units + 1 - len(self.names)

    def deviance(self) -> float:
        if self.family.name == "logistic" and is_binary(self.y):
            return 2 * self.loss
        mean = self.profiles.gathered(self.family.mean(self.eta))
        return float(self.weight @ self.family.deviance(self.y, mean))

    @cached_property
    def perfect(self) -> bool:
        """Whether a linear model leaves rounding only. Other families have no end of their own there."""
        return self.family.name == "linear" and self.deviance() <= PERFECT**2 * float(self.weight @ self.y**2)

    @cached_property
    def units(self) -> Floats:
        """Influence totals of the units on the coefficients (U x p); 0 where what is left is rounding."""
        design, rows = self.design, self.frame.rows
        away = self.y - self.profiles.gathered(self.family.mean(self.eta))
        if self.perfect:
            away = np.zeros_like(away)
        through = self.inverse @ self.back.T
        if design.residuals is None:
            stage = design.stages[-1]
            return self.profiles.by_group(stage.unit[rows], stage.units, self.weight * away) @ through
        mean_weight = design.weight[rows].mean()
        return unit_totals_of(design, rows, self.profiles.by_row(away / mean_weight) @ through)

    def replicate(self) -> None:
        """Fit again under each replicate, from the coefficients found: `replicas` (R x p), nan where it fails."""
        found, both = [], [np.ones(len(self.y)), self.y]
        for weight, weighted in replicate_sums(self.design, self.frame.rows, self.profiles, both):
            start = np.repeat(self.parameters[:, None], weight.shape[1], axis=1)
            made = fitting.fit(self.profiles, self.family, weight, weighted, start)
            made.coefficients[:, ~made.settled] = np.nan
            if self.perfect:
                made.coefficients[:, made.settled] = self.parameters[:, None]
            found.append(self._told(made.coefficients))
        self.replicas = np.vstack(found)

    def cautions(self) -> list[Caution]:
        if self.perfect:
            return [_caution("models.perfect_fit")]
        if self.family.name != "logistic":
            return []
        mean = self.family.mean(self.eta)
        sure = bool((mean < SURE).any() or (mean > 1 - SURE).any())
        return [_caution("models.probabilities_at_end")] if sure else []


class _Ordinal:
    """A proportional-odds model solved."""

    def __init__(
        self, design: BoundDesign, frame: Frame, profiles: Profiles, weight: Floats, family: FamilyName
    ) -> None:
        self.design, self.frame, self.profiles, self.weight = design, frame, profiles, weight
        self.answer = frame.response.y.astype(np.int64)
        counts = self._counts(weight)
        found = ordinal.fit_ordinal(profiles, counts)
        if not found.settled:
            raise _not_settled(frame, profiles, found.parameters[: len(profiles.columns)])
        self.parameters, self.iterations = found.parameters, found.iterations
        width, cuts = len(profiles.columns), len(frame.response.levels) - 1
        self.back = np.eye(width + cuts)
        self.back[:width, :width] = np.diag(1 / profiles.spread)
        self.back[width:, :width] = profiles.middle / profiles.spread
        self.coefficients = self.back @ self.parameters
        self.inverse = np.linalg.inv(found.information)
        self.naive = self.back @ self.inverse @ self.back.T
        self.counts, self.width = counts, width
        levels = frame.response.levels
        between = tuple(f"{low}|{high}" for low, high in pairwise(levels))
        self.names = tuple(column.name for column in profiles.columns) + between
        self.replicas = np.zeros((0, len(self.names)))

    def _counts(self, weight: Floats) -> Floats:
        return np.column_stack(
            [self.profiles.added(weight * (self.answer == rank)) for rank in range(len(self.frame.response.levels))]
        )

    def _scores(self) -> ordinal.Scores:
        eta = self.profiles.scores(self.parameters[: self.width, None])[:, 0]
        return ordinal.scores_at(eta, self.parameters[self.width :])

    def df(self, units: float) -> float:
        return units - self.width

    def deviance(self) -> float:
        with np.errstate(divide="ignore", invalid="ignore"):
            return -2 * float(np.where(self.counts > 0, self.counts * np.log(self._scores().probability), 0.0).sum())

    @cached_property
    def units(self) -> Floats:
        """Influence totals of the units on the coefficients (U x p)."""
        design, rows = self.design, self.frame.rows
        profile = slice(None) if self.profiles.of_row is None else self.profiles.of_row
        of_eta, of_cut = ordinal.row_scores(self._scores(), profile, self.answer)
        scores = np.hstack([self.profiles.by_row(of_eta), of_cut])
        mean_weight = design.weight[rows].mean()
        return unit_totals_of(design, rows, scores / mean_weight) @ self.inverse @ self.back.T

    def replicate(self) -> None:
        levels = len(self.frame.response.levels)
        answered = [(self.answer == rank).astype(np.float64) for rank in range(levels)]
        found = []
        for sums in replicate_sums(self.design, self.frame.rows, self.profiles, answered):
            counts = np.stack(sums, axis=2)  # P x R x K
            for rank in range(counts.shape[1]):
                made = ordinal.fit_ordinal(self.profiles, counts[:, rank], self.parameters)
                found.append(self.back @ made.parameters if made.settled else np.full(len(self.names), np.nan))
        self.replicas = np.array(found)

    def cautions(self) -> list[Caution]:
        return []


def _covariance(design: BoundDesign, made: _General | _Ordinal) -> tuple[Floats, list[Caution]]:
    """The covariance of the coefficients as the design's kind allows: 0 for a census, nan for volunteers."""
    width = len(made.names)
    if design.replicates is not None:
        made.replicate()
        failed = int((~np.isfinite(made.replicas).all(axis=1)).sum())
        told = [_caution("models.replicates_left_aside", count=failed, all=len(made.replicas))] if failed else []
        covariance = design.replicates.covariance(made.replicas, made.coefficients)
    else:
        told = []
        covariance = level2.covariance(design, made.units)
    if design.margin == "none":
        covariance = np.full((width, width), 0.0 if design.kind == "census" else np.nan)
    return covariance, told


def replicate_sums(design: BoundDesign, rows: Codes, profiles: Profiles, values: Sequence[Floats]) -> Any:
    """Sums over profiles of replicate weight times each value, a block of replicates at a time: lists of P x R.

    The factors of units are put on the sums of (profile, unit) cells, so that no row is read again.
    """
    replicates = design.replicates
    assert replicates is not None
    weight = design.weight[rows]
    profile = np.arange(len(rows), dtype=np.int64) if profiles.of_row is None else profiles.of_row
    if replicates.by_row:
        group, count, share = rows, len(design.weight), np.full(len(rows), 1 / weight.mean())
    else:
        stage = design.stages[-1]
        group, count, share = stage.unit[rows], stage.units, weight / weight.mean()
    matrices = [csr_array((share * one, (profile, group)), shape=(profiles.count, count)) for one in values]
    step = max(1, min(replicates.count, REPLICATED // max(count, profiles.count)))
    for first in range(0, replicates.count, step):
        last = min(first + step, replicates.count)
        block = weights_of(design, first, last) if replicates.by_row else replicates.factors.block(first, last)
        yield [np.asarray(matrix @ block) for matrix in matrices]


def unit_totals_of(design: BoundDesign, rows: Codes, influence: Floats) -> Floats:
    """Weighted totals over units (U x k) of influence values of some rows (m x k); the others have none."""
    return unit_totals(design, everywhere(design, rows, influence))


def degrees(design: BoundDesign, frame: Frame) -> float:
    """Degrees of freedom of the design within the rows of the model: R's `degf(subset(...))`.

    With replicates, within the domain, rows that lack a variable included, as R does.
    """
    inside = np.zeros(len(design.weight), dtype=bool)
    if design.replicates is None:
        inside[frame.rows] = True
        return degrees_of_freedom(design, inside)
    by_row = design.replicates.by_row
    return design.replicates.degrees(frame.asked if by_row else np.unique(design.stages[-1].unit[frame.asked]))


def has_commas(levels: Sequence[str]) -> bool:
    """Whether every category is a number, some of them with a decimal comma."""
    return any("," in level for level in levels) and all(COMMA_NUMBER.fullmatch(level) for level in levels)


def is_binary(y: Floats) -> bool:
    return bool(((y == 0) | (y == 1)).all())


def _domain(answers: Answers, within: Within, missing: Sequence[str]) -> Bools:
    n = rows_of(answers)
    if within is None:
        return np.ones(n, dtype=bool)
    if not isinstance(within, Mapping):
        given = np.asarray(within, dtype=bool)
        if given.shape != (n,):
            raise Problem("models.within_length", found=len(given), expected=n)
        return given
    inside = np.ones(n, dtype=bool)
    for name, wanted in within.items():
        read = categories(answers, name, asked_by="within", missing=missing)
        for word in as_tuple(wanted):
            if word not in read.labels:
                raise Problem(
                    "estimates.unknown_answer",
                    answer=word,
                    column=name,
                    suggestion=did_you_mean(word, read.labels),
                    known=", ".join(read.labels[:20]),
                )
        inside &= np.isin(read.codes, [read.labels.index(word) for word in as_tuple(wanted)])
    return inside


def _check_response(frame: Frame, family: FamilyName) -> None:
    y, label = frame.response.y, frame.response.label
    if family == "logistic" and ((y < 0) | (y > 1)).any():
        raise Problem("models.not_a_share", column=label, value=f"{y[(y < 0) | (y > 1)][0]:g}")
    if family == "poisson" and (y < 0).any():
        raise Problem("models.negative_count", column=label, value=f"{y[y < 0][0]:g}")
    ends = {"logistic": (0.0, 1.0), "poisson": (0.0,)}.get(family, ())
    if (y == y[0]).all() and y[0] in ends:
        raise Problem("models.same_answer", column=label, value=f"{y[0]:g}")


def _check_width(frame: Frame) -> None:
    """As many coefficients as people leave nothing to learn from: an identifier has entered the formula."""
    if len(frame.columns) < max(len(frame.rows), 2):
        return
    sizes = {label: len(variable.levels) for label, variable in frame.variables.items()}
    worst = max(sizes, key=lambda label: sizes[label])
    raise Problem("models.too_large", columns=len(frame.columns), rows=len(frame.rows), worst=worst)


def _with_columns(frame: Frame, columns: tuple[Column, ...]) -> Frame:
    """The same rows with some of the columns, and only the variables these use."""
    used = frozenset().union(*(column.labels for column in columns)) if columns else frozenset()
    variables = {label: variable for label, variable in frame.variables.items() if label in used}
    return replace(frame, variables=variables, columns=columns)


def _refuse_separated(formula: Formula, family: FamilyName, frame: Frame, columns: tuple[Column, ...]) -> None:
    """A category (or a crossing of categories) where everyone answered the same has an infinite effect."""
    if family not in {"logistic", "poisson"}:
        return
    y = frame.response.y
    for rank in sorted({column.term for column in columns if column.parts}):
        term = formula.terms[rank]
        if not is_cells(term, frame.variables):
            continue
        key, size = np.zeros(len(y), dtype=np.int64), 1
        for factor in term.factors:
            variable = frame.variables[factor.label]
            key = key * len(variable.levels) + variable.values.astype(np.int64)
            size *= len(variable.levels)
        count = np.bincount(key, minlength=size)
        added = np.bincount(key, weights=y, minlength=size)
        same = (count > 0) & ((added == 0) | ((added == count) & (family == "logistic")))
        if same.any():
            cell = int(np.flatnonzero(same)[0])
            where = cell
            parts: list[str] = []
            for factor in reversed(term.factors):
                variable = frame.variables[factor.label]
                where, level = divmod(where, len(variable.levels))
                parts.insert(0, f"{factor.label}={variable.levels[level]}")
            raise Problem(
                "models.separated",
                cell=":".join(parts),
                count=int(count[cell]),
                response=frame.response.label,
                value=f"{y[key == cell][0]:g}",
                term=term.label,
            )


def _not_settled(frame: Frame, profiles: Profiles, scaled: Floats) -> Problem:
    """Name the coefficients that went furthest."""
    size = np.abs(scaled)
    far = [rank for rank in np.argsort(-size)[:4] if profiles.columns[rank].parts and size[rank] > size.max() / 10]
    named = [column_name(profiles.columns[rank].parts, profiles.variables) for rank in far]
    return Problem("models.not_settled", columns=listed([same(name) for name in named]), response=frame.response.label)


def _about_design(design: BoundDesign) -> list[Caution]:
    return [_caution(f"estimates.{design.kind}")] if design.kind in {"quota", "self_selected"} else []


def _caution(code: str, **values: object) -> Caution:
    return Caution(code, MESSAGES[code].filled(**values))
