"""Numbers and dates are written here without Babel, so that a page loads at once; Babel remains the judge."""

from datetime import date

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal

from alliage.text import Text, day, listed, number, percent, same


@pytest.mark.parametrize("value", [0, -3, 0.5, 1.5, 2.5, 7.05, 7.15, 999.95, 1234.5, 1234567.25, -0.25, 1e7])
@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_numbers_are_written_as_babel_writes_them(value, decimals):
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    assert number(value, decimals) == Text(
        fr=format_decimal(value, format=pattern, locale="fr_FR"),
        en=format_decimal(value, format=pattern, locale="en_GB"),
    )


@pytest.mark.parametrize("month", range(1, 13))
def test_dates_are_written_as_babel_writes_them(month):
    when = date(2019, month, month + 1)
    assert day(when) == Text(
        fr=format_date(when, "d MMMM y", locale="fr_FR"), en=format_date(when, "d MMMM y", locale="en_GB")
    )


@pytest.mark.parametrize("month", range(1, 13))
def test_the_first_of_the_month_is_an_ordinal_in_french_which_babel_forgets(month):
    when = date(2015, month, 1)
    assert day(when) == Text(
        fr=format_date(when, "'1er' MMMM y", locale="fr_FR"), en=format_date(when, "d MMMM y", locale="en_GB")
    )


def test_a_percentage_has_its_narrow_space_in_french_only():
    assert percent(87) == Text(fr="87\u202f%", en="87%")


def test_a_list_says_and_before_its_last_item():
    assert listed([same("a"), same("b"), same("c")]) == Text(fr="a, b et c", en="a, b and c")
