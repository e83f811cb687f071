"""Write the graph as RDF: the same graph gives the same bytes, so that two versions can be compared line by line.

N-Triples and N-Quads are sorted lines. Turtle and TriG are grouped by subject in sections, with only the prefixes that
they use; JSON-LD and RDF/XML are grouped by subject too. All of them are sorted on disk where they do not fit into
memory. All is in the default graph, so that a triple format loses nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import IO

import pyoxigraph as ox

from kg.exporters.ordering import RDF_TYPE, SECTIONS, XSD_STRING, find_section, order_triples
from kg.exporters.sorting import sort_lines
from kg.graph.names import Names
from kg.store import Store

FORMS = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}

XSD_INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")

_BATCH = 5_000


def write(store: Store, output: IO[bytes], form: str) -> None:
    """Write a store's whole graph; see `write_rdf`."""
    write_rdf(store.quads(), output, form, store.names)


def write_rdf(triples: Iterable[ox.Quad | ox.Triple], output: IO[bytes], form: str, names: Names) -> None:
    """Write triples in a form of RDF.

    Args:
        triples: In any order; graph names are dropped.
        output: Open for writing bytes.
        form: A key of `FORMS`.
        names: Gives the prefixes.
    """
    bare = (item.triple if isinstance(item, ox.Quad) else item for item in triples)
    if form in ("nt", "nq"):
        lines = sort_lines(f"{triple} .\n" for triple in bare)
        output.writelines(line.encode("utf-8") for line in lines)
        return
    prefixes, ordered = order_triples(bare, names)
    if form in ("ttl", "trig"):
        _write_turtle(ordered, output, prefixes, names)
    elif form == "jsonld":
        _write_json_ld(ordered, output, prefixes)
    else:
        ox.serialize(ordered, output, FORMS[form], prefixes=prefixes)


def _write_turtle(ordered: Iterable[ox.Triple], output: IO[bytes], prefixes: dict[str, str], names: Names) -> None:
    for prefix, namespace in prefixes.items():
        output.write(f"@prefix {prefix}: <{namespace}> .\n".encode())
    for section, triples in groupby(ordered, key=lambda triple: find_section(triple.subject, names)):
        output.write(f"\n# {SECTIONS[section]}\n".encode())
        for batch in _batches(triples):
            text = (ox.serialize(batch, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b"").decode("utf-8")
            # Only a line feed ends a line of Turtle; a literal may hold Unicode's other line ends.
            body = "\n".join(line for line in text.split("\n") if not line.startswith("@prefix"))
            output.write(re.sub(r"^(?=\S)", "\n", body, flags=re.MULTILINE).replace("\n\t", "\n    ").encode())


def _batches(triples: Iterable[ox.Triple]) -> Iterator[list[ox.Triple]]:
    """Yield pieces that do not part a subject."""
    batch: list[ox.Triple] = []
    for _, group in groupby(triples, key=lambda triple: triple.subject):
        batch += group
        if len(batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _write_json_ld(ordered: Iterable[ox.Triple], output: IO[bytes], prefixes: dict[str, str]) -> None:
    context = json.dumps(prefixes, indent=2).replace("\n", "\n  ")
    output.write(f'{{\n  "@context": {context},\n  "@graph": ['.encode())
    comma = ""
    for subject, triples in groupby(ordered, key=lambda triple: triple.subject):
        node = json.dumps(_json_node(subject, triples, prefixes), ensure_ascii=False)
        output.write(f"{comma}\n    {node}".encode())
        comma = ","
    output.write(b"\n  ]\n}\n")


def _json_node(subject: object, triples: Iterable[ox.Triple], prefixes: dict[str, str]) -> dict[str, object]:
    node: dict[str, object] = {"@id": _compact(subject, prefixes)}
    for predicate, group in groupby(triples, key=lambda triple: triple.predicate):
        if predicate == RDF_TYPE:
            values: list[object] = [_compact(triple.object, prefixes) for triple in group]
        else:
            values = [_json_value(triple.object, prefixes) for triple in group]
        name = "@type" if predicate == RDF_TYPE else _compact(predicate, prefixes)
        node[name] = values[0] if len(values) == 1 else values
    return node


def _json_value(term: object, prefixes: dict[str, str]) -> object:
    if not isinstance(term, ox.Literal):
        return {"@id": _compact(term, prefixes)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype == XSD_STRING:
        return term.value
    if term.datatype == XSD_INTEGER:
        return int(term.value)
    return {"@value": term.value, "@type": _compact(term.datatype, prefixes)}


def _compact(term: object, prefixes: dict[str, str]) -> str:
    if not isinstance(term, ox.NamedNode):
        return str(term)
    for prefix, namespace in prefixes.items():
        local = term.value[len(namespace) :]
        if local and term.value.startswith(namespace) and not local.startswith("//"):
            return f"{prefix}:{local}"
    return term.value
