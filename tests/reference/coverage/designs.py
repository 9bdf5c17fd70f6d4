"""Ways of drawing a sample from the population, each with the design a statistician would declare for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from alliage.estimates import BoundDesign, Design
from alliage.text import Text
from alliage.weights import Margin, make_margin, rake
from reference.coverage.population import COMMUNES, REGIONS, Population

Rows = NDArray[np.int64]
Drawn = tuple[pa.Table, BoundDesign]

COMMUNES_FIRST = Design(weight="weight", strata="region", clusters="commune")


@dataclass(frozen=True, slots=True)
class Sampling:
    """One way of drawing. `regions`: how many of them the frame holds, from the first; `sound`: a design whose
    intervals are expected to cover what they say; otherwise the page tells why they do not."""

    id: str
    title: Text
    draw: Callable[[Population, np.random.Generator], Drawn]
    regions: int = REGIONS
    sound: bool = True


def simple(people: Population, rng: np.random.Generator) -> Drawn:
    """1,200 people of two regions, without replacement: about one in twenty."""
    frame = int(np.searchsorted(people.region, 2))
    rows = rng.choice(frame, 1_200, replace=False)
    return _bound(people, rows, np.full(len(rows), frame / len(rows)), Design(weight="weight", fpc="size"), size=frame)


def stratified(people: Population, rng: np.random.Generator) -> Drawn:
    """100 people in each region, large or small: weights that differ by region."""
    rows = _in_each(people.region, 100, rng)
    counts = np.bincount(people.region)[people.region[rows]]
    design = Design(weight="weight", strata="region", fpc="size")
    return _bound(people, rows, counts / 100, design, size=counts)


def clusters(people: Population, rng: np.random.Generator) -> Drawn:
    """8 communes in each region, 12 people in each: both stages without replacement, both counted."""
    return _two_stages(people, rng, communes=8, take=12)


def few_clusters(people: Population, rng: np.random.Generator) -> Drawn:
    """4 communes in each of three regions, 30 people in each: twelve communes in all, nine degrees of freedom."""
    return _two_stages(people, rng, communes=4, take=30, regions=3)


def proportional(people: Population, rng: np.random.Generator) -> Drawn:
    """6 communes in each region drawn in proportion to their size, 15 people in each: equal weights by region."""
    chosen = np.concatenate([_systematic(people.sizes[_of(region)], 6, rng) + _first(region) for region in _all()])
    rows = _within(people, chosen, 15, rng)
    inhabitants = np.bincount(people.region)[people.region[rows]]
    return _bound(people, rows, inhabitants / (6 * 15), COMMUNES_FIRST)


def by_size(people: Population, rng: np.random.Generator) -> Drawn:
    """1,000 people drawn in proportion to an old, imperfect measure of income, as firms are: very unequal weights."""
    old = np.sqrt(people.numbers("income"))
    rows = _systematic(old, 1_000, rng)
    return _bound(people, rows, old.sum() / (1_000 * old[rows]), Design(weight="weight"))


def calibrated(people: Population, rng: np.random.Generator) -> Drawn:
    """The stratified draw, raked to age, sex and region."""
    return _raked(people, *stratified(people, rng), Design(weight="weight", strata="region", fpc="size"))


def calibrated_clusters(people: Population, rng: np.random.Generator) -> Drawn:
    """The communes drawn in proportion to size, raked to age, sex and region."""
    return _raked(people, *proportional(people, rng), COMMUNES_FIRST)


def jackknife(people: Population, rng: np.random.Generator) -> Drawn:
    """The communes drawn in proportion to size, their errors from leaving each commune out in turn."""
    answers, _ = proportional(people, rng)
    return answers, replace(COMMUNES_FIRST, replicates="JKn").bind(answers)


def bootstrap(people: Population, rng: np.random.Generator) -> Drawn:
    """The communes drawn in proportion to size, their errors from 200 bootstrap replicates."""
    answers, _ = proportional(people, rng)
    seed = int(rng.integers(2**31))
    return answers, replace(COMMUNES_FIRST, replicates="bootstrap", replicate_count=200, seed=seed).bind(answers)


def quotas(people: Population, rng: np.random.Generator) -> Drawn:
    """1,000 people, quotas of age and sex, filled by whoever comes first, the answer having nothing to do with it."""
    return _quotas(people, rng, np.ones(people.count))


def quotas_of_the_willing(people: Population, rng: np.random.Generator) -> Drawn:
    """The same quotas, those who trust accepting half as often again as the others: no margin of error sees it."""
    return _quotas(people, rng, 1 + 0.5 * people.numbers("trusts"))


# Each draw, French then English; those whose intervals cannot be expected to hold say so on the page.
SAMPLINGS = (
    Sampling(
        "simple",
        Text(fr="aléatoire simple, 1 200 personnes, fpc", en="simple random, 1,200 people, fpc"),
        simple,
        regions=2,
    ),
    Sampling(
        "stratified",
        Text(fr="stratifié, 100 par région, poids inégaux, fpc", en="stratified, 100 a region, unequal weights, fpc"),
        stratified,
    ),
    Sampling(
        "clusters",
        Text(
            fr="deux degrés, 8 communes par région, 12 personnes par commune, fpc aux deux degrés",
            en="two stages, 8 communes a region, 12 people each, fpc at both",
        ),
        clusters,
    ),
    Sampling(
        "proportional",
        Text(
            fr="communes proportionnellement à leur taille, 6 par région, 15 personnes par commune",
            en="communes in proportion to size, 6 a region, 15 people each",
        ),
        proportional,
    ),
    Sampling(
        "jackknife",
        Text(fr="les mêmes communes, jackknife (JKn)", en="the same communes, jackknife (JKn)"),
        jackknife,
    ),
    Sampling(
        "bootstrap",
        Text(fr="les mêmes communes, bootstrap, 200 répliques", en="the same communes, bootstrap, 200 replicates"),
        bootstrap,
    ),
    Sampling(
        "by_size",
        Text(
            fr="1 000 personnes proportionnellement à une taille, poids très inégaux",
            en="1,000 people in proportion to a size, very unequal weights",
        ),
        by_size,
    ),
    Sampling(
        "calibrated",
        Text(fr="stratifié, calé sur âge, sexe, région", en="stratified, raked to age, sex, region"),
        calibrated,
    ),
    Sampling(
        "calibrated_clusters",
        Text(
            fr="communes proportionnellement à leur taille, calé sur âge, sexe, région",
            en="communes in proportion to size, raked to age, sex, region",
        ),
        calibrated_clusters,
    ),
    Sampling(
        "few_clusters",
        Text(
            fr="douze communes seulement, 30 personnes par commune (9 degrés de liberté)",
            en="twelve communes only, 30 people each (9 degrees of freedom)",
        ),
        few_clusters,
        regions=3,
        sound=False,
    ),
    Sampling(
        "quotas",
        Text(
            fr="quotas d'âge et de sexe, 1 000 personnes ; qui répond n'a rien à voir avec la réponse (modèle vrai)",
            en="quotas of age and sex, 1,000 people; who answers has nothing to do with the answer (the model holds)",
        ),
        quotas,
        sound=False,
    ),
    Sampling(
        "quotas_of_the_willing",
        Text(
            fr="les mêmes quotas, ceux qui font confiance acceptant une fois et demie plus souvent (modèle faux)",
            en="the same quotas, those who trust accepting half as often again (the model does not hold)",
        ),
        quotas_of_the_willing,
        sound=False,
    ),
)


def _two_stages(
    people: Population, rng: np.random.Generator, *, communes: int, take: int, regions: int = REGIONS
) -> Drawn:
    chosen = np.concatenate(
        [_first(region) + rng.choice(COMMUNES, communes, replace=False) for region in range(regions)]
    )
    rows = _within(people, chosen, take, rng)
    inhabitants = people.sizes[people.commune[rows]]
    weight = COMMUNES / communes * inhabitants / take
    design = Design(weight="weight", strata="region", clusters=("commune", "person"), fpc=("communes", "size"))
    return _bound(people, rows, weight, design, communes=COMMUNES, size=inhabitants)


def _quotas(people: Population, rng: np.random.Generator, willing: NDArray[np.float64]) -> Drawn:
    cell = (2 * people.numbers("age") + people.numbers("sex")).astype(np.int64)
    counts = np.rint(np.bincount(cell) / people.count * 1_000).astype(np.int64)
    arrival = rng.exponential(size=people.count) / willing
    first = np.argpartition(arrival, 5_000)[:5_000]  # far more than the quotas need
    order = first[np.lexsort((arrival[first], cell[first]))]
    rank = np.arange(len(order)) - np.searchsorted(cell[order], cell[order])
    rows = order[rank < counts[cell[order]]]
    return _bound(people, rows, np.full(len(rows), people.count / len(rows)), Design(weight="weight", kind="quota"))


def _raked(people: Population, answers: pa.Table, drawn: BoundDesign, design: Design) -> Drawn:
    weights = rake(answers, margins(people), design_weight="weight")
    return answers, design.bind(answers, calibration=weights.calibration)


@cache
def margins(people: Population) -> tuple[Margin, ...]:
    """What a census says of this population."""
    counted = {name: people.people[name].value_counts().to_pylist() for name in ("age", "sex", "region")}
    return tuple(
        make_margin(name, {str(one["values"]): one["counts"] for one in counts}) for name, counts in counted.items()
    )


def _bound(
    people: Population, rows: Rows, weight: NDArray[np.float64], design: Design, **columns: NDArray[np.int64] | int
) -> Drawn:
    answers = people.people.take(rows).append_column("weight", pa.array(weight))
    for name, values in columns.items():
        answers = answers.append_column(name, pa.array(np.broadcast_to(np.asarray(values), len(rows))))
    return answers, design.bind(answers)


def _in_each(group: Rows, take: int, rng: np.random.Generator) -> Rows:
    """`take` rows of each group (numbered, rows in order), without replacement."""
    starts = np.searchsorted(group, np.arange(int(group.max()) + 2))
    return np.concatenate([rng.choice(np.arange(low, high), take, replace=False) for low, high in pairwise(starts)])


def _within(people: Population, communes: Rows, take: int, rng: np.random.Generator) -> Rows:
    """`take` inhabitants of each of these communes, without replacement."""
    ends = np.cumsum(people.sizes)
    return np.concatenate(
        [ends[one] - people.sizes[one] + rng.choice(people.sizes[one], take, replace=False) for one in communes]
    )


def _systematic(size: NDArray[np.generic], take: int, rng: np.random.Generator) -> Rows:
    """`take` units with probabilities in proportion to their size: equal steps along the sizes laid end to end."""
    order = rng.permutation(len(size))
    ends = np.cumsum(np.asarray(size, dtype=np.float64)[order])
    points = (rng.random() + np.arange(take)) * ends[-1] / take
    return order[np.searchsorted(ends, points)]


def _all() -> range:
    return range(REGIONS)


def _first(region: int) -> int:
    return region * COMMUNES


def _of(region: int) -> slice:
    return slice(_first(region), _first(region) + COMMUNES)
