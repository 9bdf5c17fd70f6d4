"""How the time grows: with the rows (10^4 to 10^8, from Parquet, 35,000 communes) and with the domains (10 to 36,000).

python benchmarks/curves.py [--full] [--write]     (10^8 rows and what they need of disk with --full only)
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import samples
from machine import machine, total_memory
from running import Report, run_tool
from sections import write_section

from alliage.text import number

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
FULL_SIZES = (*SIZES, 100_000_000)
TOWNS = 35_000
ITEMS = 20
DOMAINS = (10, 100, 1_000, 36_000)
DOMAIN_ROWS = 1_000_000
BYTES_PER_ROW = 25  # of the Parquet file, a little more than measured
SECONDS = 1_200.0
# Seconds and gigabytes, on two cores.
BARS = {10_000_000: (3.0, 12.0), 100_000_000: (30.0, 12.0)}


@dataclass(frozen=True)
class Point:
    """One size: what Alliage took where the data are, in memory (None: not asked), and the plain scan."""

    size: int
    engine: Report
    memory: Report | None
    scan: Report


def by_rows(sizes: tuple[int, ...], folder: Path) -> list[Point]:
    found = []
    for rows in sizes:
        if shutil.disk_usage(folder).free < 2 * BYTES_PER_ROW * rows:
            break
        samples.write_towns(rows, folder, items=ITEMS, towns=TOWNS)
        found.append(_point(rows, folder, in_memory=rows <= 1_000_000))
    return found


def by_domains(domains: tuple[int, ...], folder: Path) -> list[Point]:
    found = []
    for count in domains:
        columns = samples.by_domain(DOMAIN_ROWS, items=ITEMS, domains=count, strata=200, clusters=10_000, nested=False)
        samples.write(columns, folder)
        found.append(_point(count, folder, in_memory=True))
    return found


def _point(size: int, folder: Path, *, in_memory: bool) -> Point:
    limit = int(total_memory() * 0.9)
    options = {"by": "domain", "from": "parquet"}

    def report(tool: str, work: str) -> Report:
        return run_tool(tool, work, folder, options, seconds=SECONDS, memory=limit)

    return Point(
        size,
        report("alliage_engine", "means"),
        report("alliage", "means") if in_memory else None,
        report("scan", "scan"),
    )


def table(points: list[Point], what: str) -> list[str]:
    lines = [
        f"| {what} | DuckDB scan, s | Alliage sur Parquet · from Parquet, s | fois le scan · times the scan | "
        "Go · GB | Alliage en mémoire · in memory, s | Go · GB |",
        "|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for point in points:
        cells = [number(point.size).fr, f"{point.scan.seconds:.3g}"]
        cells += [*_cells(point.engine, point.scan), *_cells(point.memory)]
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def _cells(report: Report | None, scan: Report | None = None) -> list[str]:
    if report is None:
        return ["", ""]
    empty = ["", ""] if scan is not None else [""]
    if not report.done:
        return [report.failure, *empty]
    whole = report.seconds + report.prepare
    times = [f"{whole / scan.seconds:.2g}"] if scan is not None else []
    return [f"{whole:.3g}", *times, f"{report.peak / 2**30:.2f}"]


def bars(points: list[Point]) -> list[str]:
    lines = []
    for point in points:
        if point.size in BARS and point.engine.done:
            seconds, memory = BARS[point.size]
            whole, peak = point.engine.seconds + point.engine.prepare, point.engine.peak / 2**30
            verdict = "atteint · reached" if whole <= seconds and peak <= memory else "**non atteint · not reached**"
            asked = f"≤ {seconds:g} s, ≤ {memory:g} Go · GB"
            lines.append(f"- {number(point.size).fr} : {asked} → {whole:.3g} s, {peak:.2f}, {verdict}")
    return lines


def section_by_rows(points: list[Point]) -> str:
    return "\n".join(
        [
            "## De dix mille à cent millions de lignes · From ten thousand to a hundred million rows",
            "",
            f"Moyennes de {ITEMS} questions par commune ({number(TOWNS).fr} communes au plus, faites de grappes de 100 "
            f"personnes), lecture du plan comprise. Means of {ITEMS} questions by commune ({number(TOWNS).en} at most, "
            "made of clusters of 100 people), reading the design included. "
            "`python benchmarks/curves.py --full --write`",
            "",
            machine(),
            "",
            *table(points, "lignes · rows"),
            "",
            *bars(points),
        ]
    ).rstrip()


def section_by_domains(points: list[Point]) -> str:
    return "\n".join(
        [
            "## De dix à trente-six mille domaines · From ten to thirty-six thousand domains",
            "",
            f"{number(DOMAIN_ROWS).fr} lignes, {ITEMS} questions, 10 000 grappes que les domaines coupent toutes. "
            f"{number(DOMAIN_ROWS).en} rows, {ITEMS} questions, 10,000 clusters that the domains all cut.",
            "",
            *table(points, "domaines · domains"),
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="up to 10^8 rows")
    parser.add_argument("--write", action="store_true", help="write the page")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="alliage-bench-") as made:
        sections = {
            "curve rows": lambda: section_by_rows(by_rows(FULL_SIZES if asked.full else SIZES, Path(made))),
            "curve domains": lambda: section_by_domains(by_domains(DOMAINS, Path(made))),
        }
        for name, section in sections.items():
            words = section()
            print(words, end="\n\n", flush=True)
            if asked.write:
                write_section(name, words)


if __name__ == "__main__":
    main()
