"""Intervals of 95 % hold the truth about 95 times in 100: a small, seeded part of `make coverage-study`.

With 200 draws the count of a sound interval lies between 91 and 99 % nearly always (two and a half standard errors).
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from alliage.estimates import BoundDesign, Design
from alliage.text import Text
from reference.coverage.designs import SAMPLINGS, Sampling, clusters
from reference.coverage.population import Population, population
from reference.coverage.study import TARGETS, covered

DRAWS = range(200)
ASKED = [one for one in TARGETS if one.id in {"mean", "share", "domain_share"}]


@pytest.mark.parametrize("name", ["stratified", "calibrated_clusters"])
def test_intervals_hold_the_truth_as_often_as_they_say(name: str):
    sampling = next(one for one in SAMPLINGS if one.id == name)

    found = covered(sampling, DRAWS, targets=ASKED)

    assert {one.target: one.covered95 for one in found if not 0.91 <= one.covered95 <= 0.99} == {}
    assert {one.target: one.bias for one in found if abs(one.bias) > 0.2} == {}


def test_a_design_that_forgets_its_clusters_does_not_cover():
    """What the study would say of wrong margins: the same draws, every respondent taken for a unit."""

    def forgetful(people: Population, rng: np.random.Generator) -> tuple[pa.Table, BoundDesign]:
        answers, _ = clusters(people, rng)
        return answers, Design(weight="weight", strata="region").bind(answers)

    wrong = Sampling("clusters", Text(fr="sans grappes", en="without clusters"), forgetful)

    found = covered(wrong, DRAWS, targets=[one for one in ASKED if one.id == "mean"])

    assert found[0].covered95 < 0.90


def test_the_population_is_the_same_everywhere():
    people = population()

    assert people.count == int(people.sizes.sum()) == 137_995
    assert [round(float(people.numbers(name).mean()), 4) for name in ("trusts", "rare", "member")] == [
        0.4672,
        0.0158,
        0.1422,
    ]
