"""Reads a file of answers through the import worker: what comes back is text columns, or a problem that can be said."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from alliage.problems import Place, Problem
from alliage.responses.exchange import FACTS, OUT_OF_MEMORY, receive
from alliage.responses.limits import LARGEST_FILE, MEGABYTE, Limits
from alliage.responses.raw import Format, RawAnswers
from alliage.studies import StudyFolder

FORMATS: dict[str, Format] = {
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".sav": "sav",
    ".zsav": "sav",
    ".dta": "dta",
}
REFUSED = {
    ".xlsm": "answers.macros",
    ".xlsb": "answers.macros",
    ".xls": "answers.old_excel",
    ".por": "answers.portable_spss",
}
WORKER = (sys.executable, "-I", "-m", "alliage.responses.worker")
LIMITS = Limits()
OUT_OF_MEMORY_WORDS = ("memory allocation", "MemoryError", "bad_alloc")

# No thread pool, no arena reserved in advance: the worker's memory is what it truly uses. Nothing else is inherited.
ENVIRONMENT = {
    "PYTHONUTF8": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
}


def read_answers(
    path: Path,
    *,
    sheet: str | None = None,
    encoding: str = "utf-8",
    delimiter: str = ",",
    limits: Limits = LIMITS,
    worker: Sequence[str] = WORKER,
) -> RawAnswers:
    """Read answers from CSV, XLSX, Parquet, SPSS or Stata, by the file's extension. Raises answers.*, unsafe.*.

    Nothing is written, except in a temporary folder that is gone at the end. `worker` is the command that reads; tests
    give one that misbehaves.
    """
    path = Path(path)
    format = _format(path)
    options: dict[Format, dict[str, str | None]] = {
        "csv": {"encoding": encoding, "delimiter": delimiter},
        "xlsx": {"sheet": sheet},
    }
    with tempfile.TemporaryDirectory(prefix="alliage-") as folder:
        request = {
            "path": str(path.resolve()),
            "format": format,
            "options": options.get(format, {}),
            "limits": asdict(limits),
        }
        request_file = Path(folder) / "request.json"
        request_file.write_text(json.dumps(request), encoding="utf-8")
        _run([*worker, str(request_file)], Path(folder), path, limits)
        return receive(Path(folder), path, format)


def read_study_answers(read: StudyFolder, *, limits: Limits = LIMITS) -> RawAnswers:
    """Read the answers of a study, the way its `answers:` says. Raises study.*, answers.*, unsafe.*."""
    answers = read.study.answers
    return read_answers(
        read.answers_path(),
        sheet=answers.sheet,
        encoding=answers.encoding,
        delimiter=answers.delimiter,
        limits=limits,
    )


def _format(path: Path) -> Format:
    extension = path.suffix.lower()
    if not path.is_file():
        raise Problem("answers.not_found", Place(path))
    if extension in REFUSED:
        raise Problem(REFUSED[extension], Place(path))
    if extension not in FORMATS:
        raise Problem("answers.unknown_format", Place(path), extension=extension, known=", ".join(FORMATS))
    size = path.stat().st_size
    if size == 0:
        raise Problem("answers.empty", Place(path))
    if size > LARGEST_FILE:
        raise Problem("unsafe.too_large", Place(path), size=size, limit=LARGEST_FILE)
    return FORMATS[extension]


def _run(command: list[str], folder: Path, path: Path, limits: Limits) -> None:
    """Run the worker to its end. Raises unsafe.time, unsafe.memory, unsafe.crash."""
    errors = folder / "errors"
    with errors.open("wb") as sink:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
                command,
                cwd=folder,
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=sink,
                timeout=limits.wall,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Problem("unsafe.time", Place(path), limit=round(limits.wall)) from None
    if done.returncode == 0 and (folder / FACTS).is_file():
        return
    said = errors.read_bytes()[-4_000:].decode("utf-8", errors="replace")
    if done.returncode == -signal.SIGXCPU:
        raise Problem("unsafe.time", Place(path), limit=limits.cpu)
    # Killed from outside: the system was short of memory. The words are those of Rust, Python and C++.
    if done.returncode in {OUT_OF_MEMORY, -signal.SIGKILL} or any(words in said for words in OUT_OF_MEMORY_WORDS):
        raise Problem("unsafe.memory", Place(path), limit=limits.memory // MEGABYTE)
    raise Problem("unsafe.crash", Place(path), detail=_last_words(done.returncode, said))


def _last_words(status: int, said: str) -> str:
    if status < 0:
        return signal.Signals(-status).name
    lines = [line for line in said.splitlines() if line.strip()]
    return lines[-1][:200] if lines else f"exit {status}"
