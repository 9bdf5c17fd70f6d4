"""samplics on pandas frames: one item a call, its own way of several."""

from __future__ import annotations

import pandas as pd
from measuring import Data, Work, in_order, run
from samplics.estimation import TaylorEstimator
from samplics.utils.types import PopParam


def frame(data: Data) -> pd.DataFrame:
    return pd.DataFrame(data.columns)


def means(answers: pd.DataFrame, data: Data):
    made = []
    for item in data.items:
        estimator = TaylorEstimator(PopParam.mean)
        estimator.estimate(
            y=answers[item],
            samp_weight=answers["weight"],
            stratum=answers["stratum"],
            psu=answers["cluster"],
            domain=answers[data.options["by"]],
        )
        made.append((estimator.point_est, estimator.stderror))
    return made


def figures_of_means(made, data: Data):
    domain = list(made[0][0])
    return {
        "value": in_order(domain, [[point[one] for one in domain] for point, _ in made]),
        "se": in_order(domain, [[error[one] for one in domain] for _, error in made]),
    }


WORKS = {"means": Work(frame, lambda answers, data: answers, means, figures_of_means)}

if __name__ == "__main__":
    run(["samplics", "pandas", "numpy"], WORKS)
