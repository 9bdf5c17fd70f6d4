"""Alliage, the open observatory of alliances: from a question's wording to a published, defensible figure.

This is the statistician's door: answers, a design, and estimates with their margins. Names are fetched when first
used, so that `import alliage` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from alliage.estimates import Design, contrast, gap, mean, ratio, share, total
    from alliage.responses import read_answers

__all__ = ["Design", "contrast", "gap", "mean", "ratio", "read_answers", "share", "total"]

_ROOMS = dict.fromkeys(__all__, "alliage.estimates") | {"read_answers": "alliage.responses"}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module 'alliage' has no attribute {name!r}")
    return getattr(import_module(_ROOMS[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
