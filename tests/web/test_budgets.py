"""Pages stay light: the budgets of a page, a figure, a dashboard, gzipped. No host but ours."""

from __future__ import annotations

import gzip
import re

import pytest
from django.test import Client

from web.pages import PAGES, in_english

PAGE, FIGURE, DASHBOARD, EMBED = 25_000, 3_000, 110_000, 20_000
DRAWING = re.compile(r'<svg xmlns="http://www.w3.org/2000/svg".*?</svg>', re.DOTALL)


def gzipped(text: str) -> int:
    return len(gzip.compress(text.encode(), 6, mtime=0))


def stylesheet(site: Client, page: str) -> str:
    address = re.search(r'href="(/style\.\w+\.css)"', page).group(1)
    return site.get(address).content.decode()


@pytest.mark.parametrize("path", [path for page in PAGES for path in (page, in_english(page))])
def test_a_page_weighs_at_most_25_kb_and_each_figure_adds_at_most_3(site: Client, path: str) -> None:
    page = site.get(path).content.decode()
    style = gzipped(stylesheet(site, page))
    words = gzipped(DRAWING.sub("", page))
    figures = page.count('<figure class="figure"')
    maps = page.count('class="tiles')

    assert words + style <= PAGE
    assert gzipped(page) + style <= PAGE + FIGURE * figures + 6_000 * maps


def test_an_embedded_figure_weighs_at_most_20_kb(site: Client) -> None:
    page = site.get("/chiffres/innovation/embed").content.decode()

    assert gzipped(page) + gzipped(stylesheet(site, page)) <= EMBED


def test_the_portrait_of_a_region_stays_within_the_budget_of_a_dashboard(site: Client) -> None:
    page = site.get("/territoires/region-11").content.decode()

    assert gzipped(page) + gzipped(stylesheet(site, page)) <= DASHBOARD


def test_answers_travel_gzipped(site: Client) -> None:
    answer = site.get("/chiffres/innovation", headers={"accept-encoding": "gzip"})

    assert answer.headers["Content-Encoding"] == "gzip"
