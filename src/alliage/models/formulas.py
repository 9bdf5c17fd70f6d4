"""Formulas: `sport == "Oui" ~ age + C(sexe, ref="Femme") + age:sexe`, a small closed grammar, never evaluated.

    formula   response ~ terms
    response  y | log(y) | y == "answer"
    terms     1 | 0 | a | a:b | a*b (a + b + a:b), joined by + ; - takes a term or the intercept away
    a, b      column | C(column, ref="category") | log(column) | sqrt(column) | I(column^2), and I with + - * /
    offset    offset(column), offset(log(column))

A column whose name is not a word is written between backquotes. Terms mean what they mean in R's formulas.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import NoReturn

import numpy as np

from alliage.estimates.stages import Floats
from alliage.problems import Problem

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])|(?P<name>[^\W\d][\w.]*)|`(?P<quoted>[^`]+)`"
    r"|\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<sign>==|[-~+:*/^(),=]))"
)
FUNCTIONS: dict[str, Callable[[Floats], Floats]] = {"log": np.log, "sqrt": np.sqrt}
SLOPES: dict[str, Callable[[Floats], Floats]] = {"log": lambda x: 1 / x, "sqrt": lambda x: 0.5 / np.sqrt(x)}
RESERVED = {"C", "I", "offset", *FUNCTIONS}


@dataclass(frozen=True, slots=True)
class Change:
    """What is done to a number before it enters the model: a function, or one operation with a constant."""

    name: str  # "log", "sqrt", or an operation: "^", "+", "-", "*", "/"
    constant: float = math.nan

    def applied(self, x: Floats) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            if self.name in FUNCTIONS:
                return FUNCTIONS[self.name](x)
            by = self.constant
            changed = {"^": lambda: x**by, "+": lambda: x + by, "-": lambda: x - by, "*": lambda: x * by}
            return np.asarray(changed[self.name]() if self.name != "/" else x / by)

    def slope(self, x: Floats) -> Floats:
        """The derivative at x."""
        by = self.constant
        with np.errstate(divide="ignore", invalid="ignore"):
            if self.name in SLOPES:
                return SLOPES[self.name](x)
            if self.name == "^":
                return np.asarray(by * x ** (by - 1))
            return np.full_like(x, {"*": by, "/": 1 / by if by else math.nan}.get(self.name, 1.0))

    def written(self, column: str) -> str:
        if self.name in FUNCTIONS:
            return f"{self.name}({column})"
        return f"I({column}{self.name}{self.constant:g})"


@dataclass(frozen=True, slots=True)
class Factor:
    """One column as the model sees it. `category`: asked for as categories, even if it holds numbers."""

    column: str
    change: Change | None = None
    category: bool = False
    reference: str | None = None

    @property
    def label(self) -> str:
        """What to call it: "age", "log(age)"."""
        return self.change.written(self.column) if self.change else self.column


@dataclass(frozen=True, slots=True)
class Term:
    """One term: the interaction of its factors, or a single one."""

    factors: tuple[Factor, ...]

    @property
    def label(self) -> str:
        return ":".join(factor.label for factor in self.factors)

    @property
    def labels(self) -> frozenset[str]:
        return frozenset(factor.label for factor in self.factors)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula read. `success`: the answer that a logistic model counts, where the formula names it."""

    text: str
    response: Factor
    success: str | None
    terms: tuple[Term, ...]
    intercept: bool
    offsets: tuple[Factor, ...]

    @property
    def factors(self) -> tuple[Factor, ...]:
        """Every factor of the terms, once, in order."""
        return tuple({factor.label: factor for term in self.terms for factor in term.factors}.values())


def read_formula(text: str) -> Formula:
    """Read a formula, or Problem models.formula naming the place, models.two_references, models.no_term."""
    return _Reader(text).formula()


class _Reader:
    """A recursive descent over the tokens: one method per line of the grammar."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[str, str, int]] = []
        at = 0
        while text[at:].strip():
            found = _TOKEN.match(text, at)
            if not found:
                self._refuse(at + len(text[at:]) - len(text[at:].lstrip()))
            kind = str(found.lastgroup)
            self.tokens.append((kind, found[kind], found.start(kind)))
            at = found.end()
        self.rank = 0

    def formula(self) -> Formula:
        response = self._factor()
        success = None
        if self._take("=="):
            success = self._value()
        self._expect("~")
        terms: dict[frozenset[str], Term] = {}
        offsets: list[Factor] = []
        intercept, adding = True, not self._take("-")
        if adding:
            self._take("+")
        while True:
            constant = self._constant()
            if constant is not None:
                intercept = adding == constant
            elif self._follows("offset", "("):
                self._skip(2)
                offsets.append(self._factor())
                self._expect(")")
            else:
                for term in self._crossing():
                    if adding:
                        terms.setdefault(term.labels, term)
                    else:
                        terms.pop(term.labels, None)
            if self.rank == len(self.tokens):
                break
            adding = self._take("+")
            if not adding:
                self._expect("-")
        ordered = sorted(terms.values(), key=lambda term: len(term.factors))
        if not ordered and not intercept:
            raise Problem("models.no_term", formula=self.text)
        return Formula(self.text.strip(), response, success, _agreed(ordered), intercept, tuple(offsets))

    def _crossing(self) -> list[Term]:
        """a*b*c: every interaction of a, b and c, the simplest first."""
        parts = [self._interaction()]
        while self._take("*"):
            parts.append(self._interaction())
        return [
            Term(tuple({factor.label: factor for part in chosen for factor in part}.values()))
            for size in range(1, len(parts) + 1)
            for chosen in combinations(parts, size)
        ]

    def _interaction(self) -> tuple[Factor, ...]:
        factors = [self._factor()]
        while self._take(":"):
            factors.append(self._factor())
        return tuple(factors)

    def _factor(self) -> Factor:
        if self._follows("C", "("):
            self._skip(2)
            column, reference = self._column(), None
            if self._take(","):
                if not self._follows("ref", "="):
                    self._refuse()
                self._skip(2)
                reference = self._value()
            self._expect(")")
            return Factor(column, category=True, reference=reference)
        if self._follows("I", "("):
            self._skip(2)
            column = self._column()
            operation = next((sign for sign in "^+-*/" if self._take(sign)), None)
            if operation is None:
                self._refuse()
            constant = float(self._value(number=True))
            self._expect(")")
            return Factor(column, Change(operation, constant))
        for name in FUNCTIONS:
            if self._follows(name, "("):
                self._skip(2)
                column = self._column()
                self._expect(")")
                return Factor(column, Change(name))
        return Factor(self._column())

    def _column(self) -> str:
        kind, word, _ = self._here()
        if kind not in {"name", "quoted"} or (kind == "name" and self._sign_after("(")):
            self._refuse()
        self.rank += 1
        return word

    def _value(self, *, number: bool = False) -> str:
        kind, word, _ = self._here()
        if kind != "number" and (number or kind not in {"double", "single"}):
            self._refuse()
        self.rank += 1
        return word

    def _constant(self) -> bool | None:
        """1 is the intercept, 0 none."""
        kind, word, _ = self._here()
        if kind != "number":
            return None
        if word not in {"0", "1"}:
            self._refuse()
        self.rank += 1
        return word == "1"

    def _here(self) -> tuple[str, str, int]:
        return self.tokens[self.rank] if self.rank < len(self.tokens) else ("end", "", len(self.text))

    def _sign_after(self, sign: str) -> bool:
        after = self.tokens[self.rank + 1 : self.rank + 2]
        return bool(after) and after[0][:2] == ("sign", sign)

    def _follows(self, name: str, sign: str) -> bool:
        return self._here()[:2] == ("name", name) and self._sign_after(sign)

    def _skip(self, count: int) -> None:
        self.rank += count

    def _take(self, sign: str) -> bool:
        if self._here()[:2] == ("sign", sign):
            self.rank += 1
            return True
        return False

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            self._refuse()

    def _refuse(self, at: int | None = None) -> NoReturn:
        at = self._here()[2] if at is None else at
        raise Problem("models.formula", formula=self.text, position=at + 1, rest=self.text[at : at + 20] or "…")


def _agreed(terms: Iterable[Term]) -> tuple[Term, ...]:
    """The same column is coded the same way in every term: what one C(…) says holds for all."""
    terms = tuple(terms)
    asked: dict[str, Factor] = {}
    for term in terms:
        for factor in term.factors:
            if not factor.category:
                continue
            known = asked.setdefault(factor.column, factor)
            if known.reference is None and factor.reference is not None:
                known = asked[factor.column] = factor
            if factor.reference not in {None, known.reference}:
                raise Problem(
                    "models.two_references", column=factor.column, one=known.reference, other=factor.reference
                )
    return tuple(
        Term(tuple(asked.get(factor.column, factor) if factor.change is None else factor for factor in term.factors))
        for term in terms
    )
