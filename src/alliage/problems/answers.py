"""What can be wrong with answers."""

from alliage.text import Text

MESSAGES: dict[str, Text] = {}
