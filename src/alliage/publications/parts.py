"""The words of the whole population and of its parts: the territories of a zoning, the categories of a breakdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from alliage.catalogue import Document
from alliage.contents import Content
from alliage.indicators.cells import EVERYONE
from alliage.problems import Problem
from alliage.publications.inputs import Breakdown, DomainWords
from alliage.studies import StudyFolder
from alliage.studies.declarations import PlanLine, Whole
from alliage.text import Text


def whole_words(told: Whole | None, document: Document, studies: Sequence[StudyFolder]) -> DomainWords:
    """The words of the whole population. What territories are parts of is declared, never guessed.

    Raises study.no_whole.
    """
    if told is not None:
        return DomainWords(id=EVERYONE, label=told.label, inside=told.inside)
    if any(study.study.zoning for study in studies):
        raise Problem("study.no_whole", document.place(("zoning",)))
    return DomainWords(id=EVERYONE, label=Text(fr="Ensemble", en="Everyone"), inside=Text(fr="en tout", en="overall"))


def breakdown_words(
    plan: Sequence[PlanLine], studies: Sequence[StudyFolder], content: Content
) -> tuple[Breakdown, ...]:
    """Every variable of the plan, each of its categories named as the first study that has it names it."""
    found: list[Breakdown] = []
    for variable in dict.fromkeys(name for line in plan for name in line.by):
        made = [one for study in studies if (one := _breakdown(variable, study, content)) is not None]
        named: dict[str, DomainWords] = {}
        for domain in (domain for one in made for domain in one.domains):
            named.setdefault(domain.id, domain)
        found.append(replace(made[0], domains=tuple(named.values())))
    return tuple(found)


def _breakdown(variable: str, study: StudyFolder, content: Content) -> Breakdown | None:
    zoning = study.study.zoning
    for derived in study.study.derived:
        if derived.id == variable:
            domains = tuple(DomainWords(band.id, band.label, _among(band.label)) for band in derived.bands)
            return Breakdown(id=variable, label=derived.label, domains=domains)
    for question in study.questionnaire.questions:
        if question.id != variable:
            continue
        if zoning is not None and zoning.column == variable:
            regions = [content.regions[option.id] for option in question.options]
            domains = tuple(DomainWords(region.code, region.name, region.inside) for region in regions)
            return Breakdown(id=variable, label=question.text, domains=domains, is_territory=True)
        domains = tuple(
            DomainWords(option.id, option.label, option.inside or _among(option.label)) for option in question.options
        )
        return Breakdown(id=variable, label=question.text, domains=domains)
    return None


def _among(label: Text) -> Text:
    return Text(fr="parmi « {label} »", en="among “{label}”").filled(label=label)
