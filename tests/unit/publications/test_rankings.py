"""A battery in one sentence: the first items and the lowest, never further than their intervals allow."""

from dataclasses import replace

import pytest

from alliage.disclosure.results import Band, PublicCell
from alliage.publications.rankings import items_brief, items_sentence, ranking
from alliage.publications.vocabulary import Vocabulary
from alliage.text import Text

from .situations import FRAGILITIES, INPUTS, PHARE, QUESTIONS, key, note, study

NAMES = ("Emploi", "Niveau de vie", "Sécurité", "Santé", "Culture")
ENGLISH = ("Employment", "Living standards", "Safety", "Health", "Culture")


def _words() -> Vocabulary:
    """The battery of the small release with five items."""
    fragilities = QUESTIONS[1]
    first = fragilities.items[0]
    items = tuple(
        replace(first, id=f"f0{rank}", label=Text(fr=fr, en=en))
        for rank, (fr, en) in enumerate(zip(NAMES, ENGLISH, strict=True), start=1)
    )
    chains = [study("citoyens", PHARE), INPUTS.studies[1]]
    chains = [
        replace(chain, questionnaire=replace(chain.questionnaire, questions=(replace(fragilities, items=items),)))
        for chain in chains
    ]
    return Vocabulary(replace(INPUTS, indicators=(FRAGILITIES,), studies=tuple(chains), cells=(), gaps=()))


WORDS = _words()


def battery(*intervals: tuple[float, float, float], **known: object) -> tuple[PublicCell, ...]:
    """(value, low, high) of f01, f02… in that order, which is from the highest."""
    return tuple(note("citoyens", f"f0{rank}", *one, **known) for rank, one in enumerate(intervals, start=1))


def bands(*ends: tuple[float, float]) -> tuple[PublicCell, ...]:
    return tuple(
        PublicCell(key=key("citoyens", item=f"f0{rank}"), state="banded", unit="note_10", band=Band(*one))
        for rank, one in enumerate(ends, start=1)
    )


def spoken(text: Text | None) -> tuple[str, str]:
    return tuple(words.replace("\u202f", " ").replace("\xa0", " ") for words in (text.fr, text.en))


def test_the_first_is_named_with_its_value_when_no_interval_reaches_it_and_the_last_when_it_reaches_none():
    cells = battery((7.1, 7.0, 7.3), (6.6, 6.4, 6.8), (6.5, 6.3, 6.7), (5.0, 4.8, 5.2))
    assert spoken(items_sentence(cells, WORDS)) == (
        "Les fragilités perçues : les citoyens placent « emploi » en tête, à 7,1 sur 10 (entre 7,0 et 7,3), "
        "et « santé » en dernier.",
        "Perceived fragilities: citizens put “employment” first, at 7.1 out of 10 (between 7.0 and 7.3), "
        "and “health” last.",
    )


def test_a_group_above_all_the_others_is_named_without_an_order():
    cells = battery((7.1, 6.9, 7.3), (7.0, 6.8, 7.2), (5.9, 5.7, 6.1), (5.8, 5.6, 6.0))
    assert spoken(items_sentence(cells, WORDS)) == (
        "Les fragilités perçues : les citoyens placent en tête « emploi » et « niveau de vie », sans que l'on puisse "
        "les départager, et « santé » parmi les derniers.",
        "Perceived fragilities: citizens put “employment” and “living standards” first (we cannot rank these), "
        "and “health” among the last.",
    )


def test_the_highest_values_that_the_next_ones_reach_are_only_among_the_first():
    cells = battery((6.3, 5.9, 6.7), (6.1, 5.7, 6.6), (6.0, 5.6, 6.4), (5.9, 5.5, 6.4), (4.4, 4.0, 4.9))
    assert spoken(items_sentence(cells, WORDS)) == (
        "Les fragilités perçues : les citoyens placent « emploi », « niveau de vie » et « sécurité » parmi les "
        "premiers, sans que l'on puisse les départager, et « culture » en dernier.",
        "Perceived fragilities: citizens put “employment”, “living standards” and “safety” among the first "
        "(we cannot rank these), and “culture” last.",
    )


def test_where_the_place_is_told_the_sentence_is_shorter():
    cells = battery(
        (6.3, 5.9, 6.7), (6.1, 5.7, 6.6), (6.0, 5.6, 6.4), (5.9, 5.5, 6.4), (4.4, 4.0, 4.9), place="region-53"
    )
    start = "Les fragilités perçues : en Bretagne, les citoyens placent « emploi »,"
    assert spoken(items_sentence(cells, WORDS))[0].startswith(start)
    assert spoken(items_brief(cells, WORDS)) == (
        "Les fragilités perçues : les citoyens placent « emploi », « niveau de vie » et « sécurité » parmi les "
        "premiers, et « culture » en dernier.",
        "Perceived fragilities: citizens put “employment”, “living standards” and “safety” among the first, "
        "and “culture” last.",
    )


def test_the_lowest_is_not_named_when_its_interval_reaches_one_of_the_first():
    cells = battery((6.3, 5.9, 6.7), (6.1, 5.7, 6.6), (6.0, 5.3, 6.4), (5.9, 5.5, 6.4), (5.0, 4.8, 5.5))
    assert ranking(cells).lowest == ()


def test_two_lowest_items_at_the_same_value_are_named_together():
    cells = battery((7.1, 7.0, 7.3), (6.0, 5.8, 6.2), (5.0, 4.8, 5.2), (5.0, 4.7, 5.3))
    assert spoken(items_sentence(cells, WORDS))[0].endswith("et « sécurité » et « santé » en dernier.")


def test_items_at_the_same_value_are_named_together_or_not_at_all():
    """Their order in the file is that of the questionnaire: it says nothing."""
    tied = battery((6.3, 5.9, 6.7), (6.0, 5.6, 6.4), (6.0, 5.6, 6.4), (6.0, 5.6, 6.4), (4.4, 4.0, 4.9))
    assert [cell.key.item for cell in ranking(tied).leaders] == ["f01"]
    all_tied = battery(*[(6.0, 5.6, 6.4)] * 4, (4.4, 4.0, 4.9))
    assert [cell.key.item for cell in ranking(all_tied).leaders] == ["f01", "f02", "f03", "f04"]


def test_when_every_interval_overlaps_every_other_the_sentence_says_so():
    cells = battery((6.3, 5.5, 7.1), (6.1, 5.3, 6.9), (6.0, 5.2, 6.8))
    assert spoken(items_sentence(cells, WORDS)) == (
        "Les fragilités perçues : on ne peut pas classer les réponses des citoyens : "
        "tous les intervalles se recouvrent.",
        "Perceived fragilities: the answers of citizens cannot be ranked: all their intervals overlap.",
    )


def test_intervals_that_touch_are_not_apart():
    assert ranking(battery((6.3, 6.0, 6.6), (5.8, 5.6, 6.0))).leaders == ()
    assert len(ranking(battery((6.3, 6.1, 6.6), (5.8, 5.6, 6.0))).leaders) == 1


def test_bands_that_touch_are_never_ordered():
    cells = bands((6.5, 8.5), (3.5, 6.5), (3.5, 6.5))
    assert ranking(cells).cells == ()
    assert spoken(items_sentence(cells, WORDS)) == (
        "Les fragilités perçues : on ne peut pas classer les réponses des citoyens, trop peu nombreuses : "
        "elles sont données par tranches, qui se touchent.",
        "Perceived fragilities: the answers of citizens cannot be ranked: too few, they are given as bands, "
        "which touch.",
    )


def test_a_band_apart_from_all_the_others_is_first():
    cells = bands((8.5, 10), (3.5, 6.5), (3.5, 6.5))
    assert spoken(items_sentence(cells, WORDS))[0] == (
        "Les fragilités perçues : les citoyens placent « emploi » en tête, à 8,5 sur 10 ou plus."
    )


def test_a_band_that_may_hide_a_higher_value_keeps_the_first_ones_unnamed():
    values = battery((6.3, 5.9, 6.7), (6.1, 5.7, 6.6), (4.4, 4.0, 4.9))
    band = PublicCell(key=key("citoyens", item="f04"), state="banded", unit="note_10", band=Band(3.5, 6.5))
    assert ranking((*values[:2], band, values[2])).leaders == ()


@pytest.mark.parametrize("fragile", [0, 1])
def test_a_fragile_figure_is_never_named(fragile):
    cells = list(battery((6.3, 5.9, 6.7), (6.1, 5.7, 6.6), (4.4, 4.0, 4.9)))
    cells[fragile] = replace(cells[fragile], state="uncertain")
    assert cells[fragile] not in ranking(cells).leaders


def test_answers_without_a_margin_are_not_ranked():
    cells = tuple(replace(cell, low95=None, high95=None, margin="none") for cell in battery((7, 7, 7), (2, 2, 2)))
    assert spoken(items_sentence(cells, WORDS))[0] == (
        "Les fragilités perçues : on ne peut pas classer les réponses des citoyens, qui n'ont pas de marge d'erreur."
    )


def test_a_census_ranks_its_answers_by_their_values_alone():
    cells = tuple(replace(cell, low95=None, high95=None, margin="none") for cell in battery((7, 7, 7), (2, 2, 2)))
    chains = [
        replace(chain, study=replace(chain.study, design=replace(chain.study.design, kind="census")))
        for chain in WORDS.inputs.studies
    ]
    census = Vocabulary(replace(WORDS.inputs, studies=tuple(chains)))

    assert spoken(items_sentence(cells, census))[0].startswith(
        "Les fragilités perçues : les citoyens placent « emploi » en tête, à 7,0 sur 10"
    )


def test_what_is_hidden_bounds_what_is_said():
    hidden = PublicCell(key=key("citoyens", item="f03"), state="protected", unit="note_10")
    cells = (*battery((7.1, 7.0, 7.3), (6.6, 6.4, 6.8)), hidden)
    assert spoken(items_sentence(cells, WORDS)) == (
        "Les fragilités perçues : les citoyens placent « emploi » en tête, à 7,1 sur 10 (entre 7,0 et 7,3). "
        "Cela ne vaut que parmi les réponses diffusées.",
        "Perceived fragilities: citizens put “employment” first, at 7.1 out of 10 (between 7.0 and 7.3). "
        "This holds among released answers only.",
    )


def test_one_item_alone_is_told_not_ranked_and_none_at_all_says_so():
    hidden = [PublicCell(key=key("citoyens", item=f"f0{rank}"), state="protected", unit="note_10") for rank in (2, 3)]
    alone = (*battery((7.1, 7.0, 7.3)), *hidden)
    assert spoken(items_sentence(alone, WORDS))[0] == (
        "Les citoyens donnent en moyenne 7,1 sur 10 à la fragilité « emploi » (entre 7,0 et 7,3, "
        "marge fondée sur un modèle). Cela ne vaut que parmi les réponses diffusées."
    )
    assert items_brief(hidden, WORDS) is None


def test_an_earlier_wave_says_when_on_the_page_of_a_territory():
    cells = tuple(replace(cell, key=replace(cell.key, wave="phare")) for cell in battery((7, 6.9, 7.1), (5, 4.9, 5.1)))
    assert spoken(items_brief(cells, WORDS))[1] == (
        "Perceived fragilities: in 2015-2016, citizens put “employment” first, at 7.0 out of 10 (between 6.9 and 7.1)."
    )
