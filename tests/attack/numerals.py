"""Every number a reader can read in a text, French or English, written by someone who wants to find one too many."""

from __future__ import annotations

import re
from functools import lru_cache

# Spaces and marks that group thousands; a plain space too: an attacker reads « 1 234 » whatever the space.
_SPACES = " \u00a0\u202f\u2009"
_NUMERAL = {
    "fr": re.compile(rf"\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?"),
    "en": re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"),
}
_NAME = re.compile(r"[^\W\d_][\w]*|\w*[^\W\d_]\w*")  # a word with at least one letter: Q1, f01, a18_34
_DIGIT = re.compile(r"\d")
_TELLING = re.compile(  # the end of a scale and the level of an interval, which measure nothing
    r"sur[ \u00a0\u202f]10\b|out of[ \u00a0]10\b"
    r"|^(?:out )?of[ \u00a0]10$"  # the end of a line of a drawing
    r"|(?:à|de)[ \u00a0](?:95|50)[ \u00a0\u202f]%|\b(?:95|50)%(?= interval| level)|level is 95%|is (?:95|50)%(?=\.)"
)


@lru_cache(maxsize=200_000)
def numbers_in(
    text: str, language: str, *, names: frozenset[str] = frozenset(), labels: tuple[str, ...] = ()
) -> frozenset[float]:
    """The numbers of a text, without their signs.

    names    words holding digits that are identifiers ("Q1"); any other word holding digits gives its digits away
    labels   declared texts holding digits ("18-34 ans", "2019-21"), read as words
    """
    if not _DIGIT.search(text):
        return frozenset()
    for label in labels:
        if label in text:
            text = text.replace(label, " · ")
    text = _TELLING.sub(" · ", text)
    text = _NAME.sub(lambda found: _without_name(found.group(), names), text)
    return frozenset(_read(numeral, language) for numeral in _NUMERAL[language].findall(text))


def _without_name(word: str, names: frozenset[str]) -> str:
    if word in names or not _DIGIT.search(word):
        return " · "
    return word  # "12n", "n12", "4e": its digits are read


def _read(numeral: str, language: str) -> float:
    for space in _SPACES:
        numeral = numeral.replace(space, "")
    numeral = numeral.replace(",", ".") if language == "fr" else numeral.replace(",", "")
    return float(numeral)
