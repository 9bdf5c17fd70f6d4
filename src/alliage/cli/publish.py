"""`alliage publish`: from a study or an observatory to a frozen release."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from alliage.cli.folders import check_writable
from alliage.contents import open_content
from alliage.pipeline import publish as publish_release
from alliage.publications.identity import code_identity


@click.command()
@click.argument("source", type=click.Path(path_type=Path), metavar="STUDY_OR_OBSERVATORY")
@click.option("--to", "to", required=True, type=click.Path(path_type=Path), help="Dossier à écrire · Folder to write")
@click.option("--content", type=click.Path(path_type=Path), help="Autres contenus · Other content")
@click.option(
    "--date",
    "released",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Date de publication (aujourd'hui sinon) · Release date (today otherwise)",
)
@click.option(
    "--unaudited",
    is_flag=True,
    help="Publier de vraies réponses sans l'audit de l'attaquant · Publish real answers without the attacker audit",
)
def publish(source: Path, to: Path, content: Path | None, released: datetime | None, unaudited: bool) -> None:
    """Publie une étude ou un observatoire : TO/release (public) et TO/sealed (réservé).

    Publish a study or an observatory: TO/release (public) and TO/sealed (reserved).
    """
    check_writable(to)
    data = os.environ.get("ALLIAGE_DATA")
    version, lock = code_identity()
    console = Console(stderr=True)
    with Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=console) as bar:
        task = bar.add_task("…", total=None)
        made = publish_release(
            source,
            to,
            content=open_content(content),
            data_folder=Path(data) if data else None,
            released=(released or datetime.now(UTC)).date(),
            code_version=version,
            lock=lock,
            unaudited=unaudited,
            progress=lambda words, done, total: bar.update(
                task, description=f"{words.fr} · {words.en}", completed=done, total=total
            ),
        )
    click.echo(f"{made.release}\n{made.id}")
    click.echo(f"alliage verify {made.release}\nalliage serve {made.release}")
