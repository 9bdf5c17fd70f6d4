"""Gathers what a release needs: the studies of an observatory or one alone, their indicators, their words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from alliage.catalogue import Document, did_you_mean
from alliage.contents import Content
from alliage.disclosure import PARAMETERS, Decisions
from alliage.disclosure.thresholds import COARSE_UNDER, n_class
from alliage.indicators.declarations import Indicator
from alliage.indicators.plans import problems_of_breakdowns
from alliage.indicators.reading import declare_indicator
from alliage.problems import Problem, Problems, raise_all
from alliage.publications.inputs import AudienceWords, DomainWords, Hidden, ReleaseInputs, StudyChain
from alliage.publications.parts import breakdown_words, whole_words
from alliage.publications.snapshots import snapshot
from alliage.publications.wording import base_class
from alliage.studies import StudyFolder, read_observatory, read_study
from alliage.studies.declarations import PlanLine, Wave
from alliage.studies.reading import OBSERVATORY_FILE
from alliage.text import Text, number, same
from alliage.weights import Margin, Weights, margins_of


@dataclass(frozen=True, slots=True)
class Gathered:
    """An observatory, or one study made into an observatory of its own: nothing is computed yet."""

    id: str
    label: Text
    kind: Literal["observatory", "study"]
    studies: tuple[StudyFolder, ...]
    waves: tuple[Wave, ...]
    audiences: tuple[AudienceWords, ...]
    rules: Mapping[str, str]  # audience -> T1, T2 or T3
    indicators: Mapping[str, Indicator]
    plan: tuple[PlanLine, ...]
    margins: Mapping[str, tuple[Margin, ...]]  # by study id
    whole: DomainWords
    licence: Text
    synthetic: Text | None
    contact: str | None
    has_targets: bool

    @property
    def audience_order(self) -> tuple[str, ...]:
        return tuple(audience.id for audience in self.audiences)

    @property
    def wave_order(self) -> tuple[str, ...]:
        return tuple(wave.id for wave in self.waves)


def gather(source: Path, content: Content, data_folder: Path | None) -> Gathered:
    """Read `study.yaml` or `observatory.yaml` (or the folder of either), and all that their figures depend on.

    The answers are not opened. Raises Problem or Problems (study.*, content.*, weights.*).
    """
    if source.name == OBSERVATORY_FILE or (source / OBSERVATORY_FILE).is_file():
        return _observatory(source, content, data_folder)
    return _study(source, content, data_folder)


def _observatory(source: Path, content: Content, data_folder: Path | None) -> Gathered:
    read = read_observatory(
        source,
        questionnaires=content.questionnaires,
        known_indicators=content.indicators.keys(),
        data_folder=data_folder,
        regions=content.regions,
    )
    told = read.observatory
    indicators = _indicators(told.plan, read.studies, content)
    margins = _held_together(told.plan, read.document, read.studies, indicators, content)
    return Gathered(
        id=told.id,
        label=told.label,
        kind="observatory",
        studies=read.studies,
        waves=told.waves,
        audiences=_audiences(read.studies, content),
        rules=_rules(read.studies, content),
        indicators=indicators,
        plan=told.plan,
        margins=margins,
        whole=whole_words(told.whole, read.document, read.studies),
        licence=told.licence,
        synthetic=told.synthetic,
        contact=told.contact,
        has_targets=told.targets is not None,
    )


def _study(source: Path, content: Content, data_folder: Path | None) -> Gathered:
    read = read_study(
        source,
        questionnaires=content.questionnaires,
        known_indicators=content.indicators.keys(),
        data_folder=data_folder,
        regions=content.regions,
    )
    if not read.study.plan:
        raise Problem("study.no_plan", read.document.place())
    study, years = read.study, (read.study.fieldwork.start.year, read.study.fieldwork.end.year)
    indicators = _indicators(study.plan, (read,), content)
    margins = _held_together(study.plan, read.document, (read,), indicators, content)
    period = same(str(years[0]) if years[0] == years[1] else f"{years[0]}-{years[1]}")
    return Gathered(
        id=study.id,
        label=study.label,
        kind="study",
        studies=(read,),
        waves=(Wave(id=study.wave, label=period, short=period, start=years[0], end=years[1]),),
        audiences=_audiences((read,), content),
        rules=_rules((read,), content),
        indicators=indicators,
        plan=study.plan,
        margins=margins,
        whole=whole_words(study.whole, read.document, (read,)),
        licence=study.licence or study.source,
        synthetic=study.synthetic,
        contact=None,
        has_targets=False,
    )


def _audiences(studies: tuple[StudyFolder, ...], content: Content) -> tuple[AudienceWords, ...]:
    """Those of the content in its order, then those that studies declare."""
    present = {study.audience for study in studies}
    known = [
        AudienceWords(id=one.id, label=one.label, subject=one.subject, of=one.of)
        for one in sorted(content.audiences.values(), key=lambda one: one.order)
        if one.id in present
    ]
    own = {
        study.study.audience.id: AudienceWords(
            id=study.study.audience.id,
            label=study.study.audience.label,
            subject=study.study.audience.subject,
            of=study.study.audience.of,
        )
        for study in studies
        if not isinstance(study.study.audience, str)
    }
    return (*known, *own.values())


def _rules(studies: tuple[StudyFolder, ...], content: Content) -> dict[str, str]:
    for study in studies:
        if isinstance(study.study.audience, str) and study.audience not in content.audiences:
            near = did_you_mean(study.audience, content.audiences)
            place = study.document.place(("audience",))
            raise Problem("content.dangling", place, key="audience", id=study.audience, suggestion=near)
    return {
        study.audience: content.audiences[study.audience].rule
        if isinstance(study.study.audience, str)
        else study.study.audience.rule
        for study in studies
    }


def _indicators(plan: tuple[PlanLine, ...], studies: tuple[StudyFolder, ...], content: Content) -> dict[str, Indicator]:
    known = dict(content.indicators)
    for study in studies:
        questions = {question.id: question for question in study.questionnaire.questions}
        for id, document in study.indicators.items():
            known[id] = declare_indicator(document, questions=questions)
    return {line.indicator: known[line.indicator] for line in plan}


def _held_together(
    plan: tuple[PlanLine, ...],
    document: Document,
    studies: tuple[StudyFolder, ...],
    indicators: Mapping[str, Indicator],
    content: Content,
) -> dict[str, tuple[Margin, ...]]:
    """The margins of every study, read once; what is wrong with them and with the plan is told at once."""
    problems = list(problems_of_breakdowns(plan, document, studies, indicators))
    margins: dict[str, tuple[Margin, ...]] = {}
    for study in studies:
        try:
            margins[study.study.id] = margins_of(study, populations=content.populations)
        except Problem as problem:
            problems.append(problem)
        except Problems as several:
            problems += several.problems
    raise_all(problems)
    return margins


def release_inputs(
    gathered: Gathered,
    decisions: Decisions,
    *,
    content: Content,
    weights: Mapping[str, Weights],
    released: date,
    code_version: str,
    lock: str,
) -> ReleaseInputs:
    """The public part, ready to be frozen. `weights` by study id."""
    return ReleaseInputs(
        id=gathered.id,
        label=gathered.label,
        kind=gathered.kind,
        released=released,
        code_version=code_version,
        lock=lock,
        whole=gathered.whole,
        licence=gathered.licence,
        waves=gathered.waves,
        audiences=gathered.audiences,
        indicators=tuple(gathered.indicators.values()),
        studies=tuple(
            _chain(study, weights[study.study.id], gathered.margins[study.study.id]) for study in gathered.studies
        ),
        breakdowns=breakdown_words(gathered.plan, gathered.studies, content),
        cells=decisions.cells,
        gaps=decisions.gaps,
        rules=PARAMETERS,
        crossed=frozenset(line.indicator for line in gathered.plan if line.crossed),
        content=snapshot(content, decisions.cells, with_targets=gathered.has_targets),
        synthetic=gathered.synthetic,
        unaudited=any(study.study.synthetic is None for study in gathered.studies),
        contact=gathered.contact,
        plan=gathered.plan,
        hidden=Hidden(primary=decisions.primary, secondary=decisions.secondary),
    )


_MARGIN = Text(fr="{label} ({source}){mark}", en="{label} ({source}){mark}")
_MARKS = {
    "sourced": same(""),
    "inferred": Text(fr=" : déduite", en=": inferred"),
    "proposed": Text(
        fr=" : proposée par nous, faute de source ouverte", en=": our own proposal, for want of an open source"
    ),
}


def _chain(study: StudyFolder, weights: Weights, margins: tuple[Margin, ...]) -> StudyChain:
    return StudyChain(
        study=study.study,
        audience=study.audience,
        questionnaire=study.questionnaire,
        margins=tuple(_margin_words(margin) for margin in margins),
        weighting=_weighting_words(study, weights),
    )


_COST = Text(
    fr="Sur l'étude entière ({base}), l'inégalité des poids multiplie la variance par {effect} : c'est l'effet de plan "
    "de Kish.",
    en="Over the whole study ({base}), unequal weights multiply the variance by {effect}: Kish's design effect.",
)


def _weighting_words(study: StudyFolder, weights: Weights) -> tuple[Text, ...]:
    """The weighting in words and classes: the exact base stays sealed, and so do its quantiles."""
    found = weights.diagnosis
    if found.n < COARSE_UNDER:
        return ()
    return (_COST.filled(effect=number(found.design_effect, 1), base=base_class(n_class(found.n))),)


def _margin_words(margin: Margin) -> Text:
    mark = _MARKS[margin.origin.mark if margin.origin else "sourced"]
    return _MARGIN.filled(label=margin.label, source=margin.source, mark=mark)
