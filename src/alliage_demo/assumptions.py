"""What the made-up respondents are assumed to answer: declared in YAML, one file per audience, all of it (proposed)
except the shares and notes that stand in the content's figures as targets."""

from __future__ import annotations

from dataclasses import field
from importlib.resources import files
from pathlib import Path

from alliage.catalogue import declared, read_declaration
from alliage.catalogue.marks import Origin

FOLDER = Path(str(files("alliage_demo"))) / "assumptions"


@declared
class Sampling:
    """How many are drawn, and how they are spread over the cells of the population.

    equal_over   a variable whose categories get the same number of respondents; None: proportional to the population
    least        respondents drawn in every non-empty cell, at least
    tilt         how much more (above 1) or less (under 1) often a category answers than it should: what weights mend
    """

    size: int
    seed: int
    equal_over: str | None = None
    least: int = 0
    tilt: dict[str, float] = field(default_factory=dict)


@declared
class Answer:
    """How one question is answered. Exactly one of the forms below is filled.

    shares   percentages of the options, in their order, summing to 100 (single)
    each     percentage choosing each option (multiple), or percentages of the options for each item (singles)
    notes    mean note of each item (notes)
    choose   the number of options picked, by appeal (multiple with a ceiling)
    mean     the mean of a number
    """

    shares: dict[str, float] = field(default_factory=dict)
    each: dict[str, float] = field(default_factory=dict)
    each_of: dict[str, dict[str, float]] = field(default_factory=dict)
    notes: dict[str, float] = field(default_factory=dict)
    spread: float = 2.3
    choose: int = 0
    appeal: dict[str, float] = field(default_factory=dict)
    mean: float | None = None
    only_if: dict[str, str] = field(default_factory=dict)


@declared
class WaveAssumptions:
    """One study: its sampling and its answers."""

    sampling: Sampling
    answers: dict[str, Answer]


@declared
class Assumptions:
    """One audience: the variables that make the cells of its population, who leans which way, its waves.

    population  variable -> margin id; a margin of several variables is named "a*b"
    leaning     category -> shift in log-odds towards the first options of every question
    worry       region -> item -> shift of the mean note
    """

    audience: str
    population: dict[str, str]
    leaning: dict[str, float] = field(default_factory=dict)
    worry: dict[str, dict[str, float]] = field(default_factory=dict)
    silence: float = 0.02
    origin: Origin
    waves: dict[str, WaveAssumptions]


def read_assumptions(audience: str) -> Assumptions:
    """The assumptions of one audience."""
    return read_declaration(FOLDER / f"{audience}.yaml", Assumptions)
