"""The whole flow gives the same, whoever does the work."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.model import Article, Rejected
from kg.pipeline import Processed, Settings, run
from kg.readers import read_articles

ARTICLES = Path(__file__).parent / "articles"


def test_two_processes_find_what_one_finds_in_the_same_order() -> None:
    inputs = [*read_articles([ARTICLES]), Rejected("x", "empty"), Article("sv", "Hej.", "sv")]
    one, two = (list(run(inputs, Settings(processes=processes))) for processes in (1, 2))
    assert [type(item) for item in one] == [type(item) for item in two]
    assert [item.events for item in one if isinstance(item, Processed)] == [
        item.events for item in two if isinstance(item, Processed)
    ]
    assert [item for item in two if isinstance(item, Rejected)] == [
        Rejected("x", "empty"),
        Rejected("sv", "no language 'sv'; there are: da, en"),
    ]


def test_an_error_in_a_worker_process_is_the_same_error_here() -> None:
    with pytest.raises(UsageError, match="no extractor 'none'"):
        list(run([Article("a", "Rusland lukker.", "da")], Settings(extractor="none", processes=2)))
