from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest

from kg.exporters import export
from kg.graph.network import to_network
from kg.graph.records import read_records
from kg.store import Store


@pytest.fixture
def network(sample_store: Store) -> nx.MultiDiGraph:
    return to_network(read_records(sample_store.rows))


def edges(network: nx.MultiDiGraph) -> set[tuple[str, str, str, float]]:
    return {(source, target, facts["action"], facts["goldstein"]) for source, target, facts in network.edges(data=True)}


def test_networkx_reads_graphml_back(sample_store: Store, network: nx.MultiDiGraph, tmp_path: Path) -> None:
    export(sample_store, tmp_path / "graph.graphml")
    again = nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    assert dict(again.nodes(data=True)) == dict(network.nodes(data=True))
    assert edges(again) == edges(network)


def test_networkx_reads_gexf_back_with_dates_colours_and_positions(
    sample_store: Store, network: nx.MultiDiGraph, tmp_path: Path
) -> None:
    export(sample_store, tmp_path / "graph.gexf")
    again = nx.read_gexf(tmp_path / "graph.gexf")
    assert edges(nx.MultiDiGraph(again)) == edges(network)
    for _, facts in again.nodes(data=True):
        assert facts["viz"].keys() == {"color", "size", "position"}
    text = (tmp_path / "graph.gexf").read_text(encoding="utf-8")
    assert 'start="2024-05-01" end="2024-05-01"' in text or 'end="2024-05-01" start="2024-05-01"' in text
    assert 'type="CONSULT"' not in text
    assert "lastmodified" not in text


def test_networkx_reads_node_link_json_back(sample_store: Store, network: nx.MultiDiGraph, tmp_path: Path) -> None:
    export(sample_store, tmp_path / "graph.json")
    document = json.loads((tmp_path / "graph.json").read_text(encoding="utf-8"))
    again = nx.node_link_graph(document, edges="links")
    assert dict(again.nodes(data=True)) == dict(network.nodes(data=True))
    assert set(again.edges(keys=True)) == set(network.edges(keys=True))
