"""The works every tool is asked to do, on what data, and how far ahead Alliage must be: declared once.

The bars are ratios of wall time in the same run: R survey's time over Alliage's. A bar in seconds is for a machine of
two cores; where a peer cannot do the work at all, finishing is the bar.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import samples

from alliage.text import Text

PROBABILITIES = [0.1, 0.5, 0.9]


@dataclass(frozen=True)
class Bar:
    """How many times faster than one peer, or within how many seconds, Alliage (the tool named) must be."""

    tool: str
    than: str = ""
    times: float = 0.0
    seconds: float = 0.0


@dataclass(frozen=True)
class Workload:
    """One table of the page. `peers` are asked by default, `slow_peers` only in a full run."""

    id: str
    title: Text
    work: str
    rows: int
    data: Callable[[int], samples.Columns]
    peers: tuple[str, ...]
    bars: tuple[Bar, ...]
    ours: tuple[str, ...] = ("alliage",)
    slow_peers: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    # What some tools are asked otherwise, and how that is said.
    of_a_tool: dict[str, dict[str, Any]] = field(default_factory=dict)
    note: Text | None = None


def _domains(items: int, domains: int, *, strata: int, rows_per_cluster: int, nested: bool):
    def data(rows: int) -> samples.Columns:
        clusters = max(strata * 2, rows // rows_per_cluster)
        return samples.by_domain(rows, items=items, domains=domains, strata=strata, clusters=clusters, nested=nested)

    return data


WORKLOADS = (
    Workload(
        "typical",
        Text(
            fr="Le quotidien : 5 000 réponses, moyennes de 20 questions par 13 régions, 5 strates, 100 grappes",
            en="Every day: 5,000 answers, means of 20 questions by 13 regions, 5 strata, 100 clusters",
        ),
        "means",
        5_000,
        _domains(20, 13, strata=5, rows_per_cluster=50, nested=False),
        ("survey", "svy", "samplics"),
        (Bar("alliage", "survey", 10), Bar("alliage", "svy", 10), Bar("alliage", seconds=0.010)),
        ours=("alliage", "alliage_engine"),
        options={"by": "domain"},
    ),
    Workload(
        "nested",
        Text(
            fr="1 000 000 de réponses, moyennes de 20 questions par 100 domaines faits de grappes entières",
            en="1,000,000 answers, means of 20 questions by 100 domains made of whole clusters",
        ),
        "means",
        1_000_000,
        _domains(20, 100, strata=200, rows_per_cluster=100, nested=True),
        ("survey", "svy"),
        (
            Bar("alliage_engine", "survey", 60),
            Bar("alliage_engine", "svy", 180),
            Bar("alliage_engine", seconds=0.22),
        ),
        ours=("alliage", "alliage_plain", "alliage_engine"),
        options={"by": "domain"},
    ),
    Workload(
        "crossing",
        Text(
            fr="La même chose, les domaines coupant toutes les grappes (le pire cas)",
            en="The same, the domains cutting every cluster (the worst case)",
        ),
        "means",
        1_000_000,
        _domains(20, 100, strata=200, rows_per_cluster=100, nested=False),
        ("survey", "svy"),
        (
            Bar("alliage_engine", "survey", 18),
            Bar("alliage_engine", "svy", 40),
            Bar("alliage_engine", seconds=0.9),
            Bar("alliage", "survey", 100),
            Bar("alliage", seconds=0.15),
        ),
        ours=("alliage", "alliage_plain", "alliage_engine"),
        slow_peers=("samplics",),
        options={"by": "domain"},
    ),
    Workload(
        "many_domains",
        Text(
            fr="100 000 réponses, moyennes de 20 questions par 36 000 domaines",
            en="100,000 answers, means of 20 questions by 36,000 domains",
        ),
        "means",
        100_000,
        _domains(20, 36_000, strata=200, rows_per_cluster=50, nested=False),
        ("survey", "svy"),
        (Bar("alliage", seconds=0.6), Bar("alliage_engine", seconds=0.6)),
        ours=("alliage", "alliage_plain", "alliage_engine"),
        options={"by": "domain"},
        of_a_tool={"survey": {"some_domains": 100}},
        note=Text(
            fr="R survey est interrogé sur 100 domaines seulement : tous ensemble, il demande une matrice de 3 394 Go.",
            en="R survey is asked for 100 domains only: all of them together, it asks for a matrix of 3,394 GB.",
        ),
    ),
    Workload(
        "raking",
        Text(
            fr="Calage (raking ratio) de 100 000 réponses sur 60 marges de 9 variables, à 1e-9",
            en="Raking 100,000 answers to 60 margins of 9 variables, to 1e-9",
        ),
        "raking",
        100_000,
        samples.off_the_margins,
        ("survey", "sampling", "svy", "ipfn"),
        (Bar("alliage", "survey", 10), Bar("alliage", "svy", 1), Bar("alliage", seconds=0.30)),
        slow_peers=("balance",),
    ),
    Workload(
        "logit",
        Text(
            fr="Calage logit (bornes 0,2 et 5) sur les mêmes marges",
            en="Logit calibration (bounds 0.2 and 5) to the same margins",
        ),
        "logit",
        100_000,
        samples.off_the_margins,
        ("survey", "sampling"),
        (Bar("alliage", "survey", 10), Bar("alliage", seconds=0.30)),
    ),
    Workload(
        "bootstrap",
        Text(
            fr="500 répliques bootstrap, 100 000 réponses, moyennes de 20 questions, 2 000 grappes",
            en="500 bootstrap replicates, 100,000 answers, means of 20 questions, 2,000 clusters",
        ),
        "bootstrap",
        100_000,
        lambda rows: samples.overall(rows, items=20, strata=200, clusters=max(400, rows // 50)),
        ("survey", "svy"),
        (Bar("alliage", "survey", 30), Bar("alliage", "svy", 7), Bar("alliage", seconds=0.5)),
        options={"replicates": 500},
    ),
    Workload(
        "jackknife",
        Text(
            fr="Jackknife stratifié (JKn), 400 répliques, 20 000 réponses, moyennes de 20 questions",
            en="Stratified jackknife (JKn), 400 replicates, 20,000 answers, means of 20 questions",
        ),
        "jackknife",
        20_000,
        lambda rows: samples.overall(rows, items=20, strata=40, clusters=max(80, rows // 50)),
        ("survey", "svy"),
        (Bar("alliage", "survey", 100), Bar("alliage", "svy", 25)),
    ),
    Workload(
        "jackknife_2000",
        Text(
            fr="Jackknife stratifié (JKn), 2 000 répliques, 100 000 réponses, moyennes de 20 questions",
            en="Stratified jackknife (JKn), 2,000 replicates, 100,000 answers, means of 20 questions",
        ),
        "jackknife",
        100_000,
        lambda rows: samples.overall(rows, items=20, strata=200, clusters=max(400, rows // 50)),
        (),
        (
            Bar("alliage", "survey", 1000),
            Bar("alliage", "svy", 250),
            Bar("alliage", seconds=0.1),
        ),
        slow_peers=("survey", "svy"),
    ),
    Workload(
        "crosstab",
        Text(
            fr="Test de Rao–Scott d'un tableau de 5 × 5, 1 000 000 de réponses",
            en="Rao–Scott test of a 5 × 5 table, 1,000,000 answers",
        ),
        "crosstab",
        1_000_000,
        lambda rows: samples.two_questions(rows, strata=200, clusters=max(400, rows // 100)),
        ("survey", "svy"),
        (Bar("alliage", "survey", 10), Bar("alliage", seconds=0.3)),
    ),
    Workload(
        "regression",
        Text(
            fr="Régression logistique à 10 covariables, 1 000 000 de réponses",
            en="Logistic regression on 10 covariates, 1,000,000 answers",
        ),
        "regression",
        1_000_000,
        lambda rows: samples.yes_or_no(rows, strata=200, clusters=max(400, rows // 100)),
        ("survey", "svy"),
        (Bar("alliage", "svy", 4), Bar("alliage", seconds=0.8)),
    ),
    Workload(
        "quantiles",
        Text(
            fr="Trois quantiles et leurs intervalles (Woodruff), 1 000 000 de réponses",
            en="Three quantiles and their intervals (Woodruff), 1,000,000 answers",
        ),
        "quantiles",
        1_000_000,
        lambda rows: samples.one_number(rows, strata=200, clusters=max(400, rows // 100)),
        ("survey", "svy"),
        (Bar("alliage", "survey", 1), Bar("alliage", "svy", 1)),
        options={"probabilities": PROBABILITIES},
    ),
)
