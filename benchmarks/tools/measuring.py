"""What every Python tool of the benchmarks shares: read the data, time the work, tell the memory, write the report.

It runs inside each peer's own environment, so it needs NumPy only, and nothing of Alliage. A tool gives,
for each work it can do, three functions: `prepare` reads the design (timed apart), `act` does the work (timed), and
`figures` says what came out as arrays in the order all tools share (not timed).
"""

from __future__ import annotations

import csv
import json
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

SLOW = 10.0  # seconds: what is slower runs once
FAST = 0.1  # seconds: what is faster runs fifteen times
Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Data:
    """The folder of one workload and the options it gives its tools."""

    folder: Path
    options: dict[str, Any]

    @property
    def parquet(self) -> Path:
        return self.folder / "answers.parquet"

    @property
    def names(self) -> list[str]:
        return [line["name"] for line in self._listed()]

    @property
    def items(self) -> list[str]:
        return [name for name in self.names if name.startswith("y")]

    @property
    def covariates(self) -> list[str]:
        return [name for name in self.names if name.startswith("x")]

    @property
    def columns(self) -> dict[str, np.ndarray]:
        """Every column, for tools that read no Parquet."""
        kinds = {"double": "<f", "integer": "<i"}
        return {
            line["name"]: np.fromfile(self.folder / f"{line['name']}.raw", dtype=kinds[line["what"]] + line["size"])
            for line in self._listed()
        }

    @property
    def margins(self) -> dict[str, dict[int, float]]:
        found: dict[str, dict[int, float]] = {}
        with (self.folder / "margins.csv").open(encoding="utf-8") as file:
            for line in csv.DictReader(file):
                found.setdefault(line["variable"], {})[int(line["category"])] = float(line["count"])
        return found

    def _listed(self) -> list[dict[str, str]]:
        with (self.folder / "columns.csv").open(encoding="utf-8") as file:
            return list(csv.DictReader(file))


@dataclass(frozen=True)
class Work:
    """How one tool does one work. `read` puts the data in the tool's own structure: neither timed nor counted."""

    read: Callable[[Data], Any]
    prepare: Callable[[Any, Data], Any]
    act: Callable[[Any, Data], Any]
    figures: Callable[[Any, Data], Figures]


def run(packages: list[str], works: Mapping[str, Work]) -> None:
    """Do the work named on the command line (work, folder, report, options) and write its report."""
    name, folder, report, options = sys.argv[1:5]
    data = Data(Path(folder), json.loads(options))
    told: dict[str, Any] = {"versions": {package: version(package) for package in packages}}
    try:
        told |= _measured(works[name], data, Path(report).parent)
    except MemoryError:
        told["failure"] = "memory"
    except Exception as failure:
        told["failure"] = f"{type(failure).__name__}: {failure}".splitlines()[0][:160]
        told["trace"] = traceback.format_exc()
    Path(report).write_text(json.dumps(told), encoding="utf-8")


def _measured(work: Work, data: Data, folder: Path) -> dict[str, Any]:
    held = work.read(data)
    _forget_peak()
    start = time.perf_counter()
    ready = work.prepare(held, data)
    prepared = time.perf_counter() - start
    seconds: list[float] = []
    while True:
        start = time.perf_counter()
        made = work.act(ready, data)
        seconds.append(time.perf_counter() - start)
        times = 1 if seconds[0] > SLOW else 3 if min(seconds) > FAST else 15
        if len(seconds) >= times:
            break
    peak = peak_bytes()
    for name, values in work.figures(made, data).items():
        np.ascontiguousarray(values, dtype=np.float64).tofile(folder / f"{name}.f64")
    return {"seconds": median(seconds), "first": seconds[0], "prepare": prepared, "runs": len(seconds), "peak": peak}


def _forget_peak() -> None:
    """Start the peak again once the data are read (Linux): reading is not counted, what it read is."""
    counters = Path("/proc/self/clear_refs")
    if counters.exists():
        counters.write_text("5")


def peak_bytes() -> int:
    """The most memory this process held.

    Not `ru_maxrss` where Linux tells better: that one starts from the memory of the process that launched this one.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    import resource  # noqa: PLC0415 - absent from Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def in_order(domain: Any, items: list[Any]) -> np.ndarray:
    """Figures of k items (one array of D each) put in the order of the domains' numbers: D x k."""
    order = np.argsort(np.asarray(domain).astype(np.int64), kind="stable")
    return np.column_stack([np.asarray(item, dtype=np.float64)[order] for item in items])
