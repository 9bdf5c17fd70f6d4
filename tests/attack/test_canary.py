"""A canary among the respondents: published through the whole chain, nothing of its row can be found in the release."""

from __future__ import annotations

import getpass
import hashlib
import os
import re
import stat
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from alliage.contents import open_content
from alliage.pipeline import publish
from two_hundred import rows, write_two_hundred

CANARY_ID = "canari-7f3a91-zephirine"
CANARY_WEIGHT = "1.2345678"
CANARY_WORDS = "xylophone bleu sarcelle, 4417 fois"
PUBLIC_ENDINGS = {".json", ".csv", ".svg", ""}


class Made(NamedTuple):
    study: Path
    release: Path
    sealed: Path

    def files(self) -> list[Path]:
        return [path for path in sorted(self.release.rglob("*")) if path.is_file()]

    def holding(self, words: str) -> list[str]:
        """The files of the release where these words can be read, names included."""
        sought = words.encode()
        return [str(path.relative_to(self.release)) for path in self.files()
                if sought in path.read_bytes() or words in path.name]  # fmt: skip


def made(folder: Path, *, weight: str = CANARY_WEIGHT) -> Made:
    """The study of two hundred with one more: an islander, among the seven whose place is hidden."""
    study = write_two_hundred(folder / "study")
    people = [(*row, "rien à dire") for row in rows()]
    people.append((CANARY_ID, "oui", "ile", weight, f'"{CANARY_WORDS}"'))
    lines = [",".join(row) for row in [("id", "confiance", "lieu", "poids", "libre"), *people]]
    (study / "answers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    inputs = {"data_folder": None, "released": date(2026, 2, 1), "code_version": "test", "lock": "test"}
    published = publish(study, folder / "out", content=open_content(), **inputs)
    return Made(study, published.release, published.sealed)


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory.mktemp("canary"))


def test_the_canary_was_read(canary: Made) -> None:
    assert "201" in (canary.sealed / "weightings.json").read_text(encoding="utf-8")
    assert CANARY_WORDS in (canary.study / "answers.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "trace",
    [CANARY_ID, "7f3a91", "zephirine", CANARY_WEIGHT, "1,2345678", "1.23456", "1,23456", "xylophone", "4417"],
)
def test_no_trace_of_the_canary_is_anywhere_in_the_release(canary: Made, trace: str) -> None:
    assert canary.holding(trace) == []


def test_no_digest_of_the_canary_or_of_the_answers_is_in_the_release(canary: Made) -> None:
    """A digest of a small file of answers can be found again by trying them all."""
    answers = (canary.study / "answers.csv").read_bytes()
    for secret in (CANARY_ID.encode(), answers):
        for digest in (hashlib.sha256, hashlib.sha1, hashlib.md5):
            assert canary.holding(digest(secret).hexdigest()[:12]) == []


def test_no_respondent_has_a_row_in_any_public_file(canary: Made) -> None:
    words = {word for path in canary.files() for word in re.findall(rb"\bp\d{3}\b", path.read_bytes())}
    assert words == set()
    assert {path.suffix for path in canary.files()} <= PUBLIC_ENDINGS
    assert [path.name for path in canary.files() if not path.suffix] == ["SHA256SUMS"]


def test_the_exact_number_of_answers_is_in_no_public_file(canary: Made) -> None:
    """201 were asked, 197 answered: three digits that stand nowhere alone, drawings excepted (they are places)."""
    for path in canary.files():
        if path.suffix != ".svg" and path.name != "SHA256SUMS":
            words = re.sub(r"[0-9a-f]{12,}", "", path.read_text(encoding="utf-8"))
            assert re.findall(r"(?<![\d.,])(?:201|197)(?![\d.,])", words) == [], path.name


def test_the_release_holds_no_path_and_no_name_of_the_machine(canary: Made) -> None:
    told = [str(canary.study), str(canary.study.parent), str(Path.home()), os.getcwd(), os.uname().nodename]
    for words in told:
        assert len(words) < 4 or canary.holding(words) == [], words
    assert canary.holding(f"/{getpass.getuser()}/") == []
    assert canary.holding("answers.csv") == []


def test_the_sealed_folder_is_closed_to_others_and_stands_outside_the_release(canary: Made) -> None:
    assert stat.S_IMODE(canary.sealed.stat().st_mode) == 0o700
    assert not canary.sealed.is_relative_to(canary.release)
    assert not [path for path in canary.release.rglob("*") if path.is_symlink()]


def test_what_no_rounded_figure_tells_changes_not_one_byte_of_the_release(canary: Made, tmp_path: Path) -> None:
    """The canary weighs a little more: everything sealed changes, nothing public does."""
    other = made(tmp_path, weight="1.2345999")

    assert (other.sealed / "estimates.csv").read_bytes() != (canary.sealed / "estimates.csv").read_bytes()
    assert [path.read_bytes() for path in other.files()] == [path.read_bytes() for path in canary.files()]
