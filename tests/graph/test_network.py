from __future__ import annotations

import io

import networkx as nx

from kg.graph.network import to_network
from kg.graph.records import ActorRecord, EventRecord, Records, read_records
from kg.store import Store


def test_actors_are_nodes_and_each_event_an_edge_keyed_by_its_id(sample_store: Store) -> None:
    network = to_network(read_records(sample_store.rows))
    assert network.nodes["EST"] == {"label": "Estonia", "kind": "state", "code": "EST", "events": 2, "untargeted": 0}
    (edge,) = network.get_edge_data("EST", "BLR").values()
    assert (edge["action"], edge["type"], edge["quad"]) == ("close-mission", "SANCTION", "material-conflict")
    assert (edge["support"], edge["status"], edge["date"]) == ("Stated", "planned", "2024-05-01")
    assert edge["goldstein"] < 0
    assert edge["n_claims"] == 1


def test_a_speaker_alone_is_no_node(sample_store: Store) -> None:
    assert "LVA" not in to_network(read_records(sample_store.rows))


def test_parallel_events_stay_apart_and_every_pair_of_actors_is_joined() -> None:
    actors = tuple(ActorRecord(name, "state", name, {"en": name}) for name in ("A", "B", "C"))
    events = (
        EventRecord("1", "meet", ("A", "B"), ("B", "C")),
        EventRecord("2", "meet", ("A",), ("C",)),
        EventRecord("3", "deploy", ("A",)),
    )
    network = to_network(Records(actors, (), events))
    assert sorted(network.edges(keys=True)) == [("A", "B", "1"), ("A", "C", "1"), ("A", "C", "2"), ("B", "C", "1")]
    assert network.nodes["A"]["untargeted"] == 1


def test_every_networkx_writer_takes_it(sample_store: Store) -> None:
    network = to_network(read_records(sample_store.rows))
    for write in (nx.write_graphml, nx.write_gexf):
        file = io.BytesIO()
        write(network, file)
        assert b"close-mission" in file.getvalue()
    assert nx.node_link_graph(nx.node_link_data(network, edges="edges"), edges="edges").size() == network.size()
