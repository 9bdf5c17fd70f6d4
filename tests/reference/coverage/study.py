"""Draws thousands of samples from a known population and counts how often the intervals hold the truth.

python tests/reference/coverage/study.py [--draws 4000]     (writes docs/reference/coverage.md)

Every draw has its own random numbers, seeded by its rank: the table does not depend on the number of processes.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

import numpy as np  # noqa: E402
import pyarrow as pa  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

from alliage.estimates import BoundDesign, Estimates, mean, quantile, ratio, share, total  # noqa: E402
from alliage.estimates.intervals import OF_SHARES  # noqa: E402
from alliage.text import Text, number, percent  # noqa: E402
from reference.coverage.designs import SAMPLINGS, Sampling  # noqa: E402
from reference.coverage.population import Population, population  # noqa: E402

PAGE = HERE.parents[2] / "docs" / "reference" / "coverage.md"
DRAWS = 4_000
PROCESSES = 2
REALISTIC = (0.94, 0.96)
USUAL = "usual"
FIGURES = ("value", "standard_error", "low95", "high95", "low50", "high50")


@dataclass(frozen=True, slots=True)
class Target:
    """Something to estimate, and its true value over the rows of the frame.

    `ways`: the interval methods to try besides the usual one; `rank`: its place among the domains estimated.
    """

    id: str
    title: Text
    estimate: Callable[[pa.Table, BoundDesign], Estimates]
    truth: Callable[[Population, slice], float]
    rank: int = 0
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """How the intervals of one target did under one sampling (both by their id), over all draws."""

    sampling: str
    target: str
    way: str  # of making the interval: USUAL, or the name of a method
    draws: int
    covered95: float
    covered50: float
    bias: float  # of the estimate, in standard deviations of the estimate
    error_ratio: float  # mean standard error over the standard deviation of the estimate


def _members(people: Population, frame: slice) -> NDArray[np.bool_]:
    return people.numbers("member")[frame] == 1


TARGETS = (
    Target(
        "mean",
        Text(fr="moyenne d'un revenu", en="mean income"),
        lambda answers, design: mean(answers, "income", design=design),
        lambda people, frame: float(people.numbers("income")[frame].mean()),
    ),
    Target(
        "total",
        Text(fr="total d'un revenu", en="total income"),
        lambda answers, design: total(answers, "income", design=design),
        lambda people, frame: float(people.numbers("income")[frame].sum()),
    ),
    Target(
        "ratio",
        Text(fr="ratio dépense / revenu", en="ratio spent / income"),
        lambda answers, design: ratio(answers, "spent", "income", design=design),
        lambda people, frame: float(people.numbers("spent")[frame].sum() / people.numbers("income")[frame].sum()),
    ),
    Target(
        "share",
        Text(fr="part courante", en="common share"),
        lambda answers, design: share(answers, "trusts", "oui", design=design),
        lambda people, frame: float(people.numbers("trusts")[frame].mean()),
    ),
    Target(
        "rare",
        Text(fr="part rare", en="rare share"),
        lambda answers, design: share(answers, "rare", "oui", design=design),
        lambda people, frame: float(people.numbers("rare")[frame].mean()),
        ways=tuple(OF_SHARES),
    ),
    Target(
        "median",
        Text(fr="médiane d'un revenu", en="median income"),
        lambda answers, design: quantile(answers, "income", 0.5, design=design),
        lambda people, frame: float(np.quantile(people.numbers("income")[frame], 0.5, method="inverted_cdf")),
    ),
    Target(
        "domain_share",
        Text(fr="part dans un domaine", en="share in a domain"),
        lambda answers, design: share(answers, "trusts", "oui", design=design, by="member"),
        lambda people, frame: float(people.numbers("trusts")[frame][_members(people, frame)].mean()),
        rank=1,  # non, oui
    ),
    Target(
        "domain_mean",
        Text(fr="moyenne dans un domaine", en="mean in a domain"),
        lambda answers, design: mean(answers, "income", design=design, by="member"),
        lambda people, frame: float(people.numbers("income")[frame][_members(people, frame)].mean()),
        rank=1,  # non, oui
    ),
)


def covered(sampling: Sampling, draws: range, *, targets: Sequence[Target] = TARGETS) -> list[Coverage]:
    """Every target under one sampling; the draws bear the numbers of the range."""
    people = population()
    frame = slice(0, int(np.searchsorted(people.region, sampling.regions)))
    found = [_figures(sampling, targets, people, draw) for draw in draws]
    return [
        _coverage(sampling, target, way, target.truth(people, frame), np.array([one[target.id, way] for one in found]))
        for target in targets
        for way in (USUAL, *target.ways)
    ]


def _figures(
    sampling: Sampling, targets: Sequence[Target], people: Population, draw: int
) -> dict[tuple[str, str], list[float]]:
    """The value, its error and the ends of its intervals, for each target and way of one draw."""
    rng = np.random.default_rng([zlib.crc32(sampling.id.encode()), draw])
    answers, design = sampling.draw(people, rng)
    found = {}
    for target in targets:
        made = target.estimate(answers, design)
        for way in (USUAL, *target.ways):
            told = made if way == USUAL else made.with_intervals(way)
            found[target.id, way] = [float(told.column(name)[target.rank]) for name in FIGURES]
    return found


def _coverage(sampling: Sampling, target: Target, way: str, truth: float, found: NDArray[np.float64]) -> Coverage:
    value, error, low95, high95, low50, high50 = found.T
    spread = float(value.std(ddof=1))
    return Coverage(
        sampling.id,
        target.id,
        way,
        draws=len(found),
        covered95=float(np.mean((low95 <= truth) & (truth <= high95))),
        covered50=float(np.mean((low50 <= truth) & (truth <= high50))),
        bias=float((value.mean() - truth) / spread),
        error_ratio=float(np.sqrt(np.mean(error**2)) / spread),
    )


TITLES = {one.id: one.title for one in TARGETS}
SOUND = {one.id for one in SAMPLINGS if one.sound}

HEAD = """\
# Couverture des intervalles · Coverage of the intervals

Page écrite par `make coverage-study` (`tests/reference/coverage/study.py`) ; ne la corrigez pas à la main.
Written by `make coverage-study` (`tests/reference/coverage/study.py`); do not mend it by hand.
"""
INTRODUCTION = Text(
    fr="""\
Un intervalle à 95 % doit contenir la vérité 95 fois sur 100. Ici la vérité est connue : {count} habitants de 12 régions
et 1 200 communes inégales, qui ressemblent à leurs voisins, un revenu dissymétrique, une réponse rare ({rare}), un
domaine d'une personne sur sept. Chaque ligne tire {draws} échantillons, les estime comme un statisticien le ferait, et
compte les intervalles qui contiennent la vérité ; ce compte lui-même est sûr à ± {noise} point (deux erreurs types).
""",
    en="""\
A 95% interval must hold the truth 95 times in 100. Here the truth is known: {count} people in 12 regions and 1,200
unequal communes, alike among neighbours, a skewed income, a rare answer ({rare}), a domain of one person in seven. Each
line draws {draws} samples, estimates them as a statistician would, and counts the intervals that hold the truth; the
count itself is sure to ± {noise} point (two standard errors).
""",
)
LEGEND = """\
- **95 %**, **50 %** : part des intervalles qui contiennent la vérité · share of the intervals that hold the truth
- **biais · bias** : en écarts types de l'estimateur · in standard deviations of the estimator
- **ET · SE** : erreur type annoncée / écart type observé, 1 est juste · announced standard error / observed standard
  deviation, 1 is right
- **·** : hors de 94–96 % · outside 94–96%
"""
SAID = (
    Text(
        fr="Plans courants : {inside} intervalles sur {count} couvrent entre 94 et 96 %, tous entre {low} et {high}.",
        en="Usual designs: {inside} intervals of {count} cover 94–96%, all of them between {low} and {high}.",
    ),
    Text(
        fr="Part rare : l'intervalle de Korn–Graubard, celui d'Alliage, couvre au moins {usual} ; il est prudent, à "
        "50 % surtout. Celui de Student descend à {naive}.",
        en="Rare share: Korn–Graubard's interval, Alliage's own, covers {usual} at least; it is cautious, at 50% above "
        "all. Student's falls to {naive}.",
    ),
    Text(
        fr="Douze communes seulement : le total d'un revenu dissymétrique couvre {few_total}, sa moyenne dans un "
        "domaine {few_mean}. Aucune formule ne remplace des grappes.",
        en="Twelve communes only: the total of a skewed income covers {few_total}, its mean in a domain {few_mean}. No "
        "formula replaces clusters.",
    ),
    Text(
        fr="Quotas : la marge vaut ce que vaut le modèle. S'il est faux, l'intervalle ne contient la vérité que "
        "{willing} du temps ; Alliage étiquette toujours cette marge « modèle ».",
        en="Quotas: the margin is worth what the model is. Where it does not hold, the interval holds the truth "
        "{willing} of the time only; Alliage always labels that margin “model”.",
    ),
)


def page(found: list[Coverage]) -> str:
    """The page: what the figures say, one table per sampling, the ways of making an interval."""
    people, draws = population(), found[0].draws
    introduction = INTRODUCTION.filled(
        count=number(people.count),
        rare=percent(100 * people.numbers("rare").mean(), 1),
        draws=number(draws),
        noise=number(200 * np.sqrt(0.95 * 0.05 / draws), 1),
    )
    told = [HEAD, introduction.fr, introduction.en, LEGEND, *_verdict(found), "", *_tables(found), *_ways(found)]
    return "\n".join(told).rstrip() + "\n"


def _tables(found: list[Coverage]) -> Iterator[str]:
    for sampling in SAMPLINGS:
        lines = [one for one in found if one.sampling == sampling.id and one.way == USUAL]
        if not lines:
            continue
        yield f"## {sampling.title.fr} · {sampling.title.en}\n"
        yield "| | 95 % | 50 % | biais · bias | ET · SE |"
        yield "|---|---:|---:|---:|---:|"
        for one in lines:
            outside = "" if REALISTIC[0] <= one.covered95 <= REALISTIC[1] else " ·"
            yield (
                f"| {TITLES[one.target].fr} · {TITLES[one.target].en} | {100 * one.covered95:.1f}{outside} | "
                f"{100 * one.covered50:.1f} | {one.bias:+.2f} | {one.error_ratio:.2f} |"
            )
        yield ""


def _ways(found: list[Coverage]) -> Iterator[str]:
    """The targets that try several: one column per way of making the interval."""
    for target in (one for one in TARGETS if one.ways):
        yield f"## {target.title.fr}, selon l'intervalle · {target.title.en}, by interval\n"
        yield "| | " + " | ".join(target.ways) + " |"
        yield "|---|" + "---:|" * len(target.ways)
        for sampling in SAMPLINGS:
            here = {one.way: one for one in found if (one.sampling, one.target) == (sampling.id, target.id)}
            cells = " | ".join(f"{100 * here[way].covered95:.1f}" for way in target.ways)
            yield f"| {sampling.title.fr} · {sampling.title.en} | {cells} |"
        yield ""


def _verdict(found: list[Coverage]) -> Iterator[str]:
    """What the figures say, with the figures."""
    by = {(one.sampling, one.target, one.way): one.covered95 for one in found}
    sound = [one for key, one in by.items() if key[0] in SOUND and key[2] == USUAL]
    figures = {
        "low": min(sound),
        "high": max(sound),
        "usual": min(by[sampling, "rare", USUAL] for sampling in SOUND),
        "naive": min(by[sampling, "rare", "t"] for sampling in SOUND),
        "few_total": by["few_clusters", "total", USUAL],
        "few_mean": by["few_clusters", "domain_mean", USUAL],
        "willing": by["quotas_of_the_willing", "share", USUAL],
    }
    written = {name: percent(100 * share, 1) for name, share in figures.items()}
    inside = sum(REALISTIC[0] <= share <= REALISTIC[1] for share in sound)
    yield "## Ce qu'on lit · What it says\n"
    for sentence in SAID:
        told = sentence.filled(inside=inside, count=len(sound), **written)
        yield f"- {told.fr}\n\n  {told.en}"


def study(draws: int) -> list[Coverage]:
    """Every sampling, each in a process of its own."""
    with ProcessPoolExecutor(PROCESSES) as processes:
        made = processes.map(covered, SAMPLINGS, [range(draws)] * len(SAMPLINGS))
        return [one for several in made for one in several]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=DRAWS)
    PAGE.write_text(page(study(parser.parse_args().draws)), encoding="utf-8")


if __name__ == "__main__":
    main()
