"""Territories are published under the name of their code: what would borrow another's name is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from alliage.contents import open_content
from alliage.problems import Problem, Problems
from alliage.studies import StudyFolder, read_observatory, read_study
from small_study import QUESTIONNAIRE, STUDY, write_study

REGIONS = open_content().regions
ZONING = "zoning: {column: region, level: region, vintage: 2026}\n"
REGION = """
  - id: region
    type: category
    text: {fr: Région, en: Region}
    options:
"""
BRITTANY = '      - {id: "53", label: {fr: Bretagne, en: Brittany}}\n'
PARIS_REGION = '      - {id: "11", label: {fr: Ile de France, en: Paris region}}\n'


def zoned(folder: Path, *options: str, zoning: str = ZONING, question: str = REGION, study: str = STUDY) -> StudyFolder:
    asked = question + "".join(options) if options else ""
    written = write_study(folder, study=study + zoning, questionnaire=QUESTIONNAIRE.rstrip() + asked)
    return read_study(written, questionnaires={}, regions=REGIONS)


def refused(folder: Path, *options: str, **known: str) -> Problem:
    with pytest.raises(Problem) as problem:
        zoned(folder, *options, **known)
    assert problem.value.place is not None
    return problem.value


def test_regions_are_known_by_their_code_and_their_name_whatever_its_accents(tmp_path: Path):
    read = zoned(tmp_path, BRITTANY, PARIS_REGION)

    assert [option.id for option in read.questionnaire.question("region").options] == ["53", "11"]


def test_a_department_is_not_published_under_the_name_of_the_region_that_has_its_code(tmp_path: Path):
    problem = refused(tmp_path, '      - {id: "75", label: {fr: Paris, en: Paris}}\n', BRITTANY)

    assert problem.code == "study.territory_name"
    assert problem.text.en == (
        "the answer “Paris” has the code 75, which is that of the region “Nouvelle-Aquitaine”: its answers would be "
        "published under that name. Correct the code; if it is this region, write its name in full."
    )


def test_an_answer_that_is_no_region_is_named_with_the_nearest_code(tmp_path: Path):
    problem = refused(tmp_path, "      - {id: etranger, label: {fr: À l'étranger, en: Abroad}}\n", BRITTANY)

    assert problem.code == "study.unknown_territory"
    assert "“region” holds the zoning, and its answer “etranger” (Abroad) is not the code of a region." in (
        problem.text.en
    )
    assert problem.text.en.endswith("93 Provence-Alpes-Côte d'Azur, 94 Corsica.")

    lost_zero = refused(tmp_path, '      - {id: "2", label: {fr: Martinique, en: Martinique}}\n')
    assert "(did you mean “02”?)" in lost_zero.text.en


@pytest.mark.parametrize("level", ["departement", "large_region"])
def test_a_level_that_is_not_published_yet_is_refused(tmp_path: Path, level: str):
    problem = refused(tmp_path, BRITTANY, zoning=ZONING.replace("level: region", f"level: {level}"))

    assert problem.code == "study.zoning_level"
    assert problem.values == {"level": level, "known": "region"}


def test_a_map_older_than_the_eighteen_regions_is_refused(tmp_path: Path):
    problem = refused(tmp_path, BRITTANY, zoning=ZONING.replace("2026", "2015"))

    assert problem.code == "study.zoning_vintage"
    assert zoned(tmp_path, BRITTANY, zoning=ZONING.replace("2026", "2016")).study.zoning.vintage == 2016


def test_the_zoning_is_a_one_answer_question_and_not_a_mere_column(tmp_path: Path):
    plain = STUDY.replace("columns:\n", "columns:\n  - {source: REG, id: region}\n")

    problem = refused(tmp_path, study=plain)

    assert problem.code == "study.zoning_column"


def test_a_column_that_is_a_zoning_here_and_not_there_is_refused(tmp_path: Path):
    observatory = """
id: petit
label: {fr: Petit observatoire, en: Small observatory}
waves:
  - {id: "2026", label: {fr: a, en: a}, short: {fr: a, en: a}, start: 2026, end: 2026}
  - {id: "2027", label: {fr: b, en: b}, short: {fr: b, en: b}, start: 2027, end: 2027}
linked: independent
studies: [a, b]
plan: []
licence: {fr: libre, en: free}
"""
    zoned(tmp_path / "a", BRITTANY)
    other = STUDY.replace('wave: "2026"', 'wave: "2027"').replace("id: petite\n", "id: autre\n")
    zoned(tmp_path / "b", BRITTANY, study=other, zoning="")
    (tmp_path / "observatory.yaml").write_text(observatory, encoding="utf-8")

    with pytest.raises((Problem, Problems)) as problem:
        read_observatory(tmp_path, questionnaires={}, regions=REGIONS)

    assert isinstance(problem.value, Problem)
    assert problem.value.code == "study.zoning_elsewhere"
