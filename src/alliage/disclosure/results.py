"""What leaves the door: figures at display precision, or a reason for their absence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from alliage.estimates.results import MarginKind
from alliage.indicators.cells import CellKey

# published: shown. banded: shown as a band of values. uncertain: shown pale, its interval is too wide to be relied on.
# protected: hidden to protect answers. no_data: nobody to ask there. not_asked: not asked of that audience or wave.
State = Literal["published", "banded", "uncertain", "protected", "no_data", "not_asked"]
SYMBOLS: dict[State, str | None] = {
    "published": None,
    "banded": None,
    "uncertain": "u",
    "protected": "c",
    "no_data": None,
    "not_asked": "z",
}
SHOWN: frozenset[State] = frozenset({"published", "banded", "uncertain"})

Verdict = Literal["higher", "lower", "undecided", "hidden"]


@dataclass(frozen=True, slots=True)
class Band:
    """A class of values shown in place of the value: 35 to 65 %."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PublicCell:
    """A cell as the public may see it. Shares are in percent here, already rounded to `step`.

    Interval ends are rounded outwards; they are None when no margin may be given, or when the value is a band.
    """

    key: CellKey
    state: State
    unit: str
    value: float | None = None
    band: Band | None = None
    low95: float | None = None
    high95: float | None = None
    low50: float | None = None
    high50: float | None = None
    step: float | None = None
    n_class: str | None = None  # "500+", "100-199"
    n_effective_class: str | None = None
    deff: float | None = None
    margin: MarginKind = "none"
    parent: str | None = None  # id of the smallest shown cell that contains it
    rules: tuple[str, ...] = ()  # the rules that decided ("T1", "R2"…): for `sealed/` and tests only, never published

    @property
    def is_shown(self) -> bool:
        return self.state in SHOWN


# Why a gap is or is not shown. banded: both sides are shown, one of them only as a band.
GapState = Literal["published", "banded", "protected", "no_data", "not_asked"]


@dataclass(frozen=True, slots=True)
class PublicGap:
    """The gap a - b of two shown cells, in points (or in note points), from their rounded values.

    The verdict is that of the exact simultaneous interval, which the interval shown holds. Where rounding would have
    made it touch 0, its end is 0 and `excludes_zero` says that 0 is not part of it.
    """

    id: str
    kind: Literal["audiences", "waves", "domains"]
    a: CellKey
    b: CellKey
    unit: str
    verdict: Verdict
    state: GapState = "published"
    value: float | None = None
    low: float | None = None
    high: float | None = None
    step: float | None = None
    family: int = 1
    margin: MarginKind = "none"

    @property
    def excludes_zero(self) -> bool:
        return self.verdict in {"higher", "lower"}
