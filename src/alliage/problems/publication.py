"""What can be wrong with publication."""

from alliage.text import Text

MESSAGES: dict[str, Text] = {}
