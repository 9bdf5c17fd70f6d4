"""`certificate.json`: which checks ran, their parameters, and every number that may be shown, figure by figure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from alliage.disclosure.checks import CHECKS
from alliage.disclosure.results import PublicCell, PublicGap
from alliage.publications.figures import Figure
from alliage.publications.files import json_bytes
from alliage.publications.numerals import numbers_in, numbers_of, numbers_told, union
from alliage.publications.records import Record, plain
from alliage.publications.vocabulary import Vocabulary
from alliage.studies.declarations import PlanLine

AUDIT = "not run"  # the attacker audit comes later; until then every certificate says so

# Numbers that belong to the way figures are told: the level of intervals, "out of 10".
TELLING = frozenset({10.0, 50.0, 95.0})
# How many figures were hidden, as classes: an exact count would say that one figure more was hidden than yesterday.
_COUNTS = ((1_000, "1000+"), (200, "200-999"), (50, "50-199"), (10, "10-49"), (1, "1-9"))


def certificate_record(
    words: Vocabulary, figures: Iterable[Figure], *, stated: Mapping[str, Any], pages: Mapping[str, Any]
) -> Record:
    """The certificate.

    stated  by indicator, the plain values that tell it without giving any result (labels, wordings, notices, sources);
            the numbers in them may be shown beside its figures
    pages   by path, the files that are declared and measured nowhere: manifest, codebook, chains without their cells
    """
    inputs = words.inputs
    return {
        "schema": 1,
        "audit": AUDIT,
        "unaudited": inputs.unaudited,
        "checks": [{"id": id, "words": told.to_dict()} for id, told in CHECKS.items()],
        "rules": dict(inputs.rules),
        "hidden": {"primary": count_class(inputs.hidden.primary), "secondary": count_class(inputs.hidden.secondary)},
        "plan": plan_digest(inputs.plan),
        "cells": {cell.key.id: _sorted(cell_numbers(cell)) for cell in inputs.cells},
        "gaps": {gap.id: _sorted(gap_numbers(gap)) for gap in inputs.gaps},
        "figures": {
            figure.id: {
                "cells": list(figure.cells),
                "gaps": list(figure.gaps),
                "ticks": _sorted({abs(tick.value) for tick in figure.drawing.ticks}),
            }
            for figure in figures
        },
        "stated": {indicator: _sorted(numbers_told(values)) for indicator, values in stated.items()},
        "pages": {path: _sorted(numbers_of(page)) for path, page in pages.items()},
        "telling": _sorted(TELLING),
        "register": _sorted(union(numbers_of(page) for page in inputs.content.values())),
        "dates": _sorted(_dates(words)),
        "codes": sorted(_codes(words)),
        "scales": _sorted({abs(tick.value) for figure in figures for tick in figure.drawing.ticks}),
    }


def plan_digest(plan: Iterable[PlanLine]) -> str:
    """SHA-256 of the plan in canonical JSON: the same list of tables, the same digest, wherever it is written."""
    lines = [{"indicator": line.indicator, "by": list(line.by), "crossed": line.crossed} for line in plan]
    return hashlib.sha256(json_bytes(lines)).hexdigest()


def count_class(count: int) -> str:
    """0 is "0", 7 is "1-9", 1 200 is "1000+"."""
    return next((told for least, told in _COUNTS if count >= least), "0")


def cell_numbers(cell: PublicCell) -> set[float]:
    """Everything a cell may show: value, interval ends, band, precision, classes. A hidden cell may show nothing."""
    if not cell.is_shown:
        return set()
    band = (cell.band.low, cell.band.high) if cell.band else ()
    shown = (cell.value, cell.low95, cell.high95, cell.low50, cell.high50, cell.step, cell.deff, *band)
    classes = (numbers_in(words.replace("-", " "), "en") for words in (cell.n_class, cell.n_effective_class) if words)
    return {abs(float(number)) for number in shown if number is not None} | union(classes)


def gap_numbers(gap: PublicGap) -> set[float]:
    """Everything a gap may show."""
    shown = (gap.value, gap.low, gap.high, gap.step, gap.family)
    return {abs(float(number)) for number in shown if number is not None}


def _sorted(numbers: Iterable[float]) -> list[float | int | None]:
    return [plain(number) for number in sorted(numbers)]


def _dates(words: Vocabulary) -> set[float]:
    days = [words.inputs.released]
    days += [day for chain in words.inputs.studies for day in (chain.study.fieldwork.start, chain.study.fieldwork.end)]
    years = {float(year) for wave in words.inputs.waves for year in (wave.start, wave.end)}
    parts = {float(part) for day in days for part in (day.day, day.month, day.year)}
    return years | parts | union(numbers_of(wave.short.to_dict()) for wave in words.inputs.waves)


def _codes(words: Vocabulary) -> set[str]:
    """Identifiers: they are made of letters and digits, and measure nothing."""
    inputs = words.inputs
    known = {inputs.id, inputs.code_version, inputs.lock}
    known |= {domain.id for by in inputs.breakdowns for domain in by.domains}
    known |= {item for _, item in words.items}
    known |= {indicator.version for indicator in inputs.indicators}
    known |= {chain.questionnaire.version for chain in inputs.studies}
    known |= {question.code for chain in inputs.studies for question in chain.questionnaire.questions if question.code}
    return known
