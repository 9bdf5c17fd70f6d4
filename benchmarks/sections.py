"""One section of docs/reference/benchmarks.md, between its own markers: each benchmark writes its own and no other."""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "benchmarks.md"


def marked(name: str, words: str) -> str:
    """The section between its markers."""
    return f"{_begin(name)}\n{words}\n{_end(name)}"


def write_section(name: str, words: str) -> None:
    """Put the section in the page, in place of the one it had."""
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else "# Benchmarks\n"
    if _begin(name) in page:
        before, rest = page.split(_begin(name), 1)
        page = before + marked(name, words) + rest.split(_end(name), 1)[1]
    else:
        page = f"{page.rstrip()}\n\n{marked(name, words)}\n"
    PAGE.write_text(page, encoding="utf-8")


def _begin(name: str) -> str:
    return f"<!-- {name}: begin -->"


def _end(name: str) -> str:
    return f"<!-- {name}: end -->"
