"""What tests of means and of ranks share: groups crossed with domains, and the covariance of weighted totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from alliage.estimates.columns import Answers, Categories, Domains, categories, domains
from alliage.estimates.designs import BoundDesign
from alliage.estimates.influences import covariance_of_rows, degrees_of_freedom
from alliage.estimates.level1 import grouping
from alliage.estimates.stages import Codes, Floats
from alliage.problems import Problem


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """G groups within D domains: the estimates of domain d are those of ranks d G to d G + G - 1 of `crossed`."""

    labels: tuple[str, ...]  # G
    codes: Codes  # n: -1 outside every group
    by: Domains  # D
    crossed: Domains  # D x G

    def ranks(self, domain: int) -> range:
        return range(domain * len(self.labels), (domain + 1) * len(self.labels))


def groups_of(
    answers: Answers,
    group: str,
    by: Sequence[str],
    *,
    missing: Sequence[str],
    asked_by: str,
    only: Sequence[str] = (),
) -> Groups:
    """Read the groups; `only`: those kept, in that order. Raises Problem comparisons.unknown_group."""
    read = categories(answers, group, asked_by=asked_by, missing=missing)
    if only:
        unknown = [label for label in only if label not in read.labels]
        if unknown:
            raise Problem(
                "comparisons.unknown_group", group=unknown[0], column=group, known=", ".join(read.labels[:20])
            )
        place = np.full(len(read.labels) + 1, -1, dtype=np.int64)
        place[[read.labels.index(label) for label in only]] = np.arange(len(only))
        read = Categories(place[read.codes], tuple(only))
    within = domains(answers, by, missing=missing)
    count = len(read.labels)
    inside = (within.codes >= 0) & (read.codes >= 0)
    parts: dict[str, Sequence[str]] = {
        name: [label for label in labels for _ in range(count)] for name, labels in within.parts.items()
    }
    parts[group] = list(read.labels) * within.count
    crossed = Domains(np.where(inside, within.codes * count + read.codes, -1), parts, within.count * count)
    return Groups(read.labels, read.codes, within, crossed)


def rows_of_domains(codes: Codes, count: int) -> Iterator[Codes]:
    """The rows of each of `count` domains in turn. codes: n, -1 outside every one."""
    groups = grouping(codes)
    order = np.arange(len(codes), dtype=np.int64) if groups.order is None else groups.order
    ends = np.append(groups.starts, len(order))
    place = {int(key): rank for rank, key in enumerate(groups.keys)}
    for domain in range(count):
        rank = place.get(domain)
        yield order[:0] if rank is None else order[ends[rank] : ends[rank + 1]]


def covariance_of_totals(design: BoundDesign, rows: Codes, influence: Floats) -> Floats:
    """The covariance (p x p) of weighted totals of given values (m x p) of some rows (m), the same in replicates.

    The rows outside weigh nothing in the totals, and their units are in the variance.
    """
    return covariance_of_rows(design, everywhere(design, rows, influence))


def everywhere(design: BoundDesign, rows: Codes, values: Floats) -> Floats:
    """Values of some rows (m x p) as values of all rows (n x p), 0 for the others."""
    whole = np.zeros((len(design.weight), values.shape[1]))
    whole[rows] = values
    return whole


def degrees_of_rows(design: BoundDesign, rows: Codes) -> float:
    """The degrees of freedom of a domain, told as its rows."""
    within = np.zeros(len(design.weight), dtype=bool)
    within[rows] = True
    return degrees_of_freedom(design, within)
