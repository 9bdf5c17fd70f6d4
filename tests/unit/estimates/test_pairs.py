"""Many differences of few estimates, from one covariance matrix: the same as one by one."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from alliage.estimates import Design, compare, mean, pooling, share
from alliage.weights import make_margin, rake

FIGURES = ("value", "standard_error", "df", "p_value")


def answers(seed: int = 4, rows: int = 600) -> pa.Table:
    rng = np.random.default_rng(seed)
    town = rng.integers(0, 40, rows)
    sex = rng.choice(["f", "h"], rows)
    return pa.table(
        {
            "town": town,
            "stratum": town % 4,
            "size": (10 + town % 4).astype(float),
            "sex": sex,
            "group": rng.choice([f"g{rank}" for rank in range(9)], rows),
            "note": 1e6 + rng.normal(0, 1, rows) + town,
            "copy": sex,
            "w": rng.uniform(0.5, 2, rows) * (rng.random(rows) > 0.1),
        }
    )


def both_ways(monkeypatch: pytest.MonkeyPatch, ask) -> tuple[pa.Table, pa.Table]:  # type: ignore[no-untyped-def]
    fast = ask().to_arrow()
    monkeypatch.setattr(pooling, "FEW", 0)
    return fast, ask().to_arrow()


@pytest.mark.parametrize(
    "design",
    [
        Design(weight="w", strata="stratum", clusters="town"),
        Design(weight="w"),
        Design(weight="w", strata="group", clusters="town", nest=True, lonely="adjust"),
    ],
    ids=["clusters", "rows", "lonely adjust"],
)
def test_pairs_of_groups(monkeypatch: pytest.MonkeyPatch, design: Design):
    bound = design.bind(answers())

    fast, slow = both_ways(monkeypatch, lambda: compare(mean(answers(), "note", design=bound, by="group")))

    assert fast.num_rows == 36
    for name in FIGURES:
        np.testing.assert_allclose(fast[name].to_numpy(), slow[name].to_numpy(), rtol=1e-9, err_msg=name)


def test_pairs_under_calibrated_weights(monkeypatch: pytest.MonkeyPatch):
    table = answers()
    weights = rake(table, [make_margin("sex", {"f": 700.0, "h": 650.0})], design_weight="w")
    bound = Design(weight="w", strata="stratum", clusters="town").bind(table, calibration=weights.calibration)

    fast, slow = both_ways(monkeypatch, lambda: compare(share(table, "sex", "f", design=bound, by="group")))

    for name in FIGURES:
        np.testing.assert_allclose(fast[name].to_numpy(), slow[name].to_numpy(), rtol=1e-9, err_msg=name)


def test_two_estimates_that_vary_together_differ_by_exactly_nothing(monkeypatch: pytest.MonkeyPatch):
    table = answers()
    bound = Design(weight="w", strata="stratum", clusters="town").bind(table)
    parts = share(table, "sex", "f", design=bound, by="group")
    again = share(table, "copy", "f", design=bound, by="group")
    pool = pooling.pooled((parts.part(), again.part()))
    pairs = pooling.sums_of(np.concatenate([np.eye(9), -np.eye(9)], axis=1).repeat(4, axis=0))

    variance, _ = pool.spread(pairs)

    assert (variance == 0).all()
