from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.queries import load_queries
from kg.server.scanning import blank_out, refuse_fetching
from kg.server.writing import add_using

# Each is written so that the store's parser takes it for a call, or might; ADDRESS is a listener's.
CALLS = [
    "ASK { SERVICE <ADDRESS> { ?s ?p ?o } }",
    "ASK { service <ADDRESS> { ?s ?p ?o } }",
    "ASK { SERVICESILENT<ADDRESS>{?s ?p ?o} }",
    "PREFIX x:<ADDRESS> ASK { SERVICEx: { ?s ?p ?o } }",
    "PREFIX :<ADDRESS> ASK { SERVICE: { ?s ?p ?o } }",
    "ASK { ?s ?p trueSERVICE<ADDRESS> { ?s ?p ?o } }",
    "ASK { ?s ?p ?o.SERVICE<ADDRESS> { ?s ?p ?o } }",
    "PREFIX x:<http://a> ASK { ?s ?p x:.SERVICE<ADDRESS> { ?s ?p ?o } }",
    "ASK { ?s ?p 1e0SERVICE<ADDRESS> { ?s ?p ?o } }",
    "ASK { ?s <http://x\\u0041#y> ?o . SERVICE <ADDRESS> { ?s ?p ?o } }",
    "ASK { ?s ?p '\\'' . SERVICE <ADDRESS> { ?s ?p '' } }",
    "ASK { ?s ?p '''a''' . SERVICE <ADDRESS> { ?s ?p '''b''' } }",
    "ASK { ?s ?p ?o # '\n SERVICE <ADDRESS> { ?s ?p ?o } # '\n }",
    "ASK { ?s ?p ?o #\r SERVICE <ADDRESS> { ?s ?p ?o } }",
    "ASK { BIND(?s<?o AS ?x) SERVICE <ADDRESS> { ?s ?p ?o } FILTER(?x>?s) }",
    "ASK { { SELECT * { SERVICE ?x { ?s ?p ?o } VALUES ?x { <ADDRESS> } } } }",
]


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """Return the address of a local server and the list of what it was asked."""
    calls: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    calls.append(connection.recv(1000).decode(errors="replace"))

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", calls
        server.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=5)


@pytest.mark.parametrize("query", CALLS)
def test_no_call_to_elsewhere_passes(query: str) -> None:
    with pytest.raises(QueryError, match="fetches nothing"):
        refuse_fetching(query, "SERVICE")


def test_what_is_refused_would_indeed_have_called(listener: tuple[str, list[str]]) -> None:
    address, calls = listener
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("http://a"), ox.NamedNode("http://b"), ox.Literal("c")))
    for query in CALLS[:3]:
        before = len(calls)
        with suppress(OSError, RuntimeError):  # the listener gives no answer; that it was asked is what counts
            store.query(query.replace("ADDRESS", address))
        assert len(calls) > before, query


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service a <http://x/SERVICE> }",
        "SELECT * { ?s ?p 'SERVICE <http://x> {}' , \"SERVICE\" , '''SERVICE''' } # SERVICE <http://x> {}",
        *(query.text for query in load_queries().values()),
    ],
)
def test_honest_queries_pass(query: str) -> None:
    refuse_fetching(query, "SERVICE")


@pytest.mark.parametrize(
    "update", ["LOAD <http://x>", "LOADSILENT<http://x>", "CLEAR ALL;load <http://x> INTO GRAPH <g>"]
)
def test_no_load_passes(update: str) -> None:
    with pytest.raises(QueryError, match="LOAD"):
        refuse_fetching(update, "SERVICE", "LOAD")


def test_what_is_blanked_out_keeps_its_place() -> None:
    text = "ASK { ?x <http://y> 'z' } # end"
    assert len(blank_out(text)) == len(text)
    assert blank_out(text).index("}") == text.index("}")


def test_a_data_set_is_put_before_every_where_of_an_update() -> None:
    update = "INSERT DATA { <a> <b> 'WHERE' } ; DELETE { ?s ?p 1 } WHERE { ?s ?p 1 { SELECT * WHERE { ?s ?p 2 } } }"
    expected = update.replace("1 } WHERE", "1 } USING <http://g> USING NAMED <http://n> WHERE", 1)
    assert add_using(update, ["http://g"], ["http://n"]) == expected


@pytest.mark.parametrize(
    "update",
    ["WITH <g> DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }", "DELETE WHERE { ?s ?p 1 }", "INSERT {} USING <g> WHERE {}"],
)
def test_an_update_with_a_data_set_of_its_own_is_refused(update: str) -> None:
    with pytest.raises(QueryError):
        add_using(update, ["http://g"], [])
