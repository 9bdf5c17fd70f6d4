"""The cost of estimation from 10^3 to 10^6 respondents: time, peak memory, and how many plain scans that is worth.

python benchmarks/estimation.py    (writes its section of docs/reference/benchmarks.md)

One item by 14 domains under 200 strata and 10,000 towns at most, through the public function to the table of results,
the design read each time. The unit of measure is one NumPy `bincount` of the same three columns (weight, answer,
domain) in the same run, so that machines can be compared. Nothing is asserted: no test is timed.
"""

from __future__ import annotations

import platform
import time
import tracemalloc
from collections.abc import Callable
from statistics import median

import numpy as np
import pyarrow as pa
from sections import write_section

from alliage.estimates import Design, mean, share

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
DOMAINS = 14


def respondents(n: int, rng: np.random.Generator) -> pa.Table:
    """n answers: towns of 20 to 100 people, in strata, in random order; text columns coded once as dictionaries."""
    towns = max(20, min(10_000, n // 50))
    strata = max(4, towns // 50)
    town = rng.integers(0, towns, n)
    return pa.table(
        {
            "weight": rng.uniform(0.5, 2.0, n),
            "town": town,
            "stratum": town % strata,
            "region": pa.DictionaryArray.from_arrays(
                rng.integers(0, DOMAINS, n).astype(np.int8), [f"r{code:02}" for code in range(DOMAINS)]
            ),
            "answer": pa.DictionaryArray.from_arrays(rng.integers(0, 2, n).astype(np.int8), ["non", "oui"]),
            "note": rng.normal(6, 2, n),
        }
    )


def timed(work: Callable[[], object], times: int) -> float:
    """Median seconds over `times` runs, the first one left out."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)


def peak(work: Callable[[], object]) -> float:
    """Most megabytes held by NumPy and Python at once, the answers not counted."""
    tracemalloc.start()
    work()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def line(n: int, rng: np.random.Generator) -> str:
    answers = respondents(n, rng)
    plain = Design(weight="weight")
    clustered = Design(weight="weight", strata="stratum", clusters="town")
    bound = clustered.bind(answers)
    weight = answers["weight"].to_numpy()
    region = answers["region"].combine_chunks().indices.to_numpy()
    note = answers["note"].to_numpy()
    times = 9 if n <= 100_000 else 5
    scan = timed(lambda: np.bincount(region, weights=weight * note, minlength=DOMAINS), times)
    works: list[Callable[[], object]] = [
        lambda: share(answers, "answer", "oui", design=plain, by="region").to_arrow(),
        lambda: share(answers, "answer", "oui", design=clustered, by="region").to_arrow(),
        lambda: mean(answers, "note", design=bound, by="region").to_arrow(),
    ]
    cells = [f"{n:,}".replace(",", " "), f"{scan * 1e3:.3f}"]
    for work in works:
        seconds = timed(work, times)
        cells += [f"{seconds * 1e3:.1f}", f"{seconds / scan:.0f}", f"{peak(work):.0f}"]
    return "| " + " | ".join(cells) + " |"


def section() -> str:
    rng = np.random.default_rng(20261123)
    lines = [
        "## Estimation",
        "",
        "`python benchmarks/estimation.py`. Une variable par 14 domaines ; ms et Mo (mémoire de pointe, réponses non "
        "comprises) ; « scans » : le temps divisé par celui d'un seul `bincount` NumPy des mêmes colonnes, dans la "
        "même exécution.",
        "One item by 14 domains; ms and MB (peak memory, the answers not counted); “scans”: the time over that of a "
        "single NumPy `bincount` of the same columns, in the same run.",
        "",
        "- A: share, weights only (every respondent is a unit), design read each time",
        "- B: share, strata × clusters, design read each time",
        "- C: mean, strata × clusters, design read beforehand",
        "",
        "| n | scan ms | A ms | A scans | A Mo | B ms | B scans | B Mo | C ms | C scans | C Mo |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
        *(line(n, rng) for n in SIZES),
        "",
        f"Python {platform.python_version()}, NumPy {np.__version__}, pyarrow {pa.__version__}.",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    write_section("estimation", section())
