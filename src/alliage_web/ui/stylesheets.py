"""The one stylesheet: the look of the pages, then the look of the figures, sent as a single file."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent / "static" / "alliage"
_PARTS = ("site.css", "figures.css", "print.css")


@cache
def stylesheet() -> bytes:
    """Comments and indentation stay in the files: they are not sent."""
    whole = "\n".join((_FOLDER / part).read_text(encoding="utf-8") for part in _PARTS if (_FOLDER / part).exists())
    without_comments = re.sub(r"/\*.*?\*/", "", whole, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", without_comments).strip().encode()


@cache
def stylesheet_digest() -> str:
    """Part of its address: a new look is a new file, the old one may be kept for ever."""
    return hashlib.sha256(stylesheet()).hexdigest()[:12]
