"""Replicates: made from a design or come with the file, each estimate is made again and its spread is the margin."""

from __future__ import annotations

import json
from dataclasses import replace
from math import fsum, isnan, sqrt

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliage import Design, contrast, mean, ratio, share, total
from alliage.estimates.influences import covariance_of_rows, degrees_of_freedom
from alliage.estimates.replicates.exporting import export_replicates
from alliage.estimates.replicates.sets import Drawn, Given, Jackknife, degrees_within, weights_of, with_replicates
from alliage.problems import Problem
from alliage.tables import open_table
from alliage.weights import make_margin, poststratify
from tables import table

PAIRS = table("""
    | h | psu | w | g | y  | x |
    | a | 1   | 2 | f | 3  | 1 |
    | a | 1   | 3 | h | 1  | 2 |
    | a | 2   | 2 | f | 8  | 1 |
    | b | 3   | 5 | h | 2  | 4 |
    | b | 4   | 1 | f | 7  | 2 |
    | b | 4   | 2 | h | 5  | 1 |
    | c | 5   | 4 | f | 4  | 3 |
    | c | 6   | 3 | h | 6  | 2 |
    | c | 6   | 0 | f | 9  | 2 |
""")
MADE = ("JKn", "BRR", "Fay", "SDR", "bootstrap", "canty_davison", "preston")
RANDOM = ("bootstrap", "canty_davison", "preston")


def made(kind, **declared):
    """A design of strata h and clusters psu, with what its kind of replicates asks for."""
    usual = {"weight": "w", "strata": "h", "clusters": "psu", "replicates": kind}
    if kind == "Fay":
        usual["fay_rho"] = 0.3
    if kind in RANDOM:
        usual |= {"seed": 7, "replicate_count": 12}
    return Design(**usual | declared)


@st.composite
def surveys(draw):
    """Two to four strata of two or four units of one to three people, some of whom weigh nothing or do not answer."""
    rows = []
    for stratum in range(draw(st.integers(2, 4))):
        for unit in range(draw(st.sampled_from([2, 4]))):
            for _ in range(draw(st.integers(1, 3))):
                rows.append(
                    {
                        "h": f"h{stratum}",
                        "psu": f"{stratum}-{unit}",
                        "N": 6,
                        "w": draw(st.one_of(st.just(0.0), st.floats(0.1, 50))),
                        "y": draw(st.one_of(st.none(), st.integers(-5, 5).map(float), st.floats(999_990, 1_000_010))),
                        "z": draw(st.one_of(st.none(), st.just(0.1), st.floats(0, 1))),
                        "d": draw(st.sampled_from("ab")),
                    }
                )
    return rows


def again(rows, weight, kind, name, domain):
    """The estimate under one replicate weight, in a loop; nan where nobody weighs."""
    base = [(w, row[name]) for w, row in zip(weight, rows, strict=True) if row["d"] == domain and row[name] is not None]
    size = fsum(w for w, _ in base)
    if kind == "total":
        return fsum(w * y for w, y in base)
    return fsum(w * y for w, y in base) / size if size else float("nan")


def spread(replicas, value, replicates):
    """R's `svrVar` in a loop."""
    kept = [(t, r) for t, r in zip(replicas, replicates.rscales, strict=True) if not isnan(t)]
    counted = [t for t, r in kept if r > 0]
    centre = value if replicates.mse else value + fsum(t - value for t in counted) / max(len(counted), 1)
    return sqrt(replicates.scale * fsum(r * (t - centre) ** 2 for t, r in kept)) if kept else float("nan")


@settings(max_examples=30, deadline=None, derandomize=True)
@given(
    rows=surveys(),
    design=st.sampled_from(MADE),
    kind=st.sampled_from(["mean", "total"]),
    mse=st.booleans(),
    fpc=st.booleans(),
)
def test_standard_errors_are_the_spread_of_the_estimate_made_again_under_each_weight(rows, design, kind, mse, fpc):
    if not any(row["w"] > 0 for row in rows):
        return
    answers = pa.table({name: [row[name] for row in rows] for name in rows[0]})
    correction = "N" if fpc and design not in {"BRR", "Fay"} else ()
    bound = made(design, mse=mse, fpc=correction).bind(answers)
    weights = weights_of(bound)

    found = (mean if kind == "mean" else total)(answers, ["y", "z"], design=bound, by="d")

    for estimate, name in zip(found, found.variables, strict=True):
        if isnan(estimate.value):
            continue
        replicas = [again(rows, weight, kind, name, estimate.domain["d"]) for weight in weights.T]
        # What the loop's own rounding leaves: a figure around a million has ten digits after it.
        size = max(abs(row[name]) for row in rows if row[name] is not None)
        size *= 1 if kind == "mean" else sum(row["w"] for row in rows)
        expected = spread(replicas, estimate.value, bound.replicates)
        assert estimate.standard_error == pytest.approx(expected, rel=1e-9, abs=1e-12 * size, nan_ok=True)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(data=st.data(), sizes=st.lists(st.integers(1, 4), min_size=1, max_size=4))
def test_the_jackknife_without_a_matrix_is_the_one_with_a_matrix(data, sizes):
    stratum = np.repeat(np.arange(len(sizes)), sizes)
    removing = np.array([size > 1 and data.draw(st.booleans()) for size in sizes])
    jackknife = Jackknife(stratum, np.array(sizes, dtype=float), removing)
    factors = jackknife.block(0, jackknife.count)
    index = np.array(sorted(data.draw(st.sets(st.integers(0, len(stratum) - 1), min_size=1))))
    values = np.linspace(-1, 3, 2 * len(index)).reshape(-1, 2) ** 3

    assert jackknife.sums(index, values) == pytest.approx(factors[index].T @ values)
    if jackknife.count:
        assert jackknife.rank(index) == np.linalg.matrix_rank(factors[index])


@pytest.mark.parametrize("kind", MADE)
def test_factors_added_up_are_those_written_out(kind):
    factors = made(kind).bind(PAIRS).replicates.factors
    index, values = np.array([0, 2, 3, 5]), np.arange(8.0).reshape(4, 2)

    written = factors.block(0, factors.count)

    assert factors.sums(index, values) == pytest.approx(written[index].T @ values)
    assert factors.rank(index) == np.linalg.matrix_rank(written[index])
    assert factors.block(1, 3) == pytest.approx(written[:, 1:3])


def test_half_samples_in_full_balance_give_a_total_its_taylor_error():
    taylor = total(PAIRS, "y", design=Design(weight="w", strata="h", clusters="psu"))[0]

    for kind in ("BRR", "Fay", "JKn"):
        assert total(PAIRS, "y", design=made(kind))[0].standard_error == pytest.approx(taylor.standard_error, rel=1e-14)


def test_a_stratum_of_four_units_is_two_pairs_that_follow_each_other_in_the_file():
    answers = {"h": [*"aaaabb"], "psu": [4, 3, 2, 1, 5, 6], "w": [1.0] * 6, "y": [1.0, 5.0, 2.0, 2.0, 0.0, 0.0]}

    found = total(answers, "y", design=made("BRR"))[0]

    assert found.standard_error == pytest.approx(4.0)  # (5 - 1)^2 + (2 - 2)^2


def test_successive_differences_are_squared_in_a_circle_in_each_stratum():
    rng = np.random.default_rng(5)
    answers = {"h": [*"aaaaabbb"], "psu": [*"31524678"], "N": [10] * 5 + [4] * 3, "w": [1.0] * 8}
    y = answers["y"] = rng.normal(size=8).tolist()

    found = total(answers, "y", design=made("SDR", fpc="N", replicate_count=12))[0]

    circle = [(y[i] - y[(i + 1) % 5]) ** 2 for i in range(5)], [(y[5 + i] - y[5 + (i + 1) % 3]) ** 2 for i in range(3)]
    assert found.standard_error**2 == pytest.approx(0.5 / 2 * sum(circle[0]) + 0.25 / 2 * sum(circle[1]))


def test_more_units_than_rows_of_the_matrix_still_all_vary():
    rng = np.random.default_rng(5)
    # The last of 96 units closes the circle on the row of the first, of 19.
    answers = {"psu": list(range(96)), "w": [1.0] * 96, "y": rng.normal(size=96).tolist()}

    bound = Design(weight="w", clusters="psu", replicates="SDR", replicate_count=20).bind(answers)

    assert (np.ptp(bound.replicates.factors.block(0, 20), axis=1) > 0).all()
    taylor = total(answers, "y", design=Design(weight="w", clusters="psu"))[0].standard_error
    assert total(answers, "y", design=bound)[0].standard_error == pytest.approx(taylor, rel=0.3)


TWO_STAGES = {
    "h": [h for h in "abc" for _ in range(18)],
    "psu": [f"{h}{u}" for h in "abc" for u in range(6) for _ in range(3)],
    "ssu": list(range(54)),
    "N": [n for n in (12, 30, 6) for _ in range(18)],
    "M": [7] * 54,
    "w": [1.0 + unit % 3 for unit in range(54)],
    "y": np.random.default_rng(3).gamma(2, 3, 54).tolist(),
}


@pytest.mark.parametrize(
    ("kind", "declared"),
    [
        ("bootstrap", {}),
        ("bootstrap", {"fpc": "N"}),
        ("canty_davison", {}),
        ("canty_davison", {"fpc": "N"}),
        ("preston", {}),
        ("preston", {"fpc": "N"}),
        ("preston", {"clusters": ("psu", "ssu"), "fpc": ("N", "M")}),
    ],
)
def test_a_bootstrap_finds_the_taylor_error_of_a_total_on_average(kind, declared):
    wanted = total(TWO_STAGES, "y", design=made("JKn", **declared, replicates=None))[0].standard_error

    found = total(TWO_STAGES, "y", design=made(kind, **declared, replicate_count=6000))[0].standard_error

    # The relative error of a standard error from R replicates is about 1 / sqrt(2 R): 0.9 % here. Drawing from copies
    # of the units (canty_davison, fpc) lacks (N - n) / (N - 1) against 1 - f.
    assert found == pytest.approx(wanted, rel=0.03 if (kind, "fpc" in declared) != ("canty_davison", True) else 0.1)


def test_a_stratum_taken_whole_keeps_its_weight_at_the_first_stage_and_varies_at_the_second():
    design = made("preston", clusters=("psu", "ssu"), fpc=("N", "M"), replicate_count=4)
    factors = design.bind(TWO_STAGES).replicates.factors.block(0, 4)
    alone = {"h": [*"aaab"], "psu": [1, 1, 1, 2], "ssu": [1, 2, 3, 4], "N": [1, 1, 1, 1], "M": [7, 7, 7, 1]}
    of_one = design.bind(alone | {"w": [1.0] * 4}).replicates.factors.block(0, 4)
    first_stage = made("bootstrap", fpc="N").bind(TWO_STAGES).replicates.factors.block(0, 12)

    assert (first_stage[12:] == 1).all()
    assert (factors[np.array(TWO_STAGES["N"]) == 6] != 1).any(axis=0).all()
    assert (np.ptp(of_one[:3], axis=0) > 0).all()
    assert (of_one[3] == 1).all()


def test_a_population_that_units_do_not_divide_is_made_of_unequal_copies():
    small = {"w": [1.0] * 6, "N": [8] * 6}

    factors = made("canty_davison", strata=(), clusters=(), fpc="N").bind(small).replicates.factors.block(0, 12)

    assert (factors.sum(axis=0) == 6).all()
    assert set(factors.ravel().tolist()) == {0.0, 1.0, 2.0}


@pytest.mark.parametrize("kind", RANDOM)
def test_the_same_seed_draws_the_same_replicates_whatever_the_order_of_rows(kind):
    there = np.arange(PAIRS.num_rows)[::-1]

    one, other = weights_of(made(kind).bind(PAIRS)), weights_of(made(kind).bind(PAIRS.take(there)))

    assert (one == other[there]).all()
    assert not (one == weights_of(made(kind, seed=8).bind(PAIRS))).all()


def test_weights_come_in_blocks():
    bound = made("bootstrap").bind(PAIRS)

    assert (np.column_stack([weights_of(bound, 0, 5), weights_of(bound, 5, 12)]) == weights_of(bound)).all()


@pytest.mark.parametrize("kind", MADE)
def test_a_contrast_is_the_difference_made_again(kind):
    bound = made(kind).bind(PAIRS)
    found = mean(PAIRS, "y", design=bound, by="g")

    gap = contrast(found, found, rank_a=0, rank_b=1)

    away = found.made.replicas[:, 0, 0] - found.made.replicas[:, 1, 0]
    expected = spread(away, gap.value, bound.replicates)
    assert gap.standard_error == pytest.approx(expected, rel=1e-12)
    assert gap.df == bound.replicates.df


def test_ratios_and_shares_are_made_again_too():
    bound = made("JKn").bind(PAIRS)
    y, x, w = (np.array(PAIRS[name]) for name in ("y", "x", "w"))
    weights = weights_of(bound)

    over = [float((weight * y).sum() / (weight * x).sum()) for weight in weights.T]
    part = [float(weight[np.array(PAIRS["g"]) == "f"].sum() / weight.sum()) for weight in weights.T]

    assert ratio(PAIRS, "y", "x", design=bound)[0].standard_error == pytest.approx(
        spread(over, (w * y).sum() / (w * x).sum(), bound.replicates)
    )
    assert share(PAIRS, "g", "f", design=bound)[0].standard_error == pytest.approx(
        spread(part, w[np.array(PAIRS["g"]) == "f"].sum() / w.sum(), bound.replicates)
    )


def test_a_domain_in_one_unit_has_no_error_and_says_that_replicates_lack_it():
    answers = {"psu": [1, 1, 2, 3], "w": [1.0, 2.0, 3.0, 4.0], "y": [0.1, 0.7, 1.3, 2.0], "g": [*"aabb"]}

    alone, others = mean(answers, "y", design=Design(weight="w", clusters="psu", replicates="JK1"), by="g")

    assert (alone.standard_error, alone.df) == (0.0, 0.0)
    assert "estimates.replicates_lost" in alone.warnings
    assert "estimates.replicates_lost" not in others.warnings


def test_a_domain_that_no_replicate_reaches_has_no_margin():
    answers = {"w": [1.0, 1.0, 1.0], "y": [1.0, 2.0, 3.0], "g": [*"aab"], "r1": [2.0, 1.0, 0.0], "r2": [1.0, 2.0, 0.0]}

    found = mean(answers, "y", design=given_design(replicates="bootstrap"), by="g")

    assert (found[1].value, isnan(found[1].standard_error)) == (3.0, True)
    assert isnan(contrast(found, found, rank_a=0, rank_b=1).standard_error)


def test_where_everyone_answers_alike_the_error_is_nothing_to_the_last_digit():
    answers = PAIRS.append_column("same", pa.array([0.1] * PAIRS.num_rows))

    for kind in MADE:
        assert mean(answers, "same", design=made(kind), by="g").column("standard_error").tolist() == [0.0, 0.0]


def test_a_domain_where_everyone_answers_alike_has_no_error_far_from_the_others_either():
    answers = {"psu": [1, 2, 3, 1, 2, 3], "w": [0.3, 0.7, 0.9] * 2, "y": [0.1] * 3 + [1e6, 2e6, 3e6], "g": [*"aaabbb"]}

    for kind in ("JK1", "SDR", "bootstrap"):
        alike, _ = mean(answers, "y", design=made(kind, strata=()), by="g")
        assert alike.standard_error == 0.0
    answers |= {"r1": [0.1, 0.2, 0.3] * 2, "r2": [0.3, 0.3, 0.7] * 2}
    assert mean(answers, "y", design=given_design(replicates="BRR"), by="g")[0].standard_error == 0.0


def given_design(**declared):
    return Design(**{"weight": "w", "replicate_weights": "r*"} | declared)


def test_columns_of_replicate_weights_are_found_by_their_pattern_or_one_by_one():
    answers = {"w": [1.0, 2.0, 4.0], "y": [1.0, 2.0, 6.0], "r1": [2.0, 2, 3], "r2": [0.0, 3, 4], "r3": [1.0, 1, 5]}

    by_pattern = mean(answers, "y", design=given_design(replicates="bootstrap"))[0]
    named = mean(answers, "y", design=given_design(replicates="bootstrap", replicate_weights=["r3", "r1", "r2"]))[0]
    two = mean(answers, "y", design=given_design(replicates="bootstrap", replicate_weights=("r1", "r2")))[0]

    replicas = [24 / 7, 30 / 7, 33 / 7]
    assert by_pattern.standard_error == pytest.approx(np.std(replicas, ddof=1))
    assert named.standard_error == pytest.approx(by_pattern.standard_error, rel=1e-14)
    assert two.standard_error == pytest.approx(np.std(replicas[:2], ddof=1))
    assert by_pattern.method == "replicates (bootstrap)"


def test_factors_that_come_with_the_file_multiply_the_weight():
    answers = {"w": [1.0, 2.0, 4.0], "y": [1.0, 2.0, 6.0], "r1": [2.0, 1.0, 0.75], "r2": [0.0, 1.5, 1.0]}
    whole = answers | {"r1": [2.0, 2.0, 3.0], "r2": [0.0, 3.0, 4.0]}

    factors = mean(answers, "y", design=given_design(replicates="BRR", combined=False))[0]

    assert factors.standard_error == mean(whole, "y", design=given_design(replicates="BRR"))[0].standard_error


@pytest.mark.parametrize(
    ("declared", "scale", "rscales"),
    [
        ({"replicates": "BRR"}, 1 / 3, [1, 1, 1]),
        ({"replicates": "Fay", "fay_rho": 0.5}, 4 / 3, [1, 1, 1]),
        ({"replicates": "SDR"}, 4 / 3, [1, 1, 1]),
        ({"replicates": "ACS"}, 4 / 3, [1, 1, 1]),
        ({"replicates": "JK2"}, 1, [1, 1, 1]),
        ({"replicates": "JK1"}, 2 / 3, [1, 1, 1]),
        ({"replicates": "JK1", "scale": 0.9}, 0.9, [1, 1, 1]),
        ({"replicates": "bootstrap"}, 1 / 2, [1, 1, 1]),
        ({"replicates": "JKn", "rscales": [0.5, 0.6, 0.7]}, 1, [0.5, 0.6, 0.7]),
        ({"replicates": "JKn", "combined": False}, 1, [1 / 2, 1 / 2, 1 / 4]),
        ({"replicates": "other", "scale": 2, "rscales": 0.5}, 2, [0.5, 0.5, 0.5]),
    ],
)
def test_each_kind_that_comes_with_the_file_has_its_scale(declared, scale, rscales):
    answers = {"w": [1.0, 1.0], "r1": [2.0, 0.0], "r2": [0.0, 2.0], "r3": [4.0, 1.0]}

    replicates = given_design(**declared).bind(answers).replicates

    assert replicates.scale == pytest.approx(scale)
    assert replicates.rscales == pytest.approx(rscales)


@pytest.mark.parametrize(
    ("kind", "fpc"), [*((kind, ()) for kind in MADE), ("JKn", "N"), ("SDR", "N"), ("bootstrap", "N")]
)
def test_replicates_given_away_are_read_back(kind, fpc):
    answers = PAIRS.append_column("N", pa.array([9] * 3 + [3] * 3 + [4] * 3))
    bound = made(kind, fpc=fpc).bind(answers)
    weights, declared = export_replicates(bound)
    given_away = weights.append_column("y", answers["y"]).append_column("g", answers["g"])

    here, there = mean(answers, "y", design=bound, by="g"), mean(given_away, "y", design=declared, by="g")

    assert there.column("standard_error") == pytest.approx(here.column("standard_error"), rel=1e-12)
    assert there.column("df").tolist() == here.column("df").tolist()
    told = Design(**json.loads(weights.schema.metadata[b"design"]))
    assert replace(told, rscales=tuple(told.rscales)) == declared


@pytest.mark.parametrize("asked", [export_replicates, lambda design: with_replicates(design, np.sum)])
def test_a_design_without_replicates_has_none_to_give(asked):
    with pytest.raises(Problem) as problem:
        asked(Design(weight="w").bind(PAIRS))

    assert problem.value.code == "estimates.no_replicates"


def test_any_statistic_of_the_weights_has_its_covariance():
    bound, y = made("JKn").bind(PAIRS), np.array(PAIRS["y"])

    value, covariance = with_replicates(bound, lambda w: [w @ y, w @ y / w.sum()])

    told = [total(PAIRS, "y", design=bound)[0], mean(PAIRS, "y", design=bound)[0]]
    assert value == pytest.approx([one.value for one in told])
    assert np.sqrt(np.diag(covariance)) == pytest.approx([one.standard_error for one in told])


@pytest.mark.parametrize("kind", ["JKn", "bootstrap"])
def test_a_calibrated_design_calibrates_every_replicate(kind):
    known = {"f": 20.0, "h": 30.0}
    calibration = poststratify(PAIRS, make_margin("g", known), design_weight="w").calibration

    bound = made(kind).bind(PAIRS, calibration=calibration)

    for weight in weights_of(bound).T:
        held = {group: weight[np.array(PAIRS["g"]) == group].sum() for group in known}
        assert held == pytest.approx(known)
    answers = PAIRS.append_column("one", pa.array([1.0] * PAIRS.num_rows))
    assert total(answers, "one", design=made("JKn").bind(PAIRS, calibration=calibration))[0].standard_error < 1e-12


def test_degrees_of_freedom_are_those_of_the_units_of_the_domain():
    bound = made("JKn").bind(PAIRS)
    by_group = mean(PAIRS, "y", design=bound, by="g")
    here = np.array(PAIRS["g"]) == "f"

    assert bound.replicates.df == 3
    assert by_group[0].df == degrees_within(bound, here) == degrees_of_freedom(bound, here)


def test_the_rank_of_many_rows_is_found_before_they_are_all_read():
    rng = np.random.default_rng(0)
    weights = rng.normal(size=(50, 6))
    weights[:, 5] = weights[:, 0] + weights[:, 1]
    counts = rng.integers(0, 3, (50, 6))

    assert Given(weights).rank(np.arange(50)) == 5
    assert Given(weights[:, :5]).rank(np.arange(50)) == 5
    assert Given(weights).rank(np.arange(4)) == 4
    assert Drawn(counts, np.zeros(50), np.ones(50)).rank(np.arange(50)) == 6


ODD = {"h": [*"aaabb"], "psu": [1, 2, 3, 4, 5], "w": [1.0] * 5, "N": [9] * 5, "r1": [1.0] * 5, "r2": [2.0] * 5}


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ({"replicate_weights": "r*"}, "replicates_kind"),
        ({"replicate_weights": "r*", "replicates": "preston"}, "replicates_given"),
        ({"replicate_weights": "q*", "replicates": "BRR"}, "replicates_none"),
        ({"replicate_weights": "r1", "replicates": "BRR"}, "replicates_none"),
        ({"replicate_weights": ["r1", "q"], "replicates": "BRR"}, "no_column"),
        ({"replicate_weights": "r*", "replicates": "BRR", "strata": "h"}, "replicates_twice"),
        ({"replicate_weights": "r*", "replicates": "other"}, "replicates_scale"),
        ({"replicate_weights": "r*", "replicates": "JKn"}, "replicates_scale"),
        ({"replicate_weights": "r*", "replicates": "BRR", "scale": 1}, "replicates_option"),
        ({"replicate_weights": "r*", "replicates": "BRR", "seed": 1}, "replicates_option"),
        ({"replicate_weights": "r*", "replicates": "JKn", "rscales": [1, 1, 1]}, "replicates_rscales"),
        ({"replicate_weights": "r*", "replicates": "other", "scale": -1}, "replicates_negative"),
        ({"replicates": "other"}, "replicates_made"),
        ({"replicates": "JK1", "strata": "h", "clusters": "psu"}, "replicates_strata"),
        ({"replicates": "BRR", "clusters": "psu"}, "replicates_unstratified"),
        ({"replicates": "BRR", "strata": "h", "clusters": "psu"}, "replicates_odd"),
        ({"replicates": "BRR", "strata": "h", "clusters": "psu", "fpc": "N"}, "replicates_fpc"),
        ({"replicates": "BRR", "strata": "h", "fay_rho": 0.5}, "replicates_option"),
        ({"replicates": "Fay", "strata": "h"}, "fay_rho"),
        ({"replicates": "Fay", "strata": "h", "fay_rho": 1}, "fay_rho"),
        ({"replicates": "bootstrap"}, "replicates_seed"),
        ({"replicates": "bootstrap", "seed": -1}, "replicates_seed"),
        ({"replicates": "bootstrap", "seed": 1, "replicate_count": 1}, "replicate_count"),
        ({"replicates": "JKn", "replicate_count": 50}, "replicates_option"),
        ({"replicates": "JKn", "combined": False}, "replicates_option"),
    ],
)
def test_what_a_design_cannot_make_of_its_replicates_is_refused(declared, code):
    with pytest.raises(Problem) as problem:
        Design(**{"weight": "w"} | declared).bind(ODD)

    assert problem.value.code == f"estimates.{code}"


def test_an_empty_replicate_weight_is_named_by_its_row():
    answers = ODD | {"r2": [1.0, 1.0, float("nan"), 1.0, 1.0]}

    with pytest.raises(Problem) as problem:
        given_design(replicates="BRR").bind(answers)

    assert (problem.value.code, problem.value.values["row"]) == ("estimates.weight_missing", 3)


def test_a_lone_unit_is_moved_by_the_jackknife_only():
    answers = {"h": [*"aab"], "psu": [1, 2, 3], "w": [1.0] * 3, "y": [1.0, 2.0, 5.0]}

    with pytest.raises(Problem) as problem:
        made("bootstrap", lonely="adjust").bind(answers)
    assert problem.value.code == "estimates.replicates_lonely"

    still = made("bootstrap", lonely="remove").bind(answers).replicates.factors.block(0, 12)
    assert (still[2] == 1).all()


def test_replicates_that_would_not_move_are_refused():
    whole = {"h": [*"aabb"], "w": [1.0] * 4, "N": [2] * 4}

    with pytest.raises(Problem) as problem:
        Design(weight="w", strata="h", fpc="N", replicates="JKn").bind(whole)

    assert problem.value.code == "estimates.replicates_nothing"


@pytest.mark.parametrize("kind", ["JKn", "bootstrap", "canty_davison", "preston"])
def test_a_table_that_stays_in_its_engine_has_the_same_replicates(kind, tmp_path):
    pq.write_table(PAIRS, tmp_path / "pairs.parquet")
    there = open_table(str(tmp_path / "pairs.parquet"), small=0)
    design = made(kind)

    here, away = mean(PAIRS, ["y", "x"], design=design, by="g"), mean(there, ["y", "x"], design=design, by="g")

    assert away.made.design.table is not None
    assert away.column("standard_error") == pytest.approx(here.column("standard_error"), rel=1e-12)
    assert away.column("df").tolist() == here.column("df").tolist()
    gaps = [contrast(found, found, rank_a=0, rank_b=1) for found in (here, away)]
    assert gaps[1].standard_error == pytest.approx(gaps[0].standard_error, rel=1e-12)
    assert gaps[1].df == gaps[0].df


@pytest.mark.parametrize(
    "declared",
    [
        {"strata": "h", "clusters": "psu", "replicates": "BRR"},
        {"replicates": "bootstrap", "seed": 1},
        {"replicates": "BRR", "replicate_weights": "x*"},
    ],
)
def test_replicates_that_need_rows_are_refused_where_rows_stay_away(declared, tmp_path):
    pq.write_table(PAIRS, tmp_path / "pairs.parquet")

    with pytest.raises(Problem) as problem:
        Design(**{"weight": "w"} | declared).bind(open_table(str(tmp_path / "pairs.parquet"), small=0))

    assert problem.value.code == "estimates.replicates_pushed"


def test_row_weights_are_refused_where_rows_stay_away(tmp_path):
    pq.write_table(PAIRS, tmp_path / "pairs.parquet")

    with pytest.raises(Problem) as problem:
        weights_of(made("JKn").bind(open_table(str(tmp_path / "pairs.parquet"), small=0)))

    assert problem.value.code == "estimates.replicates_pushed"


@pytest.mark.parametrize("kind", ["JKn", "bootstrap"])
def test_the_covariance_of_given_influences_is_that_of_their_totals_under_each_weight(kind):
    bound = made(kind).bind(PAIRS)
    influence = np.column_stack([np.array(PAIRS["y"]) / 10, np.array(PAIRS["x"]) - 1.0])

    replicas = weights_of(bound).T @ influence

    expected = bound.replicates.covariance(replicas, bound.weight @ influence)
    assert covariance_of_rows(bound, influence) == pytest.approx(expected)
