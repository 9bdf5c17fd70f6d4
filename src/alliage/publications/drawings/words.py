"""The few words a drawing adds to what it is given. No digit here: every number in a drawing comes from its figure."""

from __future__ import annotations

from collections.abc import Mapping

from alliage.publications.drawings.marks import Verdict
from alliage.text import Text

VERDICTS: Mapping[Verdict, Text] = {
    "higher": Text(fr="plus élevé", en="higher"),
    "lower": Text(fr="plus bas", en="lower"),
    "undecided": Text(fr="on ne peut pas trancher", en="we cannot tell"),
    "hidden": Text(fr="non diffusé", en="not released"),
}

# The word of the disclosure rules for what is shown with a wide interval.
FRAGILE = Text(fr="fragile, à lire avec prudence", en="fragile, read with care")

# 95 times in 100 is nineteen times in twenty.
KEY_BOTH_BARS = Text(
    fr="Si l’on refaisait l’enquête, le trait épais contiendrait la vraie valeur une fois sur deux, "
    "le trait fin dix-neuf fois sur vingt.",
    en="If the survey were run again and again, the thick bar would hold the true value one time in two, "
    "the thin bar nineteen times in twenty.",
)
KEY_ONE_BAR = Text(
    fr="Si l’on refaisait l’enquête, le trait contiendrait la vraie valeur dix-neuf fois sur vingt.",
    en="If the survey were run again and again, the bar would hold the true value nineteen times in twenty.",
)
KEY_GAPS = Text(
    fr="Si l’on refaisait l’enquête, les traits contiendraient tous ensemble les vrais écarts dix-neuf fois sur vingt.",
    en="If the survey were run again and again, the bars would all hold the true gaps nineteen times in twenty.",
)
