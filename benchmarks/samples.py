"""Makes the data of the benchmarks: surveys with strata, clusters and unequal weights, the same for every tool.

Each workload has a folder of its own with only the columns it uses: one Parquet file for the Python tools, and for R,
which reads no Parquet by itself, one raw file per column (little-endian, no header) listed in columns.csv.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

SEED = 20261123
MARGIN_SIZES = (13, 4, 2, 6, 8, 3, 10, 5, 9)  # 60 categories
COVARIATES = 10
CHUNK = 1_000_000  # rows made at once

Columns = dict[str, NDArray[np.generic]]


def clustered(rows: int, *, strata: int, clusters: int, seed: int = SEED) -> tuple[np.random.Generator, Columns]:
    """A file in the order of its strata and clusters, as collected: as many clusters in each stratum."""
    rng = np.random.default_rng(seed)
    cluster = np.arange(rows) * clusters // rows
    return rng, {
        "stratum": (cluster * strata // clusters).astype(np.int32),
        "cluster": cluster.astype(np.int32),
        "weight": rng.uniform(0.5, 2.0, rows),
    }


def scores(rng: np.random.Generator, cluster: NDArray[np.generic], items: int) -> Columns:
    """Answers from 1 to 5 that people of one cluster give a little more alike."""
    clusters = int(cluster.max()) + 1
    made: Columns = {}
    for item in range(items):
        common = rng.normal(0, 0.4, clusters)[cluster]
        made[f"y{item:02}"] = np.clip(np.rint(3 + common + rng.normal(0, 1.1, len(cluster))), 1, 5).astype(np.int8)
    return made


def by_domain(rows: int, *, items: int, domains: int, strata: int, clusters: int, nested: bool) -> Columns:
    """Scores by domain; a domain holds whole clusters (nested) or cuts them all (crossing, the worst case)."""
    rng, made = clustered(rows, strata=strata, clusters=clusters)
    cluster = made["cluster"]
    domain = cluster % domains if nested else rng.integers(0, domains, rows)
    return made | {"domain": domain.astype(np.int32)} | scores(rng, cluster, items)


def overall(rows: int, *, items: int, strata: int, clusters: int) -> Columns:
    """Scores with no domain, for replicates."""
    rng, made = clustered(rows, strata=strata, clusters=clusters)
    return made | scores(rng, made["cluster"], items)


def two_questions(rows: int, *, strata: int, clusters: int) -> Columns:
    """Two questions of five answers each, a little related."""
    rng, made = clustered(rows, strata=strata, clusters=clusters)
    first = scores(rng, made["cluster"], 1)["y00"]
    moved = np.clip(first + rng.integers(-1, 2, rows), 1, 5)
    second = np.where(rng.random(rows) < 0.1, moved, rng.integers(1, 6, rows))
    return made | {"y00": first, "y01": second.astype(np.int8)}


def one_number(rows: int, *, strata: int, clusters: int) -> Columns:
    """A skewed number, written to the cent as a declared income is."""
    rng, made = clustered(rows, strata=strata, clusters=clusters)
    common = rng.normal(0, 0.2, clusters)[made["cluster"]]
    return made | {"income": np.round(np.exp(7.5 + common + rng.normal(0, 0.7, rows)), 2)}


def yes_or_no(rows: int, *, strata: int, clusters: int) -> Columns:
    """An outcome of 0 or 1 and ten covariates as a questionnaire gives them: six yes or no, four scores of 1 to 5."""
    rng, made = clustered(rows, strata=strata, clusters=clusters)
    covariates: Columns = {f"x{rank:02}": rng.integers(0, 2, rows).astype(np.int8) for rank in range(6)}
    covariates |= {f"x{rank:02}": rng.integers(1, 6, rows).astype(np.int8) for rank in range(6, COVARIATES)}
    slopes = np.linspace(-0.4, 0.4, COVARIATES)
    line = sum(slope * column for slope, column in zip(slopes, covariates.values(), strict=True))
    line = line - line.mean() + rng.normal(0, 0.3, clusters)[made["cluster"]]
    outcome = rng.random(rows) < 1 / (1 + np.exp(-line))
    return made | {"outcome": outcome.astype(np.int8)} | covariates


def off_the_margins(rows: int) -> Columns:
    """Nine variables that go together, unequal starting weights, and answers that left the margins unevenly."""
    rng = np.random.default_rng(SEED)
    common = rng.random(rows)
    made: Columns = {}
    pull = np.zeros(rows)
    for rank, size in enumerate(MARGIN_SIZES):
        own = np.where(rng.random(rows) < 0.5, common, rng.random(rows))
        made[f"v{rank}"] = np.minimum((own * size).astype(np.int32), size - 1)
        pull += rng.normal(0, 0.1, size)[made[f"v{rank}"]]
    weight = rng.uniform(0.5, 3.0, rows)
    return made | {"weight": weight, "pulled": weight * np.exp(pull)}


def write_towns(rows: int, folder: Path, *, items: int, towns: int) -> None:
    """Parquet too large to be made at once: one cluster of 100 people after another, towns made of whole clusters."""
    clusters, schema = max(400, rows // 100), _schema_of_towns(items)
    _write_list({name: pa.array([], schema.field(name).type).to_numpy() for name in schema.names}, folder)
    with pq.ParquetWriter(folder / "answers.parquet", schema) as file:
        for start in range(0, rows, CHUNK):
            rng = np.random.default_rng([SEED, start])
            cluster = np.arange(start, min(start + CHUNK, rows)) * clusters // rows
            drawn: Columns = {
                "stratum": (cluster * 200 // clusters).astype(np.int32),
                "cluster": cluster.astype(np.int32),
                "weight": rng.uniform(0.5, 2.0, len(cluster)),
                "domain": (cluster * towns // clusters).astype(np.int32),
            }
            for item in range(items):
                drawn[f"y{item:02}"] = rng.integers(1, 6, len(cluster)).astype(np.int8)
            file.write_table(pa.table(drawn, schema=schema))


def _schema_of_towns(items: int) -> pa.Schema:
    whole = [(name, pa.int32()) for name in ("stratum", "cluster")]
    answers = [(f"y{item:02}", pa.int8()) for item in range(items)]
    return pa.schema([*whole, ("weight", pa.float64()), ("domain", pa.int32()), *answers])


def write(columns: Columns, folder: Path) -> None:
    """One folder that every tool can read. The column `pulled`, where there is one, becomes margins.csv."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = dict(columns)
    if "pulled" in kept:
        _write_margins(kept, kept.pop("pulled"), folder / "margins.csv")
    pq.write_table(pa.table(kept), folder / "answers.parquet")
    for name, values in kept.items():
        values.tofile(folder / f"{name}.raw")
    _write_list(kept, folder)


def _write_list(columns: Columns, folder: Path) -> None:
    """The names and types of the columns, in words of R's readBin."""
    with (folder / "columns.csv").open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        lines.writerow(["name", "what", "size"])
        for name, values in columns.items():
            lines.writerow([name, "double" if values.dtype.kind == "f" else "integer", values.dtype.itemsize])


def _write_margins(columns: Columns, pulled: NDArray[np.generic], path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        lines.writerow(["variable", "category", "count"])
        for name in (name for name in columns if name.startswith("v")):
            for category, count in enumerate(np.bincount(columns[name], weights=pulled)):
                lines.writerow([name, category, repr(float(count))])
