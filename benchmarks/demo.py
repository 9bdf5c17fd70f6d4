"""Measures the demo's build, stage by stage: time and peak memory, as ratios to reading and weighting in the same run.

Run: python benchmarks/demo.py [--write]; --write replaces its section of docs/reference/benchmarks.md.
"""

from __future__ import annotations

import platform
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from typing import TypeVar

from sections import write_section

from alliage.contents import Content, open_content
from alliage.disclosure import release
from alliage.pipeline import measure_plan, weigh_study
from alliage.publications.freeze import freeze
from alliage.publications.gathering import gather, release_inputs
from alliage.publications.sealed import write_sealed
from alliage_demo.studies import write_observatory

REPEATS = 3
REFERENCE = "read and weigh"

Made = TypeVar("Made")


class Stages:
    """The seconds and the peak memory (MB over what was there before) of each stage of one build."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.megabytes: dict[str, float | None] = {}

    def run(self, name: str, work: Callable[[], Made]) -> Made:
        before = resident()
        forget_peak()
        start = time.perf_counter()
        made = work()
        self.seconds[name] = time.perf_counter() - start
        peak = resident("VmHWM")
        self.megabytes[name] = None if peak is None or before is None else peak - before
        return made


def build(folder: Path, content: Content) -> tuple[Stages, int]:
    """Draw, publish, and say how many files the release holds: the pipeline's own functions, in its own order."""
    stages = Stages()
    stages.run("draw", lambda: write_observatory(folder / "observatory", content=content))
    gathered = gather(folder / "observatory" / "observatory.yaml", content, None)
    by = tuple(dict.fromkeys(variable for line in gathered.plan for variable in line.by))
    weighed = stages.run(
        REFERENCE,
        lambda: [weigh_study(one, gathered.margins[one.study.id], content=content, by=by) for one in gathered.studies],
    )
    weights = {study.folder.study.id: study.weights for study in weighed}
    cells, gaps = stages.run("estimate", lambda: measure_plan(gathered, [study.measured for study in weighed]))
    decisions = stages.run(
        "protect", lambda: release(cells, gaps, indicators=gathered.indicators, rules=gathered.rules)
    )

    def write() -> None:
        inputs = release_inputs(
            gathered,
            decisions,
            content=content,
            weights=weights,
            released=date(2026, 11, 23),
            code_version="benchmark",
            lock="benchmark",
        )
        (folder / "sealed").mkdir()
        write_sealed(folder / "sealed", cells=cells, gaps=gaps, public=decisions.cells, weightings=weights)
        freeze(inputs, folder / "release")

    stages.run("compose, draw figures, write", write)
    return stages, sum(path.is_file() for path in (folder / "release").rglob("*"))


def resident(field: str = "VmRSS") -> float | None:
    """Memory of this process in MB, as Linux tells it; None elsewhere."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return None
    line = next(line for line in status.read_text().splitlines() if line.startswith(field))
    return int(line.split()[1]) / 1024


def forget_peak() -> None:
    """Start the peak again from here (Linux)."""
    counters = Path("/proc/self/clear_refs")
    if counters.exists():
        counters.write_text("5")


def section() -> str:
    content = open_content()
    builds, files = [], 0
    for _ in range(REPEATS):
        with tempfile.TemporaryDirectory(prefix="alliage-bench-") as folder:
            made, files = build(Path(folder), content)
            builds.append(made)
    seconds = {name: median(one.seconds[name] for one in builds) for name in builds[0].seconds}
    # The first build pays what is loaded once.
    memory = builds[0].megabytes
    lines = [
        "| stage | times the reference | seconds | peak memory added, first build (MB) |",
        "| --- | ---: | ---: | ---: |",
    ]
    for name, taken in seconds.items():
        peak = memory[name]
        shown = "–" if peak is None else f"{peak:.0f}"
        lines.append(f"| {name} | {taken / seconds[REFERENCE]:.2f} | {taken:.2f} | {shown} |")
    whole = sum(seconds.values())
    lines.append(f"| all | {whole / seconds[REFERENCE]:.2f} | {whole:.2f} | |")
    words = (
        f"## The demo, by stage\n\nEight studies, {files:,} files in the release. Reference: {REFERENCE} the eight "
        f"studies, in the same run (each file is opened in its own limited process, whose memory is not counted). "
        f"Median of {REPEATS}; Python {platform.python_version()}. Read the ratios, not the seconds. Made by "
        "`benchmarks/demo.py`."
    )
    return "\n".join([words, "", *lines])


if __name__ == "__main__":
    result = section()
    print(result)
    if "--write" in sys.argv:
        write_section("demo", result)
