"""How a figure is written, in both languages."""

import pytest

from alliage.disclosure.results import Band, PublicCell
from alliage.indicators.cells import CellKey
from alliage.publications.wording import (
    band_words,
    base_class,
    bracketed,
    cell_interval,
    display,
    interval,
    margin_note,
    points,
    quantity,
)
from alliage.text import Text

KEY = CellKey("innovation", "", "maires", "impact")


@pytest.mark.parametrize(
    ("value", "unit", "step", "fr", "en"),
    [
        (87, "percent", 1, "87\u202f%", "87%"),
        (85, "percent", 5, "85\u202f%", "85%"),
        (7.1, "note_10", 0.1, "7,1 sur 10", "7.1 out of 10"),
        (7, "note_10", 0.1, "7,0 sur 10", "7.0 out of 10"),
        (1.5, "hours", 0.1, "1,5 heure", "1.5 hours"),
        (2.2, "hours", 0.1, "2,2 heures", "2.2 hours"),
        (1, "hours", 1, "1 heure", "1 hour"),
        (1234.5, "count", 0.1, "1\u202f234,5", "1,234.5"),
    ],
)
def test_a_value_carries_its_unit_and_the_decimals_of_its_step(value, unit, step, fr, en):
    assert quantity(value, unit, step) == Text(fr=fr, en=en)


@pytest.mark.parametrize(
    ("low", "high", "unit", "fr", "en"),
    [
        (35, 65, "percent", "entre 35\u202f% et 65\u202f%", "between 35% and 65%"),
        (85, 100, "percent", "85\u202f% ou plus", "85% or more"),
        (0, 15, "percent", "moins de 15\u202f%", "less than 15%"),
        (3.5, 6.5, "note_10", "entre 3,5 et 6,5 sur 10", "between 3.5 and 6.5 out of 10"),
        (8.5, 10, "note_10", "8,5 sur 10 ou plus", "8.5 out of 10 or more"),
    ],
)
def test_a_band_is_said_in_words(low, high, unit, fr, en):
    assert band_words(Band(low, high), unit) == Text(fr=fr, en=en)


@pytest.mark.parametrize(
    ("state", "fr", "en"),
    [
        ("protected", "Non diffusé : protection des réponses.", "Not released: answers are protected."),
        ("not_asked", "Sans objet", "Not applicable"),
        ("no_data", "Pas de donnée", "No data"),
    ],
)
def test_an_absence_says_which_one_it_is(state, fr, en):
    assert display(PublicCell(key=KEY, state=state, unit="percent")) == Text(fr=fr, en=en)


def test_a_shown_cell_without_a_value_is_a_bug():
    with pytest.raises(ValueError, match=r"innovation\.maires\.impact\.ensemble"):
        display(PublicCell(key=KEY, state="published", unit="percent"))


def test_an_interval_tells_its_unit_once_except_the_percent_sign():
    assert interval(82, 91, "percent", 1) == Text(fr="entre 82\u202f% et 91\u202f%", en="between 82% and 91%")
    assert interval(7, 7.3, "note_10", 0.1) == Text(fr="entre 7,0 et 7,3 sur 10", en="between 7.0 and 7.3 out of 10")


def test_beside_its_value_an_interval_does_not_repeat_the_scale():
    note = PublicCell(key=KEY, state="published", unit="note_10", value=7.1, low95=7, high95=7.3, step=0.1)
    assert bracketed(note) == Text(fr="entre 7,0 et 7,3", en="between 7.0 and 7.3")


def test_no_margin_no_interval():
    assert cell_interval(PublicCell(key=KEY, state="published", unit="percent", value=87, step=1)) is None


def test_a_quota_margin_is_labelled_model_based_and_a_volunteer_wave_gets_a_warning():
    assert margin_note("model") == Text(
        fr="Marge fondée sur un modèle : échantillon par quotas.", en="Model-based margin: quota sample."
    )
    assert margin_note("none").fr == (
        "Pas de marge d'erreur : les personnes ont choisi elles-mêmes de répondre ; "
        "rien ne dit qu'elles ressemblent aux autres."
    )
    assert margin_note("none", is_census=True).en == "No sampling margin: everyone was asked."


def test_the_base_is_said_as_a_class():
    assert base_class("100-199") == Text(fr="entre 100 et 199 réponses", en="between 100 and 199 answers")
    assert base_class("500+") == Text(fr="500 réponses ou plus", en="500 answers or more")
    assert base_class(None) is None


@pytest.mark.parametrize(
    ("value", "step", "fr", "en"),
    [
        (6, 1, "6\xa0points", "6\xa0points"),
        (-6, 1, "6\xa0points", "6\xa0points"),
        (1, 1, "1\xa0point", "1\xa0point"),
        (0, 1, "0\xa0point", "0\xa0points"),
        (1.5, 0.1, "1,5\xa0point", "1.5\xa0points"),
        (1, 0.1, "1,0\xa0point", "1.0\xa0points"),
        (2, 0.1, "2,0\xa0points", "2.0\xa0points"),
    ],
)
def test_french_counts_points_from_two_and_english_from_anything_but_one(value, step, fr, en):
    assert points(value, step, "note_10" if step < 1 else "percent") == Text(fr=fr, en=en)
