"""The codebook: questions, their answers, indicators, and the columns of the tables."""

from __future__ import annotations

from collections.abc import Iterator

from alliage.publications.records import Record
from alliage.publications.vocabulary import Vocabulary
from alliage.text import Text

COLUMNS: dict[str, Text] = {
    "id": Text(fr="Identifiant du chiffre ou de l'écart", en="Id of the figure or of the gap"),
    "indicator": Text(fr="Indicateur", en="Indicator"),
    "item": Text(fr="Ligne de la batterie de questions, vide sinon", en="Item of the battery, empty otherwise"),
    "audience": Text(fr="Public interrogé", en="Audience"),
    "wave": Text(fr="Vague d'enquête", en="Survey wave"),
    "by": Text(fr="Variable de ventilation, vide pour l'ensemble", en="Breakdown variable, empty for the whole"),
    "domain": Text(fr="Modalité de la ventilation", en="Category of the breakdown"),
    "state": Text(
        fr="published (publié), banded (par tranche), uncertain (fragile), protected (protégé), no_data (pas de "
        "donnée), not_asked (sans objet)",
        en="published, banded, uncertain (fragile), protected, no_data, not_asked",
    ),
    "symbol": Text(
        fr="Symbole SDMX : c protégé, u fragile, z sans objet", en="SDMX symbol: c protected, u uncertain, z not asked"
    ),
    "value": Text(fr="Valeur arrondie pour la diffusion", en="Value rounded for release"),
    "low95": Text(fr="Borne basse à 95 %, arrondie vers l'extérieur", en="95% lower end, rounded outwards"),
    "high95": Text(fr="Borne haute à 95 %, arrondie vers l'extérieur", en="95% upper end, rounded outwards"),
    "low50": Text(fr="Borne basse à 50 %, à partir de 200 réponses", en="50% lower end, from 200 answers"),
    "high50": Text(fr="Borne haute à 50 %, à partir de 200 réponses", en="50% upper end, from 200 answers"),
    "band_low": Text(fr="Début de la tranche", en="Start of the band"),
    "band_high": Text(fr="Fin de la tranche", en="End of the band"),
    "step": Text(fr="Pas d'arrondi", en="Rounding step"),
    "unit": Text(fr="Unité", en="Unit"),
    "n_class": Text(fr="Nombre de réponses, en classe", en="Number of answers, as a class"),
    "n_effective_class": Text(fr="Nombre effectif de réponses, en classe", en="Effective number of answers, a class"),
    "deff": Text(fr="Effet de plan", en="Design effect"),
    "margin": Text(fr="Fondement de la marge", en="What the margin rests on"),
    "parent": Text(fr="Chiffre publié qui contient celui-ci", en="Published figure that contains this one"),
    "a": Text(fr="Premier chiffre de l'écart", en="First figure of the gap"),
    "b": Text(fr="Second chiffre, retranché du premier", en="Second figure, subtracted from the first"),
    "kind": Text(fr="Écart entre publics, vagues ou territoires", en="Gap between audiences, waves or territories"),
    "low": Text(fr="Borne basse de l'intervalle simultané", en="Lower end of the simultaneous interval"),
    "high": Text(fr="Borne haute de l'intervalle simultané", en="Upper end of the simultaneous interval"),
    "excludes_zero": Text(
        fr="true : 0 n'est pas dans l'intervalle, même si une borne arrondie est 0",
        en="true: 0 is not in the interval, even when a rounded end is 0",
    ),
    "family": Text(fr="Nombre d'écarts pris ensemble", en="Number of gaps taken together"),
    "verdict": Text(
        fr="higher (plus élevé), lower (plus bas), undecided (on ne peut pas trancher), hidden (non diffusé)",
        en="higher, lower, undecided, hidden",
    ),
    "display": Text(fr="Ce qui se lit", en="What is read"),
    "interval": Text(fr="Intervalle en mots", en="Interval in words"),
    "sentence": Text(fr="Phrase entière", en="Whole sentence"),
    "notice": Text(fr="Avertissement à reproduire", en="Notice to be repeated"),
}


def codebook_record(words: Vocabulary) -> Record:
    """`codebook.json`."""
    questionnaires = {
        (chain.questionnaire.id, chain.questionnaire.version): chain.questionnaire for chain in words.inputs.studies
    }
    return {
        "questionnaires": [
            {
                "id": questionnaire.id,
                "version": questionnaire.version,
                "label": questionnaire.label.to_dict(),
                "audience": questionnaire.audience,
                "questions": [
                    {
                        "id": question.id,
                        "code": question.code,
                        "type": question.type,
                        "text": question.text.to_dict(),
                        "options": [{"id": option.id, "label": option.label.to_dict()} for option in question.options],
                        "items": [{"id": item.id, "label": item.label.to_dict()} for item in question.items],
                    }
                    for question in questionnaire.questions
                ],
            }
            for questionnaire in questionnaires.values()
        ],
        "indicators": [
            {
                "id": indicator.id,
                "version": indicator.version,
                "label": indicator.label.to_dict(),
                "definition": indicator.definition.to_dict(),
                "question": indicator.question,
                "measure": indicator.measure,
                "share_of": list(indicator.share_of),
                "base": indicator.base.to_dict(),
                "unit": indicator.unit,
                "caution": indicator.caution.to_dict(),
            }
            for indicator in words.inputs.indicators
        ],
        "columns": [{"name": name, "label": label.to_dict()} for name, label in COLUMNS.items()],
    }


CODEBOOK_COLUMNS = ("kind", "parent", "id", "label_fr", "label_en")


def codebook_rows(record: Record) -> Iterator[tuple[str, ...]]:
    """`codebook.csv`: one line per question, answer, item, indicator and column."""
    for questionnaire in record["questionnaires"]:
        name = f"{questionnaire['id']} {questionnaire['version']}"
        yield _row("questionnaire", "", name, questionnaire["label"])
        for question in questionnaire["questions"]:
            yield _row("question", name, question["id"], question["text"])
            for kind in ("options", "items"):
                for part in question[kind]:
                    yield _row(kind.removesuffix("s"), f"{name} {question['id']}", part["id"], part["label"])
    for indicator in record["indicators"]:
        yield _row("indicator", indicator["question"], indicator["id"], indicator["definition"])
    for column in record["columns"]:
        yield _row("column", "", column["name"], column["label"])


def _row(kind: str, parent: str, name: str, label: dict[str, str]) -> tuple[str, ...]:
    return kind, parent, name, label["fr"], label["en"]
