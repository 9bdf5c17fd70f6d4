"""What holds of any calibration: margins met, factors inside bounds, and the answer of a slow general optimiser."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from alliage.weights.constraints import Constraints, coded_constraints
from alliage.weights.distances import Held, Linear, Logit, RakingRatio, Sinh
from alliage.weights.feasibility import nearest_possible, possible_bounds
from alliage.weights.solving import Dual, solve

SIZES = (3, 2)
BOUNDS = (0.3, 3.0)
LIMITS = (0.3 + 1e-9, 3.0 - 1e-9)
DISTANCES = {
    "linear": Linear(),
    "raking": RakingRatio(),
    "logit": Logit(*BOUNDS),
    "truncated linear": Held(Linear(), np.array([BOUNDS[0]]), np.array([BOUNDS[1]])),
    "truncated raking": Held(RakingRatio(), np.array([BOUNDS[0]]), np.array([BOUNDS[1]])),
    "sinh": Sinh(),
}
# The distance between weights that each factor comes from, as a function of g (Deville and Sarndal, table 1).
PENALTIES = {
    "linear": lambda g: (g - 1) ** 2 / 2,
    "truncated linear": lambda g: (g - 1) ** 2 / 2,
    "raking": lambda g: g * np.log(g) - g + 1,
    "truncated raking": lambda g: g * np.log(g) - g + 1,
    "logit": lambda g: _logit(g, *BOUNDS),
}


def _logit(g, low, high):
    rate = (high - low) / ((1 - low) * (high - 1))
    below, above = (g - low) * np.log((g - low) / (1 - low)), (high - g) * np.log((high - g) / (high - 1))
    return (below + above) / rate


@st.composite
def surveys(draw, rows=60):
    """Two variables and a number; targets are what some factors between 0.5 and 2 would count, so that all can meet."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    every = np.array(np.unravel_index(np.arange(np.prod(SIZES)), SIZES)).T
    cells = np.concatenate([every, rng.integers(0, SIZES, size=(rows, len(SIZES)))])
    initial = rng.uniform(0.5, 5, len(cells))
    numeric = np.column_stack([rng.normal(0, 1, len(cells)), rng.lognormal(8, 0.5, len(cells))])
    q = rng.uniform(0.5, 2, len(cells)) if draw(st.booleans()) else None
    codes = tuple(cells[:, rank] for rank in range(len(SIZES)))
    empty = Constraints(codes, SIZES, numeric, np.zeros(7), np.ones(7))
    factors = rng.uniform(0.5, 2, len(cells))
    targets = empty.sums(initial * factors)
    scale = empty.sums(initial) if draw(st.booleans()) else np.abs(targets) + 1
    scale[5] = np.abs(numeric[:, 0]) @ initial
    return Constraints(codes, SIZES, numeric, targets, np.abs(scale)), initial, q


def model_matrix(constraints):
    coded = [np.equal.outer(code, np.arange(size)) for code, size in zip(constraints.codes, SIZES, strict=True)]
    return np.column_stack([*coded, constraints.numeric]).astype(float)


@given(surveys(), st.sampled_from(sorted(DISTANCES)))
@settings(max_examples=80, deadline=None)
def test_margins_are_met_and_factors_stay_inside_their_limits(survey, name):
    constraints, initial, q = survey

    found = solve(Dual(constraints, initial, DISTANCES[name], q))

    assert found.converged
    weights = initial * found.factors
    np.testing.assert_allclose(model_matrix(constraints).T @ weights, constraints.targets, rtol=1e-9, atol=1e-7)
    low, high = DISTANCES[name].limits()
    assert (found.factors >= low).all()
    assert (found.factors <= high).all()


@pytest.mark.parametrize("name", sorted(PENALTIES))
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_other_weights_are_nearer_says_a_general_optimiser(name, seed):
    rng = np.random.default_rng(seed)
    cells = np.concatenate([np.array(np.unravel_index(np.arange(6), SIZES)).T, rng.integers(0, SIZES, size=(9, 2))])
    initial, numeric = rng.uniform(0.5, 2, len(cells)), rng.normal(0, 1, (len(cells), 1))
    empty = Constraints((cells[:, 0], cells[:, 1]), SIZES, numeric, np.zeros(6), np.ones(6))
    constraints = replace(empty, targets=empty.sums(initial * rng.uniform(0.4, 2.2, len(cells))))
    scale = rng.uniform(0.5, 2, len(cells))
    independent = model_matrix(constraints)[:, 1:] * initial[:, None]  # the first category is what the others leave

    found = solve(Dual(constraints, initial, DISTANCES[name], scale))
    oracle = minimize(
        lambda g: float((initial / scale) @ PENALTIES[name](g)),
        np.ones(len(initial)),
        method="SLSQP",
        bounds=[(-10, 10) if name == "linear" else (1e-6, 50) if name == "raking" else LIMITS] * len(initial),
        constraints={"type": "eq", "fun": lambda g: independent.T @ g - constraints.targets[1:]},
        options={"ftol": 1e-14, "maxiter": 500},
    )

    assert found.converged
    np.testing.assert_allclose(found.factors, oracle.x, rtol=1e-4)


@given(surveys(), st.floats(0.01, 100))
@settings(max_examples=30, deadline=None)
def test_ridge_weights_are_those_of_the_closed_form(survey, cost):
    constraints, initial, q = survey
    scale, X = np.ones(len(initial)) if q is None else q, model_matrix(constraints)
    ridge = constraints.scale / cost

    found = solve(Dual(constraints, initial, Linear(), q, ridge))

    system = X.T @ (X * (initial * scale)[:, None]) + np.diag(ridge)
    lambdas = np.linalg.solve(system, constraints.targets - X.T @ initial)
    np.testing.assert_allclose(found.factors, 1 + scale * (X @ lambdas), rtol=1e-7, atol=1e-8)


@given(surveys())
@settings(max_examples=20, deadline=None)
def test_redundant_margins_change_nothing(survey):
    constraints, initial, q = survey
    pair = constraints.codes[0] * SIZES[1] + constraints.codes[1]
    crossed = np.bincount(pair, weights=initial, minlength=6)
    codes = [pair, *constraints.codes]
    targets = [crossed, crossed.reshape(SIZES).sum(1), crossed.reshape(SIZES).sum(0)]

    once = solve(Dual(coded_constraints(codes[:1], targets[:1]), initial, RakingRatio(), q))
    thrice = solve(Dual(coded_constraints(codes, targets), initial, RakingRatio(), q))

    assert thrice.converged
    np.testing.assert_allclose(thrice.factors, once.factors, rtol=1e-9)


@given(surveys(rows=30), st.floats(0.5, 0.98), st.floats(1.02, 1.6))
@settings(max_examples=25, deadline=None)
def test_bounds_said_to_do_are_enough_and_those_asked_were_not(survey, low, high):
    constraints, initial, q = survey
    dual = Dual(constraints, initial, Held(Linear(), np.array([low]), np.array([high])), q)
    limits = {"low": low * initial, "high": high * initial}

    found = solve(dual)
    nearest = nearest_possible(constraints, initial, **limits)

    assert found.converged == (nearest is None)
    if nearest is not None:
        wide = possible_bounds(dual, low, high)
        assert wide is not None
        assert solve(Dual(constraints, initial, Held(Linear(), *np.array(wide)[:, None]), q)).converged


def test_the_nearest_weights_are_as_near_as_a_linear_programme_over_rows_says():
    # Three answers; the only woman is in the north, which should weigh less than the women.
    constraints = coded_constraints(
        [np.array([0, 0, 1]), np.array([0, 1, 1])], [np.array([40.0, 60.0]), np.array([55.0, 45.0])]
    )

    nearest = nearest_possible(constraints, np.ones(3))

    assert nearest is not None
    # 40 women, no man in the north, 45 men in the south: women lack 15 of 55, the south 15 of 60.
    np.testing.assert_allclose(nearest, [40, 0, 45], atol=1e-9)
