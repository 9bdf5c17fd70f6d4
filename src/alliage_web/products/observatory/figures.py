"""Chiffres: the index of indicators, and one page per indicator."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alliage_web import releases
from alliage_web.products.observatory.asked import chosen, known_indicator
from alliage_web.products.observatory.blocks import figure_block
from alliage_web.releases import views
from alliage_web.ui.templatetags.alliage import said


def index(request: HttpRequest) -> HttpResponse:
    release = releases.current()
    themes: dict[str, list[Any]] = {}
    for one in views.indicator_ids():
        indicator = release.indicator(one)
        first = views.holdings(one).items[0].id if views.holdings(one).items else ""
        shown = views.existing(one, "audiences") or views.existing(one, first, "audiences")
        entry = {"indicator": indicator, "held": views.holdings(one), "figure": shown and release.figure(shown)}
        themes.setdefault(said(indicator["theme"]), []).append(entry)
    return render(request, "observatory/figures.html", {"themes": themes})


def indicator(request: HttpRequest, indicator: str) -> HttpResponse:
    known_indicator(indicator)
    held = views.holdings(indicator)
    asked = {
        "item": chosen(request, "item", held.items, default=""),
        "audience": chosen(request, "audience", held.audiences, default=held.audiences[0].id),
        "wave": chosen(request, "wave", held.waves, default=held.waves[-1].id),
        "by": chosen(request, "by", held.breakdowns, default=held.breakdowns[0].id if held.breakdowns else ""),
    }
    everyone = {"audience": asked["audience"], "wave": asked["wave"]}
    first_item = {**asked, "item": asked["item"] or (held.items[0].id if held.items else "")}
    whole = figure_block(indicator, {"item": first_item["item"]})
    words = {
        "indicator": releases.current().indicator(indicator),
        "held": held,
        "asked": first_item,
        "whole": whole,
        "wording": whole.figure.wording if whole else None,
        "ranking": figure_block(indicator, everyone) if held.items else None,
        "detail": figure_block(indicator, first_item) if held.breakdowns else None,
        "is_crossed": indicator in views.crossed(),
    }
    return render(request, "observatory/figure_page.html", words)
