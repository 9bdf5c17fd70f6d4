"""Subtraction: what is hidden must not be found again from what is shown; the sealed file judges the attacker."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

import pytest

from attack.drawings import NAMESPACE
from attack.evidence import HIDDEN, SHOWN, Public, Record, Sealed

# DISCLOSURE §3.2, read again here: what the kind of audience asks for.
MINIMUM = {"citoyens": 11, "maires": 10, "entreprises": 10, "associations": 10}
SENSITIVE = 30
CLASSES = ((10, 14), (15, 19), (20, 29), (30, 49), (50, 99), (100, 199), (200, 499))
NUMBERS = ("value", "low95", "high95", "low50", "high50", "step", "band", "n_class", "n_effective_class", "deff")

States = Mapping[str, str]


def states(public: Public) -> States:
    return {name: cell["state"] for name, cell in public.cells.items()}


def minimum(public: Public, cell: Record) -> int:
    is_sensitive = {one["id"]: one["sensitive"] for one in public.manifest["indicators"]}[cell["indicator"]]
    return SENSITIVE if is_sensitive else MINIMUM[cell["audience"]]


def families(public: Public, sealed: Sealed) -> Iterator[tuple[Record, list[Record]]]:
    """Each whole, with its parts under one breakdown; a part without anybody is no part."""
    parts: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    wholes: dict[tuple[str, ...], Record] = {}
    for cell in public.cells.values():
        key = (cell["indicator"], cell["item"], cell["audience"], cell["wave"])
        if not cell["by"]:
            wholes[key] = cell
        elif sealed.cells[cell["id"]]["n"] > 0 and cell["state"] != "not_asked":
            parts[(*key, cell["by"])].append(cell)
    for key, children in parts.items():
        yield wholes[key[:4]], children


def recovered(public: Public, sealed: Sealed, said: States) -> list[str]:
    """The wholes and parts that subtraction finds again."""
    found = []
    for whole, parts in families(public, sealed):
        hidden = [part for part in parts if said[part["id"]] in HIDDEN]
        answers = sum(sealed.cells[part["id"]]["n"] for part in hidden)
        if said[whole["id"]] in HIDDEN:
            found += [] if hidden else [whole["id"]]  # the parts give the whole back
        elif len(hidden) < len(parts):
            nowhere = sealed.cells[whole["id"]]["n"] - sum(sealed.cells[part["id"]]["n"] for part in parts)
            sizes = [sealed.cells[part["id"]]["n"] for part in hidden] + ([nowhere] if nowhere else [])
            is_few = bool(sizes) and answers + nowhere - 1 < minimum(public, whole)
            is_single = 1 in sizes and len(sizes) < 3
            if is_few or is_single or (len(hidden) == 1 and not nowhere):
                found += [part["id"] for part in hidden] or [whole["id"]]
    return found


def test_no_hidden_part_is_alone_or_too_few_under_a_shown_whole(public: Public, sealed: Sealed) -> None:
    assert recovered(public, sealed, states(public)) == []


def test_the_parts_of_a_zoning_hidden_to_the_last_say_no_more_than_the_whole(public: Public, sealed: Sealed) -> None:
    for whole, parts in families(public, sealed):
        hidden = [part for part in parts if part["state"] in HIDDEN]
        if whole["state"] in SHOWN and hidden:
            assert sum(sealed.cells[part["id"]]["n"] for part in hidden) >= minimum(public, whole), whole["id"]


def test_showing_one_hidden_region_more_would_have_been_found(public: Public, sealed: Sealed) -> None:
    said = states(public)
    pairs = [
        [part["id"] for part in parts if part["state"] in HIDDEN]
        for whole, parts in families(public, sealed)
        if whole["state"] in SHOWN
    ]
    pair = next(pair for pair in pairs if len(pair) == 2)
    assert recovered(public, sealed, {**said, pair[0]: "published"}) == [pair[1]]


def questions(public: Public) -> dict[tuple[str, str, str], str]:
    """The question behind an indicator for one audience at one wave, as its passport tells it."""
    return {
        (one["id"], study["audience"], study["wave"]): study["question"]["id"]
        for one in public.manifest["indicators"]
        for study in public.json(f"why/{one['id']}.json")["studies"]
    }


def test_the_answers_of_one_distribution_are_hidden_together(public: Public) -> None:
    question = questions(public)
    blocks: dict[tuple[str, ...], set[bool]] = defaultdict(set)
    sizes: dict[tuple[str, ...], int] = defaultdict(int)
    for cell in public.cells.values():
        if cell["state"] in {"no_data", "not_asked"}:
            continue
        asked = question[(cell["indicator"], cell["audience"], cell["wave"])]
        block = (asked, cell["item"], cell["audience"], cell["wave"], cell["by"], cell["domain"])
        blocks[block].add(cell["state"] in HIDDEN)
        sizes[block] += 1
    assert any(size > 1 for size in sizes.values())
    assert [block for block, said in blocks.items() if len(said) > 1] == []


def test_no_shown_cell_rests_on_fewer_answers_than_its_minimum(public: Public, sealed: Sealed) -> None:
    for name, cell in public.cells.items():
        truth = sealed.cells[name]
        if cell["state"] in SHOWN:
            assert truth["n"] >= minimum(public, cell), name
            assert truth["largest_weight_share"] <= 0.25, name
            assert cell["audience"] != "maires" or truth["frame_size"] >= 20, name
            assert (truth["n"] < 30) <= (cell["state"] == "banded"), name
            assert cell["n_class"] == class_of(truth["n"]), name


def class_of(n: float) -> str:
    return next((f"{low}-{high}" for low, high in CLASSES if low <= n <= high), "500+")


def test_no_region_of_fewer_than_two_thousand_inhabitants_is_described(public: Public) -> None:
    counted = {
        region["code"]: region["population"]
        for region in public.json("content/territories.json").get("regions", [])
        if "population" in region
    }
    for cell in public.cells.values():
        if cell["by"] == "region" and cell["state"] in SHOWN and cell["domain"] in counted:
            assert counted[cell["domain"]] >= 2_000


# What is hidden is hidden everywhere alike


def test_a_hidden_cell_has_no_number_at_all_and_says_nothing_of_why(public: Public) -> None:
    hidden = [cell for cell in public.cells.values() if cell["state"] == "protected"]
    assert hidden
    assert {tuple(cell[name] for name in NUMBERS) for cell in hidden} == {(None,) * len(NUMBERS)}
    assert len({(cell["display"]["fr"], cell["symbol"], cell["margin"]) for cell in hidden}) == 1


def test_states_agree_between_tables_sheets_passports_figures_and_the_sealed_file(
    public: Public, sealed: Sealed
) -> None:
    said = states(public)
    assert {name: truth["state"] for name, truth in sealed.cells.items()} == said
    for indicator in (one["id"] for one in public.manifest["indicators"]):
        mine = {name: state for name, state in said.items() if name.startswith(f"{indicator}.")}
        sheet = (public.folder / f"tables/{indicator}.csv").read_text(encoding="utf-8")
        assert {row["id"]: row["state"] for row in csv.DictReader(io.StringIO(sheet))} == mine
        assert {cell["id"]: cell["state"] for cell in public.json(f"why/{indicator}.json")["cells"]} == mine


def test_a_hidden_cell_is_hidden_in_the_tables_and_drawings_of_its_figures(public: Public) -> None:
    absent = {cell["display"]["fr"] for cell in public.cells.values() if cell["state"] == "protected"}
    for name, known in public.certificate["figures"].items():
        if name.endswith(".gaps"):
            continue
        figure = public.json(f"figures/{name}.json")
        rows = figure["table"]["rows"]
        value = next(rank for rank, words in enumerate(figure["table"]["columns"]) if words["fr"] == "Valeur")
        cells = [public.cells[cell] for cell in known["cells"][: len(rows)]]
        hidden = [cell["state"] == "protected" for cell in cells]
        assert [row[value]["fr"] in absent for row in rows] == hidden, name
        drawing = (public.folder / f"figures/{name}.fr.wide.svg").read_text(encoding="utf-8")
        assert drawing.count('class="d-protected"') == sum(hidden), name
        assert NAMESPACE.strip("{}") in drawing


LONG_DECIMALS = re.compile(rb"\d[.,]\d{4,}")
FINE_PLACES = re.compile(rb"\d\.\d{2,}")  # a drawing is precise to the tenth of a pixel; a comma separates x from y


@pytest.mark.parametrize("folder", ["", "tables", "gaps", "why", "content", "figures"])
def test_no_file_holds_a_number_with_more_than_three_decimals(public: Public, folder: str) -> None:
    """A sealed value is a long number: there is no long number, hence no sealed value."""
    found = []
    for name in public.files:
        if name.rpartition("/")[0] == folder:
            content = (public.folder / name).read_bytes()
            long = FINE_PLACES if name.endswith(".svg") else LONG_DECIMALS
            found += [(name, match.group()) for match in long.finditer(content)]
    assert found == []


def test_a_sealed_value_copied_with_six_digits_would_have_been_found(sealed: Sealed) -> None:
    values = [truth["value"] for truth in sealed.cells.values() if truth["n"] > 30]
    found = [bool(LONG_DECIMALS.search(f"{value:.6f}".encode())) for value in values]
    assert all(found)
