"""`alliage verify`: a release is what was signed, shows only what its certificate allows, and can be made again."""

from __future__ import annotations

import os
import tempfile
from datetime import date
from pathlib import Path

import click

from alliage.contents import open_content
from alliage.pipeline import publish
from alliage.problems import Place, Problem
from alliage.publications.releases import open_release
from alliage.publications.verify import first_difference
from alliage.publications.verify import verify as verify_release


@click.command()
@click.argument("release", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    help="Étude ou observatoire dont la publication doit être recalculée · Study or observatory to recompute it from",
)
@click.option("--content", type=click.Path(path_type=Path), help="Autres contenus · Other content")
def verify(release: Path, source: Path | None, content: Path | None) -> None:
    """Vérifie les empreintes et le certificat d'une publication ; avec --from, la recalcule et compare.

    Check the digests and the certificate of a release; with --from, recompute it and compare.
    """
    identity = verify_release(release)
    if source is not None:
        recompute(release, source, content)
    click.echo(identity)
    click.echo("Intacte, certifiée" + (", recalculée à l'identique." if source else "."))
    click.echo("Intact, certified" + (", recomputed byte for byte." if source else "."))


def recompute(release: Path, source: Path, content: Path | None) -> None:
    """Publish again into a folder that is thrown away. Raises Problem release.differs naming the first file."""
    manifest = open_release(release).manifest
    data = os.environ.get("ALLIAGE_DATA")
    with tempfile.TemporaryDirectory(prefix="alliage-verify-") as folder:
        again = publish(
            source,
            Path(folder) / "again",
            content=open_content(content),
            data_folder=Path(data) if data else None,
            released=date.fromisoformat(manifest["released"]),
            code_version=manifest["code_version"],
            lock=manifest["lock"],
            unaudited=manifest["unaudited"],
        )
        different = first_difference(release, again.release)
    if different is not None:
        raise Problem(
            "release.differs",
            Place(release),
            source=source,
            file=different,
            version=manifest["code_version"],
            released=manifest["released"],
        )
