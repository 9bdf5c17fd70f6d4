"""Replicates made from a design: which units each replicate leaves out, doubles or draws again.

Deterministic ones equal R survey's `as.svrepdesign`, replicate by replicate; drawn ones follow the same law under
NumPy's PCG64 and a seed. A stratum taken whole, and a lone unit under `lonely: remove`, keep their weight throughout.
Below the first stage only `preston` draws: the others let the first one carry all the variance, as R does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alliage.estimates.replicates.hadamard import hadamard, next_order
from alliage.estimates.replicates.sets import Bools, Drawn, Factors, Jackknife, ReplicateKind, Replicates
from alliage.estimates.stages import CERTAINTY, Codes, Floats, Stage
from alliage.problems import Problem

COUNT = 500  # bootstrap replicates where nothing is said
SUCCESSIVE = 80  # successive differences, as the American Community Survey
# NumPy draws no more than this without replacement; beyond it a population is as good as infinite.
ENDLESS = 10**9


@dataclass(frozen=True, slots=True)
class Asked:
    """What a design says of its replicates."""

    kind: ReplicateKind
    columns: tuple[str, ...]  # those of the weights that come with the file, or patterns of their names
    combined: bool
    scale: float | None
    rscales: tuple[float, ...]
    count: int | None
    seed: int | None
    fay_rho: float | None
    mse: bool
    lonely: str

    @property
    def rho(self) -> float:
        return self.fay_rho or 0.0


def refuse_options(asked: Asked) -> None:
    """Options that this kind of replicates has no use for: they would be forgotten in silence."""
    made, random = not asked.columns, asked.kind in RANDOM
    useless = {
        "fay_rho": asked.fay_rho is not None and asked.kind != "Fay",
        "seed": asked.seed is not None and not (made and random),
        "replicate_count": asked.count is not None and not (made and (random or asked.kind in {"BRR", "Fay", "SDR"})),
        "scale": asked.scale is not None and made,
        "rscales": bool(asked.rscales) and made,
        "combined": not asked.combined and made,
    }
    for option, given in useless.items():
        if given:
            raise Problem("estimates.replicates_option", option=option, kind=asked.kind)
    if asked.kind == "Fay" and (asked.fay_rho is None or not 0 < asked.fay_rho < 1):
        raise Problem("estimates.fay_rho")
    if asked.count is not None and asked.count < 2:
        raise Problem("estimates.replicate_count", count=asked.count)


def drawn(asked: Asked, stages: tuple[Stage, ...], weight: Floats) -> Replicates:
    """The replicates of a design. stages: all those that count for `preston`, the first for the others. weight: n.

    Raises Problem estimates.*.
    """
    if asked.kind not in _MADE:
        raise Problem("estimates.replicates_made", kind=asked.kind, known=", ".join(_MADE))
    stage = stages[-1]
    _refuse(asked, stages)
    factors, scale, rscales = _MADE[asked.kind](asked, stages)
    weighs = np.bincount(stage.unit[weight > 0], minlength=stage.units)
    return Replicates(asked.kind, factors, scale, rscales, asked.mse, np.flatnonzero(weighs))


_Made = tuple[Factors, float, Floats]


def _jackknife(asked: Asked, stages: tuple[Stage, ...]) -> _Made:
    """Delete one unit; (n - 1) / n (1 - f) for each replicate of a stratum. A lone unit: as R's `jknweights`."""
    stage = stages[0]
    removing = (stage.left >= CERTAINTY) & (stage.sampled > 1)
    factors: Factors = Jackknife(stage.stratum_of_unit, stage.sampled, removing)
    strata = stage.stratum_of_unit[np.flatnonzero(removing[stage.stratum_of_unit])]
    rscales = ((stage.sampled - 1) / stage.sampled * stage.left)[strata]
    if asked.lonely == "adjust" and stage.lonely.any():
        # The lone unit is left out too, and every other one made heavier: no sum by stratum tells that one.
        alone, count = np.flatnonzero(stage.lonely[stage.stratum_of_unit]), len(stage.strata)
        more = np.full((stage.units, len(alone)), count / (count - 1))
        more[alone, np.arange(len(alone))] = 0.0
        counts = np.column_stack([factors.block(0, factors.count), more])
        rscales = np.concatenate([rscales, np.full(len(alone), (count - 1) / count)])
        factors = Drawn(counts, np.zeros(stage.units), np.ones(stage.units))
    average = asked.lonely == "average" and stage.lonely.any()
    return factors, stage.units / len(strata) if average else 1.0, rscales


def _half_samples(asked: Asked, stages: tuple[Stage, ...]) -> _Made:
    """One unit of each pair weighs 2 - rho, the other rho, as the row of a Hadamard matrix says; R's `brrweights`.

    A stratum of more than two units is split into pairs that follow each other in the file; those pairs come first.
    """
    stage = stages[0]
    paired = np.flatnonzero(~stage.lonely[stage.stratum_of_unit])
    stratum = stage.stratum_of_unit[paired]
    order = paired[np.lexsort((_first_rows(stage)[paired], stratum, stage.sampled[stratum] == 2))]
    pairs = order.reshape(-1, 2)
    matrix = hadamard(next_order(max(len(pairs) + 1, asked.count or 0)))
    assert matrix is not None
    chosen = (matrix[1 : len(pairs) + 1] < 0).astype(np.int8)
    counts = np.zeros((stage.units, len(matrix)), dtype=np.int8)
    counts[pairs[:, 0]], counts[pairs[:, 1]] = chosen, 1 - chosen
    start, slope = np.ones(stage.units), np.zeros(stage.units)
    start[paired], slope[paired] = asked.rho, 2 * (1 - asked.rho)
    return Drawn(counts, start, slope), 1 / (len(matrix) * (1 - asked.rho) ** 2), np.ones(len(matrix))


def _bootstrap(asked: Asked, stages: tuple[Stage, ...]) -> _Made:
    """n - 1 units drawn with replacement, spread by sqrt(1 - f): Rao, Wu and Yue (1992)."""
    stage, count = stages[0], asked.count or COUNT
    sampled = stage.sampled[stage.stratum_of_unit]
    spread = np.sqrt(stage.left)[stage.stratum_of_unit]
    spread[(sampled == 1) | (spread < np.sqrt(CERTAINTY))] = 0.0
    counts = _with_replacement(np.random.Generator(np.random.PCG64(asked.seed)), stage, stage.sampled - 1, count)
    factors = Drawn(counts, 1 - spread, spread * sampled / np.maximum(sampled - 1, 1))
    return factors, 1 / (count - 1), np.ones(count)


def _canty_davison(asked: Asked, stages: tuple[Stage, ...]) -> _Made:
    """n units drawn, from n with replacement or from N made up of copies of them; R's `bootweights`, its scale too.

    The scale takes the harmonic mean of the n: right for equal ones only. Canty and Davison (1999).
    """
    stage, count = stages[0], asked.count or COUNT
    generator = np.random.Generator(np.random.PCG64(asked.seed))
    counts = _with_replacement(generator, stage, stage.sampled, count)
    for stratum in np.flatnonzero(stage.population < ENDLESS):
        units = np.flatnonzero(stage.stratum_of_unit == stratum)
        copies = np.full(len(units), int(stage.population[stratum]) // len(units))
        more = int(stage.population[stratum]) % len(units)
        copies[generator.permutation(len(units))[:more]] += 1
        counts[units] = generator.multivariate_hypergeometric(copies, len(units), size=count, method="marginals").T
    middle = float(1 / np.mean(1 / stage.sampled))
    factors = Drawn(counts, np.zeros(stage.units), np.ones(stage.units))
    return factors, middle / ((middle - 1) * (count - 1)), np.ones(count)


def _preston(asked: Asked, stages: tuple[Stage, ...]) -> _Made:
    """Half of the units of every stage drawn without replacement among those whose holder was; Preston (2009).

    R's `mrbweights`, but for a stratum taken whole, all of which is kept here: with half of it, or none when it has
    one unit, the later stages would lose their variance.
    """
    count = asked.count or COUNT
    generator = np.random.Generator(np.random.PCG64(asked.seed))
    found = np.ones((1, count))
    kept, carried = np.ones((1, count), dtype=bool), np.ones((1, count))
    for rank, stage in enumerate(stages):
        if rank == 0:
            kept, carried, found = (np.repeat(one, len(stage.strata), axis=0) for one in (kept, carried, found))
        stratum, n = stage.stratum_of_unit, stage.sampled
        taken = np.where(stage.left < CERTAINTY, n, np.floor(n / 2))
        chosen = _halves(generator, stage, taken, count)
        with np.errstate(divide="ignore", invalid="ignore"):
            length = np.where(taken < n, np.sqrt(stage.reach * taken * stage.left / (n - taken)), 0.0)
            more = np.where(taken > 0, n / taken, 0.0)
        here = chosen & kept[stratum]
        moved = length[stratum, None] * carried[stratum] * (more[stratum, None] * chosen - 1)
        found = found[stratum] + np.where(kept[stratum], moved, 0.0)
        carried = np.where(here, carried[stratum] * np.sqrt(more)[stratum, None], 0.0)
        kept = here
    units = len(found)
    return Drawn(found, np.zeros(units), np.ones(units)), 1 / (count - 1), np.ones(count)


def _successive(asked: Asked, stages: tuple[Stage, ...]) -> _Made:
    """1 + (a - b) / sqrt(8) where a and b are neighbouring rows of a Hadamard matrix: Fay and Train (1995), Ash (2014).

    Units follow each other as in the file, in a circle in each stratum; the row of ones is not used. With more
    replicates than units, a total has exactly the variance (1 - f) / 2 x sum of squared successive differences. Rows
    are otherwise used again, each time in another order, so that no two pairs of rows are the same for long.
    """
    stage = stages[0]
    matrix = hadamard(next_order(asked.count or SUCCESSIVE))
    assert matrix is not None
    first, second = _neighbours(stage, len(matrix) - 1)
    counts = matrix[1:][first] - matrix[1:][second]
    still = (stage.left < CERTAINTY) | (stage.sampled == 1)
    spread = np.where(still, 0.0, np.sqrt(stage.left / 8))[stage.stratum_of_unit]
    return Drawn(counts, np.ones(stage.units), spread), 4 / len(matrix), np.ones(len(matrix))


_MADE = {
    "JK1": _jackknife,
    "JKn": _jackknife,
    "BRR": _half_samples,
    "Fay": _half_samples,
    "bootstrap": _bootstrap,
    "canty_davison": _canty_davison,
    "preston": _preston,
    "SDR": _successive,
}
RANDOM = ("bootstrap", "canty_davison", "preston")
IN_ORDER = ("BRR", "Fay", "SDR")  # those that the order of the rows of the file makes


def _first_rows(stage: Stage) -> Codes:
    """The first row of each unit."""
    found = np.zeros(stage.units, dtype=np.int64)
    found[stage.unit[::-1]] = np.arange(len(stage.unit) - 1, -1, -1)
    return found


def _with_replacement(generator: np.random.Generator, stage: Stage, draws: Floats, count: int) -> NDArray[np.uint8]:
    """How often each unit is drawn when `draws` (S) units of each stratum are, with replacement: U x count.

    Bytes are enough: a unit drawn 256 times will not be seen.
    """
    starts = np.concatenate([[0], np.cumsum(stage.sampled)])[:-1].astype(np.int64)
    stratum = np.repeat(np.arange(len(draws)), draws.astype(np.int64))
    low, size = starts[stratum], stage.sampled[stratum].astype(np.int64)
    found = np.empty((count, stage.units), dtype=np.uint8)
    for replicate in range(count):
        found[replicate] = np.bincount(low + generator.integers(size), minlength=stage.units)
    return found.T


def _halves(generator: np.random.Generator, stage: Stage, taken: Floats, count: int) -> Bools:
    """Which units are kept when `taken` (S) of each stratum are drawn without replacement: U x count."""
    starts = np.concatenate([[0], np.cumsum(stage.sampled)])[:-1].astype(np.int64)
    stratum = stage.stratum_of_unit
    limit = (starts + taken.astype(np.int64))[stratum]
    found = np.empty((count, stage.units), dtype=bool)
    for replicate in range(count):
        order = np.argsort(stratum + generator.random(stage.units))
        found[replicate, order] = np.arange(stage.units) < limit
    return found.T


def _neighbours(stage: Stage, rows: int) -> tuple[Codes, Codes]:
    """The two rows (from 0) of each unit. Each turn of all the rows takes them by a step of its own."""
    steps = [step for step in range(1, rows) if np.gcd(step, rows) == 1] or [1]
    order = np.lexsort((_first_rows(stage), stage.stratum_of_unit))
    turn, place = np.divmod(np.arange(stage.units), rows)
    row = place * np.asarray(steps)[turn % len(steps)] % rows
    first, second = np.empty_like(order), np.empty_like(order)
    ends = np.cumsum(stage.sampled).astype(np.int64)
    following = np.arange(1, stage.units + 1)
    following[ends - 1] = ends - stage.sampled.astype(np.int64)
    first[order], second[order] = row, row[following]
    # Where a long stratum closes on the row it began with, a unit would not vary: it takes the next row.
    return first, np.where(first == second, (second + 1) % rows, second)


def _refuse(asked: Asked, stages: tuple[Stage, ...]) -> None:
    """What this kind of replicates cannot be made of."""
    kind, stage = asked.kind, stages[0]
    if kind == "JK1" and len(stage.strata) > 1:
        raise Problem("estimates.replicates_strata", kind=kind)
    if kind in {"BRR", "Fay"}:
        if len(stage.strata) == 1:
            raise Problem("estimates.replicates_unstratified", kind=kind)
        if np.isfinite(stage.population).any():
            raise Problem("estimates.replicates_fpc", kind=kind)
        odd = np.flatnonzero((stage.sampled % 2 == 1) & (stage.sampled > 1))
        if len(odd):
            names = ", ".join(stage.strata[s] for s in odd[:12]) + (" …" if len(odd) > 12 else "")
            raise Problem("estimates.replicates_odd", kind=kind, strata=names)
    if kind not in {"JK1", "JKn"} and asked.lonely in {"adjust", "average"} and stage.lonely.any():
        raise Problem("estimates.replicates_lonely", kind=kind, lonely=asked.lonely)
    if not ((stage.left >= CERTAINTY) & (stage.sampled > 1)).any() and kind != "preston":
        raise Problem("estimates.replicates_nothing", kind=kind)
    if kind in RANDOM and not (isinstance(asked.seed, int) and asked.seed >= 0):
        raise Problem("estimates.replicates_seed", kind=kind)
