"""Checks the columns of the sampling design: a weight for everyone, none negative, not all zero; no empty stratum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from alliage.problems import Place, Problem
from alliage.responses.codes import times
from alliage.responses.columns import ReadColumn
from alliage.responses.raw import RawAnswers
from alliage.responses.statuses import ANSWERED
from alliage.studies.declarations import Column, Design


def problems_of_design(
    design: Design, columns: Mapping[str, ReadColumn], raw: RawAnswers, sources: Mapping[str, Column]
) -> list[Problem]:
    """Everything that would make a weight or a variance wrong in silence."""
    found: list[Problem] = []
    if design.weight is not None:
        found += _weight(columns[design.weight], raw, sources[design.weight].source)
    for id in (*design.strata, *design.clusters, *design.fpc):
        if id in sources:  # a derived variable has none: it was checked when it was cut
            found += _complete(columns[id], raw, sources[id].source)
    return found


def _weight(column: ReadColumn, raw: RawAnswers, source: str) -> Iterator[Problem]:
    weights = np.asarray(column.values.to_numpy(zero_copy_only=False), dtype=np.float64)
    empty = np.flatnonzero(column.codes.among([""]))
    if len(empty):
        yield Problem(
            "answers.weight_missing", raw.place(int(empty[0]), source), column=source, times=times(len(empty))
        )
    negative = np.flatnonzero(weights < 0)
    if len(negative):
        yield Problem(
            "answers.weight_negative",
            raw.place(int(negative[0]), source),
            column=source,
            value=f"{weights[negative[0]]:g}",
            times=times(len(negative)),
        )
    if len(weights) and not np.any(np.isnan(weights)) and not np.any(weights):
        yield Problem("answers.weight_all_zero", Place(raw.file), column=source)


def _complete(column: ReadColumn, raw: RawAnswers, source: str) -> Iterator[Problem]:
    empty: NDArray[np.int64] = np.flatnonzero(column.status != ANSWERED)
    if len(empty):
        place = raw.place(int(empty[0]), source)
        yield Problem("answers.empty_design", place, column=source, times=times(len(empty)))
