"""How wide words will be on the page, estimated without a font, and where to break them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

# Advance widths of Helvetica (Adobe's metrics, thousandths of an em). Arial and Liberation Sans share them; Segoe UI
# and Roboto are within a few percent; the margin below covers Noto Sans, the widest of our stack.
_WIDTHS: dict[str, int] = {
    **dict.fromkeys("ijl", 222),
    **dict.fromkeys("'’‘", 210),
    **dict.fromkeys(" .,:;/!ftI\u00a0·", 278),
    **dict.fromkeys("-()r", 333),
    **dict.fromkeys("*•", 380),
    **dict.fromkeys("ckJsvxyz", 500),
    **dict.fromkeys("abdeghnopquL0123456789«»?–", 556),
    **dict.fromkeys("+−=<>≈", 584),
    **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("CDHNRUw", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("mM", 833),
    **dict.fromkeys("%Wœæ", 900),
    **dict.fromkeys("…—Œ", 1000),
    "\u202f": 200,
}
# The same names and sentences come back in hundreds of figures: what was measured once is remembered.
_UNKNOWN = 667
_MARGIN = 1.06
_BOLD = 1.07


@lru_cache(maxsize=4096)
def width(words: str, size: float, *, bold: bool = False) -> float:
    """Width in pixels of one line, rather over than under."""
    thousandths = sum(map(_advance, words))
    return thousandths * size / 1000 * _MARGIN * (_BOLD if bold else 1)


@cache
def _advance(letter: str) -> int:
    """An accent does not widen its letter."""
    return _WIDTHS.get(letter) or _WIDTHS.get(unicodedata.normalize("NFD", letter)[0], _UNKNOWN)


def widest(lines: Iterable[str], size: float, *, bold: bool = False) -> float:
    return max((width(line, size, bold=bold) for line in lines), default=0.0)


@lru_cache(maxsize=4096)
def wrap(words: str, size: float, room: float, *, bold: bool = False) -> tuple[str, ...]:
    """Break at spaces and after hyphens; never inside a word, nor at a non-breaking space.

    A line broken at a space keeps it at its end, so that the text read in a row is still the text.
    """
    lines = [""]
    for piece in re.findall(r"[^ -]*-+(?=\w)| |[^ -]+-*|-+", words):
        if lines[-1] and piece != " " and width(lines[-1] + piece, size, bold=bold) > room:
            lines.append("")
        lines[-1] += piece
    return tuple(lines)


@lru_cache(maxsize=4096)
def balanced(words: str, size: float, room: float, *, bold: bool = False) -> tuple[str, ...]:
    """Broken into as few lines as `wrap`, of about the same length: no last line of one word."""
    few = wrap(words, size, room, bold=bold)
    too_tight, enough = 0.0, room
    while len(few) > 1 and enough - too_tight > size / 2:
        middle = (too_tight + enough) / 2
        tried = wrap(words, size, middle, bold=bold)
        if len(tried) > len(few) or widest(tried, size, bold=bold) > room:
            too_tight = middle
        else:
            enough = middle
    return wrap(words, size, enough, bold=bold)
