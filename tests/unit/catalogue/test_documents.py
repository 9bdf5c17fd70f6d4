"""A YAML file is read as plain values with their lines; what could mislead its author is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from alliage.catalogue import Document, read_document
from alliage.problems import Problem, Problems


def written(tmp_path: Path, words: str | bytes) -> Path:
    path = tmp_path / "contenu.yaml"
    path.write_bytes(words if isinstance(words, bytes) else words.encode("utf-8"))
    return path


def refused(path: Path) -> tuple[str, int | None]:
    with pytest.raises(Problem) as told:
        read_document(path)
    assert told.value.place is not None
    return told.value.code, told.value.place.line


def test_every_value_remembers_its_line(tmp_path: Path) -> None:
    document = read_document(written(tmp_path, "a: 1\nb:\n  - c: 2\n  - c: 3\n"))

    assert document.data == {"a": 1, "b": [{"c": 2}, {"c": 3}]}
    assert {address: document.place(address).line for address in [("a",), ("b",), ("b", 1), ("b", 1, "c")]} == {
        ("a",): 1,
        ("b",): 2,
        ("b", 1): 4,
        ("b", 1, "c"): 4,
    }


def test_a_place_that_was_not_written_is_that_of_what_holds_it(tmp_path: Path) -> None:
    document = read_document(written(tmp_path, "a: 1\nb:\n  - c: 2\n"))

    assert document.place(("b", 0, "label", "fr")).line == 3


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("01", "01"),  # a department
        ("2A", "2A"),
        ("11", 11),
        ("no", "no"),  # a country, a word, never a boolean
        ("yes", "yes"),
        ("true", True),
        ("2019-10-01", "2019-10-01"),
        ("1:30", "1:30"),
        ("1:30.5", "1:30.5"),
        ("6.4", 6.4),
        ("~", None),
        ('"11"', "11"),
    ],
)
def test_a_value_is_what_its_author_meant(tmp_path: Path, words: str, value: object) -> None:
    assert read_document(written(tmp_path, f"x: {words}\n")).data == {"x": value}


def test_a_key_is_always_a_word(tmp_path: Path) -> None:
    assert read_document(written(tmp_path, "01: a\nno: b\n")).data == {"01": "a", "no": "b"}


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    assert read_document(written(tmp_path, "")) == Document(path=tmp_path / "contenu.yaml", data=None, lines={})


def test_a_byte_order_mark_is_not_part_of_the_first_key(tmp_path: Path) -> None:
    assert read_document(written(tmp_path, "\ufeffid: a\n")).data == {"id": "a"}


def test_a_key_written_twice_is_refused_with_the_line_of_the_first(tmp_path: Path) -> None:
    path = written(tmp_path, "a: 1\nb:\n  c: 2\n  d: 3\n  c: 4\n")

    with pytest.raises(Problem) as told:
        read_document(path)

    assert told.value.said("en") == f"{path}, line 5: the key “c” is written twice (already on line 3). Keep only one."


def test_all_double_keys_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(Problems) as told:
        read_document(written(tmp_path, "a: 1\na: 2\nb: 1\nb: 2\n"))

    assert [problem.place and problem.place.line for problem in told.value.problems] == [2, 4]


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        ("a: &x 1\nb: *x\n", "content.alias", 1),
        ("a: 1\nb: {<<: *x}\n", "content.alias", 2),
        ("a: 1\n b: 2\n", "content.syntax", 2),
        ("a: 1\n---\na: 2\n", "content.syntax", 2),
        ("a: 1\nb: !!python/object:os.system x\n", "content.syntax", 2),
        ("a: 1\nb: !!binary aGVsbG8=\n", "content.syntax", 2),
        ("a: 1\n? [b, c]\n: 2\n", "content.syntax", 2),
        ("a:\n  " + "[" * 60 + "]" * 60 + "\n", "content.syntax", 2),
        ("a: \x07\n", "content.syntax", None),
    ],
)
def test_what_is_not_plain_yaml_is_refused(tmp_path: Path, words: str, code: str, line: int | None) -> None:
    assert refused(written(tmp_path, words)) == (code, line)


@pytest.mark.parametrize(
    ("words", "detail"),
    [
        ("x: {fr: un, deux, en: one}\ny: {a: b\n", "il manque une virgule, ou une accolade ou un crochet"),
        ("x: avis : favorable\n", "deux valeurs sur une ligne"),
        ("x: 1\n y: 2\n", "deux valeurs sur une ligne"),
        ("x:\n  a: 1\n b: 2\n", "cette ligne n'est pas alignée avec les précédentes"),
        ("x: a\nbonjour\ny: b\n", "une clé n'est pas suivie de « : » et d'une espace"),
        ('x: "abc\n', "le fichier s'arrête dans un texte dont le guillemet n'est pas fermé"),
        ("x: @maires\n", "un texte ne peut pas commencer par ce signe"),
        ("a: 1\n---\nb: 1\n", "un fichier ne contient qu'un document"),
        ("a: \x07\n", "un caractère de contrôle, invisible, s'y est glissé"),
    ],
)
def test_the_parser_complains_in_french_too(tmp_path: Path, words: str, detail: str) -> None:
    with pytest.raises(Problem) as told:
        read_document(written(tmp_path, words))

    assert told.value.text.fr.startswith(f"la syntaxe YAML est rompue ({detail}")


def test_a_file_that_is_not_utf8_is_refused_and_the_byte_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "a: été\n".encode("latin-1"))

    with pytest.raises(Problem) as told:
        read_document(path)

    assert told.value.code == "content.encoding"
    assert told.value.values == {"position": 3}


def test_a_file_far_too_large_is_not_parsed(tmp_path: Path) -> None:
    assert refused(written(tmp_path, b"a: " + b"x" * 2_000_000)) == ("content.too_large", None)


def test_a_file_that_does_not_exist_says_who_asked_for_it(tmp_path: Path) -> None:
    with pytest.raises(Problem) as told:
        read_document(tmp_path / "absent.yaml", asked_by="study.yaml")

    assert told.value.text.en == "this file does not exist. Check the path written in study.yaml."
