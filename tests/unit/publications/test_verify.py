"""`verify` names the file that changed, and catches a number that the certificate does not allow."""

import json
import shutil

import pytest

from alliage.problems import Problem, Problems
from alliage.publications.files import SUMS, json_bytes, sums_bytes
from alliage.publications.freeze import freeze
from alliage.publications.verify import first_difference, verify

from .situations import INPUTS


@pytest.fixture(scope="module")
def intact(tmp_path_factory):
    folder = tmp_path_factory.mktemp("published") / "release"
    freeze(INPUTS, folder)
    return folder


@pytest.fixture
def folder(intact, tmp_path):
    return shutil.copytree(intact, tmp_path / "release")


def sign_again(folder):
    """What a forger would do: new digests for new bytes."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    (folder / SUMS).write_bytes(sums_bytes(files))


def rewrite(folder, path, change):
    page = json.loads((folder / path).read_text())
    change(page)
    (folder / path).write_bytes(json_bytes(page))
    sign_again(folder)


def found_in(folder):
    with pytest.raises((Problem, Problems)) as problem:
        verify(folder)
    problems = getattr(problem.value, "problems", (problem.value,))
    return {(one.code, str(one.place.file.relative_to(folder))) for one in problems}


def test_an_intact_release_gives_its_id(intact):
    assert verify(intact) == freeze(INPUTS, intact.parent / "again")


def test_a_tampered_file_is_named(folder):
    with (folder / "tables" / "innovation.csv").open("a") as page:
        page.write("one more line\n")
    assert found_in(folder) == {("release.changed_file", "tables/innovation.csv")}


def test_a_missing_file_and_an_unsigned_one_are_named(folder):
    (folder / "codebook.csv").unlink()
    (folder / "notes.txt").write_text("hello")
    assert found_in(folder) == {("release.missing_file", "codebook.csv"), ("release.unsigned_file", "notes.txt")}


def test_broken_sums_are_named(folder):
    (folder / SUMS).write_text("hello\n")
    assert found_in(folder) == {("release.bad_sums", SUMS)}


def test_a_number_planted_in_a_hidden_cell_is_caught(folder):
    def plant(table):
        corsica = next(cell for cell in table["cells"] if cell["id"] == "innovation.citoyens.impact.region-94")
        corsica["value"] = 63

    rewrite(folder, "tables/innovation.json", plant)
    assert ("release.uncertified", "tables/innovation.json") in found_in(folder)


def test_a_number_planted_in_a_sentence_is_caught(folder):
    def plant(table):
        table["cells"][0]["sentence"]["fr"] += " (n = 1 234)".replace(" 2", "\u202f2")

    rewrite(folder, "tables/innovation.json", plant)
    assert ("release.uncertified", "tables/innovation.json") in found_in(folder)


def test_a_number_planted_in_the_table_of_a_figure_is_caught(folder):
    def plant(figure):
        figure["table"]["rows"][0][1] = {"fr": "63\u202f%", "en": "63%"}

    rewrite(folder, "figures/innovation.citoyens.impact.region.json", plant)
    assert ("release.uncertified", "figures/innovation.citoyens.impact.region.json") in found_in(folder)


@pytest.mark.parametrize("layout", ["", "wide.", "narrow."])
def test_a_number_planted_in_a_drawing_is_caught(folder, layout):
    path = f"figures/innovation.zone.region-94.fr.{layout}svg"
    drawing = (folder / path).read_text()
    (folder / path).write_text(drawing.replace("</svg>", "<text>63 %</text></svg>"))
    sign_again(folder)
    assert found_in(folder) == {("release.uncertified", path)}


def test_a_csv_that_does_not_say_what_its_json_says_is_caught(folder):
    path = folder / "tables" / "innovation.csv"
    path.write_text(path.read_text().replace(",92,", ",93,"))
    sign_again(folder)
    assert found_in(folder) == {("release.csv_differs", "tables/innovation.csv")}


# What a forger signs again is still not what the certificate tells


def test_a_file_that_no_release_has_is_caught_even_signed(folder):
    (folder / "tables" / "answers.csv").write_text("id,answer\n1,yes\n")
    (folder / "content" / "more.json").write_text("{}")
    sign_again(folder)
    assert found_in(folder) == {
        ("release.foreign_file", "tables/answers.csv"),
        ("release.foreign_file", "content/more.json"),
    }


def test_a_file_left_out_of_the_signature_is_caught(folder):
    (folder / "why" / "innovation.json").unlink()
    sign_again(folder)
    assert found_in(folder) == {("release.missing_file", "why/innovation.json")}


def plant_a_base(page):
    page["questionnaires"][0]["label"]["fr"] += " (n = 1023)"


def plant_a_field(page):
    page["cells"][0]["n_exact"] = 1023


def plant_in_a_decision(page):
    page["cells"][0]["decision"]["fr"] += " 1023"


def plant_in_a_pointer(page):
    page["cells"][0]["pointer"] = "/cells/1023/value"


def plant_in_the_chain(page):
    page["caution"]["fr"] += " (1023)"


def plant_in_the_manifest(page):
    page["n"] = 1023


def plant_in_a_notice(page):
    page["notices"][0]["fr"] = "Autre chose."


@pytest.mark.parametrize(
    ("path", "plant", "code"),
    [
        ("codebook.json", plant_a_base, "release.uncertified"),
        ("why/innovation.json", plant_a_field, "release.uncertified"),
        ("why/innovation.json", plant_in_a_decision, "release.uncertified"),
        ("why/innovation.json", plant_in_a_pointer, "release.uncertified"),
        ("why/innovation.json", plant_in_the_chain, "release.uncertified"),
        ("tables/innovation.json", plant_a_field, "release.uncertified"),
        ("tables/innovation.json", plant_in_a_notice, "release.flags_differ"),
        ("release.json", plant_in_the_manifest, "release.uncertified"),
        ("release.json", plant_in_a_notice, "release.flags_differ"),
    ],
)
def test_a_base_planted_anywhere_is_caught(folder, path, plant, code):
    rewrite(folder, path, plant)
    assert (code, path) in found_in(folder)


@pytest.mark.parametrize("flag", ["unaudited", "audit"])
def test_a_manifest_that_does_not_say_what_the_certificate_says_is_caught(folder, flag):
    rewrite(folder, "release.json", lambda page: page.update({flag: True}))
    assert ("release.flags_differ", "release.json") in found_in(folder)


@pytest.mark.parametrize(
    ("path", "content", "code", "named"),
    [
        ("certificate.json", b"{}", "release.unreadable", "certificate.json"),
        ("certificate.json", b'{"cells": ', "release.unreadable", "certificate.json"),
        ("certificate.json", b"[]", "release.unreadable", "certificate.json"),
        ("tables/innovation.json", b'{"cells": [', "release.unreadable", "tables/innovation.json"),
        ("tables/innovation.json", b"\xff\xfe", "release.unreadable", "tables/innovation.json"),
        ("why/innovation.json", b'{"cells": [{}]}', "release.unreadable", "why/innovation.json"),
        ("codebook.json", b"{}", "release.unreadable", "codebook.json"),
        ("figures/innovation.audiences.json", b"{}", "release.unreadable", "figures/innovation.audiences.json"),
        ("release.json", b'{"schema": 1}', "release.unreadable", "release.json"),
    ],
)
def test_a_damaged_file_is_named_never_a_crash(folder, path, content, code, named):
    (folder / path).write_bytes(content)
    sign_again(folder)
    assert (code, named) in found_in(folder)


def test_binary_sums_are_named(folder):
    (folder / SUMS).write_bytes(b"\xff\x00\xfe")
    assert found_in(folder) == {("release.bad_sums", SUMS)}


def test_the_first_file_that_differs_between_two_releases_is_named(intact, folder):
    assert first_difference(intact, folder) is None
    rewrite(folder, "content/register.json", lambda page: page["figures"].pop())
    assert first_difference(intact, folder) == "content/register.json"


def test_a_territory_file_says_nothing_that_the_tables_do_not(folder):
    territories = sorted(folder.glob("territories/*.json"))
    assert [path.name for path in territories] != []
    path = territories[0].relative_to(folder).as_posix()

    def retouch(page):
        page["cells"][0]["sentence"]["fr"] = "Autre chose."

    rewrite(folder, path, retouch)

    csv_path = path.removesuffix(".json") + ".csv"
    assert found_in(folder) == {("release.uncertified", path), ("release.csv_differs", csv_path)}
