"""Replicate weights that come with the file: their columns, and what their kind says of the variance.

Scales are those of R survey's `svrepdesign`, which guesses fewer of them: what it only warns about is refused here.
"""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Any

import numpy as np
import pyarrow as pa

from alliage.estimates.columns import Answers, numbers, place_of
from alliage.estimates.replicates.drawing import Asked
from alliage.estimates.replicates.sets import Given, ReplicateKind, Replicates
from alliage.estimates.stages import Floats
from alliage.problems import Problem
from alliage.responses.raw import RawAnswers

# The scale these kinds have from R alone, whatever the design; the others need more, or allow it.
_OWN: tuple[ReplicateKind, ...] = ("BRR", "Fay", "JK2", "SDR", "ACS")
GIVEN: tuple[ReplicateKind, ...] = (*_OWN, "JK1", "JKn", "bootstrap", "other")


def read_replicates(asked: Asked, answers: Answers, weight: Floats, names: Sequence[str]) -> Replicates:
    """The replicates whose weights are columns of the answers. weight: n, from the columns `names`.

    Raises Problem estimates.*.
    """
    if asked.kind not in GIVEN:
        raise Problem("estimates.replicates_given", kind=asked.kind, known=", ".join(GIVEN))
    columns = [column for column in _columns(answers, asked.columns) if column not in names]
    if len(columns) < 2:
        raise Problem("estimates.replicates_none", asked=", ".join(asked.columns))
    weights = np.empty((len(weight), len(columns)))
    for rank, column in enumerate(columns):
        weights[:, rank] = numbers(answers, column, asked_by="replicate_weights")
        missing = ~np.isfinite(weights[:, rank])
        if missing.any():
            row = int(np.flatnonzero(missing)[0])
            place, count = place_of(answers, row, column), int(missing.sum())
            raise Problem("estimates.weight_missing", place, weight=column, row=row + 1, count=count)
    scale, rscales = _scales(asked, weights)
    if not asked.combined:
        weights *= weight[:, None]
    return Replicates(asked.kind, Given(weights), scale, rscales, asked.mse, np.arange(len(weight)))


def _columns(answers: Answers, asked: Sequence[str]) -> list[str]:
    """The columns named, or whose name is like rep_*, in the order of the file."""
    table: Any = answers.table if isinstance(answers, RawAnswers) else answers
    known: list[str] = table.column_names if isinstance(table, pa.Table) else list(table)
    found: dict[str, None] = {}
    for name in asked:
        like = [column for column in known if fnmatchcase(column, name)]
        found |= dict.fromkeys([name] if name in known or not like else like)
    if any("*" in name for name in asked) and not any(column in known for column in found):
        raise Problem("estimates.replicates_none", asked=", ".join(asked))
    return list(found)


def _scales(asked: Asked, weights: Floats) -> tuple[float, Floats]:
    """The scale, and that of each replicate."""
    kind, count = asked.kind, weights.shape[1]
    if kind in _OWN and (asked.scale is not None or asked.rscales):
        raise Problem(
            "estimates.replicates_option", option="scale" if asked.scale is not None else "rscales", kind=kind
        )
    if len(asked.rscales) not in {0, 1, count}:
        raise Problem("estimates.replicates_rscales", found=len(asked.rscales), expected=count)
    if min(asked.rscales, default=0) < 0 or not 0 <= (asked.scale or 0) < np.inf:
        raise Problem("estimates.replicates_negative")
    rscales = np.full(count, asked.rscales[0]) if len(asked.rscales) == 1 else np.array(asked.rscales, dtype=np.float64)
    largest = weights.max(axis=0)
    if not asked.rscales:
        if kind == "JKn" and asked.combined:
            raise Problem("estimates.replicates_scale", kind=kind, option="rscales")
        # A factor of n / (n - 1) says what n was.
        rscales = 1 / largest if kind == "JKn" else np.ones(count)
    if asked.scale is not None:
        return asked.scale, rscales
    if kind == "other":
        raise Problem("estimates.replicates_scale", kind=kind, option="scale")
    usual = {
        "BRR": 1 / count,
        "Fay": 1 / (count * (1 - asked.rho) ** 2),
        "SDR": 4 / count,
        "ACS": 4 / count,
        "bootstrap": 1 / (count - 1),
        "JK1": (count - 1) / count if asked.combined else 1 / float(largest[0]),
    }
    return usual.get(kind, 1.0), rscales
