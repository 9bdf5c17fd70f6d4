"""What holds of any raking: margins met, weights positive, nothing depends on the order of the answers."""

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from alliage.weights import make_margin, rake
from alliage.weights.raking import rake_by_turns, rake_codes

SIZES = (4, 3, 2)


@st.composite
def studies(draw):
    """Answers in every combination of three variables, unequal weights, margins of a population that exists."""
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    every = np.array(np.unravel_index(np.arange(np.prod(SIZES)), SIZES)).T
    extra = rng.integers(0, SIZES, size=(draw(st.integers(0, 200)), len(SIZES)))
    rows = np.concatenate([every, extra])
    initial = rng.uniform(0.1, 10, len(rows))
    population = initial * rng.uniform(0.2, 5, len(rows))
    codes = [rows[:, rank] for rank in range(len(SIZES))]
    return codes, [np.bincount(code, weights=population) for code in codes], initial


@given(studies())
@settings(max_examples=60, deadline=None)
def test_margins_are_met_and_weights_are_positive(study):
    codes, targets, initial = study

    weights = initial * rake_codes(codes, targets, initial).factors

    for code, target in zip(codes, targets, strict=True):
        np.testing.assert_allclose(np.bincount(code, weights=weights), target, rtol=1e-9)
    assert (weights > 0).all()


@given(studies())
@settings(max_examples=25, deadline=None)
def test_newton_and_scaling_in_turn_find_the_same_weights(study):
    codes, targets, initial = study

    newton, turns = rake_codes(codes, targets, initial), rake_by_turns(codes, targets, initial, sweeps=5_000)

    np.testing.assert_allclose(newton.factors, turns.factors, rtol=1e-8)


@given(studies(), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_of_the_answers_and_of_the_margins_does_not_matter(study, random):
    codes, targets, initial = study
    order = list(range(len(initial)))
    random.shuffle(order)

    before = rake_codes(codes, targets, initial).factors
    after = rake_codes([code[order] for code in codes][::-1], targets[::-1], initial[order]).factors

    np.testing.assert_allclose(after, before[order], rtol=1e-9)


@given(studies(), st.floats(1.5, 4))
@settings(max_examples=40, deadline=None)
def test_under_a_ceiling_margins_are_met_or_it_says_so(study, trim):
    codes, targets, initial = study
    ceiling = trim * float(np.median(initial * rake_codes(codes, targets, initial).factors))

    found = rake_codes(codes, targets, initial, largest=ceiling)

    weights = initial * found.factors
    assert weights.max() <= ceiling * (1 + 1e-12)
    gaps = [np.abs(np.bincount(code, weights=weights) / t - 1).max() for code, t in zip(codes, targets, strict=True)]
    assert found.converged == (max(gaps) <= 1e-10)


@given(studies(), st.floats(0.01, 100))
@settings(max_examples=20, deadline=None)
def test_the_scale_of_the_initial_weights_does_not_matter(study, scale):
    codes, targets, initial = study
    names = "abc"
    answers = pa.table({name: [str(value) for value in code] for name, code in zip(names, codes, strict=True)})
    margins = [
        make_margin(name, {str(category): count for category, count in enumerate(target)})
        for name, target in zip(names, targets, strict=True)
    ]

    once = rake(answers.append_column("w", pa.array(initial)), margins, design_weight="w")
    scaled = rake(answers.append_column("w", pa.array(initial * scale)), margins, design_weight="w")

    np.testing.assert_allclose(scaled.values, once.values, rtol=1e-9)
