"""The home page: a map, one question asked of everybody, the gap in one sentence, where to go next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alliage_web import releases
from alliage_web.products.observatory.blocks import figure_block
from alliage_web.releases import views

HEADLINE = "innovation"


def home(request: HttpRequest) -> HttpResponse:
    ids = views.indicator_ids()
    indicator = HEADLINE if HEADLINE in ids else next(iter(views.crossed() or ids), None)
    return render(request, "observatory/home.html", {**_headline(indicator), "has_map": releases.has_map()})


def _headline(indicator: str | None) -> dict[str, object]:
    """The figure of the question, and the sentence of its latest crossed view. A lone study has neither gap nor map."""
    if indicator is None:
        return {}
    held = views.holdings(indicator)
    item = held.items[0].id if held.items else ""
    last_wave = held.waves[-1].id if held.waves else ""
    gaps = views.existing(indicator, item, last_wave, "gaps")
    return {
        "indicator": releases.current().indicator(indicator),
        "plate": figure_block(indicator, {"item": item} if item else {}),
        "gap_sentence": releases.current().figure(gaps).sentence if gaps else None,
        "wave": held.waves[-1] if held.waves else None,
    }
