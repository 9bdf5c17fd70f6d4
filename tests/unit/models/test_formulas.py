"""What a formula means, and how one that cannot be read is refused."""

from __future__ import annotations

import pytest

from alliage.models.formulas import Change, read_formula
from alliage.problems import Problem


def terms(formula):
    return [term.label for term in read_formula(formula).terms]


def test_a_crossing_is_both_variables_then_their_interaction():
    assert terms("y ~ a * b + c") == ["a", "b", "c", "a:b"]


def test_three_variables_cross_two_by_two_then_all_together():
    assert terms("y ~ a * b * c") == ["a", "b", "c", "a:b", "a:c", "b:c", "a:b:c"]


def test_an_interaction_alone_brings_no_variable_of_its_own():
    assert terms("y ~ a:b") == ["a:b"]


def test_a_term_written_twice_or_in_another_order_counts_once():
    assert terms("y ~ a + b:a + a:b + a") == ["a", "b:a"]


def test_minus_takes_a_term_away():
    assert terms("y ~ a * b - a:b") == ["a", "b"]


@pytest.mark.parametrize(
    ("formula", "intercept"), [("y ~ a", True), ("y ~ a - 1", False), ("y ~ 0 + a", False), ("y ~ 1", True)]
)
def test_the_intercept_is_there_unless_it_is_taken_away(formula, intercept):
    assert read_formula(formula).intercept is intercept


def test_the_answer_explained_is_named_with_its_column():
    read = read_formula("`heures tv` == 'Oui, souvent' ~ a")

    assert (read.response.column, read.success) == ("heures tv", "Oui, souvent")


def test_a_change_of_a_number_is_read_with_its_constant():
    first, second, third = (term.factors[0] for term in read_formula("y ~ log(a) + I(b^2) + I(an-2000)").terms)

    assert (first.change, second.change, third.change) == (Change("log"), Change("^", 2.0), Change("-", 2000.0))
    assert second.label == "I(b^2)"


def test_a_column_may_have_the_name_of_a_function():
    assert terms("y ~ log + C") == ["log", "C"]


def test_a_reference_told_once_holds_in_every_term():
    read = read_formula('y ~ a:b + C(a, ref="x")')

    assert {factor.reference for factor in read.factors if factor.column == "a"} == {"x"}


def test_two_references_for_one_column_are_refused():
    with pytest.raises(Problem) as problem:
        read_formula('y ~ C(a, ref="x") + C(a, ref="z"):b')

    assert problem.value.code == "models.two_references"


def test_an_offset_is_no_term():
    read = read_formula("y ~ a + offset(log(n))")

    assert ([term.label for term in read.terms], [one.label for one in read.offsets]) == (["a"], ["log(n)"])


@pytest.mark.parametrize(
    ("formula", "position"),
    [
        ("y ~ a +", 8),
        ("y", 2),
        ("y ~ (a + b)", 5),
        ("y ~ a ^ 2", 7),
        ("y ~ exp(a)", 5),
        ("y ~ a ; b", 7),
        ("y ~ 2 + a", 5),
        ("y == oui ~ a", 6),
        ("y ~ __import__('os')", 5),
        ("", 1),
    ],
)
def test_what_cannot_be_read_is_refused_where_it_stops(formula, position):
    with pytest.raises(Problem) as problem:
        read_formula(formula)

    assert (problem.value.code, problem.value.values["position"]) == ("models.formula", position)


def test_a_formula_with_nothing_to_estimate_is_refused():
    with pytest.raises(Problem) as problem:
        read_formula("y ~ 0")

    assert problem.value.code == "models.no_term"
