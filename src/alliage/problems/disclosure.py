"""What can be wrong with disclosure."""

from alliage.text import Text

MESSAGES: dict[str, Text] = {}
