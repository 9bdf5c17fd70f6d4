"""Says where a question changed, between waves or between audiences: figures side by side that are not compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from alliage.disclosure.results import PublicCell
from alliage.indicators.comparability import same_question
from alliage.instruments.questionnaires import Question
from alliage.publications.vocabulary import Vocabulary
from alliage.text import Text

_BETWEEN_WAVES = Text(
    fr="La question posée à ce public ({label}) a changé entre {old} et {new} : pas de comparaison.",
    en="The question put to this audience ({label}) changed between {old} and {new}: no comparison.",
)
_BETWEEN_AUDIENCES = Text(
    fr="En {wave}, la question n'a pas été posée dans les mêmes termes à tous les publics : ceux à qui elle l'a été "
    "autrement ne sont pas comparés.",
    en="In {wave} the question was not put in the same terms to every audience: those to whom it was put differently "
    "are not compared.",
)

Asked = Mapping[tuple[str, str], Question]


def break_notes(cells: Sequence[PublicCell], words: Vocabulary) -> list[Text]:
    """One note per audience and change, one per wave where audiences were asked different things."""
    asked: dict[tuple[str, str], Question] = {}
    for cell in cells:
        key = cell.key
        question = words.question(key.indicator, key.audience, key.wave)
        if question is not None and cell.state != "not_asked":
            asked[(key.audience, key.wave)] = question
    return [*_between_waves(asked, words), *_between_audiences(asked, words)]


def _between_waves(asked: Asked, words: Vocabulary) -> Iterator[Text]:
    for audience in words.inputs.audiences:
        waves = [wave for wave in words.inputs.waves if (audience.id, wave.id) in asked]
        for old, new in pairwise(waves):
            if not same_question(asked[(audience.id, old.id)], asked[(audience.id, new.id)]):
                yield _BETWEEN_WAVES.filled(label=audience.label, old=old.short, new=new.short)


def _between_audiences(asked: Asked, words: Vocabulary) -> Iterator[Text]:
    for wave in words.inputs.waves:
        there = [question for (_, when), question in asked.items() if when == wave.id]
        if any(not same_question(there[0], other) for other in there[1:]):
            yield _BETWEEN_AUDIENCES.filled(wave=wave.short)
