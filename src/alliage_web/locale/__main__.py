"""`python -m alliage_web.locale`: compile the translations; `… refresh` first brings the .po up to date."""

from __future__ import annotations

import sys

from alliage_web.locale import compile_catalogues, refresh

if "refresh" in sys.argv[1:]:
    refresh()
for path in compile_catalogues():
    print(path)
