"""Keep the graph on a SPARQL 1.1 server: for graphs that outgrow one machine, or that others write to too.

Articles go through SPARQL 1.1 Query and Update, so that any server will do (Oxigraph, QLever, GraphDB, Virtuoso,
Neptune, Fuseki). An article is added in one update request, which servers run as one transaction; what it changes is
worked out from what the server holds, so that adding it twice changes nothing. Two writers at once are not kept apart.

Whole graphs are loaded and dumped by the Graph Store Protocol where the server's address for it is known, otherwise by
Update and CONSTRUCT.
"""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from http.client import HTTPResponse
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.files import read_file
from kg.graph.merge import Change
from kg.graph.names import make_names
from kg.remote.connection import find_server, send
from kg.store import Result, Store
from kg.syntax import find_verb

ROWS = "application/sparql-results+json"
GRAPH = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"

CHUNK = 1_000_000
"""Characters of N-Triples in a request when a graph is loaded: many servers take no more than some megabytes."""

_EVERYTHING = "CONSTRUCT WHERE { ?s ?p ?o }"


class RemoteStore(Store):
    """A graph on a SPARQL 1.1 server.

    Args:
        address: Where it answers queries, `https://...`.
        base: Base of all own IRIs; the server's own where it holds a graph already.

    Raises:
        StoreError: The server cannot be reached, or does not answer as a SPARQL server does.
    """

    def __init__(self, address: str, base: str = "") -> None:
        self._server = find_server(address)
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
        verb = find_verb(text)
        form = GRAPH if verb is not None and verb[1].upper() in ("CONSTRUCT", "DESCRIBE") else ROWS
        with self._ask(text, form) as reply:
            media, answer = reply.headers.get("Content-Type", ""), reply.read()
        if "json" in media:
            return ox.parse_query_results(answer, format=ox.QueryResultsFormat.JSON)
        local = ox.Store()
        local.extend(ox.parse(answer, format=_form(media)))
        return local.query(_EVERYTHING)

    def update(self, text: str, base: str = "") -> None:
        """Run a SPARQL 1.1 update on the server.

        Raises:
            QueryError: The server says that the update is wrong.
            StoreError: It cannot be reached, or may not be written to.
        """
        declared = self._declare(text)
        body = f"BASE <{base}>\n{declared}" if base else declared
        with send(self._server.update, body.encode(), "application/sparql-update"):
            pass

    def find(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        node: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """Yield the triples that have the given subject, predicate and object; None stands for any."""
        terms = [str(term) if term else name for term, name in ((subject, "?s"), (predicate, "?p"), (node, "?o"))]
        pattern = " ".join(terms)
        with self._ask(f"CONSTRUCT {{ {pattern} }} WHERE {{ {pattern} }}", GRAPH) as reply:
            found = list(_parse(reply))
        return iter(found)

    def quads(self) -> Iterator[ox.Quad]:
        """Yield all triples, in no order, while the server still sends.

        Raises:
            StoreError: The server gave fewer than it has, as some do without a word.
        """
        there, given = len(self), 0
        for quad in self._receive():
            given += 1
            yield quad
        if given < there:
            raise StoreError(
                f"{self._server.graph or self._server.query} gave {given:,} of {there:,} triples: the server cuts "
                "answers off; raise its limit, or set KG_STORE_GRAPH to the address of its Graph Store Protocol"
            )

    def _receive(self) -> Iterator[ox.Quad]:
        graph = self._server.graph
        with send(graph, None, accept=GRAPH) if graph else self._ask(_EVERYTHING, GRAPH) as reply:
            yield from _parse(reply)

    def dump(self, output: IO[bytes], form: ox.RdfFormat) -> None:
        """Write all triples as they come."""
        ox.serialize(self.quads(), output, form, prefixes=dict(self.names.prefixes))

    def add_quads(self, quads: Iterable[ox.Quad]) -> None:
        """Add any quads as they are, about a megabyte in a request; what broke off can be sent again."""
        for text in _chunks(quads):
            if self._server.graph:
                with send(self._server.graph, text.encode(), "application/n-triples"):
                    pass
            else:
                self.update(f"INSERT DATA {{\n{text}}}")

    def load(self, path: Path) -> int:
        """Load a file of RDF; see `Store.load`. Read twice, so that nothing is sent of a file that is broken."""
        before = len(self)
        for _ in read_file(path):
            pass
        self.add_quads(read_file(path))
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

    def _ask(self, text: str, accept: str) -> AbstractContextManager[HTTPResponse]:
        """Send a query as a form, which is what most servers take (Virtuoso never answers a bare one)."""
        form = urllib.parse.urlencode({"query": self._declare(text)})
        return send(self._server.query, form.encode(), "application/x-www-form-urlencoded", accept)

    def _declare(self, text: str) -> str:
        """Return SPARQL with our prefixes declared, which another server does not know."""
        used = (name for name in self.names.prefixes if re.search(rf"(?<![\w.-]){re.escape(name)}:", text))
        return "".join(f"PREFIX {name}: <{self.names.prefixes[name]}>\n" for name in used) + text


def _parse(reply: HTTPResponse) -> Iterator[ox.Quad]:
    """Yield the triples of an answer while it comes in."""
    try:
        for quad in ox.parse(reply, format=_form(reply.headers.get("Content-Type", ""))):
            yield ox.Quad(quad.subject, quad.predicate, quad.object)
    except SyntaxError as error:
        raise StoreError(f"{reply.url} sends broken RDF: {error}") from error


def _form(media: str) -> ox.RdfFormat:
    return ox.RdfFormat.from_media_type(media.partition(";")[0]) or ox.RdfFormat.N_TRIPLES


def _chunks(quads: Iterable[ox.Quad]) -> Iterator[str]:
    """Yield lines of N-Triples, some thousand at a time; those with blank nodes last and together.

    A blank node means the same only within one request.
    """
    lines: list[str] = []
    blank: list[str] = []
    size = 0
    for quad in quads:
        line = f"{quad.triple} .\n"
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            blank.append(line)
            continue
        lines.append(line)
        size += len(line)
        if size >= CHUNK:
            yield "".join(lines)
            lines, size = [], 0
    yield from ("".join(each) for each in (lines, blank) if each)
