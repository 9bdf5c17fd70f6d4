"""Our own questionnaires and indicators: the same questions to all, texts that read as French and as English."""

from __future__ import annotations

import json
import re

import pytest

from alliage.catalogue.marks import Origin
from alliage.contents import Content, installed_content, open_content
from alliage.indicators.declarations import Indicator
from alliage.indicators.reading import BATTERIES
from alliage.text import Text

AUDIENCES = ("citoyens", "maires", "entreprises", "associations")


@pytest.fixture(scope="module")
def content() -> Content:
    return open_content()


@pytest.mark.parametrize("question", ["innovation", "fragilites", "priorites", "jouer_collectif"])
def test_a_mirrored_question_is_asked_of_all_four_audiences_with_the_same_words(
    content: Content, question: str
) -> None:
    asked = [content.questionnaires[audience].question(question) for audience in AUDIENCES]

    assert asked == [content.bank.questions[question]] * 4


def test_the_twenty_two_questions_of_the_domain_are_in_the_bank(content: Content) -> None:
    codes = [question.code for question in content.bank.questions.values() if question.code]

    assert sorted(codes, key=lambda code: int(code[1:])) == [f"Q{rank}" for rank in range(1, 23)]


def test_every_question_that_is_asked_says_where_it_comes_from(content: Content) -> None:
    asked = [question for question in content.bank.questions.values() if question.type != "category"]

    assert [question.id for question in asked if not isinstance(question.origin, Origin)] == []


def test_what_we_added_to_the_sources_is_said(content: Content) -> None:
    for question in ("fragilites", "priorites", "jouer_collectif"):
        origin = content.bank.questions[question].origin
        assert origin is not None
        assert origin.note is not None
        assert "proposition" in origin.note.fr


def test_fragilities_and_regions_bear_one_name_everywhere(content: Content) -> None:
    listed = {entry.id: entry.label for entry in content.bank.lists["fragilities"].entries}
    regions = {entry.id: entry.label for entry in content.bank.lists["regions"].entries}

    assert listed == {fragility.id: fragility.label for fragility in content.fragilities.values()}
    assert regions == {region.code: region.name for region in content.regions.values()}


def test_every_question_that_is_asked_of_an_audience_has_an_indicator(content: Content) -> None:
    measured = {indicator.question for indicator in content.indicators.values()}
    asked = {
        question.id
        for audience in AUDIENCES
        for question in content.questionnaires[audience].questions
        if question.type != "category"
    }

    assert asked - measured == set()


def told(indicator: Indicator, content: Content) -> Text:
    question = content.bank.questions[indicator.question]
    entries = question.options if question.type == "multiple" else question.items
    is_battery = question.type in BATTERIES
    return indicator.sentence.filled(
        value=Text(fr="74\u202f%", en="74%"),
        share=Text(fr="74\u202f%", en="74%"),
        who=Text(fr="les maires", en="mayors"),
        of=Text(fr="des maires", en="of mayors"),
        item=(entries[0].inside or entries[0].label) if is_battery else "",
    )


def test_the_sentence_of_an_indicator_reads_in_both_languages(content: Content) -> None:
    assert told(content.indicators["innovation"], content) == Text(
        fr="74\u202f% des maires voient dans les partenariats une source d'innovation",
        en="74% of mayors see partnerships as a source of innovation",
    )
    assert told(content.indicators["types_partenariats"], content).fr == (
        "74\u202f% des maires en partenariat pratiquent le mécénat"
    )


def test_a_sentence_ends_without_a_stop_and_a_topic_starts_in_lower_case(content: Content) -> None:
    for indicator in content.indicators.values():
        for words in (indicator.sentence.fr, indicator.sentence.en, indicator.topic.fr, indicator.topic.en):
            assert words[-1] not in ".!?", (indicator.id, words)
            assert words[0] == "{" or words[0].islower(), (indicator.id, words)


PLAIN_SPACE = re.compile(r"« | »| [?!;:%](?!\w)")


def french_texts(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [value["fr"]] if isinstance(value.get("fr"), str) and "en" in value else []
        return own + [words for one in value.values() for words in french_texts(one)]
    return [words for one in value for words in french_texts(one)] if isinstance(value, list) else []


@pytest.mark.parametrize("folder", ["instruments", "indicators"])
def test_french_marks_never_start_a_line_on_their_own(content: Content, folder: str) -> None:
    """A plain space before « ? » or after « lets a browser leave the mark alone on the next line."""
    texts = [
        (name, words)
        for name, document in content.documents.items()
        if name.startswith(folder)
        for words in french_texts(document.data)
    ]

    assert [(name, words) for name, words in texts if PLAIN_SPACE.search(words)] == []


def test_the_register_of_versions_is_sorted_so_that_two_branches_merge() -> None:
    names = list(json.loads((installed_content() / "versions.json").read_text(encoding="utf-8")))

    assert names == sorted(names)
