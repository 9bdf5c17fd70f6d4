"""Tests of a table in plain Python: slow, one sum at a time, nothing shared with the library."""

from __future__ import annotations

from collections import defaultdict


def covariance(weights, units, strata, influence):
    """sum over strata of n/(n-1) times products of unit totals around their mean. influence: one list per estimate."""
    totals = defaultdict(lambda: [0.0] * len(influence))
    for row, weight in enumerate(weights):
        for rank, values in enumerate(influence):
            totals[strata[row], units[row]][rank] += weight * values[row]
    by_stratum = defaultdict(list)
    for (stratum, _), total in totals.items():
        by_stratum[stratum].append(total)
    size = len(influence)
    found = [[0.0] * size for _ in range(size)]
    for members in by_stratum.values():
        n = len(members)
        mean = [sum(one[rank] for one in members) / n for rank in range(size)]
        for i in range(size):
            for j in range(size):
                products = sum((one[i] - mean[i]) * (one[j] - mean[j]) for one in members)
                found[i][j] += n / (n - 1) * products
    return found


def two_by_two(weights, units, strata, rows, columns):
    """Rao and Scott's F of a 2 x 2 table: X2 over the design effect of its only contrast."""
    n, whole = len(weights), sum(weights)
    cells = [(r, c) for r in (0, 1) for c in (0, 1)]
    share = {
        cell: sum(w for w, r, c in zip(weights, rows, columns, strict=True) if (r, c) == cell) / whole for cell in cells
    }
    row = {r: share[r, 0] + share[r, 1] for r in (0, 1)}
    column = {c: share[0, c] + share[1, c] for c in (0, 1)}
    x2 = n * sum((share[r, c] - row[r] * column[c]) ** 2 / (row[r] * column[c]) for r, c in cells)
    influence = [
        [(((r, c) == cell) - share[cell]) / whole for r, c in zip(rows, columns, strict=True)] for cell in cells
    ]
    variance = covariance(weights, units, strata, influence)
    contrast = {cell: (1 if cell[0] == cell[1] else -1) / share[cell] for cell in cells}
    designed = sum(contrast[a] * contrast[b] * variance[i][j] for i, a in enumerate(cells) for j, b in enumerate(cells))
    simple = sum(contrast[cell] ** 2 * share[cell] for cell in cells) / n
    return x2 / (designed / simple)


def rank_difference(weights, values, groups):
    """The mean of estimated ranks F(y) in the second group less that of the first, one comparison at a time."""
    whole = sum(weights)
    ranks = [
        sum(w * ((v < mine) + (v == mine) / 2) for w, v in zip(weights, values, strict=True)) / whole for mine in values
    ]
    means = []
    for group in sorted(set(groups)):
        inside = [(w, r) for w, r, g in zip(weights, ranks, groups, strict=True) if g == group]
        means.append(sum(w * r for w, r in inside) / sum(w for w, _ in inside))
    return means[1] - means[0]
