"""What the import worker may use, and what a file of answers may hold."""

from __future__ import annotations

import contextlib
import resource
from dataclasses import dataclass

MEGABYTE = 1_000_000

# A file of answers, however large the survey, stays below these. Each leaves room for 100 000 respondents and a
# thousand questions; a file that passes one is a mistake or an attack.
LARGEST_FILE = 1_000 * MEGABYTE
MOST_COLUMNS = 5_000  # XLSX allows 16 384, SPSS 32 767: nobody asks 5 000 questions
LONGEST_FIELD = 131_072  # characters: forty pages of free text

# Read from the zip's central directory before anything is inflated. THREATS asks 16 MB per member; a real sheet of
# 100 000 respondents × 100 questions is 330 MB of XML (33 bytes a cell), so that members may be larger here and the
# worker's own memory limit is the second lock. Real sheets shrink 5 to 40 times; a bomb, 1 000 times.
LARGEST_MEMBER = 400 * MEGABYTE
LARGEST_WORKBOOK = 500 * MEGABYTE
HIGHEST_RATIO = 100
SMALL_MEMBER = MEGABYTE  # a short, very regular part may shrink more: harmless
MOST_MEMBERS = 200


@dataclass(frozen=True, slots=True)
class Limits:
    """`memory`: bytes of address space; `cpu` and `wall`: seconds."""

    memory: int = 3_000 * MEGABYTE
    cpu: int = 60
    wall: float = 90.0


def limit_myself(limits: Limits) -> None:
    """Bound this process for good: memory, processor time, open files, size of what it writes; no core file."""
    for what, soft, hard in (
        (resource.RLIMIT_AS, limits.memory, limits.memory),
        (resource.RLIMIT_CPU, limits.cpu, limits.cpu + 1),  # the soft limit's signal says why; the hard one kills
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NOFILE, 64, 64),
        (resource.RLIMIT_FSIZE, limits.memory, limits.memory),
    ):
        # A system that does not know a limit (macOS and RLIMIT_AS) keeps the others and the wall clock.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (soft, hard))
