"""`study.yaml` and `observatory.yaml`, as frozen declarations."""

from __future__ import annotations

from dataclasses import field
from datetime import date as Date
from typing import Literal

from alliage.catalogue import declared
from alliage.catalogue.marks import Origin
from alliage.text import Text

# probability    each unit had a known chance: margins rest on the design
# quota          people were chosen to fill quotas: margins rest on a model, and say so
# self_selected  whoever wished answered: no margin, a warning instead
# census         everyone was asked and counted: no sampling error
DesignKind = Literal["probability", "quota", "self_selected", "census"]


@declared
class Frame:
    """The population the study speaks about: its size N, where that size comes from."""

    label: Text
    size: int
    source: Text
    date: Date
    origin: Origin | None = None


@declared
class Fieldwork:
    """First and last day of field work, and how people answered (phone, web…)."""

    start: Date
    end: Date
    mode: Text


@declared
class Answers:
    """Where the answers are and how to read them. The format is told by the file's extension."""

    file: str
    id: str  # the source column that identifies a respondent
    sheet: str | None = None  # XLSX only; the first one otherwise
    encoding: str = "utf-8"  # CSV only
    delimiter: str = ","  # CSV only
    decimal: Literal[".", ","] = "."  # how numbers written as text are written


@declared
class Missing:
    """Empty or coded answers of one column, and what they mean.

    not_asked: outside the base (the question did not concern them). no_answer: asked, and nothing said:
    item non-response, told apart and counted, outside the base of the estimate.
    not_chosen: a box of a `multiple` question, left empty by someone who ticked another box of it; who ticked none
    did not answer. For files where only ticked boxes are written.
    `column` is one of our ids, or the id of a question that fills several columns. The first line that fits wins; an
    empty answer that no line explains is `no_answer`.
    """

    column: str
    values: tuple[str, ...] = ("",)
    means: Literal["not_asked", "no_answer", "not_chosen"]
    unless: dict[str, tuple[str, ...]] = field(default_factory=dict)  # not for these: {occupation: [en_emploi]}
    note: Text | None = None


@declared
class Column:
    """One source column and the id it becomes; `values` maps source values to option ids."""

    source: str
    id: str
    values: dict[str, str] = field(default_factory=dict)


@declared
class Band:
    """One class of a derived variable: from `low` included to `high` excluded."""

    id: str
    label: Text
    low: float | None = None
    high: float | None = None


@declared
class Derived:
    """A variable made from a number by cutting it into bands (age classes)."""

    id: str
    label: Text
    source: str  # one of our ids
    bands: tuple[Band, ...]


@declared
class Design:
    """How respondents were chosen. Names are our ids, not source columns."""

    kind: DesignKind
    words: Text  # the design in a sentence a reader understands
    weight: str | None = None  # the column of weights that come with the file
    strata: tuple[str, ...] = ()  # several columns are crossed
    clusters: tuple[str, ...] = ()  # one per stage, outermost first
    fpc: tuple[str, ...] = ()  # one per stage: population counts, or sampling fractions when <= 1
    lonely: Literal["fail", "remove", "adjust", "average"] = "fail"


@declared
class Weighting:
    """How answers are made to weigh what the population weighs.

    poststratify  one margin, crossed if need be
    rake          raking ratio: factors are positive (between `bounds` if there are some)
    linear        generalised regression: factors may be negative; with `bounds`, the same as truncated
    logit         factors stay inside `bounds`
    truncated     linear, factors held at `bounds`
    sinh          positive factors, large ones rarer than in raking

    `bounds` are those of the factor final / starting weight. With `rescale`, starting weights are first brought to the
    size of the population: so they are, unless it is false, without a column of design weights, or when no factor
    inside the bounds could do it.
    `household` names the column whose answers share one weight. `scale` names a column of positive numbers (q in
    Deville and Särndal): the larger, the more a weight may move.
    `costs` gives a cost to margins (by id) that need not be met exactly: a gap of 1 % on a category of people then
    costs as much as moving their factors by 1 % when the cost is 1, a hundred times as much when it is 100.
    """

    method: Literal["none", "poststratify", "rake", "linear", "logit", "truncated", "sinh"] = "none"
    margins: tuple[str, ...] = ()  # paths (from the study) or ids of populations/
    merge: dict[str, str] = field(default_factory=dict)
    trim: float | None = None  # largest ratio of a weight to the median
    bounds: tuple[float, float] | None = None
    household: str | None = None
    scale: str | None = None
    costs: dict[str, float] = field(default_factory=dict)
    rescale: bool | None = None


@declared
class Zoning:
    """The territories the study can speak about: the question that holds their codes, and the map these are read on.

    `vintage` is the year of that map. Only the regions of the map of 2016, still in force, are known for now.
    """

    column: str
    level: Literal["region", "departement", "large_region"]
    vintage: int


@declared
class Whole:
    """The whole population beside its territories: « France métropolitaine », « en France métropolitaine »."""

    label: Text
    inside: Text


@declared
class Audience:
    """An audience that is not one of the four of the content (a study of its own).

    label: « Adultes », a title. subject: « les adultes », inside a sentence. of: « des adultes ».
    """

    id: str
    label: Text
    subject: Text
    of: Text
    # the threshold rule of disclosure that protects it: T1 people, T2 elected, T3 organisations
    rule: Literal["T1", "T2", "T3"]


@declared
class PlanLine:
    """One table to publish: an indicator, its breakdowns ("region", "sexe"…), for all the waves where it was asked."""

    indicator: str
    by: tuple[str, ...] = ()
    crossed: bool = False  # also as a crossed view: the gaps between audiences


@declared
class Study:
    """`study.yaml`: everything about one audience at one wave."""

    id: str
    label: Text
    audience: str | Audience
    wave: str
    fieldwork: Fieldwork
    frame: Frame
    questionnaire: str  # "questionnaire.yaml" beside it, or the id of one in the content
    answers: Answers
    design: Design
    weighting: Weighting = Weighting(method="none")
    columns: tuple[Column, ...] = ()
    missing: tuple[Missing, ...] = ()
    derived: tuple[Derived, ...] = ()
    zoning: Zoning | None = None
    whole: Whole | None = None  # when it is published alone; needed beside `zoning`
    synthetic: Text | None = None  # said on every page when the answers are made up
    source: Text
    licence: Text | None = None
    notes: tuple[Text, ...] = ()
    not_collected: tuple[str, ...] = ()  # questions of the questionnaire that this file does not hold
    indicators: tuple[str, ...] = ()  # paths of indicator files of its own
    plan: tuple[PlanLine, ...] = ()  # when it is published alone


@declared
class Wave:
    """One position in time, common to several studies."""

    id: str
    label: Text
    short: Text
    start: int
    end: int


@declared
class Observatory:
    """`observatory.yaml`: its studies, how waves are linked, and the closed list of tables it publishes."""

    id: str
    label: Text
    waves: tuple[Wave, ...]
    linked: Literal["independent", "panel"]
    studies: tuple[str, ...]  # paths of study.yaml, from this file
    plan: tuple[PlanLine, ...]
    whole: Whole | None = None  # needed when a study has a `zoning`
    synthetic: Text | None = None
    targets: str | None = None  # the published figures the demo was calibrated on
    contact: str | None = None
    licence: Text
