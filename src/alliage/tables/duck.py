"""DuckDB, in this process: Parquet and CSV files, DuckDB databases, Arrow tables."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet

from alliage.problems import Problem
from alliage.tables import sql
from alliage.tables.engines import ROWS, first_line
from alliage.tables.names import refuse_same_names

_NUMBERS = count()


class DuckDB:
    """One connection of its own. Nothing is fetched from the network, and no file is read but those opened."""

    name = "duckdb"

    def __init__(self, address: str, *, database: Path | None, threads: int | None, memory_limit: str | None) -> None:
        self.address = address
        settings: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "python_enable_replacements": False,
            # What does not fit in memory goes there, and goes away with the connection.
            "temp_directory": str(Path(tempfile.gettempdir(), f"alliage-duckdb-{os.getpid()}-{next(_NUMBERS)}")),
        }
        if threads is not None:
            settings["threads"] = threads
        if memory_limit is not None:
            settings["memory_limit"] = memory_limit
        self._turn = threading.Lock()
        try:
            self._connection = duckdb.connect(
                str(database) if database else ":memory:", read_only=database is not None, config=settings
            )
        except duckdb.Error as error:
            raise Problem("tables.unreadable", address=address, reason=first_line(error)) from error
        self._columns: dict[str, pa.DataType] = {}

    def read_files(self, paths: Sequence[Path], *, as_text: bool) -> None:
        """Parquet, or CSV as_text: every value as it is written, so that the commune 01001 keeps its zero."""
        for path in paths:
            refuse_same_names(self._header(path) if as_text else _schema(path, self.address), self.address)
        listed = "[" + ", ".join(sql.text(str(path)) for path in paths) + "]"
        reader = (
            f"read_csv({listed}, all_varchar=true, header=true)"
            if as_text
            else f"read_parquet({listed}, union_by_name=true, hive_types_autocast=false)"
        )
        self._name(f"SELECT * FROM {reader}", paths)

    def read_table(self, table: str) -> None:
        """A table of the database."""
        known = [row[0] for row in self._run("SELECT table_name FROM information_schema.tables ORDER BY 1").fetchall()]
        if table not in known:
            raise Problem("tables.no_table", address=self.address, table=table, known=", ".join(known[:20]))
        self._name(f"SELECT * FROM {sql.quoted(table)}", ())

    def read_arrow(self, rows: pa.Table) -> None:
        """An Arrow table, read in place."""
        refuse_same_names(rows.column_names, self.address)
        self._connection.register(ROWS, rows)
        self._shut(())

    @property
    def columns(self) -> dict[str, pa.DataType]:
        return self._columns

    def answer(self, query: str) -> pa.Table:
        with self._turn:
            asked = self._run(query)
            try:
                return asked.to_arrow_table()
            except duckdb.Error as error:
                raise Problem("tables.unreadable", address=self.address, reason=first_line(error)) from error

    @contextmanager
    def beside(self, rows: pa.Table) -> Iterator[str]:
        name = f"beside_{next(_NUMBERS)}"
        with self._turn:
            self._connection.register(name, rows)
        try:
            yield name
        finally:
            with self._turn:
                self._connection.unregister(name)

    def number(self, words: str) -> str:
        return f"TRY_CAST({words} AS DOUBLE)"

    def _header(self, path: Path) -> list[str]:
        """The first line of a CSV: DuckDB would call a second `w` `w_1`, without a word."""
        first = self._run(f"SELECT * FROM read_csv({sql.text(str(path))}, all_varchar=true, header=false) LIMIT 1")
        return [word for line in first.fetchall() for word in line if word is not None]

    def _name(self, query: str, paths: Sequence[Path]) -> None:
        self._run(f"CREATE TEMPORARY VIEW {ROWS} AS {query}")
        self._shut(paths)

    def _shut(self, paths: Sequence[Path]) -> None:
        """From here on no other file can be read, and no setting changed."""
        listed = ", ".join(sql.text(str(path)) for path in paths)
        self._run(f"SET allowed_paths = [{listed}]")
        self._run("SET enable_external_access = false")
        self._run("SET lock_configuration = true")
        described = self._run(f"SELECT * FROM {ROWS} LIMIT 0").to_arrow_table()
        self._columns = dict(zip(described.schema.names, described.schema.types, strict=True))

    def _run(self, query: str) -> Any:
        """A relation: lazy for a question, nothing for an order."""
        try:
            return self._connection.sql(query)
        except duckdb.Error as error:
            raise Problem("tables.unreadable", address=self.address, reason=first_line(error)) from error


def _schema(path: Path, address: str) -> list[str]:
    try:
        return list(pyarrow.parquet.read_schema(path).names)
    except (pa.ArrowException, OSError) as error:
        raise Problem("tables.unreadable", address=address, reason=first_line(error)) from error
