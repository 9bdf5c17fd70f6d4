"""A document becomes a frozen declaration, or everything wrong with it is told with its line and its remedy."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import pytest

from alliage.catalogue import declared, read_declaration, read_declarations
from alliage.problems import Problem, Problems
from alliage.text import Text


@declared
class Member:
    id: str
    label: Text
    kind: Literal["maire", "citoyen"] = "citoyen"
    age: int | None = None
    since: date | None = None


@declared
class Circle:
    id: str
    members: tuple[Member, ...] = ()


def read(tmp_path: Path, words: str) -> Circle:
    path = tmp_path / "cercle.yaml"
    path.write_text(words, encoding="utf-8")
    return read_declaration(path, Circle)


def told(tmp_path: Path, words: str) -> list[str]:
    with pytest.raises((Problem, Problems)) as raised:
        read(tmp_path, words)
    problems = raised.value.problems if isinstance(raised.value, Problems) else [raised.value]
    return [problem.said("en").removeprefix(f"{tmp_path}/") for problem in problems]


def test_a_declaration_is_read_with_its_two_languages(tmp_path: Path) -> None:
    circle = read(
        tmp_path,
        """
id: a
members:
  - {id: b, label: {fr: Élue, en: Elected}, kind: maire, age: 40, since: 2020-06-28}
""",
    )

    label = Text(fr="Élue", en="Elected")
    assert circle == Circle(
        id="a", members=(Member(id="b", label=label, kind="maire", age=40, since=date(2020, 6, 28)),)
    )


def test_an_unknown_key_is_told_with_the_nearest_known_one(tmp_path: Path) -> None:
    words = "id: a\nmembers:\n  - id: b\n    lable: {fr: É, en: E}\n    label: {fr: É, en: E}\n"

    assert told(tmp_path, words) == [
        "cercle.yaml, line 4: the key “lable” is unknown here (did you mean “label”?). "
        "Possible keys: age, id, kind, label, since."
    ]


def test_everything_wrong_is_told_in_one_go(tmp_path: Path) -> None:
    words = "members:\n  - id: b\n    label: {fr: Élue}\n    kind: mayor\n    age: old\n    since: hier\n"

    assert told(tmp_path, words) == [
        "cercle.yaml, line 1: the key “id” is missing. Add it.",
        "cercle.yaml, line 3: “label” is not written in English. Add “en:” beside the other language.",
        "cercle.yaml, line 4: “kind” is “mayor”, which is not accepted: choose among maire, citoyen.",
        "cercle.yaml, line 5: “age” is “old”, which is not accepted: a whole number is needed.",
        "cercle.yaml, line 6: “since” is “hier”, which is not accepted: a date YYYY-MM-DD is needed.",
    ]


def test_a_translation_left_blank_is_missing(tmp_path: Path) -> None:
    words = 'id: a\nmembers:\n  - id: b\n    label: {fr: "  ", en: E}\n'

    assert told(tmp_path, words) == [
        "cercle.yaml, line 4: “label” is not written in French. Add “fr:” beside the other language."
    ]


def test_a_text_in_one_language_only_is_told_how_to_be_written(tmp_path: Path) -> None:
    assert told(tmp_path, "id: a\nmembers:\n  - {id: b, label: Élue}\n") == [
        "cercle.yaml, line 3: “label” is “Élue”, which is not accepted: both languages are needed: {fr: …, en: …}."
    ]


def test_a_text_cut_by_its_comma_is_told_to_be_quoted(tmp_path: Path) -> None:
    words = "id: a\nmembers:\n  - {id: b, label: {fr: Élue, adjointe, en: Elected}}\n"

    assert told(tmp_path, words) == [
        "cercle.yaml, line 3: the key “adjointe” is unknown here (a text that holds a comma goes in quotes). "
        "Possible keys: en, fr."
    ]


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    assert told(tmp_path, "# rien\n") == [
        "cercle.yaml, line 1: this file is empty, or is not made of `key: value` pairs. Is it the right file?"
    ]


def test_a_number_where_a_code_is_expected_asks_for_quotes(tmp_path: Path) -> None:
    assert told(tmp_path, "id: 11\n") == [
        "cercle.yaml, line 1: “id” is 11, which is not accepted: a text is needed (put it in quotes)."
    ]


def test_a_declaration_is_frozen(tmp_path: Path) -> None:
    circle = read(tmp_path, "id: a\n")

    with pytest.raises(AttributeError):
        circle.id = "b"  # type: ignore[misc]


def test_a_list_is_read_under_its_key(tmp_path: Path) -> None:
    path = tmp_path / "cercles.yaml"
    path.write_text("circles:\n  - id: a\n  - id: b\n", encoding="utf-8")

    assert read_declarations(path, Circle, key="circles") == (Circle(id="a"), Circle(id="b"))


def test_a_list_without_its_key_says_which_one(tmp_path: Path) -> None:
    path = tmp_path / "cercles.yaml"
    path.write_text("cercles: []\n", encoding="utf-8")

    with pytest.raises(Problem) as raised:
        read_declarations(path, Circle, key="circles")

    assert (raised.value.code, raised.value.values) == ("content.missing_key", {"key": "circles"})
