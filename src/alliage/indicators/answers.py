"""Reads an indicator in the answers of one study: its items, and for each the value, the base and who was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alliage.indicators.declarations import Indicator
from alliage.instruments import Question
from alliage.responses import Responses

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """k items of one indicator over the n respondents of one study.

    values  n x k: 1 or 0 for a share, the note or number for a mean; 0 outside the base
    base    n x k: who the percentage is a percentage of
    asked   n x k: the base and those who were asked and did not answer
    """

    items: tuple[str, ...]
    values: Floats
    base: Bools
    asked: Bools


def items_of(indicator: Indicator, question: Question) -> dict[str, str]:
    """Each item of the indicator and the column that holds it; one item without a name outside batteries."""
    if question.type == "multiple":
        return {option.id: f"{question.id}_{option.id}" for option in question.options}
    if question.type in {"notes", "singles"}:
        return {item.id: f"{question.id}_{item.id}" for item in question.items}
    return {"": question.id}


def read_indicator(indicator: Indicator, question: Question, responses: Responses) -> Reading:
    """Read every item at once."""
    columns = items_of(indicator, question)
    read = [_column(indicator, question, column, responses) for column in columns.values()]
    values, base, asked = (np.stack(part, axis=1) for part in zip(*read, strict=True))
    return Reading(tuple(columns), np.where(base, values, 0.0), base, asked)


def _column(indicator: Indicator, question: Question, column: str, responses: Responses) -> tuple[Floats, Bools, Bools]:
    asked, base = responses.asked(column), responses.answered(column)
    if indicator.measure == "mean" or question.type == "multiple":
        return responses.numbers(column), base, asked
    options = responses.options(column)
    excluded = np.isin(options.astype(str), indicator.base_excludes)
    counted = np.isin(options.astype(str), indicator.share_of)
    return counted.astype(np.float64), base & ~excluded, asked & ~excluded


def counts_of(reading: Reading, item: int, domain: Bools) -> tuple[int, ...]:
    """Respondents of a domain per answer: (counted, not counted) for a share, one count per distinct value for a mean.

    The caller leaves out of the domain those whose weight is zero, as the base n of an estimate does.
    """
    values = reading.values[domain & reading.base[:, item], item]
    return tuple(int(count) for count in np.unique(values, return_counts=True)[1])


def domains_of(variable: str, options: Mapping[str, str], responses: Responses) -> NDArray[np.int64]:
    """The code of each respondent's category of a breakdown, -1 where it is unknown."""
    names = list(options)
    codes = np.full(responses.n, -1, dtype=np.int64)
    values = responses.options(variable)
    for rank, name in enumerate(names):
        codes[values == name] = rank
    return codes
