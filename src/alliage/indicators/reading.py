"""Holds an indicator file against the question it measures: its options, its type, its bounds, its sentence."""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Mapping

from alliage.catalogue import Document, declare, did_you_mean
from alliage.catalogue.documents import Address
from alliage.indicators.declarations import SENTENCE_FIELDS, Indicator
from alliage.instruments import Question
from alliage.instruments.checks import QUESTION_ID
from alliage.instruments.questionnaires import NEEDS_ITEMS
from alliage.problems import Problem, raise_all
from alliage.text import LANGUAGES, Text

BATTERIES = NEEDS_ITEMS | {"multiple"}
_MEASURES = {
    "share": frozenset({"single", "multiple", "singles", "category"}),
    "mean": frozenset({"note", "notes", "number"}),
}
_FORMATTER = string.Formatter()


def declare_indicator(document: Document, *, questions: Mapping[str, Question]) -> Indicator:
    """An indicator from its document, checked against the questions it may measure. Raises content.* problems."""
    indicator: Indicator = declare(document, Indicator)
    raise_all(check_indicator(indicator, document, questions))
    return indicator


def check_indicator(indicator: Indicator, document: Document, questions: Mapping[str, Question]) -> list[Problem]:
    """Everything wrong with an indicator, its own words first, then what it says of its question."""
    problems = list(_name(indicator, document))
    question = questions.get(indicator.question)
    if question is None:
        problems.append(_dangling("question", indicator.question, questions, document, ("question",)))
    else:
        problems += _measure(indicator, question, document)
        problems += _options(indicator, question, document)
    problems += _sentence(indicator, question, document)
    return problems


def _name(indicator: Indicator, document: Document) -> Iterator[Problem]:
    if not QUESTION_ID.fullmatch(indicator.id):
        yield Problem("content.bad_id", document.place(("id",)), id=indicator.id)
    elif indicator.id != document.path.stem:
        yield Problem("content.file_name", document.place(("id",)), id=indicator.id, file=document.path.name)


def _measure(indicator: Indicator, question: Question, document: Document) -> Iterator[Problem]:
    if question.type not in _MEASURES[indicator.measure]:
        yield Problem(
            "content.measure",
            document.place(("measure",)),
            id=question.id,
            type=question.type,
            measure=indicator.measure,
        )
        return
    is_share = indicator.measure == "share"
    if indicator.base_excludes and (not is_share or question.type == "multiple"):
        yield _useless("base_excludes", question, document)
    if is_share and question.type != "multiple" and not indicator.share_of:
        yield Problem("content.missing_for_type", document.place(), id=question.id, key="share_of", type=question.type)
    if indicator.share_of and (not is_share or question.type == "multiple"):
        yield _useless("share_of", question, document)
    if is_share != (indicator.unit == "percent"):
        expected = Text(fr="« percent » pour une part, et pour elle seule", en="“percent” for a share, and only for it")
        yield Problem(
            "content.wrong_value", document.place(("unit",)), key="unit", value=indicator.unit, expected=expected
        )
    if indicator.unit == "note_10" and (question.low, question.high) != (0, 10):
        expected = Text(fr="la question se note de 0 à 10", en="the question is scored from 0 to 10")
        yield Problem(
            "content.wrong_value", document.place(("unit",)), key="unit", value=indicator.unit, expected=expected
        )


def _useless(key: str, question: Question, document: Document) -> Problem:
    place = document.place((key,))
    return Problem("content.useless_for_type", place, id=question.id, key=key, type=question.type)


def _options(indicator: Indicator, question: Question, document: Document) -> Iterator[Problem]:
    known = [option.id for option in question.options]
    for key in ("share_of", "base_excludes"):
        for rank, name in enumerate(getattr(indicator, key)):
            if known and name not in known:
                yield _dangling(key, name, known, document, (key, rank))
    for rank, name in enumerate(indicator.base_excludes):
        if name in indicator.share_of:
            expected = Text(fr="elle est comptée dans share_of", en="it is counted in share_of")
            yield Problem(
                "content.wrong_value",
                document.place(("base_excludes", rank)),
                key="base_excludes",
                value=name,
                expected=expected,
            )


def _sentence(indicator: Indicator, question: Question | None, document: Document) -> Iterator[Problem]:
    for language in LANGUAGES:
        place = document.place(("sentence", language))
        try:
            named = {name for _, name, _, _ in _FORMATTER.parse(indicator.sentence[language]) if name is not None}
        except ValueError:
            yield Problem("content.sentence_braces", place)
            continue
        for name in sorted(named - SENTENCE_FIELDS):
            yield Problem(
                "content.sentence_field",
                place,
                field="{" + name + "}",
                known=", ".join("{" + known + "}" for known in sorted(SENTENCE_FIELDS)),
            )
        wanted = ["{value}"] if not named & {"value", "share"} else []
        wanted += ["{of}"] if not named & {"of", "who"} else []
        if question is not None and question.type in BATTERIES and "item" not in named:
            wanted.append("{item}")
        for field in wanted:
            yield Problem("content.sentence_needs", place, field=field)
        if any(character.isdigit() for character in indicator.sentence[language]):
            yield Problem("content.sentence_figure", place)


def _dangling(key: str, name: str, known: Iterable[str], document: Document, at: Address) -> Problem:
    suggestion = did_you_mean(name, known)
    return Problem("content.dangling", document.place(at), key=key, id=name, suggestion=suggestion)
