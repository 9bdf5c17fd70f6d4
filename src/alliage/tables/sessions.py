"""Connections to engines on other machines, from their address."""

from __future__ import annotations

from importlib import import_module
from typing import Any
from urllib.parse import unquote, urlsplit

import ibis


def connected(scheme: str, address: str) -> Any:
    """A connection of Ibis. Raises what the engine raises, or ImportError where its library is not installed."""
    return _to_spark(address) if scheme == "spark" else _to_postgres(address)


def _to_postgres(address: str) -> Any:
    """What the address leaves out comes from the PG* environment variables and the password file of libpq."""
    parts = urlsplit(address)
    return ibis.postgres.connect(
        host=unquote(parts.hostname) if parts.hostname else None,
        port=parts.port or 5432,
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        database=parts.path.lstrip("/") or None,
    )


def _to_spark(address: str) -> Any:
    """The session of this process if there is one, otherwise a new one; spark://local runs on this machine."""
    sessions = import_module("pyspark.sql").SparkSession
    parts = urlsplit(address)
    master = "local[*]" if parts.hostname == "local" else f"spark://{parts.hostname}:{parts.port or 7077}"
    # Sums of decimals and dates must mean the same thing on every machine: SQL's own rules, one time zone.
    session = (
        sessions.builder.master(master)
        .appName("alliage")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    return ibis.pyspark.connect(session)
