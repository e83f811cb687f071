"""Run queries in a process of their own, which can be killed.

The parent sends a `Job` and waits for an `Answer`; a query that takes too long ends with its process, since the
store's engine cannot be interrupted.
"""

from __future__ import annotations

import resource
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection

import pyoxigraph as ox

from kg.server import negotiation
from kg.server.results import Limits, rows_of, write_boolean, write_rows, write_triples

FORMS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
}


@dataclass(frozen=True, slots=True)
class Job:
    """A query, and how its answer is wanted.

    Attributes:
        folder: Copy of the store to ask.
        text: SPARQL.
        accept: The client's Accept header.
        prefixes: Known without declaration.
        base: What relative IRIs are resolved against.
        limits: Where the answer is cut off.
        default_graphs: IRIs of the graphs that make the default graph.
        named_graphs: IRIs of the named graphs. Where either is given, no other graph is there; where neither is, the
            query's own data set is asked.
    """

    folder: str
    text: str
    accept: str
    prefixes: Mapping[str, str]
    base: str
    limits: Limits
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a job.

    Attributes:
        kind: `ok`, `syntax`, `unacceptable` or `failed`.
        body: The document, or a message in UTF-8.
        media: Its media type, "" for a message.
        cut: Whether it was cut off at a limit.
    """

    kind: str
    body: bytes
    media: str = ""
    cut: bool = False


def serve(connection: Connection, memory: int) -> None:
    """Answer jobs until the connection closes.

    Args:
        connection: To the parent.
        memory: Bytes of address space that this process may use, 0 for no limit.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    folder, store = "", ox.Store()
    while True:
        try:
            job: Job = connection.recv()
        except EOFError:
            return
        try:
            if job.folder != folder:
                folder, store = job.folder, ox.Store.read_only(job.folder)
            connection.send(answer(store, job))
        except OSError as error:
            folder = ""
            connection.send(Answer("failed", f"the store cannot be read: {error}".encode()))


def answer(store: ox.Store, job: Job) -> Answer:
    """Run one query; whatever goes wrong becomes an answer."""
    try:
        asks_for_graphs = job.default_graphs is not None or job.named_graphs is not None
        result = store.query(
            job.text,
            base_iri=job.base,
            prefixes=dict(job.prefixes),
            default_graph=[ox.NamedNode(iri) for iri in job.default_graphs or ()] if asks_for_graphs else None,
            named_graphs=[ox.NamedNode(iri) for iri in job.named_graphs or ()] if asks_for_graphs else None,
        )
        return _write(result, job)
    except SyntaxError as error:
        return Answer("syntax", str(error).encode())
    except MemoryError:
        return Answer("failed", b"the query needs more memory than is allowed")
    except (ValueError, OSError, RuntimeError) as error:
        return Answer("failed", str(error).encode())


def _write(result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, job: Job) -> Answer:
    offered = negotiation.RESULTS
    if isinstance(result, ox.QueryBoolean):
        offered = negotiation.BOOLEANS
    elif isinstance(result, ox.QueryTriples):
        offered = negotiation.GRAPHS
    media = negotiation.choose(job.accept, list(offered))
    if not media:
        return Answer("unacceptable", f"this answer can be had as {', '.join(offered)}".encode())
    cut = False
    if isinstance(result, ox.QueryBoolean):
        body = write_boolean(bool(result), offered[media])
    elif isinstance(result, ox.QueryTriples):
        body, cut = write_triples(result, FORMS[offered[media]], dict(job.prefixes), job.limits)
    else:
        columns = [variable.value for variable in result.variables]
        body, cut = write_rows(columns, rows_of(result), offered[media], job.limits)
    return Answer("ok", body, media, cut)
