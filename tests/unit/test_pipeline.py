"""The whole chain, on a study small enough to be counted by hand."""

import csv
import hashlib
import json
import math
import os
from datetime import date
from pathlib import Path

import pytest

from alliage.contents import open_content
from alliage.pipeline import publish
from alliage.problems import Problem
from alliage.publications import open_release
from two_hundred import rows, write_two_hundred

CONTENT = open_content()
WHOLE = "confiance_partenaires.adultes.2026.ensemble"


def published(study: Path, to: Path, **options):
    inputs = {"data_folder": None, "released": date(2026, 2, 1), "code_version": "test", "lock": "test", **options}
    return publish(study, to, content=CONTENT, **inputs)


def sealed(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "estimates.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def test_the_sealed_share_is_the_weighted_count_of_yes_over_those_who_answered(tmp_path):
    made = published(write_two_hundred(tmp_path / "study"), tmp_path / "out")

    answered = [(answer == "oui", float(weight)) for _, answer, _, weight in rows() if answer]
    share = math.fsum(w for yes, w in answered if yes) / math.fsum(w for _, w in answered)
    row = sealed(made.sealed)[WHOLE]
    assert float(row["value"]) == pytest.approx(share, rel=1e-12)
    assert (row["n"], row["n_missing"], row["method"]) == ("196", "4", "taylor")


def test_the_standard_error_is_that_of_the_linearised_share_with_every_respondent_in_the_variance(tmp_path):
    made = published(write_two_hundred(tmp_path / "study"), tmp_path / "out")

    people = [(answer, float(weight)) for _, answer, _, weight in rows()]
    total = math.fsum(w for answer, w in people if answer)
    share = math.fsum(w for answer, w in people if answer == "oui") / total
    influence = [w * ((answer == "oui") - share) / total if answer else 0.0 for answer, w in people]
    mean = math.fsum(influence) / 200
    variance = 200 / 199 * math.fsum((z - mean) ** 2 for z in influence)
    assert float(sealed(made.sealed)[WHOLE]["standard_error"]) == pytest.approx(math.sqrt(variance), rel=1e-12)


def test_the_public_figure_is_rounded_and_six_islanders_are_protected_with_their_neighbours(tmp_path):
    made = published(write_two_hundred(tmp_path / "study"), tmp_path / "out")

    cells = {cell.domain: cell for cell in open_release(made.release).cells("confiance_partenaires")}
    assert (cells["ensemble"].state, cells["ensemble"].value) == ("published", 66)
    assert cells["ile"].state == "protected"
    assert cells["sud"].state == "protected", "six people alone would be found by subtraction"
    assert cells["nord"].state == "published"


def test_the_same_inputs_give_the_same_bytes_whatever_the_folder(tmp_path):
    one = published(write_two_hundred(tmp_path / "a" / "study"), tmp_path / "a" / "out")
    two = published(write_two_hundred(tmp_path / "elsewhere" / "study"), tmp_path / "elsewhere" / "out")

    assert one.id == two.id
    assert digests(one.release) == digests(two.release)
    assert digests(one.sealed) == digests(two.sealed)


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_self_selected_wave_never_gets_a_margin_anywhere(tmp_path):
    study = write_two_hundred(tmp_path / "study", ("kind: probability", "kind: self_selected"))

    made = published(study, tmp_path / "out")

    cell = open_release(made.release).cell(WHOLE)
    assert (cell.value, cell.margin, cell.low95, cell.high50, cell.interval) == (66, "none", None, None, None)
    assert cell.sentence["fr"] == (
        "66\u202f% des adultes font confiance à leurs partenaires (sans marge d'erreur : les personnes ont choisi "
        "elles-mêmes de répondre)."
    )
    words = "".join(path.read_text(encoding="utf-8") for path in made.release.glob("figures/*.svg"))
    assert "entre " not in words
    assert sealed(made.sealed)[WHOLE]["standard_error"] == ""


def test_a_census_is_published_without_a_margin_and_says_that_everyone_was_asked(tmp_path):
    study = write_two_hundred(tmp_path / "study", ("kind: probability", "kind: census"), ("size: 1000000", "size: 205"))

    made = published(study, tmp_path / "out")

    release = open_release(made.release)
    cell = release.cell(WHOLE)
    assert (cell.value, cell.margin, cell.low95, cell.high50, cell.interval) == (66, "none", None, None, None)
    assert cell.sentence["fr"] == (
        "66\u202f% des adultes font confiance à leurs partenaires (tout le monde a été interrogé)."
    )
    notes = [note["fr"] for note in release.figure("confiance_partenaires.audiences").notes]
    assert "Pas de marge d'échantillonnage : tout le monde a été interrogé." in notes
    words = "".join(path.read_text(encoding="utf-8") for path in made.release.rglob("*.json"))
    assert "ont choisi elles-mêmes" not in words
    row = sealed(made.sealed)[WHOLE]
    assert (row["method"], row["standard_error"], row["warnings"]) == ("census", "0.0", "")
    assert (row["low95"], row["high50"]) == (row["value"], row["value"])


def test_a_census_that_half_the_people_answered_is_told_to_its_statistician(tmp_path):
    study = write_two_hundred(tmp_path / "study", ("kind: probability", "kind: census"), ("size: 1000000", "size: 400"))

    made = published(study, tmp_path / "out")

    assert sealed(made.sealed)[WHOLE]["warnings"] == "estimates.census_nonresponse"


def test_a_quota_wave_says_that_its_margin_rests_on_a_model(tmp_path):
    study = write_two_hundred(tmp_path / "study", ("kind: probability", "kind: quota"))

    made = published(study, tmp_path / "out")

    release = open_release(made.release)
    assert release.cell(WHOLE).margin == "model"
    notes = [note["fr"] for note in release.figure("confiance_partenaires.audiences").notes]
    assert "Marge fondée sur un modèle : échantillon par quotas." in notes
    assert release.cell(WHOLE).sentence["fr"].endswith(", marge fondée sur un modèle).")
    for ending in ("fr.svg", "fr.wide.svg", "fr.narrow.svg", "csv"):
        words = (made.release / "figures" / f"confiance_partenaires.audiences.{ending}").read_text(encoding="utf-8")
        assert "fondée sur un" in " ".join(words.split()), ending


def test_real_answers_wait_for_the_audit_unless_someone_answers_for_them(tmp_path):
    study = write_two_hundred(tmp_path / "study", ("synthetic: {fr: Données inventées., en: Made-up data.}\n", ""))

    with pytest.raises(Problem) as problem:
        published(study, tmp_path / "out")
    assert problem.value.code == "disclosure.unaudited"
    assert not (tmp_path / "out").exists()

    made = published(study, tmp_path / "out", unaudited=True)
    assert json.loads((made.release / "certificate.json").read_text())["audit"] == "not run"


@pytest.mark.parametrize(
    ("changes", "answers", "code"),
    [
        ([("confiance_partenaires, by: [lieu]", "confiance_partenaire, by: [lieu]")], None, "study.unknown_indicator"),
        ([("by: [lieu]", "by: [lieux]")], None, "study.unknown_breakdown"),
        ([("plan:\n  - {indicator: confiance_partenaires, by: [lieu]}\n", "")], None, "study.no_plan"),
        ([], [("p1", "oui", "nord", "1"), ("p1", "non", "sud", "1")], "answers.double_id"),
        ([], [("p1", "peut-être", "nord", "1"), ("p2", "non", "sud", "1")], "answers.unknown_code"),
        ([], [("p1", "oui", "nord", "-1"), ("p2", "non", "sud", "1")], "answers.weight_negative"),
        ([], [("p1", "oui", "nord", "0"), ("p2", "non", "sud", "0")], "answers.weight_all_zero"),
        ([], [("p1", "oui", "nord", ""), ("p2", "non", "sud", "1")], "answers.weight_missing"),
    ],
)
def test_bad_input_is_named_and_nothing_is_written(tmp_path, changes, answers, code):
    study = write_two_hundred(tmp_path / "study", *changes, answers=answers)

    with pytest.raises(Problem) as problem:
        published(study, tmp_path / "out")

    assert problem.value.code == code
    assert problem.value.place is not None
    assert not (tmp_path / "out").exists()


def test_a_publication_that_fails_leaves_the_one_before_as_it_was(tmp_path):
    study = write_two_hundred(tmp_path / "study")
    made = published(study, tmp_path / "out")
    before = digests(tmp_path / "out")
    write_two_hundred(tmp_path / "study", answers=[("p1", "oui", "nord", "-1")])

    with pytest.raises(Problem):
        published(study, tmp_path / "out")

    assert digests(tmp_path / "out") == before
    assert made.release.is_dir()


def test_what_is_sealed_is_for_its_owner_only(tmp_path):
    made = published(write_two_hundred(tmp_path / "study"), tmp_path / "out")

    assert oct(made.sealed.stat().st_mode)[-3:] == "700"


@pytest.mark.data
def test_the_french_survey_published_for_real_equals_r(tmp_path):
    data = os.environ.get("ALLIAGE_DATA")
    if not data or not (Path(data) / "surveys" / "hdv2003.csv").is_file():
        pytest.skip("ALLIAGE_DATA does not hold surveys/hdv2003.csv")
    example = Path(__file__).parents[2] / "examples" / "histoire_de_vie_2003"

    made = published(example, tmp_path / "out", data_folder=Path(data), unaudited=True)

    pinned = json.loads((Path(__file__).parents[1] / "reference" / "values" / "hdv2003.json").read_text())
    found = sealed(made.sealed)
    (case,) = [case for case in pinned["cases"] if case["name"] == "hdv2003 | sport by sex"]
    for expected in case["expected"]:
        row = found[f"pratique_sport.adultes.2003.sexe-{expected['domain']['sexe'].lower()}"]
        for figure in ("value", "standard_error", "low95", "high95", "low50", "high50"):
            assert float(row[figure]) == pytest.approx(expected[figure], rel=1e-9), (row["id"], figure)
