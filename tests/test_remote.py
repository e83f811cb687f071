"""A graph on a real SPARQL server: Oxigraph's, from PyPI, started by the test."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.cli.main import run
from kg.errors import QueryError, StoreError
from kg.exporters import export
from kg.model import Article, Event
from kg.queries import load_query
from kg.remote import RemoteStore, is_remote, open_store, read_store
from kg.store import Store


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a running server."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    assert program is not None, "pip install oxigraph"
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("oxigraph")
    command = [program, "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/query"
        process.terminate()


@pytest.fixture
def remote(server: str) -> Iterator[Store]:
    """Return a remote store with nothing but the scheme of actions."""
    with open_store(server) as store:
        store.update("CLEAR ALL")
    with open_store(server) as store:
        yield store


def test_a_remote_graph_is_the_same_as_one_in_memory(
    remote: Store, sample_store: Store, sample_article: Article, sample_events: tuple[Event, ...]
) -> None:
    assert remote.add(sample_article, sample_events)
    assert not remote.add(sample_article, sample_events)
    assert set(remote.quads()) == set(sample_store.quads())
    assert remote.info() == sample_store.info()
    assert len(remote) == len(sample_store)


def test_articles_are_corrected_and_removed_on_a_server(
    remote: Store, sample_article: Article, sample_events: tuple[Event, ...]
) -> None:
    before = set(remote.quads())
    remote.add(sample_article, sample_events)
    assert remote.add(sample_article, sample_events[1:])
    assert not bool(remote.query("ASK { actor:EST act:close-mission actor:BLR }"))
    assert remote.remove(sample_article.id)
    assert set(remote.quads()) == before


def test_a_file_loads_into_a_server_and_comes_out_the_same(remote: Store, sample_store: Store, tmp_path: Path) -> None:
    export(sample_store, tmp_path / "a.nq")
    before = len(remote)
    assert remote.load(tmp_path / "a.nq") == len(sample_store) - before
    export(remote, tmp_path / "b.nq")
    assert (tmp_path / "a.nq").read_bytes() == (tmp_path / "b.nq").read_bytes()


def test_a_server_without_a_graph_store_is_loaded_and_dumped_by_sparql(
    remote: Store, server: str, sample_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE_UPDATE", server.replace("/query", "/update"))
    export(sample_store, tmp_path / "a.nq")
    plain = open_store(f"{server}?")
    assert plain.load(tmp_path / "a.nq") == len(sample_store) - len(Store.in_memory())
    export(plain, tmp_path / "b.nq")
    assert (tmp_path / "a.nq").read_bytes() == (tmp_path / "b.nq").read_bytes()
    assert set(remote.quads()) == set(sample_store.quads())


@pytest.mark.parametrize("address", ["/query", "/query?"], ids=["graph store", "update"])
def test_a_blank_node_stays_one_however_many_requests_a_file_takes(
    remote: Store, server: str, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del remote  # emptied the server
    monkeypatch.setenv("KG_STORE_UPDATE", server.replace("/query", "/update"))
    monkeypatch.setattr("kg.remote.store.CHUNK", 100)
    lines = (f"_:b <http://x/p> <http://x/{n}> .\n<http://x/{n}> <http://x/q> '{n}' .\n" for n in range(20))
    (tmp_path / "a.ttl").write_text("".join(lines))
    store = open_store(server.replace("/query", address))
    store.load(tmp_path / "a.ttl")
    (row,) = store.rows("SELECT (COUNT(DISTINCT ?b) AS ?n) { ?b <http://x/p> ?o FILTER EXISTS { ?o <http://x/q> ?q } }")
    assert row["n"] == "1"


def test_nothing_is_sent_of_a_file_that_is_broken(remote: Store, tmp_path: Path) -> None:
    before = len(remote)
    (tmp_path / "a.nt").write_text("<http://a> <http://b> <http://c> .\n<http://a> broken")
    with pytest.raises(StoreError, match=r"a\.nt"):
        remote.load(tmp_path / "a.nt")
    assert len(remote) == before


def test_commands_take_an_address_for_a_store(
    remote: Store,
    server: str,
    capsys: pytest.CaptureFixture[str],
    sample_article: Article,
    sample_events: tuple[Event, ...],
    tmp_path: Path,
) -> None:
    remote.add(sample_article, sample_events)
    assert run(["view", "--store", server, "-o", str(tmp_path / "graph.html")]) == 0
    for arguments, word in (
        (["query", "dyad", "--from", "EST", "--to", "BLR", "--format", "csv"], "Estonia will close"),
        (["query", "DESCRIBE actor:EST", "--format", "turtle"], "actor:EST"),
        (["explain", "0fc5"], "[hacked]"),
        (["store", "info"], f"{len(remote):,}"),
        (["central"], "EST"),
    ):
        assert run([*arguments, "--store", server]) == 0
        assert word in capsys.readouterr().out
    assert run(["validate", "--store", server]) == 0
    assert run(["remove", "sample-1", "--store", server]) == 0


def test_named_queries_run_on_a_server(
    remote: Store, sample_article: Article, sample_events: tuple[Event, ...]
) -> None:
    remote.add(sample_article, sample_events)
    for name in ("tit-for-tat", "monthly", "types", "possibly-same", "officials"):
        list(remote.rows(load_query(name).bind({})))


def test_what_a_server_refuses_is_told(remote: Store) -> None:
    with pytest.raises(QueryError, match="answers 400"):
        remote.query("SELECT {")
    with pytest.raises(QueryError, match="answers 400"):
        remote.update("INSERT {")


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(StoreError, match=r"127\.0\.0\.1:9/query cannot be reached"):
        read_store("http://127.0.0.1:9/query")


@pytest.mark.parametrize(
    ("variables", "header"),
    [
        ({"KG_STORE_TOKEN": "abc"}, "Bearer abc"),
        ({"KG_STORE_USER": "me", "KG_STORE_PASSWORD": "pw"}, "Basic bWU6cHc="),
        ({}, ""),
    ],
)
def test_credentials_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], header: str
) -> None:
    for name in ("KG_STORE_TOKEN", "KG_STORE_USER", "KG_STORE_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with answering(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n") as (address, seen):
        with pytest.raises(StoreError, match="answers 500"):
            RemoteStore(f"{address}/sparql")
        assert authorizations(seen) == [header]


def test_credentials_do_not_follow_a_redirect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE_TOKEN", "abc")
    with answering(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n") as (elsewhere, thief):
        reply = f"HTTP/1.1 302 Found\r\nLocation: {elsewhere}/\r\nContent-Length: 0\r\n\r\n"
        with answering(reply.encode()) as (address, seen), pytest.raises(StoreError):
            RemoteStore(f"{address}/sparql")
        assert authorizations(seen) == ["Bearer abc"]
        assert authorizations(thief) == [""]


def test_a_server_that_asks_for_digest_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE_AUTH", "digest")
    monkeypatch.setenv("KG_STORE_USER", "dba")
    monkeypatch.setenv("KG_STORE_PASSWORD", "pw")
    challenge = b'HTTP/1.1 401 Who\r\nWWW-Authenticate: Digest realm="r", nonce="n", qop="auth", algorithm=MD5\r\n'
    end = b"Content-Length: 0\r\nConnection: close\r\n\r\n"
    with answering(challenge + end, b"HTTP/1.1 500 No\r\n" + end) as (address, seen):
        with pytest.raises(StoreError, match="answers 500"):
            RemoteStore(f"{address}/sparql")
        first, second = authorizations(seen)
    assert first == ""
    assert second.startswith('Digest username="dba", realm="r"')


@contextmanager
def answering(*replies: bytes) -> Iterator[tuple[str, list[str]]]:
    """Give the address of a server that answers so many requests, and what it was sent."""
    seen: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            for reply in replies:
                connection, _ = listener.accept()
                with connection:
                    seen.append(connection.recv(10_000).decode())
                    connection.send(reply)

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", seen
        thread.join(timeout=10)


def authorizations(seen: list[str]) -> list[str]:
    """Return the credentials in each request, "" for none."""
    lines = ([row for row in request.splitlines() if row.lower().startswith("authorization: ")] for request in seen)
    return [rows[0].split(": ", 1)[1] if rows else "" for rows in lines]


def test_only_http_addresses_are_remote() -> None:
    assert is_remote("https://example.org/query")
    assert not any(is_remote(place) for place in ("out/store", "/tmp/x", "file:///x", "C:\\store"))  # noqa: S108
