"""Collects the answers of a study: source columns become our columns, and each absent answer says why it is absent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from alliage.catalogue.declarations import did_you_mean
from alliage.problems import Place, Problem, raise_all
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
from alliage.responses.statuses import NO_ANSWER, NOT_ASKED, Status
from alliage.studies import StudyFolder
from alliage.studies.declarations import Column, Missing
from alliage.text import Text

PROBLEMS_AT_ONCE = 20


def collect(read: StudyFolder, raw: RawAnswers) -> Responses:
    """Turn answers as received into answers under our ids, without touching the former.

    Raises answers.*: as many problems as found, the first twenty at once, each at its first line or cell.
    """
    sources = _sources(read)
    raise_all(_absent_columns(read, raw, sources)[:PROBLEMS_AT_ONCE])
    problems = _problems_of_ids(read, raw)
    columns = _read_columns(read, raw, sources, problems)
    status = _with_not_asked(read, columns)
    for derived in read.study.derived:
        source = replace(columns[derived.source], status=status[derived.source])
        columns[derived.id] = cut(source, derived, raw, sources[derived.source].source, problems)
        status[derived.id] = columns[derived.id].status
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
            absent = {word for rule in _rules(read, id) for word in rule.values}
            columns[id] = read_question_column(raw, questions[id], column, read.study.answers, absent, problems)
        elif id in numeric:
            columns[id] = read_number_column(raw, column, read.study.answers, problems)
        else:
            columns[id] = read_text_column(raw, column)
    return columns


def _rules(read: StudyFolder, id: str) -> list[Missing]:
    """The lines of `missing:` about one of our columns, by its own id or by that of its question."""
    question = read.question_columns().get(id)
    names = {id, question.id} if question else {id}
    return [rule for rule in read.study.missing if rule.column in names]


def _gave(column: ReadColumn, options: tuple[str, ...]) -> NDArray[np.bool_]:
    """Who gave one of these answers: option ids, or 1 and 0 of a `multiple` question."""
    wanted = pa.array(options, pa.string())
    if pa.types.is_floating(column.values.type):
        wanted = wanted.cast(pa.float64())
    return np.asarray(pc.is_in(column.values, value_set=wanted).to_numpy(zero_copy_only=False), dtype=bool)


def _with_not_asked(read: StudyFolder, columns: dict[str, ReadColumn]) -> dict[str, Status]:
    """Tell the answers that were not asked for from those that were not given. The first rule that fits wins."""
    told: dict[str, Status] = {}
    for id in (id for id in columns if id in read.question_columns()):
        status = columns[id].status.copy()
        open_ = status == NO_ANSWER
        for rule in _rules(read, id):
            fits = open_ & columns[id].codes.among(rule.values)
            for other, options in rule.unless.items():
                fits &= ~_gave(columns[other], options)
            if rule.means == "not_asked":
                status[fits] = NOT_ASKED
            open_ &= ~fits
        told[id] = status
    return told
