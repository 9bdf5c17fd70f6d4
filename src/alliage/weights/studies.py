"""The weights of a study: its answers, the weighting it declares, the margins it names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from alliage.problems import raise_all
from alliage.responses import Responses
from alliage.responses.collected import RESPONDENT
from alliage.studies import StudyFolder
from alliage.weights.margins import Margin, find_margins
from alliage.weights.results import Weights
from alliage.weights.slips import more_than_counted, problems_of_categories
from alliage.weights.weighing import weigh


def margins_of(read: StudyFolder, *, populations: Path) -> tuple[Margin, ...]:
    """The margins a study names; `populations` is the folder of margin files of the content.

    Raises Problem or Problems (content.*, weights.*).
    """
    margins = find_margins(read.study.weighting.margins, study=read.folder, populations=populations)
    raise_all(list(problems_of_categories(read, margins)))
    return margins


def weigh_responses(responses: Responses, margins: Sequence[Margin]) -> Weights:
    """Weigh collected answers as their study declares, on the margins it names.

    Raises Problem or Problems (answers.*, weights.*).
    """
    read = responses.folder
    weight = read.study.design.weight
    weights = np.ones(responses.n) if weight is None else responses.numbers(weight)
    raise_all([problem for margin in margins for problem in more_than_counted(responses.table, margin, weights)])
    return weigh(
        responses.table,
        read.study.weighting,
        margins,
        design_weight=weight,
        ids=RESPONDENT,
        place=read.document.place(("weighting",)),
    )
