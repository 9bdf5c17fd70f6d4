"""The demo never passes for a real observatory: stamped everywhere, assumptions marked, the same bytes each time."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from alliage.catalogue import read_document
from alliage.contents import Content, open_content
from alliage.publications import open_release
from alliage.text import Text
from alliage.weights.margins import read_margin
from alliage_demo.assumptions import read_assumptions
from alliage_demo.studies import TEMPLATES

AUDIENCES = ("citoyens", "maires", "entreprises", "associations")
STAMP = Text(
    fr="Données synthétiques, calées sur des chiffres publiés. Personne n'a été interrogé.",
    en="Synthetic data, calibrated on published figures. Nobody was interviewed.",
)
COMMAND = "from alliage.cli import main; main()"
# How sure we are of each margin the made-up population is built on.
MARGINS = {
    "citoyens_region": "sourced",
    "citoyens_sexe_age": "proposed",
    "maires_region_taille": "sourced",
    "entreprises_region": "proposed",
    "entreprises_taille": "proposed",
    "associations_region": "proposed",
    "associations_employeuse": "inferred",
}


@pytest.fixture(scope="module")
def content() -> Content:
    return open_content()


def test_every_study_says_it_is_made_up():
    studies = sorted(TEMPLATES.glob("studies/*/study.yaml"))

    assert len(studies) == 8
    assert {read_document(path).data["synthetic"]["fr"] for path in studies} == {STAMP.fr}
    assert {read_document(path).data["synthetic"]["en"] for path in studies} == {STAMP.en}


def test_every_assumption_is_marked_as_ours():
    assert {audience: read_assumptions(audience).origin.mark for audience in AUDIENCES} == dict.fromkeys(
        AUDIENCES, "proposed"
    )


def test_a_population_margin_that_no_open_file_gives_is_marked(content: Content):
    used = [id for audience in AUDIENCES for id in read_assumptions(audience).population.values()]
    margins = [read_margin(content.populations / f"{id}.yaml") for id in used]

    assert {margin.id: margin.origin and margin.origin.mark for margin in margins} == MARGINS


def test_every_file_of_the_release_is_stamped(demo_release: Path):
    release = open_release(demo_release)

    stamp = STAMP.to_dict()
    assert release.manifest["synthetic"] == stamp
    assert [id for id in release.indicators if stamp not in release.read(f"tables/{id}.json")["notices"]] == []
    assert [id for id in release.figures if stamp not in release.read(f"figures/{id}.json")["notes"]] == []


def test_every_csv_file_is_stamped_on_every_row(demo_release: Path):
    csv_files = [path for folder in ("tables", "gaps", "figures") for path in (demo_release / folder).glob("*.csv")]

    assert len(csv_files) > 100
    assert [path.name for path in csv_files if not _stamped(path)] == []


def test_every_drawing_is_stamped_in_its_language(demo_release: Path):
    drawings = {path: "en" if ".en." in path.name else "fr" for path in demo_release.rglob("*.svg")}

    assert len(drawings) > 100
    # The map shows where departments are, and no figure: there is nothing in it to mistake for a result.
    silent = {path.name for path, language in drawings.items() if not _says(path, STAMP[language])}
    assert silent == {"map.fr.svg", "map.en.svg"}


def test_the_same_code_publishes_the_same_bytes(demo_folder: Path, tmp_path: Path):
    """Two processes whose dictionaries and sets are shuffled differently, as on two machines."""
    observatory = _small(demo_folder, tmp_path)

    first, second = (_published(observatory, tmp_path / seed, hash_seed=seed) for seed in ("1", "2"))

    assert first.keys() == second.keys()
    assert [path for path in first if first[path] != second[path]] == []


def _stamped(path: Path) -> bool:
    rows = path.read_text(encoding="utf-8").splitlines()
    return all(row.count(STAMP.fr) == 1 and row.count(STAMP.en) == 1 for row in rows[1:])


def _says(drawing: Path, words: str) -> bool:
    """A long line is drawn in several pieces: what is read is the words without the tags between them."""
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", drawing.read_text(encoding="utf-8")))
    return words in html.unescape(said)


def _small(demo_folder: Path, tmp_path: Path) -> Path:
    """The two waves of the associations alone, two tables: quick to publish, with answers, weights, gaps, drawings."""
    whole = read_document(demo_folder / "observatory" / "observatory.yaml").data
    studies = [str(demo_folder / "observatory" / path) for path in whole["studies"] if "associations" in path]
    plan = [{"indicator": "innovation", "by": ["region", "employeuse"]}, {"indicator": "priorites"}]
    assert len(studies) == 2
    path = tmp_path / "observatory.yaml"
    # JSON is YAML.
    path.write_text(json.dumps({**whole, "studies": studies, "plan": plan}, ensure_ascii=False), encoding="utf-8")
    return path


def _published(observatory: Path, to: Path, *, hash_seed: str) -> dict[str, bytes]:
    said = subprocess.run(
        [sys.executable, "-c", COMMAND, "publish", observatory, "--to", to, "--date", "2026-11-23"],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
    )
    assert said.returncode == 0, said.stderr
    return {path.relative_to(to).as_posix(): path.read_bytes() for path in to.rglob("*") if path.is_file()}
