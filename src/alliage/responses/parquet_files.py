"""Reads a Parquet file: each column as text, its numbers written as one writes them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from alliage.problems import Place, Problem
from alliage.responses.headers import check_columns
from alliage.responses.raw import RawAnswers, RawColumn
from alliage.responses.texts import text_array

MAGIC = b"PAR1"


def read_parquet(path: Path) -> RawAnswers:
    """Read a Parquet file as text columns. Raises answers.broken, answers.nested, answers.empty."""
    with path.open("rb") as file:
        if file.read(4) != MAGIC:
            raise Problem("answers.broken", Place(path), format="Parquet", detail="no PAR1")
    try:
        received = pq.ParquetFile(path)
        check_columns(received.schema_arrow.names, Place(path))
        _refuse_nested(received.schema_arrow, path)
        table = received.read()
        columns = [text_array(column.combine_chunks()) for column in table.columns]
    except pa.ArrowMemoryError:
        raise
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        detail = str(error).splitlines()[0][:200]
        raise Problem("answers.broken", Place(path), format="Parquet", detail=detail) from None
    if not table.num_rows:
        raise Problem("answers.empty", Place(path))
    return RawAnswers(
        file=path,
        format="parquet",
        table=pa.table(columns, names=table.column_names),
        rows=np.arange(1, table.num_rows + 1, dtype=np.int64),
        columns={name: RawColumn(name) for name in table.column_names},
    )


def _refuse_nested(schema: pa.Schema, path: Path) -> None:
    for field in schema:
        if pa.types.is_nested(field.type) or pa.types.is_binary(field.type):
            raise Problem("answers.nested", Place(path), column=field.name, type=str(field.type))
