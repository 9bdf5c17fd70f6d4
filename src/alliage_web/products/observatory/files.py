"""Files of the release, as they are: CSV, JSON, SVG, and a figure alone to embed elsewhere."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from alliage_web import releases
from alliage_web.products.observatory.asked import known_indicator
from alliage_web.products.observatory.blocks import figure_block
from alliage_web.releases import places, views
from alliage_web.ui.templatetags.alliage import spoken_language

TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
}
VIEW = ("item", "audience", "wave", "by", "domain")


def _sent(relative: str) -> HttpResponse:
    if relative != "SHA256SUMS" and not releases.holds(relative):
        raise Http404(relative)
    path = releases.current().path(relative)
    content_type = TYPES.get(path.suffix, "text/plain; charset=utf-8")
    response = FileResponse(path.open("rb"), content_type=content_type)
    response["Content-Disposition"] = f'inline; filename="{path.name}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _view(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in VIEW if request.GET.get(name)}


def _figure_file(figure_id: str | None, extension: str) -> HttpResponse:
    if figure_id is None or f".{extension}" not in TYPES:
        raise Http404
    middle = f".{spoken_language()}" if extension == "svg" else ""
    return _sent(f"figures/{figure_id}{middle}.{extension}")


def indicator_file(request: HttpRequest, indicator: str, extension: str) -> HttpResponse:
    """The file of the view asked for; without any query, every published cell of the indicator."""
    known_indicator(indicator)
    if not request.GET and extension != "svg":
        return _sent(f"tables/{indicator}.{extension}")
    return _figure_file(views.figure_of_view(indicator, _view(request)), extension)


def crossing_file(request: HttpRequest, indicator: str, extension: str) -> HttpResponse:
    known_indicator(indicator)
    if not request.GET and extension != "svg":
        return _sent(f"gaps/{indicator}.{extension}")
    return _figure_file(views.figure_of_view(indicator, _view(request)), extension)


def territory_file(request: HttpRequest, address: str, extension: str) -> HttpResponse:
    """Every published cell of a region. A department has its region's."""
    place = places.places().get(address)
    if place is None or extension not in ("csv", "json"):
        raise Http404
    return _sent(f"territories/{place.region_domain}.{extension}")


def embed(request: HttpRequest, indicator: str) -> HttpResponse:
    """The figure alone, made to be framed by other sites: no script, no cookie."""
    known_indicator(indicator)
    block = figure_block(indicator, _view(request))
    if block is None:
        raise Http404
    response = render(request, "observatory/embed.html", {"plate": block})
    response.embeddable = True
    return response


def crossing_embed(request: HttpRequest, indicator: str) -> HttpResponse:
    return embed(request, indicator)


def release_file(request: HttpRequest, relative: str) -> HttpResponse:
    """Any file of the release by its path in it: those its digest list names, and no other."""
    return _sent(relative)
