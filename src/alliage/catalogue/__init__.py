"""Opens the content: YAML files read safely, their lines remembered, and turned into frozen declarations.

Law: no double key, no unknown key, no missing translation, no dangling reference; every complaint names file and line.
"""

from alliage.catalogue.declarations import declare, declared, did_you_mean, read_declaration, read_declarations
from alliage.catalogue.documents import Document, read_document

__all__ = ["Document", "declare", "declared", "did_you_mean", "read_declaration", "read_declarations", "read_document"]
