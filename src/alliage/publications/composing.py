"""`compose`: every figure of a release, from its public cells and gaps. Which figures exist is told by the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from alliage.disclosure.results import PublicCell, PublicGap
from alliage.indicators.cells import CellKey
from alliage.indicators.declarations import Indicator
from alliage.publications.figures import Figure
from alliage.publications.gap_figures import gaps_figure
from alliage.publications.inputs import Breakdown, DomainWords
from alliage.publications.plates import audiences_figure, domains_figure, items_figure, zone_figure
from alliage.publications.vocabulary import Vocabulary

Place = tuple[str, str]  # (by, domain); ("", "ensemble") for the whole


class Composition:
    """The cells and gaps of one indicator, found by what a figure needs: item, audience, wave, place."""

    def __init__(self, indicator: Indicator, words: Vocabulary) -> None:
        self.indicator = indicator
        self.words = words
        self.cells = {cell.key: cell for cell in words.inputs.cells if cell.key.indicator == indicator.id}
        self.gaps = [gap for gap in words.inputs.gaps if gap.a.indicator == indicator.id]
        self.whole: Place = ("", words.inputs.whole.id)

    def items(self) -> list[str]:
        """In the order of the questionnaire; [""] when the indicator is not a battery."""
        known = {key.item for key in self.cells}
        ordered = [item for (indicator, item) in self.words.items if indicator == self.indicator.id and item in known]
        return ordered if ordered else sorted(known)

    def across(self, item: str, place: Place) -> list[PublicCell]:
        """Every audience, in order, and every wave, oldest first."""
        keys = (
            CellKey(self.indicator.id, item, audience.id, wave.id, *place)
            for audience in self.words.inputs.audiences
            for wave in self.words.inputs.waves
        )
        return [self.cells[key] for key in keys if key in self.cells]

    def at(self, item: str, audience: str, wave: str, place: Place) -> PublicCell | None:
        return self.cells.get(CellKey(self.indicator.id, item, audience, wave, *place))

    def by(self, item: str, audience: str, wave: str, breakdown: Breakdown) -> list[PublicCell]:
        """One audience at one wave, category by category."""
        found = (self.at(item, audience, wave, (breakdown.id, domain.id)) for domain in breakdown.domains)
        return [cell for cell in found if cell is not None]

    def gaps_between(self, kind: str, cells: Sequence[PublicCell]) -> list[PublicGap]:
        """The gaps whose first figure is one of these cells."""
        keys = {cell.key for cell in cells}
        return [gap for gap in self.gaps if gap.kind == kind and gap.a in keys]


def compose(words: Vocabulary) -> tuple[Figure, ...]:
    """Every figure of the release, in the order of its indicators."""
    figures = [figure for indicator in words.inputs.indicators for figure in _figures_of(Composition(indicator, words))]
    twice = _double([figure.id for figure in figures])
    if twice:
        raise ValueError(f"two figures share the id {twice}")
    return tuple(figures)


def _double(ids: Sequence[str]) -> str | None:
    seen: set[str] = set()
    for known in ids:
        if known in seen:
            return known
        seen.add(known)
    return None


def _figures_of(made: Composition) -> Iterator[Figure]:
    items = made.items()
    for item in items:
        yield from _whole_figures(made, item)
        yield from _broken_down(made, item)
    if items == [""]:
        yield from _zones(made)
    elif items:
        yield from _ranked(made, items)


def _whole_figures(made: Composition, item: str) -> Iterator[Figure]:
    cells = made.across(item, made.whole)
    if not cells:
        return
    yield audiences_figure(cells, made.gaps_between("audiences", cells), made.words)
    if made.indicator.id not in made.words.inputs.crossed:
        return
    for wave in made.words.inputs.waves:
        there = [cell for cell in cells if cell.key.wave == wave.id]
        gaps = made.gaps_between("audiences", there)
        if gaps:
            yield gaps_figure(there, gaps, made.words)


def _broken_down(made: Composition, item: str) -> Iterator[Figure]:
    for whole in made.across(item, made.whole):
        if whole.state == "not_asked":
            continue
        for breakdown in made.words.inputs.breakdowns:
            cells = made.by(item, whole.key.audience, whole.key.wave, breakdown)
            if cells:
                yield domains_figure(whole, cells, made.gaps_between("domains", cells), breakdown, made.words)


def _zones(made: Composition) -> Iterator[Figure]:
    for breakdown in made.words.inputs.breakdowns:
        for domain in breakdown.domains if breakdown.is_territory else ():
            cells = made.across("", (breakdown.id, domain.id))
            if _says_something(cells):
                wholes = {(cell.key.audience, cell.key.wave): cell for cell in made.across("", made.whole)}
                yield zone_figure(cells, wholes, made.gaps_between("domains", cells), made.words)


def _ranked(made: Composition, items: list[str]) -> Iterator[Figure]:
    """The items of a battery, highest first, for each audience, wave and place where they exist."""
    places: list[tuple[str, DomainWords]] = [("", made.words.inputs.whole)]
    places += [(by.id, domain) for by in made.words.inputs.breakdowns for domain in by.domains]
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key in made.cells:
        groups[(key.audience, key.wave)].append(key.item)
    for audience in made.words.inputs.audiences:
        for wave in made.words.inputs.waves:
            for by, domain in places if (audience.id, wave.id) in groups else ():
                found = (made.at(item, audience.id, wave.id, (by, domain.id)) for item in items)
                cells = [cell for cell in found if cell is not None and cell.state != "not_asked"]
                if _says_something(cells):
                    yield items_figure(cells, made.words)


def _says_something(cells: Sequence[PublicCell]) -> bool:
    """A place where nobody was asked has no figure of its own: its page says so in a sentence."""
    return any(cell.state not in {"no_data", "not_asked"} for cell in cells)
