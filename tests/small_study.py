"""A small study written on disk for tests: six people, every type of question, a weight, a stratum."""

from __future__ import annotations

from pathlib import Path

from alliage.studies import StudyFolder, read_study

QUESTIONNAIRE = """
id: petite
version: 2026-1
status: draft
label: {fr: Petite étude, en: Small study}
audience: adultes
questions:
  - id: emploi
    type: single
    text: {fr: Travaillez-vous, en: Do you work}
    options:
      - {id: oui, label: {fr: Oui, en: "Yes"}}
      - {id: non, label: {fr: Non, en: "No"}}
  - id: satisfaction
    type: note
    text: {fr: Votre travail vous plaît-il, en: Do you like your work}
    low: 0
    high: 10
    missing: ["99"]
  - id: loisirs
    type: multiple
    text: {fr: Vos loisirs, en: Your leisure}
    options:
      - {id: sport, label: {fr: Sport, en: Sport}}
      - {id: cinema, label: {fr: Cinéma, en: Cinema}}
  - id: age
    type: number
    text: {fr: Votre âge, en: Your age}
    low: 18
    high: 110
"""

STUDY = """
id: petite
label: {fr: Petite étude, en: Small study}
audience:
  id: adultes
  label: {fr: Adultes, en: Adults}
  subject: {fr: les adultes, en: adults}
  of: {fr: des adultes, en: of adults}
  rule: T1
wave: "2026"
fieldwork: {start: 2026-01-05, end: 2026-01-30, mode: {fr: par téléphone, en: by phone}}
frame: {label: {fr: adultes, en: adults}, size: 1000, source: {fr: inventée, en: made up}, date: 2026-01-01}
questionnaire: questionnaire.yaml
answers: {file: reponses.csv, id: ID}
design: {kind: probability, words: {fr: tirage, en: a draw}, weight: poids, strata: [strate]}
source: {fr: inventée, en: made up}
columns:
  - {source: EMPLOI, id: emploi, values: {"1": oui, "2": non}}
  - {source: NOTE, id: satisfaction}
  - {source: POIDS, id: poids}
  - {source: STRATE, id: strate}
missing:
  - {column: satisfaction, means: not_asked, unless: {emploi: [oui]}}
derived:
  - id: classe_age
    label: {fr: Âge, en: Age}
    source: age
    bands:
      - {id: jeunes, label: {fr: moins de 40 ans, en: under 40}, high: 40}
      - {id: aines, label: {fr: 40 ans et plus, en: 40 and over}, low: 40}
"""

# emploi 1, 2: works or not; NOTE 99 is a refusal; d does not work, hence no note; e works and gave none.
ANSWERS: dict[str, list[str | float | None]] = {
    "ID": ["a", "b", "c", "d", "e", "f"],
    "EMPLOI": [1, 1, 2, 2, 1, None],
    "NOTE": [7, 99, None, None, None, 10],
    "loisirs_sport": [1, 0, 1, None, 0, 1],
    "loisirs_cinema": [0, 0, 1, 1, 0, 1],
    "age": [18, 39, 40, 77, None, 55],
    "POIDS": [1.5, 2.25, 0.1, 1, 1, 3],
    "STRATE": ["nord", "nord", "sud", "sud", "été", "été"],
    "libre": ['dit "oui", puis non', None, " espaces ", "=1+1", "-3", "ligne\nsuivante"],
}


def write_study(folder: Path, *, study: str = STUDY, questionnaire: str = QUESTIONNAIRE) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "study.yaml").write_text(study, encoding="utf-8")
    (folder / "questionnaire.yaml").write_text(questionnaire, encoding="utf-8")
    return folder


def small_study(folder: Path, *changes: tuple[str, str]) -> StudyFolder:
    """The small study with pieces of its yaml replaced."""
    study = STUDY
    for before, after in changes:
        assert before in study, before
        study = study.replace(before, after)
    return read_study(write_study(folder, study=study), questionnaires={})
