"""Finds the tables of a plan that would have no cell: no study asked the question and holds the breakdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from alliage.catalogue import Document
from alliage.indicators.declarations import Indicator
from alliage.problems import Problem
from alliage.studies import StudyFolder
from alliage.studies.declarations import PlanLine
from alliage.studies.plans import breakdowns_of
from alliage.text import Text, listed, same


def problems_of_breakdowns(
    plan: Sequence[PlanLine], document: Document, studies: Sequence[StudyFolder], indicators: Mapping[str, Indicator]
) -> Iterator[Problem]:
    """A table asked for and not given would be missed by nobody; `indicators` holds those of the plan."""
    for rank, line in enumerate(plan):
        question = indicators[line.indicator].question
        asked = {
            study.study.id: study.study.label
            for study in studies
            if any(one.id == question for one in study.question_columns().values())
        }
        for by_rank, by in enumerate(line.by):
            held = {study.study.id: study.study.label for study in studies if by in breakdowns_of(study)}
            if not asked.keys() & held.keys():
                place = document.place(("plan", rank, "by", by_rank))
                yield Problem(
                    "study.empty_breakdown",
                    place,
                    indicator=line.indicator,
                    by=by,
                    asked=_named(asked),
                    held=_named(held),
                )


def _named(labels: Mapping[str, Text]) -> Text:
    return listed(list(labels.values())) if labels else same("–")
