"""Whatever the answers, the door keeps its promises: random populations, one hole more, one notch less."""

from __future__ import annotations

import dataclasses
import math
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliage.disclosure import Decisions, release
from alliage.indicators.cells import CellKey, SealedCell
from attack.evidence import HIDDEN
from attack.sealed_cells import imagined, imagined_indicator

RULES = {"citoyens": "T1", "maires": "T2", "entreprises": "T3"}
MINIMUM = {"citoyens": 11, "maires": 10, "entreprises": 10}
INDICATORS = {
    "oui": imagined_indicator("oui", question="q"),
    "non": imagined_indicator("non", question="q"),  # the other answer of the same question
    "autre": imagined_indicator("autre"),
    "sante": imagined_indicator("sante", sensitive=True),
}
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)

sizes = st.lists(st.one_of(st.integers(0, 14), st.integers(0, 60), st.integers(0, 400)), min_size=1, max_size=9)


@st.composite
def populations(draw: st.DrawFn) -> list[SealedCell]:
    """A whole and its parts under two breakdowns, for every indicator: parts add up to the whole, yes and no alike.

    Some people may tell no category: the whole then counts more than its parts.
    """
    audience = draw(st.sampled_from(sorted(RULES)))
    parts = draw(sizes)
    cuts = sorted(draw(st.lists(st.integers(0, sum(parts)), max_size=4)))
    others = [end - start for start, end in zip([0, *cuts], [*cuts, sum(parts)], strict=True)]
    nowhere = draw(st.sampled_from([0, 0, 0, 1, 3, 12, 40]))
    cells = []
    for indicator in INDICATORS:
        yes = {"lieu": [draw(st.integers(0, n)) for n in parts]}
        yes["taille"] = _split(sum(yes["lieu"]), others)
        for by, bases in (("lieu", parts), ("taille", others)):
            cells += [
                imagined(
                    CellKey(indicator, "", audience, "v", by, f"d{rank}"),
                    n=n,
                    yes=count,
                    heaviest=draw(st.sampled_from([0.02, 0.02, 0.02, 0.3])),
                    inhabitants=draw(st.sampled_from([None, 50_000, 1_500])) if by == "lieu" else None,
                )
                for rank, (n, count) in enumerate(zip(bases, yes[by], strict=True))
            ]
        key = CellKey(indicator, "", audience, "v")
        cells.append(imagined(key, n=sum(parts) + nowhere, yes=sum(yes["lieu"]) + nowhere // 2))
    return cells


def _split(total: int, bases: list[int]) -> list[int]:
    """As many yes as before, spread over other parts."""
    spread = []
    for n in bases:
        spread.append(min(n, total))
        total -= spread[-1]
    return spread


def leave(cells: list[SealedCell]) -> Decisions:
    return release(cells, [], indicators=INDICATORS, rules=RULES)


def leaks(cells: list[SealedCell], decisions: Decisions) -> list[str]:
    """What subtraction and addition find again, for someone who knows every base."""
    n = {cell.key: cell.estimate.n for cell in cells}
    hidden = {cell.key for cell in decisions.cells if cell.state in HIDDEN}
    families: dict[CellKey, dict[str, list[CellKey]]] = defaultdict(lambda: defaultdict(list))
    for key in n:
        if key.by and n[key]:
            families[CellKey(key.indicator, "", key.audience, key.wave)][key.by].append(key)
    found = []
    for whole, zonings in families.items():
        least = 30 if INDICATORS[whole.indicator].sensitive else MINIMUM[whole.audience]
        for parts in zonings.values():
            absent = [part for part in parts if part in hidden]
            nowhere = n[whole] - sum(n[part] for part in parts)
            if whole in hidden:
                found += [] if absent or nowhere >= least else [whole.id]
            elif len(absent) < len(parts) and is_told([n[part] for part in absent], nowhere, least):
                found += [part.id for part in absent] or [f"{whole.id} without its parts"]
    return found


def is_told(absent: list[int], nowhere: int, least: int) -> bool:
    """Subtraction gives one block alone, or too few people for one of them, or a block to the single person of another.

    absent, nowhere: how many people in each hidden part, and in none.
    """
    blocks = [*absent, *([nowhere] if nowhere else [])]
    if not blocks:
        return False
    is_single = min(blocks) == 1 and len(blocks) < 3
    return sum(blocks) - 1 < least or is_single or (len(absent) == 1 and not nowhere)


@QUICK
@given(populations())
def test_no_remainder_under_a_shown_whole_is_alone_or_too_small(cells: list[SealedCell]) -> None:
    assert leaks(cells, leave(cells)) == []


@QUICK
@given(populations())
def test_nothing_shown_breaks_a_primary_rule(cells: list[SealedCell]) -> None:
    truth = {cell.key: cell for cell in cells}
    for cell in leave(cells).cells:
        if cell.state not in HIDDEN:
            known = truth[cell.key]
            is_sensitive = INDICATORS[cell.key.indicator].sensitive
            assert known.estimate.n >= (30 if is_sensitive else MINIMUM[cell.key.audience])
            assert known.largest_weight_share <= 0.25
            assert known.domain_population != 1_500 or cell.key.audience != "citoyens"
            assert not is_sensitive or max(known.counts) < known.estimate.n - 1


@QUICK
@given(populations())
def test_the_answers_of_one_question_are_hidden_together(cells: list[SealedCell]) -> None:
    hidden = {cell.key for cell in leave(cells).cells if cell.state in HIDDEN}
    for key in hidden:
        if key.indicator in {"oui", "non"}:
            assert {dataclasses.replace(key, indicator=one) for one in ("oui", "non")} <= hidden


@QUICK
@given(populations())
def test_what_is_hidden_carries_nothing(cells: list[SealedCell]) -> None:
    for cell in leave(cells).cells:
        if cell.state in HIDDEN:
            carried = (cell.value, cell.band, cell.low95, cell.high95, cell.low50, cell.high50, cell.step, cell.n_class,
                       cell.n_effective_class, cell.deff)  # fmt: skip
            assert set(carried) == {None}


@QUICK
@given(populations(), st.data())
def test_hiding_one_more_never_uncovers_what_a_rule_hid_and_never_leaks(
    cells: list[SealedCell], data: st.DataObject
) -> None:
    rank = data.draw(st.integers(0, len(cells) - 1))
    before = {cell.key for cell in leave(cells).cells if cell.state in HIDDEN and cell.rules != ("R6",)}
    heavier = [dataclasses.replace(cell, largest_weight_share=0.9) if index == rank else cell
               for index, cell in enumerate(cells)]  # fmt: skip
    after = leave(heavier)
    hidden = {cell.key for cell in after.cells if cell.state in HIDDEN}
    assert before <= hidden
    assert cells[rank].key in hidden
    assert leaks(heavier, after) == []


@QUICK
@given(populations(), st.randoms(use_true_random=False))
def test_the_order_in_which_cells_arrive_decides_nothing(cells: list[SealedCell], shuffler: object) -> None:
    shuffled = list(cells)
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined]
    assert leave(shuffled) == leave(cells)


# Fail closed: what cannot be judged is not shown


@pytest.mark.parametrize(
    ("unknown", "kind"),
    [("audience", KeyError), ("indicator", KeyError), ("counts", ValueError), ("weight", ValueError)],
)
def test_what_cannot_be_judged_stops_the_release(unknown: str, kind: type[Exception]) -> None:
    key = CellKey("oui", "", "citoyens", "v")
    cell = {
        "audience": imagined(dataclasses.replace(key, audience="passants"), n=400, yes=100),
        "indicator": imagined(dataclasses.replace(key, indicator="inconnu"), n=400, yes=100),
        "counts": dataclasses.replace(imagined(key, n=400, yes=100), counts=()),
        "weight": imagined(key, n=400, yes=100, heaviest=math.nan),
    }[unknown]
    with pytest.raises(kind):
        leave([cell])


@pytest.mark.parametrize("n", [20, 60, 400])
def test_a_unit_nobody_knows_stops_the_release(n: int) -> None:
    known = {"oui": imagined_indicator("oui", unit="euros")}
    with pytest.raises(KeyError):
        release([imagined(CellKey("oui", "", "citoyens", "v"), n=n, yes=n // 2)], [], indicators=known, rules=RULES)


# The tests of the room are judged too: they must notice a threshold that moved


def test_every_threshold_moved_by_one_notch_is_noticed_by_the_tests_of_the_room() -> None:
    here = Path(__file__).parent
    tests = here.parent / "unit" / "disclosure"
    command = [sys.executable, str(here / "mutations.py"), str(tests)]
    done = subprocess.run(command, cwd=here.parents[1], capture_output=True, text=True, timeout=120, check=False)
    assert (done.stdout, done.returncode) == ("", 0), done.stderr[-500:]
