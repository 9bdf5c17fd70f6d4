"""What the YAML parser complains about, in words an author understands, in both languages."""

from __future__ import annotations

import yaml

from alliage.text import Text, same

_EXPECTED_COMMA = Text(
    fr="il manque une virgule, ou une accolade ou un crochet n'est pas fermé ; un texte qui contient une virgule "
    "se met entre guillemets",
    en="a comma is missing, or a brace or a bracket is not closed; a text that holds a comma goes in quotes",
)
_TWO_VALUES = Text(
    fr="deux valeurs sur une ligne ; un texte qui contient « : » se met entre guillemets",
    en="two values on one line; a text that holds “: ” goes in quotes",
)
_ALIGNMENT = Text(
    fr="cette ligne n'est pas alignée avec les précédentes", en="this line is not aligned with those before"
)

# The complaints of libyaml, then those of the parser written in Python where they differ.
_COMPLAINTS: dict[str, Text] = {
    "did not find expected ',' or '}'": _EXPECTED_COMMA,
    "expected ',' or '}', but got": _EXPECTED_COMMA,
    "did not find expected ',' or ']'": _EXPECTED_COMMA,
    "expected ',' or ']', but got": _EXPECTED_COMMA,
    "mapping values are not allowed": _TWO_VALUES,
    "did not find expected key": _ALIGNMENT,
    "expected <block end>, but found": _ALIGNMENT,
    "did not find expected '-' indicator": _ALIGNMENT,
    "block sequence entries are not allowed": Text(
        fr="un tiret commence ici une liste là où une valeur était attendue",
        en="a dash begins a list here, where a value was expected",
    ),
    "could not find expected ':'": Text(
        fr="une clé n'est pas suivie de « : » et d'une espace", en="a key is not followed by “:” and a space"
    ),
    "found unexpected end of stream": Text(
        fr="le fichier s'arrête dans un texte dont le guillemet n'est pas fermé",
        en="the file ends inside a text whose quote is not closed",
    ),
    "found character that cannot start any token": Text(
        fr="un texte ne peut pas commencer par ce signe (une tabulation, %, @, `) ; mettez-le entre guillemets",
        en="a text cannot begin with this character (a tab, %, @, `); put it in quotes",
    ),
    "did not find expected <document start>": Text(
        fr="la suite du fichier ne se rattache à rien", en="the rest of the file belongs to nothing"
    ),
    "but found another document": Text(
        fr="un fichier ne contient qu'un document : retirez la ligne « --- »",
        en="a file holds one document only: remove the line `---`",
    ),
    "control characters are not allowed": Text(
        fr="un caractère de contrôle, invisible, s'y est glissé", en="an invisible control character has slipped in"
    ),
}


def complaint(error: yaml.YAMLError | ValueError) -> Text:
    """The complaint in both languages; in the parser's own English when it is a rare one."""
    words = str(getattr(error, "problem", None) or error)
    return next((told for beginning, told in _COMPLAINTS.items() if beginning in words), same(words))
