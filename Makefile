# What a fresh machine needs is Python 3.11 or newer and make:
#   make demo   install, build a graph from the sample articles into out/, show what it found
#   make test   install what the tests need, then check style, types and behaviour
# All paths are relative, so that a checkout may lie in a folder with a space in its name.

PYTHON := $(shell command -v python3.11 || command -v python3)
RUN := .venv/bin/python -m

.PHONY: demo test lint types tests tools clean

demo: .venv/installed
	$(RUN) kg demo

test: lint types tests

lint: .venv/installed-dev
	$(RUN) ruff check .
	$(RUN) ruff format --check .

types: .venv/installed-dev
	$(RUN) mypy

tests: .venv/installed-dev tools
	$(RUN) pytest

.venv/bin/python:
	$(PYTHON) -m venv .venv
	$(RUN) pip install --quiet --upgrade pip

.venv/installed: pyproject.toml | .venv/bin/python
	$(RUN) pip install --quiet --editable .
	touch $@

.venv/installed-dev: pyproject.toml | .venv/bin/python
	$(RUN) pip install --quiet --editable ".[dev]"
	touch $@ .venv/installed

# Programs that no Python package brings: the browser that opens the graph view, and a second reader of Turtle.
tools:
	@if command -v chromium >/dev/null && command -v rapper >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update --quiet=2 && \
	  DEBIAN_FRONTEND=noninteractive apt-get install --quiet=2 --yes --no-install-recommends chromium raptor2-utils >/dev/null; \
	else echo "chromium or rapper is missing, their tests are skipped; install: apt install chromium raptor2-utils"; fi

clean:
	rm -rf .venv out/store out/*.* dist
