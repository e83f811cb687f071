"""The SPARQL 1.1 Protocol: queries by GET and by both kinds of POST, updates by both kinds of POST.

Source: SPARQL 1.1 Protocol, W3C Recommendation, 21 March 2013.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.errors import QueryError
from kg.server.description import describe_service
from kg.server.replies import HEADERS, RefusalError, read_body, reply
from kg.server.service import Service

FORM = "application/x-www-form-urlencoded"
DIRECT = {"application/sparql-query": "query", "application/sparql-update": "update"}
METHODS = "GET, HEAD, POST, OPTIONS"


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or update, with the data set that the request names.

    Attributes:
        kind: `query`, `update`, or "" for neither.
        text: SPARQL.
        default_graphs: Of `default-graph-uri` or `using-graph-uri`.
        named_graphs: Of `named-graph-uri` or `using-named-graph-uri`.
    """

    kind: str
    text: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


async def answer(request: Request) -> Response:
    """Answer a request to the SPARQL endpoint."""
    service: Service = request.app.state.service
    if request.method == "OPTIONS":
        return _preflight()
    if request.method not in ("GET", "HEAD", "POST"):
        raise RefusalError(405, f"{request.method} is no operation of SPARQL; use GET or POST", {"Allow": METHODS})
    operation = await _read_operation(request, service)
    if operation.kind == "update":
        return await _update(request, service, operation)
    if not operation.kind:
        return _describe(request, service)
    asked = operation.default_graphs or operation.named_graphs
    found = await service.ask(
        operation.text,
        request.headers.get("accept", ""),
        default_graphs=operation.default_graphs if asked else None,
        named_graphs=operation.named_graphs if asked else None,
    )
    cut = {"X-Truncated": "the answer was cut off at the limit"} if found.cut else {}
    return reply(found.body, found.media, headers=cut)


def _preflight() -> Response:
    allowed = {
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type",
        "Access-Control-Max-Age": "86400",
        "Allow": METHODS,
    }
    return Response(status_code=204, headers={**HEADERS, **allowed})


async def _read_operation(request: Request, service: Service) -> Operation:
    pairs = _parse_pairs(request.scope["query_string"])
    if request.method != "POST":
        if any(name == "update" for name, _ in pairs):
            raise RefusalError(400, "an update is sent by POST")
        return _to_operation(pairs)
    media, _, parameters = request.headers.get("content-type", "").partition(";")
    media = media.strip().lower()
    if media not in (FORM, *DIRECT):
        raise RefusalError(415, f"send {FORM}, {' or '.join(DIRECT)}, not {media or 'a body without Content-Type'}")
    if "charset" in parameters.lower() and "utf-8" not in parameters.lower():
        raise RefusalError(415, "send UTF-8")
    body = await read_body(request, service.settings.most_body if service.editor else 4 * service.settings.most_text)
    if media == FORM:
        return _to_operation(pairs + _parse_pairs(body))
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusalError(400, f"the body is not UTF-8: {error}") from error
    return _to_operation([*pairs, (DIRECT[media], text)])


def _parse_pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise RefusalError(400, f"the parameters cannot be read: {error}") from error


def _to_operation(pairs: list[tuple[str, str]]) -> Operation:
    texts = [(name, value) for name, value in pairs if name in ("query", "update")]
    if len(texts) > 1:
        raise RefusalError(400, "send one query or one update at a time")
    if not texts:
        return Operation("")
    kind, text = texts[0]
    default, named = ("default-graph-uri", "named-graph-uri")
    if kind == "update":
        default, named = ("using-graph-uri", "using-named-graph-uri")
    graphs = {wanted: tuple(value for name, value in pairs if name == wanted) for wanted in (default, named)}
    for iri in (*graphs[default], *graphs[named]):
        if any(mark in iri for mark in '<>"{}|^`\\ ') or ":" not in iri:
            raise RefusalError(400, f"{iri!r} is no IRI of a graph")
    return Operation(kind, text, graphs[default], graphs[named])


async def _update(request: Request, service: Service, operation: Operation) -> Response:
    editor = service.writer(request.headers.get("authorization", ""))
    base = str(request.url.replace(query=""))
    try:
        await run_sync(editor.update, operation.text, base, operation.default_graphs, operation.named_graphs)
    except QueryError as error:
        raise RefusalError(400, str(error)) from error
    service.copies.look_again()
    return Response(status_code=204, headers=HEADERS)


def _describe(request: Request, service: Service) -> Response:
    """Return the service description, or lead a browser to the editor."""
    if request.method == "POST":
        raise RefusalError(400, "the request holds neither query nor update")
    if "text/html" in request.headers.get("accept", ""):
        return RedirectResponse("/", headers=HEADERS)
    return reply(describe_service(str(request.url), service.names), "text/turtle")
