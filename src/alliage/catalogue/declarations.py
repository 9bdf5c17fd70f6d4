"""From a document to frozen dataclasses: pydantic checks the shape, we say what is wrong and on which line."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast, dataclass_transform, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError

from alliage.catalogue.documents import Address, Document, read_document
from alliage.problems import Problem, raise_all
from alliage.text import Text, same

Declared = TypeVar("Declared")

_STRICT = ConfigDict(extra="forbid", strict=False, allow_inf_nan=False)
_LANGUAGE_NAMES = {"fr": Text(fr="français", en="French"), "en": Text(fr="anglais", en="English")}


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def declared(cls: type[Declared]) -> type[Declared]:
    """A frozen dataclass that can be read from a content file; a key it does not know is refused."""
    made = dataclass(frozen=True, kw_only=True)(cls)
    made.__pydantic_config__ = _STRICT  # type: ignore[attr-defined]
    return made


def read_declaration(path: Path, kind: type[Declared], *, asked_by: str = "") -> Declared:
    """Read one content file as one declaration. Raises Problem or Problems (content.*)."""
    document = read_document(path, asked_by=asked_by)
    return cast(Declared, declare(document, kind))


def read_declarations(path: Path, kind: type[Declared], *, key: str) -> tuple[Declared, ...]:
    """Read a content file that holds a list under one key (`regions:`), each item a declaration."""
    document = read_document(path)
    data = document.data if isinstance(document.data, dict) else {}
    if key not in data:
        raise Problem("content.missing_key", document.place(), key=key)
    return cast(tuple[Declared, ...], declare(document, tuple[kind, ...], at=(key,)))  # type: ignore[valid-type]


def declare(document: Document, kind: Any, *, at: Address = ()) -> Any:
    """Turn the values found at an address of the document into `kind`, or say everything that is wrong."""
    data = document.data
    for step in at:
        data = data[step]
    blank = _blank_translations(data, document, at)
    try:
        made = _adapter(kind).validate_python(data)
    except ValidationError as error:
        found = [_problem(dict(detail), document, at, kind) for detail in error.errors(include_url=False)]
        raise_all([*blank, *{problem.said("fr"): problem for problem in found}.values()])
        raise  # a validation error always has at least one detail
    raise_all(blank)
    return made


def _blank_translations(value: Any, document: Document, at: Address) -> list[Problem]:
    """A translation left empty (`en: ""`) is a missing one."""
    if isinstance(value, list):
        return [found for rank, one in enumerate(value) for found in _blank_translations(one, document, (*at, rank))]
    if not isinstance(value, dict):
        return []
    if value and set(value) <= set(_LANGUAGE_NAMES):
        return [
            _missing_translation((*at, code), document)
            for code, words in value.items()
            if isinstance(words, str) and not words.strip()
        ]
    return [found for key, one in value.items() for found in _blank_translations(one, document, (*at, key))]


def _missing_translation(address: Address, document: Document) -> Problem:
    code = str(address[-1])
    key = str(address[-2]) if len(address) > 1 else document.path.name
    place = document.place(address)
    return Problem("content.missing_translation", place, key=key, language=_LANGUAGE_NAMES[code], code=code)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _problem(detail: dict[str, Any], document: Document, at: Address, kind: Any) -> Problem:
    address = _written(document, (*at, *detail["loc"]))
    place = document.place(address)
    key = str(address[-1]) if address else document.path.name
    if not address and detail["type"] in {"dataclass_type", "dict_type"}:
        return Problem("content.no_pairs", document.place())
    if detail["type"] == "missing":
        if key in _LANGUAGE_NAMES:
            return _missing_translation(address, document)
        return Problem("content.missing_key", place, key=key)
    if detail["type"] in {"extra_forbidden", "unexpected_keyword_argument"}:
        known = _known_keys(kind, detail["loc"])
        # `{fr: oui, non, en: …}`: YAML takes what follows the comma for a key without a value.
        is_cut = detail["input"] is None and set(known) == set(_LANGUAGE_NAMES)
        near = _QUOTES if is_cut else did_you_mean(key, known)
        return Problem("content.unknown_key", place, key=key, suggestion=near, known=", ".join(known))
    return Problem("content.wrong_value", place, key=key, value=_shown(detail["input"]), expected=_expected(detail))


def _written(document: Document, location: Iterable[str | int]) -> Address:
    """pydantic adds the names of union members to a location; keep only the steps the author wrote."""
    address: Address = ()
    location = list(location)
    for rank, step in enumerate(location):
        candidate = (*address, step)
        if candidate in document.lines or rank == len(location) - 1:
            address = candidate
    return address


def _shown(value: object) -> Text:
    """What the author wrote, as each language quotes it; nothing is said to be nothing, not None."""
    if value is None:
        return Text(fr="vide", en="empty")
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    words = words if len(words) <= 60 else words[:57] + "…"
    return Text(fr=f"« {words} »", en=f"“{words}”") if isinstance(value, str) else same(words)


_EXPECTED: dict[str, Text] = {
    "string_type": Text(fr="il faut un texte (mettez-le entre guillemets)", en="a text is needed (put it in quotes)"),
    "int_type": Text(fr="il faut un nombre entier", en="a whole number is needed"),
    "int_parsing": Text(fr="il faut un nombre entier", en="a whole number is needed"),
    "float_type": Text(fr="il faut un nombre", en="a number is needed"),
    "float_parsing": Text(fr="il faut un nombre", en="a number is needed"),
    "bool_type": Text(fr="il faut true ou false", en="true or false is needed"),
    "bool_parsing": Text(fr="il faut true ou false", en="true or false is needed"),
    "tuple_type": Text(fr="il faut une liste, entre crochets : [a, b]", en="a list is needed, in brackets: [a, b]"),
    "dict_type": Text(fr="il faut des paires « clé: valeur »", en="“key: value” pairs are needed"),
    "dataclass_type": Text(fr="il faut des paires « clé: valeur »", en="“key: value” pairs are needed"),
    "date_parsing": Text(fr="il faut une date AAAA-MM-JJ", en="a date YYYY-MM-DD is needed"),
    "date_from_datetime_parsing": Text(fr="il faut une date AAAA-MM-JJ", en="a date YYYY-MM-DD is needed"),
    "date_from_datetime_inexact": Text(fr="il faut une date AAAA-MM-JJ", en="a date YYYY-MM-DD is needed"),
    "finite_number": Text(fr="il faut un nombre fini", en="a finite number is needed"),
    "date_type": Text(fr="il faut une date AAAA-MM-JJ", en="a date YYYY-MM-DD is needed"),
}


def _expected(detail: dict[str, Any]) -> Text:
    if detail.get("ctx", {}).get("class_name") == "Text":
        return Text(fr="il faut les deux langues : {fr: …, en: …}", en="both languages are needed: {fr: …, en: …}")
    if detail["type"] in _EXPECTED:
        return _EXPECTED[detail["type"]]
    if detail["type"] == "literal_error":
        choices = detail["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        return Text(fr=f"choisissez parmi {choices}", en=f"choose among {choices}")
    limits = detail.get("ctx", {})
    for name, fr, en in (
        ("ge", "au moins", "at least"),
        ("gt", "plus que", "more than"),
        ("le", "au plus", "at most"),
        ("lt", "moins que", "less than"),
    ):
        if name in limits:
            return Text(fr=f"{fr} {limits[name]}", en=f"{en} {limits[name]}")
    return Text(fr=f"forme inattendue ({detail['type']})", en=f"unexpected form ({detail['type']})")


_QUOTES = Text(
    fr=" (un texte qui contient une virgule se met entre guillemets)", en=" (a text that holds a comma goes in quotes)"
)


def did_you_mean(word: str, known: Iterable[str]) -> Text:
    """; vouliez-vous dire « x » ?" or nothing."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    if not near:
        return Text(fr="", en="")
    return Text(fr=f" (vouliez-vous dire « {near[0]} » ?)", en=f" (did you mean “{near[0]}”?)")


def _known_keys(kind: Any, location: tuple[str | int, ...]) -> list[str]:
    """The keys accepted at the place where an unknown one was found: the fields of the dataclass there."""
    here = _dataclasses_in(kind)
    for step in location[:-1]:
        inside: list[type] = []
        for candidate in here:
            hints = get_type_hints(candidate)
            if isinstance(step, str) and step in hints:
                inside += _dataclasses_in(hints[step])
        here = inside or here
    return sorted({known.name for candidate in here for known in fields(candidate)})


def _dataclasses_in(kind: Any) -> list[Any]:
    if isinstance(kind, type) and is_dataclass(kind):
        return [kind]
    return [found for argument in getattr(kind, "__args__", ()) for found in _dataclasses_in(argument)]
