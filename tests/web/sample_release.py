"""Two small made-up releases to show pages with: an observatory with every state, and a lone study with hardly any."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

from alliage.contents import Content, open_content
from alliage.disclosure.results import Band, PublicCell, PublicGap, State
from alliage.indicators.cells import CellKey
from alliage.publications.drawings import Tile, draw_tiles
from alliage.publications.files import SUMS, sums_bytes, write_files
from alliage.publications.freeze import release_files
from alliage.publications.inputs import AudienceWords, Breakdown, DomainWords, ReleaseInputs, StudyChain
from alliage.publications.snapshots import plain
from alliage.studies.declarations import Answers, Design, Fieldwork, Frame, Study, Wave, Weighting
from alliage.text import LANGUAGES, Text, same

REGIONS = ("11", "53", "94")
ITEMS = ("f01", "f02", "f03", "f04")
AUDIENCES = ("citoyens", "maires", "entreprises", "associations")
WAVES = (
    Wave(id="phare", label=same("PHARE, 2015-2016"), short=same("2015-2016"), start=2015, end=2016),
    Wave(id="impact", label=same("IMPACT, 2019-2021"), short=same("2019-2021"), start=2019, end=2021),
)
NATIONAL = {
    ("citoyens", "phare"): 69,
    ("maires", "phare"): 87,
    ("entreprises", "phare"): 81,
    ("associations", "phare"): 86,
    ("citoyens", "impact"): 74,
    ("maires", "impact"): 90,
    ("entreprises", "impact"): 83,
    ("associations", "impact"): 97,
}
# What is not simply published: one of each state.
STATES: dict[str, State] = {
    "innovation.maires.impact.region-94": "protected",
    "innovation.associations.impact.region-94": "protected",
    "innovation.entreprises.impact.region-94": "no_data",
    "innovation.associations.phare.region-53": "uncertain",
    "innovation.entreprises.phare.region-53": "banded",
    "innovation.entreprises.phare.region-94": "not_asked",
    "fragilites_percues.f03.citoyens.impact.region-94": "protected",
}
SYNTHETIC = Text(
    fr="Réponses inventées par un générateur : aucun de ces chiffres ne décrit la France réelle.",
    en="Answers made up by a generator: none of these figures describes the real France.",
)


def write_sample(folder: Path) -> Path:
    """The observatory: two indicators, four audiences, two waves, three regions, every state."""
    content = open_content()
    inputs = _observatory(content)
    files = release_files(inputs)
    tiles = [_tile(departement, content) for departement in content.departements.values()]
    for language in LANGUAGES:
        start = "/en/territoires" if language == "en" else "/territoires"
        drawn = draw_tiles(tiles, language, link=lambda tile, start=start: f"{start}/departement-{tile.code}")
        files[f"figures/map.{language}.svg"] = drawn.encode()
    return _written(files, folder)


def write_lone_study(folder: Path) -> Path:
    """One audience, one wave, broken down by sex and age; no region, no register, no map, real answers."""
    content = open_content()
    women = DomainWords(
        id="femmes", label=Text(fr="Femmes", en="Women"), inside=Text(fr="parmi les femmes", en="among women")
    )
    men = DomainWords(
        id="hommes", label=Text(fr="Hommes", en="Men"), inside=Text(fr="parmi les hommes", en="among men")
    )
    by_sex = Breakdown(id="sexe", label=Text(fr="Sexe", en="Sex"), domains=(women, men))
    places = (("", "ensemble"), ("sexe", "femmes"), ("sexe", "hommes"))
    cells = [_cell("innovation", "", "citoyens", "impact", by, domain) for by, domain in places]
    inputs = replace(
        _observatory(content),
        id="etude_seule",
        kind="study",
        label=Text(fr="Une étude seule", en="A lone study"),
        waves=WAVES[1:],
        audiences=(_audience("citoyens", content),),
        indicators=(content.indicators["innovation"],),
        studies=(_chain("citoyens", WAVES[1], content),),
        breakdowns=(by_sex,),
        cells=tuple(cells),
        gaps=(),
        crossed=frozenset(),
        content={},
        synthetic=None,
        unaudited=True,
    )
    return _written(release_files(inputs), folder)


def write_bare_study(folder: Path) -> Path:
    """One audience, one wave, one indicator, no breakdown at all."""
    content = open_content()
    inputs = replace(
        _observatory(content),
        id="etude_nue",
        kind="study",
        waves=WAVES[1:],
        audiences=(_audience("citoyens", content),),
        indicators=(content.indicators["innovation"],),
        studies=(_chain("citoyens", WAVES[1], content),),
        breakdowns=(),
        cells=(_cell("innovation", "", "citoyens", "impact", "", "ensemble"),),
        gaps=(),
        crossed=frozenset(),
        content={},
    )
    return _written(release_files(inputs), folder)


def _written(files: dict[str, bytes], folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    write_files(files, folder)
    assert (folder / SUMS).read_bytes() == sums_bytes(files)
    return folder


def _observatory(content: Content) -> ReleaseInputs:
    cells = list(_cells())
    known = {cell.key: cell for cell in cells}
    regions = [content.regions[code] for code in REGIONS]
    territories = Breakdown(
        id="region",
        label=Text(fr="Région", en="Region"),
        domains=tuple(DomainWords(id=one.code, label=one.name, inside=one.inside) for one in regions),
        is_territory=True,
    )
    return ReleaseInputs(
        id="essai",
        label=Text(fr="Observatoire d'essai", en="Sample observatory"),
        kind="observatory",
        released=date(2026, 11, 23),
        code_version="0.1.0+essai",
        lock="0123456789ab",
        whole=DomainWords(
            id="ensemble",
            label=Text(fr="France entière", en="All of France"),
            inside=Text(fr="dans la France entière", en="in all of France"),
        ),
        licence=Text(fr="Licence Ouverte 2.0.", en="Open Licence 2.0."),
        waves=WAVES,
        audiences=tuple(_audience(one, content) for one in AUDIENCES),
        indicators=(content.indicators["innovation"], content.indicators["fragilites_percues"]),
        studies=tuple(_chain(audience, wave, content) for wave in WAVES for audience in AUDIENCES),
        breakdowns=(territories,),
        cells=tuple(cells),
        gaps=tuple(_gaps(known)),
        rules={"T1": 11},
        crossed=frozenset({"innovation"}),
        content=_pages(content),
        synthetic=SYNTHETIC,
    )


def _pages(content: Content) -> dict[str, object]:
    label = Text(fr="Maires, partenariats et innovation, 2016", en="Mayors, partnerships and innovation, 2016")
    target = {
        "label": label,
        "published": Text(fr="87 %", en="87%"),
        "simulated": Text(fr="87 %", en="87%"),
        "interval": Text(fr="entre 83 % et 91 %", en="between 83% and 91%"),
        "source": Text(fr="Communiqué de 2016", en="2016 press release"),
    }
    return {
        "territories": {
            "regions": plain(list(content.regions.values())),
            "departements": plain(list(content.departements.values())),
        },
        "register": {
            "studies": plain(list(content.studies.values())),
            "figures": plain(list(content.figures.values())),
            "conflicts": plain(list(content.conflicts.values())),
            "sources": plain(list(content.sources.values())),
        },
        "targets": [plain(target)],
    }


def _tile(departement: object, content: Content) -> Tile:
    region = content.regions[departement.region]
    return Tile(
        code=departement.code,
        name=departement.name,
        region=departement.region,
        region_name=region.name,
        column=departement.column,
        row=departement.row,
    )


def _audience(audience: str, content: Content) -> AudienceWords:
    known = content.audiences[audience]
    return AudienceWords(id=known.id, label=known.label, subject=known.subject, of=known.of)


def _chain(audience: str, wave: Wave, content: Content) -> StudyChain:
    who = content.audiences[audience]
    study = Study(
        id=f"{audience}_{wave.id}",
        label=Text(fr=f"{who.label.fr}, {wave.short.fr}", en=f"{who.label.en}, {wave.short.en}"),
        audience=audience,
        wave=wave.id,
        fieldwork=Fieldwork(
            start=date(wave.start, 9, 1), end=date(wave.start, 10, 15), mode=Text(fr="par téléphone", en="by phone")
        ),
        frame=Frame(
            label=Text(fr="Population d'essai", en="Sample population"),
            size=30000,
            source=Text(fr="inventée", en="made up"),
            date=date(2015, 1, 1),
        ),
        questionnaire=audience,
        answers=Answers(file="answers.csv", id="id"),
        design=Design(kind="quota", words=Text(fr="Quotas par région.", en="Quotas by region.")),
        weighting=Weighting(method="rake"),
        synthetic=SYNTHETIC,
        source=Text(fr="Alliage, réponses inventées.", en="Alliage, made-up answers."),
    )
    return StudyChain(
        study=study,
        audience=audience,
        questionnaire=content.questionnaires[audience],
        margins=(Text(fr="Région : Insee, 2026.", en="Region: Insee, 2026."),),
        weighting=(Text(fr="Le redressement coûte peu.", en="Weighting costs little."),),
    )


def _cells() -> Iterator[PublicCell]:
    places = [("", "ensemble"), *(("region", code) for code in REGIONS)]
    for by, domain in places:
        for audience, wave in NATIONAL:
            yield _cell("innovation", "", audience, wave, by, domain)
        for wave in ("phare", "impact"):
            for item in ITEMS:
                yield _cell("fragilites_percues", item, "citoyens", wave, by, domain)


def _cell(indicator: str, item: str, audience: str, wave: str, by: str, domain: str) -> PublicCell:
    key = CellKey(indicator, item, audience, wave, by, domain)
    state = STATES.get(key.id, "published")
    whole = CellKey(indicator, item, audience, wave).id if by else None
    if indicator == "innovation":
        value, half, unit, step = _share(key), 9.0 if by else 4.0, "percent", 1.0
    else:
        value, half, unit, step = 5.5 + (zlib.crc32(key.id.encode()) % 17) / 10, 0.4 if by else 0.2, "note_10", 0.1
    if state in ("protected", "no_data", "not_asked"):
        return PublicCell(key=key, state=state, unit=unit, parent=whole if state == "protected" else None)
    if state == "banded":
        return PublicCell(key=key, state=state, unit=unit, band=Band(65, 85), n_class="20-29", parent=whole)
    if state == "uncertain":
        half = 21.0
    value = round(value, 1)
    end = 100.0 if unit == "percent" else 10.0
    return PublicCell(
        key=key,
        state=state,
        unit=unit,
        value=value,
        low95=round(max(0.0, value - half), 1),
        high95=round(min(end, value + half), 1),
        low50=round(max(0.0, value - round(half / 3, 1)), 1),
        high50=round(min(end, value + round(half / 3, 1)), 1),
        step=step,
        n_class="100-199" if by else "500+",
        n_effective_class="100-199" if by else "500+",
        deff=1.4,
        margin="model",
        parent=whole,
    )


def _share(key: CellKey) -> float:
    national = NATIONAL[key.audience, key.wave]
    return float(national if not key.by else min(98, national - 8 + zlib.crc32(key.id.encode()) % 14))


def _gaps(cells: dict[CellKey, PublicCell]) -> Iterator[PublicGap]:
    for wave in WAVES:
        for one, other in combinations(AUDIENCES, 2):
            a, b = CellKey("innovation", "", one, wave.id), CellKey("innovation", "", other, wave.id)
            value = cells[a].value - cells[b].value
            low, high = value - 6, value + 6
            verdict = "higher" if low > 0 else "lower" if high < 0 else "undecided"
            yield PublicGap(
                id=f"innovation.{wave.id}.{one}-{other}",
                kind="audiences",
                a=a,
                b=b,
                unit="percent",
                verdict=verdict,
                value=value,
                low=low,
                high=high,
                step=1.0,
                family=6,
                margin="model",
            )


if __name__ == "__main__":
    import sys

    write_sample(Path(sys.argv[1]))
    write_lone_study(Path(sys.argv[1] + "-seule"))
