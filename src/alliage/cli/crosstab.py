"""`alliage crosstab`: questions by groups with letters of significance, on the screen or in a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from alliage.cli.answers import Source, answers_and_design
from alliage.cli.folders import written_beside
from alliage.crosstabs import Crosstab, Mean, Several
from alliage.crosstabs import crosstab as tabulate
from alliage.crosstabs.declarations import TICKED, Banner, Empty, Stub
from alliage.crosstabs.layout import FIGURES, Figures, checked_figures
from alliage.estimates import Design
from alliage.estimates.families import MULTIPLICITIES
from alliage.problems import Place, Problem
from alliage.publications.files import csv_bytes
from alliage.text import Language, Text

SUFFIXES = (".xlsx", ".csv", ".json", ".txt")
_WRITTEN = Text(fr="Écrit dans {file}.", en="Written to {file}.")


@click.command()
@answers_and_design
@click.option("--stub", multiple=True, metavar="Q", help="Question en lignes, une par --stub · Question in rows")
@click.option(
    "--several",
    multiple=True,
    metavar="NAME=COLUMN,…",
    help="Question à plusieurs réponses, une colonne chacune · Question with several answers, a column each",
)
@click.option("--mean", multiple=True, metavar="Y", help="Nombre dont on veut la moyenne · Number whose mean is wanted")
@click.option("--banner", multiple=True, metavar="G", help="Groupes en colonnes · Groups in columns")
@click.option(
    "--several-banner",
    multiple=True,
    metavar="NAME=COLUMN,…",
    help="Groupes qui se recouvrent, une colonne chacun · Groups that overlap, a column each",
)
@click.option(
    "--ticked",
    multiple=True,
    metavar="VALUE",
    help=f"Comment une case cochée est écrite ({', '.join(TICKED)} sinon) · How a ticked box is written",
)
@click.option(
    "--empty",
    type=click.Choice(get_args(Empty)),
    help="Ce qu'est une case vide : non cochée, ou sans réponse · What an empty box is: unticked, or no answer",
)
@click.option("--level", type=float, default=0.95, show_default=True, help="Seuil des capitales · Level of capitals")
@click.option("--second-level", type=float, help="Seuil des minuscules, 0.9 · Level of small letters, 0.9")
@click.option(
    "--method",
    type=click.Choice(MULTIPLICITIES),
    default="none",
    show_default=True,
    help="Comparaisons multiples d'une ligne · Multiple comparisons of a row",
)
@click.option(
    "--minimum-base",
    type=click.IntRange(min=0),
    default=30,
    show_default=True,
    help="En dessous, une colonne est marquée et n'est pas testée · Below, a column is marked and not tested",
)
@click.option(
    "--figure",
    "figures",
    multiple=True,
    type=click.Choice(list(FIGURES)),
    help="Chiffres de chaque case ; column sinon · Figures of each cell; column otherwise",
)
@click.option(
    "--decimals",
    type=click.IntRange(0, 6),
    default=0,
    show_default=True,
    help="Décimales des pourcentages · Decimals of %",
)
@click.option("--title", default="", help="Titre · Title")
@click.option(
    "--to",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=f"Fichier à écrire ({', '.join(SUFFIXES)}) ; l'écran sinon · File to write; the screen otherwise",
)
@click.option("--language", type=click.Choice(["fr", "en"]), default="fr", show_default=True, help="Langue · Language")
def crosstab(
    source: Source,
    design: Design,
    stub: tuple[str, ...],
    several: tuple[str, ...],
    mean: tuple[str, ...],
    banner: tuple[str, ...],
    several_banner: tuple[str, ...],
    ticked: tuple[str, ...],
    empty: Empty | None,
    level: float,
    second_level: float | None,
    method: str,
    minimum_base: int,
    figures: tuple[str, ...],
    decimals: int,
    title: str,
    to: Path | None,
    language: Language,
) -> None:
    """Croise des questions et des groupes, avec des lettres de significativité.

    Cross questions and groups, with letters of significance.

    Chiffres exacts, pour qui détient les réponses ; à ne pas publier · Exact figures, for those who hold the answers;
    not for publication.
    """
    if to is not None and to.suffix not in SUFFIXES:
        raise Problem("crosstabs.format", Place(to), suffix=to.suffix or to.name, known=", ".join(SUFFIXES))
    if to is not None and to.exists():
        raise Problem("crosstabs.file_exists", Place(to))
    boxes = ticked or TICKED
    rows: list[Stub] = [*stub, *(_several(words, boxes, empty) for words in several), *map(Mean, mean)]
    across: list[Banner] = [*banner, *(_several(words, boxes, empty) for words in several_banner)]
    with source.placed():
        made = tabulate(
            source.open(),
            rows,
            across,
            design=design,
            level=level,
            second_level=second_level,
            multiplicity=method,
            minimum_base=minimum_base,
            missing=source.missing,
            title=title,
        )
    chosen = checked_figures(figures)
    if to is None:
        click.echo(made.written(language, chosen, decimals), nl=False)
        return
    _write(made, to, language, chosen, decimals)
    click.echo(_WRITTEN.filled(file=to)[language])


def _several(words: str, ticked: tuple[str, ...], empty: Empty | None) -> Several:
    """`leisure=sport,cinema`."""
    name, equals, columns = words.partition("=")
    names = tuple(column.strip() for column in columns.split(",") if column.strip())
    if not name or not equals or not names:
        raise Problem("crosstabs.several_shape", asked=words)
    return Several(names, label=name.strip(), ticked=ticked, empty=empty)


def _write(made: Crosstab, to: Path, language: Language, figures: Figures, decimals: int) -> None:
    """The file's suffix says how: a workbook, every figure on a line (CSV, JSON), or the text of the screen."""
    if to.suffix == ".xlsx":
        made.to_xlsx(to, language=language, figures=figures, decimals=decimals)
        return
    if to.suffix == ".csv":
        table = made.to_arrow()
        lines = [["" if field != field else field for field in line.values()] for line in table.to_pylist()]
        content = csv_bytes(table.column_names, lines)
    elif to.suffix == ".json":
        content = made.to_json(language).encode()
    else:
        content = made.written(language, figures, decimals).encode()
    try:
        with written_beside(to) as beside:
            beside.write_bytes(content)
    except OSError as error:
        raise Problem("crosstabs.not_writable", Place(to), detail=error.strerror or "") from None
