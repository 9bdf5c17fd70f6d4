"""A crosstab as a workbook: a sheet of contents, a sheet per question, every figure a number that can be used again.

Made to be read by people and by screen readers: no merged cell, one heading per column, headings repeated in print, no
formula anywhere, and what a respondent or an author wrote is text even when it starts with "=".
"""

from __future__ import annotations

import math
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from alliage.crosstabs.layout import EVERYONE, Figures, Line, checked_figures, lines_of
from alliage.problems import Place, Problem
from alliage.text import Language, Text

if TYPE_CHECKING:  # results are written with this
    from alliage.crosstabs.results import Crosstab, Table

CONTENTS = Text(fr="Sommaire", en="Contents")
TITLE = Text(fr="Tris croisés", en="Crosstabs")
QUESTION = Text(fr="Question", en="Question")
BASE = Text(fr="Répondants", en="Respondents")
NOTES = Text(fr="À savoir", en="Notes")
BACK = Text(fr="Retour au sommaire", en="Back to contents")
SHEET = Text(fr="Tableau {rank}", en="Table {rank}")
MARK = Text(fr="* sous la base minimale de {minimum}", en="* under the minimum base of {minimum}")

INK, PALE, RULE, TEAL, FAINT = "#1b2a38", "#eef2f4", "#b7c2ca", "#0b6e69", "#6b7780"
# Columns of figures, in characters.
NARROWEST, WIDEST = 9.5, 12.5
# A note under a table: at least so many characters; how many of its small ones in the width of one.
NARROWEST_NOTE, SMALL_LETTERS = 60, 1.6
# Columns of figures on the width of a printed page.
ON_A_PAGE = 12
# Header lines of a table: its title, the way back, groups, columns, letters.
GROUPS, LABELS, LETTERS, FIRST = 2, 3, 4, 5


def write(crosstab: Crosstab, path: Path, *, language: Language, figures: Figures, decimals: int = 0) -> None:
    """Write the workbook; beside and renamed, so that no half file is left. Raises Problem crosstabs.not_writable."""
    chosen = checked_figures(figures)
    with _written_beside(path) as beside:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        book = xlsxwriter.Workbook(str(beside), {**options, "nan_inf_to_errors": False})
        book.set_properties({"title": crosstab.title or TITLE[language], "comments": crosstab.notes.holders[language]})
        styles = Styles(book, language)
        contents = book.add_worksheet(CONTENTS[language])
        names = [SHEET.filled(rank=rank + 1)[language] for rank in range(len(crosstab.tables))]
        for name, table in zip(names, crosstab.tables, strict=True):
            _write_table(book.add_worksheet(name), crosstab, table, styles, language, chosen, decimals)
        _write_contents(contents, crosstab, names, styles, language)
        book.close()


@contextmanager
def _written_beside(path: Path) -> Iterator[Path]:
    if not path.parent.is_dir():
        raise Problem("crosstabs.not_writable", Place(path), detail=str(path.parent))
    try:
        handle, name = tempfile.mkstemp(suffix=".part", prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise Problem("crosstabs.not_writable", Place(path), detail=error.strerror or "") from None
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        beside.chmod(0o644)
        beside.replace(path)
    except (OSError, XlsxWriterException) as error:
        raise Problem("crosstabs.not_writable", Place(path), detail=str(error)) from None
    finally:
        beside.unlink(missing_ok=True)


class Styles:
    """Cell formats, each made once: a workbook has a limited number of them."""

    def __init__(self, book: Any, language: Language) -> None:
        self._book, self._language = book, language
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __call__(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(
                {"font_name": "Arial", "font_size": 10, "font_color": INK, "valign": "vcenter", **properties}
            )
        return self._made[key]

    def number(self, line: Line) -> str:
        """A French percentage has a space before its sign."""
        after = "." + "0" * line.decimals if line.decimals else ""
        if line.number == "share":
            return f"0{after}\\ %" if self._language == "fr" else f"0{after}%"
        return f"#,##0{after}" if line.number == "count" else f"0{after}"


def _write_contents(sheet: Any, crosstab: Crosstab, names: list[str], styles: Styles, language: Language) -> None:
    """Title, a link per table with its base, the notes."""
    _set_page(sheet, landscape=False)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 64)
    sheet.set_column(2, 2, 14)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, crosstab.title or TITLE[language], styles(bold=True, font_size=16))
    for place, heading in enumerate((SHEET.filled(rank="")[language].strip(), QUESTION[language], BASE[language])):
        right = {"align": "right"} if place == 2 else {}
        sheet.write_string(2, place, heading, styles(bold=True, bg_color=PALE, bottom=1, bottom_color=RULE, **right))
    for rank, (name, table) in enumerate(zip(names, crosstab.tables, strict=True)):
        row = 3 + rank
        sheet.write_url(row, 0, f"internal:'{name}'!A1", styles(font_color=TEAL, underline=1), name)
        sheet.write_string(row, 1, table.label, styles(text_wrap=True))
        sheet.write_number(row, 2, int(table.base[0]), styles(num_format="#,##0"))
    row = 4 + len(names)
    sheet.write_string(row, 0, NOTES[language], styles(bold=True))
    for rank, note in enumerate(crosstab.notes.all, start=1):
        # In one cell as wide as the three columns: a long note is wrapped there, without merging anything.
        sheet.write_string(row + rank, 1, note[language], styles(text_wrap=True, valign="top"))
        sheet.set_row(row + rank, 13.5 * math.ceil(len(note[language]) / 76))


def _write_table(
    sheet: Any, crosstab: Crosstab, table: Table, styles: Styles, language: Language, figures: Figures, decimals: int
) -> None:
    lines = list(lines_of(table, figures, decimals))
    many = len(figures) > 1
    start = 2 if many else 1  # the first column of figures
    _set_page(sheet, landscape=True, wide=math.ceil(len(crosstab.columns) / ON_A_PAGE))
    wide = float(max(18, min(46, 2 + max(len(line.label[language]) for line in lines))))
    sheet.set_column(0, 0, wide)
    if many:
        sheet.set_column(1, 1, 15)
        wide += 15
    sheet.set_row(0, 22)
    sheet.write_string(0, 0, table.label, styles(bold=True, font_size=13))
    sheet.write_url(1, 0, f"internal:'{CONTENTS[language]}'!A1", styles(font_color=TEAL, underline=1), BACK[language])
    _write_headings(sheet, crosstab, styles, language, start)
    for rank, line in enumerate(lines):
        again = rank > 0 and lines[rank - 1].label == line.label and lines[rank - 1].kind == line.kind
        _write_line(sheet, FIRST + rank, line, again, crosstab, table, styles, language, start)
    last = FIRST + len(lines)
    for place, column in enumerate(crosstab.columns):
        beside = start + 2 * place
        longest = max((len(str(row[place])) for row in table.letters), default=0)
        figure, letter = max(NARROWEST, min(WIDEST, len(column.label) + 1)), max(2.5, 1.3 * longest + 0.8)
        sheet.set_column(beside, beside, figure)
        sheet.set_column(beside + 1, beside + 1, letter)
        wide += figure + letter
    # Cut to the width of the table, a line per row: print stops where the table does.
    width = max(int(SMALL_LETTERS * wide), NARROWEST_NOTE)
    foot = [words for note in _foot(crosstab, table) for words in wrap(note[language], width)]
    for rank, words in enumerate(foot, start=1):
        sheet.write_string(last + rank, 0, words, styles(font_size=9, italic=True))
    sheet.freeze_panes(FIRST, start)
    sheet.repeat_rows(0, LETTERS)
    sheet.repeat_columns(0, start - 1)
    sheet.print_area(0, 0, last + 1 + len(foot), start + 2 * len(crosstab.columns) - 1)


def _foot(crosstab: Crosstab, table: Table) -> list[Text]:
    """What a sheet printed alone must still say: whose figures, which letters, which bases are small."""
    notes = [crosstab.notes.holders, *crosstab.notes.letters]
    return notes if table.enough.all() else [*notes, MARK.filled(minimum=crosstab.minimum_base)]


def _write_headings(sheet: Any, crosstab: Crosstab, styles: Styles, language: Language, start: int) -> None:
    """Group, column, letter: the heading of a column is above its figures; its letters have a narrow column beside."""
    longest = max((len(column.label) for column in crosstab.columns), default=0)
    sheet.set_row(LABELS, 14 * max(1, math.ceil(longest * 1.15 / WIDEST)))
    for row in (GROUPS, LABELS, LETTERS):
        for place in range(start):
            sheet.write_blank(row, place, None, styles(**_heading(row)))
    for place, column in enumerate(crosstab.columns):
        first = place == 0 or crosstab.columns[place - 1].span != column.span
        edge = {"left": 1, "left_color": RULE} if first else {}
        group = column.group if first else ""
        label = column.label or EVERYONE[language]
        for row, words in ((GROUPS, group), (LABELS, label), (LETTERS, column.letter)):
            wide = {"align": "left"} if row == GROUPS else {"align": "right", "text_wrap": True}
            _write_words(sheet, row, start + 2 * place, words, styles(**_heading(row), **edge, **wide))
            sheet.write_blank(row, start + 2 * place + 1, None, styles(**_heading(row)))


def _heading(row: int) -> dict[str, Any]:
    rule = {"bottom": 1, "bottom_color": RULE} if row == LETTERS else {}
    return {"bg_color": PALE, "bold": row != LABELS, "font_color": TEAL if row == LETTERS else INK, **rule}


def _write_line(
    sheet: Any,
    row: int,
    line: Line,
    again: bool,
    crosstab: Crosstab,
    table: Table,
    styles: Styles,
    language: Language,
    start: int,
) -> None:
    look: dict[str, Any] = {"italic": True, "font_size": 9} if line.kind == "base" else {"bold": line.kind == "net"}
    top = {"top": 4, "top_color": RULE} if start == 2 and not again and line.kind != "base" else {}
    # On every line, for whoever hears or filters them; pale where it is only repeated.
    stub = styles(text_wrap=True, **look, **top, **({"font_color": FAINT} if again else {}))
    sheet.write_string(row, 0, line.label[language], stub)
    if start == 2:
        figure = "" if line.figure is None else line.figure[language]
        _write_words(sheet, row, 1, figure, styles(font_size=9, **top))
    for place, column in enumerate(crosstab.columns):
        first = place == 0 or crosstab.columns[place - 1].span != column.span
        edge = {**top, "left": 1, "left_color": RULE} if first else top
        small = {} if table.enough[place] else {"font_color": FAINT}
        value, number = float(line.numbers[place]), styles.number(line)
        if line.kind == "base" and not table.enough[place]:
            number += '"*"'
        style = styles(num_format=number, **look, **edge, **small)
        if math.isfinite(value):
            sheet.write_number(row, start + 2 * place, value, style)
        else:
            sheet.write_string(row, start + 2 * place, "–", styles(align="right", **edge, **small))
        letters = "" if line.letters is None else str(line.letters[place])
        _write_words(sheet, row, start + 2 * place + 1, letters, styles(font_color=TEAL, bold=True, font_size=9, **top))


def _write_words(sheet: Any, row: int, column: int, words: str, style: Any) -> None:
    """Always text: "=1+1" and "@x" stay what they are."""
    if words:
        sheet.write_string(row, column, words, style)
    else:
        sheet.write_blank(row, column, None, style)


def _set_page(sheet: Any, *, landscape: bool, wide: int = 1) -> None:
    """A4, as many pages wide as keep the figures readable; each says which sheet it is, and its number."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(wide, 0)
    sheet.set_footer("&L&8&A&R&8&P / &N")
    sheet.hide_gridlines(2)
