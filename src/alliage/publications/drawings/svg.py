"""SVG elements as strings: same input, same bytes; presentation attributes only, so that a strict page accepts them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

FONT = "-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', 'Helvetica Neue', Arial, sans-serif"

Value = str | float | None


def element(name: str, *children: str, **attributes: Value) -> str:
    """`element("line", x1=0, stroke_width=2)`. Attributes that are None are left out; `class_` is `class`."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(coordinate(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def coordinate(value: str | float) -> str:
    """One decimal is a tenth of a pixel: enough for the eye, and the same everywhere."""
    if isinstance(value, str):
        return value
    rounded = round(float(value), 1) + 0.0
    return str(int(rounded)) if rounded.is_integer() else str(rounded)


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
