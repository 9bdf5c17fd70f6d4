"""Names of columns: two that differ only by case are refused, because several engines would read one for the other."""

from __future__ import annotations

from collections.abc import Sequence

from alliage.problems import Problem


def refuse_same_names(names: Sequence[str], address: str) -> None:
    """DuckDB and Spark ignore case: of `w` and `W`, one would silently be read as the other.

    Raises Problem tables.same_name.
    """
    seen: dict[str, str] = {}
    for name in names:
        other = seen.setdefault(name.casefold(), name)
        if other != name or list(names).count(name) > 1:
            raise Problem("tables.same_name", address=address, one=other, other=name)
