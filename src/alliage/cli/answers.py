"""What the statistician's verbs share: a file of answers or an address, a design, and what is no answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Literal

import click

from alliage.catalogue import declared, read_declaration
from alliage.estimates import Design
from alliage.estimates.columns import MISSING, Answers
from alliage.estimates.designs import Lonely
from alliage.estimates.replicates.sets import ReplicateKind
from alliage.problems import Place, Problem
from alliage.responses import read_answers
from alliage.responses.decimals import with_points
from alliage.responses.limits import MEGABYTE
from alliage.studies.declarations import DesignKind
from alliage.tables import Table, open_table

# A Parquet file larger than this is not brought into memory: DuckDB adds it up where it is.
STAYS = 50 * MEGABYTE

Command = Callable[..., Any]


@declared
class DesignFile:
    """`design.yaml`: the columns of the data that say how the respondents were chosen."""

    weight: str | tuple[str, ...] | None = None
    strata: str | tuple[str, ...] = ()
    clusters: str | tuple[str, ...] = ()
    fpc: str | tuple[str, ...] = ()
    kind: DesignKind = "probability"
    lonely: Lonely = "fail"
    nest: bool = False
    frame: int | None = None
    replicates: ReplicateKind | None = None
    replicate_weights: str | tuple[str, ...] = ()
    combined: bool = True
    scale: float | None = None
    rscales: float | tuple[float, ...] = ()
    fay_rho: float | None = None
    replicate_count: int | None = None
    seed: int | None = None
    mse: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where answers come from, and how they are written there."""

    data: str
    missing: tuple[str, ...]
    delimiter: str
    decimal: Literal[".", ","]
    encoding: str
    sheet: str | None

    def open(self) -> Answers:
        """The answers: in memory, or where they are when they are in a database, a folder or a large Parquet file."""
        if self._stays():
            return open_table(self.data)
        raw = read_answers(Path(self.data), sheet=self.sheet, encoding=self.encoding, delimiter=self.delimiter)
        return with_points(raw) if self.decimal == "," else raw

    def _stays(self) -> bool:
        path = Path(self.data)
        if "://" in self.data or "*" in self.data or path.is_dir():
            return True
        return path.suffix.lower() == ".parquet" and path.is_file() and path.stat().st_size > STAYS

    @contextmanager
    def placed(self) -> Iterator[None]:
        """Name the file in what goes wrong: estimators know columns, not always the file these come from."""
        try:
            yield
        except Problem as problem:
            if problem.place is not None or "://" in self.data:
                raise
            raise Problem(problem.code, Place(Path(self.data)), **problem.values) from None


def said_of(answers: Answers) -> None:
    """Tell, beside the result, that rows were left where they are, and how many times they were read."""
    if isinstance(answers, Table):
        count = answers.scans
        click.echo(
            f"Lignes laissées sur place ({answers.address}), lues {count} fois · "
            f"Rows left where they are, read {count} times",
            err=True,
        )


def read_design(path: Path) -> Design:
    """The design of a design file."""
    return Design(**vars(read_declaration(path, DesignFile, asked_by="--design")))


def answers_and_design(command: Command) -> Command:
    """DATA, --design and the options that say how the data are written; the command receives `source` and `design`."""

    @wraps(command)  # which hands over the options already there
    def called(**given: Any) -> Any:
        names = ("data", "delimiter", "decimal", "encoding", "sheet")
        source = Source(missing=given.pop("missing") or MISSING, **{name: given.pop(name) for name in names})
        return command(source=source, design=read_design(given.pop("design_file")), **given)

    verb: Command = called
    for option in reversed(_OPTIONS):
        verb = option(verb)
    return verb


_OPTIONS: tuple[Callable[[Command], Command], ...] = (
    click.argument("data", metavar="DATA"),
    click.option(
        "--design",
        "design_file",
        required=True,
        type=click.Path(path_type=Path),
        metavar="FILE.yaml",
        help="Le plan de sondage · The sampling design",
    ),
    click.option(
        "--missing",
        multiple=True,
        metavar="VALUE",
        help="Ce qui n'est pas une réponse, dans la mesure et les groupes, en plus du vide ; une par --missing "
        f"({', '.join(MISSING)} sinon) · What is no answer, in what is measured and in groups, besides nothing; one "
        f"per --missing ({', '.join(MISSING)} otherwise)",
    ),
    click.option("--delimiter", default=",", show_default=True, help="Séparateur du CSV · Delimiter of the CSV"),
    click.option(
        "--decimal",
        type=click.Choice([".", ","]),
        default=".",
        show_default=True,
        help="Signe décimal des nombres écrits en texte · Decimal mark of numbers written as text",
    ),
    click.option("--encoding", default="utf-8", show_default=True, help="Encodage du CSV · Encoding of the CSV"),
    click.option("--sheet", help="Feuille du classeur · Sheet of the workbook"),
)
