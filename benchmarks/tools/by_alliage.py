"""Alliage on Arrow tables in memory."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from measuring import Data, Work, in_order, run

import alliage
from alliage.comparisons import independence
from alliage.estimates import compiled
from alliage.models import regress
from alliage.weights import calibrate, make_margin

DESIGN = alliage.Design(weight="weight", strata="stratum", clusters="cluster")
# What the peers tell: the value, its error, its interval, its base. A design effect would cost one more pass.
FIGURES = ("value", "standard_error", "low95", "high95", "n", "df")


def table(data: Data) -> pa.Table:
    if data.options["tool"] == "alliage_plain":
        compiled.WORTHWHILE = math.inf
    return pq.read_table(data.parquet).combine_chunks()


def bound(answers: pa.Table, data: Data):
    return answers, DESIGN.bind(answers)


def means(ready, data: Data) -> pa.Table:
    answers, design = ready
    return alliage.mean(answers, data.items, design=design, by=data.options.get("by", ())).to_arrow(FIGURES)


def figures_of_means(made: pa.Table, data: Data):
    return {"value": _square(made, "value", data), "se": _square(made, "standard_error", data)}


def _square(made: pa.Table, figure: str, data: Data):
    """D x k, from one row per item and domain, items first."""
    items = len(data.items)
    columns = made[figure].to_numpy().reshape(items, -1)
    if "by" not in data.options:
        return columns.T
    domain = made[data.options["by"]].to_numpy(zero_copy_only=False).reshape(items, -1)[0]
    return in_order(domain, list(columns))


def bootstrap(answers: pa.Table, data: Data) -> pa.Table:
    design = replace(DESIGN, replicates="bootstrap", replicate_count=data.options["replicates"], seed=1)
    return means((answers, design.bind(answers)), data)


def jackknife(answers: pa.Table, data: Data) -> pa.Table:
    return means((answers, replace(DESIGN, replicates="JKn").bind(answers)), data)


def figures_of_bootstrap(made: pa.Table, data: Data):
    return {"value": _square(made, "value", data), "random_se": _square(made, "standard_error", data)}


def as_it_is(answers: pa.Table, data: Data) -> pa.Table:
    """Replicates are made with the design: reading it is part of the work, for all tools."""
    return answers


def with_margins(answers: pa.Table, data: Data):
    """The margins as Alliage declares them: by the written category."""
    margins = [
        make_margin(name, {str(category): count for category, count in counts.items()})
        for name, counts in data.margins.items()
    ]
    return answers, margins


def raking(ready, data: Data):
    answers, margins = ready
    return calibrate(answers, margins, design_weight="weight")


def logit(ready, data: Data):
    answers, margins = ready
    return calibrate(answers, margins, design_weight="weight", method="logit", bounds=(0.2, 5.0), rescale=False)


def crosstab(ready, data: Data):
    answers, design = ready
    return independence(answers, "y00", "y01", design=design)[0]


def regression(ready, data: Data):
    answers, design = ready
    return regress(answers, f"outcome ~ {' + '.join(data.covariates)}", design=design, family="logistic")


def quantiles(ready, data: Data) -> pa.Table:
    answers, design = ready
    made = alliage.quantile(answers, "income", data.options["probabilities"], design=design)
    return made.to_arrow(FIGURES)


def figures_of_quantiles(made: pa.Table, data: Data):
    return {
        name: made[column].to_numpy() for name, column in (("value", "value"), ("low", "low95"), ("high", "high95"))
    }


WORKS = {
    "means": Work(table, bound, means, figures_of_means),
    "bootstrap": Work(table, as_it_is, bootstrap, figures_of_bootstrap),
    "jackknife": Work(table, as_it_is, jackknife, figures_of_means),
    "raking": Work(table, with_margins, raking, lambda made, data: {"weights": made.values}),
    "logit": Work(table, with_margins, logit, lambda made, data: {"weights": made.values}),
    "crosstab": Work(
        table,
        bound,
        crosstab,
        lambda made, data: {"statistic": [made.statistic], "df": [made.ndf, made.ddf]},
    ),
    "regression": Work(
        table,
        bound,
        regression,
        lambda made, data: {"value": made.coefficients, "se": np.sqrt(np.diag(made.covariance))},
    ),
    "quantiles": Work(table, bound, quantiles, figures_of_quantiles),
}

if __name__ == "__main__":
    run(["alliage", "numpy", "pyarrow"], WORKS)
