"""The short sentence of a territory: who answers what, roundly, and only the gaps that are established."""

from dataclasses import replace

from alliage.publications.briefs import zone_brief
from alliage.publications.composing import compose
from alliage.publications.vocabulary import Vocabulary
from alliage.text import Text

from .situations import BRITTANY, CITIZENS_2019, CORSICA, INPUTS, MAYORS_BRITTANY, gap, share

WORDS = Vocabulary(INPUTS)
COMPANIES_BRITTANY = replace(MAYORS_BRITTANY, key=replace(MAYORS_BRITTANY.key, audience="entreprises"))


def spoken(text: Text | None) -> tuple[str, str]:
    return tuple(words.replace("\u202f", " ").replace("\xa0", " ") for words in (text.fr, text.en))


def test_a_value_rounded_to_five_points_is_said_to_be_about():
    fine = share("maires", 91, 86, 96, place="region-53")
    assert spoken(zone_brief((BRITTANY, fine), (), WORDS)) == (
        "Les partenariats comme source d'innovation : environ 70 % des citoyens et 91 % des maires.",
        "Partnerships as a source of innovation: about 70% of citizens and 91% of mayors.",
    )


def test_audiences_that_show_the_same_band_are_told_together_and_last():
    assert spoken(zone_brief((MAYORS_BRITTANY, BRITTANY, COMPANIES_BRITTANY), (), WORDS)) == (
        "Les partenariats comme source d'innovation : environ 70 % des citoyens, 85 % ou plus des maires et des "
        "dirigeants d'entreprise.",
        "Partnerships as a source of innovation: about 70% of citizens, 85% or more of mayors and of company leaders.",
    )


def test_a_fragile_value_says_it_is():
    fragile = replace(BRITTANY, state="uncertain")
    assert spoken(zone_brief((fragile, MAYORS_BRITTANY), (), WORDS))[0] == (
        "Les partenariats comme source d'innovation : environ 70 % des citoyens (fragile) et 85 % ou plus des maires."
    )


def test_only_an_established_gap_with_the_whole_is_told():
    cells = (BRITTANY, MAYORS_BRITTANY)
    assert zone_brief(cells, (gap(BRITTANY, CITIZENS_2019, -15, 5),), WORDS) == zone_brief(cells, (), WORDS)
    assert spoken(zone_brief(cells, (gap(BRITTANY, CITIZENS_2019, -15, -1),), WORDS)) == (
        "Les partenariats comme source d'innovation : environ 70 % des citoyens et 85 % ou plus des maires. "
        "Écart établi avec la réponse dans la France entière pour les citoyens (plus basse ici).",
        "Partnerships as a source of innovation: about 70% of citizens and 85% or more of mayors. "
        "Established gap with the answer in France as a whole for citizens (lower here).",
    )


def test_an_audience_alone_says_its_own_sentence_and_a_hidden_place_says_nothing():
    assert spoken(zone_brief((MAYORS_BRITTANY,), (), WORDS))[1] == (
        "In Brittany, 85% or more of mayors see partnerships as a source of innovation."
    )
    assert zone_brief((CORSICA,), (), WORDS) is None


def test_an_earlier_wave_says_when():
    earlier = tuple(replace(cell, key=replace(cell.key, wave="phare")) for cell in (BRITTANY, MAYORS_BRITTANY))
    assert spoken(zone_brief(earlier, (), WORDS))[0] == (
        "En 2015-2016, les partenariats comme source d'innovation : environ 70 % des citoyens et 85 % ou plus des "
        "maires."
    )


def test_the_figures_of_a_territory_and_of_a_battery_have_a_brief_and_its_cells_and_no_other_has():
    figures = {figure.id: figure for figure in compose(WORDS)}
    told = {name: figure.brief_cells for name, figure in figures.items() if figure.brief}
    assert told == {
        "innovation.zone.region-53": (BRITTANY.key.id, MAYORS_BRITTANY.key.id),
        "fragilites_percues.items.citoyens.impact.ensemble": (
            "fragilites_percues.f01.citoyens.impact.ensemble",
            "fragilites_percues.f03.citoyens.impact.ensemble",
        ),
    }
    assert figures["innovation.zone.region-94"].brief is None
