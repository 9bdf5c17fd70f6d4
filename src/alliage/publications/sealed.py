"""What stays with those who hold the answers: exact estimates, gaps and weightings, and why each cell was hidden.

Law: never served, never in a release; this is what is compared with R.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from alliage.disclosure import PublicCell
from alliage.estimates.results import Estimate
from alliage.indicators.cells import CellKey, SealedCell, SealedGap
from alliage.publications.files import csv_bytes, json_bytes
from alliage.weights import Weights

SEALED = ("estimates.csv", "gaps.csv", "weightings.json")  # the files by which such a folder is known

_KEY = ("indicator", "item", "audience", "wave", "by", "domain")
_ESTIMATE = (
    "kind",
    "value",
    "standard_error",
    "n",
    "n_missing",
    "n_effective",
    "deff",
    "df",
    "weight_sum",
    "margin",
    "method",
    "warnings",
)
_INTERVALS = ("low95", "high95", "low50", "high50")
_DECISION = ("frame_size", "largest_weight_share", "state", "rules")


def write_sealed(
    folder: Path,
    *,
    cells: Iterable[SealedCell],
    gaps: Iterable[SealedGap],
    public: Iterable[PublicCell],
    weightings: Mapping[str, Weights],
) -> None:
    """Write `estimates.csv`, `gaps.csv` and `weightings.json` into an empty folder."""
    decided = {cell.key: cell for cell in public}
    columns = ("id", *_KEY, *_ESTIMATE, *_INTERVALS, *_DECISION)
    rows = [_row(cell, decided[cell.key]) for cell in sorted(cells, key=lambda cell: cell.key)]
    (folder / "estimates.csv").write_bytes(csv_bytes(columns, rows))
    of_gap = ("id", "kind", "a", "b", "value", "standard_error", "low", "high", "level", "family", "df", "margin")
    (folder / "gaps.csv").write_bytes(csv_bytes(of_gap, [_gap_row(gap) for gap in sorted(gaps, key=lambda g: g.id)]))
    (folder / "weightings.json").write_bytes(
        json_bytes({study: _diagnosis(weights) for study, weights in weightings.items()})
    )


def _row(cell: SealedCell, public: PublicCell) -> list[object]:
    estimate = cell.estimate
    return [
        cell.key.id,
        *_key(cell.key),
        *(_exact(getattr(estimate, name)) for name in _ESTIMATE),
        *_ends(estimate),
        cell.frame_size,
        _exact(cell.largest_weight_share),
        public.state,
        " ".join(public.rules),
    ]


def _key(key: CellKey) -> list[str]:
    return [key.indicator, key.item, key.audience, key.wave, key.by, key.domain]


def _ends(estimate: Estimate) -> list[object]:
    ends = (estimate.interval95.low, estimate.interval95.high, estimate.interval50.low, estimate.interval50.high)
    return [_exact(end) for end in ends]


def _gap_row(gap: SealedGap) -> list[object]:
    found = gap.gap
    numbers = (found.value, found.standard_error, found.interval.low, found.interval.high, found.interval.level)
    return [gap.id, gap.kind, gap.a.id, gap.b.id, *map(_exact, numbers), found.family, _exact(found.df), found.margin]


def _exact(value: object) -> object:
    """Seventeen digits: what is read back is what was computed. Nothing where there is no number."""
    if isinstance(value, float):
        return "" if value != value else repr(value)
    return " ".join(value) if isinstance(value, tuple) else value


def _diagnosis(weights: Weights) -> dict[str, object]:
    found = weights.diagnosis
    return {
        "n": found.n,
        "iterations": found.iterations,
        "converged": found.converged,
        "worst_gap": found.worst_gap,
        "worst_margin": found.worst_margin,
        "design_effect": found.design_effect,
        "n_effective": found.n_effective,
        "smallest_g": found.smallest_g,
        "largest_g": found.largest_g,
        "total": found.total,
        "quantiles": found.quantiles,
        "largest_share": found.largest_share,
        "trimmed": found.trimmed,
        "lines": [line.to_dict() for line in found.lines],
    }
