"""The floor: one DuckDB scan of the columns the work uses, weighted sums only, in memory or from Parquet."""

from __future__ import annotations

import duckdb
from measuring import Data, Work, run


def table(data: Data) -> duckdb.DuckDBPyConnection:
    engine = duckdb.connect()
    kind = "view" if data.options.get("from") == "parquet" else "table"
    engine.execute(f"create {kind} answers as select * from read_parquet('{data.parquet}')")
    return engine


def prepare(engine: duckdb.DuckDBPyConnection, data: Data):
    sums = ", ".join(f"sum(weight * {name})" for name in data.names if name != "weight")
    return engine, f"select sum(weight), {sums} from answers"


def scan(ready, data: Data):
    engine, query = ready
    return engine.execute(query).fetchall()


WORKS = {"scan": Work(table, prepare, scan, lambda made, data: {})}

if __name__ == "__main__":
    run(["duckdb"], WORKS)
