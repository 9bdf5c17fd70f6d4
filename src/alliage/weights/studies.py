"""The weights of a study: its answers, the weighting it declares, the margins it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from alliage.problems import Problem, raise_all
from alliage.responses import Responses
from alliage.responses.collected import RESPONDENT
from alliage.studies import StudyFolder
from alliage.text import number
from alliage.weights.margins import Margin, find_margins
from alliage.weights.results import Weights
from alliage.weights.weighing import weigh


def margins_of(read: StudyFolder, *, populations: Path) -> tuple[Margin, ...]:
    """The margins a study names; `populations` is the folder of margin files of the content.

    Raises Problem or Problems (content.*, weights.*).
    """
    return find_margins(read.study.weighting.margins, study=read.folder, populations=populations)


def weigh_responses(responses: Responses, margins: Sequence[Margin]) -> Weights:
    """Weigh collected answers as their study declares, on the margins it names.

    Raises Problem or Problems (answers.*, weights.*).
    """
    read = responses.folder
    raise_all([problem for margin in margins for problem in _more_than_counted(responses, margin)])
    return weigh(
        responses.table,
        read.study.weighting,
        margins,
        design_weight=read.study.design.weight,
        ids=RESPONDENT,
        place=read.document.place(("weighting",)),
    )


def _more_than_counted(responses: Responses, margin: Margin) -> Iterator[Problem]:
    """A category with more respondents than the population counts there; a weight of zero counts for nobody."""
    names, weight = responses.table.column_names, responses.folder.study.design.weight
    if margin.use != "counts" or not set(margin.variables) <= set(names):
        return
    rows = zip(*(responses.table.column(variable).to_pylist() for variable in margin.variables), strict=True)
    weights = responses.numbers(weight).tolist() if weight is not None else [1.0] * responses.n
    answered = Counter(row for row, weighs in zip(rows, weights, strict=True) if weighs > 0)
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
