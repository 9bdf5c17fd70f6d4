"""What a model says on the scale of its answer: margins, average effects, predictions, contrasts.

A predictive margin is the mean of the predictions for everybody in the model, were they all in one category (Graubard
and Korn 1999; R's `svypredmeans`, Stata's `margins`). Its error has two sources, the coefficients and who was drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Literal, TypeAlias, get_args

import numpy as np

from alliage.catalogue.declarations import did_you_mean
from alliage.comparisons.methods import refuse_option
from alliage.estimates import level2
from alliage.estimates.columns import MISSING, Answers, as_tuple, rows_of
from alliage.estimates.intervals import Ends, student
from alliage.estimates.stages import Floats
from alliage.models.families import FAMILIES, Family, inverse_logit
from alliage.models.frames import Column, Variable, read_offset, read_variables
from alliage.models.profiles import matrix_of
from alliage.models.regressing import replicate_sums, unit_totals_of
from alliage.models.results import Combined, Model
from alliage.problems import Problem

# apart     the variances of the two sources are added (R's svypredmeans): they are independent if the model is right
# together  their covariance counts (Stata's vce(unconditional))
# fixed     those who were drawn are taken as they are: the coefficients alone err (Stata's margins)
Error = Literal["apart", "together", "fixed"]
ERRORS: tuple[Error, ...] = get_args(Error)
Floats2: TypeAlias = tuple[Floats, Floats]
# Variables of the profiles -> the value of each profile, and its derivative (P x p) on the coefficients.
Told: TypeAlias = Callable[[Floats], Floats2]


def predictive_margins(model: Model, variable: str, *, error: Error = "apart") -> Combined:
    """The mean prediction were everybody in each category of `variable`: R's `svypredmeans`.

    Not for an ordinal model. Raises Problem models.margins_variable, models.margins_number, models.no_ordinal,
    estimates.option.
    """
    family = _family(model, "predictive_margins")
    chosen = _variable(model, variable)
    if not chosen.is_categorical:
        raise Problem("models.margins_number", variable=variable)
    told = [_at_level(model, family, chosen, level) for level in range(len(chosen.levels))]
    return _averaged(model, told, "margin", chosen.levels, error)


def average_effects(model: Model, variable: str, *, error: Error = "apart") -> Combined:
    """The average effect of a variable on the scale of the answer.

    A number: the mean slope of the predictions. Categories: the margin of each less that of the reference. Not for an
    ordinal model. Raises Problem models.margins_variable, models.no_ordinal, estimates.option.
    """
    family = _family(model, "average_effects")
    chosen = _variable(model, variable)
    if chosen.is_categorical:
        margins = predictive_margins(model, variable, error=error)
        reference = chosen.levels[0]
        found = margins.contrast(*({level: 1.0, reference: -1.0} for level in chosen.levels[1:]))
        return replace(found, kind="effect")
    return _averaged(model, [_slope(model, family, chosen)], "effect", (variable,), error)


def contrast(model: Model, *weights: Mapping[str, float], names: Sequence[str] = ()) -> Combined:
    """Weighted sums of coefficients: `contrast(model, {"sexe=Homme": 1, "age": -10})`. R's `svycontrast`.

    Raises Problem models.unknown_coefficient.
    """
    return Combined("coefficient", model.names, model.coefficients, model.covariance, model.df).contrast(
        *weights, names=names
    )


def predict(model: Model, answers: Answers, *, link: bool = False, missing: str | Sequence[str] = MISSING) -> Combined:
    """The prediction for each row of `answers`, with its error: R's `predict(type = "response", se.fit = TRUE)`.

    Intervals are made on the scale of the coefficients. link: the value too. An ordinal model gives the chance of each
    answer: names are "row: answer". The covariance is that of all predictions (rows x rows): give the profiles of
    interest, not a whole file. Raises Problem models.unknown_level, models.predict_missing, estimates.no_column.
    """
    nothing = as_tuple(missing)
    rows = rows_of(answers)
    variables, known = read_variables(answers, model.frame, missing=nothing)
    offset = read_offset(answers, model.formula, missing=nothing)
    complete = ~np.isnan(offset)
    if variables:
        complete &= known
    if not complete.all():
        raise Problem("models.predict_missing", row=int(np.flatnonzero(~complete)[0]) + 1)
    x = matrix_of(model.columns, variables, slice(0, rows)) if variables else np.ones((rows, model.slopes))
    eta = x @ model.coefficients[: model.slopes] + offset
    names = [str(row) for row in range(1, rows + 1)]
    if model.family == "ordinal":
        return _ordinal_chances(model, x, eta, names)
    family = FAMILIES[model.family]
    linear = x @ model.covariance @ x.T
    if link:
        return Combined("prediction", tuple(names), eta, linear, model.df)
    slope = family.slope(eta)

    def ends(level: float) -> Ends:
        """Made on the scale of the coefficients, then brought back."""
        low, high = student(eta, np.sqrt(np.diag(linear)), np.array(model.df), level)
        return family.mean(low), family.mean(high)

    return Combined("prediction", tuple(names), family.mean(eta), linear * np.outer(slope, slope), model.df, ends)


def _ordinal_chances(model: Model, x: Floats, eta: Floats, names: Sequence[str]) -> Combined:
    levels = model.frame.response.levels
    cuts = model.coefficients[model.slopes :]
    below = inverse_logit(cuts - eta[:, None])
    rows, answers, width = len(eta), len(levels), len(model.names)
    ends = np.hstack([np.zeros((rows, 1)), below, np.ones((rows, 1))])
    toward = np.zeros((rows, answers + 1, width))
    slope = below * (1 - below)
    toward[:, 1:-1, : model.slopes] = -slope[:, :, None] * x[:, None, :]
    for cut in range(len(cuts)):
        toward[:, cut + 1, model.slopes + cut] = slope[:, cut]
    gradient = np.diff(toward, axis=1).reshape(rows * answers, width)
    told = tuple(f"{name}: {level}" for name in names for level in levels)
    value = np.diff(ends, axis=1).ravel()
    return Combined("prediction", told, value, gradient @ model.covariance @ gradient.T, model.df)


def _family(model: Model, verb: str) -> Family:
    if model.family == "ordinal":
        raise Problem("models.no_ordinal", verb=verb, column=model.response)
    return FAMILIES[model.family]


def _variable(model: Model, label: str) -> Variable:
    known = model.fitted.profiles.variables
    if label in known:
        return known[label]
    same = [variable for variable in known.values() if variable.factor.column == label]
    if not same:
        columns = sorted({variable.factor.column for variable in known.values()})
        raise Problem(
            "models.margins_variable",
            variable=label,
            suggestion=did_you_mean(label, columns),
            known=", ".join(columns),
        )
    return same[0]


def _at_level(model: Model, family: Family, variable: Variable, level: int) -> Told:
    """The mean of each profile were it at one level."""
    profiles = model.fitted.profiles
    changed = dict(profiles.variables)
    changed[variable.label] = replace(variable, values=np.full(profiles.count, level, dtype=np.int64))
    x = matrix_of(model.columns, changed, slice(0, profiles.count))

    def told(coefficients: Floats) -> Floats2:
        eta = x @ coefficients + profiles.offset
        return family.mean(eta), x * family.slope(eta)[:, None]

    return told


def _slope(model: Model, family: Family, variable: Variable) -> Told:
    """The derivative of the mean of each profile on the column that `variable` reads."""
    profiles = model.fitted.profiles
    everyone = slice(0, profiles.count)
    x = matrix_of(model.columns, profiles.variables, everyone)
    change = np.column_stack([_derivative(column, profiles.variables, variable) for column in model.columns])

    def told(coefficients: Floats) -> Floats2:
        eta = x @ coefficients + profiles.offset
        rate = change @ coefficients
        slope, bend = family.slope(eta), family.bend(eta)
        return slope * rate, x * (bend * rate)[:, None] + change * slope[:, None]

    return told


def _derivative(column: Column, variables: Mapping[str, Variable], variable: Variable) -> Floats:
    """The derivative of one column of the model on a column of the answers: product rule over its parts."""
    count = len(variable.values)
    found = np.zeros(count)
    for part in column.parts:
        factor = variables[part.label].factor
        if factor.column != variable.factor.column or part.level is not None:
            continue
        rest = Column(column.name, column.term, tuple(other for other in column.parts if other is not part))
        others = matrix_of((rest,), variables, slice(0, count))[:, 0]
        written = variables[part.label].written
        found += others if factor.change is None or written is None else others * factor.change.slope(written)
    return found


def _averaged(model: Model, told: Sequence[Told], kind: str, names: Sequence[str], error: Error) -> Combined:
    """Averages over those in the model, weighted, with their covariance."""
    refuse_option("error", error, ERRORS)
    design, rows, fitted = model.design, model.frame.rows, model.fitted
    profiles = fitted.profiles
    weight = design.weight[rows]
    sums = profiles.added(weight)
    total = sums.sum()
    made = [one(model.coefficients) for one in told]
    value = np.array([float(sums @ values) for values, _ in made]) / total
    gradient = np.vstack([sums @ slopes for _, slopes in made]) / total
    if design.margin == "none":
        covariance = np.full((len(told), len(told)), 0.0 if design.kind == "census" else np.nan)
    elif fitted.replicas is not None and design.replicates is not None:
        covariance = design.replicates.covariance(_replicas(model, told, fitted.replicas), value)
    else:
        covariance = gradient @ model.covariance @ gradient.T
        if error != "fixed":
            away = np.column_stack([profiles.gathered(values) for values, _ in made]) - value
            drawn = unit_totals_of(design, rows, away / total)
            if error == "apart":
                covariance = covariance + level2.covariance(design, drawn)
            else:
                assert fitted.units is not None
                covariance = level2.covariance(design, drawn + fitted.units @ gradient.T)
    return Combined(kind, tuple(names), value, covariance, model.df)


def _replicas(model: Model, told: Sequence[Told], coefficients: Floats) -> Floats:
    """The averages under each replicate, its coefficients and its weights (R x k)."""
    everyone = [np.ones(len(model.frame.rows))]
    found, first = [], 0
    for (weights,) in replicate_sums(model.design, model.frame.rows, model.fitted.profiles, everyone):
        for weight in weights.T:
            here = coefficients[first]
            first += 1
            found.append([float(weight @ one(here)[0]) / float(weight.sum()) for one in told])
    return np.array(found)
