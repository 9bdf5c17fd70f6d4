"""Every page answers in both languages, says what it should, and never breaks on an odd address."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client

from web.pages import FILES, LONE_PAGES, MISSING, PAGES, in_english

BOTH = [path for page in PAGES for path in (page, in_english(page))]
LINK = re.compile(r'(?:href|src|action)="([^"]*)"')


def plain_words(words: str) -> str:
    """With plain spaces and apostrophes: typography is judged elsewhere."""
    return re.sub("[\u202f\xa0]", " ", words).replace("'", "’")


def plain(site: Client, path: str) -> str:
    return plain_words(site.get(path).content.decode())


class Outline(HTMLParser):
    """What a page is made of: its language, its headings, its ids, its landmarks."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.lang = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.tags.append(tag)
        if tag == "html":
            self.lang = known.get("lang") or ""
        if known.get("id"):
            self.ids.append(str(known["id"]))


@pytest.mark.parametrize("path", BOTH)
def test_a_page_answers_in_its_language_with_one_heading_and_no_double_id(site: Client, path: str) -> None:
    answer = site.get(path)

    assert answer.status_code == 200
    outline = Outline(answer.content.decode())
    assert outline.lang == ("en" if path.startswith("/en") else "fr")
    assert outline.tags.count("h1") == 1
    assert outline.tags.count("main") == 1
    assert sorted(outline.ids) == sorted(set(outline.ids))


@pytest.mark.parametrize("path", [path for page in PAGES for path in (page, in_english(page)) if "embed" not in page])
def test_every_page_bears_the_synthetic_stamp_and_says_it_was_not_audited(site: Client, path: str) -> None:
    page = site.get(path).content.decode()

    english = path.startswith("/en")
    assert ("Answers made up by a generator" if english else "Réponses inventées par un générateur") in page
    assert ("Released without an attack audit." if english else "Publication sans audit d’attaque.") in page


@pytest.mark.parametrize("path", [path for page in LONE_PAGES for path in (page, in_english(page))])
def test_a_lone_study_has_every_page_too(lone_site: Client, path: str) -> None:
    assert lone_site.get(path).status_code == 200


@pytest.mark.parametrize("path", [path for page in LONE_PAGES for path in (page, in_english(page))])
def test_a_study_without_any_breakdown_has_every_page_too(bare_site: Client, path: str) -> None:
    assert bare_site.get(path).status_code == 200


def test_an_indicator_without_any_breakdown_says_what_would_be_there(bare_site: Client) -> None:
    assert "n’est publié que pour l’ensemble" in bare_site.get("/chiffres/innovation").content.decode()


def test_a_lone_study_teaches_what_its_empty_pages_will_hold(lone_site: Client) -> None:
    assert "ne contient qu’un seul public" in lone_site.get("/regards-croises").content.decode()
    assert "ne parle pas des régions" in lone_site.get("/territoires").content.decode()
    assert "n’accompagne pas cette publication" in lone_site.get("/etudes").content.decode()
    assert "Rien n’est simulé ici" in lone_site.get("/etudes/simulations").content.decode()


def test_real_answers_bear_no_synthetic_stamp(lone_site: Client) -> None:
    page = lone_site.get("/").content.decode()

    assert "Données fictives" not in page
    assert "Publication sans audit d’attaque." in page


@pytest.mark.parametrize("path", [path for page in MISSING for path in (page, in_english(page))])
def test_an_unknown_name_is_told_with_a_way_out(site: Client, path: str) -> None:
    answer = site.get(path)

    assert answer.status_code == 404
    page = answer.content.decode()
    assert ("What now?" if path.startswith("/en") else "Et maintenant") in page


def test_an_unknown_wave_is_answered_with_the_waves_that_exist(site: Client) -> None:
    page = site.get("/chiffres/innovation?audience=maires&wave=1999").content.decode()

    assert "que cette publication ne connaît pas" in page
    assert 'href="?audience=maires&amp;wave=phare"' in page
    assert 'href="?audience=maires&amp;wave=impact"' in page


def test_what_the_reader_typed_is_never_taken_for_markup(site: Client) -> None:
    page = site.get("/recherche?q=<script>alert(1)</script>").content.decode()

    assert "<script>alert" not in page


@pytest.mark.parametrize("path", ["/chiffres/innovation?audience=%00", "/recherche?q=%ff%fe", "/%E2%28%A1"])
def test_no_address_breaks_the_site(site: Client, path: str) -> None:
    assert site.get(path).status_code in {200, 400, 404}


@pytest.mark.parametrize(("path", "kind"), FILES.items())
def test_files_are_sent_as_they_are(site: Client, path: str, kind: str) -> None:
    answer = site.get(path)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].split(";")[0] == kind
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_drawing_of_an_english_address_is_in_english(site: Client) -> None:
    french = b"".join(site.get("/chiffres/innovation.svg").streaming_content).decode()
    english = b"".join(site.get("/en/chiffres/innovation.svg").streaming_content).decode()

    assert "Citoyens" in french
    assert "Citizens" in english


def test_the_file_of_a_region_holds_its_published_cells_and_no_other(site: Client) -> None:
    cells = json.loads(site.get("/territoires/region-94.json").getvalue())["cells"]

    assert {cell["domain"] for cell in cells} == {"94"}
    assert {cell["indicator"] for cell in cells} == {"innovation", "fragilites_percues"}
    hidden = next(cell for cell in cells if cell["id"] == "innovation.maires.impact.region-94")
    assert hidden["value"] is None


@pytest.mark.parametrize(
    "path", ["/publication/../release.json", "/publication/sealed/x.json", "/publication//etc/passwd"]
)
def test_nothing_outside_the_signed_files_is_sent(site: Client, path: str) -> None:
    assert site.get(path).status_code in {301, 404}


def test_a_final_slash_is_forgiven(site: Client) -> None:
    answer = site.get("/chiffres/?a=1")

    assert answer.status_code == 301
    assert answer.headers["Location"] == "/chiffres?a=1"


@pytest.mark.parametrize("path", BOTH)
def test_switching_language_keeps_the_page_and_its_view(site: Client, path: str) -> None:
    page = site.get(path).content.decode()
    if "/embed" in path:
        return
    other = path.removeprefix("/en") if path.startswith("/en") else f"/en{path}"

    assert f'hreflang="{"fr" if path.startswith("/en") else "en"}" href="{other.replace("&", "&amp;")}"' in page


def test_every_link_of_the_site_leads_somewhere(site: Client) -> None:
    """The whole site is walked from its two home pages; an anchor must exist on the page it points to."""
    waiting, seen, broken = ["/", "/en/"], set(), []
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = site.get(path)
        if answer.status_code in {301, 302}:
            waiting.append(answer.headers["Location"])
        elif answer.status_code != 200:
            broken.append((path, answer.status_code))
        elif answer.headers["Content-Type"].startswith("text/html"):
            waiting += [found for link in LINK.findall(answer.content.decode()) if (found := _inside(link, path))]
        answer.close()

    assert broken == []
    assert len(seen) > 300


def _inside(link: str, page: str) -> str | None:
    link = link.replace("&amp;", "&").split("#")[0]
    if link.startswith("?"):
        return page.split("?")[0] + link
    return link if link.startswith("/") else None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Bretagne", "/territoires/region-53"),
        ("bretagne ", "/territoires/region-53"),
        ("ILE DE FRANCE", "/territoires/region-11"),
        ("cote d'or", "/territoires/departement-21"),
        ("2a", "/territoires/departement-2A"),
        ("Brittany", "/territoires/region-53"),
    ],
)
def test_one_exact_answer_leads_straight_to_its_page(site: Client, typed: str, found: str) -> None:
    assert site.get("/recherche", {"q": typed}).headers["Location"] == found


def test_a_code_shared_by_a_region_and_a_department_shows_both(site: Client) -> None:
    page = site.get("/recherche?q=11").content.decode()

    assert 'href="/territoires/region-11"' in page
    assert 'href="/territoires/departement-11"' in page


@pytest.mark.parametrize(
    ("code", "departement", "region"),
    [("75056", "75", "11"), ("2A004", "2A", "94"), ("2b033", "2B", "94")],
)
def test_a_commune_leads_to_its_published_parents_and_says_why(
    site: Client, code: str, departement: str, region: str
) -> None:
    page = site.get("/recherche", {"q": code}).content.decode()

    assert "Trop peu de réponses pour parler d’une seule commune" in page
    assert f'href="/territoires/departement-{departement}"' in page
    assert f'href="/territoires/region-{region}"' in page


def test_a_commune_of_a_region_without_figures_is_promised_none(site: Client) -> None:
    page = plain(site, "/recherche?q=97105")

    assert "Aucune enquête de cette publication ne parle encore de ce territoire." in page
    assert "sa région : pas encore de chiffres" in page
    assert "Trop peu de réponses" not in page
    assert 'href="/territoires/departement-971"' in page
    assert 'href="/territoires/region-01"' in page


def test_a_postcode_is_not_taken_for_a_commune(site: Client) -> None:
    page = plain(site, "/recherche?q=29200")

    assert "Une commune du département : Finistère" in page
    assert "Si 29200 est un code Insee" in page


def test_a_title_keeps_the_colon_of_its_language(site: Client) -> None:
    assert "<title>Regards croisés : " in plain(site, "/regards-croises/innovation")
    assert "<title>Crossed views: " in plain(site, "/en/regards-croises/innovation")


def test_a_department_shows_its_region_and_says_what_cannot_be_said(site: Client) -> None:
    page = site.get("/territoires/departement-2A").content.decode()

    assert "n’a pas de chiffre à lui" in page
    assert 'id="innovation-zone-region-94"' in page


def test_a_hidden_figure_says_why_and_shows_the_smallest_published_whole(site: Client) -> None:
    page = site.get("/chiffres/innovation/pourquoi?cellule=innovation.maires.impact.region-94").content.decode()

    assert "non diffusé, pour protéger les réponses" in page
    assert "Le plus petit ensemble publié qui le contient" in page
    assert "90 % des maires" in page.replace("\u202f", " ").replace("\u00a0", " ")
    assert "Maires · Corse · " in page


@pytest.mark.parametrize(
    ("asked", "cell"),
    [
        ("innovation/pourquoi", "innovation.citoyens.impact.ensemble"),
        ("fragilites_percues/pourquoi", "fragilites_percues.f01.citoyens.impact.ensemble"),
        ("innovation/pourquoi?audience=maires&wave=phare&place=region-53", "innovation.maires.phare.region-53"),
        ("innovation/pourquoi?audience=maires", "innovation.maires.impact.ensemble"),
        (
            "fragilites_percues/pourquoi?item=f03&place=region-94&wave=phare&audience=citoyens",
            "fragilites_percues.f03.citoyens.phare.region-94",
        ),
    ],
)
def test_why_leads_to_one_figure_the_latest_of_the_first_audience_unless_another_is_chosen(
    site: Client, asked: str, cell: str
) -> None:
    address = asked.split("?")[0]

    assert site.get(f"/chiffres/{asked}").headers["Location"] == f"/chiffres/{address}?cellule={cell}"
    assert site.get(f"/en/chiffres/{asked}").headers["Location"] == f"/en/chiffres/{address}?cellule={cell}"


def test_why_asked_from_a_figure_begins_with_its_latest_shown_cell_and_lists_the_others(site: Client) -> None:
    answer = site.get("/chiffres/innovation/pourquoi?figure=innovation.zone.region-94", follow=True)

    assert answer.redirect_chain[-1][0].endswith(
        "?cellule=innovation.citoyens.impact.region-94&figure=innovation.zone.region-94"
    )
    assert "cellule=innovation.associations.impact.region-94" in answer.content.decode()


def test_why_shows_the_chain_of_one_study_and_the_figure_in_large(site: Client) -> None:
    page = plain(site, "/chiffres/innovation/pourquoi?cellule=innovation.maires.phare.ensemble")

    assert '<p class="value">87 %</p>' in page
    assert '<p class="margin">entre 83 % et 91 %</p>' in page
    assert page.count("questionnaire <code>") == 1
    assert "Maires, 2015-2016, questionnaire <code>maires</code>" in page
    assert "« Êtes-vous d’accord" in page
    assert "du 1er septembre 2015 au 15 octobre 2015" in page
    assert "/cells/" in page
    assert "open_release(&quot;release&quot;).cell(&quot;innovation.maires.phare.ensemble&quot;)" in page


def test_a_portrait_begins_with_the_briefs_of_its_figures_and_each_leads_to_its_own(site: Client, sample: Path) -> None:
    figures = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (sample / "figures").glob("*.json")}
    told = [
        figures[name] for name in ("fragilites_percues.items.citoyens.impact.region-53", "innovation.zone.region-53")
    ]

    for path, language in (("/territoires/region-53", "fr"), ("/en/territoires/region-53", "en")):
        page = plain(site, path)
        said = re.findall(r'<li><a href="#([\w-]+)">([^<]+)</a></li>', page.split('class="limit"')[0])
        assert [(anchor, plain_words(words)) for anchor, words in said] == [
            (figure["id"].replace(".", "-"), plain_words(figure["brief"][language])) for figure in told
        ]
        assert all(page.index(f'id="{anchor}"') > page.index('class="limit"') for anchor, _words in said)


def test_a_portrait_shows_no_value_that_its_figures_do_not_hold(site: Client, sample: Path) -> None:
    page = plain(site, "/territoires/region-94")
    table = page.split('<table class="values">')[1].split("</table>")[0]
    shown = re.findall(r"<tr><th scope=\"row\">[^<]+</th><td>([^<]+?)(?: <span.*?</span>)?</td><td>([^<]+)</td>", table)

    cells = [json.loads((sample / f"tables/{one}.json").read_text(encoding="utf-8"))["cells"]
             for one in ("innovation", "fragilites_percues")]  # fmt: skip
    here = {(plain_words(cell["display"]["fr"]), plain_words((cell["interval"] or {"fr": "–"})["fr"]))
            for table in cells for cell in table if cell["domain"] == "94"}  # fmt: skip
    assert shown
    assert {(plain_words(value), plain_words(margin)) for value, margin in shown} <= here


def test_a_department_says_first_that_it_has_no_figure_of_its_own(site: Client) -> None:
    page = plain(site, "/territoires/departement-2A")

    assert page.index("n’a pas de chiffre à lui") < page.index('href="#innovation-zone-region-94"')


def test_every_absence_is_explained_beside_its_figure(site: Client) -> None:
    page = site.get("/territoires/region-94").content.decode()

    for state in ("protected", "no_data", "not_asked"):
        assert f'href="/a-propos#{state}"' in page


def test_a_failure_of_ours_says_so_in_both_languages_and_what_is_safe(
    site: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alliage_web.releases.views.indicator_ids", lambda: 1 / 0)

    answer = site.get("/chiffres")

    assert answer.status_code == 500
    page = answer.content.decode()
    assert "Les chiffres publiés sont intacts" in page
    assert "The published figures are" in page
    assert "Traceback" not in page
