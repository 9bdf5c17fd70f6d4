"""`alliage estimate`: estimates with their margins from a file of answers and a design, no study folder needed."""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path

import click

from alliage.catalogue import declared, read_declaration
from alliage.estimates import Design, Estimates, mean, ratio, share, total
from alliage.estimates.designs import Lonely
from alliage.estimates.lists import text_table
from alliage.problems import MESSAGES, Problem
from alliage.responses import RawAnswers, read_answers
from alliage.studies.declarations import DesignKind
from alliage.text import Language, Text

HEADINGS: dict[str, Text] = {
    "kind": Text(fr="mesure", en="measure"),
    "variable": Text(fr="variable", en="variable"),
    "answer": Text(fr="reponse", en="answer"),
    "value": Text(fr="valeur", en="value"),
    "standard_error": Text(fr="erreur_type", en="standard_error"),
    "low95": Text(fr="bas_95", en="low_95"),
    "high95": Text(fr="haut_95", en="high_95"),
    "low50": Text(fr="bas_50", en="low_50"),
    "high50": Text(fr="haut_50", en="high_50"),
    "n": Text(fr="n", en="n"),
    "n_missing": Text(fr="n_sans_reponse", en="n_missing"),
    "n_effective": Text(fr="n_efficace", en="n_effective"),
    "weight_sum": Text(fr="somme_poids", en="weight_sum"),
    "deff": Text(fr="effet_plan", en="deff"),
    "df": Text(fr="ddl", en="df"),
    "margin": Text(fr="marge", en="margin"),
    "method": Text(fr="methode", en="method"),
    "interval": Text(fr="intervalle", en="interval"),
    "warnings": Text(fr="avertissements", en="warnings"),
}

Row = dict[str, str | int | float]


@declared
class DesignFile:
    """`design.yaml`: the columns of the data that say how the respondents were chosen."""

    weight: str | None = None
    strata: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ()
    fpc: tuple[str, ...] = ()
    kind: DesignKind = "probability"
    lonely: Lonely = "fail"
    nest: bool = False


@click.command()
@click.argument("data", type=click.Path(path_type=Path))
@click.option("--design", "design", required=True, type=click.Path(path_type=Path), help="weight, strata, clusters…")
@click.option("--share", "share_of", metavar="Q", help="Part de chaque réponse · Share of each answer")
@click.option("--mean", "mean_of", metavar="Y", help="Moyenne · Mean")
@click.option("--total", "total_of", metavar="Y", help="Total")
@click.option("--ratio", "ratio_of", metavar="Y/X", help="Rapport de deux totaux · Ratio of two totals")
@click.option("--of", "of", multiple=True, help="Réponses comptées ensemble · Answers counted together")
@click.option("--exclude", multiple=True, help="Réponses hors de la base · Answers outside the base")
@click.option("--by", "by", multiple=True, help="Par ; plusieurs se croisent · By; several are crossed")
@click.option("--format", "shape", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--language", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
@click.option("--delimiter", default=",", show_default=True, help="CSV")
@click.option("--encoding", default="utf-8", show_default=True, help="CSV")
@click.option("--sheet", help="XLSX")
def estimate(
    data: Path,
    design: Path,
    share_of: str | None,
    mean_of: str | None,
    total_of: str | None,
    ratio_of: str | None,
    of: tuple[str, ...],
    exclude: tuple[str, ...],
    by: tuple[str, ...],
    shape: str,
    language: Language,
    delimiter: str,
    encoding: str,
    sheet: str | None,
) -> None:
    """Estime une part, une moyenne, un total ou un rapport, avec sa marge, sans dossier d'étude.

    Estimate a share, a mean, a total or a ratio, with its margin, with no study folder. design.yaml names columns of
    the data: weight, strata, clusters, fpc (one per stage), kind, lonely, nest.
    """
    if [share_of, mean_of, total_of, ratio_of].count(None) != 3:
        raise Problem("estimates.one_of")
    declaration = read_declaration(design, DesignFile, asked_by="--design")
    plan = Design(**vars(declaration))
    answers = read_answers(data, sheet=sheet, encoding=encoding, delimiter=delimiter)
    if share_of is not None:
        made = share(answers, share_of, of or None, design=plan, by=by, base_excludes=exclude)
    elif ratio_of is not None:
        made = _ratio(answers, ratio_of, plan, by)
    elif mean_of is not None:
        made = mean(answers, mean_of, design=plan, by=by)
    else:
        made = total(answers, str(total_of), design=plan, by=by)
    click.echo(written(made, shape, language), nl=False)
    for code in sorted({code for one in made for code in one.warnings}):
        click.echo(MESSAGES[code][language], err=True)


def _ratio(answers: RawAnswers, asked: str, plan: Design, by: tuple[str, ...]) -> Estimates:
    parts = asked.split("/")
    if len(parts) != 2 or not all(parts):
        raise Problem("estimates.ratio_shape", ratio=asked)
    return ratio(answers, parts[0], parts[1], design=plan, by=by)


def written(made: Estimates, shape: str, language: Language) -> str:
    """The estimates as an aligned table, CSV or JSON; every digit in CSV and JSON, `null` or nothing for no value."""
    rows = [{_heading(name, language): value for name, value in row.items()} for row in made.to_dicts()]
    if shape == "json":
        return json.dumps([_plain(row, None) for row in rows], ensure_ascii=False, indent=2) + "\n"
    if shape == "csv":
        sink = io.StringIO()
        writer = csv.DictWriter(sink, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(_plain(row, "") for row in rows)
        return sink.getvalue()
    return text_table(rows) + "\n"


def _heading(name: str, language: Language) -> str:
    return HEADINGS[name][language] if name in HEADINGS else name


def _plain(row: Row, nothing: str | None) -> dict[str, str | int | float | None]:
    return {
        name: nothing if isinstance(value, float) and not math.isfinite(value) else value for name, value in row.items()
    }
