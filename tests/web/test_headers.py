"""What every answer carries: nothing from elsewhere may be loaded, nobody may frame a page, nobody is followed."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from alliage_web.ui.middleware import bodiless
from web.pages import FILES, MISSING, PAGES

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


@pytest.mark.parametrize("path", [*(page for page in PAGES if "embed" not in page), *MISSING, *FILES])
def test_every_answer_has_the_strict_policy_and_no_cookie(site: Client, path: str) -> None:
    answer = site.get(path)

    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "geolocation=()" in answer.headers["Permissions-Policy"]
    assert not answer.cookies


def test_only_a_figure_made_for_it_may_be_framed(site: Client) -> None:
    answer = site.get("/chiffres/innovation/embed?audience=maires&wave=impact&by=region")

    assert answer.headers["Content-Security-Policy"].endswith("frame-ancestors *")
    assert "<script" not in answer.content.decode()


@pytest.mark.parametrize("path", [*PAGES, *MISSING])
def test_a_page_holds_nothing_the_policy_would_refuse(site: Client, path: str) -> None:
    page = site.get(path).content.decode()

    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", page) == []
    loaded = re.findall(r'<(?:script|link|img|iframe)[^>]*\b(?:src|href)="([^"]*)"', page)
    assert [address for address in loaded if not address.startswith("/")] == []


def test_an_unknown_host_is_refused_in_plain_words(site: Client) -> None:
    assert site.get("/", headers={"host": "ailleurs.example"}).status_code == 400


def test_the_stylesheet_may_be_kept_for_ever_under_its_own_name_only(site: Client) -> None:
    address = re.search(r'href="(/style\.\w+\.css)"', site.get("/").content.decode()).group(1)

    assert "immutable" in site.get(address).headers["Cache-Control"]
    assert site.get("/style.0123.css").headers["Cache-Control"] == "no-store"


def test_head_tells_the_length_of_a_page_and_sends_none_of_it() -> None:
    answer = bodiless(lambda request: HttpResponse("trois"))(RequestFactory().head("/"))

    assert (answer.content, answer["Content-Length"]) == (b"", "5")
