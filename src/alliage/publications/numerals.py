"""The numbers written in a text, in either language: « 1 234,5 » and "1,234.5" are both 1234.5."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from alliage.text import Language

# Digits stuck to a letter are a name ("Q1", "f01"), not a number. A sign is not kept: 3 and −3 are told together.
_NUMERALS: dict[Language, re.Pattern[str]] = {
    "fr": re.compile(r"(?<![\w.])\d+(?:[\u202f\u00a0]\d{3}(?!\d))*(?:,\d+)?"),
    "en": re.compile(r"(?<![\w.])\d+(?:,\d{3}(?!\d))*(?:\.\d+)?"),
}


def numbers_in(words: str, language: Language) -> set[float]:
    """Every number of a text, without its sign."""
    found = (_NUMERALS[language].findall(words)) if any(sign.isdigit() for sign in words) else ()
    return {_read(numeral, language) for numeral in found}


def _read(numeral: str, language: Language) -> float:
    if language == "fr":
        return float(re.sub(r"[\u202f\u00a0]", "", numeral).replace(",", "."))
    return float(numeral.replace(",", ""))


def numbers_of(value: Any) -> set[float]:
    """Every number of plain values: numbers themselves, those of {fr, en} texts, those of other words (as English)."""
    if isinstance(value, bool) or value is None:
        return set()
    if isinstance(value, (int, float)):
        return {abs(float(value))}
    if isinstance(value, str):
        return numbers_in(value, "en")
    if isinstance(value, Mapping):
        if set(value) == {"fr", "en"} and all(isinstance(words, str) for words in value.values()):
            return numbers_in(value["fr"], "fr") | numbers_in(value["en"], "en")
        return union(numbers_of(inside) for inside in value.values())
    return union(numbers_of(inside) for inside in value)


def numbers_told(value: Any) -> set[float]:
    """Every number of the {fr, en} texts found in plain values; codes, ids and counts beside them are left aside."""
    if isinstance(value, Mapping):
        if set(value) == {"fr", "en"}:
            return numbers_of(value)
        return union(numbers_told(inside) for inside in value.values())
    if isinstance(value, (list, tuple)):
        return union(numbers_told(inside) for inside in value)
    return set()


def union(sets: Iterable[set[float]]) -> set[float]:
    """All of them together."""
    return set().union(*sets)
