"""`alliage estimate` answers a statistician who has a file and a design, and nothing else."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from alliage.cli.estimate import estimate
from alliage.problems import Problem

ANSWERS = "sex,sport,hours,w\nf,oui,2,1\nf,non,0,3\nh,oui,4,2\nh,non,1,2\n"


@pytest.fixture
def files(tmp_path):
    Path(tmp_path, "answers.csv").write_text(ANSWERS, encoding="utf-8")
    Path(tmp_path, "design.yaml").write_text("weight: w\n", encoding="utf-8")
    return str(Path(tmp_path, "answers.csv")), "--design", str(Path(tmp_path, "design.yaml"))


def run(*words):
    return CliRunner().invoke(estimate, words, catch_exceptions=True)


def test_it_prints_a_table_in_french(files):
    result = run(*files, "--share", "sport", "--of", "oui", "--by", "sex")

    top, _, *table, _, foot = result.stdout.splitlines()
    assert top == "sport : part (de 0 à 1)"
    assert [line.split()[:3] for line in table] == [
        ["reponse", "sex", "valeur"],
        ["oui", "f", "0.25"],
        ["oui", "h", "0.50"],
    ]
    assert foot == (
        "Marge fondée sur le tirage : linéarisation de Taylor ; "
        "intervalles de Korn et Graubard à 95\u202f% et à 50\u202f%."
    )
    assert result.stderr == ""


def test_warnings_stand_at_the_foot_of_the_table_and_on_the_lines_they_concern(files, tmp_path):
    Path(tmp_path, "answers.csv").write_text("sex,hours,w\nf,1,1\nf,2,1\nh,NA,1\n", encoding="utf-8")

    lines = run(*files, "--mean", "hours", "--by", "sex", "--language", "en").stdout.splitlines()

    assert lines[0] == "hours: mean"
    assert (lines[3].split()[:2], lines[4].split()[:2]) == (["f", "1.5"], ["h", "–"])
    assert lines[4].endswith("estimates.empty_base")
    assert lines[-1] == "estimates.empty_base: nobody in this base: nothing to estimate."


def test_what_is_no_answer_can_be_said(files, tmp_path):
    Path(tmp_path, "answers.csv").write_text("a,g,w\nNA,x,1\noui,x,1\nnsp,9,1\n", encoding="utf-8")

    def answers(*words):
        rows = json.loads(run(*files, "--share", "a", "--by", "g", "--format", "json", *words).stdout)
        return [(row["reponse"], row["g"], row["valeur"], row["n_sans_reponse"]) for row in rows]

    assert answers() == [("nsp", "9", 1.0, 0), ("nsp", "x", 0.0, 1), ("oui", "9", 0.0, 0), ("oui", "x", 1.0, 1)]
    assert answers("--missing", "nsp", "--missing", "9") == [("NA", "x", 0.5, 0), ("oui", "x", 0.5, 0)]


def test_a_group_named_like_a_heading_of_the_language_keeps_both_columns(files, tmp_path):
    Path(tmp_path, "answers.csv").write_text("n,valeur,hours,w\na,b,1,1\na,b,2,1\n", encoding="utf-8")

    page = run(*files, "--mean", "hours", "--by", "n", "--by", "valeur", "--format", "csv").stdout

    (row,) = csv.DictReader(io.StringIO(page))
    assert (row["by_n"], row["by_valeur"], row["n"], row["valeur"]) == ("a", "b", "2", "1.5")


def test_an_answer_that_looks_like_a_formula_is_made_safe_in_the_csv(files, tmp_path):
    Path(tmp_path, "answers.csv").write_text("a,w\n=1+1,1\n-2,1\n", encoding="utf-8")

    rows = list(csv.DictReader(io.StringIO(run(*files, "--share", "a", "--format", "csv").stdout)))

    assert [row["reponse"] for row in rows] == ["-2", "'=1+1"]


def test_an_incomplete_census_is_told_and_has_no_margin(files, tmp_path):
    Path(tmp_path, "design.yaml").write_text("kind: census\nframe: 5\n", encoding="utf-8")

    lines = run(*files, "--share", "sport", "--of", "oui").stdout.splitlines()

    assert lines[-2] == "Recensement : tout le monde a été interrogé, il n'y a pas d'erreur d'échantillonnage."
    assert lines[-1].startswith("recensement incomplet : moins de 95 %")


def test_it_writes_csv_with_every_digit(files):
    rows = list(
        csv.DictReader(io.StringIO(run(*files, "--mean", "hours", "--format", "csv", "--language", "en").stdout))
    )

    assert [(row["variable"], float(row["value"]), row["n"]) for row in rows] == [("hours", 12 / 8, "4")]


def test_it_writes_json_with_null_where_there_is_no_margin(files, tmp_path):
    Path(tmp_path, "design.yaml").write_text("weight: w\nkind: self_selected\n", encoding="utf-8")

    result = run(*files, "--ratio", "hours/w", "--format", "json", "--language", "en")

    (row,) = json.loads(result.stdout)
    assert (row["value"], row["standard_error"], row["low_95"]) == ((2 + 8 + 2) / (1 + 9 + 4 + 4), None, None)
    assert result.stderr == "whoever wished answered: no margin of error can be given.\n"


def test_one_column_needs_no_brackets_in_the_design(files, tmp_path):
    Path(tmp_path, "design.yaml").write_text("weight: w\nstrata: sex\n", encoding="utf-8")

    (row,) = json.loads(run(*files, "--mean", "hours", "--format", "json", "--language", "en").stdout)

    assert (row["value"], row["df"]) == (12 / 8, 4 - 2)


def test_a_large_total_is_shown_to_the_unit(files, tmp_path):
    Path(tmp_path, "answers.csv").write_text("sex,hours,w\nf,1,1234567\nh,1,1000000\n", encoding="utf-8")

    heading, row = run(*files, "--total", "hours").stdout.splitlines()[2:4]

    assert dict(zip(heading.split(), row.split(), strict=False))["valeur"] == "2234567"


def test_answers_are_chosen_for_a_share_only(files):
    assert run(*files, "--mean", "hours", "--of", "oui").exception.code == "estimates.share_only"


def test_an_answer_nobody_gave_is_told_with_its_file(files):
    problem = run(*files, "--share", "sport", "--of", "peut-être").exception

    assert (problem.code, str(problem.place.file)) == ("estimates.unknown_answer", files[0])


def test_a_wrong_key_of_the_design_is_named_with_its_line(files, tmp_path):
    Path(tmp_path, "design.yaml").write_text("weight: w\nstrate: sex\n", encoding="utf-8")

    problem = run(*files, "--total", "hours").exception

    assert isinstance(problem, Problem)
    assert (problem.code, problem.place.line, problem.values["key"]) == ("content.unknown_key", 2, "strate")


def test_two_questions_at_once_are_refused(files):
    problem = run(*files, "--total", "hours", "--mean", "hours").exception

    assert (problem.code, problem.exit_status) == ("estimates.one_of", 8)


def test_importing_the_library_loads_no_reader_of_files():
    code = "import sys, alliage; print({'pyreadstat', 'python_calamine', 'numpy', 'pyarrow'} & set(sys.modules))"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_five_lines_give_weighted_shares_with_margins(files):
    from alliage import Design, read_answers, share

    answers = read_answers(Path(files[0]))
    shares = share(answers, "sport", "oui", design=Design(weight="w"), by="sex")

    assert [(e.domain["sex"], e.value, e.n) for e in shares] == [("f", 0.25, 2), ("h", 0.5, 2)]


def test_a_quantile_with_its_own_interval(files):
    result = run(*files, "--quantile", "hours", "--at", "0.5", "--at", "0.9", "--format", "json")

    rows = json.loads(result.stdout)
    assert [(row["reponse"], row["valeur"]) for row in rows] == [("0.5", 1.0), ("0.9", 4.0)]
    assert {row["intervalle"] for row in rows} == {"woodruff"}


def test_another_level_takes_the_place_of_95(files):
    lines = run(*files, "--mean", "hours", "--level", "0.9", "--language", "en").stdout.splitlines()

    assert lines[2].split()[2:4] == ["low_90", "high_90"]
    assert lines[-1] == "Margin based on the draw: Taylor linearisation; Student intervals at 90% and 50%."


def test_parquet_goes_to_a_file_and_replaces_none(files, tmp_path):
    to = tmp_path / "out.parquet"

    assert run(*files, "--mean", "hours", "--format", "parquet").exception.code == "estimates.parquet_to"
    assert run(*files, "--mean", "hours", "--format", "parquet", "--to", str(to)).exception is None
    assert pq.read_table(to)["value"].to_pylist() == [1.5]
    assert run(*files, "--mean", "hours", "--format", "parquet", "--to", str(to)).exception.code == (
        "estimates.file_exists"
    )


def test_a_folder_that_does_not_exist_is_said_before_the_work(files, tmp_path):
    problem = run(*files, "--mean", "hours", "--format", "csv", "--to", str(tmp_path / "nowhere" / "out.csv")).exception

    assert (problem.code, problem.place.file) == ("estimates.no_folder", tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_decimal_commas_are_read_where_they_are_said(files, tmp_path):
    Path(tmp_path, "answers.csv").write_text("a;note;w\nx;1,5;1\ny;2,5;1\nz, t;;2\n", encoding="utf-8")

    refused = run(*files, "--mean", "note", "--delimiter", ";").exception
    made = run(*files, "--mean", "note", "--delimiter", ";", "--decimal", ",", "--format", "csv").stdout

    assert refused.code == "estimates.not_a_number"
    assert next(csv.DictReader(io.StringIO(made)))["valeur"] == "2.0"


def test_a_database_is_asked_where_it_is(files, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    base = tmp_path / "base.duckdb"
    with duckdb.connect(str(base)) as connection:
        connection.execute("CREATE TABLE answers AS SELECT * FROM (VALUES (1.0, 2.0), (3.0, 1.0)) AS t(hours, w)")

    result = run(f"duckdb:///{base}?table=answers", *files[1:], "--mean", "hours", "--format", "csv")

    assert next(csv.DictReader(io.StringIO(result.stdout)))["valeur"].startswith("1.6666666666666")
    assert "Rows left where they are" in result.stderr


def test_replicate_weights_of_the_file(files, tmp_path):
    Path(tmp_path, "answers.csv").write_text("y,w,r1,r2\n1,1,2,0\n3,1,0,2\n", encoding="utf-8")
    Path(tmp_path, "design.yaml").write_text("weight: w\nreplicates: BRR\nreplicate_weights: r*\n", encoding="utf-8")

    result = run(*files, "--mean", "y", "--language", "en")

    assert result.stdout.splitlines()[-1].startswith("Margin based on the draw: replicate weights (BRR)")
