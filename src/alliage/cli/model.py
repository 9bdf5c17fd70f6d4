"""`alliage model`: a regression under a sampling design, from a file of answers, told in figures and in sentences."""

from __future__ import annotations

import json
import math
from typing import Any

import click

from alliage.cli.answers import Source, answers_and_design
from alliage.estimates import Design
from alliage.models import Model, regress, term_tests
from alliage.models.families import FamilyName
from alliage.models.regressing import NAMES
from alliage.models.results import HEADINGS
from alliage.problems import Problem
from alliage.publications.files import csv_bytes
from alliage.text import Language


@click.command()
@answers_and_design
@click.option("--formula", required=True, metavar="'Y ~ A + B'", help="Ce qui explique quoi · What explains what")
@click.option(
    "--family",
    type=click.Choice(NAMES),
    default="linear",
    show_default=True,
    help="Loi de la réponse · Law of the answer",
)
@click.option(
    "--within",
    multiple=True,
    metavar="Q=ANSWER",
    help="Domaine ; plusieurs réponses d'une colonne s'ajoutent, plusieurs colonnes se croisent · Domain; several "
    "answers of one column add up, several columns are crossed",
)
@click.option(
    "--order",
    multiple=True,
    metavar="ANSWER",
    help="Réponses d'un modèle ordinal, de la plus basse à la plus haute · Answers of an ordinal model, lowest first",
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
def model(
    source: Source,
    design: Design,
    formula: str,
    family: FamilyName,
    within: tuple[str, ...],
    order: tuple[str, ...],
    shape: str,
    language: Language,
) -> None:
    """Estime une régression (linéaire, logistique, de Poisson, ordinale) sous le plan de sondage.

    Fit a regression (linear, logistic, Poisson, ordinal) under the sampling design.

    \b
      alliage model reponses.csv --design plan.yaml --family logistic \\
        --formula 'sport == "Oui" ~ age + C(sexe, ref="Femme")'
    """
    with source.placed():
        made = regress(
            source.open(),
            formula,
            design=design,
            family=family,
            within=_domain(within) or None,
            order=order,
            missing=source.missing,
        )
    click.echo(written(made, shape, language), nl=False)
    if shape != "table":  # which tells them at its foot
        for caution in made.warnings:
            click.echo(caution.text[language], err=True)


def _domain(within: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for given in within:
        column, equals, answer = given.partition("=")
        if not column or not equals:
            raise Problem("models.within_shape", given=given)
        found.setdefault(column, []).append(answer)
    return found


def written(made: Model, shape: str, language: Language) -> str:
    """The model as a text page, CSV of its coefficients, or JSON with their covariance; every digit in the last two."""
    if shape == "table":
        return made.written(language) + "\n"
    if shape == "csv":
        rows = [{HEADINGS[name][language]: value for name, value in row.items()} for row in made.to_dicts()]
        return csv_bytes(list(rows[0]), [list(_plain(row, "").values()) for row in rows]).decode()
    told = {
        "formula": made.formula.text,
        "family": made.family,
        "response": made.response,
        "n": made.n,
        "n_missing": made.n_missing,
        "df": _finite(made.df),
        "method": made.method,
        "margin": made.design.margin,
        "references": made.references,
        "aliased": list(made.aliased),
        "coefficients": [_plain(row, None) for row in made.to_dicts()],
        "covariance": [[_finite(value) for value in row] for row in made.covariance.tolist()],
        "terms": [_plain(row, None) for row in term_tests(made).to_dicts()],
        "sentences": [line[language] for line in made.sentences()],
        "warnings": [caution.code for caution in made.warnings],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _plain(row: dict[str, Any], nothing: str | None) -> dict[str, Any]:
    return {
        name: nothing if isinstance(value, float) and not math.isfinite(value) else value for name, value in row.items()
    }
