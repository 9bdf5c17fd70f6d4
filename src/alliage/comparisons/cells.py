"""Weighted counts of the cells of a table, by sampled unit: all that a test of the table needs of the rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from alliage.comparisons.groups import degrees_of_rows, rows_of_domains
from alliage.estimates import level2
from alliage.estimates.columns import Domains
from alliage.estimates.designs import BoundDesign
from alliage.estimates.level1 import grouping
from alliage.estimates.stages import Codes, Floats

# Counting in a table of all (unit, cell) pairs is cheaper than sorting rows while the table is not much larger.
DENSE, SMALL = 8, 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """C cells in one domain. Rows outside the domain or without an answer are in no cell, and stay in the design."""

    design: BoundDesign
    rows: Codes  # m: the rows that are in a cell
    codes: Codes  # m: which one
    units: Any  # U x C, sparse: sum of weights by unit of the last stage
    n: Codes  # C: respondents with a weight
    total: Floats  # C: sum of weights

    def kept(self, cells: Codes) -> Cells:
        """The same with the cells of these codes only; the others weigh nothing."""
        place = np.full(len(self.total), -1, dtype=np.int64)
        place[cells] = np.arange(len(cells))
        codes = place[self.codes]
        inside = codes >= 0
        return Cells(
            design=self.design,
            rows=self.rows[inside],
            codes=codes[inside],
            units=self.units[:, cells],
            n=self.n[cells],
            total=self.total[cells],
        )

    @property
    def shares(self) -> Floats:
        """C: the part of each cell in the whole table."""
        return np.asarray(self.total / self.total.sum())

    @property
    def df(self) -> float:
        """Units minus strata among the respondents of the table."""
        return degrees_of_rows(self.design, self.rows)

    def covariance_of_shares(self) -> Floats:
        """C x C. R survey: `vcov(svymean(~interaction(a, b)))`."""
        if self.design.replicates is not None:
            replicas = self._replicas()
            return self.design.replicates.covariance(replicas / replicas.sum(axis=1, keepdims=True), self.shares)
        return self.covariance_of((np.eye(len(self.total)) - self.shares) / self.total.sum())

    def covariance_of(self, slopes: Floats) -> Floats:
        """The covariance (p x p) of linear functions of the totals: `slopes` (C x p) times `svytotal` of the cells.

        The influence of each unit on them is made first: what cancels between totals is never squared.
        """
        if self.design.replicates is not None:
            return self.design.replicates.covariance(self._replicas() @ slopes, self.total @ slopes)
        totals = np.asarray(self.units @ slopes)
        residuals = self.design.residuals
        if residuals is not None:
            totals = residuals.left_over(totals, self._products() @ slopes)
        return level2.covariance(self.design, totals)

    def _products(self) -> Floats:
        """X' D 1[cell]: sums of initial weights by calibration column and cell (K x C)."""
        residuals = self.design.residuals
        assert residuals is not None
        count, initial = len(self.total), residuals.initial[self.rows]
        found = np.zeros(residuals.width * count)
        for column in residuals.codes[self.rows].T:
            found += np.bincount(column * count + self.codes, weights=initial, minlength=len(found))
        whole = found.reshape(residuals.width, count)
        first = residuals.width - residuals.numeric.shape[1]
        for rank, values in enumerate(residuals.numeric[self.rows].T, start=first):
            whole[rank] = np.bincount(self.codes, weights=initial * values, minlength=count)
        return whole

    def _replicas(self) -> Floats:
        """R x C: the total of each cell under each replicate weight."""
        replicates = self.design.replicates
        assert replicates is not None
        if not replicates.by_row:
            return replicates.factors.sums(np.arange(self.units.shape[0]), self.units.toarray())
        shape = (len(self.total), len(self.design.weight))
        member = csr_array((np.ones(len(self.rows)), (self.codes, self.rows)), shape=shape)
        return np.asarray(member @ replicates.factors.block(0, replicates.count)).T


def cells_of(design: BoundDesign, codes: Codes, count: int, domains: Domains) -> Iterator[Cells]:
    """The cells of every domain in turn. codes (n): the cell of each row, -1 where nothing was answered."""
    for rows in rows_of_domains(np.where(codes < 0, -1, domains.codes), domains.count):
        yield _cells(design, rows, codes[rows], count)


def _cells(design: BoundDesign, rows: Codes, codes: Codes, count: int) -> Cells:
    stage, weight = design.stages[-1], design.weight[rows]
    key, width = stage.unit[rows] * count + codes, stage.units * count
    if width <= DENSE * len(rows) + SMALL:
        sums = np.bincount(key, weights=weight, minlength=width)
        pairs = np.flatnonzero(sums)
        sums = sums[pairs]
    else:
        groups = grouping(key)
        pairs, sums = groups.keys, np.asarray(groups.matrix(weight) @ np.ones(len(rows)))
    unit, cell = np.divmod(pairs, count)
    return Cells(
        design=design,
        rows=rows,
        codes=codes,
        units=csr_array((sums, (unit, cell)), shape=(stage.units, count)),
        n=np.bincount(codes, weights=weight > 0, minlength=count).astype(np.int64),
        total=np.bincount(codes, weights=weight, minlength=count).astype(np.float64),
    )
