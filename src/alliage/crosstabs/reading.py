"""Questions and groups read in the answers: who counts in which row, who belongs to which column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from alliage.catalogue.declarations import did_you_mean
from alliage.crosstabs.declarations import Banner, Mean, Question, Several, Stub
from alliage.crosstabs.results import Row
from alliage.estimates.columns import Answers, Domains, categories, numbers
from alliage.estimates.level1 import Bools
from alliage.estimates.stages import Codes, Floats
from alliage.problems import Problem

# More rows or columns than anyone reads, and than memory holds: an identifier, or a number.
MOST_ANSWERS = 500


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """A question of n respondents: `hits` (n x k) or `values` (n, nan outside the base), and its base (n)."""

    label: str
    rows: tuple[Row, ...]  # k, or the one of the mean
    base: Bools
    hits: Bools | None = None
    values: Floats | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """The columns of one question of the banner. `domains` is None where a respondent may be in several of them."""

    label: str
    labels: tuple[str, ...]  # D
    members: Bools  # n x D
    domains: Domains | None


def read_stub(answers: Answers, stub: Stub, missing: Sequence[str]) -> Read:
    """Raises Problem estimates.*, crosstabs.unknown_answer, crosstabs.too_many_answers."""
    if isinstance(stub, Mean):
        values = numbers(answers, stub.column, asked_by="stub", missing=missing)
        return Read(stub.label or stub.column, (Row("", "mean"),), np.isfinite(values), values=values)
    label, names, hits, base = _ticks(answers, stub, "stub", missing)
    nets = stub.nets if not isinstance(stub, str) else {}
    rows, columns = _with_nets(names, hits, nets, label)
    return Read(label, rows, base, hits=np.column_stack(columns))


def read_banner(answers: Answers, banner: Banner, missing: Sequence[str]) -> Span:
    """Raises Problem estimates.*, crosstabs.unknown_answer, crosstabs.too_many_answers."""
    label, names, hits, _ = _ticks(answers, banner, "banner", missing)
    nets = banner.nets if not isinstance(banner, str) else {}
    rows, columns = _with_nets(names, hits, nets, label)
    members = np.column_stack(columns)
    domains = None
    if members.sum(axis=1).max() <= 1:
        codes = np.where(any_column(members), members.argmax(axis=1), -1).astype(np.int64)
        domains = domains_of(codes, len(rows))
    return Span(label, tuple(row.label for row in rows), members, domains)


def whole(n: int) -> Span:
    """The column of everyone; it has no name of its own and no letter."""
    return Span("", ("",), np.ones((n, 1), dtype=bool), domains_of(np.zeros(n, dtype=np.int64), 1))


def domains_of(codes: Codes, count: int) -> Domains:
    """Columns are told by their rank: two of them may bear the same name."""
    return Domains(codes, {"column": [str(rank) for rank in range(count)]}, count)


def _ticks(
    answers: Answers, asked: Banner, asked_by: str, missing: Sequence[str]
) -> tuple[str, dict[str, str], Bools, Bools]:
    """The name of the question, {answer: what to call it}, who gave each (n x k), the base (n)."""
    if isinstance(asked, Several):
        return _several(answers, asked, asked_by, missing)
    question = Question(asked) if isinstance(asked, str) else asked
    read = categories(answers, question.column, asked_by=asked_by, missing=missing)
    if len(read.labels) > MOST_ANSWERS:
        raise Problem("crosstabs.too_many_answers", column=question.column, count=len(read.labels), limit=MOST_ANSWERS)
    for answer in question.answers:
        _refuse_unknown(answer, read.labels, question.column)
    order = [*question.answers, *(label for label in read.labels if label not in question.answers)]
    names = {answer: question.answers.get(answer, answer) for answer in order if answer not in question.excludes}
    if not names:
        raise Problem("estimates.no_answer", column=question.column)
    codes = [read.labels.index(answer) for answer in names]
    hits = read.codes[:, None] == np.array(codes)
    return question.label or question.column, names, hits, any_column(hits)


def _several(
    answers: Answers, asked: Several, asked_by: str, missing: Sequence[str]
) -> tuple[str, dict[str, str], Bools, Bools]:
    names = dict(asked.columns) if isinstance(asked.columns, Mapping) else {name: name for name in asked.columns}
    if not names:
        raise Problem("crosstabs.no_column", label=asked.label)
    read = [categories(answers, name, asked_by=asked_by, missing=missing) for name in names]
    hits = np.column_stack(
        [np.isin(one.codes, [one.labels.index(t) for t in asked.ticked if t in one.labels]) for one in read]
    )
    written = np.column_stack([one.codes >= 0 for one in read])
    if not hits.any():
        seen = sorted({label for one in read for label in one.labels})
        raise Problem(
            "crosstabs.nothing_ticked",
            columns=", ".join(names),
            ticked=", ".join(asked.ticked),
            known=", ".join(seen[:20]),
        )
    if asked.empty is None and (hits == written).all() and not written.all():
        raise Problem("crosstabs.empty_boxes", columns=", ".join(names))
    base = np.ones(len(hits), dtype=bool) if asked.empty == "unticked" else any_column(written)
    return asked.label or ", ".join(names), names, hits, base


def _with_nets(
    names: dict[str, str], hits: Bools, nets: Mapping[str, Sequence[str]], label: str
) -> tuple[tuple[Row, ...], list[Bools]]:
    """Every answer, each net above the first answer it holds."""
    order = list(names)
    placed: dict[str, list[str]] = {}
    for net, members in nets.items():
        if not members:
            raise Problem("crosstabs.empty_net", net=net, column=label)
        for member in members:
            _refuse_unknown(member, order, label)
        placed.setdefault(min(members, key=order.index), []).append(net)
    rows: list[Row] = []
    columns: list[Bools] = []
    for place, answer in enumerate(order):
        for net in placed.get(answer, ()):
            rows.append(Row(net, "net"))
            columns.append(any_column(hits[:, [order.index(member) for member in nets[net]]]))
        rows.append(Row(names[answer], "answer"))
        columns.append(hits[:, place])
    return tuple(rows), columns


def any_column(values: Bools) -> Bools:
    """Which rows (n) hold a true one (n x k)."""
    return np.asarray(values.any(axis=1))


def _refuse_unknown(answer: str, known: Sequence[str], column: str) -> None:
    if answer not in known:
        raise Problem(
            "crosstabs.unknown_answer",
            answer=answer,
            column=column,
            suggestion=did_you_mean(answer, list(known)),
            known=", ".join(known[:20]) + (" …" if len(known) > 20 else ""),
        )
