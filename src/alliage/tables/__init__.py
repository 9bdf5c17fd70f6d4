"""Tables: answers that stay where they are (Parquet, DuckDB, PostgreSQL, Spark), and the sums asked of them.

Law: the one door to DuckDB and Ibis: connections are opened here, rows never leave the engine, the same digits on
every engine.
"""

from alliage.tables.opening import open_table
from alliage.tables.sums import Sum
from alliage.tables.table import Table

__all__ = ["Sum", "Table", "open_table"]
