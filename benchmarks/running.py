"""Runs one tool on one workload in a process of its own, within a time and a memory, and reads what it reports."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

TOOLS = Path(__file__).parent / "tools"
ENVIRONMENTS = os.environ.get("ALLIAGE_PEERS")  # a folder that holds one Python environment per peer

# Each tool's program; Python peers have their own environment, R packages are looked for by R itself.
PROGRAMS = {
    "alliage": "by_alliage.py",
    "alliage_plain": "by_alliage.py",
    "alliage_engine": "by_alliage_engine.py",
    "scan": "by_scan.py",
    "svy": "by_svy.py",
    "samplics": "by_samplics.py",
    "ipfn": "by_ipfn.py",
    "balance": "by_balance.py",
    "survey": "by_survey.R",
    "sampling": "by_sampling.R",
}
NAMES = {
    "alliage": "**Alliage**, en mémoire · in memory",
    "alliage_plain": "**Alliage**, en mémoire, sans Numba · in memory, without Numba",
    "alliage_engine": "**Alliage**, dans le moteur · in the engine (DuckDB)",
    "scan": "DuckDB, un simple parcours · a plain scan",
    "survey": "R survey",
    "sampling": "R sampling",
}
OURS = {"alliage", "alliage_plain", "alliage_engine", "scan"}


@dataclass(frozen=True)
class Report:
    """What one tool did on one workload: seconds and bytes, its figures by name, or why there are none."""

    tool: str
    seconds: float = float("nan")
    first: float = float("nan")  # the first call alone: what is loaded or compiled once is in it
    prepare: float = float("nan")
    peak: float = float("nan")
    runs: int = 0
    failure: str = ""
    part: str = ""  # how a time was found for the whole when the tool was asked for a part
    trace: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    figures: dict[str, np.ndarray] = field(default_factory=dict)

    @property
    def done(self) -> bool:
        return not self.failure

    @property
    def name(self) -> str:
        called = NAMES.get(self.tool, self.tool)
        own = self.versions.get(self.tool.split("_")[0], "")
        return f"{called} {own}".strip() + (f", {self.part}" if self.part else "")


def run_tool(tool: str, work: str, folder: Path, options: dict[str, Any], *, seconds: float, memory: int) -> Report:
    """Run it; a tool that is not installed, takes too long or too much memory is a report like any other."""
    command = _command(tool)
    if command is None:
        return Report(tool, failure="pas installé · not installed")
    with tempfile.TemporaryDirectory(prefix="alliage-bench-report-") as made:
        report = Path(made) / "report.json"
        written = _options(tool, options | {"tool": tool})
        try:
            ended = subprocess.run(
                [*command, work, str(folder), str(report), written],
                timeout=seconds,
                capture_output=True,
                text=True,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory)),
            )
        except subprocess.TimeoutExpired:
            return Report(tool, failure=f"plus de {seconds:.0f} s · more than {seconds:.0f} s")
        if not report.is_file():
            return Report(tool, failure=_ended(ended, memory), trace=ended.stderr)
        told = json.loads(report.read_text(encoding="utf-8"))
        if told.get("failure") == "memory":
            told["failure"] = _no_memory(memory)
        figures = {path.stem: np.fromfile(path) for path in Path(made).glob("*.f64")}
        return Report(tool, figures=figures, **told)


def _command(tool: str) -> list[str] | None:
    program = str(TOOLS / PROGRAMS[tool])
    if program.endswith(".R"):
        found = shutil.which("Rscript")
        return [found, program] if found and _r_has(found, tool) else None
    if tool in OURS:
        return [sys.executable, program]
    python = Path(ENVIRONMENTS or "") / tool / "bin" / "python"
    return [str(python), program] if ENVIRONMENTS and python.exists() else None


def _r_has(rscript: str, package: str) -> bool:
    asked = f"quit(status = !requireNamespace('{package}', quietly = TRUE))"
    return subprocess.run([rscript, "-e", asked], capture_output=True).returncode == 0


def _options(tool: str, options: dict[str, Any]) -> str:
    if not PROGRAMS[tool].endswith(".R"):
        return json.dumps(options)
    written = {key: ",".join(map(str, value)) if isinstance(value, list) else value for key, value in options.items()}
    return ";".join(f"{key}={value}" for key, value in written.items())


def _ended(ended: subprocess.CompletedProcess[str], memory: int) -> str:
    """Why a tool that reported nothing ended: engines that cannot allocate abort in words of their own."""
    words = ended.stderr.strip()
    if "alloc" in words.lower() or "memory" in words.lower():
        return _no_memory(memory)
    return (words.splitlines() or [f"arrêté · ended ({ended.returncode})"])[-1][:160]


def _no_memory(memory: int) -> str:
    size = f"{memory / 2**30:.0f}"
    return f"échoue : mémoire (plus de {size} Go) · fails: memory (over {size} GB)"
