"""What can be wrong with studies."""

from alliage.text import Text

MESSAGES: dict[str, Text] = {}
