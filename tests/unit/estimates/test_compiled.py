"""The compiled path against the plain one, its oracle: same figures, whatever the design, the items and the threads."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from alliage.estimates import Design, Estimates, compiled, mean, ratio, share, total

numba = pytest.importorskip("numba", reason="the extra `fast` is not installed")

FIGURES = ("value", "standard_error", "low95", "high95", "n", "n_missing", "n_effective", "weight_sum", "deff", "df")


def answers(seed: int, *, rows: int, towns: int, groups: int) -> pa.Table:
    """Rows with zero weights, missing answers, constant groups, people outside every group."""
    rng = np.random.default_rng(seed)
    town = rng.integers(0, towns, rows)
    note = np.where(rng.random(rows) < 0.1, np.nan, 1e6 + rng.normal(0, 2, rows))
    group = rng.integers(0, groups, rows)
    note[group == 0] = 4.5
    return pa.table(
        {
            "weight": rng.uniform(0.5, 2, rows) * (rng.random(rows) > 0.05),
            "town": town,
            "stratum": town % 3,
            "group": [None if value == groups - 1 else f"g{value}" for value in group],
            "note": note,
            "size": rng.integers(1, 9, rows).astype(float),
            "answer": rng.choice(["oui", "non", "", "ne sait pas"], rows),
        }
    )


def both(monkeypatch: pytest.MonkeyPatch, ask) -> tuple[Estimates, Estimates]:  # type: ignore[no-untyped-def]
    with monkeypatch.context() as patch:
        patch.setattr(compiled, "WORTHWHILE", 10**12)
        plain = ask()
        patch.setattr(compiled, "WORTHWHILE", 0)
        fast = ask()
        assert "totals" not in vars(fast.made)
    return plain, fast


def agree(plain: Estimates, fast: Estimates) -> None:
    assert len(plain) == len(fast)
    for name in FIGURES:
        here, there = plain.column(name), fast.column(name)
        np.testing.assert_allclose(there, here, rtol=1e-9, atol=0, err_msg=name)
    exact = plain.column("standard_error") == 0
    assert (fast.column("standard_error")[exact] == 0).all()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=some.integers(0, 10**6), rows=some.integers(40, 400), groups=some.integers(2, 9), clustered=some.booleans())
def test_same_as_the_plain_path(
    monkeypatch: pytest.MonkeyPatch, seed: int, rows: int, groups: int, clustered: bool
) -> None:
    table = answers(seed, rows=rows, towns=12, groups=groups)
    design = Design(weight="weight", strata="stratum", clusters="town" if clustered else (), lonely="remove")
    bound = design.bind(table)
    for ask in (
        lambda: mean(table, ["note", "size"], design=bound, by="group"),
        lambda: total(table, ["note", "size"], design=bound, by="group"),
        lambda: ratio(table, "note", "size", design=bound, by="group"),
        # Nobody is missing: another branch of the loop.
        lambda: mean(table, ["size", "town"], design=bound, by="group"),
        lambda: total(table, ["size", "town"], design=bound, by="group"),
        lambda: ratio(table, "size", "weight", design=bound, by="group"),
        lambda: share(table, "answer", design=bound, by="group", base_excludes="ne sait pas"),
    ):
        agree(*both(monkeypatch, ask))


def test_the_number_of_threads_changes_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    table = answers(3, rows=5_000, towns=60, groups=40)
    bound = Design(weight="weight", strata="stratum", clusters="town").bind(table)
    monkeypatch.setattr(compiled, "WORTHWHILE", 0)
    found = []
    for threads in range(1, numba.config.NUMBA_NUM_THREADS + 1):
        numba.set_num_threads(threads)
        made = mean(table, ["note", "size"], design=bound, by="group")
        found.append(made.column("standard_error").tobytes() + made.column("value").tobytes())
    assert len(set(found)) == 1


def test_a_contrast_makes_the_unit_totals_again(monkeypatch: pytest.MonkeyPatch) -> None:
    table = answers(5, rows=800, towns=30, groups=4)
    bound = Design(weight="weight", strata="stratum", clusters="town").bind(table)
    plain, fast = both(monkeypatch, lambda: mean(table, "size", design=bound, by="group"))
    np.testing.assert_array_equal(plain.made.influence(1, 0), fast.made.influence(1, 0))


@pytest.mark.parametrize("design", [Design(weight="weight", strata="stratum", lonely="adjust")])
def test_designs_it_does_not_cover_take_the_plain_path(monkeypatch: pytest.MonkeyPatch, design: Design) -> None:
    table = answers(5, rows=800, towns=30, groups=4)
    monkeypatch.setattr(compiled, "WORTHWHILE", 0)
    monkeypatch.setattr(compiled, "moments", None)
    assert len(mean(table, "size", design=design)) == 1
