"""Whole sentences, read aloud: agreement, uncertainty, and never "more" when the interval includes equality."""

from dataclasses import replace

import pytest

from alliage.disclosure.results import Band
from alliage.publications.gap_sentences import gap_display, gap_interval, gap_sentence, verdict_words
from alliage.publications.sentences import cell_sentence
from alliage.publications.summaries import domains_sentence, summary_sentence
from alliage.publications.vocabulary import Vocabulary
from alliage.text import Text

from .situations import (
    BRITTANY,
    CITIZENS_2015,
    CITIZENS_2019,
    COMPANIES_2015,
    COMPANIES_2019,
    CORSICA,
    IMPACT,
    INPUTS,
    MAYORS_2015,
    MAYORS_2019,
    MAYORS_BRITTANY,
    NOTES,
    gap,
    note,
    study,
)

WORDS = Vocabulary(INPUTS)


def spoken(text: Text) -> tuple[str, str]:
    """With plain spaces, so that a test reads as the page does."""
    return tuple(words.replace("\u202f", " ").replace("\xa0", " ") for words in (text.fr, text.en))


def test_a_share_says_its_interval():
    assert spoken(cell_sentence(MAYORS_2019, WORDS)) == (
        "92 % des maires voient dans les partenariats une source d'innovation (entre 88 % et 95 %).",
        "92% of mayors see partnerships as a source of innovation (between 88% and 95%).",
    )


def test_an_earlier_wave_says_when():
    assert spoken(cell_sentence(MAYORS_2015, WORDS)) == (
        "87 % des maires voient dans les partenariats une source d'innovation (entre 82 % et 91 %, en 2015-2016).",
        "87% of mayors see partnerships as a source of innovation (between 82% and 91%, in 2015-2016).",
    )


def test_a_territory_comes_first_and_the_sentence_goes_on_in_lower_case():
    brittany = note("citoyens", "f01", 6.5, 6.0, 7.0, place="region-53", step=0.5)
    assert spoken(cell_sentence(brittany, WORDS)) == (
        "En Bretagne, les citoyens donnent en moyenne 6,5 sur 10 à la fragilité « emploi » (entre 6,0 et 7,0, "
        "marge fondée sur un modèle).",
        "In Brittany, citizens give the fragility “employment” an average score of 6.5 out of 10 "
        "(between 6.0 and 7.0, model-based margin).",
    )


def test_a_band_has_no_interval():
    assert spoken(cell_sentence(MAYORS_BRITTANY, WORDS)) == (
        "En Bretagne, 85 % ou plus des maires voient dans les partenariats une source d'innovation.",
        "In Brittany, 85% or more of mayors see partnerships as a source of innovation.",
    )


@pytest.mark.parametrize(
    ("band", "fr", "en"),
    [
        (Band(3.5, 6.5), "est comprise entre 3,5 et 6,5 sur 10", "is between 3.5 and 6.5 out of 10"),
        (Band(8.5, 10), "est de 8,5 sur 10 ou plus", "is 8.5 out of 10 or more"),
        (Band(0, 1.5), "est de moins de 1,5 sur 10", "is less than 1.5 out of 10"),
    ],
)
def test_a_banded_mean_has_a_sentence_of_its_own(band, fr, en):
    cell = replace(NOTES[0], state="banded", value=None, low95=None, high95=None, band=band)
    assert spoken(cell_sentence(cell, WORDS)) == (
        f"Les fragilités perçues, « emploi » : la moyenne {fr} pour les citoyens.",
        f"Perceived fragilities, “employment”: the mean {en} for citizens.",
    )


def test_a_fragile_figure_asks_for_care():
    assert spoken(cell_sentence(replace(BRITTANY, state="uncertain"), WORDS))[0] == (
        "En Bretagne, 70 % des citoyens voient dans les partenariats une source d'innovation (entre 60 % et 80 %). "
        "Chiffre fragile, à lire avec prudence."
    )


def test_a_hidden_cell_gives_the_value_of_its_parent():
    assert spoken(cell_sentence(CORSICA, WORDS)) == (
        "Citoyens, Corse : non diffusé, pour protéger les réponses. France entière : 74 % (entre 71 % et 77 %).",
        "Citizens, Corsica: not released, to protect answers. All of France: 74% (between 71% and 77%).",
    )


def test_what_was_not_asked_is_not_an_answer():
    assert spoken(cell_sentence(COMPANIES_2015, WORDS)) == (
        "Sans objet : les dirigeants d'entreprise n'ont pas eu à répondre à cette question en 2015-2016.",
        "Not applicable: company leaders were not asked this question in 2015-2016.",
    )


def test_volunteers_get_a_warning_in_place_of_a_margin_and_a_census_its_reason():
    alone = replace(MAYORS_2019, low95=None, high95=None, margin="none")
    assert spoken(cell_sentence(alone, WORDS))[0] == (
        "92 % des maires voient dans les partenariats une source d'innovation "
        "(sans marge d'erreur : les personnes ont choisi elles-mêmes de répondre)."
    )
    census = Vocabulary(replace(INPUTS, studies=(study("maires", IMPACT, "census"),)))
    assert spoken(cell_sentence(alone, census))[1] == (
        "92% of mayors see partnerships as a source of innovation (everyone was asked)."
    )


def test_a_real_gap_says_who_is_higher_and_its_size_is_positive():
    lower = gap(CITIZENS_2019, MAYORS_2019, -23, -13)
    assert spoken(gap_sentence(lower, WORDS)) == (
        "Les maires et les citoyens ne répondent pas de la même façon : l'écart est réel, d'environ 18 points "
        "(entre 13 et 23) ; la valeur est plus élevée chez les maires.",
        "Mayors and citizens do not answer the same way: the gap is real, about 18 points (between 13 and 23); "
        "the value is higher among mayors.",
    )


def test_an_undecided_gap_never_says_more():
    undecided = gap(MAYORS_2019, COMPANIES_2019, -3, 21)
    assert spoken(gap_sentence(undecided, WORDS)) == (
        "Entre les maires et les dirigeants d'entreprise, on ne peut pas trancher : "
        "l'écart se situe entre −3 et +21 points.",
        "Between mayors and company leaders we cannot tell: the gap lies between −3 and +21 points.",
    )


@pytest.mark.parametrize(("low", "high"), [(-2, 18), (-18, 0), (-18, -2)])
def test_a_verdict_that_contradicts_its_interval_is_a_bug(low, high):
    with pytest.raises(ValueError, match="contradicts"):
        gap_sentence(gap(MAYORS_2019, COMPANIES_2019, low, high, verdict="higher"), WORDS)


def test_a_gap_without_margin_is_observed_not_decided():
    assert spoken(gap_sentence(gap(MAYORS_2019, COMPANIES_2019, None, None), WORDS)) == (
        "Entre les maires et les dirigeants d'entreprise, l'écart observé est de 9 points ; "
        "sans marge d'erreur, on ne peut pas trancher.",
        "Between mayors and company leaders the observed gap is 9 points; without a margin of error we cannot tell.",
    )


def test_a_hidden_gap_says_so():
    hidden = gap(MAYORS_2019, COMPANIES_2019, None, None, value=None, verdict="hidden", state="protected")
    assert spoken(gap_sentence(hidden, WORDS))[0] == (
        "L'écart entre les maires et les dirigeants d'entreprise n'est pas diffusé : "
        "l'une des deux valeurs ne l'est pas."
    )


@pytest.mark.parametrize(
    ("state", "fr", "en", "display", "verdict"),
    [
        (
            "banded",
            "Entre les maires et les dirigeants d'entreprise, il y a trop peu de réponses pour dire l'écart.",
            "Between mayors and company leaders there are too few answers to tell the gap.",
            "Trop peu de réponses pour dire l'écart",
            "trop peu de réponses",
        ),
        (
            "no_data",
            "Entre les maires et les dirigeants d'entreprise, pas d'écart à dire : "
            "l'un des deux publics n'a pas de donnée.",
            "Between mayors and company leaders there is no gap to tell: one of the two has no data.",
            "Pas de donnée",
            "pas de donnée",
        ),
        (
            "not_asked",
            "Entre les maires et les dirigeants d'entreprise, pas d'écart à dire : "
            "la question n'a pas été posée aux deux publics.",
            "Between mayors and company leaders there is no gap to tell: the question was not put to both.",
            "Sans objet",
            "sans objet",
        ),
    ],
)
def test_a_gap_that_cannot_be_told_says_the_true_reason(state, fr, en, display, verdict):
    absent = gap(MAYORS_2019, COMPANIES_2019, None, None, value=None, verdict="hidden", state=state)
    assert spoken(gap_sentence(absent, WORDS)) == (fr, en)
    assert (gap_display(absent).fr, verdict_words(absent).fr) == (display, verdict)


def test_an_end_that_rounding_has_brought_to_0_is_said_excluded():
    higher = gap(MAYORS_2019, COMPANIES_2019, 0, 18, verdict="higher")
    assert spoken(gap_interval(higher)) == ("entre 0 (exclu) et +18 points", "between 0 (excluded) and +18 points")
    assert "(entre 0 exclu et 18)" in gap_sentence(higher, WORDS).fr
    lower = gap(COMPANIES_2019, MAYORS_2019, -18, 0, verdict="lower")
    assert spoken(gap_interval(lower)) == ("entre −18 points et 0 (exclu)", "between −18 points and 0 (excluded)")


def test_an_undecided_interval_that_starts_at_0_holds_it():
    touching = gap(MAYORS_2019, COMPANIES_2019, 0, 18, verdict="undecided")
    assert spoken(gap_interval(touching)) == ("entre 0 et +18 points", "between 0 and +18 points")


@pytest.mark.parametrize(
    ("a", "b", "low", "high", "fr"),
    [
        (
            CITIZENS_2019,
            CITIZENS_2015,
            1,
            9,
            "De 2015-2016 à 2019-2021, la réponse des citoyens a changé : la hausse est réelle, d'environ 5 points "
            "(entre 1 et 9).",
        ),
        (
            MAYORS_2019,
            MAYORS_2015,
            -1,
            11,
            "De 2015-2016 à 2019-2021, on ne peut pas dire si la réponse des maires a changé : l'évolution se situe "
            "entre −1 et +11 points.",
        ),
        (
            BRITTANY,
            CITIZENS_2019,
            -15,
            5,
            "En Bretagne, on ne peut pas dire si la réponse des citoyens diffère de ce qu'elle est dans la France "
            "entière : l'écart se situe entre −15 et +5 points.",
        ),
        (
            BRITTANY,
            CITIZENS_2019,
            -15,
            -5,
            "En Bretagne, la réponse des citoyens est plus basse que celle donnée dans la France entière : "
            "l'écart est réel, d'environ 4 points (entre 5 et 15).",
        ),
    ],
)
def test_waves_and_territories_have_their_own_words(a, b, low, high, fr):
    assert spoken(gap_sentence(gap(a, b, low, high), WORDS))[0] == fr


def test_one_sentence_says_all_audiences_and_the_largest_established_gap():
    cells = (CITIZENS_2019, MAYORS_2019, COMPANIES_2019)
    gaps = (gap(CITIZENS_2019, MAYORS_2019, -23, -13), gap(MAYORS_2019, COMPANIES_2019, 3, 15))
    assert spoken(summary_sentence(cells, gaps, WORDS)) == (
        "En 2019-2021, les partenariats comme source d'innovation : 74 % des citoyens, 92 % des maires et 83 % des "
        "dirigeants d'entreprise. Le plus grand écart établi, entre les maires et les citoyens, est d'environ "
        "18 points (entre 13 et 23).",
        "In 2019-2021, partnerships as a source of innovation: 74% of citizens, 92% of mayors and 83% of company "
        "leaders. "
        "The largest established gap, between mayors and citizens, is about 18 points (between 13 and 23).",
    )


def test_when_no_gap_is_established_the_summary_says_we_cannot_tell():
    cells = (CITIZENS_2015, MAYORS_2015, COMPANIES_2015)
    assert spoken(summary_sentence(cells, (gap(CITIZENS_2015, MAYORS_2015, -36, 0),), WORDS)) == (
        "En 2015-2016, les partenariats comme source d'innovation : 69 % des citoyens et 87 % des maires. "
        "Aucun écart entre ces réponses n'est établi : on ne peut pas trancher.",
        "In 2015-2016, partnerships as a source of innovation: 69% of citizens and 87% of mayors. "
        "No gap between these answers is established: we cannot tell.",
    )


def test_a_territory_is_compared_with_the_whole_not_ranked():
    cells = (BRITTANY, MAYORS_BRITTANY)
    lower = gap(BRITTANY, CITIZENS_2019, -15, -1)
    assert spoken(summary_sentence(cells, (), WORDS, compared=(lower,)))[0] == (
        "En Bretagne, en 2019-2021, les partenariats comme source d'innovation : environ 70 % des citoyens et 85 % ou "
        "plus des maires. "
        "L'écart avec la réponse dans la France entière est établi pour les citoyens (plus basse ici)."
    )


def test_a_band_that_could_be_taken_for_a_margin_says_it_is_a_band():
    between = replace(MAYORS_BRITTANY, band=Band(65, 85))

    assert "entre 65 % et 85 % des maires (par tranche)" in spoken(summary_sentence((BRITTANY, between), (), WORDS))[0]
    assert spoken(cell_sentence(between, WORDS))[0].endswith("(par tranche).")
    assert "tranche" not in spoken(cell_sentence(MAYORS_BRITTANY, WORDS))[0]


def test_places_that_differ_are_named_and_the_others_left_undecided():
    assert spoken(domains_sentence(CITIZENS_2019, (gap(BRITTANY, CITIZENS_2019, -15, -1),), WORDS))[1] == (
        "74% of citizens see partnerships as a source of innovation (between 71% and 77%). "
        "The gap with the value for the whole is established for: Bretagne (lower). Elsewhere we cannot tell."
    )
