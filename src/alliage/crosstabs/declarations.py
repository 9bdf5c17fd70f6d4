"""What a crosstab is asked for: questions down the side (the stub), groups across the top (the banner)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

# How a box that was ticked is written, unless said otherwise.
TICKED = ("1", "true")
Empty = Literal["unticked", "missing"]


@dataclass(frozen=True, slots=True)
class Question:
    """A question with one answer each.

    label     what to call it; the column's name otherwise
    answers   {answer as written: what to call it}, in the order wanted; answers not named follow, in their order
    nets      {name: answers counted together}, each shown above the first of its answers
    excludes  answers that put whoever gave them outside the base ("not concerned")
    """

    column: str
    label: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    nets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    excludes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Several:
    """A question with several answers, one column each: ticked or not.

    columns   {column: what to call it}, or the columns
    ticked    how a ticked box is written
    empty     what an empty box is: "unticked" (everyone is in the base), or "missing" (the base is whoever has
              something in one of the columns); it must be said where nothing else is written in an unticked box
    nets      {name: columns counted together}: whoever ticked one of them
    """

    columns: Mapping[str, str] | Sequence[str]
    label: str = ""
    ticked: Sequence[str] = TICKED
    empty: Empty | None = None
    nets: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mean:
    """A number, of which the mean is told."""

    column: str
    label: str = ""


Stub: TypeAlias = str | Question | Several | Mean
Banner: TypeAlias = str | Question | Several
