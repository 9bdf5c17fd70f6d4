"""What a weighting costs, in figures and in sentences."""

import numpy as np
import pytest

from alliage.weights import diagnose


def test_two_weights_of_one_and_three_are_worth_one_answer_and_six_tenths():
    diagnosis = diagnose(np.array([1.0, 3.0]))

    assert diagnosis.design_effect == pytest.approx(1.25)
    assert diagnosis.n_effective == pytest.approx(1.6)
    assert diagnosis.largest_share == 0.75
    assert diagnosis.quantiles["median"] == 2.0


def test_equal_weights_cost_nothing_and_say_so():
    diagnosis = diagnose(np.full(100, 2.5))

    assert diagnosis.design_effect == pytest.approx(1)
    assert [line.fr for line in diagnosis.lines] == [
        "100 réponses comptent ; leurs poids font 250 en tout.",
        "Toutes les réponses pèsent autant : la pondération ne coûte aucune précision.",
    ]


def test_rows_of_weight_zero_are_counted_apart():
    diagnosis = diagnose(np.array([0.0, 2.0, 4.0]), initial=np.array([0.0, 1.0, 1.0]))

    assert (diagnosis.n, diagnosis.smallest_g, diagnosis.largest_g) == (2, 2.0, 4.0)
    assert diagnosis.lines[1].en == (
        "Answers that start with a weight of zero: 1. They stay in the file, but do not count."
    )


def test_factors_are_told_without_the_change_of_scale():
    diagnosis = diagnose(np.array([1000.0, 3000.0]), initial=np.array([1.0, 1.0]))

    assert diagnosis.lines[-1].fr == (
        "À échelle égale, le calage multiplie les poids de départ par un facteur qui va de 0,50 à 1,50."
    )
