"""Checks a content folder: everything wrong in one go, the versions it published included."""

from __future__ import annotations

from pathlib import Path

from alliage.contents.consistency import check_figures
from alliage.contents.reading import read_content
from alliage.contents.versions import check_versions
from alliage.problems import Problem


def check_content(folder: Path) -> list[Problem]:
    """Everything wrong with a content folder, in the order of its files; an empty list means it may be published."""
    try:
        content, problems = read_content(folder)
        return [*problems, *check_figures(content), *check_versions(content)]
    except Problem as problem:
        return [problem]
