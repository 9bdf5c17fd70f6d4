"""Every problem that is raised can be said, in both languages, and everything that can be said is used somewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import get_args

from alliage.problems import EXIT_STATUS, MESSAGES
from alliage.studies.declarations import DesignKind
from architecture.house import SRC, files, named

CODE = re.compile(rf"(?:{'|'.join(EXIT_STATUS)})\.[a-z_]+")
# Warnings whose code is composed from the kind of the design (estimates/estimating.py).
COMPOSED = {f"estimates.{kind}" for kind in get_args(DesignKind)} & MESSAGES.keys()


@cache
def modules() -> tuple[tuple[Path, ast.Module], ...]:
    """The code, less the messages themselves."""
    code = [path for path in files() if path.suffix == ".py" and SRC in path.parents and "problems" not in path.parts]
    return tuple((path, ast.parse(path.read_text(encoding="utf-8"))) for path in code)


def raised() -> Iterator[tuple[str, str, ast.Call]]:
    """Where, which code, and the call, of every `Problem("kind.name", …)`; a choice between two codes is two."""
    for path, tree in modules():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "Problem"
                and node.args
            ):
                for code in _codes(node.args[0]):
                    yield f"{named(path)}:{node.lineno}", code, node


def _codes(told: ast.expr) -> list[str]:
    if isinstance(told, ast.IfExp):
        return [*_codes(told.body), *_codes(told.orelse)]
    return [told.value] if isinstance(told, ast.Constant) else []


def test_every_problem_raised_has_its_message():
    found = list(raised())

    assert len(found) > 100
    assert [f"{where}: {code}" for where, code, _ in found if code not in MESSAGES] == []


def test_every_problem_raised_gives_what_its_message_names():
    missing = []
    for where, code, call in raised():
        given = {keyword.arg for keyword in call.keywords}
        if None not in given and code in MESSAGES:
            missing += [f"{where}: {code} {{{name}}}" for name in sorted(fields(MESSAGES[code].fr) - given)]

    assert missing == []


def test_every_message_is_used():
    told = {
        node.value
        for _, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        if isinstance(node.value, str)
    }

    assert sorted(MESSAGES.keys() - told - COMPOSED) == []


def test_a_problem_promised_by_a_docstring_exists():
    promised = [
        f"{named(path)}: {code}"
        for path, tree in modules()
        for words in docstrings(tree)
        for sentence in re.findall(r"Raises [^.]*Problems? [^\n]*", words)
        for code in CODE.findall(sentence)
        if code not in MESSAGES
    ]

    assert promised == []


def test_every_message_is_said_in_both_languages_with_the_same_values():
    assert [code for code, text in MESSAGES.items() if not text.fr.strip() or not text.en.strip()] == []
    assert [code for code, text in MESSAGES.items() if text.fr == text.en] == []
    assert [code for code, text in MESSAGES.items() if fields(text.fr) != fields(text.en)] == []


def test_every_kind_of_problem_has_its_own_exit_status():
    kinds = {code.split(".")[0] for code in MESSAGES}

    assert kinds == EXIT_STATUS.keys()
    assert len(set(EXIT_STATUS.values())) == len(EXIT_STATUS)
    assert not {0, 1, 2} & set(EXIT_STATUS.values())  # success, a bug, a misused command


def docstrings(tree: ast.Module) -> list[str]:
    holders = (ast.Module, ast.FunctionDef, ast.ClassDef)
    return [ast.get_docstring(node) or "" for node in ast.walk(tree) if isinstance(node, holders)]


def fields(message: str) -> set[str]:
    """The values a message names: "{file}" and "{file.name}" name `file`."""
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(message) if name}
