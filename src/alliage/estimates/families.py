"""Several tests at once: p-values that hold for the whole family."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from alliage.catalogue.declarations import did_you_mean
from alliage.estimates.stages import Floats
from alliage.problems import Problem

Multiplicity = Literal["none", "bonferroni", "holm", "benjamini-hochberg"]
MULTIPLICITIES: tuple[Multiplicity, ...] = get_args(Multiplicity)
_SHORT: dict[str, Multiplicity] = {"bh": "benjamini-hochberg", "BH": "benjamini-hochberg", "fdr": "benjamini-hochberg"}


def adjusted(p: ArrayLike, method: str = "holm") -> Floats:
    """The p-values of a family, made comparable to the threshold one test alone would have: R's `p.adjust`.

    "bonferroni" and "holm" (always at least as powerful; Holm 1979) bound the risk of a single false alarm in the
    family; "benjamini-hochberg" (1995) the expected part of false alarms among what is called significant; "none"
    leaves each test alone. A missing p-value (nan) stays one and is not counted in the family.
    Raises Problem estimates.multiplicity.
    """
    found = np.array(p, dtype=np.float64)
    known = np.isfinite(found)
    values = found[known]
    found[known] = np.minimum(_ADJUSTED[multiplicity(method)](values), 1.0)
    return found


def multiplicity(method: str) -> Multiplicity:
    """The method asked for ("bh" and "fdr" are understood), or Problem estimates.multiplicity."""
    name = _SHORT.get(method, method)
    if name not in MULTIPLICITIES:
        shown, suggestion = ", ".join(MULTIPLICITIES), did_you_mean(method, MULTIPLICITIES)
        raise Problem("estimates.multiplicity", method=method, suggestion=suggestion, known=shown)
    return name


def family_level(level: float, method: Multiplicity, family: int) -> float:
    """The level of each interval: all of them hold together at `level` for the methods that bound any false alarm.

    Holm's tests have no intervals of their own as simple: those of Bonferroni are wider, and hold as well.
    """
    return 1 - (1 - level) / max(family, 1) if method in {"bonferroni", "holm"} else level


def _bonferroni(p: Floats) -> Floats:
    return p * len(p)


def _holm(p: Floats) -> Floats:
    order = np.argsort(p, kind="stable")
    found = np.empty_like(p)
    found[order] = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    return found


def _benjamini_hochberg(p: Floats) -> Floats:
    order = np.argsort(-p, kind="stable")
    found = np.empty_like(p)
    found[order] = np.minimum.accumulate(p[order] * len(p) / np.arange(len(p), 0, -1))
    return found


_ADJUSTED: dict[Multiplicity, Callable[[Floats], Floats]] = {
    "none": lambda p: p,
    "bonferroni": _bonferroni,
    "holm": _holm,
    "benjamini-hochberg": _benjamini_hochberg,
}
