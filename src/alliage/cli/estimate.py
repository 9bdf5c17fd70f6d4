"""`alliage estimate`: estimates with their margins from a file of answers and a design, no study folder needed."""

from __future__ import annotations

import json
import math
from pathlib import Path

import click

from alliage.catalogue import declared, read_declaration
from alliage.estimates import Design, Estimates, mean, ratio, share, total
from alliage.estimates.columns import MISSING
from alliage.estimates.designs import Lonely
from alliage.estimates.lists import column_names, text_table
from alliage.estimates.results import EstimateKind, MarginKind
from alliage.problems import MESSAGES, Place, Problem
from alliage.publications.files import csv_bytes
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

# What is in those columns, said in the reader's language; the scale of a share is told, for nothing else tells it.
KINDS: dict[EstimateKind, Text] = {
    "share": Text(fr="part (de 0 à 1)", en="share (0 to 1)"),
    "mean": Text(fr="moyenne", en="mean"),
    "total": Text(fr="total", en="total"),
    "ratio": Text(fr="rapport", en="ratio"),
}
MARGINS: dict[MarginKind, Text] = {
    "design": Text(fr="tirage", en="design"),
    "model": Text(fr="modele", en="model"),
    "none": Text(fr="aucune", en="none"),
}
METHODS: dict[str, Text] = {
    "census": Text(fr="recensement", en="census"),
    "none": Text(fr="aucune", en="none"),
}

# The foot of the table: what the margin rests on, and how it was computed.
_FEET: dict[tuple[MarginKind, str], Text] = {
    ("design", "korn-graubard"): Text(
        fr="Marge fondée sur le tirage : linéarisation de Taylor ; intervalles de Korn et Graubard à 95 % et à 50 %.",
        en="Margin based on the draw: Taylor linearisation; Korn–Graubard intervals at 95% and 50%.",
    ),
    ("design", "t"): Text(
        fr="Marge fondée sur le tirage : linéarisation de Taylor ; intervalles de Student à 95 % et à 50 %.",
        en="Margin based on the draw: Taylor linearisation; Student intervals at 95% and 50%.",
    ),
    ("model", "korn-graubard"): Text(
        fr="Marge fondée sur un modèle : linéarisation de Taylor ; intervalles de Korn et Graubard à 95 % et à 50 %.",
        en="Margin based on a model: Taylor linearisation; Korn–Graubard intervals at 95% and 50%.",
    ),
    ("model", "t"): Text(
        fr="Marge fondée sur un modèle : linéarisation de Taylor ; intervalles de Student à 95 % et à 50 %.",
        en="Margin based on a model: Taylor linearisation; Student intervals at 95% and 50%.",
    ),
    ("none", "census"): Text(
        fr="Recensement : tout le monde a été interrogé, il n'y a pas d'erreur d'échantillonnage.",
        en="Census: everyone was asked, there is no sampling error.",
    ),
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
    frame: int | None = None


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
    "--missing",
    multiple=True,
    metavar="VALUE",
    help="Ce qui n'est pas une réponse, dans la mesure et les groupes, en plus du vide ; une par --missing "
    f"({', '.join(MISSING)} sinon) · What is no answer, in what is measured and in groups, besides nothing; one per "
    f"--missing ({', '.join(MISSING)} otherwise)",
)
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
    missing: tuple[str, ...],
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
      frame: 1200                   # effectif de la population, pour census · population size, for census
    """
    if [share_of, mean_of, total_of, ratio_of].count(None) != 3:
        raise Problem("estimates.one_of")
    if share_of is None and (of or exclude):
        raise Problem("estimates.share_only", option="--of" if of else "--exclude")
    declaration = read_declaration(design, DesignFile, asked_by="--design")
    plan = Design(**vars(declaration))
    ratio_parts = _ratio_parts(ratio_of) if ratio_of is not None else None
    nothing = missing or MISSING
    answers = read_answers(data, sheet=sheet, encoding=encoding, delimiter=delimiter)
    try:
        if share_of is not None:
            made = share(answers, share_of, of or None, design=plan, by=by, base_excludes=exclude, missing=nothing)
        elif ratio_parts is not None:
            made = ratio(answers, *ratio_parts, design=plan, by=by, missing=nothing)
        elif mean_of is not None:
            made = mean(answers, mean_of, design=plan, by=by, missing=nothing)
        else:
            made = total(answers, str(total_of), design=plan, by=by, missing=nothing)
    except Problem as problem:
        # The estimators know columns, not always the file these come from.
        raise problem if problem.place else Problem(problem.code, Place(data), **problem.values) from None
    click.echo(written(made, shape, language), nl=False)
    if shape != "table":  # which tells them at its foot
        for code in _warnings(made):
            click.echo(MESSAGES[code][language], err=True)


def _ratio_parts(asked: str) -> tuple[str, str]:
    above, bar, below = asked.partition("/")
    if not above or not bar or not below or "/" in below:
        raise Problem("estimates.ratio_shape", ratio=asked)
    return above, below


def written(made: Estimates, shape: str, language: Language) -> str:
    """The estimates as an aligned table, CSV or JSON; every digit in CSV and JSON, `null` or nothing for no value."""
    if shape == "table":
        return _table(made, language)
    rows = _rows(made, language)
    if shape == "json":
        return json.dumps([_plain(row, None) for row in rows], ensure_ascii=False, indent=2) + "\n"
    return csv_bytes(list(rows[0]), [list(_plain(row, "").values()) for row in rows]).decode()


def _rows(made: Estimates, language: Language) -> list[Row]:
    """Columns and words in the reader's language."""
    flat = made.to_dicts()
    headings = {name: heading[language] for name, heading in HEADINGS.items()}
    by = [name for name in flat[0] if name not in headings]
    headings |= column_names(by, taken=headings.values())
    rows = []
    for row, one in zip(flat, made, strict=True):
        row["kind"] = KINDS[one.kind][language]
        row["margin"] = MARGINS[one.margin][language]
        row["method"] = _method(one.method, language)
        row["interval"] = _method(one.interval95.method, language)
        rows.append({headings[name]: value for name, value in row.items()})
    return rows


def _method(name: str, language: Language) -> str:
    return METHODS[name][language] if name in METHODS else name


def _table(made: Estimates, language: Language) -> str:
    """What is measured at the top, what differs from line to line in columns, method and warnings at the foot."""
    rows = _rows(made, language)
    same = {HEADINGS[name][language] for name in ("kind", "variable", "margin", "method", "interval")}
    told = {one.warnings for one in made}
    if len(told) == 1:
        same.add(HEADINGS["warnings"][language])
    table = text_table([{name: value for name, value in row.items() if name not in same} for row in rows])
    colon = " : " if language == "fr" else ": "
    top = f"{made.variables[0]}{colon}{KINDS[made[0].kind][language]}"
    # Volunteers have no such line: their warning says it all.
    rests_on = _FEET.get((made[0].margin, made[0].interval95.method))
    foot = [rests_on[language]] if rests_on else []
    for code in _warnings(made):
        words = MESSAGES[code][language]
        foot.append(words if len(told) == 1 else f"{code}{colon}{words}")
    return "\n".join([top, "", table, "", *foot]) + "\n"


def _warnings(made: Estimates) -> list[str]:
    return sorted({code for one in made for code in one.warnings})


def _plain(row: Row, nothing: str | None) -> dict[str, str | int | float | None]:
    return {
        name: nothing if isinstance(value, float) and not math.isfinite(value) else value for name, value in row.items()
    }
