"""Tell when a named query is asked about something that the graph does not hold, most likely for a slip of the pen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from kg.queries import NamedQuery, format_term
from kg.store import Store

CLASSES = {
    "actor": "SELECT DISTINCT ?node { [] kg:source|kg:target|kg:attributedTo ?node }",
    "action": "SELECT ?node { ?node skos:inScheme act: }",
    "event": "SELECT ?node { ?node a sem:Event }",
    "article": "SELECT ?node { ?node a kg:Article }",
}
"""Kinds of parameters that name a node -> all nodes of the kind."""


def find_hints(store: Store, query: NamedQuery, values: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each value that names nothing in the graph, with the ids nearest to it.

    Args:
        store: Open.
        query: A named query.
        values: As for `NamedQuery.bind`.
    """
    for parameter in query.parameters:
        value = values.get(parameter.name, "")
        if not value or parameter.kind not in CLASSES:
            continue
        term = format_term(parameter, value)
        if bool(store.query(f"ASK {{ {{ {term} ?p ?o }} UNION {{ ?s ?p {term} }} }}")):
            continue
        known = {row["node"].rsplit("/", 1)[-1] for row in store.rows(CLASSES[parameter.kind])}
        by_case = {name.casefold(): name for name in sorted(known)}
        near = [by_case[name] for name in get_close_matches(value.casefold(), by_case, n=3, cutoff=0.5)]
        nearest = f"; nearest: {', '.join(near)}" if near else ""
        yield f"--{parameter.name} {value}: no such {parameter.kind} in this graph{nearest}"
