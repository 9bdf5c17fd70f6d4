"""The names of the columns: not too many, each has one, and no two differ only by their capitals."""

from __future__ import annotations

from collections.abc import Sequence

from alliage.problems import Place, Problem, raise_all
from alliage.responses.limits import MOST_COLUMNS


def check_columns(names: Sequence[str], place: Place) -> None:
    """Raises unsafe.too_many_columns, answers.empty, answers.no_name, answers.double_name (both ranks, from 1)."""
    if len(names) > MOST_COLUMNS:
        raise Problem("unsafe.too_many_columns", place, columns=len(names), limit=MOST_COLUMNS)
    if not names:
        raise Problem("answers.empty", place)
    first: dict[str, int] = {}
    found: list[Problem] = []
    for rank, name in enumerate(names, start=1):
        key = name.strip().casefold()
        if not key:
            found.append(Problem("answers.no_name", place, rank=rank))
        elif key in first:
            other = names[first[key] - 1]
            found.append(Problem("answers.double_name", place, first=first[key], second=rank, name=other, other=name))
        first.setdefault(key, rank)
    raise_all(found[:20])
