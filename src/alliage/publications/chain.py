"""`why/{indicator}.json`: from the wording of the question to the file, every link that made a figure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alliage.disclosure.results import PublicCell
from alliage.indicators.declarations import Indicator
from alliage.instruments.questionnaires import Question
from alliage.publications.inputs import StudyChain
from alliage.publications.records import Record, plain
from alliage.publications.vocabulary import Vocabulary
from alliage.publications.wording import STATE_WORDS, base_class, margin_note
from alliage.text import Text, listed

METHODS: dict[str, Text] = {
    "none": Text(fr="Poids fournis avec les réponses, ou poids égaux.", en="Weights given with answers, or equal."),
    "poststratify": Text(
        fr="Post-stratification : chaque case de l'échantillon pèse ce qu'elle pèse dans la population.",
        en="Poststratification: every cell of the sample weighs what it weighs in the population.",
    ),
    "rake": Text(
        fr="Calage par itérations : chaque marge de l'échantillon rejoint celle de la population.",
        en="Raking: every margin of the sample meets that of the population.",
    ),
    "linear": Text(
        fr="Calage par la méthode linéaire : chaque marge de l'échantillon rejoint celle de la population.",
        en="Linear calibration: every margin of the sample meets that of the population.",
    ),
    "logit": Text(
        fr="Calage par la méthode logit : les marges sont rejointes, et les poids changent entre deux bornes.",
        en="Logit calibration: margins are met, and weights change between two bounds.",
    ),
    "truncated": Text(
        fr="Calage par la méthode linéaire tronquée : les marges sont rejointes, et les poids changent entre deux "
        "bornes.",
        en="Truncated linear calibration: margins are met, and weights change between two bounds.",
    ),
    "sinh": Text(
        fr="Calage par le sinus hyperbolique : chaque marge de l'échantillon rejoint celle de la population.",
        en="Hyperbolic sine calibration: every margin of the sample meets that of the population.",
    ),
}
_NON_RESPONSE = Text(
    fr="Qui n'a pas répondu à cette question n'est pas dans la base. Toutes les réponses proposées y restent.",
    en="Whoever did not answer this question is not in the base. All the answers offered stay in it.",
)
_NON_RESPONSE_EXCLUDES = Text(
    fr="Qui n'a pas répondu à cette question n'est pas dans la base, ni ces réponses : {excluded}.",
    en="Whoever did not answer this question is not in the base, nor are these answers: {excluded}.",
)
_SHARE = Text(
    fr="Somme des poids des réponses comptées ({counted}), divisée par la somme des poids de la base, en pourcentage.",
    en="Sum of the weights of the counted answers ({counted}), over the sum of the weights of the base, in percent.",
)
_CHOSEN = Text(
    fr="Somme des poids de celles et ceux qui ont choisi cette réponse, divisée par la somme des poids de la base, "
    "en pourcentage.",
    en="Sum of the weights of those who chose this answer, over the sum of the weights of the base, in percent.",
)
_MEAN = Text(
    fr="Somme des réponses multipliées par leur poids, divisée par la somme des poids de la base.",
    en="Sum of the answers times their weight, over the sum of the weights of the base.",
)


def chain_record(indicator: Indicator, words: Vocabulary) -> Record:
    """The whole chain of one indicator. It never tells which rule hid a cell, nor an exact base."""
    cells = [cell for cell in words.inputs.cells if cell.key.indicator == indicator.id]
    chains = [chain for chain in words.inputs.studies if words.question(indicator.id, chain.audience, chain.study.wave)]
    question = _first_question(indicator, chains, words)
    return {
        "indicator": indicator.id,
        "version": indicator.version,
        "label": indicator.label.to_dict(),
        "definition": indicator.definition.to_dict(),
        "caution": indicator.caution.to_dict(),
        "origin": _origin(indicator),
        "base": {
            "words": indicator.base.to_dict(),
            "non_response": _non_response(indicator, question).to_dict(),
        },
        "formula": {"words": _formula(indicator, question).to_dict(), "symbols": _symbols(indicator)},
        "studies": [_study(chain, indicator, words) for chain in chains],
        "code": {"version": words.inputs.code_version, "lock": words.inputs.lock},
        "cells": [_decision(cell, rank, words) for rank, cell in enumerate(cells)],
    }


def without_cells(chain: Mapping[str, Any]) -> Record:
    """What a chain declares, without what was decided for each cell."""
    return {name: value for name, value in chain.items() if name != "cells"}


def _first_question(indicator: Indicator, chains: list[StudyChain], words: Vocabulary) -> Question | None:
    asked = (words.question(indicator.id, chain.audience, chain.study.wave) for chain in chains)
    return next((question for question in asked if question is not None), None)


def _labels(options: tuple[str, ...], question: Question | None) -> Text:
    known = {option.id: option.label for option in question.options} if question else {}
    return listed([_quoted(known.get(option, Text(fr=option, en=option))) for option in options])


def _quoted(words: Text) -> Text:
    return Text(fr=f"« {words.fr} »", en=f"“{words.en}”")


def _non_response(indicator: Indicator, question: Question | None) -> Text:
    if not indicator.base_excludes:
        return _NON_RESPONSE
    return _NON_RESPONSE_EXCLUDES.filled(excluded=_labels(indicator.base_excludes, question))


def _formula(indicator: Indicator, question: Question | None) -> Text:
    if indicator.measure == "mean":
        return _MEAN
    if not indicator.share_of:
        return _CHOSEN
    return _SHARE.filled(counted=_labels(indicator.share_of, question))


def _symbols(indicator: Indicator) -> str:
    """`share = 100 × Σ w·1[y ∈ {a, b}] / Σ w`: w the weight, y the answer, over the base."""
    if indicator.measure == "mean":
        return "Σ w·y / Σ w"
    counted = f"y ∈ {{{', '.join(indicator.share_of)}}}" if indicator.share_of else "y = 1"
    return f"100 × Σ w·1[{counted}] / Σ w"


def _study(chain: StudyChain, indicator: Indicator, words: Vocabulary) -> Record:
    study = chain.study
    question = words.question(indicator.id, chain.audience, study.wave)
    assert question is not None
    return {
        "study": study.id,
        "label": study.label.to_dict(),
        "audience": chain.audience,
        "wave": study.wave,
        "questionnaire": {"id": chain.questionnaire.id, "version": chain.questionnaire.version},
        "question": _question(question),
        "fieldwork": {
            "start": study.fieldwork.start.isoformat(),
            "end": study.fieldwork.end.isoformat(),
            "mode": study.fieldwork.mode.to_dict(),
        },
        "population": {
            "label": study.frame.label.to_dict(),
            "source": study.frame.source.to_dict(),
            "date": study.frame.date.isoformat(),
        },
        "design": {"kind": study.design.kind, "words": study.design.words.to_dict()},
        "weighting": {
            "method": study.weighting.method,
            "words": METHODS[study.weighting.method].to_dict(),
            "margins": [margin.to_dict() for margin in chain.margins],
            "diagnosis": [line.to_dict() for line in chain.weighting],
        },
        "source": study.source.to_dict(),
        "licence": study.licence.to_dict() if study.licence else None,
        "notes": [note.to_dict() for note in study.notes],
    }


def _question(question: Question) -> Record:
    return {
        "id": question.id,
        "code": question.code,
        "type": question.type,
        "text": question.text.to_dict(),
        "asked_if": question.asked_if.to_dict() if question.asked_if else None,
        "options": [{"id": option.id, "label": option.label.to_dict()} for option in question.options],
        "items": [{"id": item.id, "label": item.label.to_dict()} for item in question.items],
        "origin": _origin(question),
    }


def _origin(declared: Any) -> Record | None:
    origin = declared.origin
    if origin is None:
        return None
    note = origin.note.to_dict() if origin.note else None
    return {"mark": origin.mark, "sources": list(origin.sources), "note": note}


def _decision(cell: PublicCell, rank: int, words: Vocabulary) -> Record:
    """What disclosure decided for one cell, and where its value is. Hidden cells all read the same."""
    margin = margin_note(cell.margin, is_census=words.is_census(cell.key)) if cell.is_shown else None
    return {
        "id": cell.key.id,
        "state": cell.state,
        "decision": STATE_WORDS[cell.state].to_dict(),
        "margin": margin.to_dict() if margin else None,
        "step": plain(cell.step),
        "n_class": cell.n_class,
        "base": base.to_dict() if (base := base_class(cell.n_class)) else None,
        "parent": cell.parent,
        **decision_place(cell.key.id, cell.key.indicator, rank, is_banded=cell.band is not None),
    }


def decision_place(cell: str, indicator: str, rank: int, *, is_banded: bool) -> dict[str, str]:
    """Where the value of a cell is: its file, the pointer in it, the line of Python that gives it."""
    field = "band" if is_banded else "value"
    return {
        "file": f"tables/{indicator}.json",
        "pointer": f"/cells/{rank}/{field}",
        "python": f'open_release("…").cell("{cell}").{field}',
    }
