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
from alliage.problems import MESSAGES, Place, Problem
from alliage.responses import read_answers
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
    strata: str | tuple[str, ...] = ()
    clusters: str | tuple[str, ...] = ()
    fpc: str | tuple[str, ...] = ()
    kind: DesignKind = "probability"
    lonely: Lonely = "fail"
    nest: bool = False


@click.command()
@click.argument("data", type=click.Path(path_type=Path))
@click.option(
    "--design",
    "design",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE.yaml",
    help="Le plan de sondage · The sampling design",
)
@click.option("--share", "share_of", metavar="Q", help="Part de chaque réponse · Share of each answer")
@click.option("--mean", "mean_of", metavar="Y", help="Moyenne · Mean")
@click.option("--total", "total_of", metavar="Y", help="Total")
@click.option("--ratio", "ratio_of", metavar="Y/X", help="Rapport de deux totaux · Ratio of two totals")
@click.option(
    "--of",
    "of",
    multiple=True,
    help="Réponses comptées ensemble, une par --of · Answers counted together, one per --of",
)
@click.option("--exclude", multiple=True, help="Réponses hors de la base · Answers outside the base")
@click.option("--by", "by", multiple=True, help="Groupes ; plusieurs se croisent · Groups; several are crossed")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="Sortie · Output",
)
@click.option("--language", type=click.Choice(["fr", "en"]), default="fr", show_default=True, help="Langue · Language")
@click.option("--delimiter", default=",", show_default=True, help="Séparateur du CSV · Delimiter of the CSV")
@click.option("--encoding", default="utf-8", show_default=True, help="Encodage du CSV · Encoding of the CSV")
@click.option("--sheet", help="Feuille du classeur · Sheet of the workbook")
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

    Estimate a share, a mean, a total or a ratio, with its margin, with no study folder.

    \b
    FILE.yaml nomme des colonnes des données · names columns of the data:
      weight: poids
      strata: [region, taille]
      clusters: [commune, menage]   # un par degré · one per stage
      fpc: [n_communes, n_menages]  # un par degré · one per stage
      kind: probability             # quota, self_selected, census
      lonely: fail                  # remove, adjust, average
      nest: false
    """
    if [share_of, mean_of, total_of, ratio_of].count(None) != 3:
        raise Problem("estimates.one_of")
    if share_of is None and (of or exclude):
        raise Problem("estimates.share_only", option="--of" if of else "--exclude")
    declaration = read_declaration(design, DesignFile, asked_by="--design")
    plan = Design(**vars(declaration))
    ratio_parts = _ratio_parts(ratio_of) if ratio_of is not None else None
    answers = read_answers(data, sheet=sheet, encoding=encoding, delimiter=delimiter)
    try:
        if share_of is not None:
            made = share(answers, share_of, of or None, design=plan, by=by, base_excludes=exclude)
        elif ratio_parts is not None:
            made = ratio(answers, *ratio_parts, design=plan, by=by)
        elif mean_of is not None:
            made = mean(answers, mean_of, design=plan, by=by)
        else:
            made = total(answers, str(total_of), design=plan, by=by)
    except Problem as problem:
        # The estimators know columns, not always the file these come from.
        raise problem if problem.place else Problem(problem.code, Place(data), **problem.values) from None
    click.echo(written(made, shape, language), nl=False)
    for code in sorted({code for one in made for code in one.warnings}):
        click.echo(MESSAGES[code][language], err=True)


def _ratio_parts(asked: str) -> tuple[str, str]:
    above, bar, below = asked.partition("/")
    if not above or not bar or not below or "/" in below:
        raise Problem("estimates.ratio_shape", ratio=asked)
    return above, below


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
