"""Copies into the release the words its pages need: territories, register of studies, frameworks, targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from alliage.contents import Content
from alliage.disclosure import PublicCell
from alliage.publications.wording import cell_interval, display
from alliage.sources.declarations import PublishedFigure
from alliage.text import Text, listed, number, percent, same


def snapshot(content: Content, cells: Sequence[PublicCell], *, with_targets: bool) -> dict[str, Any]:
    """content/{name}.json: plain values, every text in both languages."""
    made: dict[str, Any] = {
        "territories": {
            "population": plain(content.population),
            "regions": plain(list(content.regions.values())),
            "departements": plain(list(content.departements.values())),
        },
        "register": {
            "studies": plain(list(content.studies.values())),
            "figures": [_with_display(figure) for figure in content.figures.values()],
            "conflicts": plain(list(content.conflicts.values())),
            "sources": plain(list(content.sources.values())),
        },
        "frameworks": {
            "programmes": plain(list(content.programmes.values())),
            "eras": plain(list(content.eras.values())),
            "impacts": plain(list(content.impacts.values())),
            "fragilities": plain(list(content.fragilities.values())),
        },
    }
    if with_targets:
        made["targets"] = _targets(content, {cell.key.id: cell for cell in cells})
    return made


def plain(value: Any) -> Any:
    """Declarations as plain values; a date as YYYY-MM-DD."""
    if isinstance(value, Text):
        return value.to_dict()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def published_display(figure: PublishedFigure) -> Text:
    """A figure as its source tells it: no more decimals than were printed."""
    decimals = 0 if float(figure.value).is_integer() else 1
    if figure.unit == "percent":
        return percent(figure.value, decimals)
    written = number(figure.value, max(decimals, 1) if figure.unit == "note_10" else decimals)
    if figure.unit == "note_10":
        return Text(fr="{note} sur 10", en="{note} out of 10").filled(note=written)
    return written


def target_cell(figure: PublishedFigure) -> str:
    """The id of the cell that is calibrated on a published figure."""
    parts = (figure.indicator, figure.item, figure.audience, figure.wave, "ensemble")
    return ".".join(part for part in parts if part)


def _with_display(figure: PublishedFigure) -> dict[str, Any]:
    return {**plain(figure), "display": published_display(figure).to_dict()}


def _targets(content: Content, cells: Mapping[str, PublicCell]) -> list[dict[str, Any]]:
    rows = []
    for figure in content.figures.values():
        cell = cells.get(target_cell(figure)) if figure.target else None
        if cell is None:
            continue
        inside = cell.low95 is not None and cell.high95 is not None and cell.low95 <= figure.value <= cell.high95
        rows.append(
            {
                "id": figure.id,
                "cell": cell.key.id,
                "label": figure.label.to_dict(),
                "published": published_display(figure).to_dict(),
                "simulated": display(cell).to_dict(),
                "interval": plain(cell_interval(cell)),
                "inside": inside,
                "source": listed([_source(content, id) for id in figure.sources]).to_dict(),
            }
        )
    return rows


def _source(content: Content, id: str) -> Text:
    source = content.sources[id]
    return Text(fr="{title} ({institution})", en="{title} ({institution})").filled(
        title=source.title, institution=same(source.institution)
    )
