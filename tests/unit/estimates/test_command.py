"""`alliage estimate` answers a statistician who has a file and a design, and nothing else."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

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
    lines = run(*files, "--share", "sport", "--of", "oui", "--by", "sex").stdout.splitlines()

    assert lines[0].split()[:6] == ["mesure", "variable", "reponse", "sex", "valeur", "erreur_type"]
    assert [line.split()[3:5] for line in lines[1:]] == [["f", "0.25"], ["h", "0.5"]]


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

    heading, row = run(*files, "--total", "hours").stdout.splitlines()

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
