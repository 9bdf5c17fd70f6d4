"""The loops of the compiled path. Imported by `compiled` alone, where Numba is installed."""

from __future__ import annotations

import numba
import numpy as np


@numba.njit(cache=True, nogil=True)
def one_domain(
    rows, unit, stratum, w, y, base, asked, x, centre, sampled, scale_h, total, rounding,
    place, met, sums, weights, divisors, active, rank, strata, means,
    value, variance, df, n, n_missing, weight_sum, weight_square, scale,
):  # fmt: skip
    """Fill the eight last arrays (k each) for the rows of one domain.

    `place` and `rank` hold -1 everywhere, on entry and on return; the arrays between them are room to work in.
    """
    k = y.shape[1]
    whole, ratio = len(base) == 0, len(x) > 0
    first, differs = np.zeros(k), np.zeros(k, dtype=np.bool_)
    met_units, weighing, pending = 0, 0, True
    squares = 0.0
    for i in rows:
        u, wi = unit[i], w[i]
        m = place[u]
        if m < 0:
            m = met_units
            place[u], met[m] = m, u
            met_units += 1
            sums[m, :] = 0.0
            weights[m, :] = 0.0
            active[m, :] = False
            if ratio:
                divisors[m, :] = 0.0
        if whole:
            # Everyone answered everything: weights, counts and squares are the same for every item.
            weights[m, 0] += wi
            squares += wi * wi
            for j in range(k):
                sums[m, j] += wi * (y[i, j] - centre[j])
            if ratio:
                for j in range(k):
                    divisors[m, j] += wi * x[i, j]
            if wi != 0:
                active[m, 0] = True
                if weighing == 0:
                    first[:] = y[i]
                elif pending:
                    for j in range(k):
                        differs[j] |= y[i, j] != first[j]
                    pending = not differs.all()
                weighing += 1
            continue
        for j in range(k):
            if not base[i, j]:
                if asked[i, j] and wi != 0:
                    n_missing[j] += 1
                continue
            sums[m, j] += wi * (y[i, j] - centre[j])
            weights[m, j] += wi
            if ratio:
                divisors[m, j] += wi * x[i, j]
            weight_square[j] += wi * wi
            if wi != 0:
                active[m, j] = True
                if n[j] == 0:
                    first[j] = y[i, j]
                elif y[i, j] != first[j]:
                    differs[j] = True
                n[j] += 1
    units = met_units
    if whole:
        weight_square[:] = squares
        n[:] = weighing
    y_sum, x_sum = np.zeros(k), np.zeros(k)
    for m in range(units):
        for j in range(k):
            y_sum[j] += sums[m, j]
        for j in range(1 if whole else k):
            weight_sum[j] += weights[m, j]
        if ratio:
            for j in range(k):
                x_sum[j] += divisors[m, j]
    if whole:
        weight_sum[1:] = weight_sum[0]
    if not ratio:
        x_sum[:] = weight_sum
    slope = np.zeros(k)
    for j in range(k):
        if total:
            scale[j] = 1.0
            if n[j] > 0:
                value[j] = y_sum[j]
        elif n[j] > 0 and x_sum[j] != 0:
            slope[j] = y_sum[j] / x_sum[j]
            scale[j] = 1 / x_sum[j]
            value[j] = centre[j] + slope[j]
            if not ratio and not differs[j]:
                value[j], scale[j] = first[j], 0.0
    _between(
        units, stratum, sums, weights, divisors, active, slope, scale, sampled, scale_h, whole, ratio, rounding,
        met, rank, strata, means, variance, df,
    )  # fmt: skip
    for m in range(units):
        place[met[m]] = -1


@numba.njit(cache=True, nogil=True)
def _between(
    units, stratum, sums, weights, divisors, active, slope, scale, sampled, scale_h, whole, ratio, rounding,
    met, rank, strata, means, variance, df,
):  # fmt: skip
    """Level 2 of one domain: squares of influence totals around the mean of their stratum, never expanded."""
    k = sums.shape[1]
    found = np.zeros(units, dtype=np.int64)
    columns = 1 if whole else k
    present = np.zeros((units, columns), dtype=np.bool_)
    count = 0
    for m in range(units):
        h = stratum[met[m]]
        s = rank[h]
        if s < 0:
            s = count
            rank[h], strata[s] = s, h
            count += 1
            means[s, :] = 0.0
        found[s] += 1
        if ratio:
            for j in range(k):
                sums[m, j] = (sums[m, j] - slope[j] * divisors[m, j]) * scale[j]
        elif whole:
            for j in range(k):
                sums[m, j] = (sums[m, j] - slope[j] * weights[m, 0]) * scale[j]
        else:
            for j in range(k):
                sums[m, j] = (sums[m, j] - slope[j] * weights[m, j]) * scale[j]
        for j in range(k):
            means[s, j] += sums[m, j]
        for j in range(columns):
            if active[m, j]:
                df[j] += 1
                present[s, j] = True
    for s in range(count):
        h = strata[s]
        for j in range(k):
            means[s, j] /= sampled[h]
            variance[j] += scale_h[h] * (sampled[h] - found[s]) * means[s, j] ** 2
        for j in range(columns):
            if present[s, j]:
                df[j] -= 1
    if whole:
        df[1:] = df[0]
    for m in range(units):
        h = stratum[met[m]]
        s = rank[h]
        for j in range(k):
            away = sums[m, j] - means[s, j]
            if abs(away) > rounding * abs(means[s, j]):
                variance[j] += scale_h[h] * away**2
    for s in range(count):
        rank[strata[s]] = -1


@numba.njit(parallel=True, cache=True, nogil=True)
def all_domains(
    threads, order, starts, keys, unit, stratum, w, y, base, asked, x, centre, sampled, scale_h, total, rounding,
    value, variance, df, n, n_missing, weight_sum, weight_square, scale,
):  # fmt: skip
    """Fill the eight last arrays (D x k). `order`: the rows, domain after domain; `starts`: where each begins."""
    groups, rows, k = len(keys), len(order), y.shape[1]
    for thread in numba.prange(threads):
        # Each thread takes the domains that begin in its part of the rows.
        first = np.searchsorted(starts[:-1], thread * rows // threads)
        last = groups if thread == threads - 1 else np.searchsorted(starts[:-1], (thread + 1) * rows // threads)
        most = 1
        for g in range(first, last):
            most = max(most, starts[g + 1] - starts[g])
        most = min(most, len(stratum))
        place = np.full(len(stratum), -1, dtype=np.int64)
        met = np.empty(most, dtype=np.int64)
        columns = k if len(base) else 1
        sums, weights = np.empty((most, k)), np.empty((most, columns))
        divisors = np.empty((most if len(x) else 0, k))
        active = np.empty((most, columns), dtype=np.bool_)
        rank = np.full(len(sampled), -1, dtype=np.int64)
        strata, means = np.empty(len(sampled), dtype=np.int64), np.empty((len(sampled), k))
        for g in range(first, last):
            d = keys[g]
            one_domain(
                order[starts[g] : starts[g + 1]], unit, stratum, w, y, base, asked, x, centre, sampled, scale_h,
                total, rounding, place, met, sums, weights, divisors, active, rank, strata, means,
                value[d], variance[d], df[d], n[d], n_missing[d], weight_sum[d], weight_square[d], scale[d],
            )  # fmt: skip
