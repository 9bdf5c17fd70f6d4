"""Regards croisés: the same question asked of several audiences, and what separates their answers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alliage.publications.releases import Figure, Gap
from alliage.text import Text
from alliage_web import releases
from alliage_web.products.observatory.asked import chosen, known_indicator
from alliage_web.products.observatory.blocks import figure_block
from alliage_web.releases import views


def index(request: HttpRequest) -> HttpResponse:
    entries = [_entry(indicator) for indicator in views.crossed()]
    return render(request, "observatory/crossings.html", {"entries": entries})


def _entry(indicator: str) -> dict[str, Any]:
    """What the index says of one crossed indicator: the sentence of its latest wave, per item for a battery."""
    release = releases.current()
    held = views.holdings(indicator)
    found = []
    for item in [one.id for one in held.items] or [""]:
        published = [views.existing(indicator, item, wave.id, "gaps") for wave in reversed(held.waves)]
        gaps = next((figure for figure in published if figure), None)
        if gaps:
            label = next((one.label for one in held.items if one.id == item), None)
            found.append({"item": item, "label": label, "figure": release.figure(gaps)})
    return {"indicator": release.indicator(indicator), "held": held, "crossings": found}


def crossing(request: HttpRequest, indicator: str) -> HttpResponse:
    known_indicator(indicator)
    held = views.holdings(indicator)
    items = tuple(one for one in held.items if any(views.existing(indicator, one.id, w.id, "gaps") for w in held.waves))
    item = chosen(request, "item", items, default=items[0].id if items else "")
    waves = tuple(wave for wave in held.waves if views.existing(indicator, item, wave.id, "gaps"))
    wave = chosen(request, "wave", waves, default=waves[-1].id if waves else "")
    block = figure_block(indicator, {"item": item, "wave": wave}) if wave else None
    words = {
        "indicator": releases.current().indicator(indicator),
        "held": held,
        "items": items,
        "waves": waves,
        "asked": {"item": item, "wave": wave},
        "item_label": next((one.label for one in items if one.id == item), None),
        "whole": figure_block(indicator, {"item": item} if item else {}),
        "plate": block,
        "gaps": _gaps(block.figure) if block else [],
    }
    return render(request, "observatory/crossing.html", words)


def _gaps(figure: Figure) -> list[tuple[Gap, Text]]:
    """Each gap of the figure with the pair it compares, as the first column of its table names it."""
    release = releases.current()
    return [(release.gap(gap), row[0]) for gap, row in zip(figure.gaps, figure.table.rows, strict=True)]
