"""Collects the answers of a study: source columns become our columns, and each absent answer says why it is absent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from alliage.catalogue.declarations import did_you_mean
from alliage.problems import Place, Problem, raise_all
from alliage.responses.absences import explain, lines_about
from alliage.responses.boxes import problems_of_boxes
from alliage.responses.collected import RESPONDENT, Responses
from alliage.responses.columns import (
    ReadColumn,
    cut,
    read_number_column,
    read_question_column,
    read_text_column,
)
from alliage.responses.design import problems_of_design
from alliage.responses.raw import RawAnswers
from alliage.studies import StudyFolder
from alliage.studies.declarations import Column
from alliage.text import Text, number

PROBLEMS_AT_ONCE = 20


def collect(read: StudyFolder, raw: RawAnswers) -> Responses:
    """Turn answers as received into answers under our ids, without touching the former.

    Raises answers.*: as many problems as found, the first twenty at once, each at its first line or cell.
    """
    sources = _sources(read)
    raise_all(_absent_columns(read, raw, sources)[:PROBLEMS_AT_ONCE])
    problems = _problems_of_ids(read, raw)
    columns, unexplained = explain(read, _read_columns(read, raw, sources, problems))
    problems += problems_of_boxes(read, columns, unexplained, raw, sources)
    status = {id: columns[id].status for id in columns if id in read.question_columns()}
    for derived in read.study.derived:
        columns[derived.id] = cut(columns[derived.source], derived, raw, sources[derived.source].source, problems)
        status[derived.id] = columns[derived.id].status
    problems += _more_than_frame(read, columns, raw.table.num_rows)
    problems += problems_of_design(read.study.design, columns, raw, sources)
    raise_all(problems[:PROBLEMS_AT_ONCE])
    respondents = raw.table.column(read.study.answers.id).combine_chunks()
    table = pa.table({RESPONDENT: respondents, **{id: column.values for id, column in columns.items()}})
    return Responses(folder=read, table=table, status=status, raw=raw)


def _sources(read: StudyFolder) -> dict[str, Column]:
    """For each of our columns, the source column it comes from; by default the one that has the same name."""
    declared = {column.id: column for column in read.study.columns}
    ours = dict.fromkeys([*read.question_columns(), *declared])
    dropped = _not_collected(read)
    return {id: declared.get(id, Column(source=id, id=id)) for id in ours if id not in dropped}


def _not_collected(read: StudyFolder) -> set[str]:
    dropped = set(read.study.not_collected)
    for question in read.questionnaire.questions:
        if question.id in dropped:
            dropped.update(question.columns())
    return dropped


def _absent_columns(read: StudyFolder, raw: RawAnswers, sources: dict[str, Column]) -> list[Problem]:
    found: list[Problem] = []
    id_source = read.study.answers.id
    if id_source not in raw.columns:
        near = did_you_mean(id_source, raw.columns)
        place = read.document.place(("answers", "id"))
        found.append(Problem("answers.no_id_column", place, source=id_source, file=raw.file, suggestion=near))
    ranks = {column.id: rank for rank, column in enumerate(read.study.columns)}
    questions = read.question_columns()
    for id, column in sources.items():
        if column.source in raw.columns:
            continue
        code = "answers.missing_column" if id in questions else "answers.missing_variable"
        place = read.document.place(("columns", ranks[id], "source") if id in ranks else ("columns",))
        near = did_you_mean(column.source, raw.columns)
        found.append(Problem(code, place, source=column.source, id=id, file=raw.file, suggestion=near))
    return found


def _problems_of_ids(read: StudyFolder, raw: RawAnswers) -> list[Problem]:
    """Each respondent has an id, and is the only one to have it."""
    source = read.study.answers.id
    first: dict[str, int] = {}
    found: list[Problem] = []
    for row, received in enumerate(raw.table.column(source).to_pylist()):
        id = received.strip()
        if not id:
            found.append(Problem("answers.empty_id", raw.place(row, source), source=source))
        elif id in first:
            other = _where(raw.place(first[id], source))
            found.append(Problem("answers.double_id", raw.place(row, source), id=id, other=other))
        else:
            first[id] = row
    return found[:PROBLEMS_AT_ONCE]


def _where(place: Place) -> Text:
    return replace(place, file=Path(place.file).name).spoken()


def _read_columns(
    read: StudyFolder, raw: RawAnswers, sources: dict[str, Column], problems: list[Problem]
) -> dict[str, ReadColumn]:
    questions, design = read.question_columns(), read.study.design
    numeric = {*design.fpc, *([design.weight] if design.weight else [])}
    columns: dict[str, ReadColumn] = {}
    for id, column in sources.items():
        if id in questions:
            absent = {word for rule in lines_about(read, id) for word in rule.values}
            columns[id] = read_question_column(raw, questions[id], column, read.study.answers, absent, problems)
        elif id in numeric:
            columns[id] = read_number_column(raw, column, read.study.answers, problems)
        else:
            columns[id] = read_text_column(raw, column)
    return columns


def _more_than_frame(read: StudyFolder, columns: Mapping[str, ReadColumn], n: int) -> Iterator[Problem]:
    """More people who count than the population holds. A weight of zero counts for nobody."""
    frame, weight = read.study.frame, read.study.design.weight
    if weight is not None:
        n = int(np.sum(np.asarray(columns[weight].values.to_numpy(zero_copy_only=False), dtype=np.float64) > 0))
    if n > frame.size:
        place = read.document.place(("frame", "size"))
        yield Problem("answers.more_than_frame", place, n=number(n), size=number(frame.size))
