"""The register of published versions: what each one meant, as a digest, so that none changes in silence."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

from alliage.contents.content import Content
from alliage.problems import Place, Problem

REGISTER = "versions.json"

# What may be mended without a new version, because neither what was asked nor what is measured changes.
_ASIDE = {
    "questionnaire": frozenset({"status", "uses", "label"}),
    "question": frozenset({"origin", "version", "code", "inside"}),
    "indicator": frozenset({"status", "origin", "label", "caution", "theme", "topic", "sentence", "higher_is"}),
}
_ASIDE_INSIDE = _ASIDE["question"]  # the same of every thing a declaration holds
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a thing: its name in the register, its digest, where it is written."""

    kind: str
    id: str
    version: str
    digest: str
    place: Place
    is_published: bool

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}@{self.version}"


def check_versions(content: Content) -> list[Problem]:
    """Published versions that changed since they were registered, and those the register does not know.

    A registered version taken back to draft is still held to its text: it has been read under that number.
    """
    register = read_register(content.folder)
    problems = []
    for one in versions(content):
        if one.key in register and register[one.key] != one.digest:
            code = "content.version_changed"
        elif one.is_published and one.key not in register:
            code = "content.version_unregistered"
        else:
            continue
        problems.append(Problem(code, one.place, id=one.id, version=one.version))
    return problems


def register_versions(content: Content) -> tuple[str, ...]:
    """Enter the published versions the register does not know yet, and return their names.

    An entry is never overwritten: a version that changed stays a problem until its author gives it a new number.
    """
    register = read_register(content.folder)
    new = {one.key: one.digest for one in versions(content) if one.is_published and one.key not in register}
    if new:
        written = json.dumps({**register, **new}, ensure_ascii=False, indent=1, sort_keys=True)
        (content.folder / REGISTER).write_text(written + "\n", encoding="utf-8")
    return tuple(sorted(new))


def read_register(folder: Path) -> dict[str, str]:
    """The register of a content folder; empty when there is none. Raises Problem content.register."""
    path = folder / REGISTER
    if not path.is_file():
        return {}
    try:
        register = json.loads(path.read_bytes())
    except ValueError as error:
        raise Problem("content.register", Place(path, getattr(error, "lineno", None))) from None
    if not isinstance(register, dict) or not all(isinstance(digest, str) for digest in register.values()):
        raise Problem("content.register", Place(path))
    return register


def versions(content: Content) -> Iterator[Version]:
    """Every version the content holds: questions of the bank, questionnaires, indicators."""
    if content.bank.document is not None:
        for rank, question in enumerate(content.bank.questions.values()):
            place = content.bank.document.place(("questions", rank, "id"))
            yield _version("question", question, place, content.bank.published)
    for kind, folder, things in (
        ("questionnaire", "instruments", content.questionnaires),
        ("indicator", "indicators", content.indicators),
    ):
        for thing in things.values():
            document = content.documents.get(f"{folder}/{thing.id}.yaml")
            if document is not None:  # otherwise its file bears another name, which has been told
                yield _version(kind, thing, document.place(("version",)), thing.status == "published")


def _version(kind: str, thing: Any, place: Place, is_published: bool) -> Version:
    return Version(
        kind=kind,
        id=thing.id,
        version=thing.version,
        digest=digest(kind, thing),
        place=place,
        is_published=is_published,
    )


def digest(kind: str, thing: Any) -> str:
    """The SHA-256 of what a declaration means."""
    meaning = {name: _plain(value) for name, value in _written(thing) if name not in _ASIDE[kind]}
    canonical = json.dumps(meaning, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {name: _plain(one) for name, one in _written(value) if name not in _ASIDE_INSIDE}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, str):
        # Typography is not meaning: a space made non-breaking, a line folded elsewhere, change nothing.
        return _SPACES.sub(" ", value).strip()
    return value


def _written(thing: Any) -> Iterator[tuple[str, Any]]:
    """The fields that say something: one left at its default says nothing, so that a new key of a declaration
    does not change the digest of what was published before it existed."""
    for one in fields(thing):
        value = getattr(thing, one.name)
        if one.default is MISSING or value != one.default:
            yield one.name, value
