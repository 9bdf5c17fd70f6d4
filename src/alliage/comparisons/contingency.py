"""Tests of a table of weighted shares: independence of two questions, fit of one to known shares.

Rao and Scott (1981, 1984) and, for the Wald tests, Koch, Freeman and Freeman (1975): R survey's `svychisq` and
`svygofchisq`. No model matrix is made: everything is a product of the cell totals of sampled units.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from alliage.comparisons import tails
from alliage.comparisons.cells import Cells, cells_of
from alliage.comparisons.results import Cell, Comparison, Comparisons, Effect, warnings_of
from alliage.estimates.columns import MISSING, Answers, Categories, as_tuple, categories, domains
from alliage.estimates.designs import BoundDesign, Design, bound
from alliage.estimates.stages import Floats
from alliage.problems import Problem

Statistic = Literal["F", "Chisq", "Wald", "adjWald", "lincom", "saddlepoint"]

# The covariance of all cells is one matrix: larger tables hold more cells than a test can say anything about.
LARGEST = 2500
# A design effect this small beside the largest is a contrast without error.
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """A table without empty rows or columns."""

    cells: Cells
    covariance: Floats  # of the shares of its cells
    down: int
    across: int

    @property
    def shares(self) -> Floats:
        return self.cells.shares.reshape(self.down, self.across)


@dataclass(frozen=True, slots=True)
class _Law:
    """What is compared with what: statistic, its letter, degrees of freedom, probability."""

    letter: str
    statistic: float
    ndf: float
    ddf: float
    p: float


def independence(
    answers: Answers,
    rows: str,
    columns: str,
    *,
    design: Design | BoundDesign,
    by: str | Sequence[str] = (),
    statistic: Statistic = "F",
    missing: str | Sequence[str] = MISSING,
) -> Comparisons:
    """Whether two questions are independent, one test per group of `by`: R survey's `svychisq`.

    F: Pearson's X² over the trace of Rao and Scott's design effects, second order. Chisq: first order; the statistic
    shown is X² itself, whose n is the count of respondents of the table. Wald, adjWald: on the departures from
    independence. lincom: the exact law of X²; saddlepoint: the same, by approximation. The table holds respondents
    who answered both; rows and columns that nobody is in are dropped first, and said. Raises Problem estimates.* and
    comparisons.*.
    """
    if statistic not in _LAWS:
        raise Problem("comparisons.unknown_method", method=statistic, known=", ".join(_LAWS))
    nothing = as_tuple(missing)
    plan = bound(design, answers)
    read = [categories(answers, name, asked_by="independence", missing=nothing) for name in (rows, columns)]
    across = len(read[1].labels)
    if len(read[0].labels) * across > LARGEST:
        raise Problem("comparisons.too_many_cells", rows=rows, columns=columns, limit=LARGEST)
    both = (read[0].codes >= 0) & (read[1].codes >= 0)
    codes = np.where(both, read[0].codes * across + read[1].codes, -1)
    groups = domains(answers, as_tuple(by), missing=nothing)
    return Comparisons(
        [
            _independence(cells, read, (rows, columns), statistic, groups.label(domain))
            for domain, cells in enumerate(cells_of(plan, codes, len(read[0].labels) * across, groups))
        ]
    )


def _independence(
    cells: Cells, read: Sequence[Categories], names: tuple[str, str], statistic: Statistic, domain: dict[str, str]
) -> Comparison:
    counts = cells.total.reshape([len(one.labels) for one in read])
    held = [np.flatnonzero(counts.sum(axis=1)), np.flatnonzero(counts.sum(axis=0))]
    labels = [[one.labels[code] for code in codes] for one, codes in zip(read, held, strict=True)]
    dropped = tuple(
        f"{name} = {label}"
        for name, one, left in zip(names, read, labels, strict=True)
        for label in one.labels
        if label not in left
    )
    cells = cells.kept((held[0][:, None] * len(read[1].labels) + held[1]).ravel())
    table = _Table(cells, cells.covariance_of_shares(), len(labels[0]), len(labels[1]))
    warnings, tested = warnings_of(cells.design), cells.design.margin != "none"
    law, said = _nothing(""), ["comparisons.one_row"]
    effect = float("nan")
    if table.down > 1 and table.across > 1:
        law, said = _LAWS[statistic](table) if tested else (law, [])
        effect = float(np.sqrt(_pearson(table.shares) / (min(table.down, table.across) - 1)))
    errors = np.sqrt(np.diag(table.covariance)) if tested else np.full(len(cells.n), np.nan)
    pairs = [(row, column) for row in labels[0] for column in labels[1]]
    return Comparison(
        method=statistic,
        variables=names,
        letter=law.letter,
        statistic=law.statistic,
        ndf=law.ndf,
        ddf=law.ddf,
        p=law.p,
        n=int(cells.n.sum()),
        effect=Effect("cramer_v", effect),
        cells=tuple(
            Cell(*pair, share=float(share), standard_error=float(error), n=int(count))
            for pair, share, error, count in zip(pairs, cells.shares, errors, cells.n, strict=True)
        ),
        domain=domain,
        dropped=dropped,
        warnings=(*warnings, *said),
    )


def _pearson(p: Floats) -> float:
    """X² over n, from the shares of the table: squared distance from the product of its margins."""
    expected = np.outer(p.sum(axis=1), p.sum(axis=0))
    return float(((p - expected) ** 2 / expected).sum())


def _rao_scott(table: _Table) -> tuple[float, Floats, float] | None:
    """X², the eigenvalues of the design effects of its contrasts, the degrees of freedom of the design.

    None where empty cells leave contrasts without a variance to compare with.
    """
    n, shares = int(table.cells.n.sum()), table.cells.shares
    # Contrasts of interaction: everything orthogonal to rows and columns. Any basis of them gives the same eigenvalues.
    contrasts = np.kron(_contrasts(table.down), _contrasts(table.across))
    scaled = contrasts * np.divide(1.0, shares, out=np.zeros_like(shares), where=shares != 0)[:, None]
    expected = contrasts.T @ scaled / n
    if np.linalg.matrix_rank(expected, hermitian=True) < len(expected):
        return None
    effects = np.linalg.eigvals(np.linalg.solve(expected, scaled.T @ table.covariance @ scaled)).real
    return n * _pearson(table.shares), np.asarray(effects), table.cells.df


def _contrasts(levels: int) -> Floats:
    """Orthonormal contrasts of a factor (levels x levels - 1): orthogonal to the constant."""
    return np.linalg.qr(np.column_stack([np.ones(levels), np.eye(levels)[:, 1:]]))[0][:, 1:]


def _second_order(table: _Table) -> tuple[_Law, list[str]]:
    found = _rao_scott(table)
    if found is None or not found[1].sum() > 0:
        return _nothing("F"), [_reason(found)]
    x2, effects, df = found
    ndf = float(effects.sum() ** 2 / (effects**2).sum())
    f = float(x2 / effects.sum())
    return _with_df(_Law("F", f, ndf, ndf * df, tails.of_fisher(f, ndf, ndf * df)))


def _first_order(table: _Table) -> tuple[_Law, list[str]]:
    found = _rao_scott(table)
    if found is None or not found[1].sum() > 0:
        return _nothing("X²"), [_reason(found)]
    x2, effects, _ = found
    ndf = float(len(effects))
    return _Law("X²", x2, ndf, np.inf, tails.of_chi_square(float(x2 / effects.mean()), ndf)), []


def _exact(table: _Table) -> tuple[_Law, list[str]]:
    return _of_sum(table, exact=True)


def _approximate(table: _Table) -> tuple[_Law, list[str]]:
    return _of_sum(table, exact=False)


def _of_sum(table: _Table, *, exact: bool) -> tuple[_Law, list[str]]:
    """Over the ddf of the second-order test for a Taylor variance, infinite for replicates: as R."""
    found = _rao_scott(table)
    if found is None or not found[1].sum() > 0:
        return _nothing("X²"), [_reason(found)]
    x2, effects, df = found
    ddf = np.inf
    if table.cells.design.replicates is None:
        ddf = float(effects.sum() ** 2 / (effects**2).sum() * df)
    if not ddf > 0:
        return _nothing("X²"), ["comparisons.no_df"]
    effects = effects[effects > ROUNDING * effects.max()]
    p = (tails.of_sum if exact else tails.saddlepoint)(x2, effects, ddf=ddf)
    return _Law("X²", x2, np.nan, np.nan, p), []


def _reason(found: object) -> str:
    return "comparisons.singular" if found is None else "comparisons.no_variance"


def _wald(table: _Table) -> tuple[_Law, list[str]]:
    """On the departures of totals from independence, less one row and one column."""
    return _departures(table, adjust=False)


def _adjusted_wald(table: _Table) -> tuple[_Law, list[str]]:
    return _departures(table, adjust=True)


def _departures(table: _Table, *, adjust: bool) -> tuple[_Law, list[str]]:
    cells, down, across = table.cells, table.down, table.across
    total = cells.total.sum()
    counts = cells.total.reshape(down, across)
    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    away = (counts - np.outer(rows, columns) / total).ravel()
    # Derivative of each departure with respect to each cell total.
    of_row = np.kron(np.eye(down), np.ones((across, across)) * (columns / total)[:, None])
    of_column = np.kron(np.ones((down, down)) * (rows / total)[:, None], np.eye(across))
    slopes = np.eye(len(away)) - of_row - of_column + np.outer(rows, columns).ravel()[:, None] / total**2
    used = (np.arange(1, down)[:, None] * across + np.arange(1, across)).ravel()
    variance = cells.covariance_of(slopes[used].T)
    if np.linalg.matrix_rank(variance, hermitian=True) < len(used):
        return _nothing("F"), ["comparisons.singular"]
    chi_square = float(away[used] @ np.linalg.solve(variance, away[used]))
    ndf, df = float(len(used)), cells.df
    if not adjust:
        return _with_df(_Law("F", chi_square / ndf, ndf, df, tails.of_fisher(chi_square / ndf, ndf, df)))
    ddf = df - ndf + 1
    f = chi_square * ddf / (ndf * df) if df > 0 else np.nan
    return _with_df(_Law("F", f, ndf, ddf, tails.of_fisher(f, ndf, ddf)))


def _with_df(law: _Law) -> tuple[_Law, list[str]]:
    return law, [] if law.ddf > 0 else ["comparisons.no_df"]


def _nothing(letter: str) -> _Law:
    return _Law(letter, np.nan, np.nan, np.nan, np.nan)


_LAWS = {
    "F": _second_order,
    "Chisq": _first_order,
    "Wald": _wald,
    "adjWald": _adjusted_wald,
    "lincom": _exact,
    "saddlepoint": _approximate,
}


def goodness_of_fit(
    answers: Answers,
    column: str,
    shares: Mapping[str, float],
    *,
    design: Design | BoundDesign,
    by: str | Sequence[str] = (),
    missing: str | Sequence[str] = MISSING,
) -> Comparisons:
    """Whether the answers follow known shares (brought to a sum of 1), one test per group: R survey's `svygofchisq`.

    The statistic is Pearson's on weighted totals, as R's, so that its size follows that of the weights; the law is a
    sum of chi-squares, by Satterthwaite: ndf its degrees of freedom. Every answer given must have its share.
    """
    nothing = as_tuple(missing)
    read = categories(answers, column, asked_by="goodness_of_fit", missing=nothing)
    without = [label for label in read.labels if label not in shares]
    unknown = [label for label in shares if label not in read.labels]
    if without or unknown:
        raise Problem(
            "comparisons.shares_of_answers",
            column=column,
            answers=", ".join(read.labels[:20]),
            shares=", ".join(list(shares)[:20]),
        )
    known = np.array([shares[label] for label in read.labels], dtype=np.float64)
    if not (known > 0).all() or not np.isfinite(known).all():
        raise Problem("comparisons.share_value", column=column)
    plan = bound(design, answers)
    groups = domains(answers, as_tuple(by), missing=nothing)
    return Comparisons(
        [
            _fit(cells, read.labels, column, known / known.sum(), groups.label(domain))
            for domain, cells in enumerate(cells_of(plan, read.codes, len(read.labels), groups))
        ]
    )


def _fit(cells: Cells, labels: Sequence[str], column: str, known: Floats, domain: dict[str, str]) -> Comparison:
    warnings = list(warnings_of(cells.design))
    law, w, n = _nothing("X²"), np.nan, int(cells.n.sum())
    shares, errors = np.full(len(known), np.nan), np.full(len(known), np.nan)
    if n == 0:
        warnings.append("estimates.empty_base")
    else:
        shares = cells.shares
        w = float(np.sqrt(((shares - known) ** 2 / known).sum()))
        if cells.design.margin != "none":
            errors = np.sqrt(np.diag(cells.covariance_of_shares()))
            law = _against(cells, known)
            warnings += [] if law.p == law.p else ["comparisons.no_variance"]
    return Comparison(
        method="fit",
        variables=(column,),
        letter=law.letter,
        statistic=law.statistic,
        ndf=law.ndf,
        ddf=law.ddf,
        p=law.p,
        n=n,
        effect=Effect("cohen_w", w),
        cells=tuple(
            Cell(label, "", float(share), float(error), int(count))
            for label, share, error, count in zip(labels, shares, errors, cells.n, strict=True)
        ),
        domain=domain,
        warnings=tuple(warnings),
    )


def _against(cells: Cells, known: Floats) -> _Law:
    """Residuals (O - E) / sqrt(E), where E follows the estimated size of the population: both are linearised."""
    size = cells.total.sum()
    expected = size * known
    away = cells.total - expected
    root = np.sqrt(expected)
    slopes = (np.eye(len(known)) - known[:, None]) / root[:, None] - (away * known / expected / root / 2)[:, None]
    weights = np.asarray(np.linalg.eigvalsh(cells.covariance_of(slopes.T)), dtype=np.float64)
    statistic = float((away**2 / expected).sum())
    if not weights.max() > 1e-12 * size:
        return _Law("X²", statistic, np.nan, np.nan, np.nan)
    scale, df = tails.satterthwaite(weights)
    return _Law("X²", statistic, df, np.inf, tails.of_chi_square(statistic / scale, df))
