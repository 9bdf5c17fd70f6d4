"""Many estimates at once: 60 questions by 5 zonings by 4 audiences, how many times the rows are read, and how long.

python benchmarks/many.py [--rows 1000000] [--write]

The observatory's usual order: every question, for every zone of every zoning, within every audience. The unit of
measure is one plain DuckDB scan of the same columns in the same run.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from itertools import product
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import samples
from machine import machine
from sections import write_section

from alliage import Design
from alliage.estimates import Request, estimate_many
from alliage.tables import Table, open_table
from alliage.text import number

ROWS = 1_000_000
QUESTIONS = 60
ZONINGS = {"region": 13, "department": 96, "district": 320, "zone": 300, "town_size": 8}
AUDIENCES = {"sex": 2, "age": 5, "diploma": 4, "status": 6}
FIGURES = ("value", "standard_error", "low95", "high95", "n", "df")
DESIGN = Design(weight="weight", strata="stratum", clusters="cluster")


def write(rows: int, path: Path) -> None:
    """Zonings made of whole clusters, audiences spread over all of them."""
    rng, made = samples.clustered(rows, strata=200, clusters=max(400, rows // 100))
    clusters = int(made["cluster"].max()) + 1
    made |= {name: rng.integers(0, size, clusters)[made["cluster"]].astype(np.int16) for name, size in ZONINGS.items()}
    made |= {name: rng.integers(0, size, rows).astype(np.int8) for name, size in AUDIENCES.items()}
    made |= samples.scores(rng, made["cluster"], QUESTIONS)
    pq.write_table(pa.table(made), path)


def section(rows: int) -> str:
    with tempfile.TemporaryDirectory(prefix="alliage-bench-") as made:
        path = Path(made) / "answers.parquet"
        write(rows, path)
        scan = _scan(path)
        table = open_table(path, small=0)
        pushed = timed(table)
        # Binding the design, then every crossing: what was asked of the engine in all.
        scans = table.scans
        in_memory = timed(pq.read_table(path).combine_chunks())
    lines = [
        f"## {QUESTIONS} questions × {len(ZONINGS)} zonages · zonings × {len(AUDIENCES)} publics · audiences",
        "",
        f"{number(rows).fr} lignes · rows. {machine()} `python benchmarks/many.py --write`",
        "",
        "| | estimations · estimates | lectures des lignes · scans | s | par s · per s | "
        "fois un simple parcours DuckDB · times a plain DuckDB scan |",
        "|---|---:|---:|---:|---:|---:|",
        _line("dans le moteur, Parquet · in the engine, Parquet", pushed, f"{scans}", scan),
        _line("en mémoire · in memory", in_memory, "", scan),
    ]
    return "\n".join(lines)


def timed(answers: Table | pa.Table) -> tuple[int, float]:
    """How many estimates the observatory asks for, and the seconds they take, reading the design included."""
    start = time.perf_counter()
    asked = [Request("mean", _questions(), by=crossing) for crossing in product(ZONINGS, AUDIENCES)]
    made = estimate_many(answers, asked, design=DESIGN)
    estimates = sum(len(one.to_arrow(FIGURES)) for one in made)
    return estimates, time.perf_counter() - start


def _line(way: str, made: tuple[int, float], scans: str, scan: float) -> str:
    estimates, seconds = made
    return (
        f"| {way} | {number(estimates).fr} | {scans} | {seconds:.3g} | {number(estimates / seconds).fr} | "
        f"{seconds / scan:.0f} |"
    )


def _questions() -> tuple[str, ...]:
    return tuple(f"y{rank:02}" for rank in range(QUESTIONS))


def _scan(path: Path) -> float:
    columns = [*_questions(), *ZONINGS, *AUDIENCES, "cluster", "stratum"]
    sums = ", ".join(f"sum(weight * {name})" for name in columns)
    start = time.perf_counter()
    duckdb.sql(f"select sum(weight), {sums} from read_parquet('{path}')").fetchall()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--write", action="store_true", help="write the page")
    asked = parser.parse_args()
    words = section(asked.rows)
    print(words)
    if asked.write:
        write_section("many", words)


if __name__ == "__main__":
    main()
