"""Tells why an answer is absent, as the lines of `missing:` explain it: not asked, not answered, box not chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from alliage.responses.columns import ReadColumn
from alliage.responses.statuses import ANSWERED, NO_ANSWER, NOT_ASKED
from alliage.studies import StudyFolder
from alliage.studies.declarations import Missing

Bools = NDArray[np.bool_]


def lines_about(read: StudyFolder, id: str) -> list[Missing]:
    """The lines of `missing:` about one of our columns, by its own id or by that of its question."""
    question = read.question_columns().get(id)
    names = {id, question.id} if question else {id}
    return [line for line in read.study.missing if line.column in names]


def explain(read: StudyFolder, columns: Mapping[str, ReadColumn]) -> tuple[dict[str, ReadColumn], dict[str, Bools]]:
    """The columns, each absent answer of a question explained by the first line that fits; and which ones none fits.

    Questions are taken in order, so that a condition (`unless`) on an earlier one sees it explained.
    """
    found = dict(columns)
    unexplained: dict[str, Bools] = {}
    for id in (id for id in columns if id in read.question_columns()):
        column = columns[id]
        values, status, open_ = column.values, column.status.copy(), column.status == NO_ANSWER
        for line in lines_about(read, id):
            fits = open_ & column.codes.among(line.values)
            for other, options in line.unless.items():
                fits &= ~_gave(found[other], options)
            if line.means == "not_asked":
                status[fits] = NOT_ASKED
            if line.means == "not_chosen":
                fits &= _ticked_another(read, id, columns)
                status[fits] = ANSWERED
                values = pc.if_else(pa.array(fits), 0.0, values)
            open_ &= ~fits
        found[id], unexplained[id] = replace(column, values=values, status=status), open_
    return found, unexplained


def _ticked_another(read: StudyFolder, id: str, columns: Mapping[str, ReadColumn]) -> Bools:
    """Who ticked a box of the same question: their empty boxes are answers; the others may have skipped the page."""
    boxes = [box for box in read.question_columns()[id].columns() if box in columns]
    return np.asarray(np.any([_gave(columns[box], ("1",)) for box in boxes], axis=0), dtype=bool)


def _gave(column: ReadColumn, options: tuple[str, ...]) -> Bools:
    """Who gave one of these answers: option ids, or 1 and 0 of a `multiple` question."""
    wanted = pa.array(options, pa.string())
    if pa.types.is_floating(column.values.type):
        wanted = wanted.cast(pa.float64())
    return np.asarray(pc.is_in(column.values, value_set=wanted).to_numpy(zero_copy_only=False), dtype=bool)
