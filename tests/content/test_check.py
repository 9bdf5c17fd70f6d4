"""`alliage check`: every mistake an author can make has an example here, and is told at its line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from alliage.cli.check import check
from alliage.contents import check_content, installed_content, open_content
from alliage.problems import Problem, Problems, catalogue

HERE = Path(__file__).parent
BROKEN = sorted((HERE / "broken").glob("*.yaml"))
EXPECTED = re.compile(r"^# problem: ([a-z_.]+)(?:, line (\d+))?$", re.MULTILINE)

# Mistakes that no single text file can show: they have a test of their own, here or in tests/unit/catalogue.
ELSEWHERE = {
    "content.not_found",
    "content.encoding",
    "content.too_large",
    "content.no_folder",
    "content.register",
    "content.version_changed",
    "content.version_unregistered",
}


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A copy of the small sound content, to break."""
    return Path(shutil.copytree(HERE / "sound", tmp_path / "content"))


def rewrite(file: Path, old: str, new: str) -> None:
    words = file.read_text(encoding="utf-8")
    assert old in words
    file.write_text(words.replace(old, new), encoding="utf-8")


def found_in(folder: Path) -> list[tuple[str, str, int | None]]:
    found = []
    for problem in check_content(folder):
        assert problem.place is not None
        found.append((problem.code, str(Path(problem.place.file).relative_to(folder)), problem.place.line))
    return found


def test_the_small_sound_content_has_nothing_to_mend(sound: Path) -> None:
    assert found_in(sound) == []


@pytest.mark.parametrize("broken", BROKEN, ids=lambda path: path.stem)
def test_a_mistake_is_told_at_its_line_and_nothing_else_is_told(broken: Path, sound: Path) -> None:
    words = broken.read_text(encoding="utf-8")
    name = words.splitlines()[0].removeprefix("# file: ")
    (sound / name).write_text(words, encoding="utf-8")

    expected = [(code, name, int(line) if line else None) for code, line in EXPECTED.findall(words)]

    assert sorted(found_in(sound), key=str) == sorted(expected, key=str)


def test_every_kind_of_mistake_has_its_example() -> None:
    shown = {code for path in BROKEN for code, _ in EXPECTED.findall(path.read_text(encoding="utf-8"))}

    assert shown | ELSEWHERE == set(catalogue.MESSAGES)


def test_all_mistakes_are_told_in_one_go(sound: Path) -> None:
    rewrite(sound / "indicators" / "innovation.yaml", "share_of: [oui]", "share_of: [peut_etre]")
    rewrite(sound / "instruments" / "citoyens.yaml", "- fragilites", "- fragilite")

    with pytest.raises(Problems) as told:
        open_content(sound)

    assert [problem.said("fr").removeprefix(f"{sound}/") for problem in told.value.problems] == [
        "instruments/citoyens.yaml, ligne 8 : « uses » renvoie à « fragilite », qui n'existe pas "
        "(vouliez-vous dire « fragilites » ?).",
        "indicators/innovation.yaml, ligne 10 : « share_of » renvoie à « peut_etre », qui n'existe pas.",
    ]


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    assert [problem.code for problem in check_content(tmp_path / "absent")] == ["content.no_folder"]


def test_a_questionnaire_without_its_bank_says_which_questions_are_missing(sound: Path) -> None:
    (sound / "instruments" / "bank.yaml").unlink()

    assert found_in(sound) == [("content.not_found", "instruments/bank.yaml", None)]


# The register of published versions


@pytest.fixture
def published(sound: Path) -> Path:
    """The same content, its indicator published and registered."""
    rewrite(sound / "indicators" / "innovation.yaml", "status: draft", "status: published")
    result = CliRunner().invoke(check, [str(sound), "--register"], catch_exceptions=False)
    assert result.output.splitlines()[0] == (
        "inscrit : indicator:innovation@2026-1 · registered: indicator:innovation@2026-1"
    )
    return sound


def test_a_published_version_that_is_not_registered_is_told(sound: Path) -> None:
    rewrite(sound / "indicators" / "innovation.yaml", "status: draft", "status: published")

    assert found_in(sound) == [("content.version_unregistered", "indicators/innovation.yaml", 2)]


def test_a_registered_version_is_silent(published: Path) -> None:
    assert found_in(published) == []


def test_a_published_version_that_counts_other_answers_is_told(published: Path) -> None:
    rewrite(published / "indicators" / "innovation.yaml", "share_of: [oui]", "share_of: [non]")

    assert found_in(published) == [("content.version_changed", "indicators/innovation.yaml", 2)]


def test_registering_again_never_overwrites_a_version_that_changed(published: Path) -> None:
    register = (published / "versions.json").read_bytes()
    rewrite(published / "indicators" / "innovation.yaml", "share_of: [oui]", "share_of: [non]")

    with pytest.raises(Problem) as told:
        CliRunner().invoke(check, [str(published), "--register"], catch_exceptions=False)

    assert told.value.code == "content.version_changed"
    assert (published / "versions.json").read_bytes() == register


def test_a_published_version_taken_back_to_draft_is_still_held_to_its_text(published: Path) -> None:
    rewrite(published / "indicators" / "innovation.yaml", "status: published", "status: draft")
    assert found_in(published) == []

    rewrite(published / "indicators" / "innovation.yaml", "share_of: [oui]", "share_of: [non]")
    assert found_in(published) == [("content.version_changed", "indicators/innovation.yaml", 2)]


def test_a_new_version_is_registered_beside_the_old_one(published: Path) -> None:
    rewrite(published / "indicators" / "innovation.yaml", "share_of: [oui]", "share_of: [non]")
    rewrite(published / "indicators" / "innovation.yaml", "2026-1", "2026-2")

    CliRunner().invoke(check, [str(published), "--register"], catch_exceptions=False)

    assert found_in(published) == []
    assert re.findall(r'"(.*)":', (published / "versions.json").read_text()) == [
        "indicator:innovation@2026-1",
        "indicator:innovation@2026-2",
    ]


def test_a_stronger_caution_or_a_better_space_needs_no_new_version(published: Path) -> None:
    indicator = published / "indicators" / "innovation.yaml"
    rewrite(indicator, "C'est une opinion.", "C'est une opinion, pas une mesure.")
    rewrite(indicator, "Part de oui.", "Part de\u00a0oui.")

    assert found_in(published) == []


def test_an_option_told_better_inside_a_sentence_needs_no_new_version(sound: Path) -> None:
    rewrite(sound / "instruments" / "bank.yaml", "status: draft", "status: published")
    CliRunner().invoke(check, [str(sound), "--register"], catch_exceptions=False)

    told = 'label: {fr: "Oui", en: "Yes"}'
    rewrite(sound / "instruments" / "bank.yaml", told, told + ", inside: {fr: favorable, en: in favour}")

    assert found_in(sound) == []


def test_a_wording_changed_in_the_bank_changes_the_questionnaires_that_use_it(sound: Path) -> None:
    rewrite(sound / "instruments" / "bank.yaml", "status: draft", "status: published")
    rewrite(sound / "instruments" / "citoyens.yaml", "status: draft", "status: published")
    CliRunner().invoke(check, [str(sound), "--register"], catch_exceptions=False)

    rewrite(sound / "instruments" / "bank.yaml", "Do partnerships innovate?", "Do partnerships really innovate?")

    assert found_in(sound) == [
        ("content.version_changed", "instruments/bank.yaml", 4),
        ("content.version_changed", "instruments/citoyens.yaml", 2),
    ]


def test_a_published_indicator_whose_file_bears_another_name_is_told_and_not_registered(published: Path) -> None:
    rewrite(published / "indicators" / "innovation.yaml", "id: innovation", "id: innovations")

    assert found_in(published) == [("content.file_name", "indicators/innovation.yaml", 1)]


def test_a_register_that_cannot_be_read_is_told(published: Path) -> None:
    (published / "versions.json").write_text('{"indicator:innovation@2026-1": ', encoding="utf-8")

    assert [code for code, _, _ in found_in(published)] == ["content.register"]


# The command


def test_the_command_says_what_it_checked_in_both_languages(sound: Path) -> None:
    result = CliRunner().invoke(check, [str(sound)], catch_exceptions=False)

    assert result.exit_code == 0
    assert result.output == (
        "Contenu vérifié : 2 questions, 1 questionnaire, 2 indicateurs, 0 étude recensée, 2 chiffres publiés, "
        "0 désaccord déclaré et 1 source. · Content checked: 2 questions, 1 questionnaire, 2 indicators, "
        "0 registered studies, 2 published figures, 0 declared conflicts and 1 source.\n"
    )


def test_the_installed_content_has_nothing_to_mend() -> None:
    assert [problem.said("en") for problem in check_content(installed_content())] == []


STUDY = """
id: habitants
label: {fr: Les habitants, en: Inhabitants}
audience: citoyens
wave: "2026"
fieldwork: {start: 2026-01-05, end: 2026-01-30, mode: {fr: par téléphone, en: by phone}}
frame: {label: {fr: habitants, en: inhabitants}, size: 1000, source: {fr: inventée, en: made up}, date: 2026-01-01}
questionnaire: citoyens
answers: {file: reponses.csv, id: numero}
design: {kind: probability, words: {fr: tirage, en: a draw}}
source: {fr: inventée, en: made up}
plan:
  - {indicator: innovation}
"""


def checked(sound: Path, study: Path) -> list[str]:
    """What the command says of a study, in English, once the content is sound."""
    try:
        result = CliRunner().invoke(check, [str(study), "--content", str(sound)], catch_exceptions=False)
    except (Problem, Problems) as raised:
        problems = raised.problems if isinstance(raised, Problems) else (raised,)
        return [problem.said("en").removeprefix(f"{study}/") for problem in problems]
    return [result.output.splitlines()[-1].split(" · ")[1].removeprefix(f"{study}")]


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    folder.mkdir()
    (folder / "study.yaml").write_text(STUDY, encoding="utf-8")
    return folder


def test_a_study_is_checked_without_its_answers(sound: Path, study: Path) -> None:
    assert checked(sound, study) == [": nothing to mend."]


def test_a_study_that_plans_what_does_not_exist_is_told_with_its_line(sound: Path, study: Path) -> None:
    rewrite(study / "study.yaml", "indicator: innovation", "indicator: inovation")

    assert [words.split(":")[0] for words in checked(sound, study)] == ["study.yaml, line 13"]


def test_an_indicator_of_the_study_is_held_against_its_questionnaire(sound: Path, study: Path) -> None:
    own = (sound / "indicators" / "innovation.yaml").read_text(encoding="utf-8")
    (study / "non.yaml").write_text(
        own.replace("id: innovation", "id: non").replace("[oui]", "[nom]"), encoding="utf-8"
    )
    rewrite(study / "study.yaml", "plan:", "indicators: [non.yaml]\nplan:")

    assert checked(sound, study) == [
        "non.yaml, line 10: “share_of” refers to “nom”, which does not exist (did you mean “non”?)."
    ]


def test_a_margin_that_does_not_exist_is_told(sound: Path, study: Path) -> None:
    rewrite(study / "study.yaml", "\nsource:", "\nweighting: {method: rake, margins: [regions]}\nsource:")

    assert checked(sound, study) == [
        f"{sound}/populations/regions.yaml: this file does not exist. Check the path written in study.yaml."
    ]


def test_a_study_of_an_audience_nobody_knows_is_told_instead_of_crashing(sound: Path, study: Path) -> None:
    own = (sound / "instruments" / "citoyens.yaml").read_text(encoding="utf-8")
    question = "{id: q1, type: number, text: {fr: Combien ?, en: How many?}}"
    own = own.split("uses:")[0].replace("audience: citoyens", "audience: citoyen") + f"questions: [{question}]\n"
    (study / "questionnaire.yaml").write_text(own, encoding="utf-8")
    rewrite(study / "study.yaml", "questionnaire: citoyens", "questionnaire: questionnaire.yaml")
    rewrite(study / "study.yaml", "audience: citoyens", "audience: citoyen")

    assert checked(sound, study) == [
        "study.yaml, line 4: “audience” refers to “citoyen”, which does not exist (did you mean “citoyens”?)."
    ]


def test_an_unsound_content_is_told_before_any_study(sound: Path, study: Path) -> None:
    rewrite(sound / "indicators" / "innovation.yaml", "share_of: [oui]", "share_of: [ou]")
    rewrite(study / "study.yaml", "indicator: innovation", "indicator: inovation")

    assert [words.removeprefix(f"{sound}/") for words in checked(sound, study)] == [
        "indicators/innovation.yaml, line 10: “share_of” refers to “ou”, which does not exist (did you mean “oui”?)."
    ]
