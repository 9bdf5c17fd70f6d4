"""Pages of text: method and secrecy in plain words, accessibility, re-use."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alliage_web import releases
from alliage_web.releases import views


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "observatory/about.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "observatory/accessibility.html")


def reuse(request: HttpRequest) -> HttpResponse:
    release = releases.current()
    whole = [
        ("release.json", _("ce qu’elle contient")),
        ("codebook.json", _("les questions, les options, les indicateurs, les colonnes")),
        ("codebook.csv", _("le même, pour un tableur")),
        ("certificate.json", _("quels contrôles du secret ont été faits, et tous les nombres publiés")),
        ("SHA256SUMS", _("l’empreinte de chaque fichier")),
    ]
    words = {
        "indicators": [release.indicator(one) for one in views.indicator_ids()],
        "crossed": {one for one in views.indicator_ids() if releases.holds(f"gaps/{one}.json")},
        "whole": [(name, said) for name, said in whole if name == "SHA256SUMS" or releases.holds(name)],
        "release_id": release.id,
        "python": python_line(next(iter(views.indicator_ids()), "")),
    }
    return render(request, "observatory/reuse.html", words)


def python_line(indicator: str) -> str:
    return f'from alliage.publications import open_release\n\nopen_release("release").cells("{indicator}")'
