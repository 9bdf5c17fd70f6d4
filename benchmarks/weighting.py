"""Measures raking: 100,000 answers, 9 variables, 60 margins, against a plain IPF of the same margins in the same run.

Run: python benchmarks/weighting.py [--write]; --write replaces its section of docs/reference/benchmarks.md.
"""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Callable
from statistics import median

import numpy as np
import pyarrow as pa
from sections import write_section

from alliage.weights import make_margin, rake
from alliage.weights.raking import rake_by_turns, rake_codes

ROWS = 100_000
SIZES = (13, 4, 2, 6, 8, 3, 10, 5, 9)  # 60 categories
REPEATS = 5


def situation(*, related: float) -> tuple[list[np.ndarray], list[np.ndarray], np.ndarray]:
    """Variables that go together (`related`: 0 independent, 1 identical), margins moved away from the answers."""
    rng = np.random.default_rng(60)
    common = rng.random(ROWS)
    codes = []
    for size in SIZES:
        own = np.where(rng.random(ROWS) < related, common, rng.random(ROWS))
        codes.append(np.minimum((own * size).astype(np.intp), size - 1))
    initial = rng.uniform(0.5, 3, ROWS)
    pull = np.exp(sum(rng.normal(0, 0.3, size)[code] for size, code in zip(SIZES, codes, strict=True)))
    return codes, [np.bincount(code, weights=initial * pull) for code in codes], initial


def seconds(act: Callable[[], object]) -> float:
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return median(times)


def lines() -> list[str]:
    made = [
        "| variables | Alliage, solver (s) | rounds | plain IPF, same 1e-12 (s) | sweeps | IPF / Alliage | "
        "weights differ by at most | whole call `rake()` on a table (s) |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, related in (("independent", 0.0), ("related", 0.5), ("strongly related", 0.8)):
        codes, targets, initial = situation(related=related)
        newton, turns = rake_codes(codes, targets, initial), rake_by_turns(codes, targets, initial)
        differ = float(np.abs(newton.factors / turns.factors - 1).max())
        ours = seconds(lambda c=codes, t=targets, i=initial: rake_codes(c, t, i))
        plain = seconds(lambda c=codes, t=targets, i=initial: rake_by_turns(c, t, i))
        columns = {f"v{rank}": pa.array(code.astype(str)) for rank, code in enumerate(codes)}
        table = pa.table({**columns, "w": initial})
        margins = [
            make_margin(f"v{rank}", {str(category): count for category, count in enumerate(target)})
            for rank, target in enumerate(targets)
        ]
        whole = seconds(lambda t=table, m=margins: rake(t, m, design_weight="w"))
        made.append(
            f"| {name} | {ours:.3f} | {newton.rounds} | {plain:.3f} | {turns.rounds} | {plain / ours:.1f} | "
            f"{differ:.0e} | {whole:.3f} |"
        )
    return made


def section() -> str:
    words = (
        f"## Raking\n\n{ROWS:,} answers, {len(SIZES)} variables, {sum(SIZES)} margins, unequal starting weights, all "
        f"margins met to 1e-12. Median of {REPEATS}; Python {platform.python_version()}, NumPy {np.__version__}. Read "
        "the ratios, not the seconds. Made by `benchmarks/weighting.py`."
    )
    return "\n".join([words, "", *lines()])


if __name__ == "__main__":
    result = section()
    print(result)
    if "--write" in sys.argv:
        write_section("weighting", result)
