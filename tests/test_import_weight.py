"""What starts fast: a fresh interpreter loads no heavy library for `import kg` or for help."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

HEAVY = ("spacy", "rdflib", "networkx", "pyvis", "numpy", "pyoxigraph")

LOADED = f"""
import sys
{{body}}
print(*(name for name in {HEAVY!r} if name in sys.modules), file=sys.stderr)
"""


def run(body: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", LOADED.format(body=body)], capture_output=True, text=True, check=True)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("import kg", id="import kg"),
        pytest.param("from kg.cli.main import run\nassert run(['--help']) == 0", id="kg --help"),
        pytest.param("from kg.cli.main import run\nassert run(['build', '--help']) == 0", id="kg build --help"),
        pytest.param("from kg.cli.main import run\nassert run(['--version']) == 0", id="kg --version"),
    ],
)
def test_nothing_heavy_is_loaded(body: str) -> None:
    assert run(body).stderr.strip() == ""


def test_help_comes_at_once() -> None:
    """The best of three, since the machine may be busy; spaCy alone would take longer than the bound."""

    def measure() -> float:
        start = time.perf_counter()
        run("from kg.cli.main import run\nrun(['--help'])")
        return time.perf_counter() - start

    assert min(measure() for _ in range(3)) < 1.5
