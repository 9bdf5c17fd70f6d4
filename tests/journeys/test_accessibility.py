"""axe-core finds nothing to say on any page, narrow and wide, filled, empty, hidden or in error; nothing overflows."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from web.pages import LONE_PAGES, MISSING, PAGES

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# English pages are the same templates: a few are enough to catch a word that changes the outline.
ENGLISH = ("/en/", "/en/chiffres/innovation", "/en/regards-croises/innovation", "/en/territoires/region-94")


def faults(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{fault['id']}: {node['html'][:200]}" for fault in found for node in fault["nodes"]]


def overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("path", [*PAGES, *MISSING, *ENGLISH])
def test_a_narrow_page_has_no_fault_and_does_not_scroll_sideways(narrow: Page, address: str, path: str) -> None:
    narrow.goto(address + path)

    assert faults(narrow) == []
    assert overflow(narrow) == 0


@pytest.mark.parametrize("path", [*PAGES, *MISSING, *ENGLISH])
def test_a_wide_page_has_no_fault(wide: Page, address: str, path: str) -> None:
    wide.goto(address + path)

    assert faults(wide) == []
    assert overflow(wide) == 0


@pytest.mark.parametrize("path", LONE_PAGES)
def test_the_pages_of_a_lone_study_have_no_fault(narrow: Page, lone_address: str, path: str) -> None:
    narrow.goto(lone_address + path)

    assert faults(narrow) == []
    assert overflow(narrow) == 0


def test_what_opens_has_no_fault_either(wide: Page, address: str) -> None:
    wide.goto(f"{address}/territoires/region-94")
    wide.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")

    assert faults(wide) == []


@pytest.mark.parametrize(
    "path", ["/territoires/region-53", "/chiffres/innovation/pourquoi?figure=innovation.audiences"]
)
def test_what_opens_on_a_narrow_page_does_not_scroll_it_sideways(narrow: Page, address: str, path: str) -> None:
    narrow.goto(address + path)
    narrow.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")

    assert overflow(narrow) == 0


def test_the_dark_page_has_no_fault(wide: Page, address: str) -> None:
    wide.emulate_media(color_scheme="dark")
    try:
        for path in ("/", "/chiffres/innovation", "/territoires/region-94", "/regards-croises/innovation", "/a-propos"):
            wide.goto(address + path)
            assert faults(wide) == [], path
    finally:
        wide.emulate_media(color_scheme="light")
