"""`alliage demo`: draws the made-up observatory, publishes it through the real pipeline, serves it on localhost."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from alliage.cli.folders import check_writable
from alliage.contents import open_content
from alliage.pipeline import publish
from alliage.publications.identity import code_identity
from alliage.text import Text
from alliage_demo.studies import write_observatory
from alliage_web.server import check_port, serve_release

# The demo never changes with the calendar: same code, same bytes.
RELEASED = date(2026, 11, 23)

TRY = (
    Text(fr="Tapez « Finistère » dans la recherche", en="Type “Finistère” in the search box"),
    Text(fr="Comparez les quatre regards", en="Compare the four views"),
    Text(fr="Demandez « d'où vient ce chiffre ? »", en="Ask “why this number?”"),
    Text(fr="Voyez ce qui est protégé, et pourquoi", en="See what is protected, and why"),
)
TRY_AT = (
    "/recherche?q=Finist%C3%A8re",
    "/regards-croises/innovation",
    "/chiffres/innovation/pourquoi",
    "/territoires/region-94",
)


@click.command()
@click.option(
    "--folder",
    default=Path("alliage-demo"),
    type=click.Path(path_type=Path),
    show_default=True,
    help="Où écrire · Where to write",
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), envvar="PORT", help="Port")
@click.option("--no-serve", is_flag=True, help="Publier seulement · Publish only")
def demo(folder: Path, port: int, no_serve: bool) -> None:
    """Publie l'observatoire de démonstration (données synthétiques) et le sert sur cette machine, sans
    compte ni réseau.

    Publish the demo observatory (synthetic data) and serve it on this machine. No account, no network.
    """
    check_writable(folder)
    console = Console(stderr=True)
    if not no_serve:
        check_port("127.0.0.1", port)  # before the work, not after it
    release = published(folder, console)
    if no_serve:
        click.echo(release)
        return
    address = f"http://127.0.0.1:{port}"
    console.print(
        "\n[bold]Observatoire de démonstration : données synthétiques · Demo observatory: synthetic data[/]",
        soft_wrap=True,
    )
    for words, path in zip(TRY, TRY_AT, strict=True):
        console.print(f"  • {words.fr} · {words.en}\n    {address}{path}", highlight=False, soft_wrap=True)
    console.print(f"\n[bold]{address}[/]   (English: {address}/en/)   Ctrl+C", highlight=False, soft_wrap=True)
    serve_release(release, port=port)


def published(folder: Path, console: Console) -> Path:
    """The demo release, made now, or as it is when this very code made it already."""
    version, lock = code_identity()
    stamp = folder / "made-by.json"
    identity = json.dumps({"code": version, "lock": lock})
    release = folder / "published" / "release"
    if stamp.is_file() and stamp.read_text() == identity and (release / "release.json").is_file():
        console.print("La publication est à jour · The release is up to date")
        return release
    content = open_content()
    with Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=console) as bar:
        task = bar.add_task("Répondants inventés · Made-up respondents", total=None)
        write_observatory(folder / "observatory", content=content)
        made = publish(
            folder / "observatory" / "observatory.yaml",
            folder / "published",
            content=content,
            data_folder=None,
            released=RELEASED,
            code_version=version,
            lock=lock,
            progress=lambda words, done, total: bar.update(
                task, description=f"{words.fr} · {words.en}", completed=done, total=total
            ),
        )
    stamp.write_text(identity)
    return made.release
