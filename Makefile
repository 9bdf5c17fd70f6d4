# Alliage: make demo · make test · make check · make fix · make bench · make docs · make clean
# A fresh machine needs Python 3.11 or later, pip and make. Everything made lives in .venv/ and var/.

PY ?= python3
PORT ?= 8000
# ALLIAGE_DATA, a folder of official files, comes from the environment; absent is normal.

BIN := .venv/bin

.PHONY: demo setup test test-engines check fix bench coverage-study docs clean
.DEFAULT_GOAL := demo

demo: setup  ## publish the demo observatory through the real pipeline and serve it on localhost
	@$(BIN)/alliage demo --folder var/demo --port $(PORT)

setup: .venv/.ok

test: .venv/.dev  ## pass the tests, a real browser among them
	@$(BIN)/python -m pytest -n 2 --dist loadfile

test-engines: .venv/.engines  ## the same figures from PostgreSQL and Spark, which must both be there (with Java)
	@ALLIAGE_ENGINES=required $(BIN)/python -m pytest -m engines tests/engines

check: .venv/.dev  ## format, lint, types, imports, content, translations, documentation
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/alliage check
	@$(BIN)/python docs/generate.py --check
	@$(BIN)/python -m pytest tests/architecture tests/content

fix: .venv/.dev  ## mend format and lint where it can be done by itself
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: .venv/.dev  ## measure, as ratios against a peer in the same run
	@$(BIN)/python benchmarks/estimation.py
	@$(BIN)/python benchmarks/weighting.py --write
	@$(BIN)/python benchmarks/demo.py --write
	@$(BIN)/python benchmarks/peers.py --write
	@$(BIN)/python benchmarks/curves.py --write
	@$(BIN)/python benchmarks/many.py --write

coverage-study: .venv/.dev  ## draw thousands of samples, count the intervals that hold the truth
	@$(BIN)/python tests/reference/coverage/study.py

docs: .venv/.dev  ## write the generated reference and the answers shown in the pages
	@$(BIN)/python docs/generate.py
	@$(BIN)/python tests/pages.py

clean:
	rm -rf .venv var build src/*.egg-info

# uv is a convenience: the same hashed file installs with pip alone, slower.
INSTALL = if [ -x $(BIN)/uv ]; then $(BIN)/uv pip install -q --python $(BIN)/python $(1); \
	else $(BIN)/python -m pip install -q --disable-pip-version-check $(1); fi

.venv/bin/python:
	@echo "Environnement Python… · Python environment…"
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 ou plus récent est nécessaire · Python 3.11 or later is needed")'
	@$(PY) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv || echo "uv absent: pip seul · pip alone"

.venv/.run: requirements.txt | .venv/bin/python
	@echo "Dépendances (une seule fois)… · Dependencies (once)…"
	@$(call INSTALL,--require-hashes -r requirements.txt)
	@touch $@

.venv/.ok: pyproject.toml setup.py $(wildcard src/alliage_web/locale/*/LC_MESSAGES/*.po) | .venv/.run
	@$(call INSTALL,--no-deps -e .)
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.ok
	@$(call INSTALL,--require-hashes -r requirements-dev.txt)
	@touch $@

.venv/.engines: requirements-engines.txt .venv/.dev
	@$(call INSTALL,--require-hashes -r requirements-engines.txt)
	@touch $@
