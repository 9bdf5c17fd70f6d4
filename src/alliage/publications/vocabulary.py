"""The words of a release, by id: who was asked, when, where, about what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from alliage.disclosure.results import PublicCell
from alliage.indicators.cells import CellKey
from alliage.indicators.declarations import Indicator
from alliage.instruments.questionnaires import Item, Option, Question
from alliage.publications.inputs import AudienceWords, DomainWords, ReleaseInputs, StudyChain
from alliage.studies.declarations import Wave
from alliage.text import Text

NOTHING = Text(fr="", en="")


def capital(words: Text) -> Text:
    """The first letter as at the start of a sentence; the rest untouched."""
    return Text(fr=words.fr[:1].upper() + words.fr[1:], en=words.en[:1].upper() + words.en[1:])


def small(words: Text) -> Text:
    """The first letter as inside a sentence, unless the word is an acronym ("RSE") or a single capital."""
    return Text(fr=_small(words.fr), en=_small(words.en))


def _small(words: str) -> str:
    return words[:1].lower() + words[1:] if words[1:2].islower() or words[1:2] in {"'", "’"} else words


@dataclass(frozen=True)
class Vocabulary:
    """Looks words up. What nobody named is a bug: it crashes with the id that is missing."""

    inputs: ReleaseInputs

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        return {indicator.id: indicator for indicator in self.inputs.indicators}

    @cached_property
    def audiences(self) -> dict[str, AudienceWords]:
        return {audience.id: audience for audience in self.inputs.audiences}

    @cached_property
    def waves(self) -> dict[str, Wave]:
        return {wave.id: wave for wave in self.inputs.waves}

    @cached_property
    def domains(self) -> dict[tuple[str, str], DomainWords]:
        named = {(by.id, domain.id): domain for by in self.inputs.breakdowns for domain in by.domains}
        return {("", self.inputs.whole.id): self.inputs.whole, **named}

    @cached_property
    def studies(self) -> dict[tuple[str, str], StudyChain]:
        return {(chain.audience, chain.study.wave): chain for chain in self.inputs.studies}

    @cached_property
    def cells(self) -> dict[str, PublicCell]:
        return {cell.key.id: cell for cell in self.inputs.cells}

    def domain(self, key: CellKey) -> DomainWords:
        return self.domains[(key.by, key.domain)]

    def question(self, indicator: str, audience: str, wave: str) -> Question | None:
        """The question as it was put to that audience, or None when it was not."""
        chain = self.studies.get((audience, wave))
        wanted = self.indicators[indicator].question
        if chain is None:
            return None
        return next((question for question in chain.questionnaire.questions if question.id == wanted), None)

    @cached_property
    def items(self) -> dict[tuple[str, str], tuple[Text, Text]]:
        """Each item of each battery, as a label and inside a sentence, from the first questionnaire that has it."""
        labels: dict[tuple[str, str], tuple[Text, Text]] = {}
        for indicator in self.inputs.indicators:
            for chain in self.inputs.studies:
                question = self.question(indicator.id, chain.audience, chain.study.wave)
                parts: list[Item | Option] = [*question.items, *question.options] if question else []
                for part in parts:
                    labels.setdefault((indicator.id, part.id), (part.label, part.inside or small(part.label)))
        return labels

    def item(self, key: CellKey) -> Text:
        """The item as a label."""
        return self.items[(key.indicator, key.item)][0] if key.item else NOTHING

    def item_inside(self, key: CellKey) -> Text:
        """The item inside a sentence."""
        return self.items[(key.indicator, key.item)][1] if key.item else NOTHING

    def is_census(self, key: CellKey) -> bool:
        chain = self.studies.get((key.audience, key.wave))
        return chain is not None and chain.study.design.kind == "census"
