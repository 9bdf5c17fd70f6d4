"""Territoires: search, the index, a region's portrait, a department and what cannot be said of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alliage_web import releases
from alliage_web.products.observatory.blocks import Block, figure_block
from alliage_web.releases import places, views
from alliage_web.ui.pages import Unknown
from alliage_web.ui.templatetags.alliage import said

HIDDEN = ("protected", "uncertain", "banded", "no_data", "not_asked")


def search(request: HttpRequest) -> HttpResponse:
    """One exact answer leads straight to its page; several are listed; a commune code leads to its parents."""
    words = request.GET.get("q", "").strip()[:100]
    departement = places.departement_of_commune(words)
    found = [] if departement else places.search(words)
    if len(found) == 1:
        return redirect("territory", found[0].address)
    region = places.places().get(departement.region_domain) if departement else None
    answer = {"words": words, "found": found, "departement": departement, "region": region}
    looks_like_code = bool(places.COMMUNE_CODE.fullmatch(words)) and not departement
    return render(request, "observatory/search.html", {**answer, "looks_like_code": looks_like_code})


def index(request: HttpRequest) -> HttpResponse:
    regions = [{"region": region, "departements": places.departements(region.code)} for region in places.regions()]
    spoken_of = {region.code for region in places.regions() if _has_figures(region.code)}
    words = {"regions": regions, "has_map": releases.has_map(), "spoken_of": spoken_of}
    return render(request, "observatory/territories.html", words)


def territory(request: HttpRequest, address: str) -> HttpResponse:
    place = places.places().get(address) or _bare_code(address)
    if place.address != address:
        return redirect("territory", place.address)
    portrait = _portrait(place.region_domain)
    words = {
        "place": place,
        "region": places.places()[place.region_domain],
        "departements": places.departements(place.region),
        **portrait,
    }
    return render(request, "observatory/territory.html", words)


def _bare_code(code: str) -> places.Place:
    """/territoires/75 without its level: Insee gives some codes both to a region and to a department."""
    found = [place for place in places.places().values() if place.code == code.upper()]
    if len(found) == 1:
        return found[0]
    choices = [(said(place.name), place.address) for place in found or places.regions()]
    if found:
        raise Unknown(_("Ce code désigne à la fois une région et un département. Lequel cherchez-vous ?"), choices)
    raise Unknown(_("Aucun territoire ne porte ce code. Voici les régions :"), choices)


def _has_figures(region: str) -> bool:
    return any(views.existing(one, "zone", f"region-{region}") for one in views.indicator_ids())


def _portrait(domain: str) -> dict[str, Any]:
    """The figures of a territory, batteries (ranked) apart from single questions, and what is missing from them."""
    rankings: list[Block] = []
    singles: list[Block] = []
    for indicator in views.indicator_ids():
        held = views.holdings(indicator)
        if held.items:
            rankings += _latest_rankings(indicator, held, domain)
        elif block := figure_block(indicator, {"domain": domain}):
            singles.append(block)
    return {"rankings": rankings, "singles": singles, "absences": _absences(domain)}


def _latest_rankings(indicator: str, held: views.Holdings, domain: str) -> list[Block]:
    found = []
    for audience in held.audiences:
        for wave in reversed(held.waves):
            block = figure_block(indicator, {"audience": audience.id, "wave": wave.id, "domain": domain})
            if block:
                found.append(block)
                break
    return found


def _absences(domain: str) -> list[dict[str, Any]]:
    """What cannot be said here, and why: one line per indicator, audience, wave and reason."""
    release = releases.current()
    by, code = domain.split("-", 1)
    audiences = {one.id: one.label for one in views.audiences()}
    waves = {one.id: one.label for one in views.waves()}
    lines: dict[tuple[str, ...], dict[str, Any]] = {}
    for indicator in views.indicator_ids():
        for cell in release.cells(indicator, by=by, domain=code):
            if cell.state in HIDDEN:
                key = (indicator, cell.state)
                line = lines.setdefault(
                    key, {"indicator": release.indicator(indicator), "state": cell.state, "who": {}}
                )
                label = {"audience": audiences[cell.audience], "wave": waves[cell.wave]}
                line["who"][cell.audience, cell.wave] = label
    return sorted(
        ({**line, "who": list(line["who"].values())} for line in lines.values()),
        key=lambda line: HIDDEN.index(line["state"]),
    )
