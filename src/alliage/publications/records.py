"""The shape in which cells, gaps and figures are written in a release: plain values, every text as {fr, en}."""

from __future__ import annotations

from typing import Any

from alliage.disclosure.results import SYMBOLS, PublicCell, PublicGap
from alliage.publications.figures import Figure
from alliage.publications.gap_sentences import gap_display, gap_interval, gap_sentence, verdict_words
from alliage.publications.sentences import cell_sentence
from alliage.publications.vocabulary import Vocabulary
from alliage.publications.wording import cell_interval, display
from alliage.text import LANGUAGES, Text

Record = dict[str, Any]


def plain(value: float | None) -> float | int | None:
    """87.0 is written 87: what is read in the file is what is read on the page."""
    if value is None:
        return None
    return int(value) if float(value).is_integer() else value


def cell_record(cell: PublicCell, words: Vocabulary) -> Record:
    """One object of `tables/*.json`. The rules that decided stay behind: a hidden cell never says why it is."""
    key = cell.key
    interval = cell_interval(cell)
    return {
        "id": key.id,
        "indicator": key.indicator,
        "item": key.item,
        "audience": key.audience,
        "wave": key.wave,
        "by": key.by,
        "domain": key.domain,
        "state": cell.state,
        "symbol": SYMBOLS[cell.state],
        "value": plain(cell.value),
        "low95": plain(cell.low95),
        "high95": plain(cell.high95),
        "low50": plain(cell.low50),
        "high50": plain(cell.high50),
        "band": {"low": plain(cell.band.low), "high": plain(cell.band.high)} if cell.band else None,
        "step": plain(cell.step),
        "unit": cell.unit,
        "n_class": cell.n_class,
        "n_effective_class": cell.n_effective_class,
        "deff": plain(cell.deff),
        "margin": cell.margin,
        "display": display(cell).to_dict(),
        "interval": interval.to_dict() if interval else None,
        "sentence": cell_sentence(cell, words).to_dict(),
        "parent": cell.parent,
    }


def gap_record(gap: PublicGap, words: Vocabulary) -> Record:
    """One object of `gaps/*.json`."""
    interval = gap_interval(gap)
    return {
        "id": gap.id,
        "indicator": gap.a.indicator,
        "item": gap.a.item,
        "a": gap.a.id,
        "b": gap.b.id,
        "kind": gap.kind,
        "state": gap.state,
        "unit": gap.unit,
        "value": plain(gap.value),
        "low": plain(gap.low),
        "high": plain(gap.high),
        "excludes_zero": gap.excludes_zero,
        "step": plain(gap.step),
        "family": gap.family,
        "margin": gap.margin,
        "verdict": gap.verdict,
        "verdict_display": verdict_words(gap).to_dict(),
        "display": gap_display(gap).to_dict(),
        "interval": interval.to_dict() if interval else None,
        "sentence": gap_sentence(gap, words).to_dict(),
    }


def figure_record(figure: Figure) -> Record:
    """One `figures/*.json`."""
    return {
        "id": figure.id,
        "kind": figure.kind,
        "title": figure.title.to_dict(),
        "sentence": figure.sentence.to_dict(),
        "brief": figure.brief.to_dict() if figure.brief else None,
        "brief_cells": list(figure.brief_cells),
        "unit": figure.unit,
        "source": figure.source.to_dict(),
        "base": figure.base.to_dict(),
        "wording": figure.wording.to_dict(),
        "notes": [note.to_dict() for note in figure.notes],
        "stamps": [stamp.to_dict() for stamp in figure.stamps],
        "cells": list(figure.cells),
        "gaps": list(figure.gaps),
        "table": {
            "caption": figure.table.caption.to_dict(),
            "columns": _texts(figure.table.columns),
            "rows": [_texts(row) for row in figure.table.rows],
        },
        "alt": figure.alt.to_dict(),
        "view": figure.view,
        "files": {
            "csv": f"figures/{figure.id}.csv",
            "json": f"figures/{figure.id}.json",
            "svg": _drawings(figure.id, "svg"),
            "wide": _drawings(figure.id, "wide.svg"),
            "narrow": _drawings(figure.id, "narrow.svg"),
        },
    }


def _drawings(figure: str, ending: str) -> dict[str, str]:
    return {language: f"figures/{figure}.{language}.{ending}" for language in LANGUAGES}


def _texts(texts: tuple[Text, ...]) -> list[dict[str, str]]:
    return [text.to_dict() for text in texts]
