"""Which code and which libraries made a release: read once, handed over as inputs."""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError, distribution, requires, version
from importlib.resources import files
from pathlib import Path


def code_identity() -> tuple[str, str]:
    """("0.1.0+3f2a…", digest of the installed dependencies): the same code on the same libraries says the same."""
    return f"{version('alliage')}+{_source_digest()[:12]}", _lock_digest()[:12]


def _source_digest() -> str:
    digest = hashlib.sha256()
    for package in ("alliage", "alliage_content", "alliage_demo"):
        root = Path(str(files(package)))
        for path in sorted(root.rglob("*")):
            if path.suffix in {".py", ".yaml", ".json"} and "__pycache__" not in path.parts:
                digest.update(path.relative_to(root).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _lock_digest() -> str:
    """Every dependency that is installed, with its version, dependencies of dependencies included."""
    seen: dict[str, str] = {}
    waiting = ["alliage"]
    while waiting:
        for line in requires(waiting.pop()) or []:
            name = _name(line)
            if "extra ==" in line or name in seen:
                continue
            try:
                seen[name] = distribution(name).version
            except PackageNotFoundError:
                continue  # asked for on another system only
            waiting.append(name)
    return hashlib.sha256("\n".join(f"{name}=={seen[name]}" for name in sorted(seen)).encode()).hexdigest()


def _name(requirement: str) -> str:
    cut = min((requirement.find(sign) for sign in " ;<>=!~[(" if sign in requirement), default=len(requirement))
    return requirement[:cut].lower()
