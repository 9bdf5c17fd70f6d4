"""The one door to the public: what may be shown, how precisely, and why the rest is not.

Law: one door; fail closed; what is hidden is hidden in page, CSV, API, PDF, map and alt text alike.

The rules and their letters (T1, R2…) are those of docs/explanation/disclosure.md.
"""

from alliage.disclosure.checks import CHECKS
from alliage.disclosure.door import Decisions, release
from alliage.disclosure.results import SHOWN, SYMBOLS, Band, GapState, PublicCell, PublicGap, State, Verdict
from alliage.disclosure.thresholds import PARAMETERS

__all__ = [
    "CHECKS",
    "PARAMETERS",
    "SHOWN",
    "SYMBOLS",
    "Band",
    "Decisions",
    "GapState",
    "PublicCell",
    "PublicGap",
    "State",
    "Verdict",
    "release",
]
