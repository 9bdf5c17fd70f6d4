"""Reads what a page of the documentation shows: the files it gives, the commands it runs and what they answered.

Run: python tests/pages.py, to write the answers again after a message has changed; then read the difference.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
TUTORIAL = DOCS / "tutorials" / "first-release.md"
HOW_TO = sorted((DOCS / "how-to").glob("*.md"))

GIVEN = re.compile(r"\*\*`([\w./-]+)`\*\*\n\n```\w*\n(.*?)```", re.DOTALL)
CONSOLE = re.compile(r"```console\n\$ (.*?)\n(.*?)```", re.DOTALL)
# The identity of a release holds that of the code: a page shows that there is one, not which.
DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


def write_given_files(page: Path, folder: Path) -> None:
    """Write the files of a page: **`study.yaml`** and, under it, a block."""
    for name, words in GIVEN.findall(page.read_text(encoding="utf-8")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(words, encoding="utf-8")


def commands(page: Path) -> dict[str, str]:
    """What a page runs, and what it says the answer is."""
    return dict(CONSOLE.findall(page.read_text(encoding="utf-8")))


def answer(command: str, folder: Path) -> str:
    """What a command says in that folder: its result, or what is wrong; a progress bar is neither."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONUTF8": "1", "COLUMNS": "110"}
    said = subprocess.run(command, shell=True, cwd=folder, env=environment, capture_output=True, text=True)
    return DIGEST.sub("(64 signes · 64 characters)", said.stderr if said.returncode else said.stdout)


def answered_again(page: Path, folder: Path) -> str:
    """The page with the answers of today."""
    return CONSOLE.sub(
        lambda found: f"```console\n$ {found[1]}\n{answer(found[1], folder)}```", page.read_text(encoding="utf-8")
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as workshop:
        for one in (TUTORIAL, *HOW_TO):
            write_given_files(one, Path(workshop))
            one.write_text(answered_again(one, Path(workshop)), encoding="utf-8")
