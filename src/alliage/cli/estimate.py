"""`alliage estimate`: estimates with their margins from a file of answers and a design, no study folder needed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pyarrow.parquet as pq

from alliage.cli.answers import Source, answers_and_design, said_of
from alliage.cli.estimates_told import warnings_of, written
from alliage.cli.folders import written_beside
from alliage.estimates import Design, Estimates, mean, quantile, ratio, share, total
from alliage.estimates.columns import Answers
from alliage.problems import MESSAGES, Place, Problem
from alliage.text import Language

MEASURES = ("share", "mean", "total", "ratio", "quantile")


@click.command()
@answers_and_design
@click.option("--share", metavar="Q", help="Part de chaque réponse · Share of each answer")
@click.option("--mean", metavar="Y", help="Moyenne · Mean")
@click.option("--total", metavar="Y", help="Total")
@click.option("--ratio", metavar="Y/X", help="Rapport de deux totaux · Ratio of two totals")
@click.option("--quantile", metavar="Y", help="Quantiles ; la médiane sans --at · Quantiles; the median without --at")
@click.option(
    "--at", type=float, multiple=True, metavar="P", help="Quel quantile, de 0 à 1, un par --at · Which quantile, 0 to 1"
)
@click.option(
    "--of",
    "of",
    multiple=True,
    help="Réponses comptées ensemble, une par --of · Answers counted together, one per --of",
)
@click.option("--exclude", multiple=True, help="Réponses hors de la base · Answers outside the base")
@click.option("--by", "by", multiple=True, help="Groupes ; plusieurs se croisent · Groups; several are crossed")
@click.option(
    "--interval",
    metavar="METHOD",
    help="korn-graubard, logit, wilson, t, log, normal ; quantiles : woodruff, beta, logit, score",
)
@click.option("--level", type=float, default=0.95, show_default=True, help="Niveau de l'intervalle · Interval level")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["table", "csv", "json", "parquet"]),
    default="table",
    show_default=True,
    help="Sortie · Output",
)
@click.option(
    "--to",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Écrire dans un fichier · Write to a file",
)
@click.option("--language", type=click.Choice(["fr", "en"]), default="fr", show_default=True, help="Langue · Language")
def estimate(
    source: Source,
    design: Design,
    share: str | None,
    mean: str | None,
    total: str | None,
    ratio: str | None,
    quantile: str | None,
    at: tuple[float, ...],
    of: tuple[str, ...],
    exclude: tuple[str, ...],
    by: tuple[str, ...],
    interval: str | None,
    level: float,
    shape: str,
    to: Path | None,
    language: Language,
) -> None:
    """Estime une part, une moyenne, un total, un rapport ou des quantiles, avec leur marge, sans dossier d'étude.

    Estimate a share, a mean, a total, a ratio or quantiles, with their margin, with no study folder.

    \b
    DATA : un fichier (CSV, XLSX, Parquet, .sav, .dta), un dossier de Parquet, une adresse
           (duckdb:///base.duckdb?table=t, postgres://hote/base?table=t, spark://hote:7077?table=t)

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
      replicate_weights: rep_*      # s'ils sont dans le fichier · if the file holds them
      replicates: Fay               # leur nature, ou celle à faire : JK1, JKn, BRR, Fay, bootstrap, SDR
    """
    measures = {"share": share, "mean": mean, "total": total, "ratio": ratio, "quantile": quantile}
    asked = {name: words for name, words in measures.items() if words is not None}
    if len(asked) != 1:
        raise Problem("estimates.one_of")
    [(measure, words)] = asked.items()
    if measure != "share" and (of or exclude):
        raise Problem("estimates.share_only", option="--of" if of else "--exclude")
    if measure != "quantile" and at:
        raise Problem("estimates.quantile_only")
    if shape == "parquet" and to is None:
        raise Problem("estimates.parquet_to")
    if to is not None and to.exists():
        raise Problem("estimates.file_exists", Place(to))
    if to is not None and not to.parent.is_dir():
        raise Problem("estimates.no_folder", Place(to.parent))
    with source.placed():
        answers = source.open()
        told = {"design": design, "by": by, "missing": source.missing, "level": level}
        made = _made(measure, words, answers, of=of, exclude=exclude, at=at or (0.5,), interval=interval, told=told)
    if to is None:
        click.echo(written(made, shape, language), nl=False)
    else:
        with written_beside(to) as beside:
            if shape == "parquet":  # every digit, with the English names of the library
                pq.write_table(made.to_arrow(), beside)
            else:
                beside.write_text(written(made, shape, language), encoding="utf-8")
    if shape != "table":  # which tells them at its foot
        for code in warnings_of(made):
            click.echo(MESSAGES[code][language], err=True)
    said_of(answers)


def _made(
    measure: str,
    words: str,
    answers: Answers,
    *,
    of: tuple[str, ...],
    exclude: tuple[str, ...],
    at: tuple[float, ...],
    interval: str | None,
    told: dict[str, Any],
) -> Estimates:
    if measure == "share":
        return share(answers, words, of or None, base_excludes=exclude, interval=interval, **told)
    if measure == "ratio":
        return ratio(answers, *_ratio_parts(words), interval=interval, **told)
    if measure == "quantile":
        return quantile(answers, words, at, interval=interval or "woodruff", **told)
    return (mean if measure == "mean" else total)(answers, words, interval=interval, **told)


def _ratio_parts(asked: str) -> tuple[str, str]:
    above, bar, below = asked.partition("/")
    if not above or not bar or not below or "/" in below:
        raise Problem("estimates.ratio_shape", ratio=asked)
    return above, below
