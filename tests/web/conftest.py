"""The site shown to tests: the sample release, then the lone study, through Django's test client."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliage_web.config.settings")

import django
from django.test import Client, override_settings

from alliage_web import releases
from alliage_web.locale import compile_catalogues
from alliage_web.releases import places, views
from web.sample_release import write_bare_study, write_lone_study, write_sample

compile_catalogues()
django.setup()


@contextmanager
def showing(folder: Path) -> Iterator[Client]:
    """The site opens one release in its life; tests make it forget the one before."""
    with override_settings(ALLIAGE_RELEASE=str(folder)):
        for module in (releases, views, places):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
        yield Client(raise_request_exception=False)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sample(tmp_path_factory.mktemp("releases") / "sample")


@pytest.fixture(scope="session")
def lone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_lone_study(tmp_path_factory.mktemp("releases") / "lone")


@pytest.fixture
def site(sample: Path) -> Iterator[Client]:
    with showing(sample) as client:
        yield client


@pytest.fixture
def lone_site(lone: Path) -> Iterator[Client]:
    with showing(lone) as client:
        yield client


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_bare_study(tmp_path_factory.mktemp("releases") / "bare")


@pytest.fixture
def bare_site(bare: Path) -> Iterator[Client]:
    with showing(bare) as client:
        yield client
