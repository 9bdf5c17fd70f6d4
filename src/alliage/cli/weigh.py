"""`alliage weigh`: a study's weights, what they cost, and a file of them for whoever asks for one."""

from __future__ import annotations

import os
from pathlib import Path

import click

from alliage.contents import open_content
from alliage.problems import Place, Problem
from alliage.publications.files import csv_bytes
from alliage.responses import Responses, collect, read_study_answers
from alliage.responses.collected import RESPONDENT
from alliage.studies.reading import read_study
from alliage.text import LANGUAGES, Text, number, percent
from alliage.weights import Diagnosis, Weights, margins_of, weigh_responses

_QUANTILES = Text(
    fr="Poids : le plus petit {min}, un sur vingt sous {p05}, médian {median}, un sur vingt au-dessus de {p95}, "
    "le plus grand {max}.",
    en="Weights: smallest {min}, one in twenty under {p05}, median {median}, one in twenty above {p95}, largest {max}.",
)
_GAP = Text(
    fr="Le plus grand écart aux marges est de {gap} ({category}) ; tours de calcul : {iterations}.",
    en="The largest gap to the margins is {gap} ({category}); rounds of computing: {iterations}.",
)
_WRITTEN = Text(fr="{n} poids écrits dans {file}.", en="{n} weights written to {file}.")


@click.command()
@click.argument("study", type=click.Path(path_type=Path), metavar="STUDY")
@click.option(
    "--to",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.csv",
    help="Écrire les poids à côté des identifiants · Write the weights beside the ids",
)
@click.option("--content", type=click.Path(path_type=Path), help="Autres contenus · Other content")
def weigh(study: Path, to: Path | None, content: Path | None) -> None:
    """Redresse une étude comme elle le déclare, et dit ce que cela coûte. N'écrit rien sans --to.

    Weight a study as it declares, and tell the cost. Nothing is written without --to.
    """
    opened = open_content(content)
    data = os.environ.get("ALLIAGE_DATA")
    read = read_study(study, questionnaires=opened.questionnaires, data_folder=Path(data) if data else None)
    if to is not None and to.exists():
        raise Problem("weights.file_exists", Place(to))
    if to is not None and not to.parent.is_dir():
        raise Problem("weights.no_folder", Place(to.parent))
    responses = collect(read, read_study_answers(read))
    weights = weigh_responses(responses, margins_of(read, populations=opened.populations))
    lines = [read.study.label, *weights.diagnosis.lines, *_figures(weights.diagnosis)]
    if to is not None:
        _write(responses, weights, to)
        lines.append(_WRITTEN.filled(n=number(responses.n), file=to))
    click.echo("\n\n".join("\n".join(line[language] for line in lines) for language in LANGUAGES))


def _figures(diagnosis: Diagnosis) -> list[Text]:
    decimals = 0 if diagnosis.quantiles["median"] >= 1000 else 2
    weights = {name: number(value, decimals) for name, value in diagnosis.quantiles.items()}
    lines = [_QUANTILES.filled(**weights)]
    if diagnosis.worst_margin is not None:
        gap = percent(100 * diagnosis.worst_gap, 7)
        rounds = diagnosis.iterations
        lines.append(_GAP.filled(iterations=rounds, gap=gap, category=diagnosis.worst_margin))
    return lines


def _write(responses: Responses, weights: Weights, to: Path) -> None:
    """Ids as received and weights at full precision; written beside and renamed, so that no half file is left."""
    rows = zip(responses.table.column(RESPONDENT).to_pylist(), weights.values.tolist(), strict=True)
    beside = to.with_name(f".{to.name}.part")
    try:
        beside.write_bytes(csv_bytes((RESPONDENT, "weight"), rows))
        beside.replace(to)
    finally:
        beside.unlink(missing_ok=True)
