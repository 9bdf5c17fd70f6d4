"""Alliage, the open observatory of alliances: from a question's wording to a published, defensible figure.

This is the statistician's door: read answers or open a table, weigh them, declare how they were drawn, estimate,
compare, cross, model. Names are fetched when first used, so that `import alliage` stays light; each room of the library
(`alliage.weights`, `alliage.models`...) holds more.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from alliage.comparisons import goodness_of_fit, independence, rank_test, t_test, trend_test
    from alliage.crosstabs import crosstab
    from alliage.estimates import (
        Design,
        adjusted,
        combine,
        compare,
        contrast,
        estimate_many,
        export_replicates,
        gap,
        mean,
        median,
        quantile,
        ratio,
        share,
        stack,
        standardise,
        total,
        with_replicates,
    )
    from alliage.models import regress
    from alliage.responses import read_answers
    from alliage.tables import open_table
    from alliage.weights import (
        calibrate,
        describe_weights,
        make_margin,
        nonresponse_weights,
        poststratify,
        rake,
        read_margins,
        trim_weights,
        weigh,
    )

__all__ = [
    "Design",
    "adjusted",
    "calibrate",
    "combine",
    "compare",
    "contrast",
    "crosstab",
    "describe_weights",
    "estimate_many",
    "export_replicates",
    "gap",
    "goodness_of_fit",
    "independence",
    "make_margin",
    "mean",
    "median",
    "nonresponse_weights",
    "open_table",
    "poststratify",
    "quantile",
    "rake",
    "rank_test",
    "ratio",
    "read_answers",
    "read_margins",
    "regress",
    "share",
    "stack",
    "standardise",
    "t_test",
    "total",
    "trend_test",
    "trim_weights",
    "weigh",
    "with_replicates",
]

# Where each name lives; estimates otherwise.
_ELSEWHERE = {
    "alliage.comparisons": ("goodness_of_fit", "independence", "rank_test", "t_test", "trend_test"),
    "alliage.crosstabs": ("crosstab",),
    "alliage.models": ("regress",),
    "alliage.responses": ("read_answers",),
    "alliage.tables": ("open_table",),
    "alliage.weights": (
        "calibrate",
        "describe_weights",
        "make_margin",
        "nonresponse_weights",
        "poststratify",
        "rake",
        "read_margins",
        "trim_weights",
        "weigh",
    ),
}
_ROOMS = dict.fromkeys(__all__, "alliage.estimates") | {
    name: room for room, names in _ELSEWHERE.items() for name in names
}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module 'alliage' has no attribute {name!r}")
    return getattr(import_module(_ROOMS[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
