"""Put triples in the order in which they are written, on disk where they do not fit into memory.

A triple becomes a line of its sort key, whose parts are its terms; lines are sorted, and read back as triples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

import pyoxigraph as ox

from kg.exporters.sorting import sort_lines
from kg.graph.names import Names

SECTIONS = {
    "ev": "Events",
    "cl": "Claims: who says so, and how sure",
    "span": "Passages of the articles",
    "art": "Articles",
    "actor": "Actors, and the direct triples of Stated events",
    "place": "Places",
    "run": "Runs",
    "act": "Actions",
    "cameo": "CAMEO codes",
    "": "The data set",
}
"""Prefix of a subject's IRI -> heading, in the order of writing."""

RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
XSD_STRING = ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")

_BATCH = 5_000
_PART = "\x00"
"""Between the parts of a key: sorts before every character that a term may hold."""


def order_triples(triples: Iterable[ox.Triple], names: Names) -> tuple[dict[str, str], Iterator[ox.Triple]]:
    """Return the prefixes that triples use, sorted by name, and the distinct triples in order.

    Args:
        triples: In any order.
        names: Gives the prefixes.

    Returns:
        The order is by section, subject, `rdf:type` first, predicate, object.
    """
    spaces: set[str] = set()
    lines = sort_lines(_make_lines(triples, names, spaces))
    first = list(islice(lines, 1))  # by now all triples were read, and `spaces` is complete
    prefixes = {name: names.prefixes[name] for name in sorted(names.prefixes) if names.prefixes[name] in spaces}
    return prefixes, _read_lines(chain(first, lines))


def find_section(subject: object, names: Names) -> str:
    """Return the key of `SECTIONS` that a subject belongs to."""
    if isinstance(subject, ox.NamedNode):
        for prefix in SECTIONS:
            if prefix and names.local(subject, prefix):
                return prefix
    return ""


def _make_lines(triples: Iterable[ox.Triple], names: Names, spaces: set[str]) -> Iterator[str]:
    order = {prefix: f"{number:02}" for number, prefix in enumerate(SECTIONS)}
    for triple in triples:
        spaces.update(map(_namespace, _iris(triple)))
        section = order[find_section(triple.subject, names)]
        rank = "0" if triple.predicate == RDF_TYPE else "1"
        yield _PART.join((section, str(triple.subject), rank, triple.predicate.value, str(triple.object))) + "\n"


def _read_lines(lines: Iterator[str]) -> Iterator[ox.Triple]:
    while some := list(islice(lines, _BATCH)):
        parts = (line.split(_PART, 4) for line in some)
        text = "".join(f"{subject} <{predicate}> {node[:-1]} .\n" for _, subject, _, predicate, node in parts)
        for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES):
            yield quad.triple


def _iris(triple: ox.Triple) -> Iterator[str]:
    for term in triple:
        if isinstance(term, ox.NamedNode):
            if term != RDF_TYPE:
                yield term.value
        elif isinstance(term, ox.Literal) and not term.language and term.datatype != XSD_STRING:
            yield term.datatype.value


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
