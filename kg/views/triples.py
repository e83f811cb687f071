"""Ask the store in RDF: which events a user's query names, and the triples that tell all of some events."""

from __future__ import annotations

import re
from typing import Any

from kg.graph.records import Records
from kg.store import Store

CHUNK = 500
"""Events asked for at once."""


def named_events(store: Store, query: str) -> set[str]:
    """Return the ids of the events whose IRIs occur in a query's answer, of whatever form.

    Args:
        store: To ask.
        query: SPARQL: SELECT, CONSTRUCT or DESCRIBE.

    Raises:
        QueryError: The query is wrong.
    """
    namespace = re.escape(store.names.prefixes["ev"])
    pattern = re.compile(f"<{namespace}([^/#>]+)>")
    return {event for row in _answer(store, query) for event in pattern.findall(row)}


def _answer(store: Store, query: str) -> list[str]:
    """Return each row or triple of an answer as text with its IRIs in angle brackets."""
    result = store.query(query)
    if not hasattr(result, "__iter__"):
        return []  # the answer to an ASK
    return [" ".join(str(term) for term in row if term is not None) for row in result]


def select_triples(store: Store, records: Records) -> dict[str, Any]:
    """Return the triples of the events in `records`, and of all that these lead to, as N-Triples with the prefixes.

    Args:
        store: That the records were read from.
        records: Whose events are wanted.

    Returns:
        `text` (sorted lines) and `prefixes`.
    """
    names = [f"ev:{event.id}" for event in records.events]
    lines: set[str] = set()
    for start in range(0, len(names), CHUNK):
        values = " ".join(names[start : start + CHUNK])
        for query in (EVENTS, AROUND, DIRECT):
            lines.update(f"{triple} ." for triple in _answer(store, query % values))
    lines.update(f"{triple} ." for triple in _answer(store, SCHEME))
    return {"text": "\n".join(sorted(lines)) + "\n", "prefixes": dict(store.names.prefixes)}


EVENTS = """
CONSTRUCT { ?event ?predicate ?object } WHERE { VALUES ?event { %s } ?event ?predicate ?object }"""

AROUND = """
CONSTRUCT { ?node ?predicate ?object } WHERE {
  VALUES ?event { %s }
  { ?node kg:about ?event }
  UNION { [] kg:about ?event ;
          oa:hasSelector|oa:hasSource|kg:trigger|kg:attributedTo|kg:sourceActor|kg:targetActor ?node }
  UNION { ?event kg:source|kg:target|sem:hasPlace ?node }
  ?node ?predicate ?object .
}"""

DIRECT = """
CONSTRUCT { ?source ?action ?target } WHERE {
  VALUES ?event { %s }
  ?event kg:source ?source ; kg:action ?action ; kg:target ?target . ?source ?action ?target .
}"""

SCHEME = """
CONSTRUCT { ?action ?predicate ?object } WHERE { ?action skos:inScheme|skos:broader [] ; ?predicate ?object }"""
