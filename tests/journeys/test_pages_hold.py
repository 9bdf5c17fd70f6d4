"""The tutorial and the how-to pages are run as they stand: files, commands, and the answers they show."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages import HOW_TO, TUTORIAL, answer, commands, write_given_files

# Mended by: python tests/pages.py


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of someone who follows the tutorial."""
    folder = tmp_path_factory.mktemp("tutorial")
    write_given_files(TUTORIAL, folder)
    return folder


@pytest.fixture(scope="module")
def followed(workshop: Path) -> dict[str, str]:
    """What the tutorial's commands answered, in their order."""
    return {command: answer(command, workshop) for command in commands(TUTORIAL)}


def test_the_tutorial_gives_what_it_shows(followed: dict[str, str]):
    assert len(followed) == 5
    assert followed == commands(TUTORIAL)


@pytest.mark.parametrize("page", [page for page in HOW_TO if commands(page)], ids=lambda page: page.stem)
def test_a_how_to_page_gives_what_it_shows(page: Path, workshop: Path, followed: dict[str, str]):
    """Each page starts where the tutorial ends."""
    write_given_files(page, workshop)

    assert {command: answer(command, workshop) for command in commands(page)} == commands(page)
