"""The import worker: a process apart that bounds itself, opens one file of answers, hands back a table or a problem.

Run as `python -m alliage.responses.worker REQUEST.json`. Parsers of files meet hostile input: they run here and nowhere
else. The command that asked reads back only what it can check: Arrow columns of text, and a JSON of plain words.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa

from alliage.problems import Place, Problem, Problems
from alliage.responses.csv_files import read_csv
from alliage.responses.limits import Limits, limit_myself
from alliage.responses.parquet_files import read_parquet
from alliage.responses.raw import RawAnswers
from alliage.responses.spss_files import read_spss
from alliage.responses.xlsx_files import read_xlsx
from alliage.text import Text

OUT_OF_MEMORY = 86
TABLE = "table.arrow"
FACTS = "facts.json"

READERS: dict[str, Callable[..., RawAnswers]] = {
    "csv": read_csv,
    "xlsx": read_xlsx,
    "parquet": read_parquet,
    "sav": read_spss,
}


def main(request_file: str) -> int:
    """Read what the request asks; write the table and its facts, or the problems, beside it."""
    request = json.loads(Path(request_file).read_text(encoding="utf-8"))
    limit_myself(Limits(**request["limits"]))
    folder = Path(request_file).parent
    try:
        raw = READERS[request["format"]](Path(request["path"]), **request["options"])
        with pa.OSFile(str(folder / TABLE), "wb") as sink, pa.ipc.new_file(sink, raw.table.schema) as writer:
            writer.write_table(raw.table)
        facts = _facts(raw)
    except MemoryError:  # pa.ArrowMemoryError is one
        return OUT_OF_MEMORY
    except Problem as problem:
        facts = {"problems": [_told(problem)]}
    except Problems as several:
        facts = {"problems": [_told(problem) for problem in several.problems]}
    (folder / FACTS).write_text(json.dumps(facts), encoding="utf-8")
    return 0


def _facts(raw: RawAnswers) -> dict[str, Any]:
    columns = [
        {
            "name": column.name,
            "label": column.label,
            "value_labels": dict(column.value_labels),
            "missing": list(column.missing),
            "letters": column.letters,
        }
        for column in raw.columns.values()
    ]
    return {"rows": raw.rows.tolist(), "columns": columns}


def _told(problem: Problem) -> dict[str, Any]:
    place = problem.place or Place("")
    values = {
        name: value.to_dict() if isinstance(value, Text) else value if isinstance(value, int | float) else str(value)
        for name, value in problem.values.items()
    }
    return {"code": problem.code, "line": place.line, "cell": place.cell, "values": values}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
