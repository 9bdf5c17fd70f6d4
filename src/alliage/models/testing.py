"""Tests of terms: whether a variable, with all its categories, says anything once the others are in the model.

Wald's test asks the covariance of the coefficients; the Rao-Scott test compares the likelihoods of the models with
and without the term, with the law that the design gives to their ratio (Rao and Scott 1984, Lumley and Scott 2014).
R survey: `regTermTest`, `anova.svyglm`, `psrsq`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pyarrow as pa
from scipy.linalg import eigh

from alliage.catalogue.declarations import did_you_mean
from alliage.comparisons import tails
from alliage.comparisons.methods import refuse_option
from alliage.estimates.columns import as_tuple
from alliage.estimates.printing import Printed
from alliage.estimates.stages import Codes, Floats
from alliage.models.frames import Column
from alliage.models.regressing import fit_columns
from alliage.models.results import Model
from alliage.problems import Problem

Method = Literal["wald", "lrt"]
Law = Literal["integration", "saddlepoint", "satterthwaite"]
METHODS: tuple[Method, ...] = get_args(Method)
LAWS: tuple[Law, ...] = get_args(Law)


@dataclass(frozen=True, slots=True)
class TermTest:
    """One term tested. statistic: F for Wald's test; for lrt, twice the log of the ratio of likelihoods.

    effect: the mean design effect of the likelihood ratio (lrt), nan for Wald's test. p is nan where nothing can be
    tested.
    """

    term: str
    method: Method
    statistic: float
    ndf: float
    ddf: float
    effect: float
    p: float


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class TermTests(Printed):
    """The table of terms."""

    tests: tuple[TermTest, ...]

    def __getitem__(self, term: str) -> TermTest:
        return {one.term: one for one in self.tests}[term]

    def to_arrow(self) -> pa.Table:
        fields = ("term", "method", "statistic", "ndf", "ddf", "effect", "p")
        return pa.table({name: pa.array([getattr(one, name) for one in self.tests]) for name in fields})


def term_test(
    model: Model, term: str | Sequence[str], *, method: Method = "wald", law: Law = "integration"
) -> TermTest:
    """Test one term, or several at once, against the model without them: R's `regTermTest`.

    law: how the probability of a Rao-Scott statistic is found: "integration" is exact; R's usual "saddlepoint" is a few
    percent off for one or two coefficients; "satterthwaite" keeps two moments. Raises Problem models.unknown_term,
    estimates.option.
    """
    refuse_option("method", method, METHODS)
    refuse_option("law", law, LAWS)
    terms = as_tuple(term)
    ranks = _ranks(model, terms)
    label = " + ".join(terms)
    if len(ranks) == 0 or not np.isfinite(model.covariance).all() or model.df <= 0:
        return TermTest(label, method, float("nan"), len(ranks), model.df, float("nan"), float("nan"))
    if method == "wald":
        return _wald(model, label, ranks)
    kept = tuple(column for rank, column in enumerate(model.columns) if rank not in set(ranks.tolist()))
    return _likelihood(model, refitted(model, kept), label, ranks, law)


def term_tests(model: Model, *, method: Method = "wald", law: Law = "integration") -> TermTests:
    """Every term against the model without it (SAS and Stata's type III, where no term is part of another)."""
    return TermTests(tuple(term_test(model, term.label, method=method, law=law) for term in model.formula.terms))


def anova(model: Model, *, method: Method = "lrt", law: Law = "integration") -> TermTests:
    """Terms added one after the other, in the order of the formula: R's `anova.svyglm`."""
    found = []
    terms = [term.label for term in model.formula.terms]
    for count, term in enumerate(terms, start=1):
        ranks = set(_ranks(model, terms[count:]).tolist())
        kept = tuple(column for rank, column in enumerate(model.columns) if rank not in ranks)
        found.append(term_test(refitted(model, kept) if ranks else model, term, method=method, law=law))
    return TermTests(tuple(found))


@dataclass(frozen=True, slots=True)
class PseudoR2:
    """How much better than a model without variables: Cox and Snell's, and Nagelkerke's (Lumley 2017)."""

    cox_snell: float
    nagelkerke: float


def pseudo_r2(model: Model) -> PseudoR2:
    """R's `psrsq`. For a linear model the first is the usual R squared, nan for the second."""
    null = refitted(model, tuple(column for column in model.columns if not column.parts))
    before, after, n = null.fitted.deviance, model.fitted.deviance, model.n
    if model.family == "linear":
        return PseudoR2(1 - after / before if before > 0 else float("nan"), float("nan"))
    cox_snell = 0.0 - np.expm1((after - before) / n)
    return PseudoR2(float(cox_snell), float(cox_snell / -np.expm1(-before / n)))


def refitted(model: Model, columns: Sequence[Column]) -> Model:
    """The same model on some of its columns."""
    kept = tuple(column for column in model.columns if column in columns)
    return fit_columns(model.design, model.formula, model.family, model.frame, kept)


def _ranks(model: Model, labels: Sequence[str]) -> Codes:
    """The coefficients of some terms."""
    known = [term.label for term in model.formula.terms]
    wanted = set()
    for label in labels:
        same = [rank for rank, term in enumerate(model.formula.terms) if term.labels == frozenset(label.split(":"))]
        if not same:
            raise Problem(
                "models.unknown_term", term=label, suggestion=did_you_mean(label, known), known=", ".join(known)
            )
        wanted.add(same[0])
    return np.array([rank for rank, column in enumerate(model.columns) if column.term in wanted], dtype=np.int64)


def _wald(model: Model, label: str, ranks: Codes) -> TermTest:
    beta, covariance = model.coefficients[ranks], model.covariance[np.ix_(ranks, ranks)]
    size = np.sqrt(np.diag(covariance))
    if not (size > 0).all():
        return TermTest(label, "wald", float("nan"), len(ranks), model.df, float("nan"), float("nan"))
    f = float(beta / size @ np.linalg.solve(covariance / np.outer(size, size), beta / size)) / len(ranks)
    return TermTest(label, "wald", f, len(ranks), model.df, float("nan"), tails.of_fisher(f, len(ranks), model.df))


def _likelihood(model: Model, null: Model, label: str, ranks: Codes, law: Law) -> TermTest:
    here = np.ix_(ranks, ranks)
    ratio = max(null.fitted.deviance - model.fitted.deviance, 0.0)
    effects = eigh(model.covariance[here], model.fitted.naive[here], eigvals_only=True)
    if not (effects > 0).all():
        return TermTest(label, "lrt", ratio, len(ranks), model.df, float("nan"), float("nan"))
    return TermTest(
        label, "lrt", ratio, len(ranks), model.df, float(effects.mean()), _probability(ratio, effects, model.df, law)
    )


def _probability(ratio: float, effects: Floats, ddf: float, law: Law) -> float:
    if ratio == 0.0:
        return 1.0
    if law == "satterthwaite":
        scale, df = tails.satterthwaite(effects)
        return tails.of_fisher(ratio / scale / df, df, ddf)
    if law == "saddlepoint":
        return tails.saddlepoint(ratio, effects, ddf=ddf)
    if len(effects) == 1:
        return tails.of_fisher(ratio / float(effects[0]), 1.0, ddf)
    return tails.of_sum(ratio, effects, ddf=ddf)
