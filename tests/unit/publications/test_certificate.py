"""The certificate tells which checks ran, on which plan, and how much they hid, as classes."""

import json
from dataclasses import replace

import pytest

from alliage.disclosure import CHECKS
from alliage.publications.certificate import count_class, plan_digest
from alliage.publications.freeze import release_files
from alliage.publications.inputs import Hidden
from alliage.studies.declarations import PlanLine

from .situations import INPUTS

PLAN = (PlanLine(indicator="innovation", by=("region",), crossed=True), PlanLine(indicator="fragilites_percues"))


def certificate(**changes):
    return json.loads(release_files(replace(INPUTS, **changes))["certificate.json"])


def test_the_checks_that_ran_are_named_in_both_languages():
    made = certificate()
    assert [check["id"] for check in made["checks"]] == list(CHECKS)
    assert all(set(check["words"]) == {"fr", "en"} for check in made["checks"])
    assert made["audit"] == "not run"


def test_what_was_hidden_is_counted_as_classes():
    assert certificate(hidden=Hidden(primary=7, secondary=0))["hidden"] == {"primary": "1-9", "secondary": "0"}


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, "0"), (1, "1-9"), (9, "1-9"), (10, "10-49"), (50, "50-199"), (200, "200-999"), (999, "200-999"),
     (1_000, "1000+")],
)  # fmt: skip
def test_classes_of_counts(count, told):
    assert count_class(count) == told


def test_the_plan_is_told_by_its_digest():
    assert certificate(plan=PLAN)["plan"] == plan_digest(PLAN)
    assert plan_digest(PLAN) == "498c82c4ee1b9df72fabe2ed576d54d4bde33e5f3d53a317d15d46c771e1e3db"
    assert plan_digest(PLAN[::-1]) != plan_digest(PLAN)
