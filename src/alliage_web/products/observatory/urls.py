"""The observatory's addresses: French nouns, stable, no accent, no final slash; state in the query."""

from __future__ import annotations

from django.urls import path

from alliage_web.products.observatory import crossings, figures, files, home, reasons, studies, texts, zones

urlpatterns = [
    path("", home.home, name="home"),
    path("recherche", zones.search, name="search"),
    path("chiffres", figures.index, name="figures"),
    path("chiffres/<slug:indicator>", figures.indicator, name="figure"),
    path("chiffres/<slug:indicator>/embed", files.embed, name="embed"),
    path("chiffres/<slug:indicator>/pourquoi", reasons.why, name="why"),
    path("chiffres/<slug:indicator>.<str:extension>", files.indicator_file, name="figure_file"),
    path("regards-croises", crossings.index, name="crossings"),
    path("regards-croises/<slug:indicator>", crossings.crossing, name="crossing"),
    path("regards-croises/<slug:indicator>/embed", files.crossing_embed, name="crossing_embed"),
    path("regards-croises/<slug:indicator>/pourquoi", reasons.crossing_why, name="crossing_why"),
    path("regards-croises/<slug:indicator>.<str:extension>", files.crossing_file, name="crossing_file"),
    path("territoires", zones.index, name="territories"),
    path("territoires/<slug:address>", zones.territory, name="territory"),
    path("territoires/<slug:address>/pourquoi", reasons.territory_why, name="territory_why"),
    path("territoires/<slug:address>.<str:extension>", files.territory_file, name="territory_file"),
    path("etudes", studies.index, name="studies"),
    path("etudes/simulations", studies.targets, name="targets"),
    path("etudes/<slug:study>", studies.study, name="study"),
    path("a-propos", texts.about, name="about"),
    path("a-propos/accessibilite", texts.accessibility, name="accessibility"),
    path("reutiliser", texts.reuse, name="reuse"),
    path("publication/<path:relative>", files.release_file, name="release_file"),
]
