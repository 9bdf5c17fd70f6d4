"""What the chain refuses, or says, rather than publish something false: on the study that can be counted by hand."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from alliage.contents import open_content
from alliage.pipeline import PublishedRelease, publish
from alliage.problems import Problem
from alliage.publications import open_release
from alliage.publications.gathering import gather
from two_hundred import QUESTIONNAIRE, rows, write_two_hundred

CONTENT = open_content()
PLACES = {"nord": ("53", "Bretagne"), "sud": ("52", "Pays de la Loire"), "ile": ("94", "Corse")}
ZONING = ("plan:\n", "zoning: {column: lieu, level: region, vintage: 2026}\nplan:\n")
WHOLE = ("plan:\n", "whole: {label: {fr: Ouest, en: West}, inside: {fr: dans l'Ouest, en: in the West}}\nplan:\n")
OBSERVATORY = """
id: deux_vagues
label: {fr: Deux vagues, en: Two waves}
synthetic: {fr: Données inventées., en: Made-up data.}
licence: {fr: libre, en: free}
waves:
  - {id: "2026", label: {fr: "2026", en: "2026"}, short: {fr: "2026", en: "2026"}, start: 2026, end: 2026}
  - {id: "2027", label: {fr: "2027", en: "2027"}, short: {fr: "2027", en: "2027"}, start: 2027, end: 2027}
linked: independent
studies: [premiere, seconde]
plan:
  - {indicator: confiance_partenaires, by: [lieu]}
"""


def published(source: Path, to: Path) -> PublishedRelease:
    return publish(
        source, to, content=CONTENT, data_folder=None, released=date(2026, 2, 1), code_version="test", lock="test"
    )


def sealed(made: PublishedRelease) -> dict[str, dict[str, str]]:
    with (made.sealed / "estimates.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def regional(folder: Path, *changes: tuple[str, str]) -> Path:
    """The same two hundred people, their places being regions."""
    coded = [(id, answer, PLACES[place][0], weight) for id, answer, place, weight in rows()]
    write_two_hundred(folder, *changes, answers=coded)
    questionnaire = QUESTIONNAIRE
    for place, (code, name) in PLACES.items():
        line = next(line for line in QUESTIONNAIRE.splitlines() if f"id: {place}," in line)
        option = f'      - {{id: "{code}", label: {{fr: {name}, en: {CONTENT.regions[code].name.en}}}}}'
        questionnaire = questionnaire.replace(line, option)
    (folder / "questionnaire.yaml").write_text(questionnaire, encoding="utf-8")
    return folder


def two_waves(folder: Path, *, asked: str = "Faites-vous confiance à vos partenaires") -> Path:
    second = ('wave: "2026"', 'wave: "2027"'), ("id: deux_cents\n", "id: deux_cents_2027\n")
    write_two_hundred(folder / "premiere")
    write_two_hundred(folder / "seconde", *second)
    words = QUESTIONNAIRE.replace("Faites-vous confiance à vos partenaires", asked)
    (folder / "seconde" / "questionnaire.yaml").write_text(words, encoding="utf-8")
    (folder / "observatory.yaml").write_text(OBSERVATORY, encoding="utf-8")
    return folder


def test_someone_whose_weight_is_zero_is_counted_nowhere(tmp_path: Path):
    people = [(*person[:3], "0") if person[0] == "p000" else person for person in rows()]

    made = published(write_two_hundred(tmp_path / "study", answers=people), tmp_path / "out")

    assert sealed(made)["confiance_partenaires.adultes.2026.ensemble"]["n"] == "195"


def test_the_frame_of_a_place_is_unknown_until_a_margin_counts_it(tmp_path: Path):
    made = published(write_two_hundred(tmp_path / "study"), tmp_path / "out")

    frames = {row["domain"]: row["frame_size"] for row in sealed(made).values()}
    assert frames == {"ensemble": "1000000", "nord": "", "sud": "", "ile": ""}

    counted = write_two_hundred(
        tmp_path / "counted", ("columns:\n", "weighting: {method: rake, margins: [lieu.yaml]}\ncolumns:\n")
    )
    (counted / "lieu.yaml").write_text(margin(nord=900_000, sud=99_900, ile=100), encoding="utf-8")
    frames = {row["domain"]: row["frame_size"] for row in sealed(published(counted, tmp_path / "again")).values()}
    assert frames == {"ensemble": "1000000", "nord": "900000", "sud": "99900", "ile": "100"}


def margin(**counts: int) -> str:
    lines = "".join(f"  {place}: {count}\n" for place, count in counts.items())
    return f"""id: lieu
label: {{fr: Adultes par lieu, en: Adults by place}}
variables: [lieu]
unit: {{fr: adultes, en: adults}}
date: 2026-01-01
source: {{fr: inventée, en: made up}}
origin: {{mark: sourced}}
categories:
{lines}"""


def test_what_territories_are_parts_of_is_declared_and_never_guessed(tmp_path: Path):
    with pytest.raises(Problem) as problem:
        gather(regional(tmp_path / "unsaid", ZONING), CONTENT, None)
    assert problem.value.code == "study.no_whole"

    made = published(regional(tmp_path / "said", ZONING, WHOLE), tmp_path / "out")

    release = open_release(made.release)
    whole = release.manifest["whole"]
    assert (dict(whole["label"]), dict(whole["inside"])) == (
        {"fr": "Ouest", "en": "West"},
        {"fr": "dans l'Ouest", "en": "in the West"},
    )
    (breakdown,) = release.manifest["breakdowns"]
    assert breakdown["is_territory"]
    assert [domain["label"]["fr"] for domain in breakdown["domains"]] == ["Bretagne", "Pays de la Loire", "Corse"]


def test_without_territories_the_whole_is_everyone(tmp_path: Path):
    assert gather(write_two_hundred(tmp_path), CONTENT, None).whole.label.en == "Everyone"


def test_more_answers_than_people_are_refused_at_the_size_of_the_frame(tmp_path: Path):
    study = write_two_hundred(tmp_path / "study", ("size: 1000000", "size: 199"))

    with pytest.raises(Problem) as problem:
        published(study, tmp_path / "out")

    assert (problem.value.code, problem.value.values["n"].en) == ("answers.more_than_frame", "200")
    assert published(write_two_hundred(tmp_path / "all", ("size: 1000000", "size: 200")), tmp_path / "out")


def test_more_answers_in_a_place_than_its_margin_counts_are_refused_at_its_line(tmp_path: Path):
    change = ("columns:\n", "weighting: {method: rake, margins: [lieu.yaml]}\ncolumns:\n")
    study = write_two_hundred(tmp_path / "study", change)
    (study / "lieu.yaml").write_text(margin(nord=900_000, sud=99_995, ile=5), encoding="utf-8")

    with pytest.raises(Problem) as problem:
        published(study, tmp_path / "out")

    assert problem.value.said("en") == (
        f"{study / 'lieu.yaml'}, line 11: 6 respondents are in “ile”, where the margin “Adults by place” counts only 5 "
        "adults. Correct this count (in units, not in thousands), or write `use: shares` if only its proportions hold."
    )


def test_a_table_that_no_study_can_fill_is_refused_before_any_answer_is_read(tmp_path: Path):
    study = write_two_hundred(tmp_path, ("plan:\n", "not_collected: [confiance]\nplan:\n"))

    with pytest.raises(Problem) as problem:
        gather(study, CONTENT, None)

    assert problem.value.said("en") == (
        f"{study / 'study.yaml'}, line 23: the plan breaks “confiance_partenaires” down by “lieu”, but no study has "
        "both: the table would not have one cell. Studies that asked the question: –. Studies that have “lieu”: A "
        "study of two hundred people. Remove this breakdown."
    )


def test_two_waves_of_one_question_are_compared(tmp_path: Path):
    release = open_release(published(two_waves(tmp_path / "observatory"), tmp_path / "out").release)

    assert [gap.id for gap in release.gaps("confiance_partenaires")] == ["confiance_partenaires.adultes.2027-2026"]
    assert BREAK not in [note["fr"] for note in release.figure("confiance_partenaires.audiences").notes]


BREAK = "La question posée à ce public (Adultes) a changé entre 2026 et 2027 : pas de comparaison."


def test_two_waves_of_a_question_that_changed_stand_side_by_side_with_a_note_and_no_gap(tmp_path: Path):
    observatory = two_waves(tmp_path / "observatory", asked="Vos partenaires vous inspirent-ils confiance")

    release = open_release(published(observatory, tmp_path / "out").release)

    assert release.gaps("confiance_partenaires") == ()
    assert BREAK in [note["fr"] for note in release.figure("confiance_partenaires.audiences").notes]
