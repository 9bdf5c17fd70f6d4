"""Questions by groups: every estimate in one pass per group of the banner, then every pair of its columns tested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.sparse import csr_array

from alliage.crosstabs.declarations import Banner, Stub
from alliage.crosstabs.letters import Pair, adjusted_by_row, letter_of, letters_of
from alliage.crosstabs.notes import notes_of
from alliage.crosstabs.reading import Read, Span, domains_of, read_banner, read_stub, whole
from alliage.crosstabs.results import Column, Crosstab, Table
from alliage.estimates.columns import MISSING, Answers, as_tuple, rows_of
from alliage.estimates.comparing import compare
from alliage.estimates.designs import BoundDesign, Design, bound
from alliage.estimates.families import multiplicity as known_multiplicity
from alliage.estimates.level1 import Bools
from alliage.estimates.lists import Estimates
from alliage.estimates.means import numbers_of
from alliage.estimates.shares import shares_of
from alliage.estimates.stages import Codes, Floats
from alliage.problems import Problem

# Respondents x answers estimated in one pass: what fits in some hundreds of megabytes.
LARGEST = 20_000_000


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """k rows by the D columns of one span, and its P pairs."""

    value: Floats  # k x D
    standard_error: Floats  # k x D
    n: Codes  # k x D: who gave the answer
    base: Codes  # k x D
    effective: Floats  # k x D
    weight_sum: Floats  # k x D
    p: Floats  # k x P


def crosstab(
    answers: Answers,
    stub: Stub | Sequence[Stub],
    banner: Banner | Sequence[Banner] = (),
    *,
    design: Design | BoundDesign,
    level: float = 0.95,
    second_level: float | None = None,
    multiplicity: str = "none",
    minimum_base: int = 30,
    missing: str | Sequence[str] = MISSING,
    title: str = "",
) -> Crosstab:
    """The questions of the stub by the groups of the banner, everyone first, every pair of a group's columns tested.

    A pair is tested by Student's test of the difference under the design, its covariance included: columns may share
    clusters, or respondents (a `Several` in the banner). A capital letter beside a figure: it is above that column's
    at `level`; a small one, at `second_level` only. multiplicity: "none", "bonferroni", "holm", "benjamini-hochberg",
    over the pairs of one row within one group. A column whose base, for the question, is under `minimum_base`
    respondents is marked and not tested. Raises Problem estimates.* and crosstabs.*.
    """
    strong, weak = _thresholds(level, second_level)
    method, nothing = known_multiplicity(multiplicity), as_tuple(missing)
    plan = bound(design, answers)
    asked: Sequence[Stub] = [stub] if not isinstance(stub, Sequence) or isinstance(stub, str) else stub
    across: Sequence[Banner] = [banner] if not isinstance(banner, Sequence) or isinstance(banner, str) else banner
    if not asked:
        raise Problem("crosstabs.no_stub")
    questions = [read_stub(answers, one, nothing) for one in asked]
    spans = [whole(rows_of(answers)), *(read_banner(answers, one, nothing) for one in across)]
    columns = _columns(spans)
    pairs, owners = _pairs(spans)
    tables = []
    for chunk in _chunks(questions, len(plan.weight)):
        parts = [_part(chunk, span, plan) for span in spans]
        last = 0
        for question in chunk:
            rows = slice(last, last + len(question.rows))
            last = rows.stop
            tables.append(_table(question, parts, rows, columns, pairs, owners, strong, weak, method, minimum_base))
    return Crosstab(
        title=title,
        columns=columns,
        tables=tuple(tables),
        pairs=pairs,
        notes=notes_of(
            design,
            plan,
            strong=strong,
            weak=weak,
            multiplicity=method,
            minimum_base=minimum_base,
            missing=nothing,
            tested=bool(pairs),
            marked=any(not table.enough.all() for table in tables),
        ),
        strong=strong,
        weak=weak,
        multiplicity=method,
        minimum_base=minimum_base,
    )


def _thresholds(level: float, second_level: float | None) -> tuple[float, float | None]:
    for one in (level, second_level):
        if one is not None and not 0.5 <= one < 1:
            raise Problem("crosstabs.level", level=f"{one:g}")
    if second_level is not None and second_level >= level:
        raise Problem("crosstabs.second_level", level=f"{level:g}", second=f"{second_level:g}")
    return 1 - level, None if second_level is None else 1 - second_level


def _columns(spans: Sequence[Span]) -> tuple[Column, ...]:
    """Letters start again in each group: columns are compared within it."""
    return tuple(
        Column(span.label, label, letter_of(place) if rank else "", rank)
        for rank, span in enumerate(spans)
        for place, label in enumerate(span.labels)
    )


def _pairs(spans: Sequence[Span]) -> tuple[tuple[Pair, ...], tuple[int, ...]]:
    """The pairs of columns to test, and the span of each. Everyone is not compared: every column is a part of it."""
    pairs: list[Pair] = []
    owners: list[int] = []
    start = len(spans[0].labels)
    for rank, span in enumerate(spans[1:], start=1):
        ranks = range(start, start + len(span.labels))
        found = list(combinations(ranks, 2))
        pairs += found
        owners += [rank] * len(found)
        start = ranks.stop
    return tuple(pairs), tuple(owners)


def _chunks(questions: Sequence[Read], n: int) -> Iterator[list[Read]]:
    """Questions estimated together: all shares, or all means, within what memory allows; in the order of the stub."""
    chunk: list[Read] = []
    width = 0
    for question in questions:
        full = n * (width + len(question.rows)) > LARGEST
        if chunk and (full or (question.hits is None) != (chunk[0].hits is None)):
            yield chunk
            chunk, width = [], 0
        chunk.append(question)
        width += len(question.rows)
    yield chunk


def _part(chunk: Sequence[Read], span: Span, design: BoundDesign) -> _Part:
    base = np.column_stack([np.repeat(one.base[:, None], len(one.rows), axis=1) for one in chunk])
    hits = base if chunk[0].hits is None else np.column_stack([one.hits for one in chunk if one.hits is not None])
    made = _estimates(chunk, base, span, design)
    # Where columns share respondents, each is a table of one domain.
    width = span.members.shape[1]

    def figure(name: str) -> Floats:
        found = np.concatenate([one.column(name).reshape(base.shape[1], -1) for one in made], axis=1)
        assert found.shape == (base.shape[1], width)
        return found

    counted = csr_array((span.members & (design.weight > 0)[:, None]).T.astype(np.float64))
    return _Part(
        value=figure("value"),
        standard_error=figure("standard_error"),
        n=np.asarray(counted @ hits.astype(np.float64)).T.astype(np.int64),
        base=figure("n").astype(np.int64),
        effective=figure("n_effective"),
        weight_sum=figure("weight_sum"),
        p=_tests(made, base.shape[1], width),
    )


def _estimates(chunk: Sequence[Read], base: Bools, span: Span, design: BoundDesign) -> list[Estimates]:
    """Rows are told by their rank: two of them may bear the same name."""
    variables = [str(rank) for rank in range(base.shape[1])]
    if span.domains is not None:
        domains = [span.domains]
    else:
        domains = [domains_of(np.where(member, 0, -1).astype(np.int64), 1) for member in span.members.T]
    if chunk[0].hits is None:
        values = np.column_stack([one.values for one in chunk if one.values is not None])
        return [numbers_of("mean", values, design=design, domains=one, variables=variables) for one in domains]
    hits = np.column_stack([one.hits for one in chunk if one.hits is not None])
    answers = [""] * len(variables)
    return [
        shares_of(hits, base=base, design=design, domains=one, variables=variables, answers=answers) for one in domains
    ]


def _tests(made: Sequence[Estimates], rows: int, columns: int) -> Floats:
    """The probability of every pair of columns (rows x pairs)."""
    place = {pair: rank for rank, pair in enumerate(combinations(range(columns), 2))}
    found = np.full((rows, len(place)), np.nan)
    if not place:
        return found
    if len(made) == 1:
        # Row by row: the influence of every unit on every pair of one row is as wide as memory should be asked for.
        for row in range(rows):
            gaps = compare(made[0][row * columns : (row + 1) * columns], method="none")
            found[row, [place[int(a), int(b)] for a, b in zip(gaps.a, gaps.b, strict=True)]] = gaps.p_value
        return found
    for (left, right), rank in place.items():
        found[:, rank] = compare(made[left], made[right], method="none").p_value
    return found


def _table(
    question: Read,
    parts: Sequence[_Part],
    rows: slice,
    columns: Sequence[Column],
    pairs: Sequence[Pair],
    owners: Sequence[int],
    strong: float,
    weak: float | None,
    method: str,
    minimum_base: int,
) -> Table:
    """One question of a chunk: the parts of its rows, side by side."""
    value, error, n, base, effective, weight_sum, p = (
        np.concatenate([getattr(part, name)[rows] for part in parts], axis=1)
        for name in ("value", "standard_error", "n", "base", "effective", "weight_sum", "p")
    )
    enough = base[0] >= minimum_base
    tested = np.isfinite(p) & np.array([enough[a] and enough[b] for a, b in pairs], dtype=bool)
    adjusted = adjusted_by_row(p, tested, owners, known_multiplicity(method))
    letters = letters_of(value, adjusted, pairs, [column.letter for column in columns], strong=strong, weak=weak)
    is_mean = question.hits is None
    weighted = weight_sum if is_mean else np.nan_to_num(value) * weight_sum
    with np.errstate(divide="ignore", invalid="ignore"):
        row_share = np.full_like(value, np.nan) if is_mean else weighted / weighted[:, :1]
    return Table(
        label=question.label,
        rows=question.rows,
        value=value,
        standard_error=error,
        row_share=row_share,
        n=n,
        weighted=weighted,
        letters=letters,
        base=base[0],
        effective=effective[0],
        weight_sum=weight_sum[0],
        enough=enough,
        p=np.where(tested, p, np.nan),
        p_adjusted=adjusted,
    )
