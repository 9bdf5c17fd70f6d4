"""Each dependency has its reason, and each locked file its digest."""

from __future__ import annotations

import re
import tomllib

import pytest

from architecture.house import ROOT

REASONS = (ROOT / "docs" / "decisions" / "dependencies.md").read_text(encoding="utf-8")


def test_every_dependency_has_its_reason_and_every_reason_its_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [name_of(requirement) for requirement in project["dependencies"]]
    told = re.findall(r"^\| ([a-z][a-z0-9-]*) \| ", REASONS, re.MULTILINE)

    assert sorted(told) == sorted([*asked, "package"])  # "package" heads the table
    assert asked == sorted(asked)


def test_every_tool_of_development_is_named():
    lines = (ROOT / "requirements-dev.in").read_text(encoding="utf-8").splitlines()
    # Types of a library that has none are not a choice of their own.
    tools = [line for line in lines if line and not line.startswith(("-", "#", "types-"))]

    assert [tool for tool in tools if f"`{name_of(tool)}`" not in REASONS] == []


@pytest.mark.parametrize("locked", sorted(ROOT.glob("requirements*.txt")), ids=lambda path: path.name)
def test_every_locked_package_has_its_digest(locked):
    """One entry per package: `name==version ; marker \\` and the digests under it."""
    entries = re.split(r"^(?=[a-z0-9])", locked.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]

    assert len(entries) >= 10
    assert [
        entry.split()[0] for entry in entries if "==" not in entry.split("\n")[0] or "--hash=sha256:" not in entry
    ] == []


def name_of(requirement: str) -> str:
    return re.match(r"[A-Za-z0-9-]+", requirement)[0].lower()
