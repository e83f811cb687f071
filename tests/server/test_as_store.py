"""Our own server as the place where a graph is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from kg.errors import StoreError
from kg.model import Article, Event
from kg.remote import open_store, read_store
from kg.store import Store

Start = Callable[..., httpx.Client]


def test_a_graph_is_written_and_read_through_the_server(
    start: Start,
    sample_article: Article,
    sample_events: tuple[Event, ...],
    sample_store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = str(start("--writable").base_url).rstrip("/")
    monkeypatch.setenv("KG_STORE_GRAPH", f"{address}/graphs?default")
    monkeypatch.setenv("KG_STORE_TOKEN", "secret")
    store = open_store(f"{address}/sparql")
    assert store.remove(sample_article.id)
    assert set(store.quads()) == set(Store.in_memory().quads())
    assert store.add(sample_article, sample_events)
    assert set(store.quads()) == set(sample_store.quads())
    (tmp_path / "more.nt").write_text("<http://a> <http://b> <http://c> .\n")
    assert store.load(tmp_path / "more.nt") == 1


def test_an_answer_that_the_server_cut_off_is_not_taken_for_the_whole_graph(start: Start) -> None:
    address = str(start("--rows", "50").base_url).rstrip("/")
    with pytest.raises(StoreError, match=r"gave 50 of .* KG_STORE_GRAPH"):
        list(read_store(f"{address}/sparql").quads())
