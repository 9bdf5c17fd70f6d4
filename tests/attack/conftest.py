"""What the attacker is given: the demo release, read once; the sealed truth, to judge what he finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from attack.evidence import Public, Sealed
from attack.scrape import Scraper


@pytest.fixture(scope="session")
def public(demo_release: Path) -> Public:
    return Public(demo_release)


@pytest.fixture(scope="session")
def sealed(demo_sealed: Path) -> Sealed:
    return Sealed(demo_sealed)


@pytest.fixture(scope="session")
def scraper(public: Public) -> Scraper:
    return Scraper(public)
