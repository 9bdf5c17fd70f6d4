"""Releases: what the public may see, frozen on disk, and opened again by whoever shows it.

Law: frozen, signed by digest, re-computable byte for byte. Only the reader is offered here: it loads nothing but the
standard library, so that a page never waits for the tools that made its figures.
"""

from alliage.publications.releases import Release, open_release

__all__ = ["Release", "open_release"]
