"""Non-response: who answered stands for who did not, and what cannot be corrected is refused."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliage.problems import Problem, Problems
from alliage.weights import nonresponse_weights
from tables import table

SAMPLE = table("""
    | who | region | sexe  | poids | repondu |
    | a   | nord   | femme | 1     | 1       |
    | b   | nord   | femme | 2     | 0       |
    | c   | nord   | homme | 3     | 1       |
    | d   | sud    | femme | 4     | 1       |
    | e   | sud    | homme | 4     | 0       |
    | f   | sud    | homme | 0     | 1       |
""")


def problem_of(act) -> Problem:
    with pytest.raises(Problem) as caught:
        act()
    return caught.value


def test_respondents_carry_the_weight_of_those_of_their_group_who_did_not_answer():
    made = nonresponse_weights(SAMPLE, "repondu", by="region", weight="poids")

    # North: 4 of 6 answered, by weight; south: 4 of 8, the row of weight zero being nobody.
    assert made.values == pytest.approx([1.5, 0, 4.5, 8, 0, 0])
    assert [(group.label.fr, group.n, group.respondents, group.rate) for group in made.groups] == [
        ("nord", 3, 2, pytest.approx(4 / 6)),
        ("sud", 2, 1, pytest.approx(0.5)),
    ]
    assert made.group_of.tolist() == [0, 0, 0, 1, 1, -1]
    assert made.rate == pytest.approx(8 / 14)


def test_it_is_told_in_both_languages_which_groups_rest_on_few_answers():
    made = nonresponse_weights(SAMPLE, "repondu", by="region", weight="poids", smallest=2)

    assert [line.fr for line in made.lines][:4] == [
        "3 réponses pour 5 unités tirées au sort : le taux de réponse, pondéré, est de 57,1\u202f%.",
        "Dans chacun des 2 groupes (region), ceux qui ont répondu portent aussi le poids de ceux qui n'ont pas "
        "répondu. C'est juste si, à l'intérieur d'un groupe, répondre ne dépend pas de ce que l'on mesure.",
        "Le taux de réponse va de 50,0\u202f% (sud) à 66,7\u202f% (nord) ; un poids est multiplié au plus par 2,00.",
        "Groupes de moins de 2 réponses, dont le taux est incertain : sud. Regroupez-les avec un voisin, ou croisez "
        "moins de variables.",
    ]
    assert made.lines[2].en == (
        "The response rate goes from 50.0% (sud) to 66.7% (nord); a weight is multiplied by 2.00 at most."
    )


def test_a_group_where_nobody_answered_is_refused_and_its_neighbour_is_advised():
    crossed = ("region", "sexe")

    problem = problem_of(lambda: nonresponse_weights(SAMPLE, "repondu", by=crossed, weight="poids"))

    assert problem.code == "weights.silent_group"
    assert (problem.values["group"], problem.values["neighbour"]) == ("sud/homme", "sud/femme")
    merged = nonresponse_weights(SAMPLE, "repondu", by=crossed, weight="poids", merge={"sud/homme": "sud/femme"})
    assert merged.values == pytest.approx([3, 0, 3, 8, 0, 0])


def test_the_total_of_every_group_is_kept():
    made = nonresponse_weights(SAMPLE, "repondu", by="region", weight="poids")

    for group, row in zip(made.groups, made.to_dicts(), strict=True):
        rows = made.group_of == made.groups.index(group)
        assert made.values[rows].sum() == pytest.approx(group.sampled)
        assert row["factor"] == pytest.approx(group.sampled / (group.rate * group.sampled))
    assert made.to_arrow().column_names[0] == "group_fr"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("xyz"), st.booleans(), st.floats(0.1, 100)),
        min_size=4,
        max_size=60,
    )
)
def test_rates_by_group_are_those_counted_by_hand(rows):
    sample = pa.table({"g": [row[0] for row in rows], "r": [row[1] for row in rows], "w": [row[2] for row in rows]})
    rates = {
        name: sum(w for g, r, w in rows if g == name and r) / sum(w for g, _, w in rows if g == name)
        for name in {row[0] for row in rows}
    }

    if min(rates.values()) == 0:
        with pytest.raises((Problem, Problems)):
            nonresponse_weights(sample, "r", by="g", weight="w")
        return
    made = nonresponse_weights(sample, "r", by="g", weight="w")

    assert made.values == pytest.approx([w / rates[g] if r else 0.0 for g, r, w in rows], rel=1e-12)


def random_sample(seed: int = 1, n: int = 400) -> pa.Table:
    generator = np.random.default_rng(seed)
    age = generator.integers(18, 90, n)
    sexe = generator.choice(["femme", "homme"], n)
    chance = 1 / (1 + np.exp(1 - 0.03 * age + 0.6 * (sexe == "homme")))
    return pa.table({"age": age, "sexe": sexe, "poids": generator.uniform(1, 30, n), "r": generator.random(n) < chance})


def test_the_regression_solves_the_equations_of_maximum_likelihood():
    sample = random_sample()

    made = nonresponse_weights(sample, "r", by=("age", "sexe"), weight="poids", method="propensity", classes=None)

    w, r = sample["poids"].to_numpy(), sample["r"].to_numpy()
    left = w * (r - made.propensities)
    for covariate in (np.ones(len(w)), sample["age"].to_numpy(), np.array(sample["sexe"].to_pylist()) == "homme"):
        assert abs(left @ covariate) <= 1e-9 * (w @ covariate)
    assert list(made.coefficients) == ["(1)", "age", "sexe=homme"]
    assert made.values == pytest.approx(np.where(r, w / made.propensities, 0))


def test_classes_of_propensity_keep_the_total_of_the_sample():
    sample = random_sample()

    made = nonresponse_weights(sample, "r", by=("age", "sexe"), weight="poids", method="propensity")

    assert all(abs(group.n - 80) <= 3 for group in made.groups)  # people of one age and sex are never parted
    assert sum(group.n for group in made.groups) == 400
    assert made.values.sum() == pytest.approx(sample["poids"].to_numpy().sum())
    assert made.groups[0].label.en == "class 1 of 5"


def test_a_single_categorical_variable_gives_the_rates_of_its_groups():
    sample = random_sample()
    options = {"by": "sexe", "weight": "poids"}

    groups = nonresponse_weights(sample, "r", **options)
    inverse = nonresponse_weights(sample, "r", method="propensity", classes=None, **options)

    np.testing.assert_allclose(inverse.values, groups.values, rtol=1e-12)


def test_a_floor_holds_the_smallest_propensities_and_says_how_many():
    sample = random_sample()

    free = nonresponse_weights(sample, "r", by="age", method="propensity", classes=None, floor=0)
    held = nonresponse_weights(sample, "r", by="age", method="propensity", classes=None, floor=0.5)

    under = (free.propensities < 0.5) & (free.values > 0)
    assert held.floored == under.sum() > 0
    assert held.values.max() == 2.0
    assert any(line.en.startswith("Probabilities under 50.0%, raised to that floor:") for line in held.lines)


def test_columns_that_repeat_others_change_nothing():
    sample = random_sample()
    doubled = sample.append_column("encore", sample["sexe"]).append_column(
        "mois", pa.array(sample["age"].to_numpy() * 12)
    )

    once = nonresponse_weights(sample, "r", by=("age", "sexe"), method="propensity", classes=None)
    twice = nonresponse_weights(doubled, "r", by=("age", "sexe", "encore", "mois"), method="propensity", classes=None)

    np.testing.assert_allclose(twice.propensities, once.propensities, rtol=1e-10)


def test_a_category_where_everybody_answered_has_a_propensity_of_one():
    sample = table("""
        | g | r |
        | a | 1 |
        | a | 1 |
        | b | 1 |
        | b | 0 |
    """)

    made = nonresponse_weights(sample, "r", by="g", method="propensity", classes=None)

    assert made.values == pytest.approx([1, 1, 2, 0], rel=1e-9)


def test_nobody_is_drawn_away_by_huge_weights():
    # glm() of R runs away with weights of thousands; nothing should depend on their scale.
    sample = random_sample()
    heavy = sample.set_column(2, "poids", pa.array(sample["poids"].to_numpy() * 1e6))
    options = {"by": ("age", "sexe"), "weight": "poids", "method": "propensity", "classes": None}

    light = nonresponse_weights(sample, "r", **options)

    np.testing.assert_allclose(nonresponse_weights(heavy, "r", **options).propensities, light.propensities, rtol=1e-11)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"responded": "repond"}, "weights.unknown_covariate"),
        ({"responded": "poids"}, "weights.bad_responded"),
        ({"by": "regoin"}, "weights.unknown_covariate"),
        ({"merge": {"nord": "centre"}}, "weights.unknown_merge"),
        ({"method": "propensity", "classes": 0}, "weights.bad_classes"),
        ({"method": "propensity", "floor": 1.0}, "weights.bad_floor"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(changes, code):
    asked = {"responded": "repondu", "by": "region", "weight": "poids", **changes}

    assert problem_of(lambda: nonresponse_weights(SAMPLE, **asked)).code == code


def test_a_class_of_propensity_where_nobody_answered_is_refused():
    sample = pa.table({"age": [20, 21, 22, 23, 60, 61, 62, 63], "r": [0, 0, 0, 1, 0, 1, 0, 1]})

    problem = problem_of(lambda: nonresponse_weights(sample, "r", by="age", method="propensity", classes=4))

    assert problem.code == "weights.silent_class"


def test_a_sample_where_nobody_answered_or_something_is_missing_is_refused():
    nobody = pa.table({"g": ["a", "b"], "r": [0, 0]})
    missing = table("""
        | who | g | r |
        | x   | a | 1 |
        | y   |   | 0 |
    """)

    assert problem_of(lambda: nonresponse_weights(nobody, "r", by="g")).code == "weights.no_respondent"
    problem = problem_of(lambda: nonresponse_weights(missing, "r", by="g", ids="who"))
    assert (problem.code, problem.values["who"].en) == ("weights.missing_covariate", "ids y")


def test_the_corrected_weights_can_be_calibrated():
    made = nonresponse_weights(SAMPLE, "repondu", by="region", weight="poids")

    assert made.diagnosis.n == 3
    assert made.diagnosis.total == pytest.approx(14)


def test_two_propensities_make_two_classes_whatever_is_asked():
    sample = random_sample()

    made = nonresponse_weights(sample, "r", by="sexe", method="propensity", classes=10)

    np.testing.assert_allclose(made.values, nonresponse_weights(sample, "r", by="sexe").values, rtol=1e-12)
