# `make` alone lists what there is. Everything happens in .venv, from the locked versions in requirements/.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run test nightly bench lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/run.stamp ## publish the sample, watch input/, serve the feeds
	@$(BIN)/feedpub --config config.yaml run

test: .venv/test.stamp ## lint, type check and run all tests
	@tests/tools
	$(BIN)/ruff check feedpub tests
	$(BIN)/ruff format --check feedpub tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q -n auto

nightly: .venv/test.stamp ## long runs: random newsrooms, laws of the core, killed at every call
	FEEDPUB_TEST_PROFILE=nightly $(BIN)/pytest -q -n auto --timeout 0 tests/newsroom tests/reconcile tests/store tests/conformance tests/system/test_killed.py

bench: .venv/run.stamp ## measure publishing, some minutes; the figures go into docs/performance.md
	$(BIN)/python benchmarks/publishing.py --write $(BENCH)

lock: .venv/test.stamp ## resolve the dependencies anew into requirements/
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade --extra test pyproject.toml -c requirements/run.txt -o requirements/test.txt

clean: ## remove the environment, the store and everything published
	rm -rf .venv state .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find output -mindepth 1 ! -name .gitkeep -delete

.venv/python.stamp:
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else f"feedpub needs Python 3.11 or newer; {sys.executable} is {v[0]}.{v[1]}: try make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	@touch $@

.venv/run.stamp: .venv/python.stamp requirements/run.txt pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/test.stamp: .venv/run.stamp requirements/test.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@
