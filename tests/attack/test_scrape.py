"""Scraping the demo: every number of its files and pages belongs to its figure; planted leaks are found."""

from __future__ import annotations

import json
import math
import os
import re
import sys
from collections.abc import Callable
from typing import Any

import django
import pytest
from django.test import Client, override_settings

from attack.crawl import Crawler
from attack.drawings import read_drawing
from attack.evidence import HIDDEN, Public, Record, Sealed
from attack.scrape import Finding, Scraper

CLASS_BOUNDS = {10, 14, 15, 19, 20, 29, 30, 49, 50, 99, 100, 199, 200, 499, 500}
BAND_ENDS = {
    "percent": {0, 15, 35, 65, 85, 100},
    "note_10": {0, 1.5, 3.5, 6.5, 8.5, 10},
    "count": set(),
    "hours": set(),
}


def told(findings: list[Finding]) -> str:
    return f"{len(findings)} findings, the first ones:\n" + "\n".join(map(str, findings[:12]))


def test_every_number_of_every_file_belongs_to_the_cell_gap_or_figure_that_shows_it(scraper: Scraper) -> None:
    findings = [
        found
        for file in scraper.public.files
        for found in scraper.read(file, (scraper.public.folder / file).read_text(encoding="utf-8"))
    ]
    assert not findings, told(findings)


# The certificate itself is judged: it was written by those we do not trust


def rounded(value: float, step: float) -> float:
    return round(math.floor(value / step + 0.5 + 1e-9) * step, 6)


def test_the_certificate_allows_a_cell_nothing_but_its_rounded_self(public: Public, sealed: Sealed) -> None:
    for name, numbers in public.certificate["cells"].items():
        record, truth = public.cells[name], sealed.cells[name]
        if record["state"] in HIDDEN:
            assert numbers == [], name
            continue
        factor = 100 if record["unit"] == "percent" else 1
        if record["state"] == "banded":
            assert set(numbers) <= BAND_ENDS[record["unit"]] | CLASS_BOUNDS, name
            assert record["band"]["low"] <= truth["value"] * factor + 1e-9, name
            assert truth["value"] * factor <= record["band"]["high"] + 1e-9, name
            continue
        n, step = truth["n"], record["step"]
        coarse = n < 100
        assert step == {"percent": 5 if coarse else 1}.get(record["unit"], 0.5 if coarse else 0.1), name
        assert record["value"] == pytest.approx(rounded(truth["value"] * factor, step)), name
        steps = {round(number / step, 6) for number in numbers if number not in CLASS_BOUNDS | {record["deff"]}}
        assert all(float(times).is_integer() for times in steps), (name, numbers)
        assert (record["deff"] is None and record["n_effective_class"] is None) or n >= 100, name


def test_ends_of_intervals_are_rounded_outwards_to_the_step_of_their_value(public: Public, sealed: Sealed) -> None:
    for name, record in public.cells.items():
        if record["low95"] is None:
            continue
        truth, factor = sealed.cells[name], 100 if record["unit"] == "percent" else 1
        for level in ("95", "50"):
            low, high = record[f"low{level}"], record[f"high{level}"]
            if level == "50" and record["n_class"] not in {"200-499", "500+"}:
                assert low is high is None, name
                continue
            assert low <= truth[f"low{level}"] * factor + 1e-6, name
            assert high >= truth[f"high{level}"] * factor - 1e-6 or high in {10, 100}, name
            for end in (low, high):
                assert float(round(end / record["step"], 6)).is_integer(), (name, end)


def test_a_gap_is_the_difference_of_the_rounded_values(public: Public) -> None:
    for name, gap in public.gaps.items():
        a, b = public.cells[gap["a"]], public.cells[gap["b"]]
        if gap["value"] is None:
            assert gap["low"] is gap["high"] is gap["step"] is None, name
            continue
        assert gap["value"] == pytest.approx(a["value"] - b["value"]), name


def test_what_orders_the_items_of_a_battery_is_public(public: Public) -> None:
    """Two items shown at the same height follow the questionnaire: their order would tell which is larger."""
    order = {item["id"]: rank for one in public.manifest["indicators"] for rank, item in enumerate(one["items"])}
    for name, figure in public.certificate["figures"].items():
        if ".items." not in name:
            continue
        cells = [public.cells[cell] for cell in figure["cells"]]
        assert cells == sorted(cells, key=lambda cell: (-height(cell), order[cell["item"]])), name


def height(cell: Record) -> float:
    if cell["value"] is not None:
        return cell["value"]
    return (cell["band"]["low"] + cell["band"]["high"]) / 2 if cell["band"] else -1.0


def test_two_figures_with_the_same_public_values_have_the_same_geometry(public: Public, sealed: Sealed) -> None:
    """Same public rows, other sealed values: not a tenth of a pixel differs."""
    drawn: dict[Any, tuple[str, tuple[tuple[float, ...], ...]]] = {}
    compared = 0
    for name, figure in public.certificate["figures"].items():
        if ".zone." in name or name.endswith(".gaps") or not figure["cells"][0].endswith(".ensemble"):
            continue
        for cell in figure["cells"][:1]:
            record = public.cells[cell]
            if record["state"] != "published" or record["unit"] != "percent":
                continue
            content = (public.folder / f"figures/{name}.fr.wide.svg").read_text(encoding="utf-8")
            drawing = read_drawing(content)
            places = tuple(round((x - drawing.tick_places[0]) / (drawing.tick_places[-1] - drawing.tick_places[0]), 2)
                           for x in drawing.marks[0])  # fmt: skip
            shown = tuple(record[part] for part in ("value", "low95", "high95", "low50", "high50"))
            before = drawn.setdefault((shown, len(places)), (cell, (places,)))
            if before[0] != cell and sealed.cells[before[0]]["value"] != sealed.cells[cell]["value"]:
                assert before[1] == (places,), (before[0], cell)
                compared += 1
    assert compared > 0


def test_simulated_targets_repeat_the_public_cell(public: Public) -> None:
    for target in public.json("content/targets.json"):
        record = public.cells[target["cell"]]
        assert (target["simulated"], target["interval"]) == (record["display"], record["interval"])


# The site


@pytest.fixture(scope="module")
def visited(scraper: Scraper) -> Crawler:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliage_web.config.settings")
    django.setup()
    crawler = Crawler(scraper, getter(Client(raise_request_exception=False)))
    with override_settings(ALLIAGE_RELEASE=str(scraper.public.folder)):
        forget_pages()
        crawler.run("/", "/en/")
    forget_pages()
    return crawler


def forget_pages() -> None:
    """The site opens its release once: other tests of this process may show another."""
    for name, module in list(sys.modules.items()):
        if name.startswith("alliage_web"):
            for known in vars(module).values():
                if hasattr(known, "cache_clear"):
                    known.cache_clear()


def getter(client: Any) -> Callable[[str], tuple[int, str, str]]:
    def get(address: str) -> tuple[int, str, str]:
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        if response.status_code in {301, 302}:
            return response.status_code, "", response.headers["Location"]
        return response.status_code, response.headers.get("Content-Type", ""), body.decode("utf-8", "replace")

    return get


def test_every_number_of_every_page_belongs_to_the_figure_that_shows_it(visited: Crawler) -> None:
    assert len(visited.seen) > 300
    assert not visited.findings, told(visited.findings)


def test_no_link_of_the_site_is_broken(visited: Crawler) -> None:
    broken = {address: status for address, status in visited.seen.items() if status >= 400}
    assert broken == {}


# Planted leaks: an attack that finds nothing proves nothing until it has found something


def one(public: Public, state: str, **facts: object) -> Record:
    return next(
        cell
        for cell in public.cells.values()
        if cell["state"] == state and all(cell[name] == value for name, value in facts.items())
    )


def planted(scraper: Scraper, file: str, before: str, after: str) -> list[Finding]:
    content = (scraper.public.folder / file).read_text(encoding="utf-8")
    assert before in content, before
    assert not scraper.read(file, content)
    return scraper.read(file, content.replace(before, after, 1))


def changed(scraper: Scraper, cell: Record, **fields: object) -> list[Finding]:
    file = f"tables/{cell['indicator']}.json"
    table = scraper.public.json(file)
    next(one for one in table["cells"] if one["id"] == cell["id"]).update(fields)
    return scraper.read(file, json.dumps(table, ensure_ascii=False))


def test_an_unrounded_value_in_a_table_is_found(scraper: Scraper, sealed: Sealed) -> None:
    cell = one(scraper.public, "published", unit="percent")
    assert changed(scraper, cell, value=100 * sealed.cells[cell["id"]]["value"])
    assert changed(scraper, cell, value=round(100 * sealed.cells[cell["id"]]["value"], 1) + 0.1)


def test_an_exact_number_of_answers_is_found_wherever_it_hides(scraper: Scraper, sealed: Sealed) -> None:
    cell = one(scraper.public, "published", by="region", n_class="100-199")
    n = int(sealed.cells[cell["id"]]["n"])
    assert n not in scraper.cells[cell["id"]]
    assert changed(scraper, cell, n=n)
    assert changed(scraper, cell, n_class=f"{n}-199")
    assert changed(scraper, cell, sentence={"fr": f"{n} réponses.", "en": ""})
    why = f"why/{cell['indicator']}.json"
    assert planted(scraper, why, '"step": 1', f'"step": 1, "n": {n}')


def test_the_value_of_a_hidden_cell_in_an_alternative_text_is_found(scraper: Scraper, sealed: Sealed) -> None:
    public = scraper.public
    hidden, value, figure = next(
        (cell, value, name)
        for cell in public.cells.values()
        if cell["state"] == "protected" and cell["by"] == "region" and cell["unit"] == "percent"
        for value in [rounded(100 * sealed.cells[cell["id"]]["value"], 1)]
        for name, known in public.certificate["figures"].items()
        if cell["id"] in known["cells"] and ".region" in name and value not in scraper.figure(name)
    )
    assert changed(scraper, hidden, display={"fr": f"{value:g} %", "en": "Not released"})
    content = public.json(f"figures/{figure}.json")
    content["alt"]["fr"] += f" {value:g} %"
    assert scraper.read(f"figures/{figure}.json", json.dumps(content))
    drawing = f"figures/{figure}.fr.svg"
    assert planted(scraper, drawing, "</desc>", f" {value:g} %</desc>")
    assert planted(scraper, drawing, 'role="img"', f'role="img" aria-label="{value:g} %"')
    assert planted(scraper, drawing, 'role="img"', 'role="img" onload="1"')


def test_the_shown_neighbour_of_a_hidden_cell_cannot_lend_it_its_numbers(scraper: Scraper) -> None:
    """Membership is per row: 40 % is published for the region next door, and must not appear here."""
    public = scraper.public
    name, known = next((name, known) for name, known in public.certificate["figures"].items()
                       if name.endswith(".region") and any(public.cells[cell]["state"] == "protected"
                                                           for cell in known["cells"]))  # fmt: skip
    rank = next(rank for rank, cell in enumerate(known["cells"]) if public.cells[cell]["state"] == "protected")
    figure = public.json(f"figures/{name}.json")
    figure["table"]["rows"][rank][1] = figure["table"]["rows"][0][1]
    assert scraper.read(f"figures/{name}.json", json.dumps(figure))


def test_a_sealed_standard_error_in_a_csv_is_found(scraper: Scraper, sealed: Sealed) -> None:
    cell = one(scraper.public, "published", unit="percent")
    error = sealed.cells[cell["id"]]["standard_error"]
    file = f"tables/{cell['indicator']}.csv"
    content = (scraper.public.folder / file).read_text(encoding="utf-8")
    head, rest = content.split("\n", 1)
    lines = [f"{line.rstrip()},{error!r}" for line in rest.splitlines()]
    assert scraper.read(file, "\n".join([head.rstrip() + ",standard_error", *lines]))


def test_a_mark_drawn_at_the_exact_value_is_found(scraper: Scraper) -> None:
    name = "innovation.audiences"
    file = f"figures/{name}.fr.wide.svg"
    content = (scraper.public.folder / file).read_text(encoding="utf-8")
    mark = re.search(r'<circle cx="([\d.]+)"[^>]*class="d-(?:point|hollow)"', content[content.index('class="d-mark') :])
    assert mark is not None
    assert planted(
        scraper, file, mark.group(0), mark.group(0).replace(mark.group(1), f"{float(mark.group(1)) + 1.1:.1f}")
    )


def test_a_stray_file_is_found(scraper: Scraper) -> None:
    for name in ("tables/answers.parquet", "debug.txt", "figures/answers.csv.gz", "sealed/estimates.csv"):
        assert scraper.read(name, "")


def test_a_leak_planted_in_a_page_is_found(scraper: Scraper, sealed: Sealed, visited: Crawler) -> None:
    name = "innovation.maires.impact.region"
    figure = scraper.public.json(f"figures/{name}.json")
    hidden = next(cell for cell in figure["cells"] if scraper.public.cells[cell]["state"] == "protected")
    rank = figure["cells"].index(hidden)
    cells = "".join(
        f"<tr><th>x</th><td>{'41 %' if row == rank else ''}</td></tr>" for row in range(len(figure["cells"]))
    )
    page = f'<main><figure id="{name.replace(".", "-")}"><table><tbody>{cells}</tbody></table></figure></main>'
    assert visited.page("/chiffres/innovation", page)
    assert visited.page(
        "/chiffres/innovation", f'<main><figure id="{name.replace(".", "-")}" aria-label="n = 413"/></main>'
    )
    assert visited.page("/chiffres/innovation", "<main><p>413 réponses</p></main>")
    assert visited.page("/chiffres/innovation", '<main><svg><title>x</title><g class="d-mark"/></svg></main>')
    assert not visited.page("/chiffres/innovation", "<main><p>Rien</p></main>")
