"""Compiles the site's translations while a wheel is built, so that no compiled file is kept in the project."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

LOCALE = Path(__file__).resolve().parent / "src" / "alliage_web" / "locale"


class BuildWithTranslations(build_py):
    """The `.mo` are written beside the `.po` before packages are copied."""

    def run(self) -> None:
        spec = importlib.util.spec_from_file_location("alliage_locale", LOCALE / "__init__.py")
        assert spec is not None
        assert spec.loader is not None
        locale = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(locale)
        locale.compile_catalogues(LOCALE)
        super().run()


setup(cmdclass={"build_py": BuildWithTranslations})
