"""What the measurements were made on: cores, memory, system, versions; never the name of the machine."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version

# Numba is an extra: without it, Alliage in memory takes its plain path.
PACKAGES = ("numpy", "scipy", "pyarrow", "duckdb", "numba")


def total_memory() -> int:
    """Bytes of memory of this machine."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def machine() -> str:
    """One line for a page."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    versions = ", ".join(_version(package) for package in PACKAGES)
    return (
        f"{cores} cœurs · cores, {total_memory() / 2**30:.0f} Go · GB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, {versions}."
    )


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"{package} absent"
