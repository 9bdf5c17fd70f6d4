"""Where the house is and what it holds: the files a newcomer receives."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src"
# What a copy without its history leaves out: made by the work, never part of the house.
MADE = {".git", ".venv", "var", "build", "dist", "__pycache__"}
WORDS = {".py", ".md", ".yaml", ".yml", ".toml", ".txt", ".in", ".html", ".css", ".js", ".po", ".json", ".R", ".svg"}


@cache
def files() -> tuple[Path, ...]:
    """Every file that is tracked or about to be."""
    asked = ("git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard")
    told = subprocess.run(asked, capture_output=True, text=True)
    if told.returncode == 0:
        found = [ROOT / line for line in told.stdout.splitlines()]
    else:
        found = [path for path in ROOT.rglob("*") if not MADE & set(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in found if path.is_file()))


@cache
def texts() -> tuple[tuple[Path, str], ...]:
    """Every file one reads, with its words."""
    read = [path for path in files() if path.suffix in WORDS or path.name in ("Makefile", ".gitignore", "run")]
    return tuple((path, path.read_text(encoding="utf-8")) for path in read)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
