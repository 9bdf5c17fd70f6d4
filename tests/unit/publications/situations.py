"""A small made-up release: three audiences, two waves, two regions, one battery; enough for every kind of figure."""

from dataclasses import replace
from datetime import date

from alliage.disclosure.results import Band, PublicCell, PublicGap
from alliage.indicators.cells import CellKey
from alliage.indicators.declarations import Indicator
from alliage.instruments import Item, Option, Question, Questionnaire
from alliage.publications.inputs import AudienceWords, Breakdown, DomainWords, ReleaseInputs, StudyChain
from alliage.studies.declarations import Answers, Design, Fieldwork, Frame, Study, Wave, Weighting
from alliage.text import Text, same

SYNTHETIC = Text(fr="Données synthétiques.", en="Synthetic data.")

INNOVATION = Indicator(
    id="innovation",
    version="2026-1",
    label=Text(fr="Source d'innovation", en="Source of innovation"),
    definition=Text(fr="Part de ceux qui sont d'accord.", en="Share of those who agree."),
    question="innovation",
    measure="share",
    share_of=("tout_a_fait", "plutot"),
    base=Text(fr="Toutes les personnes interrogées", en="Everyone interviewed"),
    unit="percent",
    caution=Text(fr="Une opinion, pas un constat.", en="An opinion, not a finding."),
    theme=Text(fr="Convictions", en="Convictions"),
    sentence=Text(
        fr="{value} {of} voient dans les partenariats une source d'innovation",
        en="{value} {of} see partnerships as a source of innovation",
    ),
    topic=Text(fr="les partenariats comme source d'innovation", en="partnerships as a source of innovation"),
)
FRAGILITIES = Indicator(
    id="fragilites_percues",
    version="2026-1",
    label=Text(fr="Fragilités perçues", en="Perceived fragilities"),
    definition=Text(fr="Note moyenne, de 0 à 10.", en="Mean score, from 0 to 10."),
    question="fragilites",
    measure="mean",
    base=Text(fr="Personnes qui ont donné une note", en="People who gave a score"),
    unit="note_10",
    caution=Text(fr="Une perception.", en="A perception."),
    theme=Text(fr="Fragilités", en="Fragilities"),
    sentence=Text(
        fr="{who} donnent en moyenne {value} à la fragilité « {item} »",
        en="{who} give the fragility “{item}” an average score of {value}",
    ),
    topic=Text(fr="les fragilités perçues", en="perceived fragilities"),
)
QUESTIONS = (
    Question(
        id="innovation",
        type="single",
        code="Q1",
        text=Text(
            fr="Les partenariats sont-ils une source d'innovation ?", en="Are partnerships a source of innovation?"
        ),
        options=(
            Option(id="tout_a_fait", label=Text(fr="Tout à fait", en="Fully agree")),
            Option(id="plutot", label=Text(fr="Plutôt", en="Rather agree")),
            Option(id="pas_du_tout", label=Text(fr="Pas du tout", en="Not at all")),
        ),
    ),
    Question(
        id="fragilites",
        type="notes",
        code="Q2",
        text=Text(fr="Quelle est la force de chaque fragilité ?", en="How strong is each fragility?"),
        items=(
            Item(id="f01", label=Text(fr="Emploi", en="Employment")),
            Item(id="f02", label=Text(fr="Niveau de vie", en="Living standards")),
            Item(id="f03", label=Text(fr="Sécurité", en="Safety")),
        ),
        low=0,
        high=10,
    ),
)

PHARE = Wave(id="phare", label=same("PHARE"), short=same("2015-2016"), start=2015, end=2016)
IMPACT = Wave(id="impact", label=same("IMPACT"), short=same("2019-2021"), start=2019, end=2021)

CITIZENS = AudienceWords(
    id="citoyens",
    label=Text(fr="Citoyens", en="Citizens"),
    subject=Text(fr="les citoyens", en="citizens"),
    of=Text(fr="des citoyens", en="of citizens"),
)
MAYORS = AudienceWords(
    id="maires",
    label=Text(fr="Maires", en="Mayors"),
    subject=Text(fr="les maires", en="mayors"),
    of=Text(fr="des maires", en="of mayors"),
)
COMPANIES = AudienceWords(
    id="entreprises",
    label=Text(fr="Dirigeants d'entreprise", en="Company leaders"),
    subject=Text(fr="les dirigeants d'entreprise", en="company leaders"),
    of=Text(fr="des dirigeants d'entreprise", en="of company leaders"),
)
WHOLE = DomainWords(
    id="ensemble",
    label=Text(fr="France entière", en="All of France"),
    inside=Text(fr="dans la France entière", en="in France as a whole"),
)
REGIONS = Breakdown(
    id="region",
    label=Text(fr="Région", en="Region"),
    domains=(
        DomainWords("53", same("Bretagne"), Text(fr="en Bretagne", en="in Brittany")),
        DomainWords("94", Text(fr="Corse", en="Corsica"), Text(fr="en Corse", en="in Corsica")),
    ),
    is_territory=True,
)


def study(audience: str, wave: Wave, kind: str = "probability") -> StudyChain:
    return StudyChain(
        study=Study(
            id=f"{audience}_{wave.id}",
            label=same(f"{audience} {wave.id}"),
            audience=audience,
            wave=wave.id,
            fieldwork=Fieldwork(start=date(wave.start, 10, 1), end=date(wave.end, 3, 1), mode=Text(fr="web", en="web")),
            frame=Frame(label=same("frame"), size=34_935, source=same("Insee"), date=date(2026, 1, 1)),
            questionnaire=audience,
            answers=Answers(file="answers.csv", id="id"),
            design=Design(kind=kind, words=Text(fr="Tirage au sort.", en="Drawn at random.")),
            weighting=Weighting(method="rake"),
            source=Text(fr="Générateur Alliage", en="Alliage generator"),
        ),
        audience=audience,
        questionnaire=Questionnaire(
            id=audience, version="2026-1", status="published", label=same(audience), audience=audience,
            questions=QUESTIONS,
        ),
        margins=(Text(fr="Région (Insee, 2026)", en="Region (Insee, 2026)"),),
        weighting=(Text(fr="Le calage rejoint ses marges.", en="The raking meets its margins."),),
    )  # fmt: skip


def key(audience: str, wave: str = "impact", *, item: str = "", place: str = "") -> CellKey:
    indicator = "fragilites_percues" if item else "innovation"
    by, _, domain = place.partition("-")
    return CellKey(indicator, item, audience, wave, by, domain or "ensemble")


def share(audience: str, value: float, low: float, high: float, wave: str = "impact", **known: object) -> PublicCell:
    place = str(known.pop("place", ""))
    cell = PublicCell(
        key=key(audience, wave, place=place), state="published", unit="percent", value=value, low95=low, high95=high,
        low50=value - 1, high50=value + 1, step=1, n_class="500+", n_effective_class="200-499", deff=1.2,
        margin="design",
    )  # fmt: skip
    return replace(cell, **known)


def note(audience: str, item: str, value: float, low: float, high: float, **known: object) -> PublicCell:
    place = str(known.pop("place", ""))
    cell = PublicCell(
        key=key(audience, "impact", item=item, place=place), state="published", unit="note_10", value=value, low95=low,
        high95=high, low50=value, high50=value, step=0.1, n_class="500+", margin="model",
    )  # fmt: skip
    return replace(cell, **known)


def gap(a: PublicCell, b: PublicCell, low: float | None, high: float | None, **known: object) -> PublicGap:
    kind = "audiences" if a.key.audience != b.key.audience else "waves" if a.key.wave != b.key.wave else "domains"
    names = {
        "audiences": f"innovation.{a.key.wave}.{a.key.audience}-{b.key.audience}",
        "waves": f"innovation.{a.key.audience}.{a.key.wave}-{b.key.wave}",
        "domains": f"innovation.{a.key.audience}.{a.key.wave}.{a.key.by}-{a.key.domain}-ensemble",
    }
    verdict = "undecided" if low is None or (low <= 0 <= high) else "higher" if low > 0 else "lower"
    made = PublicGap(
        id=names[kind], kind=kind, a=a.key, b=b.key, unit=a.unit, verdict=verdict,
        value=round(a.value - b.value, 6), low=low, high=high, step=1, family=6, margin="design",
    )  # fmt: skip
    return replace(made, **known)


CITIZENS_2015 = share("citoyens", 69, 66, 72, wave="phare")
CITIZENS_2019 = share("citoyens", 74, 71, 77)
MAYORS_2015 = share("maires", 87, 82, 91, wave="phare")
MAYORS_2019 = share("maires", 92, 88, 95)
COMPANIES_2015 = PublicCell(key=key("entreprises", "phare"), state="not_asked", unit="percent")
COMPANIES_2019 = share("entreprises", 83, 79, 87)
BRITTANY = share("citoyens", 70, 60, 80, place="region-53", step=5, n_class="50-99", n_effective_class=None, deff=None)
CORSICA = PublicCell(
    key=key("citoyens", place="region-94"),
    state="protected",
    unit="percent",
    parent=CITIZENS_2019.key.id,
    rules=("T1",),
)
MAYORS_BRITTANY = PublicCell(
    key=key("maires", place="region-53"), state="banded", unit="percent", band=Band(85, 100), n_class="20-29",
    margin="design", parent=MAYORS_2019.key.id,
)  # fmt: skip
NOTES = (
    note("citoyens", "f01", 7.1, 7.0, 7.3),
    note("citoyens", "f02", 6.6, 6.4, 6.8),
    note("citoyens", "f03", 6.5, 6.3, 6.7),
)

CELLS = (
    CITIZENS_2015, CITIZENS_2019, MAYORS_2015, MAYORS_2019, COMPANIES_2015, COMPANIES_2019, BRITTANY, CORSICA,
    MAYORS_BRITTANY, *NOTES,
)  # fmt: skip
GAPS = (
    gap(CITIZENS_2019, MAYORS_2019, -23, -13),
    gap(MAYORS_2019, COMPANIES_2019, 3, 15),
    gap(CITIZENS_2019, CITIZENS_2015, 1, 9),
    gap(MAYORS_2019, MAYORS_2015, -1, 11),
    gap(BRITTANY, CITIZENS_2019, -15, 5, step=5, family=2),
)

INPUTS = ReleaseInputs(
    id="petit_observatoire",
    label=Text(fr="Petit observatoire", en="Small observatory"),
    kind="observatory",
    released=date(2026, 11, 23),
    code_version="0.1.0",
    lock="0" * 64,
    whole=WHOLE,
    licence=Text(fr="Licence ouverte 2.0", en="Open Licence 2.0"),
    waves=(PHARE, IMPACT),
    audiences=(CITIZENS, MAYORS, COMPANIES),
    indicators=(INNOVATION, FRAGILITIES),
    studies=(
        study("citoyens", PHARE),
        study("citoyens", IMPACT),
        study("maires", PHARE),
        study("maires", IMPACT),
        study("entreprises", IMPACT),
    ),
    breakdowns=(REGIONS,),
    cells=CELLS,
    gaps=GAPS,
    rules={"banded_under": 30},
    crossed=frozenset({"innovation"}),
    content={"register": {"figures": [{"value": 81, "label": {"fr": "81 % en 2008", "en": "81% in 2008"}}]}},
    synthetic=SYNTHETIC,
)
