"""`alliage check`: contents, studies and observatories held against themselves and each other, before anything runs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from alliage.contents import Content, check_content, conflict_lines, installed_content, open_content, register_versions
from alliage.problems import Place, Problem, Problems, raise_all
from alliage.publications.gathering import gather
from alliage.studies.reading import OBSERVATORY_FILE, STUDY_FILE
from alliage.text import Text, listed, number

UNREGISTERED = "content.version_unregistered"


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[CONTENT_STUDY_OR_OBSERVATORY]...")
@click.option(
    "--content",
    type=click.Path(path_type=Path),
    help="Contenus auxquels les études se réfèrent · Content that studies refer to",
)
@click.option(
    "--register",
    is_flag=True,
    help="Inscrire les nouvelles versions publiées ; aucune n'est écrasée · Enter new published versions; none is "
    "overwritten",
)
@click.option(
    "--conflicts",
    is_flag=True,
    help="Lister les désaccords entre sources, avec leurs sources · List where sources disagree, with their sources",
)
def check(paths: tuple[Path, ...], content: Path | None, register: bool, conflicts: bool) -> None:
    """Vérifie les contenus, les études et les observatoires : tout ce qui ne va pas, avec fichier et ligne.

    Check contents, studies and observatories: everything that is wrong, with file and line.
    """
    raise_all([Problem("study.not_found", Place(path), name=STUDY_FILE) for path in paths if not path.exists()])
    chosen = content or installed_content()
    folders = [path for path in paths if not _is_study(path)] or [chosen]
    studies = [path for path in paths if _is_study(path)]
    found = [problem for folder in folders for problem in _folder(folder, register=register)]
    if studies and not found:
        opened = open_content(chosen)
        found = [problem for path in studies for problem in _study(path, opened)]
    raise_all(found)
    for folder in folders:
        opened = open_content(folder)
        _say(_contents(opened))
        for line in conflict_lines(opened) if conflicts else ():
            click.echo(line.fr)
            click.echo(line.en)
    for path in studies:
        _say(Text(fr=f"{path} : rien à reprendre.", en=f"{path}: nothing to mend."))


def _folder(folder: Path, *, register: bool) -> list[Problem]:
    """What is wrong with a content. Versions are entered in the register only if nothing else is wrong."""
    problems = check_content(folder)
    if register and all(problem.code == UNREGISTERED for problem in problems):
        for key in register_versions(open_content(folder)):
            _say(Text(fr=f"inscrit : {key}", en=f"registered: {key}"))
        return []
    return problems


def _is_study(path: Path) -> bool:
    return path.is_file() or any((path / name).is_file() for name in (STUDY_FILE, OBSERVATORY_FILE))


def _study(path: Path, content: Content) -> list[Problem]:
    """What would stop its publication before an answer is read: its declaration, its indicators, its margins."""
    data = os.environ.get("ALLIAGE_DATA")
    try:
        gather(path, content, Path(data) if data else None)
    except Problem as problem:
        return [problem]
    except Problems as several:
        return list(several.problems)
    return []


@dataclass(frozen=True, slots=True)
class _Count:
    """How many of a thing, in words: "1 étude", "29 indicateurs"."""

    count: int
    one: Text
    several: Text

    def spoken(self) -> Text:
        written = number(self.count)
        # French keeps the singular below two; English only for one.
        fr = self.one.fr if self.count < 2 else self.several.fr
        en = self.one.en if self.count == 1 else self.several.en
        return Text(fr=f"{written.fr} {fr}", en=f"{written.en} {en}")


def _counts(content: Content) -> Iterator[_Count]:
    for count, fr, en in (
        (len(content.bank.questions), ("question", "questions"), ("question", "questions")),
        (len(content.questionnaires), ("questionnaire", "questionnaires"), ("questionnaire", "questionnaires")),
        (len(content.indicators), ("indicateur", "indicateurs"), ("indicator", "indicators")),
        (len(content.studies), ("étude recensée", "études recensées"), ("registered study", "registered studies")),
        (len(content.figures), ("chiffre publié", "chiffres publiés"), ("published figure", "published figures")),
        (
            len(content.conflicts),
            ("désaccord déclaré", "désaccords déclarés"),
            ("declared conflict", "declared conflicts"),
        ),
        (len(content.sources), ("source", "sources"), ("source", "sources")),
    ):
        yield _Count(count, one=Text(fr=fr[0], en=en[0]), several=Text(fr=fr[1], en=en[1]))


def _contents(content: Content) -> Text:
    counts = listed([count.spoken() for count in _counts(content)])
    return Text(fr="Contenu vérifié : {counts}.", en="Content checked: {counts}.").filled(counts=counts)


def _say(words: Text) -> None:
    click.echo(f"{words.fr} · {words.en}")
