"""An indicator file is held against its question: what would be ignored is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from alliage.catalogue import read_document
from alliage.indicators.reading import declare_indicator
from alliage.instruments.questionnaires import Option, Question, QuestionType
from alliage.problems import Problem
from alliage.text import Text, same

INDICATOR = """
id: partenaires
version: 2026-1
label: {fr: a, en: b}
definition: {fr: a, en: b}
question: partenaires
measure: share
share_of: [oui]
base: {fr: a, en: b}
base_excludes: [nsp]
unit: percent
caution: {fr: a, en: b}
theme: {fr: a, en: b}
topic: {fr: a, en: b}
sentence: {fr: "{value} {of}, {item}", en: "{value} {of}, {item}"}
"""
OPTIONS = tuple(Option(id=id, label=same(id)) for id in ("oui", "nsp"))


def question(type: QuestionType) -> Question:
    options = OPTIONS if type in {"single", "multiple"} else ()
    return Question(id="partenaires", type=type, text=Text(fr="a", en="b"), options=options, low=0, high=10)


def declared(folder: Path, words: str, type: QuestionType) -> object:
    (folder / "partenaires.yaml").write_text(words, encoding="utf-8")
    return declare_indicator(
        read_document(folder / "partenaires.yaml"), questions={"partenaires": question(type)}
    ).base_excludes


def test_answers_may_leave_the_base_of_the_share_of_a_single_choice(tmp_path: Path):
    assert declared(tmp_path, INDICATOR, "single") == ("nsp",)


@pytest.mark.parametrize(
    ("type", "words"),
    [
        ("multiple", INDICATOR.replace("share_of: [oui]\n", "")),
        (
            "note",
            INDICATOR.replace("share_of: [oui]\n", "").replace("share", "mean").replace("percent", "note_10"),
        ),
    ],
)
def test_nothing_can_leave_the_base_of_boxes_or_of_a_mean_so_nothing_may_say_so(
    tmp_path: Path, type: QuestionType, words: str
):
    with pytest.raises(Problem) as problem:
        declared(tmp_path, words, type)

    assert (problem.value.code, problem.value.values["key"]) == ("content.useless_for_type", "base_excludes")
    assert problem.value.place is not None
    assert problem.value.place.line == words.splitlines().index("base_excludes: [nsp]") + 1
