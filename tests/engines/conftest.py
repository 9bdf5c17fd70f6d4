"""Engines for the conformance tests: a PostgreSQL server of their own, a Spark of one process."""

from __future__ import annotations

import glob
import hashlib
import importlib
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Any, NoReturn

import pyarrow as pa
import pytest


def absent(what: str) -> NoReturn:
    """Skip, saying what is missing; `make test-engines` wants everything, and fails."""
    if os.environ.get("ALLIAGE_ENGINES") == "required":
        pytest.fail(what)
    pytest.skip(f"{what}: make test-engines")


def library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        absent(f"{name} is not installed")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture(scope="session")
def postgres():
    """A function (rows, exact) -> Table over a server started for the tests, on loopback, by an ordinary user."""
    psycopg = library("psycopg")
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb")) or [shutil.which("initdb")]
    if found[-1] is None:
        absent("PostgreSQL is not installed: no initdb")
    programs = Path(found[-1]).parent
    folder = Path(tempfile.mkdtemp(prefix="alliage-postgres-"))
    # The server refuses to be run by root.
    user = {"user": "nobody", "extra_groups": []} if os.getuid() == 0 else {}
    if user:
        shutil.chown(folder, "nobody")
    port = free_port()

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **user)

    run("initdb", "-U", "alliage", "-A", "trust")
    run("pg_ctl", "-o", f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off", "-l", str(folder / "log"), "-w", "start")
    try:
        with psycopg.connect(f"host=127.0.0.1 port={port} user=alliage dbname=postgres", autocommit=True) as connection:
            yield lambda rows, exact=False: _in_postgres(connection, port, rows, exact)
    finally:
        run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _in_postgres(connection, port, rows, exact):
    from alliage.tables import open_table

    name = table_name(rows)
    kinds = ", ".join(f'"{field.name}" {_kind(field.type)}' for field in rows.schema)
    if connection.execute("SELECT to_regclass(%s)", [name]).fetchone()[0] is None:
        connection.execute(f"CREATE TABLE {name} ({kinds})")
        with connection.cursor() as cursor, cursor.copy(f"COPY {name} FROM STDIN") as copy:
            for row in zip(*(column.to_pylist() for column in rows.columns), strict=True):
                copy.write_row(row)
    return open_table(f"postgres://alliage@127.0.0.1:{port}/postgres?table={name}", small=0, exact=exact)


def _kind(kind: pa.DataType) -> str:
    if pa.types.is_floating(kind):
        return "double precision"
    return "bigint" if pa.types.is_integer(kind) else "boolean" if pa.types.is_boolean(kind) else "text"


@pytest.fixture(scope="session")
def spark():
    """A function (rows, exact) -> Table over a Spark of this process."""
    if shutil.which("java") is None:
        absent("Java is not installed, and Spark cannot start")
    builder = library("pyspark.sql").SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.shuffle.partitions", "2").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield lambda rows, exact=False: _in_spark(session, rows, exact)
    session.stop()


def _in_spark(session, rows, exact):
    from alliage.tables import open_table

    session.createDataFrame(rows).createOrReplaceTempView(table_name(rows))
    return open_table(f"spark://local?table={table_name(rows)}", small=0, exact=exact)


def table_name(rows: pa.Table) -> str:
    """A name that tells these answers from others."""
    return "t_" + hashlib.sha256(repr(rows.to_pylist()).encode()).hexdigest()[:16]
