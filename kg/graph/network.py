"""Make a networkx graph of the events: actors as nodes, one edge per event and ordered pair, keyed by event.

What comes in are the values of `kg.graph.records`; what goes out is flat (texts and numbers alone), so that every
networkx writer takes it.
"""

from __future__ import annotations

from collections import Counter

import networkx as nx

from kg.graph.records import EventRecord, Records
from kg.ontology.actions import load_actions


def to_network(records: Records) -> nx.MultiDiGraph:
    """Return the events as a directed multigraph.

    Args:
        records: Actors and events, as read from a store.

    Returns:
        Nodes are principals' ids with `label`, `kind`, `code`, `events` (how many they take part in) and
        `untargeted` (how many of those they did to nobody named, which make no edge); edges are keyed by event id.
        Both are in order of id.

    Example:
        >>> to_network(Records((), (), ())).number_of_nodes()
        0
    """
    network = nx.MultiDiGraph()
    events = Counter(actor for event in records.events for actor in {*event.sources, *event.targets})
    untargeted = Counter(actor for event in records.events if not event.targets for actor in event.sources)
    for actor in sorted(records.actors, key=lambda actor: actor.id):
        if actor.id in events:
            network.add_node(
                actor.id,
                label=actor.labels.get("en", actor.id),
                kind=actor.kind,
                code=actor.code,
                events=events[actor.id],
                untargeted=untargeted[actor.id],
            )
    for event in sorted(records.events, key=lambda event: event.id):
        for source, target in event.pairs:
            network.add_edge(source, target, key=event.id, **_attributes(event))
    return network


def _attributes(event: EventRecord) -> dict[str, str | float | int]:
    """Return an event's flat attributes; what is unknown is "" (or 0 for the Goldstein value)."""
    action = load_actions().get(event.action)
    return {
        "action": event.action,
        "type": action.type if action else "",
        "quad": action.quad if action else "",
        "goldstein": (action.goldstein or 0.0) if action else 0.0,
        "date": event.date,
        "earliest": event.earliest,
        "latest": event.latest,
        "support": event.support,
        "status": event.status,
        "confidence": event.confidence,
        "place": event.place,
        "n_claims": len(event.told),
    }
