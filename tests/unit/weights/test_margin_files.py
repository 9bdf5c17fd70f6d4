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
