"""A graph of the sample articles, built once for all tests of commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cli.main import run

ARTICLES = Path(__file__).parents[1] / "articles"


@pytest.fixture(scope="session")
def sample_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that `kg build` wrote."""
    folder = tmp_path_factory.mktemp("sample graph")
    assert run(["build", str(ARTICLES), "-o", str(folder), "--quiet"]) == 0
    return folder
