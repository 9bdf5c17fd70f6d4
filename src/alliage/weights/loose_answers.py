"""Answers that come without a study, weighed on margins: the columns needed are read from what was received."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from alliage.problems import Place, Problem, raise_all
from alliage.responses.raw import RawAnswers
from alliage.studies.declarations import Weighting
from alliage.weights.margin_lists import MarginList
from alliage.weights.margins import Margin
from alliage.weights.results import Weights
from alliage.weights.slips import more_than_counted
from alliage.weights.weighing import initial_weights, weigh

# How R and NumPy write that there is nothing; a margin that counts a category of that name keeps it.
NOTHING = ("NA", "NaN", "nan")


def weigh_file(
    raw: RawAnswers, known: MarginList, weighting: Weighting, *, weight: str | None = None, ids: str | None = None
) -> Weights:
    """Weigh a file of answers on a list of margins; `weight` and `ids` name columns, `known` says what is merged.

    Raises Problem or Problems (answers.more_than_margin, weights.*) naming the file, or the line of a margin.
    """
    place = Place(raw.file)
    others = [name for name in (weight, weighting.household, weighting.scale, ids) if name is not None]
    answers = answers_of(raw, known.margins, others=others)
    initial = initial_weights(answers, weight, ids=ids, place=place)
    raise_all([problem for margin in known.margins for problem in more_than_counted(answers, margin, initial)])
    asked = replace(weighting, merge=dict(known.merge))
    try:
        return weigh(answers, asked, known.margins, design_weight=weight, ids=ids, place=place)
    except Problem as problem:
        # What has no place of its own is in the answers.
        raise problem if problem.place else Problem(problem.code, place, **problem.values) from None


def answers_of(raw: RawAnswers, margins: Sequence[Margin], *, others: Sequence[str] = ()) -> pa.Table:
    """The answers as text, null where nothing was answered in the columns that the margins name and in `others`.

    Nothing: an empty cell, NA or NaN unless a margin counts it, a code the file declares missing.
    """
    counted: dict[str, set[str]] = {}
    for margin in margins:
        for rank, variable in enumerate(margin.variables):
            counted.setdefault(variable, set()).update(cell.values[rank] for cell in margin.cells)
    needed = {*(name for margin in margins for name in margin.columns), *others}
    return pa.table(
        {
            name: _answers(raw, name, counted.get(name, set())) if name in needed else raw.table.column(name)
            for name in raw.names
        }
    )


def _answers(raw: RawAnswers, name: str, counted: set[str]) -> pa.Array:
    words = pc.dictionary_encode(pc.utf8_trim_whitespace(raw.table.column(name))).combine_chunks()
    facts = raw.columns[name]
    meant = [
        None if not word or (word in NOTHING and word not in counted) or facts.declares_missing(word) else word
        for word in words.dictionary.to_pylist()
    ]
    return pa.array(meant, pa.string()).take(words.indices)
