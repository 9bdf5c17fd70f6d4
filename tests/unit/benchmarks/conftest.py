"""The benchmarks are scripts side by side: their folder is theirs to import from."""

from __future__ import annotations

import sys

from architecture.house import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
