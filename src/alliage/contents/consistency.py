"""Published figures held against each other: two values for one figure is a conflict, and a conflict is declared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from alliage.contents.content import Content
from alliage.problems import Place, Problem
from alliage.sources.declarations import PublishedFigure
from alliage.text import Text, listed, same

FIGURES = "sources/figures.yaml"


def check_figures(content: Content) -> list[Problem]:
    """Figures that measure the same thing and differ must stand together in a conflict, and none may be a target."""
    declared = [set(conflict.figures) for conflict in content.conflicts.values()]
    problems: list[Problem] = []
    for figures in _same_thing(content):
        if len({figure.value for figure in figures}) == 1:
            continue
        ids = {figure.id for figure in figures}
        shown = ", ".join(sorted(ids))
        targets = [figure for figure in figures if figure.target]
        for target in targets:
            place = _place(content, target)
            problems.append(Problem("content.target_in_conflict", place, id=target.id, figures=shown))
        if not targets and not any(ids <= conflict for conflict in declared):
            problems.append(Problem("content.undeclared_conflict", _place(content, figures[-1]), figures=shown))
    return problems


def conflict_lines(content: Content) -> Iterator[Text]:
    """Every declared conflict in words: what is told, by whom, how we read it."""
    for conflict in content.conflicts.values():
        yield Text(fr=f"■ {conflict.label.fr}", en=f"■ {conflict.label.en}")
        for telling in conflict.tellings:
            titles = [_title(content, id) for id in telling.sources] or [_UNRECORDED]
            yield _TELLING.filled(value=telling.value, sources=listed(titles))
        yield _READING.filled(reading=conflict.reading)


def _same_thing(content: Content) -> Iterator[list[PublishedFigure]]:
    groups: dict[tuple[object, ...], list[PublishedFigure]] = defaultdict(list)
    for figure in content.figures.values():
        if figure.indicator is not None:
            territory = figure.territory.fr if figure.territory else ""
            key = (figure.study, figure.audience, figure.wave, figure.indicator, figure.item, territory, figure.unit)
            groups[key].append(figure)
    yield from groups.values()


def _place(content: Content, figure: PublishedFigure) -> Place:
    document = content.documents[FIGURES]
    rank = next(rank for rank, one in enumerate(document.data["figures"]) if one.get("id") == figure.id)
    return document.place(("figures", rank, "value"))


def _title(content: Content, id: str) -> Text:
    source = content.sources[id]
    return Text(fr="{title}, {institution}", en="{title}, {institution}").filled(
        title=source.title, institution=same(source.institution)
    )


_TELLING = Text(fr="  – {value} ({sources})", en="  – {value} ({sources})")
_READING = Text(fr="  → {reading}", en="  → {reading}")
_UNRECORDED = Text(fr="source non relevée", en="source not recorded")
