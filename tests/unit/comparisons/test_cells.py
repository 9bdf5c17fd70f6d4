"""The cells of a table are estimates like the others, whatever the design."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from alliage.comparisons import independence, t_test
from alliage.estimates import Design, share
from alliage.weights import calibrate, make_margin

N = 120


@pytest.fixture(scope="module")
def answers():
    draw = np.random.default_rng(17)
    town = np.sort(draw.integers(0, 24, N))
    return pa.table(
        {
            "a": draw.choice(["x", "y", "z"], N).tolist(),
            "b": draw.choice(["oui", "non", None], N, p=[0.5, 0.4, 0.1]).tolist(),
            "g": draw.choice(["nord", "sud"], N).tolist(),
            "income": draw.integers(10, 90, N),
            "w": draw.uniform(10, 20, N),
            "town": town,
            "stratum": town // 6,
        }
    )


def calibrated(answers):
    """On a margin of categories and a total of numbers."""
    weight, income = np.array(answers["w"]), np.array(answers["income"])
    north = np.array(answers["g"].to_pylist()) == "nord"
    margins = [
        make_margin("g", {"nord": float(weight[north].sum() * 1.1), "sud": float(weight[~north].sum() * 0.95)}),
        make_margin("income", float(weight @ income * 1.02)),
    ]
    made = calibrate(answers, margins, design_weight="w", method="linear")
    return Design(weight="w", strata="stratum", clusters="town").bind(answers, calibration=made.calibration)


DESIGNS = {
    "stratified clusters": lambda answers: Design(weight="w", strata="stratum", clusters="town").bind(answers),
    "calibrated on numbers": calibrated,
    "jackknife": lambda answers: Design(weight="w", strata="stratum", clusters="town", replicates="JKn").bind(answers),
}


@pytest.mark.parametrize("design", DESIGNS)
def test_every_cell_is_the_share_of_those_in_it(answers, design):
    plan = DESIGNS[design](answers)
    both = [
        None if b is None else f"{a} {b}"
        for a, b in zip(answers["a"].to_pylist(), answers["b"].to_pylist(), strict=True)
    ]
    wanted = share({"both": both}, "both", design=plan, by=())

    [found] = independence(answers, "a", "b", design=plan)

    here = {f"{cell.row} {cell.column}": cell for cell in found.cells}
    for name, value, error in zip(wanted.answers, wanted.column("value"), wanted.column("standard_error"), strict=True):
        assert here[name].share == pytest.approx(value, rel=1e-12)
        assert here[name].standard_error == pytest.approx(error, rel=1e-10)
    assert found.n == sum(one is not None for one in both)


@pytest.mark.parametrize("design", DESIGNS)
def test_a_table_with_many_units_is_counted_as_one_with_few(answers, design, monkeypatch):
    plan = DESIGNS[design](answers)
    counted = independence(answers, "a", "b", design=plan, by="g")
    monkeypatch.setattr("alliage.comparisons.cells.SMALL", -(10**9))

    grouped = independence(answers, "a", "b", design=plan, by="g")

    assert [one.statistic for one in grouped] == pytest.approx([one.statistic for one in counted], rel=1e-12)
    assert [one.n for one in grouped] == [one.n for one in counted]


def test_what_calibration_knows_is_without_error(answers):
    plan = calibrated(answers)

    [found] = independence(answers, "g", "g", design=plan)

    assert [cell.standard_error for cell in found.cells if cell.row == cell.column] == [0.0, 0.0]
    assert found.warnings == ("comparisons.no_variance",)


def test_a_mean_known_without_error_is_not_tested(answers):
    [found] = t_test(answers, "income", design=calibrated(answers))

    assert found.effect.standard_error == 0.0
    assert found.warnings == ("comparisons.no_variance",)
