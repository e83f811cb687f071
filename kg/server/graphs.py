"""The SPARQL 1.1 Graph Store HTTP Protocol: read a graph; with the token, replace, extend or drop one.

A graph is named by `?graph=IRI`, is the default graph with `?default`, or has the address of the request itself.

Source: SPARQL 1.1 Graph Store HTTP Protocol, W3C Recommendation, 21 March 2013.
"""

from __future__ import annotations

import email.parser
import email.policy
import uuid
from collections.abc import Sequence
from urllib.parse import parse_qsl

import pyoxigraph as ox
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from kg.server.negotiation import GRAPHS, choose
from kg.server.replies import HEADERS, RefusalError, read_body, reply
from kg.server.service import Service
from kg.server.worker import FORMS

METHODS = "GET, HEAD, PUT, POST, DELETE, OPTIONS"
TRIPLES = [media for media, form in GRAPHS.items() if form not in ("nq", "trig")]


async def answer(request: Request) -> Response:
    """Answer a request to the graph store."""
    service: Service = request.app.state.service
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={**HEADERS, "Allow": METHODS, "Access-Control-Allow-Methods": METHODS})
    graph = _find_graph(request)
    if request.method in ("GET", "HEAD"):
        return await _read(request, service, graph)
    editor = service.writer(request.headers.get("authorization", ""))
    status, headers = 204, dict(HEADERS)
    if graph == _NEW:
        graph = ox.NamedNode(f"{str(request.url.replace(query='')).rstrip('/')}/{uuid.uuid4()}")
        headers["Location"] = graph.value
    assert not isinstance(graph, str)  # noqa: S101  # every name is an IRI by now
    was_there = editor.has_graph(graph)
    if request.method == "DELETE":
        if not was_there:
            raise RefusalError(404, "there is no such graph")
        await run_sync(editor.delete_graph, graph)
    else:
        triples = await _read_triples(request, service)
        change = editor.put_graph if request.method == "PUT" else editor.post_graph
        await run_sync(change, graph, triples)
        status = 204 if was_there else 201
    service.copies.look_again()
    return Response(status_code=status, headers=headers)


_NEW = "new"
"""A graph that is to be given a name."""


def _find_graph(request: Request) -> ox.NamedNode | str | None:
    """Return the graph's name, None for the default graph, or `_NEW`."""
    pairs = parse_qsl(request.url.query, keep_blank_values=True)
    named = [value for name, value in pairs if name == "graph"]
    if any(name == "default" for name, _ in pairs):
        if named:
            raise RefusalError(400, "name one graph, or the default graph")
        return None
    if not named and request.url.path.rstrip("/") == request.app.url_path_for("graphs"):
        if request.method == "POST":
            return _NEW
        raise RefusalError(400, "name a graph with ?graph=IRI, or ask for ?default")
    try:
        return ox.NamedNode(named[0] if named else str(request.url.replace(query="")))
    except ValueError as error:
        raise RefusalError(400, f"{named[0]!r} is no IRI of a graph") from error


async def _read(request: Request, service: Service, graph: ox.NamedNode | str | None) -> Response:
    accept = request.headers.get("accept", "")
    media = choose(accept, TRIPLES)
    if not media:
        raise RefusalError(406, f"a graph can be had as {', '.join(TRIPLES)}")
    if graph is None:
        found = await service.ask("CONSTRUCT WHERE { ?s ?p ?o }", media)
    else:
        there = await service.ask(f"ASK {{ GRAPH {graph} {{ }} }}", "application/json")
        if b"true" not in there.body:
            raise RefusalError(404, "there is no such graph")
        found = await service.ask(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}", media)
    cut = {"X-Truncated": "the graph was cut off at the limit"} if found.cut else {}
    return reply(found.body, found.media, headers=cut)


async def _read_triples(request: Request, service: Service) -> Sequence[ox.Triple]:
    kind = request.headers.get("content-type", "")
    body = await read_body(request, service.settings.most_body)
    base = str(request.url.replace(query=""))
    if kind.lower().startswith("multipart/form-data"):
        head = f"Content-Type: {kind}\r\nMIME-Version: 1.0\r\n\r\n".encode()
        message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
        parts = [(part.get_content_type(), part.get_payload(decode=True)) for part in message.iter_parts()]
    else:
        parts = [(kind.partition(";")[0].strip().lower(), body)]
    return [triple for media, data in parts for triple in _parse(media, data, base)]


def _parse(media: str, data: object, base: str) -> list[ox.Triple]:
    if media not in TRIPLES or not isinstance(data, bytes):
        raise RefusalError(415, f"a graph can be sent as {', '.join(TRIPLES)}, not {media or 'without Content-Type'}")
    try:
        return [quad.triple for quad in ox.parse(data, format=FORMS[GRAPHS[media]], base_iri=base)]
    except (SyntaxError, ValueError) as error:
        raise RefusalError(400, f"the graph cannot be read: {error}") from error
