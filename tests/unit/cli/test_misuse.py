"""Whoever misuses the command is told so in French and in English, with the exit status of a misuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from alliage.cli import main


def said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str) -> tuple[int, list[str]]:
    monkeypatch.setattr("sys.argv", ["alliage", *words])
    with pytest.raises(SystemExit) as left:
        main()
    return int(str(left.value)), capsys.readouterr().err.splitlines()


def test_an_unknown_verb_is_told_with_the_nearest_one(capsys, monkeypatch):
    status, lines = said(capsys, monkeypatch, "publis")

    assert (status, lines) == (
        2,
        [
            "« publis » n'est pas un verbe (vouliez-vous dire « publish » ?). "
            "Verbes : check, weigh, estimate, compare, crosstab, model, publish, verify, demo, serve.",
            "“publis” is not a verb (did you mean “publish”?). "
            "Verbs: check, weigh, estimate, compare, crosstab, model, publish, verify, demo, serve.",
            "→ alliage --help",
        ],
    )


@pytest.mark.parametrize(
    ("words", "fr", "en"),
    [
        (["verify"], "il manque RELEASE.", "RELEASE is missing."),
        (["publish", "etude"], "il manque --to.", "--to is missing."),
        (["weigh", "--too"], "l'option --too n'existe pas.", "the option --too does not exist."),
        (
            ["publish", "etude", "--to", "ici", "--date", "hier"],
            "--date : cette valeur ne convient pas.",
            "--date: 'hier' does not match the format '%Y-%m-%d'.",
        ),
    ],
)
def test_a_misused_option_is_told_in_both_languages(capsys, monkeypatch, words: list[str], fr: str, en: str):
    assert said(capsys, monkeypatch, *words) == (2, [fr, en, f"→ alliage {words[0]} --help"])


def test_the_command_alone_shows_its_contents(capsys, monkeypatch):
    status, lines = said(capsys, monkeypatch)

    assert (status, lines[0]) == (2, "Usage: alliage [OPTIONS] COMMAND [ARGS]...")
    assert lines[-1].split()[0] != "→"


@pytest.mark.parametrize(
    ("words", "status"), [(["check", "absent"], 4), (["weigh", "absent"], 4), (["verify", "absent"], 10)]
)
def test_a_path_that_leads_nowhere_has_the_status_of_what_was_expected_there(capsys, monkeypatch, words, status):
    found, lines = said(capsys, monkeypatch, *words)

    assert (found, lines[0].split(" : ")[0]) == (status, "absent")


def test_a_file_where_a_folder_is_needed_stops_before_the_work(capsys, monkeypatch, tmp_path: Path):
    (tmp_path / "plan.yaml").write_text("kind: probability\n", encoding="utf-8")

    status, lines = said(capsys, monkeypatch, "publish", "absent", "--to", str(tmp_path / "plan.yaml"))

    assert (status, lines[0].split(" : ")[:2]) == (
        10,
        [str(tmp_path / "plan.yaml"), "rien ne peut être écrit ici"],
    )
