"""Unrounding: every count that could stand behind a display is listed; a display that leaves one only is a leak.

DISCLOSURE §3.6: fewer than 2 % of the non-zero counts may be pinned by what is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pytest

from alliage.disclosure import release
from alliage.indicators.cells import CellKey
from attack.sealed_cells import imagined, imagined_indicator

Displays = dict[tuple[object, ...], set[tuple[int, ...]]]
CLASSES = {"10-14": (10, 15), "15-19": (15, 20), "20-29": (20, 30), "30-49": (30, 50), "50-99": (50, 100)}


def displays(bases: Iterable[int], *, margin: bool = False) -> Displays:
    """For each thing that can be shown, the (n, yes) that give it."""
    known = {"s": imagined_indicator("s")}
    cells = [
        imagined(CellKey("s", "", "p", "v", "x", f"{n}_{yes}"), n=n, yes=yes, margin=margin)
        for n in bases
        for yes in range(n + 1)
    ]
    found: Displays = defaultdict(set)
    for cell in release(cells, [], indicators=known, rules={"p": "T3"}).cells:
        n, yes = map(int, cell.key.domain.split("_"))
        shown = (cell.state, cell.value, cell.band, cell.n_class, cell.low95, cell.high95, cell.low50, cell.high50)
        found[shown].add((n, yes))
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


@pytest.mark.xfail(
    strict=True,
    reason="known: with equal weights the four interval ends of §3.11 pin about 6 % of counts at 30-49 answers and 4 % "
    "at 100-199; ends rounded outwards to twice the step would pin 1.8 % and 1.2 %",
)
@pytest.mark.parametrize("bases", [(30, 50), (100, 130)])
def test_the_ends_of_intervals_added_the_share_of_pinned_counts_stays_under_two_in_a_hundred(
    bases: tuple[int, int],
) -> None:
    assert pinned(displays(range(*bases), margin=True)) < 0.02


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
