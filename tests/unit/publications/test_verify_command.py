"""`alliage verify` says the id of what is intact, and names the file that is not."""

import os
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from alliage.cli.verify import verify
from alliage.contents import open_content
from alliage.pipeline import publish
from alliage.problems import Problem
from alliage.publications.freeze import freeze

from .situations import INPUTS

DATA = os.environ.get("ALLIAGE_DATA")
STUDY = Path(__file__).parents[3] / "examples" / "histoire_de_vie_2003"


def test_an_intact_release_is_said_so_in_both_languages(tmp_path):
    identity = freeze(INPUTS, tmp_path / "release")
    said = CliRunner().invoke(verify, [str(tmp_path / "release")], catch_exceptions=False)
    assert said.output == f"{identity}\nIntacte, certifiée.\nIntact, certified.\n"


def test_a_tampered_release_stops_with_the_status_of_releases(tmp_path):
    freeze(INPUTS, tmp_path / "release")
    (tmp_path / "release" / "codebook.csv").write_text("")
    found = CliRunner().invoke(verify, [str(tmp_path / "release")]).exception
    assert isinstance(found, Problem)
    assert (found.code, found.exit_status) == ("release.changed_file", 10)
    assert found.place.file.name == "codebook.csv"


@pytest.mark.data
@pytest.mark.skipif(DATA is None, reason="ALLIAGE_DATA is not set: the survey's answers are not here")
def test_a_real_study_is_recomputed_byte_for_byte_and_another_version_is_told_apart(tmp_path):
    def published(code_version):
        return publish(
            STUDY, tmp_path / code_version, content=open_content(), data_folder=Path(DATA),
            released=date(2026, 11, 23), code_version=code_version, lock="0", unaudited=True,
        )  # fmt: skip

    made = published("one")
    said = CliRunner().invoke(verify, [str(made.release), "--from", str(STUDY)], catch_exceptions=False)
    assert said.output.splitlines()[0] == made.id
    assert said.output.splitlines()[2] == "Intact, certified, recomputed byte for byte."
    assert published("two").id != made.id
