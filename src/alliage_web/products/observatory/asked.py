"""What a query asks for, checked against what the release holds: an unknown value is told, never guessed."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext as _

from alliage_web import releases
from alliage_web.releases.views import Named, indicator_ids
from alliage_web.ui.pages import Unknown
from alliage_web.ui.templatetags.alliage import said, spoken_language


def chosen(request: HttpRequest, key: str, among: Iterable[Named], *, default: str) -> str:
    """The value of a query key, `default` when it is absent or empty. Raises Unknown, naming what exists."""
    value = request.GET.get(key, "") or default
    choices = list(among)
    if not value or value in {one.id for one in choices}:
        return value
    raise Unknown(
        _("Le lien demande « %(value)s », que cette publication ne connaît pas. Voici ce qu’elle connaît :")
        % {"value": value[:60]},
        [(said(one.label), _with(request, key, one.id)) for one in choices],
    )


def known_indicator(indicator_id: str) -> None:
    """Raises Unknown when no indicator bears that name."""
    if indicator_id in indicator_ids():
        return
    release = releases.current()
    prefix = "/en" if spoken_language() == "en" else ""
    raise Unknown(
        _("Aucun indicateur ne s’appelle « %(value)s » dans cette publication. Voici ceux qu’elle contient :")
        % {"value": indicator_id[:60]},
        [(said(release.indicator(one)["label"]), f"{prefix}/chiffres/{one}") for one in indicator_ids()],
    )


def _with(request: HttpRequest, key: str, value: str) -> str:
    query = request.GET.copy()
    query[key] = value
    return f"?{query.urlencode()}"
