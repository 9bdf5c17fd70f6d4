"""Territoires: search, the index, a region's portrait, a department and what cannot be said of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alliage_web import releases
from alliage_web.products.observatory.asked import chosen
from alliage_web.products.observatory.portraits import portrait, speakers
from alliage_web.releases import places, views
from alliage_web.ui.pages import Unknown
from alliage_web.ui.templatetags.alliage import said


def search(request: HttpRequest) -> HttpResponse:
    """One exact answer leads straight to its page; several are listed; a commune code leads to its parents."""
    words = request.GET.get("q", "").strip()[:100]
    departement = places.departement_of_commune(words)
    found = [] if departement else places.search(words)
    if len(found) == 1:
        return redirect("territory", found[0].address)
    region = places.places().get(departement.region_domain) if departement else None
    answer = {"words": words, "found": found, "departement": departement, "region": region}
    spoken_of = region is not None and _has_shown(region)
    looks_like_code = bool(places.COMMUNE_CODE.fullmatch(words)) and not departement
    return render(
        request, "observatory/search.html", {**answer, "spoken_of": spoken_of, "looks_like_code": looks_like_code}
    )


def index(request: HttpRequest) -> HttpResponse:
    regions = [{"region": region, "departements": places.departements(region.code)} for region in places.regions()]
    spoken_of = {region.code for region in places.regions() if _has_figures(region.code)}
    words = {"regions": regions, "has_map": releases.has_map(), "spoken_of": spoken_of}
    return render(request, "observatory/territories.html", words)


def territory(request: HttpRequest, address: str) -> HttpResponse:
    place = places.places().get(address) or _bare_code(address)
    if place.address != address:
        return redirect("territory", place.address)
    audience = chosen(request, "audience", speakers(place.region_domain), default="")
    words = {
        "place": place,
        "region": places.places()[place.region_domain],
        "departements": places.departements(place.region),
        **portrait(place.region_domain, audience),
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


def _has_shown(region: places.Place) -> bool:
    """Whether one value at least can be read for this region."""
    release = releases.current()
    by, domain = region.region_domain.split("-", 1)
    return any(cell.is_shown for one in views.indicator_ids() for cell in release.cells(one, by=by, domain=domain))
