"""`alliage weigh`: weights for a study, or for any file of answers and margins; what they cost; a file of them."""

from __future__ import annotations

import json
import math
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
import pyarrow as pa
import pyarrow.parquet as pq

from alliage.catalogue.declarations import did_you_mean
from alliage.cli.folders import written_beside
from alliage.contents import Content, installed_content, open_content
from alliage.problems import Place, Problem
from alliage.publications.files import csv_bytes
from alliage.responses import RawAnswers, collect, read_answers, read_study_answers
from alliage.responses.collected import RESPONDENT
from alliage.responses.reading import FORMATS
from alliage.studies.declarations import Weighting
from alliage.studies.reading import read_study
from alliage.text import LANGUAGES, Text, number, percent, same
from alliage.weights import Diagnosis, Margin, Weights, describe_weights, margins_of, weigh_responses
from alliage.weights.distribution import Distribution, heaviest_line
from alliage.weights.loose_answers import weigh_file
from alliage.weights.margin_lists import MarginList, read_margins
from alliage.weights.weighing import METHODS

WEIGHT = "weight"
WRITTEN = (".csv", ".parquet")
ROUNDING = 1e-9  # a relative gap under it is said to be under it: its digits are only rounding

_QUANTILES = Text(
    fr="Poids : le plus petit {min}, un sur vingt sous {p05}, médian {median}, un sur vingt au-dessus de {p95}, "
    "le plus grand {max}.",
    en="Weights: smallest {min}, one in twenty under {p05}, median {median}, one in twenty above {p95}, largest {max}.",
)
_GAP = Text(
    fr="Le plus grand écart aux marges est de {gap} ({category}) ; tours de calcul : {iterations}.",
    en="The largest gap to the margins is {gap} ({category}); rounds of computing: {iterations}.",
)
_NO_GAP = Text(
    fr="Le plus grand écart aux marges est de moins de {least} ; tours de calcul : {iterations}.",
    en="The largest gap to the margins is under {least}; rounds of computing: {iterations}.",
)
_WRITTEN = Text(fr="{n} poids écrits dans {file}.", en="{n} weights written to {file}.")


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """Weights, how they were asked for, and the columns to write beside them."""

    label: Text
    weights: Weights
    weighting: Weighting
    margins: tuple[Margin, ...]
    beside: pa.Table


@click.command()
@click.argument("source", type=click.Path(path_type=Path), metavar="STUDY|DATA")
@click.option(
    "--margins",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE.yaml",
    help="Marges, ou liste de marges, sur lesquelles peser un fichier de réponses, sans étude · Margins, or a list of "
    "margins, on which to weigh a file of answers, no study needed",
)
@click.option("--weight", metavar="COLUMN", help="Poids de départ (1 sinon) · Starting weights (1 otherwise)")
@click.option(
    "--method",
    type=click.Choice(list(METHODS)),
    help="Distance du calage (raking sinon) · Distance of the calibration (raking otherwise)",
)
@click.option(
    "--bounds",
    nargs=2,
    type=float,
    metavar="LOW HIGH",
    help="Bornes du facteur poids final / poids de départ · Bounds of the factor final / starting weight",
)
@click.option(
    "--rescale",
    is_flag=True,
    default=None,
    help="Amener d'abord les poids de départ à la taille de la population : les bornes s'entendent alors autour de 1 · "
    "First bring starting weights to the size of the population: bounds are then around 1",
)
@click.option("--trim", type=float, metavar="TIMES", help="Plafond, en poids médians · Ceiling, in median weights")
@click.option(
    "--household",
    metavar="COLUMN",
    help="Ménage : ses membres ont le même poids · Household: its members have the same weight",
)
@click.option("--id", "id_", metavar="COLUMN", help="N'écrire que cette colonne et le poids · Write this column only")
@click.option(
    "--to",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.csv|.parquet",
    help="Écrire les poids à côté des identifiants ou des colonnes · Write the weights beside the ids or the columns",
)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Sortie · Output",
)
@click.option("--delimiter", default=",", show_default=True, help="Séparateur du CSV · Delimiter of the CSV")
@click.option("--encoding", default="utf-8", show_default=True, help="Encodage du CSV · Encoding of the CSV")
@click.option("--sheet", help="Feuille du classeur · Sheet of the workbook")
@click.option("--content", type=click.Path(path_type=Path), help="Autres contenus · Other content")
def weigh(
    source: Path,
    margins: tuple[Path, ...],
    weight: str | None,
    method: str | None,
    bounds: tuple[float, float] | None,
    rescale: bool | None,
    trim: float | None,
    household: str | None,
    id_: str | None,
    to: Path | None,
    shape: str,
    delimiter: str,
    encoding: str,
    sheet: str | None,
    content: Path | None,
) -> None:
    """Redresse une étude comme elle le déclare, ou un fichier sur des marges. N'écrit rien sans --to.

    Weight a study as it declares, or a file of answers on margins. Nothing is written without --to.

    \b
    alliage weigh mon_etude --to poids.csv
    alliage weigh reponses.csv --margins marges.yaml --to reponses_pesees.csv
    """
    _check_output(to)
    if margins:
        # The whole content need not be read for a margin that goes by its id.
        populations = (content or installed_content()) / "populations"
        known = read_margins(margins, populations=populations, asked_by="--margins")
        asked = Weighting(
            method=METHODS[method or "raking"],
            bounds=bounds or None,
            rescale=rescale,
            trim=trim,
            household=household,
        )
        raw = read_answers(source, sheet=sheet, encoding=encoding, delimiter=delimiter)
        weighed = _file(raw, known, asked, weight=weight, id_=id_)
    else:
        # click gives an empty pair of bounds when there are none.
        options = {"weight": weight, "method": method, "bounds": bounds or None, "rescale": rescale, "trim": trim}
        _refuse_options(source, {**options, "household": household, "id": id_, "sheet": sheet})
        weighed = _study(source, open_content(content))
    if to is not None:
        _write(weighed, to)
    spread = describe_weights(weighed.weights.values)
    click.echo(_json(weighed, spread) if shape == "json" else _text(weighed, spread, to))


def _check_output(to: Path | None) -> None:
    if to is None:
        return
    if to.suffix.lower() not in WRITTEN:
        raise Problem("weights.unknown_output", Place(to), extension=to.suffix)
    if to.exists():
        raise Problem("weights.file_exists", Place(to))
    if not to.parent.is_dir():
        raise Problem("weights.no_folder", Place(to.parent))


def _refuse_options(source: Path, options: dict[str, object]) -> None:
    """A study declares its own weighting; answers without margins cannot be weighed."""
    if source.suffix.lower() in FORMATS:
        raise Problem("weights.margins_needed", Place(source))
    given = [name for name, value in options.items() if value is not None]
    if given:
        raise Problem("weights.study_declares", Place(source), option=f"--{given[0]}")


def _study(source: Path, opened: Content) -> Weighed:
    data = os.environ.get("ALLIAGE_DATA")
    read = read_study(source, questionnaires=opened.questionnaires, data_folder=Path(data) if data else None)
    margins = margins_of(read, populations=opened.populations)
    responses = collect(read, read_study_answers(read))
    weights = weigh_responses(responses, margins)
    return Weighed(read.study.label, weights, read.study.weighting, margins, responses.table.select([RESPONDENT]))


def _file(raw: RawAnswers, known: MarginList, asked: Weighting, *, weight: str | None, id_: str | None) -> Weighed:
    if id_ is not None and id_ not in raw.columns:
        suggestion = did_you_mean(id_, raw.columns)
        raise Problem("weights.no_id", Place(raw.file), column=id_, suggestion=suggestion)
    weights = weigh_file(raw, known, asked, weight=weight, ids=id_)
    beside = raw.table if id_ is None else raw.table.select([id_])
    return Weighed(same(raw.file.name), weights, asked, known.margins, beside)


def _text(weighed: Weighed, spread: Distribution, to: Path | None) -> str:
    """Everything in French, then everything in English."""
    diagnosis = weighed.weights.diagnosis
    lines = [weighed.label, *diagnosis.lines, *_figures(diagnosis)]
    if spread.heaviest > 1:  # the heaviest one has its own sentence
        lines.append(heaviest_line(spread))
    written = [] if to is None else [_WRITTEN.filled(n=number(len(weighed.weights.values)), file=to)]
    return "\n\n".join(
        "\n".join([*(line[language] for line in lines), spread.histogram(language), *(w[language] for w in written)])
        for language in LANGUAGES
    )


def _figures(diagnosis: Diagnosis) -> list[Text]:
    decimals = 0 if diagnosis.quantiles["median"] >= 1000 else 2
    weights = {name: number(value, decimals) for name, value in diagnosis.quantiles.items()}
    lines = [_QUANTILES.filled(**weights)]
    if diagnosis.worst_margin is not None:
        rounds = number(diagnosis.iterations)
        if diagnosis.worst_gap < ROUNDING:
            lines.append(_NO_GAP.filled(iterations=rounds, least=percent(100 * ROUNDING, 7)))
        else:
            gap = percent(100 * diagnosis.worst_gap, 2 if diagnosis.worst_gap > 0.0001 else 7)
            lines.append(_GAP.filled(iterations=rounds, gap=gap, category=diagnosis.worst_margin))
    return lines


def _json(weighed: Weighed, spread: Distribution) -> str:
    """The same for a program; what is not a number is null."""
    diagnosis = asdict(weighed.weights.diagnosis)
    lines = [line.to_dict() for line in weighed.weights.diagnosis.lines]
    told = {
        "label": weighed.label.to_dict(),
        "method": weighed.weighting.method,
        "bounds": weighed.weighting.bounds,
        "margins": [margin.id for margin in weighed.margins],
        "diagnosis": {name: value for name, value in diagnosis.items() if name != "lines"},
        "reached": [asdict(one) for one in weighed.weights.reached],
        "distribution": spread.to_dict(),
        "lines": lines,
    }
    return json.dumps(_plain(told), ensure_ascii=False, indent=2, allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _write(weighed: Weighed, to: Path) -> None:
    """Columns as received and weights at full precision."""
    name = WEIGHT
    while name.casefold() in {column.casefold() for column in weighed.beside.column_names}:
        name = f"calibrated_{name}"
    table = weighed.beside.append_column(name, pa.array(weighed.weights.values))
    with written_beside(to) as beside:
        if to.suffix.lower() == ".parquet":
            pq.write_table(table, beside)
        else:
            rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
            beside.write_bytes(csv_bytes(table.column_names, rows))
