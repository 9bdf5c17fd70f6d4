"""A territory's portrait: what it says in a few sentences, their values, its figures, what cannot be said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from alliage.publications.releases import Cell
from alliage.text import Text
from alliage_web import releases
from alliage_web.products.observatory.blocks import Block, figure_block
from alliage_web.releases import views
from alliage_web.releases.views import Named

HIDDEN = ("protected", "uncertain", "banded", "no_data", "not_asked")
MOST_SAID = 6  # what an officer reads on a phone in three minutes, steps included


@dataclass(frozen=True, slots=True)
class Value:
    """A row of the portrait's table: who or what, the value here, the same for the whole."""

    label: Any
    here: Cell
    whole: Cell | None


@dataclass(frozen=True, slots=True)
class Brief:
    """A sentence of « En bref », the figure it comes from, the values it speaks of."""

    words: Text
    plate: Block
    indicator: Any
    audience: Any  # who answered, when the rows are the items of a battery
    wave: Any
    rows: tuple[Value, ...]


def portrait(domain: str, asked: str) -> dict[str, Any]:
    """The figures of a territory: batteries ranked by one audience, then single questions, then what is missing."""
    heard = speakers(domain)
    audience = asked or (heard[0].id if heard else "")
    rankings: list[Block] = []
    singles: list[Block] = []
    for indicator in views.indicator_ids():
        held = views.holdings(indicator)
        if held.items:
            block = _latest_ranking(indicator, held, audience, domain)
            rankings += [block] if block else []
        elif block := figure_block(indicator, {"domain": domain}):
            singles.append(block)
    plates = (*rankings, *singles)
    absences = _absences(domain)
    return {
        "speakers": heard,
        "audience": audience,
        "rankings": rankings,
        "singles": singles,
        "briefs": [_brief(plate) for plate in (*rankings[:1], *singles) if plate.figure.brief][:MOST_SAID],
        "sources": list(dict.fromkeys(plate.figure.source for plate in plates)),
        "absences": absences,
        "states": {line["state"] for line in absences},
    }


def speakers(domain: str) -> tuple[Named, ...]:
    """The audiences whose answers to a battery are ranked for this territory."""
    batteries = [(one, views.holdings(one)) for one in views.indicator_ids() if views.holdings(one).items]
    return tuple(
        audience
        for audience in views.audiences()
        if any(_latest_ranking(one, held, audience.id, domain) for one, held in batteries)
    )


def _latest_ranking(indicator: str, held: views.Holdings, audience: str, domain: str) -> Block | None:
    for wave in reversed(held.waves):
        block = figure_block(indicator, {"audience": audience, "wave": wave.id, "domain": domain})
        if block:
            return block
    return None


def _brief(plate: Block) -> Brief:
    release = releases.current()
    figure = plate.figure
    audiences = {one.id: one.label for one in views.audiences()}
    waves = {one.id: one.label for one in views.waves()}
    items = {one.id: one.label for one in views.holdings(plate.indicator).items}
    here = [release.cell(cell) for cell in figure.brief_cells]
    return Brief(
        words=figure.brief,
        plate=plate,
        indicator=release.indicator(plate.indicator),
        audience=audiences[here[0].audience] if here and here[0].item else None,
        wave=waves[here[0].wave] if here else None,
        rows=tuple(Value(items.get(cell.item) or audiences[cell.audience], cell, _whole(cell)) for cell in here),
    )


def _whole(cell: Cell) -> Cell | None:
    found = releases.current().cells(cell.indicator, audience=cell.audience, wave=cell.wave, by="", item=cell.item)
    return found[0] if found else None


def _absences(domain: str) -> list[dict[str, Any]]:
    """What cannot be said here, and why: one line per indicator and reason, with the audiences and waves."""
    release = releases.current()
    by, code = domain.split("-", 1)
    audiences = {one.id: one.label for one in views.audiences()}
    waves = {one.id: one.label for one in views.waves()}
    lines: dict[tuple[str, ...], dict[str, Any]] = {}
    for indicator in views.indicator_ids():
        for cell in release.cells(indicator, by=by, domain=code):
            if cell.state in HIDDEN:
                key = (indicator, cell.state)
                line = lines.setdefault(
                    key, {"indicator": release.indicator(indicator), "state": cell.state, "who": {}}
                )
                label = {"audience": audiences[cell.audience], "wave": waves[cell.wave]}
                line["who"][cell.audience, cell.wave] = label
    return sorted(
        ({**line, "who": list(line["who"].values())} for line in lines.values()),
        key=lambda line: HIDDEN.index(line["state"]),
    )
