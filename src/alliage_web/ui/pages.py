"""Pages of no product: errors in plain words, the stylesheet."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from alliage_web.ui.stylesheets import stylesheet as sheet
from alliage_web.ui.stylesheets import stylesheet_digest


class Unknown(Exception):
    """The address names something this release does not hold. `choices` are (words, address) that do exist."""

    def __init__(self, said: str, choices: list[tuple[str, str]] | None = None, *, title: str = "") -> None:
        super().__init__(said)
        self.title = title
        self.said = said
        self.choices = choices or []


def unknown(request: HttpRequest, problem: Unknown) -> HttpResponse:
    return _error_page(request, 404, problem.title or _("Cette vue n’existe pas"), problem.said, problem.choices)


def not_found(request: HttpRequest, exception: Http404) -> HttpResponse:
    said = _("Aucune page ne porte cette adresse. Elle a peut-être été mal recopiée ou coupée par une messagerie.")
    return _error_page(request, 404, _("Page introuvable"), said)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    said = _("Le serveur n’a pas compris l’adresse demandée : elle contient des signes qu’il n’attend pas.")
    return _error_page(request, 400, _("Demande incomprise"), said)


def broken(request: HttpRequest) -> HttpResponse:
    """The last resort: must not depend on the release nor on any context."""
    return HttpResponse(render_to_string("ui/broken.html", {"style_digest": stylesheet_digest()}), status=500)


def _error_page(
    request: HttpRequest, status: int, title: str, said: str, choices: list[tuple[str, str]] | None = None
) -> HttpResponse:
    words: dict[str, Any] = {"title": title, "said": said, "choices": choices or [], "status": status}
    return render(request, "ui/error.html", words, status=status)


def stylesheet(request: HttpRequest, digest: str) -> HttpResponse:
    response = HttpResponse(sheet(), content_type="text/css; charset=utf-8")
    fresh = digest == stylesheet_digest()
    response["Cache-Control"] = "public, max-age=31536000, immutable" if fresh else "no-store"
    return response


def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\nAllow: /\n", content_type="text/plain; charset=utf-8")
