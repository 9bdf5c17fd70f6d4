"""balance (Meta) on pandas frames: raking to known margins."""

from __future__ import annotations

import logging

import pandas as pd
from balance.weighting_methods.rake import rake
from measuring import Data, Work, run

logging.disable(logging.CRITICAL)


def frame(data: Data) -> pd.DataFrame:
    answers = pd.DataFrame(data.columns)
    names = list(data.margins)
    return answers.assign(**{name: answers[name].astype(str) for name in names})


def raking(answers: pd.DataFrame, data: Data):
    names = list(data.margins)
    margins = {name: {str(one): count for one, count in counts.items()} for name, counts in data.margins.items()}
    made = rake(
        sample_df=answers[names],
        sample_weights=answers["weight"],
        target_df=None,
        target_weights=None,
        target_margins=margins,
        transformations=None,
        convergence_rate=1e-9,
    )
    return made["weight"]


WORKS = {"raking": Work(frame, lambda answers, data: answers, raking, lambda made, data: {"weights": made.to_numpy()})}

if __name__ == "__main__":
    run(["balance", "pandas", "numpy"], WORKS)
