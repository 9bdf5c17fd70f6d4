"""Alliage where the data are: sums asked of DuckDB, rows never read (a database file, or Parquet itself)."""

from __future__ import annotations

import duckdb
from by_alliage import DESIGN, figures_of_means, means
from measuring import Data, Work, run

from alliage.tables import Table, open_table


def table(data: Data) -> Table:
    """No row is ever read in memory here, however small the table (`small=0`)."""
    if data.options.get("from") == "parquet":
        return open_table(data.parquet, small=0)
    database = data.folder / "answers.duckdb"
    if not database.exists():
        with duckdb.connect(database) as engine:
            engine.execute(f"create table answers as select * from read_parquet('{data.parquet}')")
    return open_table(f"duckdb://{database}?table=answers", small=0)


def bound(answers: Table, data: Data):
    return answers, DESIGN.bind(answers)


WORKS = {"means": Work(table, bound, means, figures_of_means)}

if __name__ == "__main__":
    run(["alliage", "duckdb", "numpy"], WORKS)
