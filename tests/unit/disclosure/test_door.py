"""The door: which figures leave, which do not, and in what precision."""

from dataclasses import replace

import pytest
from sealed import cell, gap_of, indicator, key

from alliage.disclosure import Band, release

RULES = {"citoyens": "T1", "maires": "T2", "entreprises": "T3", "associations": "T3"}


def leave(*cells, gaps=(), indicators=None):
    known = indicators or {"innovation": indicator()}
    return release(cells, gaps, indicators=known, rules=RULES)


def shown(*cells, **options):
    return {public.key.id.split(".", 2)[2]: public for public in leave(*cells, **options).cells}


def states(*cells, **options):
    return {name: public.state for name, public in shown(*cells, **options).items()}


def only(one, **options):
    (public,) = leave(one, **options).cells
    return public


@pytest.mark.parametrize(
    ("audience", "n", "state"),
    [
        ("citoyens", 10, "protected"),
        ("citoyens", 11, "banded"),
        ("maires", 9, "protected"),
        ("maires", 10, "banded"),
        ("entreprises", 9, "protected"),
        ("associations", 10, "banded"),
    ],
)
def test_r1_a_base_under_the_threshold_of_its_kind_is_protected(audience, n, state):
    assert only(cell(n=n, audience=audience)).state == state


def test_a_sensitive_subject_asks_for_thirty_answers_and_ten_thousand_inhabitants():
    sensitive = {"innovation": indicator(sensitive=True)}

    def state(**facts):
        return only(cell(audience="citoyens", **facts), indicators=sensitive).state

    assert (state(n=29), state(n=30)) == ("protected", "published")
    assert (state(inhabitants=9_999), state(inhabitants=10_000)) == ("protected", "published")


def test_t1_a_territory_under_two_thousand_inhabitants_is_never_described():
    assert only(cell(audience="citoyens", inhabitants=1_999)).state == "protected"
    assert only(cell(audience="citoyens", inhabitants=2_000)).state == "published"


def test_what_nobody_has_counted_is_small():
    assert only(cell(n=400, frame=None)).state == "protected"  # elected officials of a frame of unknown size
    assert only(cell(n=400, frame=None, audience="entreprises")).state == "published"
    place = replace(cell("11", audience="citoyens"), is_territory=True)
    assert only(place).state == "protected"
    assert only(replace(place, domain_population=2_000)).state == "published"
    assert only(replace(cell("11", audience="entreprises"), is_territory=True)).state == "published"


def test_t2_a_frame_of_fewer_than_twenty_mayors_or_half_of_it_in_the_sample_is_too_close():
    assert only(cell(n=10, frame=19)).state == "protected"
    assert only(cell(n=10, frame=20)).state == "protected"  # half the frame answered: fifteen are needed
    assert only(cell(n=15, frame=30)).state == "banded"


def test_r2_when_all_but_one_gave_the_same_answer_only_an_end_band_is_shown():
    assert only(cell(n=200, value=0.995, counts=(199, 1))).band == Band(85, 100)
    assert only(cell(n=200, value=0.005, counts=(1, 199))).band == Band(0, 15)


def test_r2_the_end_band_covers_three_dissenters_so_that_it_never_tells_there_is_at_most_one():
    assert only(cell(n=200, value=0.985, counts=(197, 3))).band == Band(85, 100)
    assert only(cell(n=200, value=0.015, counts=(3, 197))).band == Band(0, 15)
    assert only(cell(n=200, value=0.98, counts=(196, 4))).band is None


def test_r2_a_band_always_holds_the_value_even_when_the_dissenter_weighs_much():
    assert only(cell(n=40, value=0.8, counts=(39, 1), heaviest=0.2)).band == Band(65, 85)


def test_r2_a_unanimous_answer_on_a_sensitive_subject_or_a_unanimous_mean_is_protected():
    sensitive = {"innovation": indicator(sensitive=True)}
    assert only(cell(n=200, value=1.0, counts=(200, 0)), indicators=sensitive).state == "protected"
    notes = {"innovation": indicator(unit="note_10")}
    assert only(cell(n=200, value=7, kind="mean", counts=(199, 1)), indicators=notes).state == "protected"


def test_r4_nobody_weighs_more_than_a_quarter():
    assert only(cell(heaviest=0.25)).state == "published"
    assert only(cell(heaviest=0.2501)).state == "protected"


def test_r5_a_near_census_of_a_tiny_frame_is_protected():
    assert only(cell(n=16, frame=19, audience="entreprises")).state == "protected"
    assert only(cell(n=15, frame=19, audience="entreprises")).state == "banded"


def test_r6_a_lone_hidden_region_takes_the_smallest_visible_one_with_it():
    seen = states(cell(n=429), cell("11", n=200), cell("24", n=120), cell("94", n=9), cell("53", n=100))

    assert seen == {
        "impact.ensemble": "published",
        "impact.region-11": "published",
        "impact.region-24": "published",
        "impact.region-53": "protected",
        "impact.region-94": "protected",
    }


def test_r6_two_hidden_regions_of_too_few_people_together_take_a_third_one():
    seen = states(cell(n=308), cell("11", n=200), cell("24", n=100), cell("94", n=4), cell("53", n=4))

    assert seen["impact.region-24"] == "protected"
    assert seen["impact.region-11"] == "published"


def test_r6_hidden_regions_that_gather_enough_people_cost_nothing_more():
    seen = states(cell(n=318), cell("11", n=200), cell("24", n=100), cell("94", n=9), cell("53", n=9))

    assert seen["impact.region-24"] == "published"


def test_r6_people_without_a_category_are_a_remainder_too():
    # Three of 203 people told no region: France minus both regions would be those three.
    seen = states(cell(n=203), cell("11", n=150), cell("24", n=50))
    assert (seen["impact.region-24"], seen["impact.region-11"]) == ("protected", "published")

    # Forty of them: they are a block like another, which nothing had to hide.
    assert "protected" not in states(cell(n=240), cell("11", n=150), cell("24", n=50)).values()


def test_r6_a_person_alone_in_a_region_would_subtract_themselves_and_get_the_other_one():
    seen = states(cell(n=321), cell("11", n=200), cell("24", n=100), cell("94", n=1), cell("53", n=9), cell("76", n=11))
    assert seen["impact.region-76"] == "protected"  # 1 and 9 together are too few for an insider; with 11 they are not
    assert seen["impact.region-24"] == "published"

    # Enough people, but two blocks only: the single person knows the other one whole.
    seen = states(cell(n=331), cell("11", n=200), cell("24", n=100), cell("94", n=1), cell("53", n=30, heaviest=0.3))
    assert seen["impact.region-24"] == "protected"


def test_r6_hidden_regions_hold_the_minimum_besides_an_insider():
    seen = states(cell(n=310), cell("11", n=200), cell("24", n=100), cell("94", n=4), cell("53", n=6))
    assert seen["impact.region-24"] == "protected"  # ten people: nine for one of them
    seen = states(cell(n=311), cell("11", n=200), cell("24", n=100), cell("94", n=5), cell("53", n=6))
    assert seen["impact.region-24"] == "published"


def test_r6_parts_that_add_up_to_a_hidden_whole_are_not_all_shown():
    seen = states(cell(n=300, heaviest=0.3), cell("11", n=200), cell("24", n=100))
    assert (seen["impact.region-11"], seen["impact.region-24"]) == ("published", "protected")

    # Nine people belong nowhere: the sum of the parts is nearly the whole. Ten are enough to blur it.
    seen = states(cell(n=309, heaviest=0.3), cell("11", n=200), cell("24", n=100))
    assert seen["impact.region-24"] == "protected"
    seen = states(cell(n=310, heaviest=0.3), cell("11", n=200), cell("24", n=100))
    assert seen["impact.region-24"] == "published"


def test_without_a_published_parent_nothing_can_be_subtracted():
    assert states(cell("11", n=200), cell("94", n=9))["impact.region-11"] == "published"


def test_an_empty_region_is_no_data_and_asks_for_no_protection():
    seen = states(cell(n=400), cell("11", n=400), cell("94", n=0))

    assert seen["impact.region-94"] == "no_data"
    assert seen["impact.region-11"] == "published"


def test_a_question_not_asked_is_neither_hidden_nor_missing():
    assert only(cell(asked=False, n=0)).state == "not_asked"


def test_a_distribution_is_hidden_whole_never_one_of_its_answers():
    known = {name: indicator(name, question="co_construction") for name in ("oui", "emerge")}
    # Same question, same people; the heaviest-weight rule happens to strike one of the two indicators.
    one = cell("11", indicator="oui", n=60, heaviest=0.3)
    other = cell("11", indicator="emerge", n=60)

    assert [public.state for public in leave(one, other, indicators=known).cells] == ["protected", "protected"]


def test_a_hidden_figure_carries_no_number_at_all():
    public = only(cell(n=5))

    assert (public.value, public.low95, public.high95, public.band, public.n_class, public.deff) == (None,) * 6


def test_a_hidden_region_names_the_published_whole_that_contains_it():
    seen = shown(cell(n=400), cell("11", n=391), cell("94", n=9))

    assert seen["impact.region-94"].parent == "innovation.maires.impact.ensemble"


@pytest.mark.parametrize(
    ("n", "value", "expected"),
    [
        (29, 0.5, (None, Band(35, 65))),
        (29, 0.15, (None, Band(15, 35))),
        (30, 0.5249, (50, None)),
        (99, 0.5251, (55, None)),
        (100, 0.5251, (53, None)),
        (49, 0.02, (None, Band(0, 15))),
        (50, 0.02, (0, None)),
        (49, 0.98, (None, Band(85, 100))),
    ],
)
def test_shares_are_shown_in_bands_then_by_five_then_by_one(n, value, expected):
    public = only(cell(n=n, value=value, counts=(n // 2, n - n // 2)))

    assert (public.value, public.band) == expected


@pytest.mark.parametrize(
    ("n", "value", "expected"),
    [(29, 7.14, (None, Band(6.5, 8.5))), (30, 7.14, (7.0, None)), (99, 7.26, (7.5, None)), (100, 7.14, (7.1, None))],
)
def test_notes_are_shown_in_bands_then_by_half_then_by_tenth(n, value, expected):
    public = only(
        cell(n=n, value=value, kind="mean", audience="citoyens"), indicators={"innovation": indicator(unit="note_10")}
    )

    assert (public.value, public.band) == expected


def test_a_quantity_without_an_upper_end_is_protected_when_only_a_band_could_be_shown():
    hours = {"innovation": indicator(unit="hours")}

    assert only(cell(n=29, value=2.2, kind="mean"), indicators=hours).state == "protected"
    assert only(cell(n=30, value=2.2, kind="mean"), indicators=hours).value == 2.0


def test_a_suppressed_interval_end_never_leaves_the_scale():
    hours = {"innovation": indicator(unit="hours")}
    notes = {"innovation": indicator(unit="note_10")}

    rare = only(cell(n=150, value=0.2, low=-0.7, high=1.1, kind="mean"), indicators=hours)
    low = only(cell(n=60, value=9.4, low=8.7, high=10.2, kind="mean"), indicators=notes)

    assert (rare.low95, rare.high95, low.low95, low.high95) == (0, 1.5, 8, 10)


def test_design_effect_and_effective_size_are_only_told_for_a_hundred_answers_or_more():
    assert (only(cell(n=99)).deff, only(cell(n=99)).n_effective_class) == (None, None)
    assert (only(cell(n=100)).deff, only(cell(n=100)).n_effective_class) == (1.2, "100-199")


def test_a_self_selected_wave_has_a_value_and_no_margin():
    public = only(cell(margin="none"))

    assert (public.value, public.low95, public.high50, public.margin) == (50, None, None, "none")


def test_too_wide_an_interval_is_uncertain_not_secret():
    assert only(cell(n=60, value=0.5, low=0.34, high=0.66)).state == "uncertain"
    assert only(cell(n=60, value=0.5, low=0.36, high=0.64)).state == "published"
    notes = {"innovation": indicator(unit="note_10")}
    assert only(cell(n=60, value=5, low=3.4, high=6.6, kind="mean"), indicators=notes).state == "uncertain"
    assert only(cell(n=60, value=5, low=3.6, high=6.4, kind="mean"), indicators=notes).state == "published"
    assert only(cell(n=60, effective=29)).state == "uncertain"


def test_a_gap_is_the_difference_of_the_rounded_values():
    mayors, leaders = cell(value=0.8661), cell(value=0.8049, audience="entreprises")
    gap = gap_of(mayors, leaders, value=0.0612, low=0.031, high=0.091)

    (public,) = leave(mayors, leaders, gaps=[gap]).gaps

    assert (public.value, public.verdict) == (7, "higher")
    assert public.low <= 3
    assert public.high >= 10


def test_the_verdict_is_that_of_the_exact_interval_and_an_end_at_0_is_said_excluded():
    mayors, leaders = cell(value=0.55), cell(value=0.50, audience="entreprises")
    # Computed, the gap is real by a hair; what may be shown of its interval reaches further.
    gap = gap_of(mayors, leaders, value=0.05, low=0.004, high=0.096)

    (public,) = leave(mayors, leaders, gaps=[gap]).gaps
    assert (public.low, public.verdict, public.excludes_zero) == (0, "higher", True)

    (turned,) = leave(mayors, leaders, gaps=[gap_of(leaders, mayors, value=-0.05, low=-0.096, high=-0.004)]).gaps
    assert (turned.high, turned.verdict, turned.excludes_zero) == (0, "lower", True)


def test_an_undecided_gap_always_holds_0():
    mayors, leaders = cell(value=0.6), cell(value=0.5, audience="entreprises")

    (public,) = leave(mayors, leaders, gaps=[gap_of(mayors, leaders, value=0.1, low=-0.001, high=0.2)]).gaps

    assert public.low <= 0 <= public.high
    assert (public.verdict, public.excludes_zero) == ("undecided", False)


def test_a_gap_that_rounding_has_erased_is_not_said_to_exist():
    mayors, leaders = cell(value=0.503), cell(value=0.497, audience="entreprises")

    (public,) = leave(mayors, leaders, gaps=[gap_of(mayors, leaders, value=0.006, low=0.001, high=0.011)]).gaps

    assert (public.value, public.verdict, public.low <= 0 <= public.high) == (0, "undecided", True)


def test_a_gap_never_passes_what_its_scale_allows():
    a, b = cell(n=30, value=0.86, effective=30), cell(n=30, value=0.14, effective=30, audience="entreprises")
    (public,) = leave(a, b, gaps=[gap_of(a, b, value=0.72, low=0.4, high=1.06)]).gaps
    assert public.high == 100

    notes = {"innovation": indicator(unit="note_10")}
    c = cell(n=60, value=9.0, kind="mean", audience="citoyens")
    d = cell(n=60, value=1.0, kind="mean", audience="entreprises")
    (public,) = leave(c, d, gaps=[gap_of(c, d, value=8, low=5.6, high=10.4)], indicators=notes).gaps
    assert (public.low, public.high) == (5, 10)


def test_the_interval_of_a_gap_always_holds_the_gap_that_is_shown():
    a, b = cell(n=60, value=0.524, effective=60), cell(n=60, value=0.526, effective=60, audience="entreprises")
    gap = gap_of(a, b, value=-0.002, low=-0.003, high=0.001)

    (public,) = leave(a, b, gaps=[gap]).gaps

    assert public.low <= public.value <= public.high


def test_a_gap_with_a_hidden_or_banded_side_is_hidden():
    for small in (cell(n=5, audience="entreprises"), cell(n=20, audience="entreprises")):
        mayors = cell()
        (public,) = leave(mayors, small, gaps=[gap_of(mayors, small, value=0.1, low=0.05, high=0.15)]).gaps
        assert (public.verdict, public.value, public.low) == ("hidden", None, None)


def test_a_gap_that_is_not_shown_says_why():
    mayors = cell()
    sides = {
        "protected": cell(n=5, audience="entreprises"),
        "banded": cell(n=20, audience="entreprises"),
        "no_data": cell(n=0, audience="entreprises"),
        "not_asked": cell(n=0, asked=False, audience="entreprises"),
    }
    for state, other in sides.items():
        (public,) = leave(mayors, other, gaps=[gap_of(mayors, other, value=0.1, low=0.05, high=0.15)]).gaps
        assert public.state == state


def test_no_verdict_without_a_margin():
    a, b = cell(value=0.9), cell(value=0.1, audience="entreprises", margin="none")

    (public,) = leave(a, b, gaps=[gap_of(a, b, value=0.8, low=0.7, high=0.9, margin="none")]).gaps

    assert (public.verdict, public.value, public.low) == ("undecided", 80, None)


def test_two_censuses_are_told_apart_without_a_margin():
    a, b = cell(value=0.9, margin="none"), cell(value=0.1, audience="entreprises", margin="none")
    found = gap_of(a, b, value=0.8, low=0.8, high=0.8, margin="none")
    exact = replace(found, gap=replace(found.gap, interval=replace(found.gap.interval, method="census")))

    (public,) = leave(a, b, gaps=[exact]).gaps

    # Two values rounded to 1: their gap is known to 1.
    assert (public.verdict, public.value, public.low, public.high, public.margin) == ("higher", 80, 79, 81, "none")


def test_the_same_cells_in_another_order_give_the_same_decisions():
    cells = [cell(n=313), cell("11", n=200), cell("24", n=100), cell("94", n=4), cell("53", n=9)]

    assert leave(*cells) == leave(*reversed(cells))


def test_the_keys_of_hidden_cells_are_told_apart_from_those_of_the_whole():
    assert key("94").id == "innovation.maires.impact.region-94"
    assert key().id == "innovation.maires.impact.ensemble"
