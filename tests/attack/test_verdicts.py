"""A verdict is never more nor less than what was computed, and nothing shown beside it says otherwise."""

from __future__ import annotations

import math

from attack.evidence import Public, Record, Sealed

LONGEST = {"percent": 100.0, "note_10": 10.0}


def contradictions(gap: Record) -> list[str]:
    """What a reader would find odd in a gap: read from the file alone."""
    low, high, verdict = gap["low"], gap["high"], gap["verdict"]
    if low is None:
        return [] if verdict in {"undecided", "hidden"} and not gap["excludes_zero"] else ["decided without interval"]
    found = []
    if gap["excludes_zero"] != (verdict in {"higher", "lower"}):
        found.append("the flag and the verdict differ")
    if verdict == "higher" and not (low >= 0 and gap["value"] > 0):
        found.append("higher, and yet")
    if verdict == "lower" and not (high <= 0 and gap["value"] < 0):
        found.append("lower, and yet")
    if verdict == "undecided" and not low <= 0 <= high:
        found.append("undecided, and 0 is left out")
    touches = 0 in {low, high} and gap["excludes_zero"]
    if touches != ("exclu" in gap["interval"]["fr"]) or touches != ("excluded" in gap["interval"]["en"]):
        found.append("an end at 0 that does not say whether it belongs")
    if max(abs(low), abs(high)) > LONGEST.get(gap["unit"], math.inf):
        found.append("longer than the scale")
    return found


def test_no_gap_contradicts_itself(public: Public) -> None:
    found = {name: contradictions(gap) for name, gap in public.gaps.items()}
    assert {name: words for name, words in found.items() if words} == {}


def test_a_contradiction_would_have_been_found(public: Public) -> None:
    gap = next(gap for gap in public.gaps.values() if gap["verdict"] == "higher")
    assert contradictions({**gap, "verdict": "undecided", "excludes_zero": False})
    assert contradictions({**gap, "low": -1})
    assert contradictions({**gap, "high": 106})


def test_every_verdict_is_that_of_the_exact_interval(public: Public, sealed: Sealed) -> None:
    decided = 0
    for name, gap in public.gaps.items():
        truth = sealed.gaps[name]
        if gap["low"] is None:
            continue
        exact = "higher" if truth["low"] > 0 else "lower" if truth["high"] < 0 else "undecided"
        # Two values rounded to the same, or past each other, tell of no gap.
        erased = exact != "undecided" and gap["value"] * truth["value"] <= 0
        assert gap["verdict"] == ("undecided" if erased else exact), name
        decided += gap["verdict"] != "undecided"
    assert decided > 0


def test_every_interval_shown_holds_the_exact_one(public: Public, sealed: Sealed) -> None:
    for name, gap in public.gaps.items():
        if gap["low"] is not None:
            factor, truth = factor_of(gap), sealed.gaps[name]
            longest = LONGEST.get(gap["unit"], math.inf)
            assert gap["low"] <= max(truth["low"] * factor, -longest) + 1e-6, name
            assert gap["high"] >= min(truth["high"] * factor, longest) - 1e-6, name
    for name, cell in public.cells.items():
        if cell["low95"] is not None:
            factor, truth = factor_of(cell), sealed.cells[name]
            longest = LONGEST.get(cell["unit"], math.inf)
            assert 0 <= cell["low95"] <= max(truth["low95"] * factor, 0) + 1e-6, name
            assert longest >= cell["high95"] >= min(truth["high95"] * factor, longest) - 1e-6, name


def factor_of(record: Record) -> float:
    return 100 if record["unit"] == "percent" else 1


def test_a_gap_that_is_not_shown_has_the_reason_of_its_sides(public: Public) -> None:
    for name, gap in public.gaps.items():
        sides = {public.cells[gap[side]]["state"] for side in ("a", "b")}
        worst = next(
            (state for state in ("not_asked", "no_data", "protected", "banded") if state in sides), "published"
        )
        assert gap["state"] == worst, name
        assert (gap["value"] is None) == (worst != "published"), name


def test_no_thick_bar_and_no_word_of_it_where_every_base_is_under_two_hundred(public: Public) -> None:
    small = {"10-14", "15-19", "20-29", "30-49", "50-99", "100-199"}
    seen = 0
    for name, known in public.certificate["figures"].items():
        cells = [public.cells[cell] for cell in known["cells"]]
        if name.endswith(".gaps") or not all(cell["n_class"] is None or cell["n_class"] in small for cell in cells):
            continue
        drawing = (public.folder / f"figures/{name}.fr.svg").read_text(encoding="utf-8")
        assert "d-thick" not in drawing, name
        assert "trait épais" not in " ".join(drawing.split()), name
        seen += 1
    assert seen > 0
