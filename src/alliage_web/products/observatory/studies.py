"""Études publiées: the register of real studies, their sources, where sources disagree; published and simulated."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alliage_web import releases
from alliage_web.ui.pages import Unknown
from alliage_web.ui.templatetags.alliage import said


def _register() -> dict[str, Any]:
    """Studies, published figures, conflicts and the sources they cite; empty when the release was made without them."""
    register = releases.content("register", {})
    sources = {source["id"]: source for source in register.get("sources", ())}
    return {
        "studies": register.get("studies", ()),
        "figures": register.get("figures", ()),
        "conflicts": register.get("conflicts", ()),
        "sources": sources,
    }


def index(request: HttpRequest) -> HttpResponse:
    register = _register()
    has_targets = bool(releases.content("targets", None))
    return render(request, "observatory/studies.html", {**register, "has_targets": has_targets})


def study(request: HttpRequest, study: str) -> HttpResponse:
    register = _register()
    found = next((one for one in register["studies"] if one["id"] == study), None)
    if found is None:
        raise Unknown(
            _("Aucune étude du registre ne s’appelle « %(value)s ». Voici celles qu’il contient :")
            % {"value": study[:60]},
            [(said(one["label"]), one["id"]) for one in register["studies"]],
        )
    figures = [figure for figure in register["figures"] if figure.get("study") == study]
    ids = {figure["id"] for figure in figures}
    conflicts = [one for one in register["conflicts"] if ids & set(one.get("figures", ()))]
    words = {"study": found, "figures": figures, "conflicts": conflicts, "sources": register["sources"]}
    return render(request, "observatory/study.html", words)


def targets(request: HttpRequest) -> HttpResponse:
    return render(request, "observatory/targets.html", {"targets": releases.content("targets", [])})
