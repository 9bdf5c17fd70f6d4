"""The same query for every engine: what Alliage asks translates to the SQL of servers that no test can start."""

from __future__ import annotations

import pyarrow as pa
import pytest
import sqlglot

from alliage import Design
from alliage.estimates import Request, estimate_many, mean, ratio
from alliage.tables import open_table
from alliage.tables.elsewhere import translated

ROWS = pa.table(
    {
        "w": [1.0, 2.0, 1.5, 0.0],
        "h": ["a", "a", "b", "b"],
        "d": [True, False, True, True],
        "y": [1e6, 1e6 + 1, None, float("nan")],
        "x": ["1", "2", "3", "l'autre"],
    }
)


@pytest.fixture(scope="module")
def queries():
    """Every query of a session: grouping sets, a table lent to the engine, exact sums, text read as numbers."""
    asked = []
    for exact in (False, True):
        opened = open_table(ROWS, small=0, exact=exact)
        answer = opened.engine.answer
        opened.engine.answer = lambda query, answer=answer: asked.append(query) or answer(query)
        for clusters in ("y", ()):
            design = Design(weight="w", clusters=clusters, strata="h", lonely="remove")
            if clusters:
                design = Design(weight="w", clusters="x", lonely="remove")
            mean(opened, "y", design=design, by="d").column("deff")
            ratio(opened, "y", "w", design=design).column("deff")
            mean(opened, "x", design=design, missing="l'autre")
            estimate_many(opened, [Request("share", "x", by="h"), Request("total", "y", by="d")], design=design)
    return list(dict.fromkeys(asked))


@pytest.mark.parametrize("dialect", ["clickhouse", "trino", "postgres", "spark"])
def test_every_query_is_written_in_the_dialect_of_the_engine(dialect, queries):
    assert len(queries) > 25
    for query in queries:
        written = translated(query, dialect)

        # What the dialect cannot read back, or reads as something it has no name for, it would refuse.
        assert sqlglot.parse_one(written, read=dialect).sql(dialect) == written


def test_a_number_keeps_its_last_digit_and_stays_a_float_everywhere():
    for dialect in ("clickhouse", "trino", "postgres", "spark"):
        assert "(2.5e0)" in translated('SELECT "y" - (2.5e0) FROM t', dialect)
