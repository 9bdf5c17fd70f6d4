"""What readers come to do, with a keyboard, on a phone, without JavaScript, on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

FOCUSED = """() => {
  const at = document.activeElement, style = getComputedStyle(at);
  const tile = at.querySelector ? at.querySelector('.d-tile') : null;
  const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const drawn = tile ? getComputedStyle(tile).fill === getComputedStyle(document.body).color : false;
  return {id: at.id, tag: at.tagName.toLowerCase(), href: at.getAttribute('href') || '', seen: seen || drawn};
}"""


CHAIN = [
    *("La question", "Ceux qui ont répondu", "La base", "Le poids"),
    *("La formule", "Le code", "La décision du secret", "Le fichier, et le même chiffre ailleurs"),
]


def walk(page: Page, steps: int) -> list[dict[str, object]]:
    """Where Tab leads, step by step."""
    met = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at["tag"] == "body":  # past the last link of the page
            break
        met.append(at)
    return met


def test_tab_reaches_the_skip_link_the_search_and_the_map_and_focus_is_always_seen(wide: Page, address: str) -> None:
    wide.goto(address)

    met = walk(wide, 30)

    assert met[0]["href"] == "#contenu"
    assert "q" in [step["id"] for step in met]
    assert any(str(step["href"]).startswith("/territoires/departement-") for step in met)
    assert [step for step in met if not step["seen"]] == []


def test_tab_reaches_every_selector_of_a_figure(wide: Page, address: str) -> None:
    wide.goto(f"{address}/chiffres/innovation")

    met = walk(wide, 40)

    assert {"audience", "wave", "by"} <= {step["id"] for step in met}
    assert [step for step in met if not step["seen"]] == []


def test_the_skip_link_leads_to_the_content(wide: Page, address: str) -> None:
    wide.goto(f"{address}/chiffres")
    wide.keyboard.press("Tab")
    wide.keyboard.press("Enter")

    assert wide.evaluate("document.activeElement.id") == "contenu"


def test_an_officer_finds_her_department_without_javascript(without_javascript: Page, address: str) -> None:
    page = without_javascript
    page.goto(address)
    page.get_by_label("Votre territoire").fill("corse du sud")
    page.get_by_role("button", name="Chercher").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Corse-du-Sud")
    expect(page.get_by_role("heading", name="Trois pas de plus")).to_be_visible()
    expect(page.get_by_role("button", name="Imprimer cette page")).to_be_hidden()


def test_a_catalyst_changes_the_wave_without_javascript(without_javascript: Page, address: str) -> None:
    page = without_javascript
    page.goto(f"{address}/regards-croises/innovation")
    page.get_by_label("Vague").select_option("phare")
    page.get_by_role("button", name="Afficher").click()

    expect(page).to_have_url(re.compile("wave=phare"))
    expect(page.locator(".gaps li")).to_have_count(6)


def test_a_journalist_asks_why_and_finds_the_file(without_javascript: Page, address: str) -> None:
    page = without_javascript
    page.goto(f"{address}/chiffres/innovation")
    page.get_by_role("link", name="D’où viennent ces chiffres").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pourquoi ce chiffre")
    expect(page.locator(".answer .value")).to_have_text(re.compile("74"))
    page.get_by_label("Public").select_option("maires")
    page.get_by_role("button", name="Afficher").click()

    expect(page.locator(".answer .value")).to_have_text(re.compile("90"))
    steps = page.locator(".chain > li > h2")
    expect(steps).to_have_text(CHAIN)
    for link in page.locator(".chain .facts a").all():
        assert page.request.get(address + str(link.get_attribute("href"))).ok


def test_the_map_leads_to_a_department(wide: Page, address: str) -> None:
    wide.goto(address)
    wide.locator('.tiles a[href$="departement-29"]').click()

    expect(wide.get_by_role("heading", level=1)).to_have_text("Finistère")


def test_a_page_shows_one_drawing_of_each_figure(narrow: Page, wide: Page, address: str) -> None:
    for page in (narrow, wide):
        page.goto(f"{address}/chiffres/innovation")
        figures = page.locator("figure.figure").count()
        assert page.locator("figure.figure svg.drawing:visible").count() == figures


def test_switching_language_keeps_the_view(wide: Page, address: str) -> None:
    wide.goto(f"{address}/chiffres/innovation?audience=maires&wave=phare&by=region")
    wide.get_by_role("link", name="English").click()

    expect(wide).to_have_url(f"{address}/en/chiffres/innovation?audience=maires&wave=phare&by=region")
    expect(wide.get_by_role("link", name="Français")).to_be_visible()


def test_on_paper_the_tables_are_open_and_the_address_is_written(wide: Page, address: str) -> None:
    wide.goto(f"{address}/chiffres/innovation")
    wide.emulate_media(media="print")
    try:
        expect(wide.locator(".printed")).to_contain_text("/chiffres/innovation")
        expect(wide.locator("header.site nav")).to_be_hidden()
        assert wide.locator("figure.figure table").first.bounding_box() is not None
        assert wide.locator("figure.figure table tbody tr").first.evaluate("row => row.checkVisibility()")
    finally:
        wide.emulate_media(media="screen")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/territoires/region-53", "Bretagne"),
        ("/territoires/departement-29", "Finistère"),
        ("/en/territoires/departement-13", "Bouches-du-Rhône"),
    ],
)
def test_a_portrait_is_printed_on_one_sheet(wide: Page, demo_address: str, path: str, name: str) -> None:
    wide.goto(demo_address + path)
    wide.emulate_media(media="print")
    try:
        assert len(re.findall(rb"/Type\s*/Page\b", wide.pdf(format="A4", prefer_css_page_size=True))) == 1
        expect(wide.get_by_role("heading", level=1)).to_have_text(name)
        expect(wide.locator(".printed").last).to_have_text(demo_address + path)
        for kept in (".brief li", ".values tbody td", ".limit", ".sources", ".stamps strong", "footer.site strong"):
            expect(wide.locator(kept).first).to_be_visible()
        for left in ("figure.figure", ".selector", "#next", ".limit a"):
            expect(wide.locator(left).first).to_be_hidden()
    finally:
        wide.emulate_media(media="screen")


def test_an_officer_reads_the_sentences_and_the_steps_before_any_figure(narrow: Page, demo_address: str) -> None:
    narrow.goto(f"{demo_address}/territoires/departement-29")

    lines = narrow.locator(".brief li a")
    assert 4 <= lines.count() <= 6
    tops = [narrow.locator(one).first.bounding_box()["y"] for one in (".brief", ".limit", "#next", "figure.figure")]
    assert tops == sorted(tops)
    lines.first.click()
    expect(narrow.locator("figure.figure h2").first).to_be_in_viewport()


def test_targets_are_at_least_24_pixels_high(narrow: Page, address: str) -> None:
    """Links inside a sentence are exempt (WCAG 2.5.8), and the tiles, which the list of regions doubles."""
    for path in ("/", "/chiffres/innovation", "/territoires/region-94", "/a-propos", "/reutiliser"):
        narrow.goto(address + path)
        small = narrow.evaluate(
            """() => [...document.querySelectorAll('nav a, button, select, input, summary, footer a, .files a')]
                .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 24)
                .map(one => one.outerHTML)"""
        )
        assert small == []


def test_nothing_is_asked_of_another_host(wide: Page, address: str) -> None:
    asked: list[str] = []
    wide.on("request", lambda request: asked.append(request.url))
    wide.goto(f"{address}/chiffres/innovation")

    assert [url for url in asked if not url.startswith(address)] == []
