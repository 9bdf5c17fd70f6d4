"""What can be wrong with server."""

from alliage.text import Text

MESSAGES: dict[str, Text] = {}
