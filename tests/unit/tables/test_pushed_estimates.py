"""Estimates of answers that stay in an engine: the same figures as in memory, the same refusals, few readings."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliage import Design, mean, ratio, share, total
from alliage.estimates.gaps import contrast
from alliage.problems import Problem
from alliage.tables import open_table
from tables import table

FIGURES = ("value", "standard_error", "low95", "high95", "n", "n_missing", "n_effective", "weight_sum", "deff", "df")

# Written as people write: spaces, empty cells, NA, numbers as text, a category that is a number, weights of zero.
AWKWARD = {
    "h": ["nord", "nord", "nord ", "sud", "sud", "sud", "sud", "nord", "sud", "nord"],
    "psu": [1, 1, 2, 3, 3, 4, 4, 2, 3, 1],
    "w": [1.0, 2.0, 0.0, 1.5, 2.5, 1.0, 3.0, 0.5, 0.0, 1.0],
    "note": ["3", " 4", "NA", "", "5.0", "1e1", "99", "7", "2", None],
    "size": [1.0, None, 2.0, 3.0, float("nan"), 2.0, 4.0, 1.0, 2.0, 5.0],
    "answer": ["oui", "non", " oui", "NA", "nsp", "oui", "", "non", "oui", "non"],
    "zone": [1.0, 2.0, 1.0, 2.0, 3.5, 1.0, float("nan"), 2.0, None, 1.0],
    "flag": [True, False, None, True, True, False, False, True, True, False],
}
CLUSTERED = Design(weight="w", strata="h", clusters="psu", lonely="remove")
STRATIFIED = Design(weight="w", strata="h")
SIMPLE = Design()


def assert_equal(pushed, in_memory):
    assert pushed.to_arrow(figures=()).equals(in_memory.to_arrow(figures=()))
    for name in FIGURES:
        np.testing.assert_allclose(pushed.column(name), in_memory.column(name), rtol=1e-12, atol=0, err_msg=name)


@pytest.mark.parametrize(
    ("design", "by", "exact"),
    [
        (CLUSTERED, (), False),
        (CLUSTERED, ("zone", "h"), True),
        (CLUSTERED, "flag", False),
        (STRATIFIED, "zone", True),
        (STRATIFIED, (), False),
        (SIMPLE, ("zone", "h"), False),
    ],
)
def test_awkward_answers_are_read_by_the_same_rules(design, by, exact):
    rows = pa.table(AWKWARD)
    opened = open_table(rows, small=0, exact=exact)
    for asked in (
        lambda answers: mean(answers, ["note", "size", "flag"], design=design, by=by),
        lambda answers: mean(answers, "note", design=design, by=by, missing=("99", "NA")),
        lambda answers: total(answers, ["note", "size"], design=design, by=by),
        lambda answers: ratio(answers, "note", "size", design=design, by=by),
        lambda answers: share(answers, "answer", design=design, by=by),
        lambda answers: share(answers, "answer", ("oui", "non"), design=design, by=by, base_excludes="nsp"),
        lambda answers: share(answers, "zone", "1", design=design, by=by),
        lambda answers: share(answers, "flag", "true", design=design, by=by),
    ):
        assert_equal(asked(opened), asked(rows))


def test_a_csv_gives_the_figures_of_its_text(tmp_path):
    pyarrow.csv.write_csv(pa.table(AWKWARD), tmp_path / "answers.csv")
    opened, rows = open_table(tmp_path / "answers.csv", small=0), pa.table(AWKWARD)

    assert_equal(mean(opened, "note", design=CLUSTERED, by="h"), mean(rows, "note", design=CLUSTERED, by="h"))


def test_a_domain_where_everyone_agrees_has_that_very_answer_and_no_error():
    rows = table("""
        | h | psu | w   | d | y   |
        | a | 1   | 0.7 | x | 0.1 |
        | a | 1   | 1.1 | x | 0.1 |
        | a | 2   | 2.3 | x | 0.1 |
        | a | 2   | 0   | x | 0.9 |
        | a | 2   | 0.9 | z | 1.3 |
        | a | 1   | 1   | z | 0.2 |
    """)
    for design in (Design(weight="w", strata="h", clusters="psu"), Design(weight="w", strata="h")):
        found = mean(open_table(rows, small=0), "y", design=design, by="d")

        assert (found[0].value, found[0].standard_error) == (0.1, 0.0)
        assert found[1].standard_error > 0


def test_a_small_table_is_read_in_memory_and_answers_everything():
    opened = open_table(pa.table(AWKWARD))
    found = share(opened, "answer", "oui", design=SIMPLE, by="h")

    assert contrast(found, found, rank_a=0, rank_b=1).value == found[0].value - found[1].value
    assert opened.scans == 2  # how many rows, then the rows


def test_a_gap_between_clustered_groups_is_made_from_unit_totals():
    rows = pa.table(AWKWARD)
    pushed, in_memory = (
        share(answers, "answer", "oui", design=CLUSTERED, by="h") for answers in (open_table(rows, small=0), rows)
    )

    one, two = (contrast(found, found, rank_a=0, rank_b=1) for found in (pushed, in_memory))

    assert (one.value, one.df) == (two.value, two.df)
    assert one.standard_error == pytest.approx(two.standard_error, rel=1e-12)


def test_a_design_is_read_once_and_other_answers_have_no_covariance():
    opened, other = (open_table(pa.table(AWKWARD), small=0) for _ in range(2))
    found = share(opened, "answer", "oui", design=CLUSTERED, by="h")
    again = share(opened, "answer", "non", design=CLUSTERED, by="h")
    elsewhere = share(other, "answer", "non", design=CLUSTERED, by="h")

    assert contrast(found, again, rank_a=0, rank_b=0).standard_error > 0
    with pytest.raises(Problem) as problem:
        contrast(found, elsewhere, rank_a=0, rank_b=0)
    assert problem.value.code == "estimates.different_designs"


def test_rows_in_memory_in_another_order_give_the_same_figures():
    rng = np.random.default_rng(5)
    rows = pa.table(
        {
            "w": rng.lognormal(0, 1, 2_000),
            "psu": rng.integers(0, 60, 2_000),
            "d": rng.integers(0, 9, 2_000),
            "y": rng.normal(1e6, 3, 2_000),
        }
    )
    shuffled = rows.take(rng.permutation(2_000))
    one, other = (mean(answers, "y", design=Design(weight="w", clusters="psu"), by="d") for answers in (rows, shuffled))

    for name in ("value", "standard_error", "n_effective"):
        np.testing.assert_allclose(one.column(name), other.column(name), rtol=1e-12, err_msg=name)


def test_sixty_items_are_read_in_the_scans_of_one():
    rng = np.random.default_rng(1)
    rows = pa.table(
        {"w": rng.uniform(1, 2, 500), "psu": rng.integers(0, 50, 500), "d": rng.integers(0, 5, 500)}
        | {f"y{rank}": rng.normal(3, 1, 500) for rank in range(60)}
    )
    opened = open_table(rows, small=0)
    design = Design(weight="w", clusters="psu").bind(opened)
    before = opened.scans

    found = mean(opened, [f"y{rank}" for rank in range(60)], design=design, by="d")

    assert opened.scans == before + 2  # what the columns are like, then the cells
    found.column("low95")
    assert opened.scans == before + 2
    found.column("deff")
    assert opened.scans == before + 3


def refused(design, columns):
    with pytest.raises(Problem) as problem:
        design.bind(open_table(pa.table(columns), small=0))
    return problem.value


@pytest.mark.parametrize(
    ("design", "columns", "code"),
    [
        (Design(), {"w": pa.array([], pa.float64())}, "estimates.nobody"),
        (Design(weight="poids"), {"w": [1.0]}, "tables.no_column"),
        (Design(strata="h"), {"w": [1.0]}, "tables.no_column"),
        (Design(weight="w"), {"w": [1.0, None]}, "tables.weight_missing"),
        (Design(weight="w"), {"w": [1.0, float("nan")]}, "tables.weight_missing"),
        (Design(weight="w"), {"w": [1.0, float("inf")]}, "tables.infinite"),
        (Design(weight="w"), {"w": [1.0, -1.0]}, "tables.weight_negative"),
        (Design(weight="w"), {"w": [0.0, 0.0]}, "estimates.weight_all_zero"),
        (Design(weight="w"), {"w": ["1", "un"]}, "tables.not_a_number"),
        (Design(weight="w"), {"w": pa.array([0, 1], pa.date32())}, "tables.not_numeric"),
        (Design(strata="h"), {"h": ["a", None]}, "tables.design_missing"),
        (Design(clusters="c"), {"c": ["a", " "]}, "tables.design_missing"),
        (Design(clusters="c", strata="h"), {"c": [1, 1], "h": ["a", "b"]}, "estimates.cluster_crosses_strata"),
        (Design(strata="h"), {"h": ["a", "b", "b"]}, "estimates.lonely"),
        (Design(clusters="c"), {"c": [1, 1]}, "estimates.lonely"),
        (Design(strata="h", lonely="average"), {"h": ["a", "b"]}, "estimates.no_average"),
        (Design(fpc="N"), {"N": [3.0, None]}, "tables.fpc"),
        (Design(fpc="N"), {"N": [3.0, 0.5]}, "tables.fpc"),
        (Design(fpc="N"), {"N": ["3", "trois"]}, "tables.fpc"),
        (Design(fpc="N"), {"N": [3.0, 4.0]}, "estimates.fpc_varies"),
        (Design(fpc="N"), {"N": [1.5, 1.5]}, "estimates.fpc_too_small"),
        (Design(fpc=("N", "M")), {"N": [3.0, 3.0], "M": [2.0, 2.0]}, "estimates.fpc_stages"),
    ],
)
def test_a_design_that_cannot_be_read_is_refused_as_in_memory(design, columns, code):
    assert refused(design, columns).code == code


def test_a_message_says_how_many_rows_since_it_cannot_say_which():
    problem = refused(Design(weight="w", strata="h"), {"w": [1.0, 1.0, 1.0], "h": ["a", None, ""]})

    assert problem.values == {"column": "h", "count": 2}


def test_an_answer_nobody_gave_and_text_among_numbers_are_refused():
    opened = open_table(pa.table(AWKWARD), small=0)

    with pytest.raises(Problem) as problem:
        share(opened, "answer", "Oui", design=SIMPLE)
    assert problem.value.code == "estimates.unknown_answer"
    with pytest.raises(Problem) as problem:
        mean(opened, "answer", design=SIMPLE)
    assert problem.value.values == {"column": "answer", "value": "non", "count": 8}
    with pytest.raises(Problem) as problem:
        mean(opened, "note", design=SIMPLE, by="region")
    assert problem.value.code == "tables.no_column"


def test_a_design_read_in_other_answers_is_refused():
    design = CLUSTERED.bind(open_table(pa.table(AWKWARD), small=0))

    with pytest.raises(Problem) as problem:
        mean(open_table(pa.table(AWKWARD), small=0), "size", design=design)

    assert problem.value.code == "tables.other_design"


@st.composite
def surveys(draw):
    n = draw(st.integers(12, 40))
    texts = st.lists(st.sampled_from(["a", "b", " a", ""]), min_size=n, max_size=n)
    numbers = st.lists(
        st.one_of(st.none(), st.integers(-3, 3).map(float), st.floats(999_990, 1_000_010)), min_size=n, max_size=n
    )
    return pa.table(
        {
            "h": [f"h{row % 2}" for row in range(n)],
            "psu": [f"{row % 2}-{row % 6}" for row in range(n)],
            "w": [1.0, *draw(st.lists(st.one_of(st.just(0.0), st.floats(0.1, 50)), min_size=n - 1, max_size=n - 1))],
            "d": draw(texts),
            "y": draw(numbers),
            "x": draw(numbers),
        }
    )


@settings(max_examples=10, deadline=None, derandomize=True)
@given(rows=surveys(), clustered=st.booleans(), lonely=st.sampled_from(["remove", "adjust", "average"]))
def test_whatever_the_answers_the_engine_says_what_memory_says(rows, clustered, lonely):
    design = Design(weight="w", strata="h", clusters="psu" if clustered else (), lonely=lonely)
    opened = open_table(rows, small=0)
    for asked in (
        lambda answers: mean(answers, ["y", "x"], design=design, by="d"),
        lambda answers: total(answers, "y", design=design, by="d"),
    ):
        pushed, in_memory = asked(opened), asked(rows)
        for name in ("value", "n", "n_missing", "weight_sum", "df"):
            np.testing.assert_allclose(pushed.column(name), in_memory.column(name), rtol=1e-12, atol=1e-9, err_msg=name)
        np.testing.assert_allclose(
            pushed.column("standard_error"), in_memory.column("standard_error"), rtol=1e-9, atol=1e-8
        )


@pytest.mark.parametrize("clusters", ["psu", ()])
def test_exact_figures_are_the_same_bits_whatever_the_order_and_the_threads(clusters):
    rng = np.random.default_rng(3)
    n = 20_000
    rows = pa.table(
        {
            "psu": rng.integers(0, 100, n),
            "d": rng.integers(0, 4, n),
            "w": rng.lognormal(0, 1, n),
            "y": rng.lognormal(5, 2, n),
            "z": rng.normal(1e6, 3, n),
            "a": rng.integers(0, 3, n),
        }
    )
    design = Design(weight="w", clusters=clusters)
    seen = set()
    for threads in (1, 2, 4):
        opened = open_table(rows.take(rng.permutation(n)), small=0, exact=True, threads=threads)
        found = [
            mean(opened, ["y", "z"], design=design, by="d"),
            total(opened, "y", design=design),
            ratio(opened, "y", "z", design=design, by="a"),
            share(opened, "a", design=design, by="d"),
        ]
        seen.add(b"".join(one.column(name).tobytes() for one in found for name in FIGURES))

    assert len(seen) == 1
