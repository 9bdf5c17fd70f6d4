"""Addresses: French at the root, English at the same address under /en."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from alliage_web.ui import pages

urlpatterns = [
    path("style.<slug:digest>.css", pages.stylesheet, name="stylesheet"),
    path("robots.txt", pages.robots, name="robots"),
    *i18n_patterns(
        path("", include("alliage_web.products.observatory.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "alliage_web.ui.pages.bad_request"
handler404 = "alliage_web.ui.pages.not_found"
handler500 = "alliage_web.ui.pages.broken"
