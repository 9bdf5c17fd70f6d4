"""Follows every reference of a content from the line where it is written to the thing it names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from alliage.catalogue import Document, did_you_mean
from alliage.catalogue.documents import Address
from alliage.contents.content import Content
from alliage.instruments.checks import ENTRY_ID, the_line
from alliage.problems import Problem

_CODE = re.compile(r"[0-9][0-9AB][0-9]?")

# Where a reference is written ("key" of the file, or "key.field" of each thing of a list), and the kind it names.
_FOLLOWED: dict[str, dict[str, str]] = {
    "sources/studies.yaml": {"studies.programme": "programmes"},
    "sources/figures.yaml": {
        "figures.study": "studies",
        "figures.audience": "audiences",
        "figures.indicator": "indicators",
    },
    "sources/conflicts.yaml": {"conflicts.figures": "figures"},
    "territories/departements.yaml": {"departements.region": "regions"},
    "instruments/*": {"audience": "audiences"},
}

# The file each kind of thing is declared in. Indicators have a folder: each file bears the id of its own.
_DECLARED_IN = {
    "programmes": "programmes/programmes.yaml",
    "audiences": "audiences/audiences.yaml",
    "fragilities": "frameworks/fragilities.yaml",
    "regions": "territories/regions.yaml",
    "sources": "sources/sources.yaml",
    "studies": "sources/studies.yaml",
    "figures": "sources/figures.yaml",
}


def check_references(content: Content, *, unread: Collection[str] = ()) -> list[Problem]:
    """Ids used twice, ill-formed ids, and names of things that do not exist, in the order of the files.

    `unread` names the files that could not be read: nobody can tell what they declare, so a reference to it is not
    reported on top of the mistake that made them unreadable.
    """
    known = _Known(content, unread)
    problems: list[Problem] = []
    for name, document in sorted(content.documents.items()):
        data = document.data if isinstance(document.data, dict) else {}
        problems += _ids(data, document)
        problems += _sources(data, document, known)
        problems += _names(name, data, document, known)
    return problems


class _Known:
    """The ids of each kind of thing; None when they cannot be told."""

    def __init__(self, content: Content, unread: Collection[str]) -> None:
        self.content = content
        self.unread = unread

    def ids(self, kind: str) -> Collection[str] | None:
        if kind == "indicators":
            files = {Path(name).stem for name in self.content.documents if name.startswith("indicators/")}
            return {*self.content.indicators, *files, *(Path(name).stem for name in self.unread)}
        if _DECLARED_IN[kind] in self.unread:
            return None
        ids: Collection[str] = getattr(self.content, kind)
        return ids

    def items(self, indicator_id: str | None) -> Collection[str] | None:
        """The items, or options, of the question an indicator measures; the fragilities when there is no indicator."""
        if indicator_id is None:
            return self.ids("fragilities")
        indicator = self.content.indicators.get(indicator_id)
        question = self.content.bank.questions.get(indicator.question) if indicator else None
        if question is None:
            return None  # told where the indicator, or its question, is named
        return [entry.id for entry in (question.items or question.options)]


def _ids(data: dict[str, Any], document: Document) -> Iterator[Problem]:
    """Every list of things with an id (or a code): well formed, used once. Instruments have told their own."""
    for key, things in data.items():
        if key in {"uses", "questions"} or not isinstance(things, list):
            continue
        first: dict[str, int] = {}
        for rank, thing in enumerate(things):
            naming = next((field for field in ("id", "code") if isinstance(thing, dict) and field in thing), None)
            if naming is None:
                continue
            written, at = str(thing[naming]), (key, rank, naming)
            if not (ENTRY_ID if naming == "id" else _CODE).fullmatch(written):
                yield Problem("content.bad_id", document.place(at), id=written)
            if first.setdefault(written, rank) != rank:
                other = the_line(document, (key, first[written], naming))
                yield Problem("content.double_id", document.place(at), id=written, other=other)


def _sources(data: dict[str, Any], document: Document, known: _Known) -> Iterator[Problem]:
    """`sources: [pi, lri]`, wherever it is written."""
    ids = known.ids("sources")
    for address, written in _words(data, ()):
        if ids is not None and len(address) > 1 and address[-2] == "sources" and written not in ids:
            yield _dangling("sources", written, ids, document, address)


def _names(name: str, data: dict[str, Any], document: Document, known: _Known) -> Iterator[Problem]:
    """The references that belong to one file."""
    if data.get("status") == "draft":
        return  # a draft may speak to an audience the content does not have yet
    for pattern, kind in (_FOLLOWED.get(name) or _FOLLOWED.get(f"{Path(name).parent}/*") or {}).items():
        ids = known.ids(kind)
        for address, written in _written_at(pattern, data):
            if ids is not None and written not in ids:
                yield _dangling(pattern.split(".")[-1], written, ids, document, address)
    if name == "sources/figures.yaml":
        yield from _items(data, document, known)


def _items(data: dict[str, Any], document: Document, known: _Known) -> Iterator[Problem]:
    """A figure about one item of a battery names an item its indicator has."""
    indicators = {address[1]: written for address, written in _written_at("figures.indicator", data)}
    for address, written in _written_at("figures.item", data):
        ids = known.items(indicators.get(address[1]))
        if ids is not None and written not in ids:
            yield _dangling("item", written, ids, document, address)


def _written_at(pattern: str, data: dict[str, Any]) -> Iterator[tuple[Address, str]]:
    key, _, field = pattern.partition(".")
    for address, written in _words(data.get(key), (key,)):
        if not field or (len(address) > 2 and address[2] == field):
            yield address, written


def _words(value: object, address: Address) -> Iterator[tuple[Address, str]]:
    """Every text of a document, with its address."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _words(one, (*address, key))
    elif isinstance(value, list):
        for rank, one in enumerate(value):
            yield from _words(one, (*address, rank))
    elif isinstance(value, str):
        yield address, value


def _dangling(key: str, written: str, known: Collection[str], document: Document, at: Address) -> Problem:
    suggestion = did_you_mean(written, known)
    return Problem("content.dangling", document.place(at), key=key, id=written, suggestion=suggestion)
