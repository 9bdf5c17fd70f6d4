"""The import worker: a process apart that bounds itself, opens one file of answers, hands back a table or a problem.

Run as `python -m alliage.responses.worker REQUEST.json`. Parsers of files meet hostile input: they are imported and run
here and nowhere else.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from alliage.problems import Problem, Problems
from alliage.responses.csv_files import read_csv
from alliage.responses.exchange import OUT_OF_MEMORY, hand_back, hand_back_problems
from alliage.responses.limits import Limits, limit_myself
from alliage.responses.parquet_files import read_parquet
from alliage.responses.raw import RawAnswers
from alliage.responses.spss_files import read_spss
from alliage.responses.stata_files import read_stata
from alliage.responses.xlsx_files import read_xlsx

READERS: dict[str, Callable[..., RawAnswers]] = {
    "csv": read_csv,
    "xlsx": read_xlsx,
    "parquet": read_parquet,
    "sav": read_spss,
    "dta": read_stata,
}


def main(request_file: str) -> int:
    """Read what the request asks; write the table and its facts, or the problems, beside it."""
    folder = Path(request_file).parent
    request = json.loads(Path(request_file).read_text(encoding="utf-8"))
    limit_myself(Limits(**request["limits"]))
    try:
        hand_back(READERS[request["format"]](Path(request["path"]), **request["options"]), folder)
    except MemoryError:  # Arrow's is one of them
        return OUT_OF_MEMORY
    except Problem as problem:
        hand_back_problems([problem], folder)
    except Problems as several:
        hand_back_problems(several.problems, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
