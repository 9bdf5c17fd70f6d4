"""Each threshold stands where the policy puts it: one notch away, a cell changes state (tests/attack checks that)."""

import dataclasses
import math

import pytest
from sealed import cell, indicator

from alliage.disclosure import Band, release

RULES = {"citoyens": "T1", "maires": "T2", "entreprises": "T3", "associations": "T3"}


def only(one, *, unit="percent", sensitive=False):
    known = {"innovation": indicator(unit=unit, sensitive=sensitive)}
    (public,) = release([one], [], indicators=known, rules=RULES).cells
    return public


@pytest.mark.parametrize("audience", ["citoyens", "maires", "entreprises", "associations"])
def test_a_sensitive_subject_asks_for_thirty_answers_of_every_audience(audience):
    assert only(cell(n=29, audience=audience), sensitive=True).state == "protected"
    assert only(cell(n=30, audience=audience), sensitive=True).state == "published"


def test_t2_asks_for_a_frame_of_twenty_and_for_fifteen_answers_once_half_of_it_answered():
    assert only(cell(n=15, frame=19)).state == "protected"
    assert only(cell(n=15, frame=20)).state == "banded"
    assert only(cell(n=14, frame=28)).state == "protected"
    assert only(cell(n=15, frame=28)).state == "banded"
    assert only(cell(n=14, frame=29)).state == "banded"


def test_r2_counts_one_insider_on_a_sensitive_subject():
    assert only(cell(n=200, value=0.995, counts=(199, 1)), sensitive=True).state == "protected"
    assert only(cell(n=200, value=0.99, counts=(198, 2)), sensitive=True).state == "banded"


def test_r5_begins_at_eight_tenths_of_a_frame_of_fewer_than_twenty():
    def state(n, frame):
        return only(cell(n=n, frame=frame, audience="entreprises")).state

    assert (state(12, 15), state(11, 14), state(15, 19)) == ("protected", "banded", "banded")
    assert (state(16, 19), state(16, 20)) == ("protected", "banded")


def test_r5_to_the_hundredth_on_a_frame_that_can_tell(monkeypatch):
    monkeypatch.setattr("alliage.disclosure.primary.NEAR_CENSUS_FRAME", 1_000)
    at_the_rate = [only(cell(n=n, frame=200, audience="entreprises")).state for n in (159, 160)]
    assert at_the_rate == ["published", "protected"]


@pytest.mark.parametrize(
    ("note", "band"),
    [
        (0, (0, 1.5)),
        (1.4, (0, 1.5)),
        (1.5, (1.5, 3.5)),
        (3.4, (1.5, 3.5)),
        (3.5, (3.5, 6.5)),
        (6.4, (3.5, 6.5)),
        (6.5, (6.5, 8.5)),
        (8.4, (6.5, 8.5)),
        (8.5, (8.5, 10)),
        (10, (8.5, 10)),
    ],
)
def test_under_thirty_answers_a_note_is_shown_in_its_band(note, band):
    assert only(cell(n=20, value=note, kind="mean"), unit="note_10").band == Band(*band)


@pytest.mark.parametrize(
    ("n", "shown"),
    [
        (10, "10-14"),
        (14, "10-14"),
        (15, "15-19"),
        (19, "15-19"),
        (20, "20-29"),
        (29, "20-29"),
        (30, "30-49"),
        (49, "30-49"),
        (50, "50-99"),
        (99, "50-99"),
        (100, "100-199"),
        (199, "100-199"),
        (200, "200-499"),
        (499, "200-499"),
        (500, "500+"),
    ],
)
def test_a_base_is_shown_as_its_class(n, shown):
    assert only(cell(n=n)).n_class == shown


def test_an_effective_base_below_every_class_says_no_more_than_that():
    assert only(cell(n=100, effective=9)).n_effective_class == "<10"


@pytest.mark.parametrize("facts", [{"counts": ()}, {"counts": (200, 199)}, {"heaviest": math.nan}, {"heaviest": 0.0}])
def test_a_cell_without_what_the_rules_judge_stops_the_release(facts):
    with pytest.raises(ValueError, match="not computed"):
        only(cell(n=400, **facts))


def test_an_audience_or_a_unit_without_a_rule_stops_the_release():
    with pytest.raises(KeyError):
        only(cell(audience="passants"))
    for n in (20, 400):
        with pytest.raises(KeyError):
            only(cell(n=n, kind="mean"), unit="euros")


def test_an_estimate_that_is_no_number_stops_the_release():
    one = cell(n=400)
    broken = dataclasses.replace(one, estimate=dataclasses.replace(one.estimate, value=math.nan))
    with pytest.raises((ValueError, IndexError)):
        only(broken)
