"""What is done is told: every verb has its page, the generated reference is fresh, no link leads nowhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from alliage.cli import VERBS, alliage
from architecture.house import ROOT, files, named

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def pages() -> list[Path]:
    return [path for path in files() if path.suffix == ".md"]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_its_page(verb: str):
    page = ROOT / "docs" / "how-to" / f"{verb}.md"

    assert page.is_file()
    assert f"alliage {verb}" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb: str):
    told = CliRunner().invoke(alliage, [verb, "--help"], prog_name="alliage")

    assert told.exit_code == 0
    assert told.output.startswith(f"Usage: alliage {verb}")


def test_the_help_of_the_command_is_the_table_of_contents():
    told = CliRunner().invoke(alliage, ["--help"])

    assert re.findall(r"^  (\w+)  ", told.output.split("Verbes · Verbs:")[1], re.MULTILINE) == list(VERBS)


def test_the_generated_reference_says_what_the_code_says():
    # In a process of its own: click remembers the help option of a command that another test has invoked alone.
    told = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"], capture_output=True, text=True
    )

    assert told.returncode == 0, told.stdout + told.stderr


def test_every_link_leads_somewhere():
    dead = [
        f"{named(page)}: {target}"
        for page in pages()
        for target in relative_links(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]

    assert dead == []


def test_every_page_of_the_documentation_is_in_its_index():
    index = ROOT / "docs" / "README.md"
    linked = {(index.parent / target).resolve() for target in relative_links(index.read_text(encoding="utf-8"))}

    assert [named(page) for page in pages() if index.parent in page.parents and page not in {*linked, index}] == []


def relative_links(page: str) -> list[str]:
    """Targets of the links of a page, their anchors cut; what is shown as code is not a link."""
    targets = [target.split("#")[0] for target in LINK.findall(CODE.sub("", page))]
    return [target for target in targets if target and "://" not in target and not target.startswith("mailto:")]


def test_links_are_read_as_a_reader_sees_them():
    page = "[a](one.md#part) ![b](two.png) [c](https://example.org) `[d](code.md)` [e](#here)"

    assert relative_links(page) == ["one.md", "two.png"]
