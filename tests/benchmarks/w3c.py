"""Run the W3C's test suites against a running endpoint and the exporter, and print pass rates.

    python tests/benchmarks/w3c.py PATH/TO/rdf-tests

The suites are those of https://github.com/w3c/rdf-tests: SPARQL 1.1 protocol, Graph Store Protocol, query evaluation
and syntax, Turtle and TriG. A server is started with `--writable`, since most of them write.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path
from urllib.parse import unquote

import httpx
import pyoxigraph as ox
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS

from kg.exporters.rdf import write_rdf
from kg.graph.names import make_names
from kg.store import Store

HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
RDFT = "http://www.w3.org/ns/rdftest#"
TOKEN = "token-of-the-suite"  # noqa: S105  # of a server that lives as long as this script
TABULAR = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
GRAPHS = ("text/turtle", "application/n-triples", "application/rdf+xml")
MEDIA = {"boolean": TABULAR[:2], "tabular": TABULAR, "RDF": GRAPHS}

Case = tuple[str, Callable[[], bool]]


@contextmanager
def run_server() -> Iterator[httpx.Client]:
    """Start a server of an empty store, and give a client that holds its token."""
    with tempfile.TemporaryDirectory() as folder:
        Store.open(Path(folder) / "store").close()
        command = [sys.executable, "-m", "kg", "serve", "--writable", "--port", "0", "--workers", "1"]
        command += ["--store", f"{folder}/store"]
        log = Path(folder) / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(command, stderr=output, env=os.environ | {"KG_TOKEN": TOKEN})
        try:
            while "running on " not in log.read_text():
                time.sleep(0.1)
            address = log.read_text().split("running on ")[1].split()[0]
            with httpx.Client(base_url=address, timeout=120, headers={"Authorization": f"Bearer {TOKEN}"}) as client:
                yield client
        finally:
            process.terminate()
            process.wait()


def read_manifest(path: Path) -> Iterator[tuple[rdflib.Graph, rdflib.term.Node]]:
    """Yield the tests of a manifest and of those that it includes."""
    graph = rdflib.Graph().parse(path, publicID=path.as_uri())
    for manifest in graph.subjects(RDF.type, MF.Manifest):
        for included in items(graph, graph.value(manifest, MF.include)):
            yield from read_manifest(to_path(included))
        for test in items(graph, graph.value(manifest, MF.entries)):
            yield graph, test


def items(graph: rdflib.Graph, head: rdflib.term.Node | None) -> list[rdflib.term.Node]:
    return list(Collection(graph, head)) if head is not None else []


def to_path(node: object) -> Path:
    return Path(unquote(str(node).removeprefix("file://")))


def name_of(test: rdflib.term.Node) -> str:
    parts = str(test).replace("#", "/").split("/")
    return f"{parts[-3]}/{parts[-1]}"


def clear(client: httpx.Client) -> None:
    client.post("/sparql", data={"update": "CLEAR ALL"}).raise_for_status()


def put(client: httpx.Client, path: Path, graph: str = "") -> None:
    """Put a file of RDF into a graph of the endpoint."""
    form = ox.RdfFormat.from_extension(path.suffix.lstrip("."))
    triples = [quad.triple for quad in ox.parse(path=str(path), format=form, base_iri=path.as_uri())]
    body = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    params = {"graph": graph} if graph else {"default": ""}
    headers = {"Content-Type": "application/n-triples"}
    client.put("/graphs", params=params, content=body, headers=headers).raise_for_status()


def http_cases(client: httpx.Client, manifest: Path) -> Iterator[Case]:
    """Yield the tests that are told as HTTP requests: the protocol and the Graph Store Protocol."""
    for graph, test in read_manifest(manifest):
        yield name_of(test), lambda graph=graph, test=test: run_requests(client, graph, test)  # type: ignore[misc]


def run_requests(client: httpx.Client, graph: rdflib.Graph, test: rdflib.term.Node) -> bool:
    action = graph.value(test, MF.action)
    clear(client)
    for data in graph.objects(test, UT.graphData):
        put(client, to_path(graph.value(data, UT.graph)), str(graph.value(data, RDFS.label)))
    location = ""
    for request in items(graph, graph.value(action, HT.requests)):
        reply = send(client, graph, request, location)
        location = reply.headers.get("Location", location)
        if not is_expected(graph, graph.value(request, HT.resp), reply):
            return False
    return True


def send(client: httpx.Client, graph: rdflib.Graph, request: rdflib.term.Node, location: str) -> httpx.Response:
    path = str(graph.value(request, HT.absolutePath)).replace("$LOCATION$", location)
    path = path.replace("/gsp", "/graphs", 1) if path.startswith("/gsp") else path
    headers = read_headers(graph, request)
    body = graph.value(request, HT.body)
    content = b""
    if body is not None:
        encoding = str(graph.value(body, CNT.characterEncoding) or "UTF-8")
        content = str(graph.value(body, CNT.chars)).encode(encoding)
    return client.request(str(graph.value(request, HT.methodName)), path, content=content, headers=headers)


def read_headers(graph: rdflib.Graph, node: rdflib.term.Node | None) -> dict[str, str]:
    rows = items(graph, graph.value(node, HT.headers))
    return {str(graph.value(row, HT.fieldName)): str(graph.value(row, HT.fieldValue)) for row in rows}


def is_expected(graph: rdflib.Graph, expected: rdflib.term.Node | None, reply: httpx.Response) -> bool:
    statuses = [str(status).rsplit("#", 1)[-1] for status in graph.objects(expected, MF.expectedStatus)]
    named = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}
    if not any(
        named.get(name) == reply.status_code or name == f"StatusCode{reply.status_code // 100}xx" for name in statuses
    ):
        return False
    media = reply.headers.get("content-type", "").partition(";")[0]
    wanted = graph.value(expected, MF.expectedFormat)
    if wanted is not None and media not in MEDIA[str(wanted)]:
        return False
    wanted_media = read_headers(graph, expected).get("content-type")
    if wanted_media is not None and wanted_media.partition(";")[0] != media:
        return False
    boolean = graph.value(expected, MF.expectedBoolean)
    return boolean is None or reply.json()["boolean"] == (str(boolean) == "true")


def query_cases(client: httpx.Client, manifest: Path) -> Iterator[Case]:
    """Yield the tests of query evaluation and syntax."""
    for graph, test in read_manifest(manifest):
        kind = str(graph.value(test, RDF.type)).rsplit("#", 1)[-1]
        if kind == "QueryEvaluationTest":
            yield name_of(test), lambda graph=graph, test=test: evaluate(client, graph, test)  # type: ignore[misc]
        elif "Syntax" in kind and "Update" not in kind:
            path, good = to_path(graph.value(test, MF.action)), "Positive" in kind
            yield name_of(test), lambda path=path, good=good: ask(client, path).is_success == good  # type: ignore[misc]


def ask(client: httpx.Client, path: Path) -> httpx.Response:
    text = f"BASE <{path.as_uri()}>\n{path.read_text(encoding='utf-8')}"
    accept = "application/sparql-results+json, application/n-triples"
    return client.post("/sparql", data={"query": text}, headers={"Accept": accept})


def evaluate(client: httpx.Client, graph: rdflib.Graph, test: rdflib.term.Node) -> bool:
    action = graph.value(test, MF.action)
    clear(client)
    for data in graph.objects(action, QT.data):
        put(client, to_path(data))
    for data in graph.objects(action, QT.graphData):
        put(client, to_path(data), str(data))
    reply = ask(client, to_path(graph.value(action, QT.query)))
    return reply.is_success and is_same(reply, to_path(graph.value(test, MF.result)))


def is_same(reply: httpx.Response, expected: Path) -> bool:
    """Say whether an answer is the expected one, blank nodes' names aside."""
    if expected.suffix in (".ttl", ".rdf", ".nt") and "json" not in reply.headers["content-type"]:
        return is_isomorphic(ox.parse(reply.content, format=ox.RdfFormat.N_TRIPLES), parse_file(expected))
    if expected.suffix not in (".srx", ".srj", ".tsv", ".csv"):
        return read_result_graph(expected) == read_rows(reply.content, ox.QueryResultsFormat.JSON, reply.json()["head"])
    form = ox.QueryResultsFormat.from_extension(expected.suffix.lstrip("."))
    assert form is not None
    if form == ox.QueryResultsFormat.CSV:
        return compare_csv(reply, expected)
    mine = ox.parse_query_results(reply.content, format=ox.QueryResultsFormat.JSON)
    theirs = ox.parse_query_results(path=str(expected), format=form)
    if isinstance(mine, ox.QueryBoolean) or isinstance(theirs, ox.QueryBoolean):
        return type(mine) is type(theirs) and bool(mine) == bool(theirs)
    return are_same_rows(to_rows(mine), to_rows(theirs))


def to_rows(solutions: ox.QuerySolutions) -> list[tuple[tuple[str, object], ...]]:
    names = sorted(variable.value for variable in solutions.variables)
    return [tuple((name, normal(row[name])) for name in names if row[name] is not None) for row in solutions]


def normal(term: object) -> object:
    """Return a number by its value, since `1.10` and `1.1` are one decimal and each engine writes it its own way."""
    if isinstance(term, ox.Literal) and term.datatype.value.rsplit("#", 1)[-1] in ("decimal", "double", "float"):
        try:
            return ox.Literal(repr(float(term.value)), datatype=term.datatype)
        except ValueError:
            return term
    return term


def are_same_rows(mine: list[tuple[tuple[str, object], ...]], theirs: list[tuple[tuple[str, object], ...]]) -> bool:
    """Compare rows as multisets, trying all ways to name the blank nodes where there are few."""

    def nodes(rows: list[tuple[tuple[str, object], ...]]) -> list[object]:
        return sorted({term for row in rows for _, term in row if isinstance(term, ox.BlankNode)}, key=str)

    ours, others = nodes(mine), nodes(theirs)
    if len(ours) != len(others) or len(mine) != len(theirs):
        return False
    for order in permutations(others[:7]):
        names = dict(zip(ours, order, strict=False))
        renamed = Counter(tuple((name, str(names.get(term, term))) for name, term in row) for row in mine)
        if renamed == Counter(tuple((name, str(term)) for name, term in row) for row in theirs):
            return True
    return False


def compare_csv(reply: httpx.Response, expected: Path) -> bool:
    """Compare with a CSV file, which knows texts alone."""
    rows = ox.parse_query_results(reply.content, format=ox.QueryResultsFormat.JSON)
    assert isinstance(rows, ox.QuerySolutions)
    names = [variable.value for variable in rows.variables]
    mine = sorted(",".join(str(getattr(row[name], "value", "")) for name in names) for row in rows)
    lines = expected.read_text(encoding="utf-8").replace('"', "").splitlines()
    return ",".join(names) == lines[0] and (mine == sorted(lines[1:]) or "_:" in "".join(lines))


def read_result_graph(path: Path) -> object:
    """Return the expected result of a test that tells it as a graph, as `read_rows` does."""
    form = ox.RdfFormat.from_extension(path.suffix.lstrip("."))
    rs = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
    quads = list(ox.parse(path=str(path), format=form, base_iri=path.as_uri()))
    for quad in quads:
        if quad.predicate.value == rs + "boolean" and isinstance(quad.object, ox.Literal):
            return quad.object.value == "true"
    of = {(quad.subject, quad.predicate.value): quad.object for quad in quads}
    rows: dict[object, dict[str, str]] = {quad.object: {} for quad in quads if quad.predicate.value == rs + "solution"}
    for quad in quads:
        if quad.predicate.value == rs + "binding":
            name, value = of[quad.object, rs + "variable"], of[quad.object, rs + "value"]
            rows[quad.subject][str(getattr(name, "value", name))] = str(value)
    return sorted(str(sorted(row.items())) for row in rows.values())


def read_rows(content: bytes, form: ox.QueryResultsFormat, head: object) -> object:
    del head
    result = ox.parse_query_results(content, format=form)
    if isinstance(result, ox.QueryBoolean):
        return bool(result)
    return sorted(str([(name, str(term)) for name, term in row]) for row in to_rows(result))


def parse_file(path: Path, base: str = "") -> Iterator[ox.Quad]:
    form = ox.RdfFormat.from_extension(path.suffix.lstrip("."))
    return iter(ox.parse(path=str(path), format=form, base_iri=base or path.as_uri()))


def is_isomorphic(one: Iterator[ox.Quad], other: Iterator[ox.Quad]) -> bool:
    graphs = []
    for quads in (one, other):
        graph = ox.Dataset(quads)
        graph.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        graphs.append(set(graph))
    return graphs[0] == graphs[1]


def syntax_cases(manifest: Path, form: str) -> Iterator[Case]:
    """Yield the tests of Turtle or TriG: what is read, written by our exporter and read again must be as expected."""
    base = f"https://w3c.github.io/rdf-tests/rdf/rdf11/rdf-{'turtle' if form == 'ttl' else 'trig'}/"
    for graph, test in read_manifest(manifest):
        kind = str(graph.value(test, RDF.type)).removeprefix(RDFT)
        source = to_path(graph.value(test, MF.action))
        result = graph.value(test, MF.result)
        expected = to_path(result) if result is not None else None
        yield (
            name_of(test),
            lambda kind=kind, source=source, expected=expected: round_trip(kind, source, expected, base, form),  # type: ignore[misc]
        )


def round_trip(kind: str, source: Path, expected: Path | None, base: str, form: str) -> bool:
    try:
        quads = list(parse_file(source, base + source.name))
    except SyntaxError:
        return "Negative" in kind
    if "Negative" in kind:
        return False
    if expected is not None and not is_isomorphic(iter(quads), parse_file(expected)):
        return False
    if form == "trig":
        return True  # our graphs lie in the default graph: there is no exporter of named ones to try
    output = io.BytesIO()
    write_rdf(quads, output, form, make_names())
    return is_isomorphic(iter(quads), iter(ox.parse(output.getvalue(), format=ox.RdfFormat.TURTLE)))


def run_suite(title: str, cases: Iterator[Case]) -> None:
    """Run tests, and print how many pass and which fail."""
    failed, number = [], 0
    for name, case in cases:
        number += 1
        try:
            if not case():
                failed.append(name)
        except (httpx.HTTPError, ValueError, KeyError, SyntaxError) as error:
            failed.append(f"{name} ({type(error).__name__}: {error})")
    print(f"| {title} | {number - len(failed)} / {number} |", flush=True)
    for name in failed:
        print(f"|   fails: {name[:150]} | |", flush=True)


def main() -> None:
    """Run all suites."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suites", type=Path, help="a checkout of w3c/rdf-tests")
    root = parser.parse_args().suites.resolve()
    sparql, rdf = root / "sparql/sparql11", root / "rdf/rdf11"
    print("| suite | passed |\n| --- | --- |")
    run_suite("Turtle, read, exported and read again", syntax_cases(rdf / "rdf-turtle/manifest.ttl", "ttl"))
    run_suite("TriG, read", syntax_cases(rdf / "rdf-trig/manifest.ttl", "trig"))
    with run_server() as client:
        run_suite("SPARQL 1.1 Protocol", http_cases(client, sparql / "protocol/manifest.ttl"))
        for way in ("direct", "indirect"):
            manifest = sparql / f"graph-store-protocol/manifest-{way}.ttl"
            run_suite(f"Graph Store Protocol, {way}", http_cases(client, manifest))
        run_suite("SPARQL 1.1 query", query_cases(client, sparql / "manifest-sparql11-query.ttl"))


if __name__ == "__main__":
    main()
