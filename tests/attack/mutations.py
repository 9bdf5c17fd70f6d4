"""Run the disclosure tests once per threshold moved by one: `python mutations.py TESTS` prints what nobody noticed."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import sys
from collections.abc import Iterator
from typing import Any

import pytest


def moved(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every version of a constant with one of its numbers a notch lower or higher; 0 and None stay what they are."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return
    if isinstance(value, int | float):
        notch = 0.01 if 0 < abs(value) < 1 else 1
        if value:
            yield f"{'.'.join(map(str, path))} {value} -> {value - notch:g}", value - notch
            yield f"{'.'.join(map(str, path))} {value} -> {value + notch:g}", value + notch
    elif isinstance(value, tuple):
        for rank, inside in enumerate(value):
            for name, other in moved(inside, (*path, rank)):
                yield name, (*value[:rank], other, *value[rank + 1 :])
    elif isinstance(value, dict):
        for key, inside in value.items():
            for name, other in moved(inside, (*path, key)):
                yield name, {**value, key: other}
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            for name, other in moved(getattr(value, field.name), (*path, field.name)):
                yield name, dataclasses.replace(value, **{field.name: other})


def noticed(tests: str) -> bool:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return pytest.main(["-x", "-q", "--no-header", "-p", "no:hypothesispytest", tests]) != 0


def main(tests: str) -> int:
    import alliage.disclosure
    from alliage.disclosure import thresholds

    rooms = [module for name, module in sys.modules.items() if name.startswith("alliage.disclosure")]
    constants = [name for name in vars(thresholds) if name.isupper() and name != "PARAMETERS"]
    assert alliage.disclosure
    if noticed(tests):
        print("the tests fail before anything is moved")
        return 1
    for constant in constants:
        before = getattr(thresholds, constant)
        holders = [room for room in rooms if constant in vars(room)]
        for name, after in moved(before, (constant,)):
            for room in holders:
                setattr(room, constant, after)
            if not noticed(tests):
                print(name)
            for room in holders:
                setattr(room, constant, before)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
