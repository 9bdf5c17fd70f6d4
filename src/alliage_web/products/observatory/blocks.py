"""A figure as a page shows it: its file, its addresses, the absences it holds. Selected, never computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from alliage.text import Text
from alliage_web import releases
from alliage_web.releases import views

# In the order the method page explains them.
ABSENCES = ("protected", "uncertain", "banded", "no_data", "not_asked")


@dataclass(frozen=True, slots=True)
class Block:
    """Everything `figure.html` needs."""

    id: str
    figure: Any
    indicator: str
    query: str
    absences: tuple[str, ...]
    notes: tuple[Any, ...]  # without the stamps, which the page and the drawing already bear
    caution: Any
    page: str
    csv: str
    json: str
    svg: str
    embed: str
    why: str

    @property
    def anchor(self) -> str:
        return self.id.replace(".", "-")


def figure_block(indicator: str, view: dict[str, str]) -> Block | None:
    """The block of a view, or None when this release does not hold it."""
    figure_id = views.figure_of_view(indicator, view)
    if figure_id is None:
        return None
    release = releases.current()
    figure = release.figure(figure_id)
    states = {release.cell(cell).state for cell in figure.cells}
    stamps = [dict(stamp) for stamp in release.manifest["notices"]]
    query = urlencode({name: value for name, value in view.items() if value})
    tail = f"?{query}" if query else ""

    def file(extension: str) -> str:
        return reverse("figure_file", args=[indicator, extension]) + (tail or "?view=audiences")

    return Block(
        id=figure_id,
        figure=figure,
        indicator=indicator,
        query=query,
        absences=tuple(state for state in ABSENCES if state in states),
        notes=tuple(note for note in figure.notes if note.to_dict() not in stamps),
        caution=Text(**release.indicator(indicator)["caution"]),
        page=reverse("figure", args=[indicator]) + tail,
        csv=file("csv"),
        json=file("json"),
        svg=file("svg"),
        embed=reverse("embed", args=[indicator]) + tail,
        why=f"{reverse('why', args=[indicator])}?{urlencode({'figure': figure_id})}",
    )
