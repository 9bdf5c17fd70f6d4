"""Frames: the variables a formula names, read in the answers, and the columns of the model they make.

Text is categories, numbers are numbers; `C(column)` makes categories of numbers. In answers read from a file, where
everything is text, a column is numeric if every answer in it is a number and the file gives no label to its codes.
A row without one of the variables is outside the model (R: `na.omit`), and counted.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from alliage.catalogue.declarations import did_you_mean
from alliage.estimates.columns import Answers, categories, column_of, is_finite, numbers, place_of, rows_of
from alliage.estimates.level1 import Bools
from alliage.estimates.stages import Codes, Floats
from alliage.models.formulas import Factor, Formula, Term
from alliage.problems import Problem
from alliage.responses.raw import RawAnswers

INTERCEPT = "(1)"
MOST_COLUMNS = 2000  # beyond, a covariance nobody reads, and memory


@dataclass(frozen=True, slots=True, eq=False)
class Variable:
    """One factor over rows: numbers, or codes into levels of which the first is the reference."""

    factor: Factor
    values: Floats | Codes
    levels: tuple[str, ...] = ()  # empty for a number
    written: Floats | None = None  # the number before its change, where it has one

    @property
    def label(self) -> str:
        return self.factor.label

    @property
    def is_categorical(self) -> bool:
        return bool(self.levels)

    def at(self, rows: Codes) -> Variable:
        written = None if self.written is None else self.written[rows]
        return Variable(self.factor, self.values[rows], self.levels, written)


@dataclass(frozen=True, slots=True)
class Part:
    """What one factor gives to a column: its number (no level), or whether it is at a level."""

    label: str
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the model: a product of parts. `term` is its rank in the formula, -1 for the intercept."""

    name: str
    term: int
    parts: tuple[Part, ...]

    @property
    def labels(self) -> frozenset[str]:
        return frozenset(part.label for part in self.parts)


@dataclass(frozen=True, slots=True, eq=False)
class Response:
    """What is explained: y as numbers; for an ordinal model, ranks into `levels`, the lowest answer first."""

    label: str
    y: Floats
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """The rows of a model, m of the n rows of the answers, and their variables."""

    rows: Codes  # m: which rows of the answers
    asked: Codes  # rows of the domain with a weight, those that lack a variable included
    response: Response
    variables: Mapping[str, Variable]
    columns: tuple[Column, ...]
    offset: Floats  # m
    n_missing: int  # rows of the domain with a weight that lack one of the variables


def read_frame(
    answers: Answers,
    formula: Formula,
    *,
    ordinal: bool,
    order: Sequence[str],
    domain: Bools,
    weighing: Bools,
    missing: Sequence[str],
) -> Frame:
    """Read everything the formula names. domain, weighing: n, who is asked for and who has a weight.

    Raises Problem models.* and estimates.*.
    """
    raw = {factor.label: _read(answers, factor, missing) for factor in formula.factors}
    known = np.ones(len(domain), dtype=bool)
    for variable in raw.values():
        if variable.is_categorical:
            known &= variable.values >= 0
        elif not is_finite(np.asarray(variable.values, dtype=np.float64)):
            known &= ~np.isnan(variable.values)
    offset = read_offset(answers, formula, missing=missing)
    known &= ~np.isnan(offset)
    response = _response(answers, formula, ordinal, order, missing)
    known &= ~np.isnan(response.y)
    inside = domain & weighing
    rows = np.flatnonzero(known & inside)
    if len(rows) == 0:
        raise Problem("models.nobody", formula=formula.text)
    everyone = len(rows) == len(domain)
    variables = {label: _settled(variable if everyone else variable.at(rows)) for label, variable in raw.items()}
    _refuse_wide(formula, variables)
    return Frame(
        rows=rows,
        asked=np.flatnonzero(inside),
        response=_observed(
            Response(response.label, response.y if everyone else response.y[rows], response.levels), ordinal
        ),
        variables=variables,
        columns=columns_of(formula, variables),
        offset=offset[rows],
        n_missing=int(np.count_nonzero(inside)) - len(rows),
    )


def read_variables(answers: Answers, frame: Frame, *, missing: Sequence[str]) -> tuple[dict[str, Variable], Bools]:
    """The same variables in other answers, coded as in the frame, and the rows (n) that have them all.

    Raises Problem models.unknown_level for a category that the model has not seen.
    """
    found: dict[str, Variable] = {}
    known: Bools | None = None
    for label, variable in frame.variables.items():
        if variable.is_categorical:
            read = categories(answers, variable.factor.column, asked_by="predict", missing=missing)
            strangers = [word for word in read.labels if word not in variable.levels]
            if strangers:
                raise Problem(
                    "models.unknown_level",
                    column=variable.factor.column,
                    level=strangers[0],
                    known=", ".join(variable.levels),
                )
            recode = np.array([variable.levels.index(word) for word in read.labels] + [-1], dtype=np.int64)
            values: Floats | Codes = recode[read.codes]
            here = values >= 0
        else:
            values = _numeric(answers, variable.factor, missing).values
            here = ~np.isnan(values)
        found[label] = Variable(variable.factor, values, variable.levels)
        known = here if known is None else known & here
    return found, np.ones(0, dtype=bool) if known is None else known


def read_offset(answers: Answers, formula: Formula, *, missing: Sequence[str]) -> Floats:
    """What is added to the linear score of each row (n), nan where it is not known."""
    found = np.zeros(rows_of(answers))
    for factor in formula.offsets:
        found += _numeric(answers, factor, missing).values
    return found


def _refuse_wide(formula: Formula, variables: Mapping[str, Variable]) -> None:
    """Before any column is made: a file of a million identifiers would make as many."""
    sizes = {label: max(len(variable.levels), 1) for label, variable in variables.items()}
    count = sum(math.prod(sizes[label] for label in term.labels) for term in formula.terms)
    if count > MOST_COLUMNS:
        worst = max(sizes, key=lambda label: sizes[label])
        raise Problem("models.too_many_columns", columns=count, limit=MOST_COLUMNS, worst=worst, levels=sizes[worst])


def _read(answers: Answers, factor: Factor, missing: Sequence[str]) -> Variable:
    if factor.change is None and (factor.category or not is_number(answers, factor.column, missing)):
        read = categories(answers, factor.column, asked_by="formula", missing=missing)
        if not read.labels:
            raise Problem("estimates.no_answer", column=factor.column)
        return Variable(factor, read.codes, read.labels)
    return _numeric(answers, factor, missing)


def is_number(answers: Answers, name: str, missing: Sequence[str]) -> bool:
    """Whether a column is read as numbers."""
    if not isinstance(answers, RawAnswers):
        if isinstance(answers, pa.Table) and name in answers.column_names:
            kind = answers.schema.field(name).type
        else:
            kind = column_of(answers, name, asked_by="formula").type
        return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))
    if name in answers.columns and answers.columns[name].value_labels:
        return False
    return all(_reads_as_number(word) for word in categories(answers, name, asked_by="formula", missing=missing).labels)


def _reads_as_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


def _numeric(answers: Answers, factor: Factor, missing: Sequence[str]) -> Variable:
    """A number, changed as the formula says; infinite or impossible ones are refused by row."""
    written = numbers(answers, factor.column, asked_by="formula", missing=missing)
    values = factor.change.applied(written) if factor.change else written
    wrong = np.zeros(0, dtype=bool) if is_finite(values) else ~np.isfinite(values) & ~np.isnan(written)
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        place = place_of(answers, row, factor.column)
        raise Problem("models.not_finite", place, written=factor.label, row=row + 1, value=f"{written[row]:g}")
    return Variable(factor, values, written=written if factor.change else None)


def _settled(variable: Variable) -> Variable:
    """Categories nobody of the model holds are left out, and the reference comes first."""
    if not variable.is_categorical:
        return variable
    codes = variable.values.astype(np.int64)
    seen = np.flatnonzero(np.bincount(codes, minlength=len(variable.levels)))
    reference = variable.factor.reference
    if reference is not None:
        if reference not in variable.levels:
            raise Problem(
                "models.no_reference",
                column=variable.factor.column,
                reference=reference,
                suggestion=did_you_mean(reference, variable.levels),
                known=", ".join(variable.levels),
            )
        first = variable.levels.index(reference)
        if first not in seen:
            raise Problem("models.empty_reference", column=variable.factor.column, reference=reference)
        seen = np.concatenate([[first], seen[seen != first]])
    if len(seen) == 1:
        raise Problem("models.one_level", column=variable.factor.column, level=variable.levels[seen[0]])
    recode = np.full(len(variable.levels), -1, dtype=np.int64)
    recode[seen] = np.arange(len(seen))
    return Variable(variable.factor, recode[codes], tuple(variable.levels[code] for code in seen))


def _response(
    answers: Answers, formula: Formula, ordinal: bool, order: Sequence[str], missing: Sequence[str]
) -> Response:
    factor = formula.response
    if formula.success is not None:
        read = categories(answers, factor.column, asked_by="formula", missing=missing)
        if formula.success not in read.labels:
            raise Problem(
                "estimates.unknown_answer",
                answer=formula.success,
                column=factor.column,
                suggestion=did_you_mean(formula.success, read.labels),
                known=", ".join(read.labels[:20]),
            )
        y = (read.codes == read.labels.index(formula.success)).astype(np.float64)
        return Response(f"{factor.column} = {formula.success}", np.where(read.codes < 0, np.nan, y))
    if ordinal:
        return _ordered(answers, factor, order, missing)
    if factor.change is None and not is_number(answers, factor.column, missing):
        column = column_of(answers, factor.column, asked_by="formula")
        if pa.types.is_boolean(column.type):
            return Response(factor.label, numbers(answers, factor.column, asked_by="formula", missing=missing))
        words = categories(answers, factor.column, asked_by="formula", missing=missing).labels
        shown = ", ".join(words[:12]) + (" …" if len(words) > 12 else "")
        raise Problem("models.text_response", column=factor.column, known=shown, answer=words[-1] if words else "…")
    return Response(factor.label, _numeric(answers, factor, missing).values.astype(np.float64))


def _ordered(answers: Answers, factor: Factor, order: Sequence[str], missing: Sequence[str]) -> Response:
    read = categories(answers, factor.column, asked_by="formula", missing=missing)
    if not order:
        if not all(_reads_as_number(word) for word in read.labels):
            raise Problem("models.no_order", column=factor.column, known=", ".join(read.labels))
        return Response(factor.column, np.where(read.codes < 0, np.nan, read.codes), read.labels)
    forgotten = [word for word in read.labels if word not in order]
    unknown = [word for word in order if word not in read.labels]
    if forgotten or unknown or len(set(order)) < len(order):
        raise Problem("models.wrong_order", column=factor.column, order=" < ".join(order), known=", ".join(read.labels))
    recode = np.array([order.index(word) for word in read.labels] + [-1], dtype=np.int64)
    codes = recode[read.codes]
    return Response(factor.column, np.where(codes < 0, np.nan, codes), tuple(order))


def _observed(response: Response, ordinal: bool) -> Response:
    """An ordinal response less the answers nobody of the model gave; it needs three."""
    if not ordinal:
        return response
    codes = response.y.astype(np.int64)
    seen = np.flatnonzero(np.bincount(codes, minlength=len(response.levels)))
    if len(seen) < 3:
        raise Problem("models.two_answers", column=response.label, count=len(seen))
    recode = np.zeros(len(response.levels))
    recode[seen] = np.arange(len(seen))
    return Response(response.label, recode[codes], tuple(response.levels[code] for code in seen))


def columns_of(formula: Formula, variables: Mapping[str, Variable]) -> tuple[Column, ...]:
    """The columns of the model, as R's `model.matrix` with treatment contrasts.

    Categories are told against their reference where the term less that variable is in the model; otherwise every
    one of them has its column.
    """
    present = {term.labels for term in formula.terms}
    if formula.intercept:
        present.add(frozenset())
    found = [Column(INTERCEPT, -1, ())] if formula.intercept else []
    for rank, term in enumerate(formula.terms):
        parts: list[tuple[Part, ...]] = [()]
        for factor in term.factors:
            variable = variables[factor.label]
            choices: list[Part] = [Part(factor.label)]
            if variable.is_categorical:
                first = 1 if term.labels - {factor.label} in present else 0
                choices = [Part(factor.label, level) for level in range(first, len(variable.levels))]
            # The first factor varies fastest.
            parts = [(*before, choice) for choice in choices for before in parts]
        found += [Column(column_name(made, variables), rank, made) for made in parts]
    return tuple(found)


def column_name(parts: Sequence[Part], variables: Mapping[str, Variable]) -> str:
    """ "age", "sexe=Homme", "age:sexe=Homme"."""
    return ":".join(
        part.label if part.level is None else f"{part.label}={variables[part.label].levels[part.level]}"
        for part in parts
    )


def is_cells(term: Term, variables: Mapping[str, Variable]) -> bool:
    """Whether a term is made of categories only."""
    return all(variables[factor.label].is_categorical for factor in term.factors)
