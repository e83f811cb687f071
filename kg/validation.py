"""Check a graph against `ontologies/shapes.ttl`, and its direct triples against the events that they rest on.

SHACL engines are slow (some 20,000 triples a second), so a store is checked in batches of articles, each with the
events, actors, places and actions that it refers to. What concerns the whole graph at once, the direct triples, is
asked of the store in SPARQL.

Source: SHACL, W3C Recommendation, 20 July 2017.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from kg.errors import MissingExtra
from kg.exporters.results import shorten
from kg.graph.names import DEFAULT_BASE
from kg.ontology.files import ontology_path
from kg.store import Store

BATCH = 200

DIRECT = "?source ?action ?target . ?action skos:inScheme act: ."
EVENT = "?event kg:source ?source ; kg:action ?action ; kg:target ?target ; kg:support kg:Stated"


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """Something that a graph must not say.

    Attributes:
        node: What is wrong, as people write it: `ev:81f9...`.
        message: Which rule it breaks, in words.
        value: What it has instead, "" where something is missing.
    """

    node: str
    message: str
    value: str = ""


def validate_store(store: Store, batch: int = BATCH) -> Iterator[Violation]:
    """Yield what a store says against the rules; nothing where all is well.

    Args:
        store: Open.
        batch: How many articles are checked at a time.

    Raises:
        MissingExtra: pyshacl is not installed.
    """
    yield from check_direct_triples(store)
    articles = (row["article"] for row in store.rows("SELECT ?article { ?article a kg:Article } ORDER BY ?article"))
    seen: set[Violation] = set()
    first = True
    while (some := list(islice(articles, batch))) or first:
        first = False
        for violation in sorted(set(_validate(store, _quads_of(store, some))) - seen):
            seen.add(violation)
            yield violation


def check_direct_triples(store: Store) -> Iterator[Violation]:
    """Yield direct triples without a Stated event, and Stated events without their direct triple."""
    for row in store.rows(f"SELECT * {{ {DIRECT} FILTER NOT EXISTS {{ {EVENT} }} }} ORDER BY ?source ?action ?target"):
        source, action, target = (
            shorten(ox.NamedNode(row[name]), store.names) for name in ("source", "action", "target")
        )
        yield Violation(source, "a direct triple rests on a Stated event", f"{action} {target}")
    for row in store.rows(
        f"SELECT ?event {{ {EVENT} FILTER NOT EXISTS {{ ?source ?action ?target }} }} ORDER BY ?event"
    ):
        yield Violation(shorten(ox.NamedNode(row["event"]), store.names), "a Stated event has its direct triple")


def _quads_of(store: Store, articles: list[str]) -> set[ox.Quad]:
    """Return all that concerns some articles: their claims, and two steps on from these."""
    quads: set[ox.Quad] = set()
    nodes = {ox.NamedNode(article) for article in articles}
    for article in sorted(nodes, key=str):
        nodes |= {ox.NamedNode(row["c"]) for row in store.rows(f"SELECT ?c {{ ?c oa:hasSource {article} }}")}
    for _ in range(_STEPS):
        found = {quad for node in nodes for quad in store.find(node)}
        nodes = {quad.object for quad in found - quads if isinstance(quad.object, ox.NamedNode)}
        quads |= found
    return quads | {quad for quad in store.quads() if store.names.local(_subject(quad), "act")}


_STEPS = 5
"""Claim, event, actor, office, state."""


def _subject(quad: ox.Quad) -> ox.NamedNode:
    return quad.subject if isinstance(quad.subject, ox.NamedNode) else ox.NamedNode("urn:none")


def _validate(store: Store, quads: set[ox.Quad]) -> Iterator[Violation]:
    try:
        import pyshacl  # noqa: PLC0415  # an extra, and slow to import
    except ImportError as error:
        raise MissingExtra("`kg validate` needs pyshacl; pip install 'kg-events[validate]'") from error
    import rdflib  # noqa: PLC0415  # slow to import
    from rdflib.namespace import SH  # noqa: PLC0415

    data, shapes, terms = rdflib.Graph(), rdflib.Graph(), rdflib.Graph()
    data.parse(data=ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES), format="nt")
    shapes.parse(data=_read(store, "shapes.ttl"), format="turtle")
    terms.parse(data=_read(store, "kg.ttl"), format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, ont_graph=terms, advanced=True)
    for result in report.subjects(SH.focusNode):
        node, value = report.value(result, SH.focusNode), report.value(result, SH.value)
        yield Violation(
            shorten(ox.NamedNode(str(node)), store.names),
            str(report.value(result, SH.resultMessage)),
            "" if value is None or value == node else _short(value, store),
        )


def _short(value: object, store: Store) -> str:
    text = str(value)
    return shorten(ox.NamedNode(text), store.names) if text.startswith(store.names.base) else text


def _read(store: Store, name: str) -> str:
    """Return a shipped file with the store's base in place of the default one."""
    return ontology_path(name).read_text(encoding="utf-8").replace(DEFAULT_BASE, store.names.base)
