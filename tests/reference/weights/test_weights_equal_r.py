"""Weights equal those of R's survey package, to 1e-9: values.csv is made by make_values.R (versions.txt)."""

from pathlib import Path

import numpy as np
import pyarrow.csv as csv
import pytest

from alliage.weights import make_margin, poststratify, rake

HERE = Path(__file__).parent
TEXT = csv.ConvertOptions(column_types={"region": "string"})
ANSWERS = csv.read_csv(HERE / "answers.csv", convert_options=TEXT)
VALUES = csv.read_csv(HERE / "values.csv")

REGIONS = make_margin("region", {"11": 4100, "24": 2600, "27": 2500, "94": 800})
SEXES = make_margin("sexe", {"femme": 5200, "homme": 4800})
AGES = make_margin("age", {"jeune": 2700, "milieu": 4000, "age": 3300})
CROSSED = make_margin(
    ("sexe", "age"),
    {
        ("femme", "jeune"): 1300,
        ("femme", "milieu"): 2000,
        ("femme", "age"): 1900,
        ("homme", "jeune"): 1400,
        ("homme", "milieu"): 2000,
        ("homme", "age"): 1400,
    },
)


def made_by_r(case: str) -> np.ndarray:
    return VALUES.column(case).to_numpy()


@pytest.mark.parametrize(("case", "weight"), [("poststratify", "poids"), ("poststratify_ones", None)])
def test_a_poststratification_on_crossed_cells_equals_post_stratify(case, weight):
    weights = poststratify(ANSWERS, CROSSED, design_weight=weight)

    np.testing.assert_allclose(weights.values, made_by_r(case), rtol=1e-12)


@pytest.mark.parametrize(("case", "weight"), [("calibrate", "poids"), ("calibrate_ones", None), ("rake", "poids")])
def test_raking_equals_calibrate_and_rake(case, weight):
    weights = rake(ANSWERS, [REGIONS, SEXES, AGES], design_weight=weight)

    np.testing.assert_allclose(weights.values, made_by_r(case), rtol=1e-9)


def test_raking_under_a_ceiling_equals_calibrate_with_bounds():
    weights = rake(ANSWERS, [REGIONS, SEXES, AGES], design_weight="poids", trim=2.2)

    np.testing.assert_allclose(weights.values, made_by_r("rake_trimmed"), rtol=1e-9)
    assert weights.diagnosis.trimmed == 50
