"""Checks the boxes of multiple-choice questions: an empty box must mean something, and no more ticks than allowed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from alliage.instruments import Question
from alliage.problems import Problem
from alliage.responses.codes import times
from alliage.responses.columns import ReadColumn
from alliage.responses.raw import RawAnswers
from alliage.responses.statuses import ANSWERED
from alliage.studies import StudyFolder
from alliage.studies.declarations import Column
from alliage.text import number

Bools = NDArray[np.bool_]


def problems_of_boxes(
    read: StudyFolder,
    columns: Mapping[str, ReadColumn],
    unexplained: Mapping[str, Bools],
    raw: RawAnswers,
    sources: Mapping[str, Column],
) -> list[Problem]:
    """Everything that would make the share of an option wrong in silence.

    columns: explained; unexplained: who has no answer that a line of `missing:` accounts for.
    """
    found: list[Problem] = []
    for question in read.questionnaire.questions:
        boxes = [id for id in question.columns() if id in columns] if question.type == "multiple" else []
        if boxes:
            ticks = np.stack([_numbers(columns[box]) for box in boxes], axis=1)
            blank = np.stack([unexplained[box] & columns[box].codes.among([""]) for box in boxes], axis=1)
            found += _only_ticked(question, [sources[box].source for box in boxes], ticks, blank, raw)
            found += _too_many(question, sources[boxes[0]].source, ticks, raw)
    return found


def _only_ticked(
    question: Question, sources: list[str], ticks: NDArray[np.float64], blank: Bools, raw: RawAnswers
) -> Iterator[Problem]:
    """Some tools write 1 in a ticked box and nothing in the others; others write 0, and nothing for a skipped page.

    A blank is suspect beside another answer of the same person, or when the whole question has no 0; a box without any
    0 whose blanks are suspect would be shown at 100 %. Said once per question, at the first such box.
    """
    never = not np.any(ticks == 0)
    answered = np.any(~np.isnan(ticks), axis=1)
    for rank, source in enumerate(sources):
        box = ticks[:, rank]
        suspect = blank[:, rank] & (answered | never)
        if np.any(box == 1) and not np.any(box == 0) and suspect.any():
            place = raw.place(int(np.flatnonzero(suspect)[0]), source)
            empty = number(int(blank[:, rank].sum()))
            yield Problem("answers.only_ticked", place, column=source, question=question.id, empty=empty)
            return


def _too_many(question: Question, source: str, ticks: NDArray[np.float64], raw: RawAnswers) -> Iterator[Problem]:
    if question.max_choices is None:
        return
    chosen = np.sum(ticks == 1, axis=1)
    over = np.flatnonzero(chosen > question.max_choices)
    if len(over):
        yield Problem(
            "answers.too_many_choices",
            raw.place(int(over[0]), source),
            chosen=int(chosen[over[0]]),
            question=question.id,
            most=question.max_choices,
            times=times(len(over)),
        )


def _numbers(column: ReadColumn) -> NDArray[np.float64]:
    """1 ticked, 0 not, nan no answer."""
    values = np.asarray(column.values.to_numpy(zero_copy_only=False), dtype=np.float64)
    return np.where(column.status == ANSWERED, values, np.nan)
