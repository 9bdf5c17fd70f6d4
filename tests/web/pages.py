"""The pages of the site in each of their states, for the sample release."""

from __future__ import annotations

PAGES = (
    "/",
    "/recherche",
    "/recherche?q=75056",
    "/recherche?q=seine",
    "/recherche?q=nulle+part",
    "/recherche?q=99999",
    "/chiffres",
    "/chiffres/innovation",
    "/chiffres/innovation?audience=maires&wave=impact&by=region",
    "/chiffres/innovation?audience=associations&wave=phare&by=region",
    "/chiffres/innovation/pourquoi?cellule=innovation.citoyens.phare.ensemble&figure=innovation.audiences",
    "/chiffres/innovation/pourquoi?cellule=innovation.entreprises.phare.region-94",
    "/chiffres/fragilites_percues/pourquoi?cellule=fragilites_percues.f01.citoyens.impact.ensemble",
    "/chiffres/innovation/pourquoi?cellule=innovation.maires.impact.ensemble",
    "/chiffres/innovation/pourquoi?cellule=innovation.maires.impact.region-94",
    "/chiffres/innovation/embed",
    "/chiffres/fragilites_percues",
    "/chiffres/fragilites_percues?item=f03&audience=citoyens&wave=impact&by=region",
    "/regards-croises",
    "/regards-croises/innovation",
    "/regards-croises/innovation?wave=phare",
    "/regards-croises/fragilites_percues",
    "/territoires",
    "/territoires/region-11",
    "/territoires/region-94",
    "/territoires/region-01",
    "/territoires/departement-2A",
    "/territoires/departement-75",
    "/etudes",
    "/etudes/simulations",
    "/a-propos",
    "/a-propos/accessibilite",
    "/reutiliser",
)
# The same site over a lone study: no region, no register, no map, one audience, one wave.
LONE_PAGES = (
    "/",
    "/recherche?q=Bretagne",
    "/chiffres",
    "/chiffres/innovation",
    "/chiffres/innovation/pourquoi?cellule=innovation.citoyens.impact.ensemble",
    "/regards-croises",
    "/regards-croises/innovation",
    "/territoires",
    "/etudes",
    "/etudes/simulations",
    "/a-propos",
    "/reutiliser",
)
MISSING = (
    "/nulle-part",
    "/chiffres/inconnu",
    "/chiffres/innovation?audience=martiens",
    "/chiffres/innovation?wave=1999",
    "/chiffres/innovation/pourquoi?cellule=innovation.martiens",
    "/chiffres/innovation/pourquoi?audience=martiens",
    "/chiffres/innovation/pourquoi?place=region-99",
    "/regards-croises/inconnu",
    "/territoires/region-99",
    "/territoires/94",
    "/etudes/inconnue",
)
FILES = {
    "/chiffres/innovation.csv": "text/csv",
    "/chiffres/innovation.json": "application/json",
    "/chiffres/innovation.csv?view=audiences": "text/csv",
    "/chiffres/innovation.svg?view=audiences": "image/svg+xml",
    "/chiffres/innovation.csv?audience=maires&wave=impact&by=region": "text/csv",
    "/regards-croises/innovation.csv": "text/csv",
    "/regards-croises/innovation.json?wave=impact": "application/json",
    "/territoires/region-94.csv": "text/csv",
    "/territoires/departement-2A.json": "application/json",
    "/publication/release.json": "application/json",
    "/publication/certificate.json": "application/json",
    "/publication/SHA256SUMS": "text/plain",
}


def in_english(path: str) -> str:
    return f"/en{path}"
