"""What a study names and does not exist, or says twice, with the line where it says it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alliage.catalogue.declarations import did_you_mean
from alliage.catalogue.documents import Address
from alliage.problems import Problem
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
        *_empty_boxes(read),
        *_told_twice(read),
        *_derived(read),
    ]


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


def _empty_boxes(read: StudyFolder) -> Iterator[Problem]:
    """Only a box can be left empty for want of being chosen."""
    questions = read.question_columns()
    several = {name for id, asked in questions.items() if asked.type == "multiple" for name in (id, asked.id)}
    for rank, missing in enumerate(read.study.missing):
        if missing.means == "not_chosen" and missing.column not in several:
            place = read.document.place(("missing", rank, "means"))
            yield Problem("study.not_boxes", place, column=missing.column)


def _told_twice(read: StudyFolder) -> Iterator[Problem]:
    """`values:` comes before `missing:`: a value that both explain would make the second a promise nobody keeps."""
    questions = read.question_columns()
    values = {column.id: column.values for column in read.study.columns if column.id in questions}
    for rank, missing in enumerate(read.study.missing):
        for id, told in values.items():
            both = [value for value in missing.values if value in told and missing.column in {id, questions[id].id}]
            for value in both[:1]:
                place = read.document.place(("missing", rank, "column"))
                yield Problem("study.told_twice", place, value=value, column=id, answer=told[value])


def _derived(read: StudyFolder) -> Iterator[Problem]:
    questions = read.question_columns()
    for rank, derived in enumerate(read.study.derived):
        question = questions.get(derived.source)
        is_plain = question is None and any(column.id == derived.source for column in read.study.columns)
        if is_plain or (question is not None and question.type not in NUMBERS):
            place = read.document.place(("derived", rank, "source"))
            yield Problem("study.not_a_number_column", place, id=derived.id, source=derived.source)
