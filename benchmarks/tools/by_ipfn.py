"""ipfn on a pandas frame: proportional fitting of the rows' starting weights."""

from __future__ import annotations

import pandas as pd
from ipfn import ipfn
from measuring import Data, Work, run


def frame(data: Data) -> pd.DataFrame:
    return pd.DataFrame(data.columns)


def fitting(answers: pd.DataFrame, data: Data):
    aggregates = []
    for name, counts in data.margins.items():
        aggregates.append(pd.Series(counts, name="weight").rename_axis(name))
    return answers, aggregates, [[name] for name in data.margins]


def raking(ready, data: Data):
    answers, aggregates, dimensions = ready
    # Its frame is changed in place: each run starts from a copy.
    fitted = ipfn.ipfn(answers.copy(), aggregates, dimensions, weight_col="weight", convergence_rate=1e-9)
    return fitted.iteration()["weight"]


WORKS = {"raking": Work(frame, fitting, raking, lambda made, data: {"weights": made.to_numpy()})}

if __name__ == "__main__":
    run(["ipfn", "pandas", "numpy"], WORKS)
