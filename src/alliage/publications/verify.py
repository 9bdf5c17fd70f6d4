"""`verify`: the bytes are those that were signed, and no number is shown that the certificate does not allow."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from alliage.problems import Place, Problem, raise_all
from alliage.publications.allowed import Certificate
from alliage.publications.contents import expected_files
from alliage.publications.files import SUMS
from alliage.publications.releases import Release, open_release

_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")
# What reading a file of another shape than ours may raise. A release comes from anywhere: it is not our bug.
MISSHAPEN = (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError)


def verify(folder: Path) -> str:
    """Check the digests, then the certificate; give the id of the release. Raises every Problem release.* found."""
    folder = Path(folder)
    release = open_release(folder)
    raise_all(list(changed_files(folder)))
    raise_all(list(misplaced_files(release)))
    raise_all(list(uncertified(release)))
    return release.id


def changed_files(folder: Path) -> Iterator[Problem]:
    """A file that is missing, that has changed, or that nobody signed."""
    signed = read_sums(folder)
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()} - {SUMS}
    for path in sorted(signed.keys() | found):
        place = Place(folder / path)
        if path not in found:
            yield Problem("release.missing_file", place)
        elif path not in signed:
            yield Problem("release.unsigned_file", place)
        elif hashlib.sha256((folder / path).read_bytes()).hexdigest() != signed[path]:
            yield Problem("release.changed_file", place)


def read_sums(folder: Path) -> dict[str, str]:
    """SHA256SUMS, by path. Raises Problem release.bad_sums."""
    digests: dict[str, str] = {}
    lines = (folder / SUMS).read_bytes().decode("utf-8", errors="replace").splitlines()
    for line, words in enumerate(lines, start=1):
        found = _LINE.fullmatch(words)
        if found is None:
            raise Problem("release.bad_sums", Place(folder / SUMS), line=line)
        digests[found[2]] = found[1]
    return digests


def first_difference(one: Path, other: Path) -> str | None:
    """The first file, by path, that is not the same in two releases; None when they are the same."""
    a, b = read_sums(one), read_sums(other)
    return next((path for path in sorted(a.keys() | b.keys()) if a.get(path) != b.get(path)), None)


def misplaced_files(release: Release) -> Iterator[Problem]:
    """A signed file that a release of these indicators and figures does not have, or one that it lacks."""
    manifest = release.folder / "release.json"
    try:
        required, optional = expected_files(release.manifest)
    except MISSHAPEN:
        yield Problem("release.unreadable", Place(manifest))
        return
    signed = set(release.files)
    for path in sorted(signed - required - optional):
        yield Problem("release.foreign_file", Place(release.folder / path))
    for path in sorted(required - signed):
        yield Problem("release.missing_file", Place(release.folder / path))


def uncertified(release: Release) -> Iterator[Problem]:
    """Every number of tables, gaps, figures, drawings, chains and codebook that is not in the certificate."""
    try:
        known = Certificate(release)
        steps = known.steps()
    except MISSHAPEN:
        yield Problem("release.unreadable", Place(release.folder / "certificate.json"))
        return
    for path, problems in steps:
        yield from _read_or_refuse(release.folder / path, problems)


def _read_or_refuse(path: Path, problems: Iterable[Problem]) -> Iterator[Problem]:
    try:
        yield from problems
    except MISSHAPEN:
        yield Problem("release.unreadable", Place(path))
