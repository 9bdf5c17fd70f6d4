"""Margin files: what they say, and what is wrong in them with its line."""

from pathlib import Path

import pytest

from alliage.problems import Place, Problem
from alliage.weights import find_margins, read_margin

POPULATIONS = Path(__file__).parents[3] / "src" / "alliage_content" / "populations"

HEAD = """\
id: communes
label: {fr: Communes, en: Municipalities}
variables: [region, taille]
unit: {fr: communes, en: municipalities}
date: 2026-01-01
source: {fr: Insee, en: Insee}
origin: {mark: sourced}
"""


def written(folder: Path, words: str) -> Path:
    file = folder / "communes.yaml"
    file.write_text(HEAD + words, encoding="utf-8")
    return file


def test_a_crossed_margin_nests_its_categories_and_remembers_their_lines(tmp_path):
    file = written(tmp_path, 'total: 60\ncategories:\n  "01": {petite: 10, grande: 20}\n  11:\n    petite: 30\n')

    margin = read_margin(file)

    assert [(cell.name, cell.count, cell.place.line) for cell in margin.cells] == [
        ("01/petite", 10, 10),
        ("01/grande", 20, 10),
        ("11/petite", 30, 12),
    ]
    assert margin.total == 60


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        ("categories:\n  nord: {petite: -1}\n", "weights.bad_count", 9),
        ("categories:\n  nord: {petite: beaucoup}\n", "weights.bad_count", 9),
        ("categories:\n  nord: {petite: .nan}\n", "weights.bad_count", 9),
        ("categories:\n  nord: {petite: true}\n", "weights.bad_count", 9),
        ("categories:\n  nord: 12\n", "weights.wrong_depth", 9),
        ("categories:\n  nord: {petite: {vieille: 3}}\n", "weights.wrong_depth", 9),
        ("categories:\n  nord: {}\n", "weights.wrong_depth", 9),
        ("categories:\n  nord: {petite: 0}\n", "weights.nobody", 8),
        ("total: 11\ncategories:\n  nord: {petite: 12}\n", "weights.wrong_total", 8),
        ("use: percent\ncategories:\n  nord: {petite: 12}\n", "content.wrong_value", 8),
    ],
)
def test_what_is_wrong_in_a_margin_file_is_told_with_its_line(tmp_path, words, code, line):
    file = written(tmp_path, words)

    with pytest.raises(Problem) as caught:
        read_margin(file)

    assert (caught.value.code, caught.value.place) == (code, Place(file, line))


def test_a_study_names_a_margin_by_its_path_or_by_its_id(tmp_path):
    written(tmp_path, "categories:\n  nord: {petite: 12}\n")

    margins = find_margins(("communes.yaml", "entreprises_taille"), study=tmp_path, populations=POPULATIONS)

    assert [margin.id for margin in margins] == ["communes", "entreprises_taille"]


def test_a_margin_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(Problem) as caught:
        find_margins(("nulle_part",), study=tmp_path, populations=POPULATIONS)

    assert caught.value.code == "content.not_found"


TOTAL = HEAD.replace("variables: [region, taille]\n", "")


def test_the_total_of_a_number_is_one_line(tmp_path):
    file = tmp_path / "effectif.yaml"
    file.write_text(TOTAL + "use: total\nof: effectif\ntotal: 1234567\n", encoding="utf-8")

    margin = read_margin(file)

    assert (margin.variables, margin.of, margin.total, margin.columns) == ((), "effectif", 1234567, ("effectif",))
    assert margin.cells[0].place == Place(file, 9)


def test_a_number_may_have_a_total_in_each_category_even_negative(tmp_path):
    words = "use: total\nof: solde\nlevel: household\ncategories:\n  nord: {petite: -12.5, grande: 30}\n"

    margin = read_margin(written(tmp_path, words))

    assert [(cell.name, cell.count) for cell in margin.cells] == [("nord/petite", -12.5), ("nord/grande", 30)]
    assert (margin.level, margin.columns) == ("household", ("region", "taille", "solde"))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("use: total\ntotal: 12\n", "weights.total_of"),
        ("of: effectif\ntotal: 12\n", "weights.total_of"),
        ("use: total\nof: effectif\n", "weights.one_total"),
        ("use: total\nof: effectif\ntotal: 12\ncategories: {nord: 12}\n", "weights.one_total"),
        ("total: 12\n", "weights.no_variable"),
    ],
)
def test_a_total_that_is_not_said_in_full_is_refused(tmp_path, words, code):
    file = tmp_path / "effectif.yaml"
    file.write_text(TOTAL + words, encoding="utf-8")

    with pytest.raises(Problem) as caught:
        read_margin(file)

    assert caught.value.code == code
