"""Write to the store, for those who hold the token: SPARQL updates and whole graphs.

The server holds the store open, one writer at a time. `using-graph-uri` and `using-named-graph-uri`, which the store's
engine does not know, become USING clauses.

Source: SPARQL 1.1 Protocol, section 2.2.3.
"""

from __future__ import annotations

import hmac
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import pyoxigraph as ox

from kg.errors import QueryError
from kg.server.scanning import refuse_fetching, scan
from kg.store import Store


class Editor:
    """A store that is open for writing; use it as a context manager.

    Args:
        folder: The store's folder.
        token: What a client must send.
    """

    def __init__(self, folder: Path, token: str) -> None:
        self._store = Store.open(folder)
        self._token = token
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._store.close()

    def admits(self, authorization: str) -> bool:
        """Say whether an Authorization header holds the token; takes as long for a near miss as for a wide one."""
        return hmac.compare_digest(authorization.encode(), f"Bearer {self._token}".encode())

    def update(self, text: str, base: str, default: Sequence[str] = (), named: Sequence[str] = ()) -> None:
        """Run a SPARQL update.

        Args:
            text: The update.
            base: What its relative IRIs are resolved against.
            default: IRIs of `using-graph-uri`.
            named: IRIs of `using-named-graph-uri`.

        Raises:
            QueryError: It is wrong, would fetch something, or names a data set of its own beside the protocol's.
        """
        refuse_fetching(text, "SERVICE", "LOAD")
        if default or named:
            text = add_using(text, default, named)
        with self._lock:
            self._store.update(text, base)

    def has_graph(self, graph: ox.NamedNode | None) -> bool:
        """Say whether there is a named graph; the default graph (None) always is."""
        return graph is None or self._store.has_graph(graph)

    def put_graph(self, graph: ox.NamedNode | None, triples: Sequence[ox.Triple]) -> None:
        """Replace a graph by some triples."""
        name = "DEFAULT" if graph is None else f"GRAPH {graph}"
        with self._lock:
            self._store.update(f"CLEAR SILENT {name} ; {_insert(graph, triples)}")

    def post_graph(self, graph: ox.NamedNode | None, triples: Sequence[ox.Triple]) -> None:
        """Add some triples to a graph, which is made where there is none."""
        with self._lock:
            self._store.update(_insert(graph, triples))

    def delete_graph(self, graph: ox.NamedNode | None) -> None:
        """Drop a graph."""
        with self._lock:
            self._store.update("CLEAR DEFAULT" if graph is None else f"DROP SILENT GRAPH {graph}")


def _insert(graph: ox.NamedNode | None, triples: Sequence[ox.Triple]) -> str:
    """Return an update that inserts triples; blank nodes stay what they are within it."""
    statements = " ".join(f"{triple} ." for triple in triples)
    if graph is None:
        return f"INSERT DATA {{ {statements} }}"
    return f"CREATE SILENT GRAPH {graph} ; INSERT DATA {{ GRAPH {graph} {{ {statements} }} }}"


def add_using(text: str, default: Sequence[str], named: Sequence[str]) -> str:
    """Return an update with USING clauses before each WHERE that may have them.

    Raises:
        QueryError: It has USING or WITH itself, or DELETE WHERE, which takes no USING.

    Example:
        >>> add_using("INSERT { ?s a ?o } WHERE { ?s ?p ?o }", ["http://g"], [])
        'INSERT { ?s a ?o } USING <http://g> WHERE { ?s ?p ?o }'
    """
    clauses = "".join([*(f"USING <{iri}> " for iri in default), *(f"USING NAMED <{iri}> " for iri in named)])
    places, last = [], ""
    for token in scan(text):
        if token.text in ("USING", "WITH"):
            raise QueryError("the update names a data set with USING or WITH, and so does the request; use one of them")
        if token.text == "WHERE" and token.depth == 0:
            if last == "DELETE":
                raise QueryError("DELETE WHERE takes no data set from the request; write DELETE { ... } WHERE { ... }")
            places.append(token.start)
        last = token.text
    for place in reversed(places):
        text = text[:place] + clauses + text[place:]
    return text
