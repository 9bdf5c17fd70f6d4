"""The populations of the demo: they read, agree with each other, and sourced figures are those of the official file."""

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from alliage.weights import Margin, read_margin

POPULATIONS = Path(__file__).parents[3] / "src" / "alliage_content" / "populations"
MARGINS: dict[str, Margin] = {path.stem: read_margin(path) for path in sorted(POPULATIONS.glob("*.yaml"))}
REGIONS = ["11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94"]


def test_each_file_bears_the_name_of_its_id_and_says_how_it_was_made():
    assert [margin.id for margin in MARGINS.values()] == list(MARGINS)
    assert all(margin.origin.note is not None for margin in MARGINS.values())


def test_margins_of_one_audience_agree_on_their_total():
    assert MARGINS["entreprises_taille"].total == MARGINS["entreprises_region"].total == 231_000
    assert MARGINS["associations_employeuse"].total == MARGINS["associations_region"].total == 1_500_000
    assert MARGINS["citoyens_region"].use == "shares"


@pytest.mark.parametrize("name", ["citoyens_region", "entreprises_region", "associations_region"])
def test_regional_margins_hold_the_thirteen_regions_of_the_mainland_and_corsica(name):
    assert [cell.name for cell in MARGINS[name].cells] == REGIONS


@pytest.mark.data
def test_sourced_counts_are_those_of_the_official_code():
    if "ALLIAGE_DATA" not in os.environ:
        pytest.skip("ALLIAGE_DATA does not name the data folder")
    communes, people = Counter(), Counter()
    with (Path(os.environ["ALLIAGE_DATA"]) / "cog" / "communes-2026.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["type"] == "COM" and row["region"] in REGIONS:
                inhabitants = int(row["population_municipale"])
                communes[row["region"], size_class(inhabitants)] += 1
                people[row["region"],] += inhabitants

    assert {cell.values: cell.count for cell in MARGINS["maires_region_taille"].cells} == communes
    assert {cell.values: cell.count for cell in MARGINS["citoyens_region"].cells} == people


def size_class(inhabitants: int) -> str:
    if inhabitants < 2_000:
        return "moins_2000"
    return "de_2000_a_19999" if inhabitants < 20_000 else "plus_20000"
