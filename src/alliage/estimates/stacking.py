"""Waves stacked in one table, so that whoever answers twice counts once as a sampled unit."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
from numpy.typing import ArrayLike

from alliage.estimates.columns import Answers, column_of, received, rows_of
from alliage.problems import Problem
from alliage.responses.raw import RawAnswers
from alliage.tables import Table
from alliage.text import Text

_WAVES = Text(fr="l'empilement de vagues", en="stacking waves")


def stack(waves: Mapping[str, Answers], *, wave: str = "wave") -> pa.Table:
    """The rows of every wave one after the other, the name of the wave in a column of its own.

    For waves that share units (a panel, or the same communes drawn once): declare as the cluster of the design what is
    the same from one wave to the next (the commune; the respondent's own id where people were drawn directly). The
    covariance between waves is then that of the units they share, and units of one wave only count as such: estimate
    with by=wave, then `compare`. Waves drawn anew share nothing: estimate each apart, and compare them `independent`.

    A column that a wave does not have is empty there. Weights are those of the columns: a calibration made wave by wave
    does not come along. Raises Problem estimates.wave_column, estimates.column_types.
    """
    if not waves:
        raise Problem("estimates.nothing_asked", asked_by="stack")
    tables = []
    for name, given in waves.items():
        one = received(given)
        answers = one.rows_in_memory(_WAVES) if isinstance(one, Table) else one
        columns = _names(answers)
        if wave in columns:
            raise Problem("estimates.wave_column", column=wave, wave=name)
        own = {column: column_of(answers, column, asked_by="stack") for column in columns}
        tables.append(pa.table({wave: pa.repeat(pa.scalar(name), rows_of(answers)), **own}))
    try:
        return pa.concat_tables(tables, promote_options="permissive").unify_dictionaries()
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        raise Problem("estimates.column_types", columns=", ".join(_differing(tables))) from None


def _names(answers: RawAnswers | pa.Table | Mapping[str, ArrayLike]) -> list[str]:
    table = answers.table if isinstance(answers, RawAnswers) else answers
    return list(table.column_names if isinstance(table, pa.Table) else table)


def _differing(tables: list[pa.Table]) -> list[str]:
    """The columns that are not of one type from one table to the next."""
    types: dict[str, set[str]] = {}
    for table in tables:
        for field in table.schema:
            types.setdefault(field.name, set()).add(str(field.type))
    return [name for name, kinds in types.items() if len(kinds - {"null"}) > 1]
