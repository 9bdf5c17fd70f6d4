"""Alliage, the open observatory of alliances: from a question's wording to a published, defensible figure.

This is the statistician's door: answers, a design, and estimates with their margins. Names are fetched when first
used, so that `import alliage` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from alliage.estimates import (
        Design,
        combine,
        compare,
        contrast,
        gap,
        mean,
        median,
        quantile,
        ratio,
        share,
        stack,
        standardise,
        total,
    )
    from alliage.responses import read_answers

__all__ = [
    "Design",
    "combine",
    "compare",
    "contrast",
    "gap",
    "mean",
    "median",
    "quantile",
    "ratio",
    "read_answers",
    "share",
    "stack",
    "standardise",
    "total",
]

_ROOMS = dict.fromkeys(__all__, "alliage.estimates") | {"read_answers": "alliage.responses"}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module 'alliage' has no attribute {name!r}")
    return getattr(import_module(_ROOMS[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
