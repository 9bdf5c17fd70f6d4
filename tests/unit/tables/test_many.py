"""Many estimates asked together: those of the calls one by one, in a handful of readings."""

from __future__ import annotations

from itertools import product

import numpy as np
import pyarrow as pa
import pytest

from alliage import Design
from alliage.estimates import Request, estimate_many, mean, ratio, share, total
from alliage.estimates import many as module
from alliage.tables import open_table

FIGURES = ("value", "standard_error", "low95", "n", "n_missing", "n_effective", "weight_sum", "deff", "df")


def answers(rows=400, questions=6):
    rng = np.random.default_rng(11)
    columns = {
        "w": rng.uniform(0.5, 3, rows),
        "h": rng.integers(0, 3, rows),
        "psu": rng.integers(0, 40, rows),
        "region": rng.choice(["nord", "sud", ""], rows),
        "sex": rng.choice(["f", "h"], rows),
        "age": rng.integers(0, 4, rows).astype(float),
        "income": np.where(rng.random(rows) < 0.1, np.nan, rng.lognormal(7, 1, rows)),
        "rooms": rng.integers(1, 6, rows),
    }
    columns |= {f"q{rank}": rng.choice(["oui", "non", "nsp", ""], rows) for rank in range(questions)}
    columns["psu"] = columns["psu"] * 3 + columns["h"]
    return pa.table(columns)


DESIGNS = {
    "clusters": Design(weight="w", strata="h", clusters="psu", lonely="remove"),
    "rows": Design(weight="w", strata="h"),
}
REQUESTS = (
    Request("share", "q0", by="region"),
    Request("mean", "income", by=("region", "sex")),
    Request("share", "q1", of=("oui", "non"), base_excludes="nsp", by="region"),
    Request("ratio", "income", over="rooms", by="sex"),
    Request("mean", ("rooms", "income"), by=("region", "sex")),
    Request("total", "rooms"),
    Request("mean", "rooms", missing=("3",), by="age"),
    Request("ratio", "rooms", over="income", by="sex"),
)


def one_by_one(rows, design):
    return [
        share(rows, "q0", design=design, by="region"),
        mean(rows, "income", design=design, by=("region", "sex")),
        share(rows, "q1", ("oui", "non"), design=design, base_excludes="nsp", by="region"),
        ratio(rows, "income", "rooms", design=design, by="sex"),
        mean(rows, ["rooms", "income"], design=design, by=("region", "sex")),
        total(rows, "rooms", design=design),
        mean(rows, "rooms", design=design, missing="3", by="age"),
        ratio(rows, "rooms", "income", design=design, by="sex"),
    ]


@pytest.mark.parametrize("design", DESIGNS.values(), ids=DESIGNS)
@pytest.mark.parametrize("widest", [500, 7])
def test_requests_made_together_are_the_calls_made_one_by_one(design, widest, monkeypatch):
    monkeypatch.setattr(module, "WIDEST", widest)
    rows = answers()

    together = estimate_many(open_table(rows, small=0), REQUESTS, design=design)

    for made, wanted in zip(together, one_by_one(rows, design), strict=True):
        assert made.to_arrow(figures=()).equals(wanted.to_arrow(figures=()))
        for name in FIGURES:
            np.testing.assert_allclose(made.column(name), wanted.column(name), rtol=1e-12, err_msg=name)


def test_rows_in_memory_take_the_same_requests():
    rows, design = answers(), DESIGNS["clusters"]

    for made, wanted in zip(estimate_many(rows, REQUESTS, design=design), one_by_one(rows, design), strict=True):
        np.testing.assert_array_equal(made.column("value"), wanted.column("value"))


def test_sixty_questions_by_every_zoning_and_audience_are_read_in_five_scans():
    rows = answers(rows=200, questions=60)
    opened = open_table(rows, small=0)
    crossings = list(product(["region", "h", "rooms"], ["sex", "age"]))

    made = estimate_many(
        opened,
        [Request("share", f"q{rank}", of="oui", by=by) for by in crossings for rank in range(60)],
        design=DESIGNS["clusters"],
    )

    assert len(made) == 360
    # How many rows, the weights, the units, the answers of the columns, the cells.
    assert opened.scans == 5
    np.testing.assert_allclose(
        made[-1].column("standard_error"),
        share(rows, "q59", "oui", design=DESIGNS["clusters"], by=crossings[-1]).column("standard_error"),
        rtol=1e-12,
    )
