"""Territoires: search, the index, a region's portrait, a department and what cannot be said of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alliage_web import releases
from alliage_web.products.observatory.asked import chosen
from alliage_web.products.observatory.blocks import Block, figure_block
from alliage_web.releases import places, views
from alliage_web.releases.views import Named
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
    audience = chosen(request, "audience", _speakers(place.region_domain), default="")
    words = {
        "place": place,
        "region": places.places()[place.region_domain],
        "departements": places.departements(place.region),
        **_portrait(place.region_domain, audience),
    }
    return render(request, "observatory/territory.html", words)


def _bare_code(code: str) -> places.Place:
    """/territoires/75 without its level: Insee gives some codes both to a region and to a department."""
    found = [place for place in places.places().values() if place.code == code.upper()]
    if len(found) == 1:
        return found[0]
    if not found:
        choices = [(said(region.name), region.address) for region in places.regions()]
        raise Unknown(_("Aucun territoire ne porte ce code. Voici les régions :"), choices)
    levels = {"region": _("région"), "departement": _("département")}
    raise Unknown(
        _("Ce code désigne à la fois une région et un département. Lequel cherchez-vous ?"),
        [(f"{said(place.name)}, {levels[place.level]}", place.address) for place in found],
        title=_("Région ou département ?"),
    )


def _has_figures(region: str) -> bool:
    return any(views.existing(one, "zone", f"region-{region}") for one in views.indicator_ids())


def _speakers(domain: str) -> tuple[Named, ...]:
    """The audiences whose answers to a battery are ranked for this territory."""
    batteries = [(one, views.holdings(one)) for one in views.indicator_ids() if views.holdings(one).items]
    return tuple(
        audience
        for audience in views.audiences()
        if any(_latest_ranking(one, held, audience.id, domain) for one, held in batteries)
    )


def _portrait(domain: str, asked: str) -> dict[str, Any]:
    """The figures of a territory: batteries ranked by one audience, then single questions, then what is missing."""
    speakers = _speakers(domain)
    audience = asked or (speakers[0].id if speakers else "")
    rankings: list[Block] = []
    singles: list[Block] = []
    for indicator in views.indicator_ids():
        held = views.holdings(indicator)
        if held.items:
            block = _latest_ranking(indicator, held, audience, domain)
            rankings += [block] if block else []
        elif block := figure_block(indicator, {"domain": domain}):
            singles.append(block)
    return {
        "speakers": speakers,
        "audience": audience,
        "rankings": rankings,
        "singles": singles,
        "absences": _absences(domain),
    }


def _latest_ranking(indicator: str, held: views.Holdings, audience: str, domain: str) -> Block | None:
    for wave in reversed(held.waves):
        block = figure_block(indicator, {"audience": audience, "wave": wave.id, "domain": domain})
        if block:
            return block
    return None


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
