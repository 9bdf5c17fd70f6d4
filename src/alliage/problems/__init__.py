"""Every sentence that tells someone something is wrong: what, where, why, and what to do, in French and English.

Law: a problem names its place (file, then line or cell), its cause and its remedy; it has a code that tests quote,
and the first part of the code decides the exit status of the command. What the reader cannot put right is a bug: it
is not a Problem, let it crash with its trace.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from alliage.problems import (
    answers,
    catalogue,
    comparisons,
    crosstabs,
    disclosure,
    estimates,
    models,
    publication,
    server,
    studies,
    tables,
    weights,
)
from alliage.text import Language, Text

# One exit status per kind of problem, the kind being the first part of the code. 1 is a bug, 2 a misused command.
EXIT_STATUS: dict[str, int] = {
    "content": 3,
    "study": 4,
    "answers": 5,
    "unsafe": 6,
    "weights": 7,
    "estimates": 8,
    "disclosure": 9,
    "release": 10,
    "server": 11,
    "tables": 12,
    "models": 13,
    "comparisons": 14,
    "crosstabs": 15,
}

MESSAGES: dict[str, Text] = {
    **catalogue.MESSAGES,
    **studies.MESSAGES,
    **answers.MESSAGES,
    **tables.MESSAGES,
    **weights.MESSAGES,
    **estimates.MESSAGES,
    **comparisons.MESSAGES,
    **models.MESSAGES,
    **crosstabs.MESSAGES,
    **disclosure.MESSAGES,
    **publication.MESSAGES,
    **server.MESSAGES,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where to look: a file, and in it a line (from 1) or a cell ("C12")."""

    file: str | Path
    line: int | None = None
    cell: str | None = None

    def spoken(self) -> Text:
        if self.cell is not None:
            return Text(fr=f"{self.file}, cellule {self.cell}", en=f"{self.file}, cell {self.cell}")
        if self.line is not None:
            return Text(fr=f"{self.file}, ligne {self.line}", en=f"{self.file}, line {self.line}")
        return Text(fr=str(self.file), en=str(self.file))


class Problem(Exception):
    """One thing that stops the work and that the reader can put right."""

    def __init__(self, code: str, place: Place | None = None, /, **values: object) -> None:
        self.code = code
        self.place = place
        self.values = values
        self.text = MESSAGES[code].filled(**values)
        super().__init__(self.text.en)

    def said(self, language: Language) -> str:
        """The whole sentence, its place first."""
        if self.place is None:
            return self.text[language]
        separator = " : " if language == "fr" else ": "
        return f"{self.place.spoken()[language]}{separator}{self.text[language]}"

    @property
    def exit_status(self) -> int:
        return EXIT_STATUS[self.code.split(".", 1)[0]]

    def __str__(self) -> str:
        return f"{self.said('fr')}\n{self.said('en')}"


class Problems(Exception):
    """Several problems found in one reading, so that the author mends them in one go."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems")

    @property
    def exit_status(self) -> int:
        return self.problems[0].exit_status

    def __str__(self) -> str:
        return "\n\n".join(str(problem) for problem in self.problems)


def raise_all(problems: list[Problem]) -> None:
    """Say nothing if there is nothing to say; one problem alone is raised as itself."""
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise Problems(problems)
