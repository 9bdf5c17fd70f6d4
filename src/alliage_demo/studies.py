"""Writes the demo observatory: the study folders as a statistician would keep them, with made-up answers inside."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from alliage.contents import Content
from alliage.studies import read_observatory
from alliage.studies.folders import StudyFolder
from alliage.weights.margins import read_margin
from alliage_demo.assumptions import Assumptions, read_assumptions
from alliage_demo.populations import Cells, crossed
from alliage_demo.respondents import Column, draw_answers

TEMPLATES = Path(str(files("alliage_demo"))) / "observatory"


def write_observatory(folder: Path, *, content: Content, said: Callable[[str], None] = lambda study: None) -> Path:
    """Write `observatory.yaml`, its studies and their answers under `folder`; return the path of observatory.yaml.

    The same code writes the same bytes: seeds are declared in the assumptions.
    """
    shutil.copytree(TEMPLATES, folder, dirs_exist_ok=True)
    observatory = read_observatory(
        folder, questionnaires=content.questionnaires, known_indicators=content.indicators.keys()
    )
    for study in observatory.studies:
        said(study.study.id)
        _write_answers(study, content)
    return folder / "observatory.yaml"


def _write_answers(study: StudyFolder, content: Content) -> None:
    assumptions = read_assumptions(study.audience)
    cells = population(assumptions, content)
    wave = assumptions.waves[study.study.wave]
    columns = draw_answers(cells, study.questionnaire, assumptions, wave)
    if study.study.design.strata:
        columns |= _sampling_columns(study.study.design.strata, cells, columns)
    path = study.folder / study.study.answers.file
    _WRITERS[path.suffix](path, columns)


def population(assumptions: Assumptions, content: Content) -> Cells:
    """The cells of the population, from the margins of the content that the assumptions name."""
    margins = [
        (tuple(names.split("*")), _counts(content.folder / "populations" / f"{id}.yaml"))
        for names, id in assumptions.population.items()
    ]
    return crossed(margins)


def _counts(path: Path) -> dict[tuple[str, ...], float]:
    return {cell.values: cell.count for cell in read_margin(path).cells}


def _sampling_columns(strata: tuple[str, ...], cells: Cells, columns: dict[str, Column]) -> dict[str, Column]:
    """What a sampling file carries: the size of the stratum, and how many units each respondent stands for."""
    held: Counter[tuple[str, ...]] = Counter()
    for category, size in zip(zip(*(cells.column(name) for name in strata), strict=True), cells.sizes, strict=True):
        held[category] += size
    drawn = Counter(_rows(strata, columns))
    return {
        "taille_strate": [repr(float(held[stratum])) for stratum in _rows(strata, columns)],
        "poids_de_sondage": [repr(float(held[stratum] / drawn[stratum])) for stratum in _rows(strata, columns)],
    }


def _rows(names: tuple[str, ...], columns: dict[str, Column]) -> Iterator[tuple[str, ...]]:
    return zip(*(columns[name] for name in names), strict=True)


def _write_csv(path: Path, columns: dict[str, Column]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


def _write_parquet(path: Path, columns: dict[str, Column]) -> None:
    pq.write_table(pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()}), path)


_WRITERS: dict[str, Callable[[Path, dict[str, Column]], None]] = {".csv": _write_csv, ".parquet": _write_parquet}
