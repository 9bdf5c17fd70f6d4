"""Template words: a text of the release in the language of the page, a drawing inlined, a date in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from alliage.text import Language, day
from alliage_web import releases

register = template.Library()

_BEFORE = re.compile(r" (?=[:;?!»%])")
_AFTER = re.compile(r"« ")


def spoken_language() -> Language:
    return "en" if get_language() == "en" else "fr"


@register.filter
def said(text: Any) -> str:
    """A {fr, en} text of the release in the language of the page. Absent texts say nothing."""
    if not text:
        return ""
    language = spoken_language()
    words = str(text if isinstance(text, str) else text[language]).replace("'", "’")
    return _unbreakable(words) if language == "fr" else words


def _unbreakable(words: str) -> str:
    """A colon never begins a line in French."""
    return _BEFORE.sub("\u00a0", _AFTER.sub("«\u00a0", words))


@register.filter
def inset(label: str) -> str:
    """A label that follows a colon: « Emploi, chômage » → « emploi, chômage ». Initials keep their capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


@register.filter
def in_words(moment: str) -> str:
    """2026-11-23 → « 23 novembre 2026 »."""
    return day(date.fromisoformat(moment))[spoken_language()]


@register.simple_tag
def drawing(figure_id: str, layout: str = "") -> SafeString:
    """The SVG of a figure, inlined: safe, the publication drew it from texts it escaped. Empty if absent."""
    return mark_safe(releases.drawing(figure_id, spoken_language(), layout))  # noqa: S308


@register.filter
def lookup(table: Mapping[str, Any], key: str) -> Any:
    """The value of a mapping for a key that is itself a variable."""
    return table.get(key)
