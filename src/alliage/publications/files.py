"""The files of a release, byte for byte: canonical JSON, safe CSV, digests, and a folder that is whole or absent."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alliage.problems import Place, Problem

SUMS = "SHA256SUMS"
RELEASE = ("release.json", SUMS)  # the files by which a folder is known to be a release

# A cell of a sheet that starts so is a formula to a spreadsheet, unless it is a number.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_NAME = re.compile(r"[a-zA-Z0-9_][a-zA-Z0-9_.+-]*(/[a-zA-Z0-9_][a-zA-Z0-9_.+-]*)*")


def json_bytes(value: Any) -> bytes:
    """Sorted keys, UTF-8, one line per entry and per record of a list, one last newline; a nan is a bug and crashes."""
    if not isinstance(value, dict):
        return (_json_lines(value) + "\n").encode()
    entries = (f"{_json(name)}: {_json_lines(value[name])}" for name in sorted(value))
    return ("{\n" + ",\n".join(entries) + "\n}\n").encode()


def _json_lines(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(map(_json, value)) + "\n]"
    return _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)


def safe_field(value: object) -> str:
    """A field no spreadsheet will run: `'` before what looks like a formula; numbers, negative ones too, untouched."""
    words = "" if value is None else str(value)
    if words.startswith(_FORMULA) and not _NUMBER.fullmatch(words):
        return "'" + words
    return words


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The one writer of CSV: UTF-8, comma, a header, every field safe."""
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow([safe_field(column) for column in columns])
    writer.writerows([safe_field(field) for field in row] for row in rows)
    return page.getvalue().encode()


def sums_bytes(files: Mapping[str, bytes]) -> bytes:
    """SHA256SUMS, as `sha256sum -c` reads it, sorted by path."""
    return "".join(f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files)).encode()


@contextmanager
def whole_or_absent(to: Path, *, holding: Collection[str] = RELEASE) -> Iterator[Path]:
    """A folder to fill; it takes the name `to` when everything went well, and disappears otherwise.

    `to` may be absent, empty, or an earlier folder of the same kind, which holds these files. Raises Problem
    release.occupied before anything is made.
    """
    to = Path(to)
    refuse_foreign_folder(to, holding=holding)
    to.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{to.name}-", dir=to.parent))
    try:
        yield beside
        beside.chmod(0o755)
        _take_place(beside, to, holding)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def refuse_foreign_folder(to: Path, *, holding: Collection[str] = RELEASE) -> None:
    """We replace what we wrote, never anything else. Raises Problem release.occupied."""
    to = Path(to)
    if not to.exists() and not to.is_symlink():
        return
    if to.is_dir() and not to.is_symlink():
        is_ours = all((to / name).is_file() for name in holding)
        if is_ours or not any(to.iterdir()):
            return
    raise Problem("release.occupied", Place(to))


def _take_place(beside: Path, to: Path, holding: Collection[str]) -> None:
    """The old folder steps aside before the new one takes its name, and comes back if that fails."""
    refuse_foreign_folder(to, holding=holding)
    if not to.exists():
        os.rename(beside, to)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{to.name}-old-", dir=to.parent))
    os.rename(to, aside / "old")
    try:
        os.rename(beside, to)
    except BaseException:
        os.rename(aside / "old", to)
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Write every file under a folder, and SHA256SUMS last."""
    for path in sorted(files):
        if not _NAME.fullmatch(path) or ".." in path:
            raise ValueError(f"{path!r} cannot be the name of a file of a release")
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(files[path])
    (folder / SUMS).write_bytes(sums_bytes(files))
