"""Engines reached through Ibis: PostgreSQL, Spark, and any other that Ibis connects to.

Ibis connects, knows the columns and brings the result back; the query is ours, translated by sqlglot.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import ibis
import pyarrow as pa
import sqlglot
from ibis.expr.types import Table as Expression

from alliage.problems import Problem
from alliage.tables import sql
from alliage.tables.engines import ROWS, first_line

_NUMBERS = count()
# How text that is a number is written; `alliage.estimates` refuses the rest before it asks for a sum.
NUMBER = r"^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$"


class Elsewhere:
    """One connection of Ibis, and the table or expression that is read in it."""

    def __init__(self, address: str, expression: Expression) -> None:
        self.address = address
        self._backend = expression.get_backend()
        self._relation = ibis.to_sql(expression)
        self._columns = {name: kind.to_pyarrow() for name, kind in expression.schema().items()}

    @property
    def name(self) -> str:
        return str(self._backend.name)

    @property
    def dialect(self) -> Any:
        return self._backend.dialect

    @property
    def columns(self) -> dict[str, pa.DataType]:
        return self._columns

    def answer(self, query: str) -> pa.Table:
        text = f"WITH {ROWS} AS ({self._relation}) {translated(query, self.dialect)}"
        try:
            return _FETCHING.get(self.name, _fetch)(self._backend, text)
        except Exception as error:  # each engine has errors of its own
            raise Problem("tables.unreadable", address=self.address, reason=first_line(error)) from error

    @contextmanager
    def beside(self, rows: pa.Table) -> Iterator[str]:
        name = f"alliage_beside_{next(_NUMBERS)}"
        try:
            _LENDING.get(self.name, _lend)(self._backend, name, rows)
        except Exception as error:
            raise Problem("tables.no_room", address=self.address, reason=first_line(error)) from error
        try:
            yield name
        finally:
            _RETURNING.get(self.name, _return)(self._backend, name)

    def number(self, words: str) -> str:
        return f"CASE WHEN REGEXP_MATCHES({words}, {sql.text(NUMBER)}) THEN CAST({words} AS DOUBLE) END"


def translated(query: str, dialect: Any) -> str:
    """A query in DuckDB's dialect, in that of another engine."""
    return sqlglot.transpile(query, read="duckdb", write=dialect)[0]


def _fetch(backend: Any, text: str) -> pa.Table:
    return backend.sql(text).to_pyarrow()


def _fetch_from_spark(backend: Any, text: str) -> pa.Table:
    """Ibis would pass through pandas, which writes null and nan alike."""
    return backend.raw_sql(text).toArrow()


def _fetch_from_duckdb(backend: Any, text: str) -> pa.Table:
    """Ibis 12 asks DuckDB 2.0 for a method it no longer has."""
    return backend.con.sql(text).to_arrow_table()


def _lend(backend: Any, name: str, rows: pa.Table) -> None:
    backend.create_table(name, obj=rows, temp=True)


def _return(backend: Any, name: str) -> None:
    backend.drop_table(name, force=True)


def _lend_to_postgres(backend: Any, name: str, rows: pa.Table) -> None:
    """A temporary table, filled by COPY: Ibis would insert through pandas, which is not installed here."""
    kinds = ", ".join(f"{sql.quoted(field.name)} {_postgres_type(field.type)}" for field in rows.schema)
    with backend.con.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {name} ({kinds})")
        with cursor.copy(f"COPY {name} FROM STDIN") as copy:
            for row in zip(*(column.to_pylist() for column in rows.columns), strict=True):
                copy.write_row(row)
        cursor.execute(f"ANALYZE {name}")


def _postgres_type(kind: pa.DataType) -> str:
    if pa.types.is_floating(kind):
        return "double precision"
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_integer(kind):
        return "bigint"
    if pa.types.is_decimal(kind):
        return "numeric"
    if pa.types.is_date(kind):
        return "date"
    if pa.types.is_timestamp(kind):
        return "timestamp"
    return "text"


def _return_to_postgres(backend: Any, name: str) -> None:
    with backend.con.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {name}")


def _lend_to_spark(backend: Any, name: str, rows: pa.Table) -> None:
    backend.raw_sql("SELECT 1").sparkSession.createDataFrame(rows).createOrReplaceTempView(name)


def _return_to_spark(backend: Any, name: str) -> None:
    backend.raw_sql("SELECT 1").sparkSession.catalog.dropTempView(name)


_FETCHING = {"duckdb": _fetch_from_duckdb, "pyspark": _fetch_from_spark}
_LENDING = {"postgres": _lend_to_postgres, "pyspark": _lend_to_spark}
_RETURNING = {"postgres": _return_to_postgres, "pyspark": _return_to_spark}
