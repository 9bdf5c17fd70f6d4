"""Holds the zoning of a study against the territories: the question it names, the map, the codes and their names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from alliage.catalogue import did_you_mean
from alliage.instruments import Question
from alliage.problems import Problem
from alliage.studies.folders import StudyFolder
from alliage.studies.plans import ONE_COLUMN
from alliage.territories import REGIONS_SINCE, Region
from alliage.text import Text

SUPPORTED = ("region",)


def problems_of_zoning(read: StudyFolder, regions: Mapping[str, Region] | None) -> list[Problem]:
    """What would publish a figure under the name of a territory that is not its own.

    regions: those of the content, by code; None leaves the codes unchecked.
    """
    zoning, question = read.study.zoning, _question(read)
    if zoning is None:
        return []
    found = []
    if question is None and _is_declared(read, zoning.column):
        place = read.document.place(("zoning", "column"))
        found.append(Problem("study.zoning_column", place, column=zoning.column))
    if zoning.level not in SUPPORTED:
        place = read.document.place(("zoning", "level"))
        found.append(Problem("study.zoning_level", place, level=zoning.level, known=", ".join(SUPPORTED)))
    elif zoning.vintage < REGIONS_SINCE:
        place = read.document.place(("zoning", "vintage"))
        found.append(Problem("study.zoning_vintage", place, vintage=zoning.vintage, since=REGIONS_SINCE))
    elif question is not None and regions is not None:
        found += _codes(question, read, regions)
    return found


def problems_of_zonings(studies: Sequence[StudyFolder]) -> Iterator[Problem]:
    """A column that names territories in one study names them in all: secrecy counts their inhabitants."""
    zoned = {study.study.zoning.column: study for study in studies if study.study.zoning is not None}
    for study in studies:
        own = study.study.zoning.column if study.study.zoning is not None else None
        for column, other in zoned.items():
            if column != own and _is_declared(study, column):
                place = study.document.place(("zoning",))
                yield Problem("study.zoning_elsewhere", place, column=column, other=other.study.label)


def _question(read: StudyFolder) -> Question | None:
    """The one-answer question that the zoning names, if there is one."""
    zoning = read.study.zoning
    if zoning is None:
        return None
    question = read.question_columns().get(zoning.column)
    return question if question is not None and question.type in ONE_COLUMN else None


def _is_declared(read: StudyFolder, id: str) -> bool:
    columns = (column.id for column in read.study.columns)
    derived = (derived.id for derived in read.study.derived)
    return id in {*read.question_columns(), *columns, *derived}


def _codes(question: Question, read: StudyFolder, regions: Mapping[str, Region]) -> Iterator[Problem]:
    """Each answer is the code of a region and bears its name: 75 is Paris among departments."""
    place = read.document.place(("zoning", "column"))
    for option in question.options:
        region = regions.get(option.id)
        if region is None:
            yield Problem(
                "study.unknown_territory",
                place,
                code=option.id,
                name=option.label,
                column=question.id,
                suggestion=_suggestion(option.label, regions),
                known=_known(regions),
            )
        elif not _names(option.label) & _names(region.name):
            yield Problem("study.territory_name", place, code=option.id, name=option.label, territory=region.name)


def _suggestion(name: Text, regions: Mapping[str, Region]) -> Text:
    """The code of the region that bears this name. Codes that look alike are those of other places."""
    found = [code for code, region in regions.items() if _names(region.name) & _names(name)]
    return did_you_mean(found[0], found) if found else Text(fr="", en="")


def _known(regions: Mapping[str, Region]) -> Text:
    return Text(
        fr=", ".join(f"{code} {one.name.fr}" for code, one in regions.items()),
        en=", ".join(f"{code} {one.name.en}" for code, one in regions.items()),
    )


def _names(name: Text) -> set[str]:
    return {_letters(name.fr), _letters(name.en)}


def _letters(name: str) -> str:
    """A name without case, accents, hyphens nor apostrophes: "Île-de-France" is "Ile de France"."""
    flat = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(sign for sign in flat if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[\W_]+", " ", bare).split())
