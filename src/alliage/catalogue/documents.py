"""A YAML file read safely: plain values, the line of each of them, no double key, no anchor, no Python tag."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from alliage.problems import Place, Problem

LARGEST = 2_000_000  # bytes: the largest content file we ship is a tenth of this

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
        for event in yaml.parse(words, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise Problem("content.alias", Place(path, event.start_mark.line + 1))
        root = yaml.compose(words, Loader=yaml.SafeLoader)
        lines: dict[Address, int] = {}
        data = None if root is None else _value(root, (), lines, path)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        detail = getattr(error, "problem", None) or str(error)
        raise Problem("content.syntax", Place(path, mark.line + 1 if mark else None), detail=detail) from None
    return Document(path=path, data=data, lines=lines)


def _value(node: yaml.Node, address: Address, lines: dict[Address, int], path: Path) -> Any:
    lines.setdefault(address, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, address, lines, path)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*address, rank), lines, path) for rank, child in enumerate(node.value)]
    return _scalar(node, path)


def _mapping(
    node: yaml.MappingNode, address: Address, lines: dict[Address, int], path: Path
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        # Keys are words, always: an unquoted 01 or `no` as a key stays what the author typed.
        key = str(key_node.value)
        line = key_node.start_mark.line + 1
        if key in values:
            raise Problem("content.double_key", Place(path, line), key=key, first=lines[(*address, key)])
        lines[(*address, key)] = line
        values[key] = _value(value_node, (*address, key), lines, path)
    return values


def _scalar(node: yaml.Node, path: Path) -> Any:
    """Plain YAML values, except that `no`, `off`, `yes` stay words: only true and false are booleans.

    Insee codes such as 01 or 2A must be quoted in the file; an unquoted 01 would be read as a number by YAML.
    We keep any number written with a leading zero as text, because that is what its author meant.
    """
    tag, raw = node.tag, str(node.value)
    if tag == "tag:yaml.org,2002:bool" and raw.lower() not in {"true", "false"}:
        return raw
    if tag == "tag:yaml.org,2002:int" and (len(raw) > 1 and raw[0] == "0" or ":" in raw):
        return raw
    if tag == "tag:yaml.org,2002:timestamp":
        return raw  # the declaration that expects a date reads it, and says so when it is not one
    if not tag.startswith("tag:yaml.org,2002:"):
        raise Problem(
            "content.syntax", Place(path, node.start_mark.line + 1), detail=f"tag {tag}"
        )
    return yaml.SafeLoader("").construct_object(node, deep=True)
