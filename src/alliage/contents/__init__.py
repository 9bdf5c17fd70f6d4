"""The content as a whole: what we ask, measure and show, every item by its id, every reference followed.

Law: what opens is whole; one wrong line anywhere and nothing opens, all the wrong lines being told at once.
"""

from alliage.contents.checks import check_content
from alliage.contents.consistency import conflict_lines
from alliage.contents.content import Content
from alliage.contents.reading import installed_content, open_content
from alliage.contents.versions import register_versions

__all__ = ["Content", "check_content", "conflict_lines", "installed_content", "open_content", "register_versions"]
