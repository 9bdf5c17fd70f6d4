"""A release is whole or absent, and the same inputs give the same bytes."""

import csv
import hashlib
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from alliage.problems import Problem
from alliage.publications.files import csv_bytes, json_bytes, safe_field
from alliage.publications.freeze import freeze, release_files

from .situations import INPUTS


def everything_under(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_inputs_give_the_same_bytes_wherever_they_are_written(tmp_path):
    one = freeze(INPUTS, tmp_path / "here")
    other = freeze(INPUTS, tmp_path / "there" / "deeper")
    assert one == other
    assert everything_under(tmp_path / "here") == everything_under(tmp_path / "there" / "deeper")


def test_the_id_is_the_digest_of_the_digests(tmp_path):
    identity = freeze(INPUTS, tmp_path / "release")
    sums = (tmp_path / "release" / "SHA256SUMS").read_bytes()
    assert identity == hashlib.sha256(sums).hexdigest()
    listed = [line.split("  ")[1] for line in sums.decode().splitlines()]
    assert listed == sorted(everything_under(tmp_path / "release").keys() - {"SHA256SUMS"})


def test_a_failure_in_the_middle_of_writing_leaves_nothing(tmp_path):
    # "content/../" is refused when its turn comes, after certificate.json and codebook.* were written.
    broken = replace(INPUTS, content={"../../escaped": {}})
    with pytest.raises(ValueError, match="escaped"):
        freeze(broken, tmp_path / "release")
    assert list(tmp_path.iterdir()) == []


def test_a_failure_leaves_the_earlier_release_as_it_was(tmp_path):
    freeze(INPUTS, tmp_path / "release")
    before = everything_under(tmp_path)
    with pytest.raises(ValueError, match="escaped"):
        freeze(replace(INPUTS, content={"../../escaped": {}}), tmp_path / "release")
    assert everything_under(tmp_path) == before


def test_a_release_replaces_a_release(tmp_path):
    freeze(INPUTS, tmp_path / "release")
    again = freeze(replace(INPUTS, code_version="0.2.0"), tmp_path / "release")
    assert json.loads((tmp_path / "release" / "release.json").read_text())["code_version"] == "0.2.0"
    assert [path.name for path in tmp_path.iterdir()] == ["release"]
    assert again == hashlib.sha256((tmp_path / "release" / "SHA256SUMS").read_bytes()).hexdigest()


def test_a_folder_that_is_not_ours_is_refused_and_untouched(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("ten years")
    with pytest.raises(Problem) as problem:
        freeze(INPUTS, tmp_path / "mine")
    assert problem.value.code == "release.occupied"
    assert everything_under(tmp_path) == {"mine/thesis.txt": b"ten years"}


def test_a_hidden_cell_carries_no_number_and_never_the_rule_that_hid_it():
    files = release_files(INPUTS)
    cells = {cell["id"]: cell for cell in json.loads(files["tables/innovation.json"])["cells"]}
    corsica = cells["innovation.citoyens.impact.region-94"]
    numbers = ("value", "band", "low95", "high95", "low50", "high50", "step", "deff", "n_class", "n_effective_class")
    assert {name: corsica[name] for name in numbers} == dict.fromkeys(numbers)
    assert "rules" not in corsica
    chain = json.loads(files["why/innovation.json"])
    decision = next(one for one in chain["cells"] if one["id"] == "innovation.citoyens.impact.region-94")
    assert (decision["state"], decision["step"], decision["n_class"]) == ("protected", None, None)


def test_the_chain_points_at_the_value_it_explains():
    files = release_files(INPUTS)
    for decision in json.loads(files["why/innovation.json"])["cells"]:
        _, cells, rank, field = decision["pointer"].split("/")
        cell = json.loads(files[decision["file"]])[cells][int(rank)]
        assert (cell["id"], field) == (decision["id"], "band" if cell["band"] else "value")


def test_every_file_says_that_the_answers_are_made_up():
    files = release_files(INPUTS)
    silent = [
        path
        for path, content in files.items()
        if path.startswith(("tables/", "gaps/", "figures/"))
        and not path.endswith((".wide.svg", ".narrow.svg"))  # drawn inside a page that says it
        and b"Donn\xc3\xa9es synth\xc3\xa9tiques" not in content
        and b"Synthetic data" not in content
    ]
    assert silent == []


def test_no_path_of_the_machine_and_no_clock_in_a_release(tmp_path):
    freeze(INPUTS, tmp_path / "release")
    assert [path for path, content in everything_under(tmp_path).items() if str(tmp_path).encode() in content] == []


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@cmd", "'@cmd"),
        ("+5 points", "'+5 points"),
        ("-5 points", "'-5 points"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("-5", "-5"),
        (-5.5, "-5.5"),
        ("+1e-3", "+1e-3"),
        ("−5 points", "−5 points"),
        (None, ""),
        ("10-14", "10-14"),
    ],
)
def test_no_field_is_a_formula_and_negative_numbers_stay_numbers(field, written):
    assert safe_field(field) == written


def test_a_positive_gap_is_written_without_its_plus_sign_in_sheets():
    files = release_files(INPUTS)
    rows = list(csv.DictReader(io.StringIO(files["gaps/innovation.csv"].decode())))
    told = {row["id"]: row["display_fr"].replace("\xa0", " ") for row in rows}
    assert told["innovation.impact.maires-entreprises"] == "9 points"
    assert told["innovation.impact.citoyens-maires"] == "−18 points"
    assert {row["excludes_zero"] for row in rows} == {"true", "false"}
    figure = files["figures/innovation.impact.gaps.csv"].decode()
    assert "'" not in [line[0] for line in figure.splitlines()]
    assert "'+" not in figure


def test_csv_is_read_back_as_it_was_told():
    page = csv_bytes(["id", "words"], [["a", 'two "words",\nin lines'], ["b", None]])
    assert list(csv.reader(io.StringIO(page.decode()))) == [["id", "words"], ["a", 'two "words",\nin lines'], ["b", ""]]


def test_json_is_canonical_and_refuses_what_is_not_a_number():
    assert (
        json_bytes({"b": [{"d": 1, "c": "é"}], "a": None})
        == '{\n"a": null,\n"b": [\n{"c": "é", "d": 1}\n]\n}\n'.encode()
    )
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_bytes({"a": float("nan")})
