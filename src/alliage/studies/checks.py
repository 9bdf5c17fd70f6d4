"""What a study or a plan names and does not exist, with the line where it is named."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from alliage.catalogue import Document
from alliage.catalogue.declarations import did_you_mean
from alliage.catalogue.documents import Address
from alliage.problems import Problem
from alliage.studies.declarations import PlanLine
from alliage.studies.folders import StudyFolder
from alliage.text import day

NUMBERS = {"number", "note", "notes"}
ONE_ANSWER = {"single", "singles", "category"}
COLUMN_ID = re.compile(r"[a-z][a-z0-9_]{0,120}")
RESERVED = {"respondent"}


def problems_of_study(read: StudyFolder) -> list[Problem]:
    """Everything the study says that contradicts its questionnaire or itself."""
    return [
        *_fieldwork(read),
        *_audience(read),
        *_columns(read),
        *_options(read),
        *_named_columns(read),
        *_unless(read),
        *_derived(read),
    ]


def problems_of_plan(
    plan: Sequence[PlanLine],
    document: Document,
    studies: Sequence[StudyFolder],
    known_indicators: Collection[str] | None,
) -> list[Problem]:
    """Indicators and breakdowns that the plan names and that no study can give."""
    found: list[Problem] = []
    breakdowns = sorted({name for study in studies for name in breakdowns_of(study)})
    for rank, line in enumerate(plan):
        if known_indicators is not None and line.indicator not in known_indicators:
            near = did_you_mean(line.indicator, known_indicators)
            place = document.place(("plan", rank, "indicator"))
            found.append(Problem("study.unknown_indicator", place, indicator=line.indicator, suggestion=near))
        for by_rank, by in enumerate(line.by):
            if by not in breakdowns:
                found.append(
                    Problem(
                        "study.unknown_breakdown",
                        document.place(("plan", rank, "by", by_rank)),
                        indicator=line.indicator,
                        by=by,
                        suggestion=did_you_mean(by, breakdowns),
                        known=", ".join(breakdowns),
                    )
                )
    return found


def breakdowns_of(read: StudyFolder) -> list[str]:
    """The variables a table can be broken down by: one-answer questions, derived variables, the zoning."""
    questions = [id for id, question in read.question_columns().items() if question.type in ONE_ANSWER]
    derived = [derived.id for derived in read.study.derived]
    zoning = [read.study.zoning.column] if read.study.zoning else []
    return [*questions, *derived, *zoning]


def _fieldwork(read: StudyFolder) -> Iterator[Problem]:
    fieldwork, frame = read.study.fieldwork, read.study.frame
    if fieldwork.end < fieldwork.start:
        place = read.document.place(("fieldwork", "end"))
        yield Problem("study.dates_reversed", place, start=day(fieldwork.start), end=day(fieldwork.end))
    if frame.size < 1:
        yield Problem("study.frame_size", read.document.place(("frame", "size")), size=frame.size)


def _audience(read: StudyFolder) -> Iterator[Problem]:
    if read.audience != read.questionnaire.audience:
        yield Problem(
            "study.wrong_audience",
            read.document.place(("audience",)),
            audience=read.audience,
            questionnaire=read.questionnaire.id,
            other=read.questionnaire.audience,
        )


def _columns(read: StudyFolder) -> Iterator[Problem]:
    """Ids of columns and of derived variables: well formed, given once."""
    first: dict[str, int | None] = {}
    declared = [(("columns", rank, "id"), column.id) for rank, column in enumerate(read.study.columns)]
    derived = [(("derived", rank, "id"), derived.id) for rank, derived in enumerate(read.study.derived)]
    for address, id in [*declared, *derived]:
        place = read.document.place(address)
        if not COLUMN_ID.fullmatch(id) or id in RESERVED:
            yield Problem("content.bad_id", place, id=id)
        if id in first or (address[0] == "derived" and id in read.question_columns()):
            yield Problem("study.double_column", place, id=id, first=first.get(id, "?"))
        first.setdefault(id, place.line)


def _options(read: StudyFolder) -> Iterator[Problem]:
    questions = read.question_columns()
    for rank, column in enumerate(read.study.columns):
        question = questions.get(column.id)
        if question is None or not question.options or question.type == "multiple":
            continue
        options = [option.id for option in question.options]
        for value, option in column.values.items():
            if option not in options:
                yield Problem(
                    "study.unknown_option",
                    read.document.place(("columns", rank, "values", value)),
                    source=column.source,
                    value=value,
                    option=option,
                    question=question.id,
                    suggestion=did_you_mean(option, options),
                    known=", ".join(options),
                )


def _named_columns(read: StudyFolder) -> Iterator[Problem]:
    """Columns named by the design, the zoning, the missing values and the derived variables."""
    questions = [question.id for question in read.questionnaire.questions]
    columns = [*read.question_columns(), *(column.id for column in read.study.columns)]
    variables = [*columns, *(derived.id for derived in read.study.derived)]
    everything = [*columns, *questions, *(id for question in read.questionnaire.questions for id in question.columns())]
    allowed_at = {
        "missing": [*columns, *questions],
        "derived": columns,
        "not_collected": everything,
    }
    for address, id in _names(read):
        allowed = columns if "unless" in address else allowed_at.get(str(address[0]), variables)
        if id not in allowed:
            key = " › ".join(str(step) for step in address if isinstance(step, str))
            near = did_you_mean(id, allowed)
            yield Problem("study.unknown_column", read.document.place(address), key=key, id=id, suggestion=near)


def _names(read: StudyFolder) -> Iterator[tuple[Address, str]]:
    study = read.study
    if study.design.weight is not None:
        yield ("design", "weight"), study.design.weight
    for key in ("strata", "clusters", "fpc"):
        for rank, id in enumerate(getattr(study.design, key)):
            yield ("design", key, rank), id
    if study.zoning is not None:
        yield ("zoning", "column"), study.zoning.column
    for rank, derived in enumerate(study.derived):
        yield ("derived", rank, "source"), derived.source
    for rank, id in enumerate(study.not_collected):
        yield ("not_collected", rank), id
    for rank, missing in enumerate(study.missing):
        yield ("missing", rank, "column"), missing.column
        for id in missing.unless:
            yield ("missing", rank, "unless", id), id


def _unless(read: StudyFolder) -> Iterator[Problem]:
    """An answer that nobody can give would turn everyone into "not asked" in silence."""
    questions = read.question_columns()
    for rank, missing in enumerate(read.study.missing):
        for id, options in missing.unless.items():
            known = ["1", "0"] if id in questions and questions[id].type == "multiple" else []
            if id in questions and questions[id].type in ONE_ANSWER:
                known = [option.id for option in questions[id].options]
            for option in options:
                if id in questions and option not in known:
                    yield Problem(
                        "study.unknown_answer",
                        read.document.place(("missing", rank, "unless", id)),
                        option=option,
                        column=id,
                        suggestion=did_you_mean(option, known),
                        known=", ".join(known) or "–",
                    )


def _derived(read: StudyFolder) -> Iterator[Problem]:
    questions = read.question_columns()
    for rank, derived in enumerate(read.study.derived):
        question = questions.get(derived.source)
        if question is not None and question.type not in NUMBERS:
            place = read.document.place(("derived", rank, "source"))
            yield Problem("study.not_a_number_column", place, id=derived.id, source=derived.source)
