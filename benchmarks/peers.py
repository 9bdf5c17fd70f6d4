"""Alliage beside R survey, svy and others: same data, same run, ratios of time and memory, equal results checked.

python benchmarks/peers.py [WORKLOAD …] [--scale 0.1] [--full] [--write]

Each tool works in a process of its own, on data already in its own structure. Peers that are not installed are said
so (README.md tells how to install them). Without --full the slowest peers are left out and none has more than
`--seconds`. With --write every table goes to docs/reference/benchmarks.md as soon as it is done.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import samples
from comparing import away, away_at_random
from machine import machine, total_memory
from running import Report, run_tool
from sections import write_section
from workloads import WORKLOADS, Bar, Workload

from alliage.text import number

REFERENCE = "survey"
DEFAULT_SECONDS = 60.0
FULL_SECONDS = 1_200.0

HEAD = """\
## Alliage et ses pairs · Alliage and its peers

Mêmes données, même exécution, un processus par outil, données déjà dans la structure de chaque outil : lisez les
rapports, pas les secondes. « écart » : la plus grande différence relative avec R survey sur toutes les valeurs et
erreurs types. « Go » : le plus que le processus ait tenu, données comprises. « fois » : ce que prend l'outil divisé par
ce que prend Alliage (la première ligne). Les objectifs ont été fixés avant d'écrire le moteur.

Same data, same run, one process per tool, the data already in each tool's own structure: read the ratios, not the
seconds. “away”: the largest relative difference from R survey over all values and standard errors. “GB”: the most the
process held, data included. “×”: what the tool takes over what Alliage takes (the first line). The bars were set before
the engine was written. `python benchmarks/peers.py --write`
"""
SUMMARY = (
    "| travail · work | Alliage, s | R survey : fois · times | svy : fois · times | écart avec R · away from R |",
    "|---|---:|---:|---:|---:|",
)
COLUMNS = (
    "| outil · tool | s | lecture du plan · design, s | Go · GB | temps, fois · time, × | mémoire, fois · memory, × | "
    "écart · away |",
    "|---|---:|---:|---:|---:|---:|---:|",
)


def main() -> None:
    asked = _arguments()
    chosen = [one for one in WORKLOADS if not asked.workloads or one.id in asked.workloads]
    limit = asked.seconds or (FULL_SECONDS if asked.full else DEFAULT_SECONDS)
    memory = int(total_memory() * 0.7)
    everything = asked.write and chosen == list(WORKLOADS)
    if everything:
        write_section("peers", f"{HEAD}\n{machine()}")
    lines = []
    for workload in chosen:
        with tempfile.TemporaryDirectory(prefix="alliage-bench-") as made:
            folder = Path(made)
            rows = max(1_000, int(workload.rows * asked.scale))
            samples.write(workload.data(rows), folder)
            reports = measured(workload, folder, seconds=limit, memory=memory, full=asked.full)
        words = section(workload, reports, rows)
        print(words, end="\n\n", flush=True)
        for report in reports:
            if report.trace and asked.trace:
                print(report.trace, file=sys.stderr)
        if asked.write:
            write_section(f"peers {workload.id}", words)
        lines.append(summary(workload, reports))
    if everything:
        write_section("peers", "\n".join([HEAD, machine(), "", *SUMMARY, *lines]))


def summary(workload: Workload, reports: list[Report]) -> str:
    """One line: the faster way of Alliage, how many times faster than R survey and svy, how far from R."""
    ours = min((one for one in reports if one.tool in workload.ours and one.done), key=_seconds, default=None)
    title = f"{workload.title.fr} · {workload.title.en}"
    if ours is None:
        return f"| {title} | – | | | |"
    found = {one.tool: _whole(one, ours) for one in reports if one.tool not in workload.ours}
    times = [_times(found.get(tool), ours) for tool in (REFERENCE, "svy")]
    return f"| {title} | {ours.seconds:.3g} | {' | '.join(times)} | {_away(ours, found.get(REFERENCE))} |"


def _seconds(report: Report) -> float:
    return report.seconds


def _times(peer: Report | None, ours: Report) -> str:
    if peer is None:
        return ""
    return _ratio(peer.seconds, ours.seconds) if peer.done else peer.failure


def measured(workload: Workload, folder: Path, *, seconds: float, memory: int, full: bool) -> list[Report]:
    """What Alliage, then its peers, then the plain scan reported."""
    peers = workload.peers + (workload.slow_peers if full else ())
    reports = []
    for tool in (*workload.ours, *peers, "scan"):
        options = workload.options | workload.of_a_tool.get(tool, {})
        work = "scan" if tool == "scan" else workload.work
        reports.append(run_tool(tool, work, folder, options, seconds=seconds, memory=memory))
    return reports


def section(workload: Workload, reports: list[Report], rows: int) -> str:
    """The table of one workload, its bars under it."""
    ours = reports[0]
    reports = [_whole(report, ours) for report in reports]
    found = {report.tool: report for report in reports}
    parts = [f"### {workload.title.fr} · {workload.title.en}", ""]
    if rows != workload.rows:
        parts += [f"**{number(rows).fr} lignes au lieu de · rows instead of {number(workload.rows).fr}.**", ""]
    parts += [*COLUMNS, *(_line(report, ours, found.get(REFERENCE)) for report in reports), ""]
    if workload.note is not None:
        parts += [f"{workload.note.fr} · {workload.note.en}", ""]
    parts += [
        f"- {report.name}: premier appel · first call {report.first:.2g} s"
        for report in reports
        if report.done and report.tool in workload.ours and report.first > 2 * report.seconds + 0.01
    ]
    parts += [line for bar in workload.bars if (line := _bar(bar, found)) is not None]
    return "\n".join(parts).rstrip()


def _whole(report: Report, ours: Report) -> Report:
    """The report of a tool that was asked for a part of the figures, its time brought to the whole."""
    told = report.figures.get("value", ())
    if not ours.done or not len(told) or len(told) == len(ours.figures["value"]):
        return report
    times = len(ours.figures["value"]) / len(told)
    return replace(report, seconds=report.seconds * times, part="extrapolé · extrapolated")


def _line(report: Report, ours: Report, reference: Report | None) -> str:
    if not report.done:
        return f"| {report.name} | {report.failure} | | | | | |"
    compared = ours.done and report is not ours
    cells = [
        report.name,
        f"{report.seconds:.3g}",
        f"{report.prepare:.2g}" if report.tool != "scan" else "",
        f"{report.peak / 2**30:.2f}",
        _ratio(report.seconds, ours.seconds) if compared else "",
        _ratio(report.peak, ours.peak) if compared else "",
        _away(report, reference),
    ]
    return "| " + " | ".join(cells) + " |"


def _ratio(theirs: float, ours: float) -> str:
    """Two digits, never a power of ten: 1200."""
    return f"{float(f'{theirs / ours:.2g}'):g}"


def _away(report: Report, reference: Report | None) -> str:
    if reference is None or not reference.done or report is reference:
        return ""
    fixed, random = away(reference, report), away_at_random(reference, report)
    words = [] if fixed is None else [f"{fixed:.0e}"]
    if random is not None:
        words.append(f"(aléa · random {random:.0%})")
    return " ".join(words)


def _bar(bar: Bar, found: dict[str, Report]) -> str | None:
    """One line under the table: the bar, what was measured, whether it is reached; None where it was not measured."""
    ours = found.get(bar.tool)
    if ours is None or not ours.done:
        return None
    if bar.seconds:
        verdict = _verdict(ours.seconds <= bar.seconds)
        return f"- {ours.name}: ≤ {bar.seconds:g} s → {ours.seconds:.3g} s, {verdict}"
    peer = found.get(bar.than)
    if peer is None or not peer.done:
        return None
    verdict = _verdict(peer.seconds / ours.seconds >= bar.times)
    return f"- {ours.name}: ≥ {bar.times:g} × {peer.name} → {_ratio(peer.seconds, ours.seconds)} ×, {verdict}"


def _verdict(reached: bool) -> str:
    return "atteint · reached" if reached else "**non atteint · not reached**"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workloads", nargs="*", metavar="WORKLOAD", help=", ".join(one.id for one in WORKLOADS))
    parser.add_argument("--scale", type=float, default=1.0, help="part of the rows, to try the harness")
    parser.add_argument("--seconds", type=float, help="the most one tool may take")
    parser.add_argument("--full", action="store_true", help="the slowest peers and sizes too")
    parser.add_argument("--write", action="store_true", help="write the page")
    parser.add_argument("--trace", action="store_true", help="show why a tool failed")
    asked = parser.parse_args()
    unknown = set(asked.workloads) - {one.id for one in WORKLOADS}
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    return asked


if __name__ == "__main__":
    main()
