"""The site in a real browser: Debian's Chromium over the sample release, served by the command itself."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from alliage_web.locale import compile_catalogues
from web.sample_release import write_lone_study, write_sample

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--force-color-profile=srgb"]
COMMAND = "from alliage.cli import main; main()"
NARROW, WIDE = 360, 1280


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        reason = "chromium is not installed: the journeys of readers were not walked"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


def _served(release: Path) -> Iterator[str]:
    """`alliage serve` on a free port, stopped at the end."""
    compile_catalogues()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", COMMAND, "serve", str(release), "--port", str(port)]
    served = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, served)
        yield address
    finally:
        served.terminate()
        served.wait(10)


def _wait_for(address: str, served: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        if served.poll() is not None:
            pytest.fail(f"the server stopped with status {served.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server did not answer within 10 seconds")


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from _served(write_sample(tmp_path_factory.mktemp("journeys") / "sample"))


@pytest.fixture(scope="session")
def demo_address(demo_release: Path) -> Iterator[str]:
    yield from _served(demo_release)


@pytest.fixture(scope="session")
def lone_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from _served(write_lone_study(tmp_path_factory.mktemp("journeys") / "lone"))


@pytest.fixture(scope="session")
def narrow(browser: Browser) -> Iterator[Page]:
    yield from _page(browser, NARROW)


@pytest.fixture(scope="session")
def wide(browser: Browser) -> Iterator[Page]:
    yield from _page(browser, WIDE)


def _page(browser: Browser, width: int, **known: bool) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 800}, **known)
    yield context.new_page()
    context.close()


@pytest.fixture
def without_javascript(browser: Browser) -> Iterator[Page]:
    yield from _page(browser, WIDE, java_script_enabled=False)
