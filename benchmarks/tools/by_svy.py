"""svy (Samplics LLC) on Polars frames."""

from __future__ import annotations

import numpy as np
import polars as pl
import svy
from measuring import Data, Work, in_order, run


def frame(data: Data) -> pl.DataFrame:
    return pl.read_parquet(data.parquet)


def sample(answers: pl.DataFrame, data: Data) -> svy.Sample:
    return svy.Sample(answers, svy.Design(stratum="stratum", psu="cluster", wgt="weight"))


def means(ready: svy.Sample, data: Data):
    made = ready.estimation.mean(data.items, by=data.options.get("by"))
    return [one.to_polars() for one in made]


def figures_of_means(made, data: Data):
    domain = made[0][data.options["by"]].to_numpy() if "by" in data.options else np.zeros(len(made[0]))
    return {
        "value": in_order(domain, [one["est"].to_numpy() for one in made]),
        "se": in_order(domain, [one["se"].to_numpy() for one in made]),
    }


def weighted(answers: pl.DataFrame, data: Data) -> svy.Sample:
    return svy.Sample(answers, svy.Design(wgt="weight"))


def raking(ready: svy.Sample, data: Data):
    return ready.weighting.rake(controls=data.margins, tol=1e-9, wgt_name="raked").data["raked"]


def bootstrap(ready: svy.Sample, data: Data):
    drawn = ready.weighting.create_bs_wgts(data.options["replicates"], rstate=1)
    return [one.to_polars() for one in drawn.estimation.mean(data.items, method="replication")]


def jackknife(ready: svy.Sample, data: Data):
    made = ready.weighting.create_jk_wgts()
    return [one.to_polars() for one in made.estimation.mean(data.items, method="replication")]


def figures_of_bootstrap(made, data: Data):
    figures = figures_of_means(made, data)
    return {"value": figures["value"], "random_se": figures["se"]}


def crosstab(ready: svy.Sample, data: Data):
    return ready.categorical.tabulate("y00", "y01").stats.f


def regression(ready: svy.Sample, data: Data):
    return ready.glm.fit("outcome", x=data.covariates, family="binomial").to_polars()


def quantiles(ready: svy.Sample, data: Data):
    return [one.to_polars() for one in ready.estimation.quantile("income", p=data.options["probabilities"])]


def figures_of_quantiles(made, data: Data):
    return {
        "value": [one["est"][0] for one in made],
        "low": [one["lci"][0] for one in made],
        "high": [one["uci"][0] for one in made],
    }


WORKS = {
    "means": Work(frame, sample, means, figures_of_means),
    "raking": Work(frame, weighted, raking, lambda made, data: {"weights": made.to_numpy()}),
    "bootstrap": Work(frame, sample, bootstrap, figures_of_bootstrap),
    "jackknife": Work(frame, sample, jackknife, figures_of_means),
    "crosstab": Work(frame, sample, crosstab, lambda f, data: {"statistic": [f.value], "df": [f.df_num, f.df_den]}),
    "regression": Work(
        frame,
        sample,
        regression,
        lambda made, data: {"value": made["estimate"].to_numpy(), "se": made["std_err"].to_numpy()},
    ),
    "quantiles": Work(frame, sample, quantiles, figures_of_quantiles),
}

if __name__ == "__main__":
    run(["svy", "svy_rs", "polars"], WORKS)
