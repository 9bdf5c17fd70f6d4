"""Direct standardisation: what groups would answer if they were all made up alike, of the same ages for instance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from alliage.estimates.columns import Domains, as_tuple
from alliage.estimates.figures import Figures, Telling
from alliage.estimates.level1 import Bools, added, any_of, run_starts
from alliage.estimates.level2 import UnitTotals
from alliage.estimates.lists import Estimates
from alliage.estimates.pooling import Pool, each_alone
from alliage.estimates.stages import Codes, Floats
from alliage.estimates.taylor import Linearised
from alliage.problems import Problem

Class = tuple[str, ...]


def standardise(
    estimates: Estimates, classes: str | Sequence[str], population: Mapping[str, float] | Mapping[Class, float]
) -> Estimates:
    """Shares or means by group, as if every group had the same distribution over `classes`: R's `svystandardize`.

    `estimates`: broken down by the classes and by the groups wanted (none: the whole sample). `population`: the size
    or part of each class (of each tuple of classes if there are several columns), taken as known without error. A group
    where nobody of some class answered has no value, and says so: merge that class with another.

    The value is the sum over classes of part x estimate, and so is its influence: design, calibration, replicates and
    degrees of freedom follow. Kish's effective size is that of the standardised weights. The design effect, which would
    need a sample of the standard population, is not given. Raises Problem estimates.standardise_kind,
    estimates.standardise_column, estimates.standardise_classes, estimates.standardise_population.
    """
    made, places = estimates.part()
    columns = as_tuple(classes)
    if made.kind not in {"share", "mean"} or len(places) != made.value.size:
        raise Problem("estimates.standardise_kind", kind=made.kind)
    groups = _grouped(made.domains, columns, population)
    found, missing = _standardised(made, groups)
    telling = Telling(
        method=f"standardised ({', '.join(columns)})", warnings=(("estimates.standard_class_empty", missing),)
    )
    firsts = range(0, len(places), made.domains.count)
    variables = [estimates.counted(rank)[0] for rank in firsts]
    answers = [estimates.counted(rank)[1] for rank in firsts]
    return Estimates(Figures(found, telling), variables, answers, np.arange(found.value.size))


@dataclass(frozen=True, slots=True, eq=False)
class _Groups:
    """D domains of the breakdown, as classes of G groups."""

    group: Codes  # D
    part: Floats  # D: of the standard population, that of the domain's class
    domains: Domains  # the G groups
    complete: Floats  # G: the sum of the parts of its classes

    def added(self, values: Floats) -> Floats:
        """The sum over the classes of each group. values: D x ..."""
        found = np.zeros((self.domains.count, *values.shape[1:]))
        np.add.at(found, self.group, values)
        return found

    def weighted(self, values: Floats) -> Floats:
        """The same, each class counting for its part."""
        return self.added(values * self.part.reshape(-1, *[1] * (values.ndim - 1)))


def _grouped(
    domains: Domains, columns: tuple[str, ...], population: Mapping[str, float] | Mapping[Class, float]
) -> _Groups:
    for name in columns:
        if name not in domains.parts:
            raise Problem("estimates.standardise_column", column=name, known=", ".join(domains.parts) or "–")
    known: dict[Class, float] = {as_tuple(key): float(size) for key, size in population.items()}
    of_domain = list(zip(*(domains.parts[name] for name in columns), strict=True))
    seen = dict.fromkeys(of_domain)
    odd = [key for key in [*seen, *known] if (key in seen) != (key in known)]
    if odd:
        shown = ", ".join(" × ".join(key) for key in odd[:12])
        raise Problem("estimates.standardise_classes", classes=shown, by=", ".join(columns))
    whole = sum(known.values())
    if not all(0 <= size < float("inf") for size in known.values()) or whole <= 0:
        raise Problem("estimates.standardise_population")
    others = {name: labels for name, labels in domains.parts.items() if name not in columns}
    keys = list(zip(*others.values(), strict=True)) if others else [()] * domains.count
    rank = {key: group for group, key in enumerate(dict.fromkeys(keys))}
    group = np.array([rank[key] for key in keys], dtype=np.int64)
    parts = {name: [key[place] for key in rank] for place, name in enumerate(others)}
    codes = np.where(domains.codes < 0, -1, group[np.maximum(domains.codes, 0)])
    part = np.array([known[key] / whole for key in of_domain])
    complete = np.bincount(group, weights=part, minlength=len(rank)).astype(np.float64)
    return _Groups(group, part, Domains(codes, parts, len(rank)), complete)


def _standardised(made: Linearised, groups: _Groups) -> tuple[Linearised, Bools]:
    """The estimates of the groups, and where a class is missing (G x k)."""
    counts = (groups.part > 0)[:, None]
    empty = groups.added(np.where(counts & np.isnan(made.value), 1.0, 0.0)) > 0
    # Classes that no domain stands for in this group are missing too.
    missing = empty | (groups.complete < 1 - 1e-9)[:, None]
    value = groups.weighted(np.nan_to_num(made.value))
    low, high = (_extreme(made.value, groups, counts, edge) for edge in (np.minimum, np.maximum))
    value = np.where(low == high, low, value)  # where all classes answer alike, to the last digit
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(counts, groups.part[:, None] ** 2 / made.n_effective, 0.0)
        n_effective = np.where(missing, 0.0, 1 / groups.added(np.nan_to_num(shares)))
    n = groups.added(made.n.astype(np.float64)).astype(np.int64)
    nothing = np.full(value.shape, np.nan)
    again = made.recall_replicas
    found = replace(
        made,
        domains=groups.domains,
        value=np.where(missing, np.nan, value),
        standard_error=nothing,
        df=nothing,
        n=n,
        n_missing=groups.added(made.n_missing.astype(np.float64)).astype(np.int64),
        n_effective=n_effective,
        weight_sum=groups.added(made.weight_sum),
        simple=lambda: nothing,
        recall=lambda: _totals(made.totals, groups),
        products=None if made.products is None else groups.weighted(np.nan_to_num(made.products)),
        lost=None if made.lost is None else groups.added(np.where(counts & made.lost, 1.0, 0.0)) > 0,
        recall_replicas=None if again is None else lambda chosen: _replicas(made, groups, chosen),
    )
    variance, df = Pool(((found, np.arange(value.size)),)).spread(each_alone(value.size))
    shape = value.shape[::-1]
    error = np.where(missing, np.nan, np.sqrt(variance).reshape(shape).T)
    return replace(found, standard_error=error, df=df.reshape(shape).T), missing


def _extreme(values: Floats, groups: _Groups, counts: Bools, edge: np.ufunc) -> Floats:
    """The smallest or the largest value among the classes of each group: G x k."""
    worst = np.inf if edge is np.minimum else -np.inf
    found = np.full((groups.domains.count, values.shape[1]), worst)
    edge.at(found, groups.group, np.where(counts & np.isfinite(values), values, worst))
    return found


def _totals(totals: UnitTotals, groups: _Groups) -> UnitTotals:
    """The cells of every class of a group, added up by unit."""
    units = int(totals.unit.max()) + 1 if len(totals.unit) else 1
    key = groups.group[totals.domain] * units + totals.unit
    order = np.argsort(key, kind="stable")
    starts = run_starts(key[order])
    domain, unit = np.divmod(key[order][starts], units)
    influence = totals.influence * groups.part[totals.domain][:, None]
    return UnitTotals(
        domain=domain,
        unit=unit,
        influence=added(influence[order], starts),
        held=any_of(totals.held[order], starts),
        active=any_of(totals.active[order], starts),
        domains=groups.domains.count,
    )


def _replicas(made: Linearised, groups: _Groups, chosen: Codes) -> Floats:
    """The standardised values of some groups under every replicate weight: R x g x k."""
    assert made.recall_replicas is not None
    columns = []
    for group in chosen:
        domains = np.flatnonzero((groups.group == group) & (groups.part > 0))
        columns.append(np.tensordot(groups.part[domains], made.recall_replicas(domains), axes=(0, 1)))
    return np.stack(columns, axis=1)
