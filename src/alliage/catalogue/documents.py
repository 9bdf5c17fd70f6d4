"""A YAML file read safely: plain values, the line of each of them, no double key, no anchor, no Python tag."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from alliage.catalogue.syntax import complaint
from alliage.problems import Place, Problem, raise_all
from alliage.text import Text

LARGEST = 2_000_000  # bytes: the largest content file we ship is a tenth of this
DEEPEST = 40  # nested levels: the deepest content file we ship has eight

# The same safe loader in C where libyaml is there: four times as fast on the bank of questions.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Address = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The values of a YAML file and the line where each of them is written."""

    path: Path
    data: Any
    lines: dict[Address, int] = field(default_factory=dict)

    def place(self, address: Address = ()) -> Place:
        """The line of a value, or of the nearest thing around it that has one."""
        while address and address not in self.lines:
            address = address[:-1]
        return Place(self.path, self.lines.get(address, 1))


def read_document(path: Path, *, asked_by: str = "") -> Document:
    """Read a YAML file. Raises Problem content.* naming the line."""
    path = Path(path)
    if not path.is_file():
        raise Problem("content.not_found", Place(path), asked_by=asked_by or "?")
    size = path.stat().st_size
    if size > LARGEST:
        raise Problem("content.too_large", Place(path), size=size, limit=LARGEST)
    try:
        words = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem("content.encoding", Place(path), position=error.start) from None
    return _parse(words, path)


def _parse(words: str, path: Path) -> Document:
    try:
        _refuse_aliases_and_depth(words, path)
        root = yaml.compose(words, Loader=_LOADER)
        reader = _Reader(path)
        data = None if root is None else reader.value(root, ())
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(path, mark.line + 1 if mark else None)
        raise Problem("content.syntax", place, detail=complaint(error)) from None
    raise_all(reader.problems)
    return Document(path=path, data=data, lines=reader.lines)


def _refuse_aliases_and_depth(words: str, path: Path) -> None:
    """An alias can make a small file huge, and deep nesting exhausts the stack: both are seen before composing."""
    depth = 0
    for event in yaml.parse(words, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Problem("content.alias", Place(path, line))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            detail = Text(fr=f"plus de {DEEPEST} niveaux imbriqués", en=f"more than {DEEPEST} nested levels")
            raise Problem("content.syntax", Place(path, line), detail=detail)


class _Reader:
    """Turns the nodes of one file into values, remembers their lines, and gathers what is wrong on the way."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[Address, int] = {}
        self.problems: list[Problem] = []
        self._constructor = yaml.constructor.SafeConstructor()

    def value(self, node: yaml.Node, address: Address) -> Any:
        self.lines.setdefault(address, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, address)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*address, rank)) for rank, child in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, address: Address) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                detail = Text(fr="une clé doit être un mot", en="a key must be a word")
                self.problems.append(Problem("content.syntax", Place(self.path, line), detail=detail))
                continue
            # Keys are words, always: an unquoted 01 or `no` as a key stays what the author typed.
            key = str(key_node.value)
            if key in values:
                first = self.lines[(*address, key)]
                self.problems.append(Problem("content.double_key", Place(self.path, line), key=key, first=first))
                continue
            self.lines[(*address, key)] = line
            values[key] = self.value(value_node, (*address, key))
        return values

    def _scalar(self, node: yaml.Node) -> Any:
        """Plain YAML values, except that `no`, `off`, `yes` stay words: only true and false are booleans.

        Insee codes such as 01 or 2A must be quoted in the file; an unquoted 01 would be read as a number by YAML.
        We keep any number written with a leading zero as text, because that is what its author meant; so is 1:30,
        which YAML reads in base 60; so is a date, read by the declaration that expects one.
        """
        kind, raw = node.tag.removeprefix("tag:yaml.org,2002:"), str(node.value)
        if kind == "bool" and raw.lower() not in {"true", "false"}:
            return raw
        if kind == "int" and len(raw) > 1 and raw[0] == "0":
            return raw
        if (kind in {"int", "float"} and ":" in raw) or kind == "timestamp":
            return raw
        if kind not in {"str", "bool", "int", "float", "null"}:
            place = Place(self.path, node.start_mark.line + 1)
            detail = Text(fr=f"étiquette {node.tag}", en=f"tag {node.tag}")
            self.problems.append(Problem("content.syntax", place, detail=detail))
            return raw
        return self._constructor.construct_object(node, deep=True)
