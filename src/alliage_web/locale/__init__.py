"""The words of the site in English: French is written in the templates, `en/LC_MESSAGES/django.po` translates it.

`compile_catalogues` makes the `.mo` files Django reads; `refresh` adds to the `.po` what the templates now say.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parent
SITE = HERE.parent
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2)}


def compile_catalogues(folder: Path = HERE) -> list[Path]:
    """Write a .mo beside every .po, and tell which."""
    made = []
    for po in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        with mo.open("wb") as out:
            write_mo(out, catalogue(po))
        made.append(mo)
    return made


def catalogue(po: Path) -> Catalog:
    with po.open("rb") as source:
        return read_po(source, locale=po.parent.parent.name)


def messages() -> Iterator[tuple[str, str, int]]:
    """Every French sentence of the site with its file and line: those of the templates, then those of the code."""
    from django.utils.translation.template import templatize  # noqa: PLC0415 - building a wheel does not need Django

    for path in sorted(SITE.rglob("*.html")):
        code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        yield from _extracted(code, path)
    for path in sorted(SITE.rglob("*.py")):
        yield from _extracted(path.read_text(encoding="utf-8"), path)


def refresh(folder: Path = HERE) -> None:
    """Bring every .po up to date: new sentences enter with an empty translation, vanished ones leave."""
    found = Catalog(locale="fr")
    for message, file, line in messages():
        found.add(message, locations=[(file, line)])
    for po in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        kept = catalogue(po)
        kept.update(found, no_fuzzy_matching=True)
        kept.obsolete.clear()
        with po.open("wb") as out:
            write_po(out, kept, width=110, sort_by_file=True, include_lineno=False, omit_header=False)


def _extracted(code: str, path: Path) -> Iterator[tuple[str, str, int]]:
    lines = io.BytesIO(code.encode())
    for line, message, _comments, _context in extract("python", lines, keywords=KEYWORDS):
        yield message, path.relative_to(SITE).as_posix(), line
