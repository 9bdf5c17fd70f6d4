"""Which views a release holds: the audiences, waves, breakdowns and items of an indicator, and the figure of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from alliage_web import releases

EVERYONE = "ensemble"


@dataclass(frozen=True, slots=True)
class Named:
    """Something to choose: its id and its name in both languages."""

    id: str
    label: Any


@dataclass(frozen=True, slots=True)
class Holdings:
    """What can be asked about an indicator, in the order it is shown. Waves are oldest first."""

    audiences: tuple[Named, ...]
    waves: tuple[Named, ...]
    breakdowns: tuple[Named, ...]
    items: tuple[Named, ...]


@cache
def figure_ids() -> frozenset[str]:
    return frozenset(releases.current().figures)


def existing(*parts: str) -> str | None:
    """The id made of these parts (empty ones skipped), if the release holds that figure."""
    figure_id = ".".join(part for part in parts if part)
    return figure_id if figure_id in figure_ids() else None


def waves() -> tuple[Named, ...]:
    return tuple(Named(wave["id"], wave["label"]) for wave in releases.current().manifest["waves"])


def audiences() -> tuple[Named, ...]:
    return tuple(Named(audience["id"], audience["label"]) for audience in releases.current().manifest["audiences"])


def breakdowns() -> tuple[Named, ...]:
    return tuple(Named(one["id"], one["label"]) for one in releases.current().manifest.get("breakdowns", ()))


@cache
def holdings(indicator_id: str) -> Holdings:
    """Read once per indicator from its cells: what was asked, of whom, when, and by what it is broken down."""
    release = releases.current()
    cells = [cell for cell in release.cells(indicator_id) if cell.state != "not_asked"]
    items = {item["id"]: item["label"] for item in release.indicator(indicator_id).get("items", ())}
    found_items = dict.fromkeys(cell.item for cell in cells if cell.item)
    return Holdings(
        audiences=_met(audiences(), {cell.audience for cell in cells}),
        waves=_met(waves(), {cell.wave for cell in cells}),
        breakdowns=_met(breakdowns(), {cell.by for cell in cells}),
        items=tuple(Named(item, items.get(item, item)) for item in found_items),
    )


def _met(named: tuple[Named, ...], ids: set[str]) -> tuple[Named, ...]:
    return tuple(one for one in named if one.id in ids)


def figure_of_view(indicator: str, view: dict[str, str]) -> str | None:
    """The figure a query asks for (item, audience, wave, by, domain), or None when that view was not published."""
    item, audience, wave = view.get("item", ""), view.get("audience", ""), view.get("wave", "")
    by, domain = view.get("by", ""), view.get("domain", "")
    if audience and wave and by:
        return existing(indicator, item, audience, wave, by)
    if audience and wave:
        return existing(indicator, "items", audience, wave, domain or EVERYONE)
    if domain:
        return existing(indicator, item, "zone", domain)
    if wave:
        return existing(indicator, item, wave, "gaps")
    return existing(indicator, item, "audiences")


def crossed() -> tuple[str, ...]:
    """The indicators shown as a crossed view, in the order of the release; none when one audience answers alone."""
    with_gaps = {figure_id.split(".", 1)[0] for figure_id in figure_ids() if figure_id.endswith(".gaps")}
    return tuple(one for one in indicator_ids() if one in with_gaps)


def indicator_ids() -> tuple[str, ...]:
    return tuple(releases.current().indicators)
