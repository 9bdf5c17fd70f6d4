"""Opening a table of answers by its address."""

from __future__ import annotations

import glob
import os
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyarrow as pa

from alliage.problems import Problem
from alliage.tables.engines import Engine, first_line, without_secrets
from alliage.tables.table import SMALL, Table

FORMS = "answers.parquet, folder/, parts/*.parquet, answers.csv, duckdb:///base.duckdb?table=t, "
FORMS += "postgres://host/base?table=t, spark://host:7077?table=t, spark://local?table=t"
# Ibis is met under these names where the caller connected by himself.
EXTRAS = {"postgres": "postgres", "postgresql": "postgres", "spark": "spark"}


def open_table(
    source: str | Path | pa.Table | Any,
    *,
    threads: int | None = None,
    memory_limit: str | None = None,
    exact: bool = False,
    small: int = SMALL,
) -> Table:
    """Answers where they are, without reading them.

    source        a Parquet or CSV file, a folder or a pattern of them; an address duckdb:///file?table=t,
                  postgres://user@host/base?table=t, spark://host:port?table=t (spark://local runs here); an Arrow
                  table; a table or an expression of Ibis, whatever its engine
    threads       of DuckDB; as many as the machine's by default
    memory_limit  of DuckDB ("4GB"): past it, it spills to a temporary folder
    exact         the same bits whatever the order of the rows and the number of threads; about twice as slow
    small         tables of fewer rows are read in memory, where estimating takes a millisecond

    A CSV is read as text, each value as it is written. A name that differs from another by case only is refused.
    Raises Problem tables.*.
    """
    if isinstance(source, str | Path):
        words = os.fspath(source)
        scheme = urlsplit(words).scheme if "://" in words else ""
        address = without_secrets(words)
        if scheme in {"", "duckdb"}:
            engine = _duckdb(words, address, scheme, threads, memory_limit)
        elif scheme in EXTRAS:
            engine = _elsewhere(words, address, scheme)
        else:
            raise Problem("tables.unknown_address", address=address, forms=FORMS)
    elif isinstance(source, pa.Table):
        address = "Arrow"
        duck = _load("duck").DuckDB(address, database=None, threads=threads, memory_limit=memory_limit)
        duck.read_arrow(source)
        engine = duck
    elif hasattr(source, "get_backend") and hasattr(source, "schema"):
        address = f"Ibis ({source.get_backend().name})"
        engine = _load("elsewhere").Elsewhere(address, source)
    else:
        raise Problem("tables.unknown_address", address=type(source).__name__, forms=FORMS)
    return Table(engine, address, exact=exact, small=small)


def _load(module: str) -> Any:
    """An engine's module, when it is first used: importing Ibis takes as long as many estimates."""
    return import_module(f"alliage.tables.{module}")


def _duckdb(words: str, address: str, scheme: str, threads: int | None, memory_limit: str | None) -> Engine:
    made = _load("duck").DuckDB
    if scheme == "duckdb":
        path, table = Path(urlsplit(words).path), _table_of(words, address)
        if not path.is_file():
            raise Problem("tables.not_found", address=address)
        base = made(address, database=path, threads=threads, memory_limit=memory_limit)
        base.read_table(table)
        return base  # type: ignore[no-any-return]
    paths = _files(Path(words))
    if not paths:
        raise Problem("tables.not_found", address=address)
    endings = {path.name.removesuffix(".gz").rsplit(".", 1)[-1].lower() for path in paths}
    if endings not in ({"parquet"}, {"csv"}):
        raise Problem("tables.unknown_address", address=address, forms=FORMS)
    files = made(address, database=None, threads=threads, memory_limit=memory_limit)
    files.read_files(paths, as_text=endings == {"csv"})
    return files  # type: ignore[no-any-return]


def _files(path: Path) -> list[Path]:
    """The files of a path, a folder or a pattern, in the order of their names."""
    if path.is_dir():
        return sorted(one for ending in ("parquet", "csv", "csv.gz") for one in path.rglob(f"*.{ending}"))
    if path.is_file():
        return [path]
    return sorted(Path(one) for one in glob.glob(str(path), recursive=True) if Path(one).is_file())


def _table_of(words: str, address: str) -> str:
    table = parse_qs(urlsplit(words).query).get("table", [""])[0]
    if not table:
        raise Problem("tables.no_table_named", address=address)
    return table


def _elsewhere(words: str, address: str, scheme: str) -> Engine:
    table = _table_of(words, address)
    try:
        module = _load("elsewhere")
        backend = _load("sessions").connected(scheme, words)
    except ImportError as error:
        raise Problem("tables.not_installed", address=address, extra=EXTRAS[scheme]) from error
    except Exception as error:  # each engine has errors of its own
        raise Problem("tables.unreadable", address=address, reason=first_line(error)) from error
    schema, _, name = table.rpartition(".")
    try:
        expression = backend.table(name, database=schema or None)
    except Exception as error:
        known = ", ".join(sorted(backend.list_tables())[:20])
        raise Problem("tables.no_table", address=address, table=table, known=known) from error
    return module.Elsewhere(address, expression)  # type: ignore[no-any-return]
