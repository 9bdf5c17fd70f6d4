"""`alliage compare`: every difference between groups or waves, with the test and the interval of the whole family."""

from __future__ import annotations

import json
import math

import click

from alliage.cli.answers import Source, answers_and_design
from alliage.estimates import Design, Estimates, Gaps, mean, ratio, share
from alliage.estimates import compare as differences
from alliage.estimates.families import MULTIPLICITIES, Multiplicity
from alliage.estimates.lists import column_names
from alliage.estimates.printing import Value, text_table
from alliage.problems import Problem
from alliage.publications.files import csv_bytes
from alliage.text import Language, Text, percent

HEADINGS: dict[str, Text] = {
    "variable": Text(fr="variable", en="variable"),
    "answer": Text(fr="reponse", en="answer"),
    "a": Text(fr="a", en="a"),
    "b": Text(fr="b", en="b"),
    "value_a": Text(fr="valeur_a", en="value_a"),
    "value_b": Text(fr="valeur_b", en="value_b"),
    "value": Text(fr="difference", en="difference"),
    "standard_error": Text(fr="erreur_type", en="standard_error"),
    "low": Text(fr="bas", en="low"),
    "high": Text(fr="haut", en="high"),
    "level": Text(fr="niveau", en="level"),
    "df": Text(fr="ddl", en="df"),
    "statistic": Text(fr="statistique", en="statistic"),
    "p_value": Text(fr="p", en="p"),
    "p_adjusted": Text(fr="p_ajustee", en="p_adjusted"),
    "multiplicity": Text(fr="correction", en="adjustment"),
    "margin": Text(fr="marge", en="margin"),
    "interval": Text(fr="intervalle", en="interval"),
}
# What is the same on every line is told at the foot.
_AT_FOOT = ("level", "multiplicity", "margin", "interval", "statistic")
_FEET: dict[Multiplicity, Text] = {
    "none": Text(
        fr="Différence a − b. Chaque test et chaque intervalle (de {level}) vaut seul : plus il y en a, plus des "
        "différences sortent par hasard.",
        en="Difference a − b. Each test and each interval (of {level}) holds alone: the more there are, the more "
        "differences stand out by chance.",
    ),
    "bonferroni": Text(
        fr="Différence a − b. Tests et intervalles (de {level} chacun) valent pour toute la famille : Bonferroni.",
        en="Difference a − b. Tests and intervals (of {level} each) hold for the whole family: Bonferroni.",
    ),
    "holm": Text(
        fr="Différence a − b. Tests (Holm) et intervalles (de {level} chacun, Bonferroni) valent pour toute la "
        "famille.",
        en="Difference a − b. Tests (Holm) and intervals (of {level} each, Bonferroni) hold for the whole family.",
    ),
    "benjamini-hochberg": Text(
        fr="Différence a − b. Tests : part de fausses alertes contrôlée (Benjamini et Hochberg) ; chaque intervalle, à "
        "{level}, vaut seul.",
        en="Difference a − b. Tests: the part of false alarms is controlled (Benjamini and Hochberg); each interval, "
        "at {level}, holds alone.",
    ),
}
_NO_MARGIN = Text(
    fr="Sans tirage, aucune marge : les différences sont données sans test.",
    en="Without a random draw, no margin: differences are given without a test.",
)
Row = dict[str, Value]


@click.command()
@answers_and_design
@click.option("--share", "share_of", metavar="Q", help="Part de chaque réponse · Share of each answer")
@click.option("--mean", "mean_of", metavar="Y", help="Moyenne · Mean")
@click.option("--ratio", "ratio_of", metavar="Y/X", help="Rapport de deux totaux · Ratio of two totals")
@click.option("--of", "of", multiple=True, help="Réponses comptées ensemble · Answers counted together")
@click.option("--exclude", multiple=True, help="Réponses hors de la base · Answers outside the base")
@click.option(
    "--by", "by", multiple=True, required=True, help="Groupes comparés, ou vagues · Groups compared, or waves"
)
@click.option(
    "--over", help="Lequel des --by est comparé, les autres tenus fixes · Which --by is compared, others fixed"
)
@click.option("--reference", metavar="GROUP", help="Chaque groupe moins celui-ci · Each group less this one")
@click.option("--successive", is_flag=True, help="Chaque vague moins la précédente · Each wave less the one before")
@click.option(
    "--method",
    type=click.Choice(MULTIPLICITIES),
    default="holm",
    show_default=True,
    help="Comparaisons multiples · Multiple comparisons",
)
@click.option("--level", type=float, default=0.95, show_default=True, help="Niveau · Level")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="Sortie · Output",
)
@click.option("--language", type=click.Choice(["fr", "en"]), default="fr", show_default=True, help="Langue · Language")
def compare(
    source: Source,
    design: Design,
    share_of: str | None,
    mean_of: str | None,
    ratio_of: str | None,
    of: tuple[str, ...],
    exclude: tuple[str, ...],
    by: tuple[str, ...],
    over: str | None,
    reference: str | None,
    successive: bool,
    method: str,
    level: float,
    shape: str,
    language: Language,
) -> None:
    """Compare une part, une moyenne ou un rapport entre groupes ou vagues : différences, tests, intervalles.

    Compare a share, a mean or a ratio between groups or waves: differences, tests, intervals.
    """
    if [share_of, mean_of, ratio_of].count(None) != 2:
        raise Problem("comparisons.one_of")
    if share_of is None and (of or exclude):
        raise Problem("estimates.share_only", option="--of" if of else "--exclude")
    with source.placed():
        made = _estimated(source, design, share_of, mean_of, ratio_of, of, exclude, by)
        gaps = differences(
            made,
            over=over,
            reference=reference,
            pairs="successive" if successive else "all",
            method=method,
            level=level,
        )
        if not len(gaps):
            over = over or by[0]
            known = list(dict.fromkeys(made.parts().get(over, ())))
            raise Problem("comparisons.one_group", column=over, known=", ".join(known) or "–")
    click.echo(written(gaps, shape, language), nl=False)


def _estimated(
    source: Source,
    design: Design,
    share_of: str | None,
    mean_of: str | None,
    ratio_of: str | None,
    of: tuple[str, ...],
    exclude: tuple[str, ...],
    by: tuple[str, ...],
) -> Estimates:
    answers, nothing = source.open(), source.missing
    if share_of is not None:
        return share(answers, share_of, of or None, design=design, by=by, base_excludes=exclude, missing=nothing)
    if mean_of is not None:
        return mean(answers, mean_of, design=design, by=by, missing=nothing)
    above, bar, below = str(ratio_of).partition("/")
    if not above or not bar or not below or "/" in below:
        raise Problem("estimates.ratio_shape", ratio=ratio_of)
    return ratio(answers, above, below, design=design, by=by, missing=nothing)


def written(gaps: Gaps, shape: str, language: Language) -> str:
    """The differences as an aligned table, CSV or JSON; every digit in CSV and JSON, `null` or nothing for no value."""
    if shape == "table":
        kept = [name for name in gaps.to_arrow().column_names if name not in _AT_FOOT]
        rows = [{name: row[name] for name in kept} for row in gaps.to_dicts()]
        foot = _NO_MARGIN if gaps.margin == "none" else _FEET[gaps.multiplicity]
        decimals = 0 if gaps.level == round(gaps.level, 2) else 2
        told = foot.filled(level=percent(100 * gaps.level, decimals))
        return f"{text_table(_named(rows, language))}\n\n{told[language]}\n"
    rows = _named(gaps.to_dicts(), language)
    if shape == "json":
        return json.dumps([_plain(row, None) for row in rows], ensure_ascii=False, indent=2) + "\n"
    return csv_bytes(list(rows[0]), [list(_plain(row, "").values()) for row in rows]).decode()


def _named(rows: list[Row], language: Language) -> list[Row]:
    headings = {name: heading[language] for name, heading in HEADINGS.items()}
    headings |= column_names([name for name in rows[0] if name not in headings], taken=headings.values())
    return [{headings[name]: value for name, value in row.items()} for row in rows]


def _plain(row: Row, nothing: str | None) -> dict[str, Value | None]:
    return {
        name: nothing if isinstance(value, float) and not math.isfinite(value) else value for name, value in row.items()
    }
