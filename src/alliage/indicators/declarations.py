"""An indicator file: which question, which answers are counted, over which base."""

from __future__ import annotations

from typing import Literal

from alliage.catalogue import declared
from alliage.catalogue.marks import Origin
from alliage.text import Text

Unit = Literal["percent", "note_10", "count", "hours"]


@declared
class Indicator:
    """`share_of`: the options counted, as a percentage of the base. `mean`: the mean of a note or number.

    With a battery (`notes`, `singles`, `multiple`), the indicator has one value per item (per option for `multiple`).
    `base_excludes`: options left out of the base (published shares usually keep "no opinion" inside).
    """

    id: str
    version: str
    status: Literal["draft", "published"] = "published"
    label: Text
    definition: Text
    question: str  # the same id in every questionnaire where it is asked
    measure: Literal["share", "mean"]
    share_of: tuple[str, ...] = ()
    base: Text
    base_excludes: tuple[str, ...] = ()
    unit: Unit
    caution: Text
    theme: Text
    # « {share} des maires voient dans … » : {share}, {who} (subject, lower case) are filled; no figure in the template
    sentence: Text
    # the short noun phrase used in titles and gaps: « les partenariats, source d'innovation »
    topic: Text
    higher_is: Literal["neutral", "worse", "better"] = "neutral"
    sensitive: bool = False  # disclosure: opinion on persons, hardship, health
    origin: Origin | None = None
