"""Estimates as a statistician reads them: an aligned table, CSV, JSON or Parquet, in French or in English."""

from __future__ import annotations

import json
import math
import re

from alliage.estimates import Estimates
from alliage.estimates.lists import column_names
from alliage.estimates.printing import Value, text_table
from alliage.estimates.results import EstimateKind, MarginKind
from alliage.problems import MESSAGES
from alliage.publications.files import csv_bytes
from alliage.text import Language, Text, percent

HEADINGS: dict[str, Text] = {
    "kind": Text(fr="mesure", en="measure"),
    "variable": Text(fr="variable", en="variable"),
    "answer": Text(fr="reponse", en="answer"),
    "value": Text(fr="valeur", en="value"),
    "standard_error": Text(fr="erreur_type", en="standard_error"),
    "n": Text(fr="n", en="n"),
    "n_missing": Text(fr="n_sans_reponse", en="n_missing"),
    "n_effective": Text(fr="n_efficace", en="n_effective"),
    "weight_sum": Text(fr="somme_poids", en="weight_sum"),
    "deff": Text(fr="effet_plan", en="deff"),
    "df": Text(fr="ddl", en="df"),
    "margin": Text(fr="marge", en="margin"),
    "method": Text(fr="methode", en="method"),
    "interval": Text(fr="intervalle", en="interval"),
    "warnings": Text(fr="avertissements", en="warnings"),
}

# What is in those columns, said in the reader's language; the scale of a share is told, for nothing else tells it.
KINDS: dict[EstimateKind, Text] = {
    "share": Text(fr="part (de 0 à 1)", en="share (0 to 1)"),
    "mean": Text(fr="moyenne", en="mean"),
    "total": Text(fr="total", en="total"),
    "ratio": Text(fr="rapport", en="ratio"),
    "quantile": Text(fr="quantile", en="quantile"),
}
MARGINS: dict[MarginKind, Text] = {
    "design": Text(fr="tirage", en="design"),
    "model": Text(fr="modele", en="model"),
    "none": Text(fr="aucune", en="none"),
}
METHODS: dict[str, Text] = {
    "census": Text(fr="recensement", en="census"),
    "none": Text(fr="aucune", en="none"),
}

_ENDS = {"low": Text(fr="bas", en="low"), "high": Text(fr="haut", en="high")}
_END = re.compile(r"(low|high)([0-9.]+)")

# The foot of the table: what the margin rests on, and how it was computed.
_RESTS: dict[MarginKind, Text] = {
    "design": Text(fr="Marge fondée sur le tirage", en="Margin based on the draw"),
    "model": Text(fr="Marge fondée sur un modèle", en="Margin based on a model"),
}
_VARIANCES = {
    "taylor": Text(fr="linéarisation de Taylor", en="Taylor linearisation"),
    "taylor + calibration residuals": Text(
        fr="linéarisation de Taylor, résidus du calage", en="Taylor linearisation, calibration residuals"
    ),
    "replicates": Text(fr="poids de réplication ({kind})", en="replicate weights ({kind})"),
}
_INTERVALS = {
    "korn-graubard": Text(fr="de Korn et Graubard", en="Korn–Graubard"),
    "t": Text(fr="de Student", en="Student"),
    "woodruff": Text(fr="de Woodruff", en="Woodruff"),
    "wilson": Text(fr="de Wilson", en="Wilson"),
    "logit": Text(fr="logit", en="logit"),
    "log": Text(fr="logarithmiques", en="logarithmic"),
    "normal": Text(fr="normaux", en="normal"),
}
_FOOT = Text(
    fr="{rests} : {variance} ; intervalles {interval} à {level} et à {half}.",
    en="{rests}: {variance}; {interval} intervals at {level} and {half}.",
)
_CENSUS = Text(
    fr="Recensement : tout le monde a été interrogé, il n'y a pas d'erreur d'échantillonnage.",
    en="Census: everyone was asked, there is no sampling error.",
)

Row = dict[str, Value]


def written(made: Estimates, shape: str, language: Language) -> str:
    """The estimates as an aligned table, CSV or JSON; every digit in CSV and JSON, `null` or nothing for no value."""
    if shape == "table":
        return _table(made, language)
    rows = _rows(made, language)
    if shape == "json":
        return json.dumps([_plain(row, None) for row in rows], ensure_ascii=False, indent=2) + "\n"
    return csv_bytes(list(rows[0]), [list(_plain(row, "").values()) for row in rows]).decode()


def warnings_of(made: Estimates) -> list[str]:
    """The codes of every warning, once each."""
    return sorted({code for told in made.to_arrow(())["warnings"].unique().to_pylist() for code in told.split()})


def _rows(made: Estimates, language: Language) -> list[Row]:
    """Columns and words in the reader's language."""
    flat = made.to_dicts()
    headings = {name: heading[language] for name, heading in HEADINGS.items()}
    for name in flat[0]:
        if end := _END.fullmatch(name):
            headings[name] = f"{_ENDS[end[1]][language]}_{end[2]}"
    by = [name for name in flat[0] if name not in headings]
    headings |= column_names(by, taken=headings.values())
    for row in flat:
        row["kind"] = KINDS[made.made.kind][language]
        row["margin"] = MARGINS[made.made.design.margin][language]
        row["method"] = _method(str(row["method"]), language)
        row["interval"] = _method(str(row["interval"]), language)
    return [{headings[name]: value for name, value in row.items()} for row in flat]


def _method(name: str, language: Language) -> str:
    return METHODS[name][language] if name in METHODS else name


def _table(made: Estimates, language: Language) -> str:
    """What is measured at the top, what differs from line to line in columns, method and warnings at the foot."""
    rows = _rows(made, language)
    same = {HEADINGS[name][language] for name in ("kind", "variable", "margin", "method", "interval")}
    told = set(made.to_arrow(())["warnings"].to_pylist())
    if len(told) == 1:
        same.add(HEADINGS["warnings"][language])
    table = text_table([{name: value for name, value in row.items() if name not in same} for row in rows])
    colon = " : " if language == "fr" else ": "
    top = f"{made.variables[0]}{colon}{KINDS[made.made.kind][language]}"
    foot = _foot(made, language)
    for code in warnings_of(made):
        words = MESSAGES[code][language]
        foot.append(words if len(told) == 1 else f"{code}{colon}{words}")
    return "\n".join([top, "", table, "", *foot]) + "\n"


def _foot(made: Estimates, language: Language) -> list[str]:
    """Volunteers have no such line: their warning says it all."""
    first = made[0]
    if first.method == "census":
        return [_CENSUS[language]]
    if first.margin not in _RESTS:
        return []
    kind = re.fullmatch(r"replicates \((.+?)\).*", first.method)
    variance = _VARIANCES["replicates"].filled(kind=kind[1]) if kind else _VARIANCES[first.method.split(", ")[0]]
    interval = first.interval95.method
    told = _FOOT.filled(
        rests=_RESTS[first.margin],
        variance=variance,
        interval=_INTERVALS.get(interval, Text(fr=interval, en=interval)),
        half=percent(50),
        level=percent(100 * made.level, 0 if made.level == round(made.level, 2) else 1),
    )
    return [told[language]]


def _plain(row: Row, nothing: str | None) -> dict[str, str | int | float | None]:
    return {
        name: nothing if isinstance(value, float) and not math.isfinite(value) else value for name, value in row.items()
    }
