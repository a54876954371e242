# Each target says behind ## what it is for; `make` alone lists them.
BIN := .venv/bin
SUITE ?=
# A file's tests stay together: they share servers. tests/conftest.py says which files begin.
PYTEST := $(BIN)/pytest -q -n auto --maxprocesses 4
# The matrices have nothing but slow ones, ten thousand of them: they are not even looked at.
QUICK := $(PYTEST) --dist loadfile --no-loadscope-reorder --ignore=tests/matrix

# Hundreds of consoles are started by the tests: each would compile all that it imports once more.
unexport PYTHONDONTWRITEBYTECODE

# What takes too long for each change: run by hand.
SOAKS := $(addprefix tests/,$(addprefix drift/test_,digests.py part.py random.py random_wishes.py) \
	cli/drift/test_drift.py $(addprefix migrations/test_,kills.py cuts.py twenty_runners.py))

.DEFAULT_GOAL := help
.PHONY: help run test test-light test-slow test-soak lint types bench screenshots clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 14

run: .venv/run.ready  ## open the console on the demo (ARGS="…" for anything else)
	@$(BIN)/dbconsole $(or $(ARGS),demo)

test: .venv/dev.ready tools lint types  ## lint, types and all tests but the slow matrices
	$(QUICK) -m "not slow" $(SUITE)

test-light: .venv/dev.ready lint types  ## the same without tests that need programs beyond PyPI
	$(QUICK) -m "not slow and not tool" $(SUITE)

test-slow: .venv/dev.ready tools  ## the slow matrices: PostgreSQL 14 to 18, and other migration tools
	@scripts/install-servers
	@scripts/install-migration-tools
	$(PYTEST) --dist loadgroup -m slow $(addprefix --ignore=,$(SOAKS)) $(SUITE)

test-soak: .venv/dev.ready tools  ## half an hour of faults at every message, and of pairs of schemas that pg_dump judges
	@scripts/install-servers
	@scripts/install-migration-tools
	$(PYTEST) --dist loadgroup -m slow $(SOAKS)

lint: .venv/dev.ready  ## ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/dev.ready  ## mypy, strict, on console/
	$(BIN)/mypy

bench: .venv/dev.ready  ## measure beside the peers; prints a table
	$(BIN)/python -m tests.bench $(ARGS)

screenshots: .venv/dev.ready  ## write screenshots/*.svg from the real program on the demo
	$(BIN)/python scripts/screenshots

clean:  ## forget the environment
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache

.PHONY: tools
tools:
	@scripts/install-test-tools

.venv/run.ready: pyproject.toml scripts/install
	@PYTHON="$(PYTHON)" scripts/install embedded && touch $@

.venv/dev.ready: pyproject.toml scripts/install
	@PYTHON="$(PYTHON)" scripts/install embedded,dev && touch $@ .venv/run.ready
