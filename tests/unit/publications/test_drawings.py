"""Drawings: same bytes, sound documents, no number and no length that was not given, colours that anyone can read."""

import re
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

import alliage_content
import alliage_web
from alliage.publications.drawings import Drawing, Group, Reference, Row, Tick, Tile, draw, draw_tiles
from alliage.publications.drawings.lettering import balanced, width, wrap
from alliage.publications.drawings.palette import (
    DARK,
    LIGHT,
    TINT_OF_REGION,
    TINTS_DARK,
    TINTS_LIGHT,
    custom_properties,
)
from alliage.text import LANGUAGES, Text, percent, same

SVG = "{http://www.w3.org/2000/svg}"
PROTECTED = Text(fr="Non diffusé", en="Not released")


def mayors(label: str, value: float, **more) -> Row:
    return replace(
        Row(
            label=same(label),
            audience="maires",
            display=percent(value),
            value=value,
            low95=value - 6,
            high95=value + 6,
            low50=value - 2,
            high50=value + 2,
            interval=Text(fr="entre {a} et {b}", en="between {a} and {b}").filled(
                a=percent(value - 6), b=percent(value + 6)
            ),
        ),
        **more,
    )


REGIONS = Drawing(
    kind="domains",
    rows=(
        mayors("Bretagne", 63),
        mayors("Provence-Alpes-Côte d’Azur", 47, state="uncertain"),
        Row(label=same("Corse"), audience="maires", state="protected", display=PROTECTED),
        Row(label=same("Normandie"), state="no_data", display=Text(fr="Pas de donnée", en="No data")),
        Row(label=same("Occitanie"), state="not_asked", display=Text(fr="Sans objet", en="Not applicable")),
        Row(label=same("Grand Est"), state="banded", band_low=35, band_high=65, display=same("35-65")),
    ),
    scale_low=0,
    scale_high=100,
    ticks=tuple(Tick(value, percent(value)) for value in (0, 50, 100)),
    title=Text(fr="Les maires & l’innovation", en="Mayors & innovation"),
    description=Text(fr="Une phrase.", en="A sentence."),
    source=Text(fr="Source : Alliage.", en="Source: Alliage."),
    unit=Text(fr="en % des réponses", en="% of answers"),
    reference=Reference(58, Text(fr="France : 58", en="France: 58")),
    groups=(Group(Text(fr="Ouest", en="West"), 0), Group(Text(fr="Sud", en="South"), 1)),
    stamp=Text(fr="Données synthétiques", en="Synthetic data"),
)
WAVES = replace(
    REGIONS,
    kind="audiences",
    groups=(),
    rows=(
        mayors("Maires", 71, wave="phare", detail=same("2015-2016")),
        mayors("Maires", 78, wave="impact", detail=same("2019-2021"), reference=Reference(74, same("France : 74"))),
    ),
)
GAPS = replace(
    REGIONS,
    kind="gaps",
    scale_low=-20,
    scale_high=20,
    ticks=(Tick(-20, same("−20")), Tick(0, same("0")), Tick(20, same("+20"))),
    reference=None,
    groups=(),
    rows=(
        Row(label=same("A et B"), display=same("+9"), value=9, low95=4, high95=14, verdict="higher"),
        Row(label=same("A et C"), display=same("−8"), value=-8, low95=-13, high95=-3, verdict="lower"),
        Row(label=same("B et C"), display=same("+1"), value=1, low95=-4, high95=6, verdict="undecided"),
        Row(label=same("B et D"), display=PROTECTED, state="protected", verdict="hidden"),
    ),
)
EVERY_WAY = [
    (drawing, language, layout, alone)
    for drawing in (REGIONS, WAVES, GAPS)
    for language in LANGUAGES
    for layout in ("wide", "narrow")
    for alone in (False, True)
]
every_way = pytest.mark.parametrize(("drawing", "language", "layout", "alone"), EVERY_WAY)


def texts(svg: str) -> list[str]:
    """Every visible piece of text, whole."""
    return ["".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def numbers(words: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,]\d+)?", words))


def ids(svg: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', svg)


@every_way
def test_the_same_figure_gives_the_same_bytes(drawing, language, layout, alone):
    assert draw(drawing, language, layout=layout, alone=alone) == draw(drawing, language, layout=layout, alone=alone)


@every_way
def test_a_drawing_is_an_image_with_a_name_and_a_description(drawing, language, layout, alone):
    root = ElementTree.fromstring(draw(drawing, language, layout=layout, prefix="a", alone=alone))

    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "a-title a-desc"
    assert root.find(f"{SVG}title[@id='a-title']").text == drawing.title[language]
    assert root.find(f"{SVG}desc[@id='a-desc']").text == drawing.description[language]
    assert {"width", "height"} & set(root.keys()) == set()


@every_way
def test_a_drawing_passes_a_strict_page_without_style_nor_script(drawing, language, layout, alone):
    root = ElementTree.fromstring(draw(drawing, language, layout=layout, alone=alone))

    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    attributes = {name for element in root.iter() for name in element.keys()}  # noqa: SIM118
    assert tags & {"style", "script", "foreignObject", "image"} == set()
    assert {name for name in attributes if name == "style" or name.startswith("on")} == set()


@every_way
def test_every_number_in_a_drawing_was_given_to_it(drawing, language, layout, alone):
    given = [drawing.title, drawing.source, drawing.unit, drawing.stamp, *(tick.label for tick in drawing.ticks)]
    given += [drawing.reference.label] if drawing.reference else []
    for row in drawing.rows:
        given += [row.label, row.display, row.interval, row.detail, row.reference and row.reference.label]
    allowed = set().union(*(numbers(text[language]) for text in given if text))

    shown = set().union(*(numbers(text) for text in texts(draw(drawing, language, layout=layout, alone=alone))))

    assert shown - allowed == set()
    assert shown >= set().union(*(numbers(row.display[language]) for row in drawing.rows))


@every_way
def test_no_word_is_smaller_than_eleven_pixels_where_it_is_shown(drawing, language, layout, alone):
    svg = draw(drawing, language, layout=layout, alone=alone)
    drawn = float(re.search(r'viewBox="0 0 (\S+)', svg)[1])
    # The narrowest column of each layout: 40 rem for the wide one, a phone of 360 px less its margins for the other.
    shrunk = min(1, (640 if layout == "wide" else 328) / drawn) if not alone else 1

    assert min(float(size) for size in re.findall(r'font-size="([^"]+)"', svg)) * shrunk >= 11


@every_way
def test_words_stay_inside_the_sheet(drawing, language, layout, alone):
    root = ElementTree.fromstring(draw(drawing, language, layout=layout, alone=alone))
    right_edge = float(root.get("viewBox").split()[2])

    for text in root.iter(f"{SVG}text"):
        lines = [(span.get("x"), span.text) for span in text.iter(f"{SVG}tspan")] or [(text.get("x"), text.text)]
        for x, words in lines:
            share = {"end": 1.0, "middle": 0.5}.get(text.get("text-anchor"), 0.0)
            room = width(words.rstrip(), float(text.get("font-size")), bold=text.get("font-weight") == "600")
            left = float(x) - share * room
            assert left >= -0.1, words
            assert left + room <= right_edge + 0.1, words


@pytest.mark.parametrize("state", ["protected", "no_data", "not_asked"])
def test_an_absent_row_refuses_to_carry_a_number(state):
    with pytest.raises(ValueError, match="must carry no number"):
        mayors("Corse", 41, state=state)


@pytest.mark.parametrize("layout", ["wide", "narrow"])
def test_a_protected_row_is_the_whole_width_of_the_axis_hatched(layout):
    root = ElementTree.fromstring(draw(REGIONS, "fr", layout=layout, prefix="a"))

    [hatched] = root.findall(f".//{SVG}rect[@class='d-protected']")
    [without_data] = root.findall(f".//{SVG}rect[@class='d-no-data']")

    assert hatched.get("fill") == "url(#a-hatch)"
    assert (hatched.get("x"), hatched.get("width")) == (without_data.get("x"), without_data.get("width"))


def test_two_figures_of_one_page_share_no_id():
    together = [
        *ids(draw(REGIONS, "fr", prefix="a")),
        *ids(draw(REGIONS, "fr", prefix="b")),
        *ids(draw(REGIONS, "fr", prefix="c", layout="narrow")),
    ]

    assert len(together) == len(set(together)) == 9


def test_a_figure_without_margin_has_neither_bars_nor_key():
    bare = replace(mayors("Bretagne", 63), low95=None, high95=None, low50=None, high50=None, interval=None)
    svg = draw(replace(REGIONS, rows=(bare,), groups=()), "fr")

    assert 'class="d-bar"' not in svg
    assert 'class="d-thick"' not in svg
    assert not [text for text in texts(svg) if "enquête" in text]


def test_the_earlier_wave_is_hollow_and_the_later_one_full_in_the_same_shape_and_colour():
    root = ElementTree.fromstring(draw(WAVES, "fr"))

    earlier, later = root.findall(f"{SVG}g[@class='d-mark of-maires is-earlier']") + root.findall(
        f"{SVG}g[@class='d-mark of-maires']"
    )

    hollow, full = earlier[-1], later[-1]
    assert (hollow.tag, hollow.get("class"), hollow.get("stroke")) == (f"{SVG}rect", "d-hollow", "#64164c")
    assert (full.tag, full.get("class"), full.get("fill")) == (f"{SVG}rect", "d-point", "#64164c")


def test_each_verdict_is_a_word_and_a_shape():
    shown = texts(draw(GAPS, "fr"))

    assert [text for text in shown if text in {"plus élevé", "plus bas", "on ne peut pas trancher"}] == [
        "plus élevé",
        "plus bas",
        "on ne peut pas trancher",
    ]
    assert draw(GAPS, "fr").count('class="d-verdict"') == 6


def test_the_stamp_is_on_every_copy():
    for drawing, language, layout, alone in EVERY_WAY:
        assert drawing.stamp[language] in texts(draw(drawing, language, layout=layout, alone=alone))


def test_a_figure_of_eighteen_regions_weighs_less_than_twenty_kilobytes():
    rows = tuple(mayors(f"Région {rank}", 50) for rank in range(18))

    assert len(draw(replace(REGIONS, rows=rows), "fr")) < 20_000


# Lettering


def test_a_long_name_breaks_at_spaces_and_hyphens_and_loses_nothing():
    words = "Provence-Alpes-Côte d’Azur et développement économique du territoire"

    lines = wrap(words, 14, 120)

    assert "".join(lines) == words
    assert max(width(line.rstrip(), 14) for line in lines) <= 120
    assert len(lines) > 3


def test_a_number_never_leaves_its_unit():
    assert wrap("entre 82\u202f% et 91\u202f%", 12, 60) == ("entre ", "82\u202f% et ", "91\u202f%")


def test_balanced_lines_leave_no_orphan():
    words = "Si l’on refaisait l’enquête, le trait contiendrait la vraie valeur dix-neuf fois sur vingt."

    first, second = balanced(words, 12, 440)

    assert width(second, 12) > 0.7 * width(first, 12)


# Colours


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    shares = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def seen_by(matrix: list[list[float]], colour: str) -> str:
    shares = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    mixed = [min(max(sum(m * c for m, c in zip(row, linear, strict=True)), 0), 1) for row in matrix]
    back = [c * 12.92 if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in mixed]
    return "#" + "".join(f"{round(255 * c):02x}" for c in back)


def lab(colour: str) -> tuple[float, float, float]:
    shares = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    r, g, b = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    x, y, z = (c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


# Machado, Oliveira and Fernandes (2009), severity 1.
SIGHTS = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_words_and_marks_are_legible_on_their_ground(palette):
    paper = palette.ground.paper
    hues = {**palette.audiences, "neutral": palette.neutral, "reference": palette.reference}

    assert {name: hue.words for name, hue in hues.items() if contrast(hue.words, paper) < 4.5} == {}
    assert {name: hue.mark for name, hue in hues.items() if contrast(hue.mark, paper) < 3} == {}
    assert min(contrast(palette.ground.ink, paper), contrast(palette.ground.quiet, paper)) >= 4.5
    assert contrast(palette.ground.rule, paper) >= 3


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_four_audiences_remain_four_in_grey(palette):
    greys = sorted(luminance(hue.mark) for hue in palette.audiences.values())

    assert min((b + 0.05) / (a + 0.05) for a, b in pairwise(greys)) >= 1.2


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_four_audiences_remain_four_to_colour_blind_eyes(palette, sight):
    seen = {name: lab(seen_by(SIGHTS[sight], hue.mark)) for name, hue in palette.audiences.items()}

    distances = {
        pair: sum((a - b) ** 2 for a, b in zip(seen[pair[0]], seen[pair[1]], strict=True)) ** 0.5
        for pair in combinations(seen, 2)
    }

    assert {pair: round(distance) for pair, distance in distances.items() if distance < 15} == {}


def test_the_stylesheet_declares_the_palette_by_day_and_by_night():
    sheet = (Path(alliage_web.__file__).parent / "ui/static/alliage/figures.css").read_text(encoding="utf-8")

    by_day, by_night = [dict(re.findall(r"(--[\w-]+): (#\w+);", block)) for block in sheet.split("prefers-color")]

    assert by_day == custom_properties(LIGHT, TINTS_LIGHT)
    assert by_night == custom_properties(DARK, TINTS_DARK)


# The map of tiles

TERRITORIES = Path(alliage_content.__path__[0]) / "territories"


@pytest.fixture(scope="module")
def departements() -> list[Tile]:
    regions = yaml.safe_load((TERRITORIES / "regions.yaml").read_text(encoding="utf-8"))["regions"]
    names = {region["code"]: Text(**region["name"]) for region in regions}
    listed = yaml.safe_load((TERRITORIES / "departements.yaml").read_text(encoding="utf-8"))["departements"]
    return [Tile(d["code"], Text(**d["name"]), d["region"], names[d["region"]], d["column"], d["row"]) for d in listed]


def test_every_department_is_a_named_link(departements):
    root = ElementTree.fromstring(draw_tiles(departements, "fr", link=lambda tile: f"/d/{tile.code}"))

    links = {link.get("href"): link for link in root.iter(f"{SVG}a")}
    assert len(links) == 101
    assert links["/d/29"].get("aria-label") == links["/d/29"].find(f"{SVG}title").text == "Finistère (29), Bretagne"
    assert root.get("role") == "group"


def test_without_links_the_map_is_an_image(departements):
    root = ElementTree.fromstring(draw_tiles(departements, "en"))

    assert root.get("role") == "img"
    assert list(root.iter(f"{SVG}a")) == []


def test_the_departments_of_a_region_stand_in_one_named_group(departements):
    root = ElementTree.fromstring(draw_tiles(departements, "fr", link=lambda tile: tile.code, current="53"))

    groups = root.findall(f"{SVG}g")
    [current] = [group for group in groups if "is-current" in group.get("class").split()]
    assert len(groups) == 18
    assert current.get("aria-label") == "Bretagne"
    assert [link.get("href") for link in current] == ["22", "29", "35", "56"]


def test_no_two_tiles_share_a_place_and_neighbouring_regions_never_share_a_tint(departements):
    at = {(tile.column, tile.row): tile for tile in departements}
    around = [(1, 0), (0, 1), (1, 1), (1, -1)]

    alike = {
        (tile.code, other.code)
        for (column, row), tile in at.items()
        for across, down in around
        if (other := at.get((column + across, row + down))) is not None
        and other.region != tile.region
        and TINT_OF_REGION[other.region] == TINT_OF_REGION[tile.region]
    }

    assert len(at) == 101
    assert alike == set()


@pytest.mark.parametrize(("palette", "tints"), [(LIGHT, TINTS_LIGHT), (DARK, TINTS_DARK)], ids=["light", "dark"])
def test_codes_are_legible_on_every_tint(palette, tints):
    assert min(contrast(palette.ground.ink, tint.soft) for tint in tints) >= 4.5
    assert min(contrast(palette.ground.paper, tint.deep) for tint in tints) >= 4.5


def test_the_classes_of_drawings_are_their_own_in_a_page():
    """A page also has labels, marks and quiet words: its rules must not reach inside a drawing."""
    drawings = [draw(drawing, "fr", layout=layout) for drawing, _, layout, _ in EVERY_WAY]
    classes = {name for svg in drawings for names in re.findall(r'class="([^"]+)"', svg) for name in names.split()}

    assert {name for name in classes if not name.startswith(("d-", "of-", "drawing"))} == {"is-earlier"}
