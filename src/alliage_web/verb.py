"""`alliage serve`: shows a release on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from alliage_web.server import check_port, check_release, check_secret, serve_release


@click.command()
@click.argument("release", type=click.Path(path_type=Path))
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), envvar="PORT", help="Port")
@click.option("--host", default="127.0.0.1", show_default=True, help="Adresse d'écoute · Address to listen on")
def serve(release: Path, port: int, host: str) -> None:
    """Sert une publication sur cette machine, en lecture seule.

    Serve a release on this machine, read-only.
    """
    check_release(release)
    check_secret(host)
    check_port(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    click.echo(f"{address}/   ·   English: {address}/en/   ·   Ctrl+C")
    serve_release(release, port=port, host=host)
