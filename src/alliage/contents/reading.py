"""Opens a content folder: every file read, every problem gathered, then everything by id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from alliage.catalogue import Document, declare, read_document
from alliage.contents.content import Content
from alliage.contents.files import BANK_FILES, FILES, INDICATORS, MARGINS, QUESTIONNAIRES
from alliage.contents.references import check_references
from alliage.indicators.declarations import Indicator
from alliage.indicators.reading import check_indicator
from alliage.instruments import Bank, Questionnaire, complete, read_bank
from alliage.problems import Place, Problem, Problems, raise_all
from alliage.weights.margins import Margin, read_margin

Made = TypeVar("Made")


def installed_content() -> Path:
    """The folder of the content that comes with Alliage."""
    return Path(str(files("alliage_content")))


def open_content(folder: Path | None = None) -> Content:
    """Open a content folder, the installed one by default. Raises Problem or Problems (content.*, weights.*)."""
    content, problems = read_content(folder or installed_content())
    raise_all(problems)
    return content


def read_content(folder: Path) -> tuple[Content, list[Problem]]:
    """Read all that can be read, with everything that is wrong; only a folder without problem may be used."""
    if not folder.is_dir():
        raise Problem("content.no_folder", Place(folder))
    gathered = _Gathered(folder)
    single = {name: gathered.file(name, kind) for name, kind in FILES.items() if (folder / name).is_file()}
    bank = gathered.bank()
    questionnaires = gathered.questionnaires(bank)
    content = Content(
        folder=folder,
        bank=bank,
        questionnaires=questionnaires,
        indicators=gathered.indicators(bank),
        margins=gathered.margins(),
        documents=gathered.documents,
        **_by_id(single),
    )
    problems = [*gathered.problems, *_strangers(folder, gathered), *check_references(content, unread=gathered.unread)]
    return content, problems


@dataclass
class _Gathered:
    """What has been read so far, and what was wrong with it."""

    folder: Path
    documents: dict[str, Document] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    known: set[Path] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)

    def file(self, name: str, kind: type[Made]) -> Made | None:
        document = self.document(name)
        made = None if document is None else self._try(partial(declare, document, kind))
        if made is None:
            self.unread.add(name)
        return made

    def document(self, name: str) -> Document | None:
        path = self.folder / name
        self.known.add(path)
        document = self._try(partial(read_document, path))
        if document is not None:
            self.documents[name] = document
        return document

    def bank(self) -> Bank:
        paths = [self.folder / name for name in BANK_FILES]
        self.known.update(paths)
        if not any(path.is_file() for path in paths):
            return Bank()
        bank = self._try(partial(read_bank, self.folder / QUESTIONNAIRES))
        if bank is not None:
            for name in BANK_FILES:
                self.document(name)
        return bank or Bank(is_broken=True)

    def questionnaires(self, bank: Bank) -> dict[str, Questionnaire]:
        found: dict[str, Questionnaire] = {}
        for name in self._each(QUESTIONNAIRES):
            if name in BANK_FILES:
                continue
            document = self.document(name)
            if document is None:
                continue
            questionnaire = self._try(partial(_questionnaire, document, bank))
            if questionnaire is not None:
                found[questionnaire.id] = questionnaire
        return found

    def indicators(self, bank: Bank) -> dict[str, Indicator]:
        found: dict[str, Indicator] = {}
        for name in self._each(INDICATORS):
            indicator = self.file(name, Indicator)
            if indicator is None:
                continue
            found[indicator.id] = indicator
            if not bank.is_broken:
                self.problems += check_indicator(indicator, self.documents[name], bank.questions)
        return found

    def margins(self) -> dict[str, Margin]:
        found: dict[str, Margin] = {}
        for name in self._each(MARGINS):
            if self.document(name) is None:
                continue
            margin = self._try(partial(read_margin, self.folder / name))
            if margin is not None:
                found[margin.id] = margin
        return found

    def _each(self, folder: str) -> Iterable[str]:
        return [f"{folder}/{path.name}" for path in sorted((self.folder / folder).glob("*.yaml"))]

    def _try(self, read: Callable[[], Made]) -> Made | None:
        try:
            return read()
        except Problem as problem:
            self.problems.append(problem)
        except Problems as several:
            self.problems += several.problems
        return None


def _questionnaire(document: Document, bank: Bank) -> Questionnaire:
    questionnaire: Questionnaire = declare(document, Questionnaire)
    if questionnaire.id != document.path.stem:
        raise Problem("content.file_name", document.place(("id",)), id=questionnaire.id, file=document.path.name)
    # A bank that could not be read has been reported: its questions are not reported missing on top of it.
    return questionnaire if bank.is_broken else complete(questionnaire, bank, document=document)


def _by_id(single: Mapping[str, Any]) -> dict[str, Any]:
    """The lists of every file, as dictionaries by id or code."""
    kinds = (
        *("programmes", "eras", "phases", "audiences", "profiles", "impacts", "fragilities"),
        *("regions", "departements", "sources", "studies", "figures", "conflicts"),
    )
    found: dict[str, Any] = {kind: {} for kind in kinds}
    for made in single.values():
        for kind in kinds:
            for one in getattr(made, kind, ()):
                found[kind][getattr(one, "id", None) or one.code] = one
    regions = single.get("territories/regions.yaml")
    return {**found, "population": regions.population if regions else None}


def _strangers(folder: Path, gathered: _Gathered) -> list[Problem]:
    """A file nobody reads is a file whose author believes it is read."""
    known = ", ".join([*FILES, *BANK_FILES, *(f"{place}/*.yaml" for place in (QUESTIONNAIRES, INDICATORS, MARGINS))])
    paths = sorted(path for suffix in ("*.yaml", "*.yml") for path in folder.rglob(suffix))
    return [Problem("content.stranger", Place(path), known=known) for path in paths if path not in gathered.known]
