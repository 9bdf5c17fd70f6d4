"""What can be wrong with estimates."""

from alliage.text import Text

MESSAGES: dict[str, Text] = {}
