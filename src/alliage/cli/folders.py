"""Where a verb may write, asked before the work rather than after it; a file that is whole or absent."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alliage.problems import Place, Problem


def check_writable(to: Path) -> None:
    """Raises Problem release.not_writable when a folder cannot be made, or written in, at this path."""
    nearest = next(folder for folder in (to.absolute(), *to.absolute().parents) if folder.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        raise Problem("release.not_writable", Place(to), nearest=nearest)


@contextmanager
def written_beside(to: Path) -> Iterator[Path]:
    """A path to write to, renamed to `to` at the end: no half file is left, whatever happens."""
    beside = to.with_name(f".{to.name}.part")
    try:
        yield beside
        beside.replace(to)
    finally:
        beside.unlink(missing_ok=True)
