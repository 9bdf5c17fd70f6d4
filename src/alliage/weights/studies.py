"""The weights of a study: its answers, the weighting it declares, the margins it names."""

from __future__ import annotations

from pathlib import Path

from alliage.responses import Responses
from alliage.responses.collected import RESPONDENT
from alliage.weights.margins import find_margins
from alliage.weights.results import Weights
from alliage.weights.weighing import weigh


def weigh_responses(responses: Responses, *, populations: Path) -> Weights:
    """Weigh collected answers as their study declares. `populations` is the folder of margin files of the content.

    Raises Problem or Problems (content.*, weights.*).
    """
    read = responses.folder
    weighting = read.study.weighting
    return weigh(
        responses.table,
        weighting,
        find_margins(weighting.margins, study=read.folder, populations=populations),
        design_weight=read.study.design.weight,
        ids=RESPONDENT,
        place=read.document.place(("weighting",)),
    )
