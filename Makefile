# make report   the report of the seed paper, in build/report.html
# make test     all tests, with what they need
# make lint     format, rules, types, layers
# make docs     the documentation, in build/docs
# make fuzz     hours of hostile files for FAMILY (all where none is named), ARGS seconds each
# make fuzz-ci  the same, a minute for each family, two at a time
# make bench    how long it takes to start

PYTHON ?= python3
SEED = examples/data/new_quality_productivity_references.txt
BIN = .venv/bin
ARGS ?=
FAMILY ?= bibtex csv json latex papers references ris tagged xml

.DEFAULT_GOAL = help
.PHONY: help report test lint docs fuzz fuzz-ci bench clean
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

fuzz: .venv/.dev
	for family in $(FAMILY); do \
		$(BIN)/python tests/fuzz/run.py $$family --seconds $(or $(ARGS),3600) || exit 1; \
	done

fuzz-ci: .venv/.dev
	echo $(FAMILY) | xargs -n 1 -P 2 $(BIN)/python tests/fuzz/run.py --quiet --seconds $(or $(ARGS),60)

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
