"""The sentence of a battery: the items that come first and the lowest one, as far as their intervals allow it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from alliage.disclosure.results import PublicCell
from alliage.publications.sentences import cell_sentence, with_interval
from alliage.publications.summaries import is_latest, nothing_shown
from alliage.publications.vocabulary import NOTHING, Vocabulary, capital
from alliage.text import Text, listed

Ending = Literal["none", "lower", "last"]
_NEARLY = 1e-9
MOST_NAMED = 3
MOST_TIED = 4  # four items at the very same highest value are still named together; more say nothing

# (several items, above all the others beyond the intervals)
_ORDERS: dict[tuple[bool, bool], dict[Ending, Text]] = {
    (False, True): {
        "none": Text(
            fr="{topic} : {where}{who} placent {items} en tête, à {value}.",
            en="{topic}: {where}{who} put {items} first, at {value}.",
        ),
        "lower": Text(
            fr="{topic} : {where}{who} placent {items} en tête, à {value}, et {lowest} parmi les derniers.",
            en="{topic}: {where}{who} put {items} first, at {value}, and {lowest} among the last.",
        ),
        "last": Text(
            fr="{topic} : {where}{who} placent {items} en tête, à {value}, et {lowest} en dernier.",
            en="{topic}: {where}{who} put {items} first, at {value}, and {lowest} last.",
        ),
    },
    (False, False): {
        "none": Text(
            fr="{topic} : {where}{who} placent {items} parmi les premiers.",
            en="{topic}: {where}{who} put {items} among the first.",
        ),
        "lower": Text(
            fr="{topic} : {where}{who} placent {items} parmi les premiers, et {lowest} parmi les derniers.",
            en="{topic}: {where}{who} put {items} among the first, and {lowest} among the last.",
        ),
        "last": Text(
            fr="{topic} : {where}{who} placent {items} parmi les premiers, et {lowest} en dernier.",
            en="{topic}: {where}{who} put {items} among the first, and {lowest} last.",
        ),
    },
    (True, True): {
        "none": Text(
            fr="{topic} : {where}{who} placent en tête {items}, sans que l'on puisse les départager.",
            en="{topic}: {where}{who} put {items} first (we cannot rank these).",
        ),
        "lower": Text(
            fr="{topic} : {where}{who} placent en tête {items}, sans que l'on puisse les départager, "
            "et {lowest} parmi les derniers.",
            en="{topic}: {where}{who} put {items} first (we cannot rank these), and {lowest} among the last.",
        ),
        "last": Text(
            fr="{topic} : {where}{who} placent en tête {items}, sans que l'on puisse les départager, "
            "et {lowest} en dernier.",
            en="{topic}: {where}{who} put {items} first (we cannot rank these), and {lowest} last.",
        ),
    },
    (True, False): {
        "none": Text(
            fr="{topic} : {where}{who} placent {items} parmi les premiers, sans que l'on puisse les départager.",
            en="{topic}: {where}{who} put {items} among the first (we cannot rank these).",
        ),
        "lower": Text(
            fr="{topic} : {where}{who} placent {items} parmi les premiers, sans que l'on puisse les départager, "
            "et {lowest} parmi les derniers.",
            en="{topic}: {where}{who} put {items} among the first (we cannot rank these), and {lowest} among the last.",
        ),
        "last": Text(
            fr="{topic} : {where}{who} placent {items} parmi les premiers, sans que l'on puisse les départager, "
            "et {lowest} en dernier.",
            en="{topic}: {where}{who} put {items} among the first (we cannot rank these), and {lowest} last.",
        ),
    },
}
_UNRANKED = {
    "bands": Text(
        fr="{topic} : {where}on ne peut pas classer les réponses {of}, trop peu nombreuses : "
        "elles sont données par tranches, qui se touchent.",
        en="{topic}: {where}the answers {of} cannot be ranked: too few, they are given as bands, which touch.",
    ),
    "no_margin": Text(
        fr="{topic} : {where}on ne peut pas classer les réponses {of}, qui n'ont pas de marge d'erreur.",
        en="{topic}: {where}the answers {of} cannot be ranked: they have no margin of error.",
    ),
    "overlap": Text(
        fr="{topic} : {where}on ne peut pas classer les réponses {of} : tous les intervalles se recouvrent.",
        en="{topic}: {where}the answers {of} cannot be ranked: all their intervals overlap.",
    ),
    "tied": Text(
        fr="{topic} : {where}on ne peut pas dire quelles réponses {of} viennent en tête : "
        "trop d'intervalles se recouvrent.",
        en="{topic}: {where}we cannot tell which answers {of} come first: too many intervals overlap.",
    ),
}
_PARTIAL = Text(
    fr="{sentence} Cela ne vaut que parmi les réponses diffusées.",
    en="{sentence} This holds among released answers only.",
)
# (inside a territory, at the latest wave)
_WHERE: dict[tuple[bool, bool], Text] = {
    (False, True): NOTHING,
    (False, False): Text(fr="en {wave}, ", en="in {wave}, "),
    (True, True): Text(fr="{inside}, ", en="{inside}, "),
    (True, False): Text(fr="{inside}, en {wave}, ", en="{inside}, in {wave}, "),
}


@dataclass(frozen=True, slots=True)
class Ranking:
    """What may be said of the order of the items of a battery."""

    leaders: tuple[PublicCell, ...] = ()  # named first; none when nothing may be ranked
    is_clear: bool = False  # the interval of each lies above those of all the other items
    lowest: tuple[PublicCell, ...] = ()  # the interval of each lies below those of the leaders
    is_last: bool = False  # and below those of all the other items

    @property
    def cells(self) -> tuple[str, ...]:
        """The ids of what is named."""
        return tuple(cell.key.id for cell in (*self.leaders, *self.lowest))


def ranking(ranked: Sequence[PublicCell]) -> Ranking:
    """The items that may be named first, and the lowest, by their public values only. ranked: highest first."""
    shown = [cell for cell in ranked if cell.is_shown]
    if not any(_is_above(one, other) for one in shown for other in shown):
        return Ranking()
    leaders, is_clear = _leaders(shown)
    others = shown[len(leaders) :]
    lowest = _lowest(others)
    if not leaders or not lowest or not _all_above(leaders, lowest):
        return Ranking(tuple(leaders), is_clear)
    middle = [cell for cell in others if cell not in lowest]
    if not middle and len(leaders) == 1:
        return Ranking(tuple(leaders), is_clear)  # one above the rest: that the rest comes last adds nothing
    return Ranking(tuple(leaders), is_clear, tuple(lowest), is_last=_all_above(middle, lowest))


def counted(cells: Sequence[PublicCell], words: Vocabulary) -> tuple[PublicCell, ...]:
    """The cells as they may be ranked: those of a census, which has no margin, between the ends of their rounding."""
    return tuple(_counted(cell) if words.is_census(cell.key) else cell for cell in cells)


def _counted(cell: PublicCell) -> PublicCell:
    if cell.value is None or cell.step is None:
        return cell
    # Values are rounded half up: the upper end belongs to the next one.
    return replace(cell, low95=cell.value - cell.step / 2, high95=cell.value + cell.step / 2 - _NEARLY)


def items_sentence(ranked: Sequence[PublicCell], words: Vocabulary) -> Text:
    """Which items come first, which is lowest. What intervals do not separate is not ordered. ranked: highest first."""
    return _sentence(ranked, words, is_brief=False)


def items_brief(ranked: Sequence[PublicCell], words: Vocabulary) -> Text | None:
    """The same where the place is already told: on the page of its territory. None when nothing is shown."""
    return _sentence(ranked, words, is_brief=True) if any(cell.is_shown for cell in ranked) else None


def _sentence(ranked: Sequence[PublicCell], words: Vocabulary, *, is_brief: bool) -> Text:
    shown = [cell for cell in ranked if cell.is_shown]
    key = ranked[0].key
    topic = capital(words.indicators[key.indicator].topic)
    if not shown:
        return nothing_shown(topic, ranked)
    if len(shown) == 1:
        sentence = cell_sentence(shown[0], words)
    else:
        where = _WHERE[bool(key.by) and not is_brief, is_latest(key, words) or not is_brief]
        said = {
            "topic": topic,
            "where": where.filled(inside=words.domain(key).inside, wave=words.waves[key.wave].short),
            "who": words.audiences[key.audience].subject,
            "of": words.audiences[key.audience].of,
        }
        sentence = _order(shown, said, words, is_brief=is_brief)
    is_partial = any(cell.state == "protected" for cell in ranked)
    return _PARTIAL.filled(sentence=sentence) if is_partial else sentence


def _order(shown: Sequence[PublicCell], said: dict[str, Text], words: Vocabulary, *, is_brief: bool) -> Text:
    ranked = counted(shown, words)
    found = ranking(ranked)
    if not found.leaders:
        return _UNRANKED[_reason(ranked)].filled(**said)
    ending: Ending = "none" if not found.lowest else "last" if found.is_last else "lower"
    # « parmi les premiers » says enough where words are counted.
    is_group = len(found.leaders) > 1 and (found.is_clear or not is_brief)
    return _ORDERS[is_group, found.is_clear][ending].filled(
        **said,
        items=_named(found.leaders, words),
        lowest=_named(found.lowest, words),
        value=with_interval(next(cell for cell in shown if cell.key == found.leaders[0].key)),
    )


def _reason(shown: Sequence[PublicCell]) -> str:
    if any(cell.band for cell in shown):
        return "bands"
    if all(_range(cell) is None for cell in shown):
        return "no_margin"
    return "tied" if any(_is_above(one, other) for one in shown for other in shown) else "overlap"


def _leaders(shown: Sequence[PublicCell]) -> tuple[Sequence[PublicCell], bool]:
    """The smallest group above all the others beyond the intervals; failing that, the highest public values."""
    for count in range(1, MOST_NAMED + 1):
        first, others = shown[:count], shown[count:]
        if others and _all_above(first, others) and _can_be_named(first):
            return first, True
    for count in (*range(MOST_NAMED, 0, -1), MOST_TIED):
        first, others = shown[:count], shown[count:]
        if others and _is_higher(first, others) and _can_be_named(first):
            return first, False
    return (), False


def _can_be_named(cells: Sequence[PublicCell]) -> bool:
    """Named together as a group that cannot be ranked: none is fragile, none is above another."""
    is_solid = all(cell.state != "uncertain" for cell in cells)
    return is_solid and not any(_is_above(one, other) for one in cells for other in cells)


def _is_higher(first: Sequence[PublicCell], others: Sequence[PublicCell]) -> bool:
    """The public values of the first are above those of the others. A band stands for every value it holds."""
    if any(cell.value is None for cell in first):
        return False
    top = max(cell.band.high if cell.band else cell.value or 0.0 for cell in others)
    return min(cell.value or 0.0 for cell in first) > top


def _lowest(others: Sequence[PublicCell]) -> list[PublicCell]:
    """The lowest item, or two at the same value; none when its place rests on a band or on a fragile figure."""
    if not others:
        return []
    last = others[-1]
    same = [cell for cell in others if (cell.value, cell.band) == (last.value, last.band)]
    is_alone = _all_above([cell for cell in others if cell not in same], same)
    may_be = all(cell.state == "published" for cell in same) or (is_alone and last.state == "banded")
    # A band elsewhere may hide a lower value.
    may_be = may_be and (is_alone or not any(cell.band for cell in others))
    return same if may_be and len(same) <= MOST_NAMED - 1 else []


def _all_above(high: Sequence[PublicCell], low: Sequence[PublicCell]) -> bool:
    return all(_is_above(one, other) for one in high for other in low)


def _is_above(one: PublicCell, other: PublicCell) -> bool:
    """Beyond both intervals. Ranges that touch are not apart; without a margin nothing separates two items."""
    upper, lower = _range(one), _range(other)
    return upper is not None and lower is not None and upper[0] > lower[1]


def _range(cell: PublicCell) -> tuple[float, float] | None:
    """The interval, or the band, which is as wide as it says."""
    if cell.band is not None:
        return cell.band.low, cell.band.high
    return None if cell.low95 is None or cell.high95 is None else (cell.low95, cell.high95)


def _named(cells: Sequence[PublicCell], words: Vocabulary) -> Text:
    return listed([_quoted(words.item_inside(cell.key)) for cell in cells])


def _quoted(words: Text) -> Text:
    return Text(fr=f"« {words.fr} »", en=f"“{words.en}”")
