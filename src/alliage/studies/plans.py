"""What a plan names and no study can give, or names twice, with the line where it is named."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from alliage.catalogue import Document, did_you_mean
from alliage.problems import Problem
from alliage.studies.declarations import PlanLine
from alliage.studies.folders import StudyFolder

ONE_COLUMN = {"single", "category"}


def problems_of_plan(
    plan: Sequence[PlanLine],
    document: Document,
    studies: Sequence[StudyFolder],
    known_indicators: Collection[str] | None,
) -> list[Problem]:
    """Indicators and breakdowns that the plan names and that no study can give; what it names twice."""
    found = [*_repeated(plan, document), *_two_cuts(plan, document, studies)]
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
    """The variables a table can be broken down by: one-answer questions and derived variables of this file.

    The territories of a zoning are the answers of one of these questions. An item of a battery is not a breakdown.
    """
    questions = [id for id, question in read.question_columns().items() if question.type in ONE_COLUMN]
    return [*questions, *(derived.id for derived in read.study.derived)]


def _repeated(plan: Sequence[PlanLine], document: Document) -> Iterator[Problem]:
    """The same table twice would be counted twice by whoever reads the files."""
    first: dict[str, int | None] = {}
    for rank, line in enumerate(plan):
        place = document.place(("plan", rank))
        if line.indicator in first:
            yield Problem("study.double_table", place, indicator=line.indicator, first=first[line.indicator])
        first.setdefault(line.indicator, place.line)
        for by in dict.fromkeys(by for by in line.by if line.by.count(by) > 1):
            yield Problem("study.double_breakdown", place, indicator=line.indicator, by=by)


def _two_cuts(plan: Sequence[PlanLine], document: Document, studies: Sequence[StudyFolder]) -> Iterator[Problem]:
    """One number cut in two ways: the few people between both cuts would be found by subtraction."""
    places = [(by, ("plan", rank, "by", place)) for rank, line in enumerate(plan) for place, by in enumerate(line.by)]
    told: set[str] = set()
    for study in studies:
        sources = {derived.id: derived.source for derived in study.study.derived}
        first: dict[str, str] = {}
        for by, address in places:
            if by not in sources:
                continue
            source, kept = sources[by], first.setdefault(sources[by], by)
            if kept != by and by not in told:
                told.add(by)
                yield Problem("study.two_cuts", document.place(address), one=kept, other=by, source=source)
