"""Serves one release: gunicorn, one process, threads; no control socket, no configuration file."""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication

from alliage.problems import Problem
from alliage.publications import open_release
from alliage_web.locale import HERE, compile_catalogues

THREADS = 8


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn told everything by us: it reads no file, no argument and no environment variable of its own."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        return application()


def serve_release(release: Path, *, port: int = 8000, host: str = "127.0.0.1") -> None:
    """Serve until interrupted. Raises Problem release.*, server.port_taken, server.address or server.needs_secret."""
    check_release(release)
    check_secret(host)
    check_port(host, port)
    speak_english()
    os.environ["ALLIAGE_RELEASE"] = str(Path(release).resolve())
    Server(
        {
            "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            "worker_class": "gthread",
            "workers": 1,
            "threads": THREADS,
            "timeout": 60,
            "graceful_timeout": 2,
            "loglevel": "warning",
            "proc_name": "alliage",
            "control_socket_disable": True,
        }
    ).run()


def application() -> Any:
    """The site for the release of ALLIAGE_RELEASE, warmed up: the first reader waits no longer than the others."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliage_web.config.settings")
    from alliage_web.config.wsgi import application as site  # noqa: PLC0415 - reads the settings made just above

    return site


def speak_english() -> None:
    """A wheel comes with its translations compiled; a working copy may not, or may have changed since."""
    for po in sorted(HERE.glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            compile_catalogues()


def check_release(release: Path) -> None:
    open_release(release)


def check_secret(host: str) -> None:
    """An address that others can reach needs a secret of its own, and the names by which they call it."""
    if is_loopback(host):
        return
    if len(os.environ.get("SECRET_KEY", "")) < 32:
        raise Problem("server.needs_secret", host=host)
    if not os.environ.get("ALLIAGE_HOSTS"):
        raise Problem("server.needs_hosts", host=host)


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def check_port(host: str, port: int) -> None:
    """Try the address before gunicorn does: it would retry in silence."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except PermissionError:
            raise Problem("server.port_forbidden", port=port) from None
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Problem("server.port_taken", port=port, other=port + 1) from None
            raise Problem("server.address", host=host) from None
