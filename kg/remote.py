"""Keep the graph on a SPARQL 1.1 server: for graphs that outgrow one machine, or that others write to too.

Everything goes through SPARQL 1.1 Query and Update, so that any server will do (Oxigraph, QLever, GraphDB, Virtuoso,
Neptune, Fuseki). An article is added in one update request, which servers run as one transaction; what it changes is
worked out from what the server holds, so that adding it twice changes nothing. Two writers at once are not kept apart.

Where queries and updates have different addresses, `--store` names the first and KG_STORE_UPDATE the second; an address
that ends in `/query` is paired with `/update` by itself. Credentials are taken from KG_STORE_TOKEN, or from
KG_STORE_USER and KG_STORE_PASSWORD.
"""

from __future__ import annotations

import base64
import os
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.graph.merge import Change
from kg.graph.names import make_names
from kg.store import Result, Store

ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9"
CHUNK = 5_000
"""Triples sent in one request when a file is loaded."""

SECONDS = 300.0


class RemoteStore(Store):
    """A graph on a SPARQL 1.1 server.

    Args:
        address: Where it answers queries, `https://...`.
        base: Base of all own IRIs; the server's own where it holds a graph already.

    Raises:
        StoreError: The server cannot be reached, or does not answer as a SPARQL server does.
    """

    def __init__(self, address: str, base: str = "") -> None:
        self._address = address
        self._update_address = os.environ.get("KG_STORE_UPDATE") or re.sub(r"/query$", "/update", address)
        super().__init__(ox.Store(), make_names(base), None, ExitStack())
        found = next(self.rows("SELECT ?base { ?data a void:Dataset ; void:uriSpace ?base } LIMIT 1"), None)
        if found is not None:
            self.names = make_names(found["base"])

    def __len__(self) -> int:
        """Return the number of triples."""
        return int(next(self.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))["n"])

    def prepare(self) -> None:
        """Write the scheme of actions where the server does not hold it yet."""
        if not bool(self.query("ASK { ?data a void:Dataset }")):
            self.add_quads(Store.in_memory(self.names.base).quads())

    def query(self, text: str) -> Result:
        """Answer a SPARQL 1.1 query by asking the server.

        Raises:
            QueryError: The server says that the query is wrong.
            StoreError: It cannot be reached.
        """
        body, media = self._send(self._address, "query", self._declare(text), ACCEPT)
        if "json" in media:
            return ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        local = ox.Store()
        form = ox.RdfFormat.from_media_type(media.partition(";")[0]) or ox.RdfFormat.N_TRIPLES
        local.extend(ox.parse(body, format=form))
        return local.query("CONSTRUCT WHERE { ?s ?p ?o }")

    def update(self, text: str, base: str = "") -> None:
        """Run a SPARQL 1.1 update on the server.

        Raises:
            QueryError: The server says that the update is wrong.
            StoreError: It cannot be reached, or may not be written to.
        """
        declared = self._declare(text)
        self._send(self._update_address, "update", f"BASE <{base}>\n{declared}" if base else declared, "*/*")

    def find(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        node: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """Yield the triples that have the given subject, predicate and object; None stands for any."""
        terms = [str(term) if term else name for term, name in ((subject, "?s"), (predicate, "?p"), (node, "?o"))]
        pattern = " ".join(terms)
        result = self.query(f"CONSTRUCT {{ {pattern} }} WHERE {{ {pattern} }}")
        assert isinstance(result, ox.QueryTriples)  # noqa: S101  # what CONSTRUCT gives
        return (ox.Quad(triple.subject, triple.predicate, triple.object) for triple in result)

    def add_quads(self, quads: Iterable[ox.Quad]) -> None:
        """Add any quads as they are, some thousand in a request."""
        pending = iter(quads)
        while some := list(islice(pending, CHUNK)):
            self.update(f"INSERT DATA {{ {' '.join(f'{quad.triple} .' for quad in some)} }}")

    def load(self, path: Path) -> int:
        """Load a file of RDF; see `Store.load`."""
        before = len(self)
        with Store.in_memory(self.names.base) as local:
            local.load(path)
            self.add_quads(local.quads())
        self.settle()
        return len(self) - before

    def close(self) -> None:
        """Do nothing: a connection is opened for each request."""

    def _count(self, predicate: str, node: str) -> int:
        return int(next(self.rows(f"SELECT (COUNT(*) AS ?n) {{ ?s {predicate} {node} }}"))["n"])

    def _apply(self, change: Change) -> Change:
        if change:
            parts = (("DELETE DATA", change.delete), ("INSERT DATA", change.insert))
            self.update(
                " ; ".join(
                    f"{verb} {{ {' '.join(f'{quad.triple} .' for quad in quads)} }}" for verb, quads in parts if quads
                )
            )
        return change

    def _declare(self, text: str) -> str:
        """Return SPARQL with our prefixes declared, which another server does not know."""
        used = (name for name in self.names.prefixes if re.search(rf"(?<![\w.-]){re.escape(name)}:", text))
        return "".join(f"PREFIX {name}: <{self.names.prefixes[name]}>\n" for name in used) + text

    def _send(self, address: str, kind: str, text: str, accept: str) -> tuple[bytes, str]:
        headers = {"Content-Type": f"application/sparql-{kind}", "Accept": accept, **_credentials()}
        request = urllib.request.Request(address, text.encode("utf-8"), headers)  # noqa: S310  # checked by is_remote
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as reply:  # noqa: S310
                return reply.read(), reply.headers.get("Content-Type", "")
        except urllib.error.HTTPError as error:
            message = " ".join(error.read(2_000).decode("utf-8", "replace").split())
            wrong = QueryError if error.code == 400 else StoreError
            raise wrong(f"{address} answers {error.code}: {message}") from error
        except OSError as error:
            raise StoreError(f"{address} cannot be reached: {error}") from error


def _credentials() -> dict[str, str]:
    if token := os.environ.get("KG_STORE_TOKEN"):
        return {"Authorization": f"Bearer {token}"}
    if user := os.environ.get("KG_STORE_USER"):
        pair = f"{user}:{os.environ.get('KG_STORE_PASSWORD', '')}"
        return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
    return {}


def is_remote(place: str) -> bool:
    """Say whether a store is named by an http(s) address.

    Example:
        >>> is_remote("https://example.org/query"), is_remote("out/store")
        (True, False)
    """
    return urllib.parse.urlsplit(place).scheme in ("http", "https")


def open_store(place: str, base: str = "") -> Store:
    """Open a store for reading and writing, by its folder or address."""
    if not is_remote(place):
        return Store.open(Path(place), base)
    store = RemoteStore(place, base)
    store.prepare()
    return store


def read_store(place: str) -> Store:
    """Open a store for reading, by its folder or address."""
    return RemoteStore(place) if is_remote(place) else Store.read(Path(place))
