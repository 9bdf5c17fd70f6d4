"""The web process reads: none of the tools that compute is ever loaded in it. The command refuses what is unsafe."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from alliage.problems import Problem
from alliage_web.server import check_port, check_secret

WALK = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "alliage_web.config.settings"
from django.test import Client
import django
django.setup()
for path in {paths!r}:
    assert Client().get(path).status_code == 200, path
print(sorted(set(sys.modules) & {{"numpy", "pyarrow", "scipy", "pandas", "duckdb", "ibis", "pyreadstat", "yaml"}}))
"""


def test_a_page_loads_nothing_that_computes(sample: Path) -> None:
    paths = ["/", "/en/chiffres/innovation", "/territoires/region-94", "/territoires/region-94.csv", "/a-propos"]

    told = subprocess.run(
        [sys.executable, "-c", WALK.format(paths=paths)],
        env={**os.environ, "ALLIAGE_RELEASE": str(sample)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.strip() == "[]"


def test_an_address_others_can_reach_needs_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    check_secret("127.0.0.1")
    check_secret("::1")
    check_secret("localhost")

    with pytest.raises(Problem) as problem:
        check_secret("0.0.0.0")

    assert problem.value.code == "server.needs_secret"


def test_an_address_others_reach_needs_the_names_it_is_called_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "s" * 32)
    monkeypatch.delenv("ALLIAGE_HOSTS", raising=False)

    with pytest.raises(Problem) as problem:
        check_secret("0.0.0.0")
    assert problem.value.code == "server.needs_hosts"

    monkeypatch.setenv("ALLIAGE_HOSTS", "observatoire.example")
    check_secret("0.0.0.0")
    monkeypatch.setenv("SECRET_KEY", "x" * 40)
    check_secret("0.0.0.0")


def test_a_port_already_taken_is_told_with_another_one() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(Problem) as problem:
            check_port("127.0.0.1", port)

    assert problem.value.code == "server.port_taken"
    assert f"--port {port + 1}" in problem.value.said("en")


def test_an_address_of_another_machine_is_told() -> None:
    with pytest.raises(Problem) as problem:
        check_port("192.0.2.1", 8000)

    assert problem.value.code == "server.address"
