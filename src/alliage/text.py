"""A sentence in two languages, and the numbers that go into it, written the way each language writes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")

NARROW_SPACE = "\u202f"

# Written here rather than read from Babel, which a page of the site would wait for; a test proves both say the same.
_MONTHS: dict[Language, tuple[str, ...]] = {
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
           "décembre"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """The same sentence in French and in English. Whole sentences only: they are never glued from pieces."""

    fr: str
    en: str

    # Read from content files by pydantic: a third language written by mistake is refused, not ignored.
    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012

    def __getitem__(self, language: Language) -> str:
        return self.fr if language == "fr" else self.en

    def filled(self, **values: object) -> Text:
        """Fill the {fields} of both languages; a value that is itself a Text goes to its own language."""
        return Text(fr=_fill(self.fr, "fr", values), en=_fill(self.en, "en", values))

    def to_dict(self) -> dict[str, str]:
        return {"fr": self.fr, "en": self.en}


def _fill(template: str, language: Language, values: dict[str, object]) -> str:
    spoken = {name: value[language] if isinstance(value, Text) else value for name, value in values.items()}
    return template.format(**spoken)


def same(words: str) -> Text:
    """A name that is the same in both languages."""
    return Text(fr=words, en=words)


def number(value: float, decimals: int = 0) -> Text:
    """1234.5 is "1 234,5" in French (narrow space) and "1,234.5" in English."""
    english = f"{Decimal(str(value)):,.{decimals}f}"
    return Text(fr=english.replace(",", NARROW_SPACE).replace(".", ","), en=english)


def percent(value: float, decimals: int = 0) -> Text:
    """A value already in percent: 87 is "87 %" in French, with its narrow space, and "87%" in English."""
    written = number(value, decimals)
    return Text(fr=f"{written.fr}{NARROW_SPACE}%", en=f"{written.en}%")


def day(value: date) -> Text:
    """A date in words: "1er octobre 2019", "2 octobre 2019"; "1 October 2019"."""
    first = "er" if value.day == 1 else ""
    return Text(
        fr=f"{value.day}{first} {_MONTHS['fr'][value.month - 1]} {value.year}",
        en=f"{value.day} {_MONTHS['en'][value.month - 1]} {value.year}",
    )


def listed(items: list[Text]) -> Text:
    """« a, b et c » / "a, b and c"."""
    if not items:
        return Text(fr="", en="")
    if len(items) == 1:
        return items[0]
    head, tail = items[:-1], items[-1]
    return Text(
        fr=f"{', '.join(item.fr for item in head)} et {tail.fr}",
        en=f"{', '.join(item.en for item in head)} and {tail.en}",
    )
