"""The workbook: numbers that are numbers, words that are words, a way from one sheet to the other."""

from __future__ import annotations

import zipfile

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from alliage.crosstabs import Mean, Question, crosstab
from alliage.estimates import Design
from alliage.problems import Problem

TRAP = "=cmd|' /C calc'!A0"


@pytest.fixture(scope="module")
def made():
    draw = np.random.default_rng(5)
    answers = {
        "q": draw.choice([TRAP, "@somme", "-2+3", "+1"], 200).tolist(),
        "g": ["nord"] * 100 + ["sud"] * 80 + ["est"] * 20,
        "y": draw.normal(50, 10, 200),
    }
    answers["y"][:] = np.where(np.array(answers["g"]) == "nord", answers["y"] + 30, answers["y"])
    return crosstab(answers, [Question("q", label="=1+1"), Mean("y")], "g", design=Design(), minimum_base=30)


@pytest.fixture(scope="module")
def path(made, tmp_path_factory):
    path = tmp_path_factory.mktemp("workbook") / "tris.xlsx"
    made.to_xlsx(path)
    return path


def test_contents_lead_to_every_table(path):
    book = CalamineWorkbook.from_path(path)
    contents = book.get_sheet_by_name("Sommaire").to_python()

    assert book.sheet_names == ["Sommaire", "Tableau 1", "Tableau 2"]
    assert [row[:3] for row in contents[3:5]] == [["Tableau 1", "=1+1", 200], ["Tableau 2", "y", 200]]
    assert "internal" not in inside(path, "xl/worksheets/sheet1.xml")
    assert "location=\"'Tableau 1'!A1\"" in inside(path, "xl/worksheets/sheet1.xml")
    assert any(str(row[1]).startswith("Chiffres exacts") for row in contents)


def test_a_table_has_its_headings_bases_figures_and_letters(path, made):
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Tableau 2").to_python()

    assert rows[0][0] == "y"
    assert rows[2][3] == "g"
    assert [rows[3][place] for place in (1, 3, 5, 7)] == ["Ensemble", "est", "nord", "sud"]
    assert [rows[4][place] for place in (1, 3, 5, 7)] == ["", "A", "B", "C"]
    assert [row[0] for row in rows[5:9]] == ["Base (répondants)", "Base efficace", "Base pondérée", "Moyenne"]
    assert rows[8][5] == pytest.approx(made.tables[1].value[0, 2])
    assert rows[8][6] == "C"


def test_a_note_under_a_narrow_table_is_cut_to_its_width(path, made):
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Tableau 2").to_python()
    under = [str(row[0]) for row in rows[10:] if row[0]]

    told = " ".join([made.notes.holders["fr"], *(note["fr"] for note in made.notes.letters)])
    assert " ".join(under).startswith(told)
    assert max(map(len, under)) <= 120


def test_what_looks_like_a_formula_stays_text(path):
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Tableau 1").to_python()

    assert rows[0][0] == "=1+1"
    assert {TRAP, "@somme", "-2+3", "+1"} <= {row[0] for row in rows}
    assert not any("<f>" in inside(path, f"xl/worksheets/sheet{rank}.xml") for rank in (1, 2, 3))


def test_headings_stay_in_view_and_nothing_is_merged(path):
    sheet = inside(path, "xl/worksheets/sheet2.xml")

    assert 'state="frozen"' in sheet
    assert "mergeCell" not in sheet
    assert "Print_Titles" in inside(path, "xl/workbook.xml")


def test_percentages_are_written_as_each_language_does(made, path, tmp_path):
    made.to_xlsx(tmp_path / "en.xlsx", language="en", figures=["column", "n", "error"], decimals=1)
    english = CalamineWorkbook.from_path(tmp_path / "en.xlsx")

    assert 'formatCode="0\\ %"' in inside(path, "xl/styles.xml")
    assert 'formatCode="0.0%"' in inside(tmp_path / "en.xlsx", "xl/styles.xml")
    assert english.sheet_names == ["Contents", "Table 1", "Table 2"]
    labels = [row[:2] for row in english.get_sheet_by_name("Table 1").to_python()[8:11]]
    assert labels == [["+1", "column %"], ["+1", "respondents"], ["+1", "standard error"]]


def test_a_small_base_bears_its_mark(path, made):
    assert '"*"' in inside(path, "xl/styles.xml").replace("&quot;", '"')
    assert made.tables[0].enough.tolist() == [True, False, True, True]
    assert "sous la base minimale de 30" in inside(path, "xl/sharedStrings.xml")


def test_a_workbook_that_cannot_be_written_says_so(made, tmp_path):
    with pytest.raises(Problem) as problem:
        made.to_xlsx(tmp_path / "nulle part" / "tris.xlsx")

    assert problem.value.code == "crosstabs.not_writable"
    assert list(tmp_path.iterdir()) == []


def inside(path, name):
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()
