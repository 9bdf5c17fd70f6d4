"""Whoever opens a release reads what was published, quickly, and cannot change it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import alliage
from alliage.problems import Problem
from alliage.publications import open_release
from alliage.publications.freeze import freeze
from alliage.text import Text

from .situations import INPUTS


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("published") / "release"
    freeze(INPUTS, folder)
    return folder


@pytest.fixture(scope="module")
def release(folder):
    return open_release(folder)


def test_one_line_gives_a_figure(release):
    cell = release.cell("innovation.maires.impact.ensemble")
    assert (cell.value, cell.low95, cell.high95, cell.display) == (92, 88, 95, Text(fr="92\u202f%", en="92%"))


def test_cells_are_asked_for_by_their_parts(release):
    assert [cell.id for cell in release.cells("innovation", audience="citoyens", wave="impact", by="region")] == [
        "innovation.citoyens.impact.region-53",
        "innovation.citoyens.impact.region-94",
    ]
    assert [cell.value for cell in release.cells("fragilites_percues", item="f01")] == [7.1]
    assert len(release.cells("innovation")) == 9


def test_gaps_are_asked_for_by_wave_and_kind(release):
    assert [gap.id for gap in release.gaps("innovation", "impact", kind="audiences")] == [
        "innovation.impact.citoyens-maires",
        "innovation.impact.maires-entreprises",
    ]
    assert release.gap("innovation.maires.impact-phare").verdict == "undecided"
    assert release.gaps("fragilites_percues") == ()


def test_every_figure_has_its_table_and_its_files(release):
    for name in release.figures:
        figure = release.figure(name)
        assert {len(row) for row in figure.table.rows} == {len(figure.table.columns)}
        paths = [figure.files["csv"], figure.files["json"]]
        paths += [path for kind in ("svg", "wide", "narrow") for path in figure.files[kind].values()]
        assert [path for path in paths if not release.path(path).is_file()] == []


def test_the_figures_of_a_small_observatory(release):
    assert release.figures == (
        "innovation.audiences",
        "innovation.impact.gaps",
        "innovation.citoyens.impact.region",
        "innovation.maires.impact.region",
        "innovation.zone.region-53",
        "innovation.zone.region-94",
        "fragilites_percues.f01.audiences",
        "fragilites_percues.f02.audiences",
        "fragilites_percues.f03.audiences",
        "fragilites_percues.items.citoyens.impact.ensemble",
    )


def test_the_chain_and_the_content_are_read_as_they_were_written(release):
    chain = release.why("innovation")
    assert chain["formula"]["symbols"] == "100 × Σ w·1[y ∈ {tout_a_fait, plutot}] / Σ w"
    assert [study["questionnaire"]["version"] for study in chain["studies"]] == ["2026-1"] * 5
    assert release.content("register")["figures"][0]["value"] == 81


def test_nothing_handed_out_can_be_changed(release):
    with pytest.raises(TypeError):
        release.manifest["synthetic"] = None
    with pytest.raises(AttributeError):
        release.cell("innovation.maires.impact.ensemble").value = 100


@pytest.mark.parametrize(
    "path", ["../secret", "/etc/passwd", "tables/../../secret", "tables", "", "tables/innovation.xml"]
)
def test_only_signed_files_are_handed_out(release, path):
    with pytest.raises(KeyError):
        release.path(path)


def test_a_signed_name_that_became_a_link_outside_is_not_followed(folder, tmp_path):
    copy = tmp_path / "release"
    shutil.copytree(folder, copy)
    (tmp_path / "secret").write_text("{}")
    (copy / "codebook.csv").unlink()
    (copy / "codebook.csv").symlink_to(tmp_path / "secret")
    with pytest.raises(KeyError):
        open_release(copy).path("codebook.csv")


@pytest.mark.parametrize(
    ("manifest", "code"),
    [
        (None, "release.not_found"),
        ("not json", "release.unreadable"),
        ("[]", "release.unreadable"),
        (json.dumps({"schema": 99}), "release.unknown_schema"),
    ],
)
def test_what_is_not_a_release_we_know_is_refused(tmp_path, manifest, code):
    (tmp_path / "SHA256SUMS").write_text("")
    if manifest is not None:
        (tmp_path / "release.json").write_text(manifest)
    with pytest.raises(Problem) as problem:
        open_release(tmp_path)
    assert problem.value.code == code


def test_opening_a_release_loads_nothing_but_the_standard_library():
    # -I -S: no site-packages at all, then our own folder and nothing else: any other import would fail here.
    home = Path(alliage.__file__).parents[1]
    ask = f"import sys; sys.path.insert(0, {str(home)!r}); import alliage.publications; print(*sorted(sys.modules))"
    found = subprocess.run([sys.executable, "-I", "-S", "-c", ask], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in found.stdout.split()}
    assert loaded - sys.stdlib_module_names - {"__main__"} == {"alliage"}
    rooms = {name for name in found.stdout.split() if name.startswith("alliage.")}
    assert {name.split(".")[1] for name in rooms} == {"problems", "publications", "text"}
