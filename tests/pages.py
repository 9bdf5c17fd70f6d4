"""Reads what a page of the documentation shows: the files it gives, the commands it runs and what they answered."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

GIVEN = re.compile(r"\*\*`([\w./-]+)`\*\*\n\n```\w*\n(.*?)```", re.DOTALL)
CONSOLE = re.compile(r"```console\n\$ (.*?)\n(.*?)```", re.DOTALL)
# The digest of a release holds the version of the code: the page shows it as any digest.
DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


def given_files(page: Path) -> dict[str, str]:
    """The files of a page, by path: **`study.yaml`** and, under it, a block."""
    return dict(GIVEN.findall(page.read_text(encoding="utf-8")))


def commands(page: Path) -> dict[str, str]:
    """What a page runs, and what it says the answer is."""
    return dict(CONSOLE.findall(page.read_text(encoding="utf-8")))


def answer(command: str, folder: Path) -> str:
    """What a command says in that folder: its result, or what is wrong; a progress bar is neither."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONUTF8": "1", "COLUMNS": "110"}
    said = subprocess.run(command, shell=True, cwd=folder, env=environment, capture_output=True, text=True)
    return DIGEST.sub("<64 signes · 64 characters>", said.stderr if said.returncode else said.stdout)
