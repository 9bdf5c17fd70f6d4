"""How sure we are of what we write: a mark, its sources, a word of explanation."""

from __future__ import annotations

from typing import Literal

from alliage.catalogue.declarations import declared
from alliage.text import Text

# sourced: stated by a source. inferred: our reading of a damaged or silent source. proposed: our own, editable.
Mark = Literal["sourced", "inferred", "proposed"]


@declared
class Origin:
    """Where something comes from. `sources` are ids of sources/sources.yaml."""

    mark: Mark
    sources: tuple[str, ...] = ()
    note: Text | None = None
