"""Write the network of actors: GraphML, GEXF for Gephi (dates, colours, positions), and node-link JSON.

Nodes are principals, edges events, as `kg.graph.network.to_network` makes them.
"""

from __future__ import annotations

import io
import json
import re
from typing import IO

import networkx as nx

from kg.graph.network import to_network
from kg.graph.records import read_records
from kg.store import Store

NODE_COLOURS = {"state": (68, 119, 170), "organisation": (238, 136, 102), "movement": (153, 68, 85)}
OTHER_COLOUR = (119, 119, 119)
EDGE_COLOURS = {
    "verbal-cooperation": (119, 170, 221),
    "material-cooperation": (0, 68, 136),
    "verbal-conflict": (238, 153, 51),
    "material-conflict": (187, 85, 0),
}
"""Told apart by the colour-blind: blues for cooperation, oranges for conflict (after Paul Tol's palettes)."""

SPREAD = 1000.0
"""Width of the drawing in Gephi's units."""

MOST_SPRUNG = 400
"""Above so many actors a spring layout takes minutes: they are set on a circle."""


def write(store: Store, output: IO[bytes], form: str) -> None:
    """Write a store's network."""
    network = to_network(read_records(store.rows))
    if form == "graphml":
        nx.write_graphml_xml(network, output, named_key_ids=True)
    elif form == "gexf":
        output.write(_to_gexf(network))
    else:
        text = json.dumps(nx.node_link_data(network, edges="links"), ensure_ascii=False, indent=1)
        output.write(f"{text}\n".encode())


def _to_gexf(network: nx.MultiDiGraph) -> bytes:
    places = _place_nodes(network)
    for name, facts in network.nodes(data=True):
        x, y = places[name]
        size = 10.0 + 5.0 * facts["events"] ** 0.5
        colour = NODE_COLOURS.get(facts["kind"], OTHER_COLOUR)
        facts["viz"] = {"color": _colour(colour), "position": {"x": x, "y": y, "z": 0.0}, "size": round(size, 2)}
    for *_, facts in network.edges(data=True, keys=True):
        facts["event_type"] = facts.pop("type")  # in GEXF an edge's type is directed or undirected
        facts["viz"] = {"color": _colour(EDGE_COLOURS.get(facts["quad"], OTHER_COLOUR))}
        for bound, day in (("start", facts["earliest"]), ("end", facts["latest"])):
            if day:
                facts[bound] = day
    network.graph["mode"] = "dynamic"
    network.graph["timeformat"] = "date"
    buffer = io.BytesIO()
    nx.write_gexf(network, buffer)
    # networkx writes today's date, which is no property of the graph
    return re.sub(rb' lastmodifieddate="[^"]*"', b"", buffer.getvalue())


def _place_nodes(network: nx.MultiDiGraph) -> dict[str, tuple[float, float]]:
    if network.number_of_nodes() <= MOST_SPRUNG:
        simple = nx.Graph(network.to_undirected())
        places = nx.spring_layout(simple, seed=1, scale=SPREAD)
    else:
        places = nx.circular_layout(network, scale=SPREAD)
    return {name: (round(float(x), 1), round(float(y), 1)) for name, (x, y) in places.items()}


def _colour(parts: tuple[int, int, int]) -> dict[str, int | float]:
    red, green, blue = parts
    return {"r": red, "g": green, "b": blue, "a": 1.0}
