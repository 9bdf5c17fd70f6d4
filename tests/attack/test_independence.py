"""The attacker shares nothing with what he attacks: he may knock at the door, never look behind it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOMS_THAT_DECIDE_OR_WRITE = ("alliage.disclosure", "alliage.publications")
AT_THE_DOOR = {"release", "Decisions"}
JUDGE = "mutations.py"  # attacks nothing: it moves thresholds to judge the tests of the room
ATTACKERS = sorted(path for path in HERE.glob("*.py") if path.name != JUDGE)


def imports(path: Path) -> Iterator[tuple[str, set[str]]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, set()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", {alias.name for alias in node.names}


@pytest.mark.parametrize("path", ATTACKERS, ids=lambda path: path.name)
def test_the_attacker_imports_nothing_of_the_rooms_he_attacks_but_the_door_itself(path: Path) -> None:
    taken = {
        (module, name)
        for module, names in imports(path)
        for name in names or {"*"}
        if module.startswith(ROOMS_THAT_DECIDE_OR_WRITE)
        and not (module == "alliage.disclosure" and name in AT_THE_DOOR)
    }
    assert taken == set()


def test_the_tools_that_read_a_release_import_nothing_of_alliage_at_all() -> None:
    tools = ["numerals.py", "drawings.py", "evidence.py", "scrape.py", "crawl.py"]
    taken = {(tool, module) for tool in tools for module, _ in imports(HERE / tool) if module.startswith("alliage")}
    assert taken == set()
