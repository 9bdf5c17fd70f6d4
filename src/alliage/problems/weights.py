"""What can be wrong with weights."""

from alliage.text import Text

MESSAGES: dict[str, Text] = {}
