# make report   the report of the seed paper, in build/report.html
# make test     all tests, with what they need
# make lint     format, rules, types, layers
# make docs     the documentation, in build/docs
# make bench    how long it takes to start

PYTHON ?= python3
SEED = examples/data/new_quality_productivity_references.txt
BIN = .venv/bin
ARGS ?=

.DEFAULT_GOAL = help
.PHONY: help report test lint docs bench clean
.DELETE_ON_ERROR:

help:
	@sed -n 's/^# //p' Makefile

report: .venv/.core
	@mkdir -p build
	$(BIN)/nqp-biblio report $(SEED) -o build/report.html

test: .venv/.dev .venv/.system
	$(BIN)/python -m pytest -n 2 --dist loadfile --cov --cov-report=term:skip-covered $(ARGS)

lint: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: .venv/.dev
	$(BIN)/sphinx-build -W --keep-going -q docs build/docs

bench: .venv/.core
	$(BIN)/python benchmarks/start.py

clean:
	rm -rf build dist .coverage

.venv/bin/pip:
	.ci/venv $(PYTHON) .venv

.venv/.core: pyproject.toml | .venv/bin/pip
	$(BIN)/python -m pip install --quiet --editable '.[iso4]'
	@touch $@

.venv/.dev: pyproject.toml | .venv/bin/pip
	$(BIN)/python -m pip install --quiet --editable '.[dev,iso4,spark,pdf,text,zh]'
	@touch .venv/.core $@

.venv/.system: .ci/system-packages | .venv/bin/pip
	.ci/system-packages $@
