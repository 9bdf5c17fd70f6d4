"""Sealed cells for stories: only what the story is about is written, the rest is ordinary."""

from alliage.estimates.results import Estimate, Gap, Interval
from alliage.indicators.cells import CellKey, SealedCell, SealedGap
from alliage.indicators.declarations import Indicator
from alliage.text import Text, same

WORDS = Text(fr="des mots", en="words")


def key(domain="ensemble", *, audience="maires", wave="impact", indicator="innovation", item=""):
    by = "" if domain == "ensemble" else "region"
    return CellKey(indicator, item, audience, wave, by, domain)


def cell(
    domain="ensemble",
    *,
    n=400,
    value=0.5,
    low=None,
    high=None,
    counts=None,
    effective=None,
    frame=34_000,
    inhabitants=None,
    heaviest=0.01,
    kind="share",
    margin="design",
    asked=True,
    **where,
):
    half = 0.02 if kind == "share" else 0.2
    interval = Interval(value - half if low is None else low, value + half if high is None else high, 0.95, "t")
    yes = round(n * value) if kind == "share" else n // 2
    return SealedCell(
        key=key(domain, **where),
        estimate=Estimate(
            kind=kind,
            value=value,
            standard_error=half / 2,
            interval95=interval,
            interval50=Interval(value - half / 3, value + half / 3, 0.5, "t"),
            n=n,
            n_missing=0,
            n_effective=n if effective is None else effective,
            deff=1.23456,
            df=n - 1,
            weight_sum=frame,
            margin=margin,
            method="taylor",
        ),
        counts=(yes, n - yes) if counts is None else counts,
        frame_size=frame,
        domain_population=inhabitants,
        largest_weight_share=heaviest,
        asked=asked,
    )


def gap_of(a, b, *, value, low, high, margin="design", kind="audiences"):
    return SealedGap(
        id=f"{a.key.id}~{b.key.id}",
        kind=kind,
        a=a.key,
        b=b.key,
        gap=Gap(
            value=value, standard_error=0.01, interval=Interval(low, high, 0.95, "t"), family=6, df=100, margin=margin
        ),
    )


def indicator(id="innovation", *, question="innovation", unit="percent", sensitive=False):
    return Indicator(
        id=id,
        version="2026-1",
        label=same(id),
        definition=WORDS,
        question=question,
        measure="share" if unit == "percent" else "mean",
        base=WORDS,
        unit=unit,
        caution=WORDS,
        theme=WORDS,
        sentence=WORDS,
        topic=WORDS,
        sensitive=sensitive,
    )
