"""Margins held against what was asked and answered: a category nobody could be in, or too many are, is a slip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from alliage.catalogue.declarations import did_you_mean
from alliage.problems import Problem
from alliage.studies import StudyFolder
from alliage.text import number
from alliage.weights.margins import Margin
from alliage.weights.merging import read_merges

ONE_ANSWER = {"single", "singles", "category"}


def problems_of_categories(read: StudyFolder, margins: Sequence[Margin]) -> Iterator[Problem]:
    """A problem, at its line, for each category of a margin that is not an answer of its question, or a band.

    A category of count zero is harmless, and so is one that `merge:` attaches to an answer. Raises weights.*_merge.
    """
    possible = _possible(read)
    merges = read_merges(read.study.weighting.merge, margins, place=read.document.place(("weighting", "merge")))
    told: set[tuple[str, str, str]] = set()
    for margin in margins:
        for cell in margin.cells:
            merged = merges.cell(margin.variables, cell.values)
            for variable, value in zip(margin.variables, merged, strict=True):
                key = (margin.id, variable, value)
                known = possible.get(variable)
                if cell.count == 0 or known is None or value in known or key in told:
                    continue
                told.add(key)
                yield Problem(
                    "weights.not_asked",
                    cell.place,
                    category=value,
                    variable=variable,
                    suggestion=did_you_mean(value, known),
                    known=", ".join(known),
                )


def more_than_counted(answers: pa.Table, margin: Margin, weights: NDArray[np.float64]) -> Iterator[Problem]:
    """A category with more answers than the population counts there; a weight (n) of zero counts for nobody."""
    if margin.use != "counts" or margin.level != "individual" or not set(margin.variables) <= set(answers.column_names):
        return
    rows = zip(*(answers.column(variable).to_pylist() for variable in margin.variables), strict=True)
    answered = Counter(row for row, weighs in zip(rows, weights.tolist(), strict=True) if weighs > 0)
    for cell in margin.cells:
        # A category nobody is in by its own count has its own message (weights.zero_cell).
        if 0 < cell.count < answered[cell.values]:
            yield Problem(
                "answers.more_than_margin",
                cell.place,
                n=number(answered[cell.values]),
                cell=cell.name,
                margin=margin.label,
                count=number(cell.count),
                unit=margin.unit,
            )


def _possible(read: StudyFolder) -> dict[str, tuple[str, ...]]:
    """What each variable can be worth: the options of a question with one answer, the bands of a derived variable."""
    options = {
        id: tuple(option.id for option in question.options)
        for id, question in read.question_columns().items()
        if question.type in ONE_ANSWER and question.options
    }
    return options | {derived.id: tuple(band.id for band in derived.bands) for derived in read.study.derived}
