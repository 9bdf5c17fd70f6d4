"""Unrounding: every count that could stand behind a display is listed; a display that leaves one only is a leak.

DISCLOSURE §3.6: fewer than 2 % of the non-zero counts may be pinned by what is shown.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterable

import pytest

from alliage.disclosure import release
from alliage.indicators.cells import CellKey
from attack.sealed_cells import ends, imagined, imagined_gap, imagined_indicator

Displays = dict[tuple[object, ...], set[tuple[int, ...]]]
CLASSES = {"10-14": (10, 15), "15-19": (15, 20), "20-29": (20, 30), "30-49": (30, 50), "50-99": (50, 100)}

# Between two round bases (docs/decisions/0006) the interval of a share does not depend on the base.
RUNGS = [(30, 50), (50, 70), (70, 100), (100, 140), (140, 160), (200, 210)]


def displays(bases: Iterable[int], *, margin: bool = False, whole: float | None = None) -> Displays:
    """For each thing that can be shown, the (n, yes) that give it.

    whole   the known share to which each is compared, as a region is to its country
    """
    known = {"s": imagined_indicator("s")}
    cells = [
        imagined(CellKey("s", "", "p", "v", "x", f"{n}_{yes}"), n=n, yes=yes, margin=margin)
        for n in bases
        for yes in range(n + 1)
    ]
    gaps = []
    if whole is not None:
        country = imagined(CellKey("s", "", "elsewhere", "v"), n=1_000_000, yes=round(whole * 1_000_000), margin=margin)
        gaps = [imagined_gap(cell, country) for cell in cells]
        cells.append(country)
    made = release(cells, gaps, indicators=known, rules={"p": "T3", "elsewhere": "T3"})
    told = {gap.a: (gap.verdict, gap.state, gap.value, gap.low, gap.high) for gap in made.gaps}
    found: Displays = defaultdict(set)
    for cell in made.cells:
        if not cell.key.by:
            continue
        n, yes = map(int, cell.key.domain.split("_"))
        shown = (cell.state, cell.value, cell.band, cell.n_class, cell.low95, cell.high95, cell.low50, cell.high50)
        found[(*shown, *told.get(cell.key, ()))].add((n, yes))
    return found


def pinned(found: Displays) -> float:
    """The share of non-zero counts that the display leaves no doubt about."""
    counts = [(yes, {other for _, other in behind}) for behind in found.values() for _, yes in behind if yes]
    return sum(len(possible) == 1 for _, possible in counts) / len(counts)


@pytest.mark.parametrize("name", CLASSES)
def test_a_value_and_its_class_of_answers_pin_fewer_than_two_counts_in_a_hundred(name: str) -> None:
    assert pinned(displays(range(*CLASSES[name]))) < 0.02


def test_from_a_hundred_answers_to_the_nearest_point_pins_fewer_than_two_counts_in_a_hundred() -> None:
    assert pinned(displays(range(100, 200))) < 0.02


def test_a_display_to_the_nearest_point_under_fifty_answers_would_have_been_found() -> None:
    careless: Displays = defaultdict(set)
    for n in range(30, 50):
        for yes in range(n + 1):
            careless[(round(100 * yes / n),)].add((n, yes))
    assert pinned(careless) > 0.02


@pytest.mark.parametrize("bases", [(30, 50), (50, 70), (100, 130)])
def test_the_ends_of_intervals_added_the_share_of_pinned_counts_stays_under_two_in_a_hundred(
    bases: tuple[int, int],
) -> None:
    assert pinned(displays(range(*bases), margin=True)) < 0.02


@pytest.mark.parametrize("bases", RUNGS)
def test_intervals_of_one_share_say_no_more_than_its_value_and_a_round_base(bases: tuple[int, int]) -> None:
    """The same value at two bases between two round ones is shown with the same ends and in the same state."""
    ends: dict[object, set[object]] = defaultdict(set)
    for state, value, band, _, *shown in displays(range(*bases), margin=True):
        if band is None:
            ends[value].add((state, *shown))
    assert ends
    assert {len(ways) for ways in ends.values()} == {1}


# A battery: sixteen items answered by the same people, whose base is one unknown for sixteen displays

ITEMS, DRAWS = 16, 60
WHOLES = (0.27, 0.45, 0.58, 0.74)  # the shares of the whole, which the attacker knows exactly


@pytest.mark.parametrize("gaps", [False, True], ids=["alone", "with their gaps to the whole"])
@pytest.mark.parametrize("bases", [(30, 50), (50, 70), (100, 120), (200, 206)])
def test_a_battery_pins_fewer_than_two_counts_in_a_hundred(bases: tuple[int, int], gaps: bool) -> None:
    assert battery_pinned(battery(range(*bases), gaps=gaps), bases) < 0.02


@pytest.mark.parametrize(("bases", "step"), [((30, 50), 5), ((100, 140), 1)])
def test_the_same_battery_with_ends_rounded_to_the_step_of_its_shares_would_have_been_found(
    bases: tuple[int, int], step: int
) -> None:
    careless: Displays = defaultdict(set)
    for n in range(*bases):
        for yes in range(1, n):
            low, high = ends(yes, n, 0.95)
            shown = (round(100 * yes / n / step), math.floor(100 * low / step), math.ceil(100 * high / step))
            careless[shown].add((n, yes))
    assert battery_pinned([careless] * len(WHOLES), bases) > 0.3


def battery(bases: range, *, gaps: bool) -> list[Displays]:
    """What is shown of every (n, yes), for items compared with each of the wholes."""
    if not gaps:
        return [displays(bases, margin=True)]
    return [displays(bases, margin=True, whole=whole) for whole in WHOLES]


def battery_pinned(shown: list[Displays], bases: tuple[int, int]) -> float:
    """The share of non-zero counts left without doubt once the base has been looked for in all the items."""
    of = [{pair: display for display, behind in found.items() for pair in behind} for found in shown]
    drawn = random.Random(2026)
    sure = total = 0
    for _ in range(DRAWS):
        n = drawn.randrange(*bases)
        behind = []
        for item in range(ITEMS):
            yes = drawn.randrange(4, n - 3)  # beside the end bands, which hide more
            behind.append(shown[item % len(shown)][of[item % len(shown)][(n, yes)]])
        possible = set.intersection(*({base for base, _ in pairs} for pairs in behind))
        for pairs in behind:
            sure += len({yes for base, yes in pairs if base in possible}) == 1
            total += 1
    return sure / total


def test_r7_no_exact_0_or_100_under_fifty_answers_and_a_zero_always_hides_among_others() -> None:
    for shown, behind in displays(range(10, 60)).items():
        _, value, _, _, *_ = shown
        counts = {min(yes, n - yes) for n, yes in behind}
        if value in {0, 100}:
            assert min(n for n, _ in behind) >= 50
        if 0 in counts:
            assert {0, 1} <= counts


@pytest.mark.parametrize("bases", [(10, 30), (30, 50), (50, 100), (100, 200)])
def test_r2_an_end_band_never_tells_that_all_but_one_agree(bases: tuple[int, int]) -> None:
    for shown, behind in displays(range(*bases)).items():
        dissenters = {min(yes, n - yes) for n, yes in behind}
        if shown[0] == "banded" and dissenters & {0, 1}:
            assert dissenters - {0, 1}, f"{shown} says that at most one person disagrees"


def test_three_answers_of_one_question_shown_together_pin_fewer_than_two_counts_in_a_hundred() -> None:
    """The shares add up to 100 %: the attacker uses it."""
    known = {name: imagined_indicator(name, question="q") for name in "abc"}
    tables = [(n, a, b, n - a - b) for n in range(10, 15) for a in range(n + 1) for b in range(n + 1 - a)]
    cells = [
        imagined(CellKey(name, "", "p", "v", "x", "_".join(map(str, table))), n=table[0], yes=table[1 + rank])
        for table in tables
        for rank, name in enumerate("abc")
    ]
    shown: dict[tuple[int, ...], list[object]] = defaultdict(list)
    for cell in release(cells, [], indicators=known, rules={"p": "T3"}).cells:
        shown[tuple(map(int, cell.key.domain.split("_")))].append((cell.state, cell.value, cell.band, cell.n_class))
    behind: dict[tuple[object, ...], list[tuple[int, ...]]] = defaultdict(list)
    for table, displayed in shown.items():
        behind[tuple(displayed)].append(table)
    non_zero = [
        len({table[1 + rank] for table in together}) == 1
        for together in behind.values()
        for one in together
        for rank in range(3)
        if one[1 + rank]
    ]
    assert sum(non_zero) / len(non_zero) < 0.02
