"""Pourquoi ce chiffre ? The chain of one figure, from the wording of its question to the file that holds it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alliage.publications.releases import Cell
from alliage_web import releases
from alliage_web.products.observatory.asked import known_indicator
from alliage_web.products.observatory.blocks import figure_block
from alliage_web.releases import places, views
from alliage_web.ui.pages import Unknown
from alliage_web.ui.templatetags.alliage import spoken_language


def why(request: HttpRequest, indicator: str) -> HttpResponse:
    """`cellule` names the figure asked about; without it, those of `figure` are offered."""
    known_indicator(indicator)
    release = releases.current()
    asked = request.GET.get("cellule", "")
    shown_in = request.GET.get("figure", "")
    figure = release.figure(shown_in) if shown_in in views.figure_ids() else None
    listed = [release.cell(cell) for cell in figure.cells] if figure else _whole_population(indicator)
    known = {cell.id: cell for cell in release.cells(indicator)}
    if asked and asked not in known:
        raise Unknown(
            _("Aucun chiffre publié ne s’appelle « %(value)s ».") % {"value": asked[:80]},
            [(_("Les chiffres de cet indicateur"), reverse("why", args=[indicator]))],
        )
    cell = known.get(asked)
    words = {
        "indicator": release.indicator(indicator),
        "cell": cell,
        "parent": known.get(cell.parent) if cell else None,
        "figure": figure,
        "listed": [one for one in listed if one.indicator == indicator],
        **_chain(indicator, cell),
        "release_id": release.id,
        "python": f'open_release("release").cell("{cell.id}").display["{spoken_language()}"]' if cell else "",
        "audiences": {one.id: one.label for one in views.audiences()},
        "waves": {one.id: one.label for one in views.waves()},
    }
    return render(request, "observatory/why.html", words)


def _chain(indicator: str, cell: Cell | None) -> dict[str, Any]:
    """The recorded chain; for one figure, only the study it comes from and what was decided for it."""
    chain = releases.current().why(indicator)
    if cell is None:
        return {"why": chain, "told": chain["studies"], "decision": None}
    told = [one for one in chain["studies"] if (one["audience"], one["wave"]) == (cell.audience, cell.wave)]
    decision = next((one for one in chain["cells"] if one["id"] == cell.id), None)
    return {"why": chain, "told": told, "decision": decision}


def _whole_population(indicator: str) -> list[Cell]:
    return [cell for cell in releases.current().cells(indicator) if cell.by == ""]


def crossing_why(request: HttpRequest, indicator: str) -> HttpResponse:
    return redirect(reverse("why", args=[indicator]))


def territory_why(request: HttpRequest, address: str) -> HttpResponse:
    """The chain of the first figure shown for this territory; the page lists the others."""
    place = places.places().get(address)
    if place is None:
        return redirect("territory", address)
    for indicator in views.indicator_ids():
        block = figure_block(indicator, {"domain": place.region_domain})
        if block:
            return redirect(block.why)
    return redirect("territory", address)
