"""What the shipped content promises: frameworks, territories and sources that load, agree and say something."""

import csv
import os
from collections import Counter
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

import alliage_content
from alliage.catalogue import read_declaration, read_declarations
from alliage.frameworks import ActorProfile, AudienceFacts, Era, Fragility, Impact, Phase, Programme
from alliage.sources.declarations import Conflict, PublishedFigure, RegisteredStudy, Source
from alliage.territories import Departement, Regions
from alliage.text import Text

CONTENT = Path(alliage_content.__file__).parent

LISTS = {
    ("programmes/programmes.yaml", "programmes"): (Programme, 4),
    ("programmes/programmes.yaml", "eras"): (Era, 3),
    ("programmes/programmes.yaml", "phases"): (Phase, 3),
    ("audiences/audiences.yaml", "audiences"): (AudienceFacts, 4),
    ("audiences/audiences.yaml", "profiles"): (ActorProfile, 10),
    ("frameworks/impacts.yaml", "impacts"): (Impact, 3),
    ("frameworks/fragilities.yaml", "fragilities"): (Fragility, 16),
    ("territories/departements.yaml", "departements"): (Departement, 101),
    ("sources/sources.yaml", "sources"): (Source, 102),
    ("sources/studies.yaml", "studies"): (RegisteredStudy, 23),
    ("sources/figures.yaml", "figures"): (PublishedFigure, 170),
    ("sources/conflicts.yaml", "conflicts"): (Conflict, 18),
}


def read(file: str, key: str):
    kind, _ = LISTS[file, key]
    return read_declarations(CONTENT / file, kind, key=key)


def regions() -> Regions:
    return read_declaration(CONTENT / "territories/regions.yaml", Regions)


def everything():
    return [regions(), *(item for file, key in LISTS for item in read(file, key))]


def ids(items) -> list[str]:
    return [item.id for item in items]


def found_in(value, wanted):
    """Every `wanted` (a type) inside frozen declarations, at any depth."""
    if isinstance(value, wanted):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from found_in(item, wanted)
    elif is_dataclass(value):
        for part in fields(value):
            yield from found_in(getattr(value, part.name), wanted)


def sources_of(value):
    """The source ids quoted anywhere inside a declaration."""
    if isinstance(value, tuple):
        for item in value:
            yield from sources_of(item)
    elif is_dataclass(value) and not isinstance(value, Text):
        for part in fields(value):
            inside = getattr(value, part.name)
            yield from inside if part.name == "sources" else sources_of(inside)


@pytest.mark.parametrize(("file", "key"), LISTS)
def test_each_list_loads_whole_and_no_code_or_id_is_taken_twice(file, key):
    items = read(file, key)
    names = [item.code if isinstance(item, Departement) else item.id for item in items]

    assert len(items) == LISTS[file, key][1]
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_there_are_18_regions_of_which_13_metropolitan_and_each_is_counted():
    found = regions().regions

    assert len({region.code for region in found}) == 18
    assert sum(region.metropolitan for region in found) == 13
    assert sum(region.population for region in found) == 68_350_798


@pytest.mark.data
def test_codes_names_and_regions_are_those_of_the_official_geographic_code():
    folder = os.environ.get("ALLIAGE_DATA")
    if not folder:
        pytest.skip("ALLIAGE_DATA does not name the data folder")
    with open(Path(folder) / "cog/regions-2026.csv", encoding="utf-8") as file:
        official_regions = {row["REG"]: row["LIBELLE"] for row in csv.DictReader(file)}
    with open(Path(folder) / "cog/departements-2026.csv", encoding="utf-8") as file:
        official_departements = {row["DEP"]: (row["LIBELLE"], row["REG"]) for row in csv.DictReader(file)}

    departements = read("territories/departements.yaml", "departements")

    assert {region.code: region.name.fr for region in regions().regions} == official_regions
    assert {d.code: (d.name.fr, d.region) for d in departements} == official_departements


def test_every_department_is_in_a_region_that_exists_and_every_region_has_one():
    departements = read("territories/departements.yaml", "departements")

    assert {departement.region for departement in departements} == {region.code for region in regions().regions}


def test_no_two_departments_share_a_square_of_the_tile_map():
    squares = [(d.column, d.row) for d in read("territories/departements.yaml", "departements")]

    assert len(set(squares)) == 101
    assert {"columns": max(c for c, _ in squares), "rows": max(r for _, r in squares)} == {"columns": 12, "rows": 14}
    assert min(min(square) for square in squares) == 1


def test_the_metropolitan_departments_of_a_region_touch_each_other_on_the_tile_map():
    metropolitan = {region.code for region in regions().regions if region.metropolitan}
    squares: dict[str, set[tuple[int, int]]] = {}
    for d in read("territories/departements.yaml", "departements"):
        squares.setdefault(d.region, set()).add((d.column, d.row))

    broken = {code for code in metropolitan if not in_one_piece(squares[code])}

    assert broken == set()


def in_one_piece(squares: set[tuple[int, int]]) -> bool:
    reached = {next(iter(sorted(squares)))}
    while near := {s for s in squares - reached for r in reached if max(abs(s[0] - r[0]), abs(s[1] - r[1])) == 1}:
        reached |= near
    return reached == squares


def test_every_source_that_is_quoted_exists():
    known = set(ids(read("sources/sources.yaml", "sources")))

    assert {source for item in everything() for source in sources_of(item)} - known == set()


def test_figures_conflicts_and_studies_refer_to_things_that_exist():
    studies, figures = read("sources/studies.yaml", "studies"), read("sources/figures.yaml", "figures")
    audiences = set(ids(read("audiences/audiences.yaml", "audiences")))
    fragilities = set(ids(read("frameworks/fragilities.yaml", "fragilities")))

    indicators = {file.stem for file in (CONTENT / "indicators").glob("*.yaml")}

    assert {f.indicator for f in figures} - {*indicators, None} == set()
    assert {f.study for f in figures} - {*ids(studies), None} == set()
    assert {f.audience for f in figures} - {*audiences, None} == set()
    assert {f.item for f in figures} - {*fragilities, None} == set()
    assert {s.programme for s in studies} - {*ids(read("programmes/programmes.yaml", "programmes")), None} == set()
    quoted = {id_ for conflict in read("sources/conflicts.yaml", "conflicts") for id_ in conflict.figures}
    assert quoted - set(ids(figures)) == set()


def test_the_targets_of_the_demo_are_exactly_the_figures_told_without_conflict():
    figures = read("sources/figures.yaml", "figures")

    targets = {(f.indicator, f.item, f.audience, f.wave): f.value for f in figures if f.target}

    assert targets == {
        ("innovation", None, "citoyens", "phare"): 69,
        ("innovation", None, "entreprises", "phare"): 81,
        ("innovation", None, "associations", "phare"): 86,
        ("innovation", None, "maires", "phare"): 87,
        ("innovation", None, "citoyens", "impact"): 74,
        ("innovation", None, "entreprises", "impact"): 83,
        ("innovation", None, "associations", "impact"): 97,
        ("co_construction_pas_du_tout", None, "maires", "phare"): 24,
        ("co_construction_emerge", None, "maires", "phare"): 46,
        ("co_construction_oui", None, "maires", "phare"): 76,
        ("fragilites_percues", "f01", "citoyens", "phare"): 7.1,
        ("fragilites_percues", "f02", "citoyens", "phare"): 6.6,
        ("fragilites_percues", "f03", "citoyens", "phare"): 6.5,
        ("fragilites_percues", "f05", "citoyens", "phare"): 6.3,
        ("fragilites_percues", "f07", "citoyens", "phare"): 6.3,
        ("fragilites_percues", "f01", "citoyens", "impact"): 6.4,
        ("fragilites_percues", "f02", "citoyens", "impact"): 6.3,
        ("fragilites_percues", "f04", "citoyens", "impact"): 6.0,
        ("fragilites_percues", "f03", "citoyens", "impact"): 5.9,
        ("fragilites_percues", "f05", "citoyens", "impact"): 5.9,
        ("fragilites_percues", "f09", "citoyens", "impact"): 5.9,
        ("fragilites_percues", "f06", "citoyens", "impact"): 5.9,
    }
    assert {f.mark for f in figures if f.target} == {"sourced"}
    assert all(f.territory is None for f in figures if f.target)


def test_each_audience_has_its_own_sign_and_the_rule_that_protects_it():
    audiences = read("audiences/audiences.yaml", "audiences")

    assert {a.id: a.rule for a in audiences} == {
        "citoyens": "T1",
        "maires": "T2",
        "entreprises": "T3",
        "associations": "T3",
    }
    assert {a.shape for a in audiences} == {"circle", "square", "triangle", "diamond"}
    assert [a.order for a in audiences] == [1, 2, 3, 4]
    assert len({a.colour for a in audiences}) == 4


def test_no_text_is_empty_nor_left_to_be_written():
    placeholders = {"", "todo", "tbd", "xxx", "à écrire", "to write", "…", "...", "?", "-"}

    unwritten = [
        text
        for text in found_in(tuple(everything()), Text)
        if {text.fr.strip().lower(), text.en.strip().lower()} & placeholders
    ]

    assert unwritten == []


def test_french_texts_hold_their_signs_with_a_space_that_does_not_break():
    loose = [
        text.fr
        for text in found_in(tuple(everything()), Text)
        if any(s in text.fr for s in (" ;", " :", " %", " ?", "« "))
    ]

    assert loose == []
