"""What many tests share: the demo observatory, published once by its own command, whoever asks and however many ask."""

from __future__ import annotations

import fcntl
import shutil
import time
from pathlib import Path

import pytest
from rich.console import Console

from alliage.publications.identity import code_identity
from alliage_demo.verb import published

KEPT = Path(__file__).parents[1] / "var" / "tests"
TWO_HOURS = 2 * 3600  # longer than any run of the tests


@pytest.fixture(scope="session")
def demo_folder() -> Path:
    """The folder `alliage demo` writes: observatory/ (studies, answers) and published/ (release, sealed). Read only.

    Publishing takes some twenty seconds: the first worker does it, the others wait at the lock, and the next run of
    the same code finds it done.
    """
    version, lock = code_identity()
    folder = KEPT / f"demo-{version}-{lock}"
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "demo.lock").open("w") as turnstile:
        fcntl.flock(turnstile, fcntl.LOCK_EX)
        published(folder, Console(quiet=True))
        folder.touch()
        _forget_old(beside=folder)
    return folder


@pytest.fixture(scope="session")
def demo_release(demo_folder: Path) -> Path:
    """The demo release: what the public sees."""
    return demo_folder / "published" / "release"


@pytest.fixture(scope="session")
def demo_sealed(demo_folder: Path) -> Path:
    """The exact estimates behind the demo release."""
    return demo_folder / "published" / "sealed"


def _forget_old(*, beside: Path) -> None:
    """Each change of the code leaves a folder behind: those nobody has used for two hours go."""
    for folder in beside.parent.glob("demo-*"):
        if folder != beside and folder.stat().st_mtime < time.time() - TWO_HOURS:
            shutil.rmtree(folder, ignore_errors=True)
