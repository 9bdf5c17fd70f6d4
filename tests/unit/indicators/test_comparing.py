"""Comparisons: which pairs are compared, in which direction, and in how large a family."""

from sealed import cell

from alliage.indicators.comparing import compare_audiences, compare_waves

AUDIENCES = ("citoyens", "maires", "entreprises", "associations")
WAVES = ("phare", "impact")


def test_four_audiences_make_six_gaps_in_one_family():
    gaps = compare_audiences([cell(audience=name) for name in reversed(AUDIENCES)], AUDIENCES)

    assert [gap.id for gap in gaps] == [
        "innovation.impact.citoyens-maires",
        "innovation.impact.citoyens-entreprises",
        "innovation.impact.citoyens-associations",
        "innovation.impact.maires-entreprises",
        "innovation.impact.maires-associations",
        "innovation.impact.entreprises-associations",
    ]
    assert {gap.gap.family for gap in gaps} == {6}
    assert {round(gap.gap.interval.level, 6) for gap in gaps} == {0.991667}


def test_an_audience_that_was_not_asked_or_did_not_answer_leaves_the_family():
    cells = [cell(audience="citoyens"), cell(audience="maires", asked=False, n=0), cell(audience="entreprises", n=0)]

    assert compare_audiences([*cells, cell(audience="associations")], AUDIENCES)[0].gap.family == 1


def test_items_and_waves_are_never_compared_with_each_other():
    cells = [
        cell(audience="citoyens", item="f01"),
        cell(audience="maires", item="f02"),
        cell(audience="entreprises", item="f01", wave="phare"),
    ]

    assert compare_audiences(cells, AUDIENCES) == []


def test_a_change_is_the_later_wave_minus_the_one_before():
    cells = [cell(value=0.69, wave="phare"), cell(value=0.74, wave="impact")]

    (change,) = compare_waves(cells, WAVES)

    assert change.id == "innovation.maires.impact-phare"
    assert round(change.gap.value, 12) == 0.05
    assert (change.a.wave, change.b.wave) == ("impact", "phare")


def test_the_changes_of_all_audiences_on_one_item_are_one_family():
    cells = [cell(audience=name, wave=wave) for name in AUDIENCES for wave in WAVES]

    assert [change.gap.family for change in compare_waves(cells, WAVES)] == [4, 4, 4, 4]


def test_territories_are_not_compared_between_audiences():
    cells = [cell("11", audience="citoyens"), cell("11", audience="maires")]

    assert compare_audiences(cells, AUDIENCES) == []
    assert compare_waves(cells, WAVES) == []
