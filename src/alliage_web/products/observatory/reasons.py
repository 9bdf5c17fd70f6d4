"""Pourquoi ce chiffre ? The chain of one figure, from the wording of its question to the file that holds it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alliage.publications.releases import Cell, Figure
from alliage_web import releases
from alliage_web.products.observatory.asked import chosen, known_indicator
from alliage_web.products.observatory.blocks import figure_block
from alliage_web.releases import places, views
from alliage_web.releases.views import EVERYONE, Named
from alliage_web.ui.pages import Unknown
from alliage_web.ui.templatetags.alliage import spoken_language

# What the form of the page chooses; together they name one figure.
PARTS = ("item", "audience", "wave", "place")


def why(request: HttpRequest, indicator: str) -> HttpResponse:
    """`cellule` names the figure asked about: one address each. Without it, lead to the one the query means."""
    known_indicator(indicator)
    asked, shown_in = request.GET.get("cellule", ""), request.GET.get("figure", "")
    figure = releases.current().figure(shown_in) if shown_in in views.figure_ids() else None
    if not asked:
        cell = (
            _named_by(request, indicator) if any(part in request.GET for part in PARTS) else _first(indicator, figure)
        )
        known = {"cellule": cell.id, **({"figure": figure.id} if figure else {})}
        return redirect(f"{reverse('why', args=[indicator])}?{urlencode(known)}")
    known_cells = {cell.id: cell for cell in releases.current().cells(indicator)}
    if asked not in known_cells:
        raise _unknown(indicator, _("Aucun chiffre publié ne s’appelle « %(value)s ».") % {"value": asked[:80]})
    cell = known_cells[asked]
    listed = [known_cells[one] for one in figure.cells if one in known_cells] if figure else []
    words = {"figure": figure, "listed": listed, "parent": known_cells.get(cell.parent or "")}
    return render(request, "observatory/why.html", {**_page(cell), **words})


def _page(cell: Cell) -> dict[str, Any]:
    """One figure, the chain recorded for its study, and what else may be chosen."""
    release = releases.current()
    chain = release.why(cell.indicator)
    held = views.holdings(cell.indicator)
    told = [one for one in chain["studies"] if (one["audience"], one["wave"]) == (cell.audience, cell.wave)]
    return {
        "indicator": release.indicator(cell.indicator),
        "cell": cell,
        "place": _place(cell),
        "place_label": _place_label(cell),
        "held": held,
        "places": _places(cell.indicator),
        "why": chain,
        "study": told[0] if told else None,
        "decision": next((one for one in chain["cells"] if one["id"] == cell.id), None),
        "release_id": release.id,
        "python": f'open_release("release").cell("{cell.id}").display["{spoken_language()}"]',
        "audiences": {one.id: one.label for one in views.audiences()},
        "waves": {one.id: one.label for one in views.waves()},
        "item_label": next((one.label for one in held.items if one.id == cell.item), None),
    }


def _first(indicator: str, figure: Figure | None) -> Cell:
    """What is asked about first: the figure's own place, a shown cell, the latest wave, the first audience."""
    release = releases.current()
    listed = [release.cell(one) for one in figure.cells] if figure else []
    cells = [cell for cell in listed if cell.indicator == indicator] or release.cells(indicator, by="")
    waves = [wave.id for wave in reversed(views.waves())]
    audiences = [audience.id for audience in views.audiences()]
    # A figure of one place bears its name: it opens there even when that cell is protected, never on the whole.
    own = figure.id.rsplit(".", 1)[-1] if figure else ""
    # Of two cells alike, the first wins: the order of the figure, or that of the questionnaire.
    return min(
        cells,
        key=lambda cell: (
            _place(cell) != own,
            not cell.is_shown,
            waves.index(cell.wave),
            audiences.index(cell.audience),
        ),
    )


def _named_by(request: HttpRequest, indicator: str) -> Cell:
    """The figure the form names. What the form leaves out is what the page shows first."""
    held = views.holdings(indicator)
    first = _first(indicator, None)
    everywhere = [place for _label, group in _places(indicator) for place in group]
    place = chosen(request, "place", [Named(EVERYONE, releases.current().manifest["whole"]["label"]), *everywhere],
                   default=EVERYONE)  # fmt: skip
    by, domain = ("", EVERYONE) if place == EVERYONE else place.split("-", 1)
    found = releases.current().cells(
        indicator,
        audience=chosen(request, "audience", held.audiences, default=first.audience),
        wave=chosen(request, "wave", held.waves, default=first.wave),
        item=chosen(request, "item", held.items, default=first.item),
        by=by,
        domain=domain,
    )
    if not found:
        raise _unknown(indicator, _("Ce public, cette date et ce lieu n’ont pas de chiffre publié ensemble."))
    return found[0]


def _place(cell: Cell) -> str:
    return f"{cell.by}-{cell.domain}" if cell.by else EVERYONE


def _place_label(cell: Cell) -> Any:
    """The name of the whole, or of the domain the figure is about."""
    manifest = releases.current().manifest
    named = {(by["id"], one["id"]): one["label"] for by in manifest.get("breakdowns", ()) for one in by["domains"]}
    return named.get((cell.by, cell.domain), manifest["whole"]["label"])


def _places(indicator: str) -> list[tuple[Any, list[Named]]]:
    """The values of each breakdown that have figures, under its name."""
    release = releases.current()
    held = {(cell.by, cell.domain) for cell in release.cells(indicator)}
    groups = [
        (
            by["label"],
            [Named(f"{by['id']}-{one['id']}", one["label"]) for one in by["domains"] if (by["id"], one["id"]) in held],
        )
        for by in release.manifest.get("breakdowns", ())
    ]
    return [(label, found) for label, found in groups if found]


def _unknown(indicator: str, words: str) -> Unknown:
    return Unknown(words, [(_("Les chiffres de cet indicateur"), reverse("why", args=[indicator]))])


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
