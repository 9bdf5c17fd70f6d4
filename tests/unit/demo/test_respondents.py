"""Made-up respondents: the same every time, as many as were declared, answering only what they are concerned by."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from alliage.contents import Content, open_content
from alliage_demo.assumptions import Sampling, read_assumptions
from alliage_demo.populations import Cells, allocated, crossed
from alliage_demo.respondents import draw_answers
from alliage_demo.studies import population


@pytest.fixture(scope="module")
def content() -> Content:
    return open_content()


@pytest.fixture(scope="module")
def mayors(content: Content) -> dict[str, list[str]]:
    return draw("maires", "phare", content)


def draw(audience: str, wave: str, content: Content) -> dict[str, list[str]]:
    assumptions = read_assumptions(audience)
    return draw_answers(
        population(assumptions, content), content.questionnaires[audience], assumptions, assumptions.waves[wave]
    )


def test_the_same_seed_draws_the_same_answers(mayors, content: Content):
    assert draw("maires", "phare", content) == mayors


def test_another_seed_draws_other_answers_in_the_same_places(mayors, content: Content):
    assumptions = read_assumptions("maires")
    wave = assumptions.waves["phare"]
    moved = replace(wave, sampling=replace(wave.sampling, seed=wave.sampling.seed + 1))
    other = draw_answers(population(assumptions, content), content.questionnaires["maires"], assumptions, moved)

    assert other["innovation"] != mayors["innovation"]
    assert other["region"] == mayors["region"]


def test_the_two_waves_of_an_audience_do_not_share_a_seed():
    seeds = [
        wave.sampling.seed
        for audience in ("citoyens", "maires", "entreprises", "associations")
        for wave in read_assumptions(audience).waves.values()
    ]

    assert len(set(seeds)) == len(seeds) == 8


def test_mayors_are_drawn_equally_over_the_sizes_of_communes(mayors):
    drawn = Counter(mayors["taille_commune"])

    # A region where a size class holds fewer communes than its part gives all it has: a few units of difference.
    assert set(drawn) == {"moins_2000", "de_2000_a_19999", "plus_20000"}
    assert max(drawn.values()) - min(drawn.values()) <= 20


def test_who_has_no_partnership_is_not_asked_which(content: Content):
    drawn = draw("entreprises", "phare", content)

    asked = {
        has for has, number in zip(drawn["a_des_partenariats"], drawn["nombre_partenariats"], strict=True) if number
    }
    assert asked == {"oui"}


def test_every_answer_is_one_the_questionnaire_offers(mayors, content: Content):
    offered = {
        question.id: {option.id for option in question.options} | {""}
        for question in content.questionnaires["maires"].questions
        if question.type == "single" and question.id in mayors
    }

    assert {id: set(mayors[id]) - options for id, options in offered.items()} == {id: set() for id in offered}


def test_margins_crossed_keep_each_margin():
    cells = crossed(
        [
            (("region",), {("nord",): 300.0, ("sud",): 100.0}),
            (("taille",), {("petite",): 9.0, ("grande",): 1.0}),
        ]
    )

    assert cells.categories == (("nord", "petite"), ("nord", "grande"), ("sud", "petite"), ("sud", "grande"))
    assert cells.sizes.tolist() == pytest.approx([270, 30, 90, 10])


POPULATION = Cells(
    variables=("region", "taille"),
    categories=(("nord", "petite"), ("nord", "grande"), ("sud", "petite"), ("sud", "grande")),
    sizes=np.array([270.0, 30.0, 90.0, 10.0]),
)


@pytest.mark.parametrize(
    ("sampling", "drawn"),
    [
        (Sampling(size=40, seed=1), [27, 3, 9, 1]),  # as the population
        (Sampling(size=40, seed=1, equal_over="taille"), [15, 15, 5, 5]),  # as many of each size
        (Sampling(size=80, seed=1, equal_over="taille"), [30, 30, 10, 10]),  # never more than there are
        (Sampling(size=8, seed=1, least=2), [5, 2, 2, 2]),  # nobody forgotten
        (Sampling(size=40, seed=1, tilt={"nord": 0.5}), [22, 2, 14, 2]),  # some answer less
    ],
    ids=["proportional", "equal", "no more than held", "at least", "tilted"],
)
def test_a_sample_is_spread_over_the_population_as_declared(sampling: Sampling, drawn: list[int]):
    assert allocated(POPULATION, sampling).tolist() == drawn


@pytest.mark.parametrize("audience", ["citoyens", "maires", "entreprises", "associations"])
def test_as_many_respondents_as_declared(audience: str, content: Content):
    assumptions = read_assumptions(audience)
    cells = population(assumptions, content)

    for wave in assumptions.waves.values():
        drawn = allocated(cells, wave.sampling)
        # `least` adds a few; a cell that holds too few gives all it has.
        assert abs(int(drawn.sum()) - wave.sampling.size) <= 0.05 * wave.sampling.size
        assert (drawn <= np.maximum(cells.sizes, 1)).all()


def test_the_population_of_the_mayors_is_every_commune_of_its_margin(content: Content):
    cells = population(read_assumptions("maires"), content)

    assert cells.sizes.sum() == content.margins["maires_region_taille"].total
    assert set(cells.column("region")) == {code for code in content.regions if int(code) > 6}  # metropolitan France
