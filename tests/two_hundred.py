"""A study of two hundred people written on disk, large enough to be published, small enough to be counted by hand."""

from __future__ import annotations

from pathlib import Path

QUESTIONNAIRE = """
id: deux_cents
version: 2026-1
status: draft
label: {fr: Deux cents, en: Two hundred}
audience: adultes
questions:
  - id: confiance
    type: single
    text: {fr: Faites-vous confiance à vos partenaires, en: Do you trust your partners}
    options:
      - {id: oui, label: {fr: Oui, en: "Yes"}}
      - {id: non, label: {fr: Non, en: "No"}}
      - {id: nsp, label: {fr: Ne sait pas, en: Does not know}, says_nothing: true}
  - id: lieu
    type: category
    text: {fr: Lieu, en: Place}
    options:
      - {id: nord, label: {fr: Nord, en: North}, inside: {fr: dans le Nord, en: in the North}}
      - {id: sud, label: {fr: Sud, en: South}, inside: {fr: dans le Sud, en: in the South}}
      - {id: ile, label: {fr: Île, en: Island}, inside: {fr: dans l'île, en: on the island}}
"""

INDICATOR = """
id: confiance_partenaires
version: 2026-1
label: {fr: Confiance envers les partenaires, en: Trust in partners}
definition: {fr: Part de ceux qui font confiance, en: Share of those who trust}
question: confiance
measure: share
share_of: [oui]
base: {fr: Tous les répondants, en: All respondents}
unit: percent
caution: {fr: Étude inventée, en: A made-up study}
theme: {fr: Confiance, en: Trust}
topic: {fr: la confiance envers les partenaires, en: trust in partners}
sentence: {fr: "{value} {of} font confiance à leurs partenaires", en: "{value} {of} trust their partners"}
"""

STUDY = """
id: deux_cents
label: {fr: Étude de deux cents personnes, en: A study of two hundred people}
audience:
  id: adultes
  label: {fr: Adultes, en: Adults}
  subject: {fr: les adultes, en: adults}
  of: {fr: des adultes, en: of adults}
  rule: T1
wave: "2026"
fieldwork: {start: 2026-01-05, end: 2026-01-30, mode: {fr: par téléphone, en: by phone}}
frame: {label: {fr: adultes, en: adults}, size: 1000000, source: {fr: inventée, en: made up}, date: 2026-01-01}
synthetic: {fr: Données inventées., en: Made-up data.}
questionnaire: questionnaire.yaml
answers: {file: answers.csv, id: id}
design: {kind: probability, words: {fr: tirage, en: a draw}, weight: poids}
columns:
  - {source: poids, id: poids}
source: {fr: inventée, en: made up}
indicators: [confiance_partenaires.yaml]
plan:
  - {indicator: confiance_partenaires, by: [lieu]}
"""


def rows() -> list[tuple[str, str, str, str]]:
    """id, confiance, lieu, poids: 120 in the north (90 yes), 74 in the south (37 yes), 6 on the island; 4 silent."""
    people: list[tuple[str, str, str, str]] = []
    for rank in range(200):
        place = "nord" if rank < 120 else "sud" if rank < 194 else "ile"
        yes = rank < 90 or 120 <= rank < 157 or rank >= 197
        answer = "" if rank in (118, 119, 192, 193) else "oui" if yes else "non"
        people.append((f"p{rank:03d}", answer, place, "1.5" if rank % 2 else "0.5"))
    return people


def write_two_hundred(folder: Path, *changes: tuple[str, str], answers: list[tuple[str, ...]] | None = None) -> Path:
    """The study folder, with pieces of study.yaml replaced and other answers if need be."""
    study = STUDY
    for before, after in changes:
        assert before in study, before
        study = study.replace(before, after)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "study.yaml").write_text(study, encoding="utf-8")
    (folder / "questionnaire.yaml").write_text(QUESTIONNAIRE, encoding="utf-8")
    (folder / "confiance_partenaires.yaml").write_text(INDICATOR, encoding="utf-8")
    lines = [",".join(row) for row in [("id", "confiance", "lieu", "poids"), *(answers or rows())]]
    (folder / "answers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder
