"""A table of answers is opened by its address; what cannot be opened says why, and never a password."""

from __future__ import annotations

import gc
import os
import tempfile
from pathlib import Path

import duckdb
import ibis
import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

from alliage.problems import Problem
from alliage.tables import Sum, open_table
from tables import table

ANSWERS = table("""
    | commune | w   | note |
    | 01001   | 1.5 | 3    |
    | 01002   | 2   |      |
    | 01001   | 1   | 5    |
""")


def totals(opened):
    found = opened.grouped(["commune"], {"n": "COUNT(*)"})
    return dict(sorted(zip(found["commune"].to_pylist(), found["n"].to_pylist(), strict=True)))


def test_a_parquet_file_a_folder_and_a_pattern_are_the_same_answers(tmp_path):
    for part in (1, 2):
        pyarrow.parquet.write_table(ANSWERS, tmp_path / f"part{part}.parquet")

    assert totals(open_table(tmp_path / "part1.parquet")) == {"01001": 2, "01002": 1}
    assert totals(open_table(tmp_path)) == {"01001": 4, "01002": 2}
    assert totals(open_table(f"{tmp_path}/part*.parquet")) == {"01001": 4, "01002": 2}


def test_a_csv_keeps_its_codes_as_they_are_written(tmp_path):
    pyarrow.csv.write_csv(ANSWERS, tmp_path / "answers.csv")

    assert totals(open_table(tmp_path / "answers.csv")) == {"01001": 2, "01002": 1}


def test_a_table_of_a_duckdb_database(tmp_path):
    with duckdb.connect(str(tmp_path / "base.duckdb")) as base:
        base.register("given", ANSWERS)
        base.execute("CREATE TABLE enquete AS SELECT * FROM given")

    assert totals(open_table(f"duckdb://{tmp_path}/base.duckdb?table=enquete")) == {"01001": 2, "01002": 1}
    with pytest.raises(Problem) as problem:
        open_table(f"duckdb://{tmp_path}/base.duckdb?table=enquetes")
    assert problem.value.code == "tables.no_table"
    assert problem.value.values["known"] == "enquete"


def test_an_arrow_table_and_an_expression_of_ibis():
    base = ibis.duckdb.connect()
    base.raw_sql("CREATE TABLE alliage_rows AS SELECT '01001' AS commune, 2.0 AS w UNION ALL SELECT '01002', 1.0")
    heavy = base.table("alliage_rows").filter(lambda row: row.w > 1)

    assert totals(open_table(ANSWERS)) == {"01001": 2, "01002": 1}
    assert totals(open_table(base.table("alliage_rows"))) == {"01001": 1, "01002": 1}
    assert totals(open_table(heavy)) == {"01001": 1}


def test_nothing_is_read_before_a_question_and_every_reading_is_counted():
    opened = open_table(ANSWERS)

    assert opened.scans == 0
    totals(opened)
    totals(opened)
    assert opened.scans == 2


@pytest.mark.parametrize("names", [("w", "W"), ("Été", "été")])
def test_names_that_differ_by_case_are_refused(names):
    with pytest.raises(Problem) as problem:
        open_table(pa.table([[1.0], [2.0]], names=list(names)))

    assert problem.value.code == "tables.same_name"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("nulle/part.parquet", "tables.not_found"),
        ("nulle/*.csv", "tables.not_found"),
        ("duckdb:///nulle/part.duckdb?table=t", "tables.not_found"),
        ("duckdb:///part.duckdb", "tables.no_table_named"),
        ("mongodb://host/base", "tables.unknown_address"),
        (12, "tables.unknown_address"),
    ],
)
def test_what_is_not_an_address_of_answers(address, code):
    with pytest.raises(Problem) as problem:
        open_table(address)

    assert problem.value.code == code


def test_a_file_that_is_not_what_its_name_says(tmp_path):
    (tmp_path / "answers.parquet").write_text("commune;w\n01001;1\n")

    with pytest.raises(Problem) as problem:
        open_table(tmp_path / "answers.parquet")

    assert problem.value.code == "tables.unreadable"


def test_a_password_is_never_said():
    for address in ("postgres://alliage:secret@127.0.0.1:1/base?table=t", "ftp://alliage:secret@host/base"):
        with pytest.raises(Problem) as problem:
            open_table(address)

        assert "secret" not in str(problem.value)


def test_files_that_were_not_opened_are_out_of_reach(tmp_path):
    """The engine fetches nothing by itself either: no extension, no variable of Python."""
    pyarrow.parquet.write_table(ANSWERS, tmp_path / "answers.parquet")
    (tmp_path / "other.csv").write_text("secret\n1\n")
    opened = open_table(tmp_path / "answers.parquet")
    settings = "current_setting('autoinstall_known_extensions')", "current_setting('python_enable_replacements')"

    found = opened.grouped([], {"a": f"MAX({settings[0]})", "b": f"MAX({settings[1]})"})

    assert found.to_pylist() == [{"a": False, "b": False}]
    with pytest.raises(Problem) as problem:
        opened.engine.answer(f"SELECT * FROM read_csv('{tmp_path}/other.csv')")
    assert problem.value.code == "tables.unreadable"


def test_what_does_not_fit_in_memory_spills_and_leaves_nothing_behind(tmp_path):
    rng = np.random.default_rng(1)
    rows = pa.table({"key": rng.integers(0, 1_000_000_000, 400_000), "y": rng.normal(size=400_000)})
    pyarrow.parquet.write_table(rows, tmp_path / "answers.parquet")
    opened = open_table(tmp_path / "answers.parquet", memory_limit="40MB", threads=1)

    found = opened.grouped(["key"], {f"y{rank}": Sum(f'"y" + {rank}.0e0') for rank in range(10)})

    assert found.num_rows == len(np.unique(rows["key"].to_numpy()))
    assert list(spilled())
    del opened
    gc.collect()
    assert not list(spilled())


def spilled():
    return Path(tempfile.gettempdir()).glob(f"alliage-duckdb-{os.getpid()}-*")


def test_a_question_too_large_for_the_memory_allowed_is_a_problem_not_a_crash():
    rows = pa.table({"key": np.arange(300_000), "word": np.arange(300_000).astype(str)})
    opened = open_table(rows, memory_limit="2MB", threads=1)

    with pytest.raises(Problem) as problem:
        opened.grouped(["key", "word"], {"n": "COUNT(*)"})

    assert problem.value.code == "tables.unreadable"


def test_threads_and_memory_are_those_asked_for(tmp_path):
    opened = open_table(ANSWERS, threads=1, memory_limit="100MB")

    found = opened.grouped([], {"t": "MAX(current_setting('threads'))", "m": "MAX(current_setting('memory_limit'))"})

    assert found["t"][0].as_py() == 1
    assert found["m"][0].as_py().startswith("95")  # MiB
