"""An indicator file: which question, which answers are counted, over which base."""

from __future__ import annotations

from typing import Literal

from alliage.catalogue import declared
from alliage.catalogue.marks import Origin
from alliage.text import Text

Unit = Literal["percent", "note_10", "count", "hours"]

# What a sentence template may name. `share` is another name of `value`, for shares.
#   {value}, {share}   the figure as it is shown, with its unit: « 87 % », "7.1 out of 10"
#   {of}               « des maires », "of mayors"
#   {who}              « les maires », "mayors"
#   {item}             the item of a battery inside a sentence: « emploi », "employment"
SENTENCE_FIELDS = frozenset({"value", "share", "of", "who", "item"})


@declared
class Indicator:
    """`share_of`: the options counted, as a percentage of the base. `mean`: the mean of a note or number.

    With a battery (`notes`, `singles`, `multiple`), the indicator has one value per item (per option for `multiple`,
    where `share_of` is left out). `base_excludes`: options left out of the base (published shares usually keep
    "no opinion" inside).
    """

    id: str  # the name of its file
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
    # One statement in the present tense, without its full stop, that reads as well alone as after a place and a comma
    # (« En Bretagne, … »): « {value} {of} voient dans les partenariats une source d'innovation ». No figure of its own.
    sentence: Text
    # the short noun phrase used in titles and gaps, lower case: « les partenariats comme source d'innovation »
    topic: Text
    higher_is: Literal["neutral", "worse", "better"] = "neutral"
    sensitive: bool = False  # disclosure: opinion on persons, hardship, health
    origin: Origin | None = None
