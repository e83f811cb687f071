"""Measure who stands in the middle of the network, and who belongs together.

Source: Wasserman and Faust, "Social Network Analysis" (1994), chapter 5; communities after Clauset, Newman and Moore,
"Finding community structure in very large networks", Physical Review E 70 (2004).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

from kg.analysis.dyads import has_happened, rank_dyads
from kg.graph.records import EventRecord

MOST_EXACT = 2_000
"""Above so many actors betweenness is estimated from this many of them, chosen by a fixed seed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an actor stands in the network.

    Attributes:
        actor: Its id.
        events: In how many events it takes part.
        partners: With how many others it has to do.
        acts: In how many events it is a source.
        suffers: In how many it is a target.
        betweenness: On which share of shortest paths between others it lies, from 0 to 1.
        community: Number of the group it belongs to, 1 for the largest.
    """

    actor: str
    events: int
    partners: int
    acts: int
    suffers: int
    betweenness: float
    community: int


def rank_actors(events: Iterable[EventRecord]) -> tuple[Standing, ...]:
    """Return the standing of all actors that take part in an event, those in most events first."""
    told = [event for event in events if has_happened(event)]
    network = make_simple_network(told)
    sample = MOST_EXACT if network.number_of_nodes() > MOST_EXACT else None
    between = nx.betweenness_centrality(network, k=sample, seed=1)
    groups = find_communities(network)
    acts = Counter(actor for event in told for actor in set(event.sources))
    suffers = Counter(actor for event in told for actor in set(event.targets))
    all_of = Counter(actor for event in told for actor in {*event.sources, *event.targets})
    standings = [
        Standing(
            actor=actor,
            events=all_of[actor],
            partners=network.degree(actor),
            acts=acts[actor],
            suffers=suffers[actor],
            betweenness=round(between[actor], 6),
            community=groups.get(actor, 0),
        )
        for actor in network
    ]
    return tuple(sorted(standings, key=lambda row: (-row.events, row.actor)))


def make_simple_network(events: Iterable[EventRecord]) -> nx.Graph:
    """Return actors linked where they have to do with each other, weighted by how often; in order of id."""
    network = nx.Graph()
    rows = list(events)
    network.add_nodes_from(sorted({actor for event in rows for actor in (*event.sources, *event.targets)}))
    for dyad in sorted(rank_dyads(rows), key=lambda dyad: (dyad.one, dyad.other)):
        network.add_edge(dyad.one, dyad.other, weight=dyad.events)
    return network


def find_communities(network: nx.Graph) -> dict[str, int]:
    """Return the group that each actor belongs to, the largest first; actors without links have none."""
    linked = network.subgraph(sorted(actor for actor in network if network.degree(actor)))
    if not linked.number_of_edges():
        return {}
    groups = nx.community.greedy_modularity_communities(linked, weight="weight")
    ordered = sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))
    return {actor: number for number, group in enumerate(ordered, 1) for actor in group}
