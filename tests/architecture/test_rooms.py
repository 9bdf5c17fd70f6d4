"""The rooms: named after what they make, each stating its law; no drawer for what has no name."""

from __future__ import annotations

import ast

from architecture.house import ROOT, SRC, files, named

DRAWERS = {"utils", "util", "common", "helpers", "helper", "misc", "base", "manager", "managers", "service", "services"}
# A skin over the library: it keeps no law of its own.
LAWLESS = {"cli"}


def test_no_drawer_without_a_name():
    source = [path.relative_to(SRC) for path in files() if SRC in path.parents]

    assert len(source) > 100
    assert [path for path in source if DRAWERS & set(path.with_suffix("").parts) and path.suffix == ".py"] == []


def test_every_room_states_its_law():
    rooms = sorted(path for path in (SRC / "alliage").glob("*/__init__.py") if path.parent.name not in LAWLESS)
    laws = {room.parent.name: ast.get_docstring(ast.parse(room.read_text(encoding="utf-8"))) or "" for room in rooms}

    assert len(laws) > 10
    assert [name for name, law in laws.items() if "\nLaw: " not in law] == []


def test_every_module_starts_with_one_sentence():
    modules = [
        path for path in files() if path.suffix == ".py" and SRC in path.parents and "migrations" not in path.parts
    ]
    openings = {
        path: (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n\n")[0]
        for path in modules
    }

    # An empty package file says nothing and holds nothing.
    silent = [path for path, words in openings.items() if not words.endswith(".") and path.stat().st_size]
    assert [named(path) for path in silent] == []


def test_every_room_is_on_the_map():
    """The layers of the import contract and the folders of the library are the same list."""
    contract = (ROOT / ".importlinter").read_text(encoding="utf-8")
    layers = contract.split("layers =\n", 1)[1].split("\n\n", 1)[0].split()
    held = {path.stem if path.is_file() else path.name for path in (SRC / "alliage").iterdir()}

    assert sorted(held - {"__init__", "__pycache__", "py"}) == sorted(layers)
