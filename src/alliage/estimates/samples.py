"""Estimates of one or several independent samples, end to end: how their sums vary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from alliage.estimates.lists import Estimates
from alliage.estimates.pooling import Pool, Sums, pooled, same_design
from alliage.estimates.results import MarginKind
from alliage.estimates.stages import Codes, Floats
from alliage.problems import Problem


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """m estimates; each sample is a pool, with the ranks of its own estimates among them."""

    values: Floats  # m
    pools: tuple[tuple[Pool, Codes], ...]

    @staticmethod
    def of(tables: Sequence[Estimates], *, independent: bool) -> Samples:
        """One pool of all tables, or Problem estimates.different_designs if they are not of one design.

        Independent: a pool for each table, those of one bound design together (two samples of one size and one weight
        cannot be told apart by their designs).
        """
        starts = np.cumsum([0, *(len(table) for table in tables)])
        groups: list[list[int]] = []
        for rank, table in enumerate(tables):
            for group in groups:
                one, two = tables[group[0]].made.design, table.made.design
                if one is two or (not independent and same_design(one, two)):
                    group.append(rank)
                    break
            else:
                groups.append([rank])
        if len(groups) > 1 and not independent:
            raise Problem("estimates.different_designs")
        pools = [
            (
                pooled([tables[rank].part() for rank in group]),
                np.concatenate([np.arange(starts[rank], starts[rank + 1]) for rank in group]),
            )
            for group in groups
        ]
        return Samples(np.concatenate([table.column("value") for table in tables]), tuple(pools))

    @property
    def margin(self) -> MarginKind:
        """No better than the weakest sample; a census has no error to bring, and no margin alone."""
        kinds = {pool.design.margin for pool, _ in self.pools if pool.design.kind != "census"}
        if "none" in kinds or not kinds:
            return "none"
        return "model" if "model" in kinds else "design"

    def covariance(self, sums: Sums) -> Floats:
        """The covariance of some sums (c x c); nan where a term is missing or has no margin."""
        found = np.zeros((sums.count, sums.count))
        for pool, own in self._used(sums):
            if pool.design.kind != "census":
                found += pool.covariance(own) if pool.design.margin != "none" else _touched(own)
        unknown = np.isnan(sums.applied(self.values)) | np.isnan(np.diag(found))
        found[unknown], found[:, unknown] = np.nan, np.nan
        return found

    def spread(self, sums: Sums) -> tuple[Floats, Floats]:
        """The variance of each sum (c) and its degrees of freedom: the design's, Welch's over independent samples.

        Degrees of freedom are nan where no sample has a margin.
        """
        variances, degrees = [], []
        for pool, own in self._used(sums):
            if pool.design.kind == "census":
                continue
            unknown = np.diag(_touched(own)) if pool.design.margin == "none" else 0.0
            used = np.bincount(own.sum, minlength=own.count) > 0
            variance, df = pool.spread(own)
            variances.append(variance + unknown)
            degrees.append(np.where(used, df + unknown, np.inf))
        if not variances:
            return np.zeros(sums.count), np.full(sums.count, np.nan)
        variance = np.sum(variances, axis=0)
        unknown = np.isnan(sums.applied(self.values)) | np.isnan(variance)
        return np.where(unknown, np.nan, variance), np.where(
            unknown, np.nan, welch(np.stack(variances), np.stack(degrees))
        )

    def _used(self, sums: Sums) -> Iterator[tuple[Pool, Sums]]:
        for pool, ranks in self.pools:
            own = sums.restricted(ranks, len(self.values))
            if len(own.sum):
                yield pool, own


def _touched(sums: Sums) -> Floats:
    """nan on the diagonal of the sums that have a term here (c x c)."""
    return np.diag(np.where(np.bincount(sums.sum, minlength=sums.count) > 0, np.nan, 0.0))


def welch(variances: Floats, df: Floats) -> Floats:
    """Welch and Satterthwaite: (s1 + s2)^2 / (s1^2 / df1 + s2^2 / df2), each column one sum (samples x c).

    The smallest df where no sample varies; 0 where one that varies has none.
    """
    used = variances > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(used, variances**2 / np.where(used & (df <= 0), np.nan, df), 0.0)
        found = variances.sum(axis=0) ** 2 / parts.sum(axis=0)
    found = np.where((used & (df <= 0)).any(axis=0), 0.0, found)
    # The df of the only one that varies, to the last digit.
    found = np.where(used.sum(axis=0) == 1, np.where(used, df, 0.0).sum(axis=0), found)
    return np.where(used.any(axis=0), found, df.min(axis=0))
