"""SVG elements as strings: same input, same bytes; presentation attributes only, so that a strict page accepts them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from html import escape

FONT = "-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', 'Helvetica Neue', Arial, sans-serif"

Value = str | float | None
_RISKY = re.compile("[&<>\"']")


def element(name: str, *children: str, **attributes: Value) -> str:
    """`element("line", x1=0, stroke_width=2)`. Attributes that are None are left out; `class_` is `class`."""
    written = "".join(
        [f' {_name(key)}="{coordinate(value)}"' for key, value in attributes.items() if value is not None]
    )
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


@cache
def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


@lru_cache(maxsize=16384)
def coordinate(value: str | float) -> str:
    """One decimal is a tenth of a pixel: enough for the eye, and the same everywhere. Words are escaped."""
    if isinstance(value, str):
        return escape(value) if _RISKY.search(value) else value
    rounded = round(value, 1)
    whole = int(rounded)
    return str(whole) if whole == rounded else str(rounded)


def lines(
    x: float,
    y: float,
    words: Sequence[str],
    *,
    size: float,
    fill: str,
    class_: str,
    leading: float = 1.25,
    anchor: str | None = None,
    bold: bool = False,
) -> str:
    """Words on one line or several, the first baseline at y."""
    spans = (
        [escape(words[0], quote=False)]
        if len(words) == 1
        else [
            element("tspan", escape(line, quote=False), x=x, dy=0 if rank == 0 else size * leading)
            for rank, line in enumerate(words)
        ]
    )
    return element(
        "text",
        *spans,
        x=x,
        y=y,
        class_=class_,
        fill=fill,
        font_size=size,
        font_weight="600" if bold else None,
        text_anchor=anchor,
    )
