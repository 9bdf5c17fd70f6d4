"""What a table asks of the engine that holds its rows, in memory or elsewhere."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from typing import Protocol

import pyarrow as pa

# What every query calls the rows: not a name that a table may already have ("answers" would read itself for ever).
ROWS = "alliage_rows"
_SECRET = re.compile(r"(?<=//)[^/@\s]*@|(?i:(password|pwd|token|secret)\s*=\s*[^\s&;]+)")


class Engine(Protocol):
    """One connection and one relation in it, called `answers` in the queries."""

    @property
    def name(self) -> str:
        """duckdb, postgres, spark…"""

    @property
    def columns(self) -> dict[str, pa.DataType]:
        """The columns of the relation."""

    def answer(self, query: str) -> pa.Table:
        """Run a query written in DuckDB's dialect."""

    def beside(self, rows: pa.Table) -> AbstractContextManager[str]:
        """A small table lent to the engine for a query, under the name given back."""

    def number(self, words: str) -> str:
        """The float64 that a text, already seen to be a number, stands for: null where it is none."""


def without_secrets(words: str) -> str:
    """An address or an engine's own message, its user and password taken out."""
    return _SECRET.sub("", words)


def first_line(error: Exception) -> str:
    """What an engine says is wrong, in short and without secrets."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return without_secrets(lines[0])[:300] if lines else type(error).__name__
