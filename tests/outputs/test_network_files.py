"""Networks as files that other programs read."""

from __future__ import annotations

import csv
import html
import io
import json
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING

import networkx as nx
import pytest

import nqp_biblio as nb
from nqp_biblio.outputs.network_files import (
    NETWORK_FORMATS,
    format_edges,
    format_graphml,
    format_nodes,
    format_pajek,
    format_vosviewer,
)

if TYPE_CHECKING:
    from pathlib import Path

NetworkOf = Callable[..., nb.Network]
HOSTILE = ["a\x00b", "ab", "line\nfeed", "\ud800", "<b>&\"'", "新质", "", "\ufffe", "=1+1"]


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_graphml_is_the_network(small_network: nb.Network) -> None:
    """GraphML read by networkx has the same nodes and edges with all their values."""
    graph = nx.parse_graphml(format_graphml(small_network))
    expected = small_network.to_networkx()
    assert dict(graph.nodes(data=True)) == dict(expected.nodes(data=True))
    assert {frozenset(e): graph.edges[e] for e in graph.edges} == {
        frozenset(e): expected.edges[e] for e in expected.edges
    }
    assert not graph.is_directed()


def test_graphml_of_a_directed_network(network_of_labels: NetworkOf) -> None:
    """The direction of edges is kept."""
    net = network_of_labels(["new", "old"], [(0, 1, 1.0)], directed=True)
    graph = nx.parse_graphml(format_graphml(net))
    assert graph.is_directed()
    assert list(graph.edges) == [("new", "old")]


def test_graphml_loses_no_node(network_of_labels: NetworkOf) -> None:
    """Labels that XML cannot hold are cleaned, and no two nodes become one."""
    edges = [(i, i + 1, 1.0) for i in range(len(HOSTILE) - 1)]
    graph = nx.parse_graphml(format_graphml(network_of_labels(HOSTILE, edges)))
    assert len(graph) == len(HOSTILE)
    assert graph.number_of_edges() == len(edges)
    assert not list(nx.selfloop_edges(graph))


def test_vosviewer_has_items_and_links(small_network: nb.Network) -> None:
    """VOSviewer JSON has an item per node with weights, place and cluster, a link per edge."""
    network = json.loads(format_vosviewer(small_network))["network"]
    first = network["items"][0]
    assert first["id"] == 1
    assert first["label"] == "=HYPERLINK(1)"
    assert first["weights"] == {"Links": 2, "Total link strength": 2.5, "Occurrences": 3.0}
    assert {"x", "y", "cluster"} <= set(first)
    assert network["links"] == [
        {"source_id": 1, "target_id": 2, "strength": 2.0},
        {"source_id": 1, "target_id": 3, "strength": 0.5},
        {"source_id": 2, "target_id": 3, "strength": 1.0},
    ]


def test_vosviewer_without_a_map(network_of_labels: NetworkOf) -> None:
    """A network that is not mapped has neither places nor clusters; cluster 0 is none."""
    [item] = json.loads(format_vosviewer(network_of_labels(["a"], [])))["network"]["items"]
    assert set(item) == {"id", "label", "weights"}
    net = network_of_labels(["hub", "b"], [], cluster=[0, 1])
    items = json.loads(format_vosviewer(net))["network"]["items"]
    assert [item.get("cluster") for item in items] == [None, 1]


def test_pajek(tmp_path: Path, small_network: nb.Network) -> None:
    """Pajek has its vertices numbered from 1, then its edges; networkx reads it."""
    lines = format_pajek(small_network).splitlines()
    assert lines[:2] == ["*Vertices 4", '1 "=HYPERLINK(1)"']
    assert lines[5:] == ["*Edges", "1 2 2", "1 3 0.5", "2 3 1"]
    nb.write(small_network, tmp_path / "map.net")
    graph = nx.read_pajek(tmp_path / "map.net")
    assert list(graph) == ["=HYPERLINK(1)", "a 'b' & <c>", "新质生产力", "alone"]
    assert graph.number_of_edges() == 3


def test_pajek_of_a_directed_network(network_of_labels: NetworkOf) -> None:
    """Directed edges are arcs."""
    text = format_pajek(network_of_labels(["a\n*Edges", "b"], [(1, 0, 1.0)], directed=True))
    assert text.splitlines() == ["*Vertices 2", '1 "a*Edges"', '2 "b"', "*Arcs", "2 1 1"]


def test_edges(small_network: nb.Network) -> None:
    """Edges have ids, labels and weight; a label cannot act as a formula."""
    rows = _rows(format_edges(small_network))
    assert rows[1] == {
        "source_id": "1",
        "target_id": "3",
        "source": "'=HYPERLINK(1)",
        "target": "新质生产力",
        "weight": "0.5",
    }
    assert len(rows) == 3


def test_nodes(small_network: nb.Network) -> None:
    """Nodes have all their columns, with links and total link strength."""
    rows = _rows(format_nodes(small_network))
    assert [row["label"] for row in rows][:2] == ["'=HYPERLINK(1)", 'a "b" & <c>']
    assert rows[3] | {"x": "", "y": ""} == {
        "id": "4",
        "label": "alone",
        "occurrences": "1",
        "cluster": "2",
        "x": "",
        "y": "",
        "links": "0",
        "total_link_strength": "0",
    }


@pytest.mark.parametrize("name", [*NETWORK_FORMATS, "nodes"])
def test_hostile_and_empty(network_of_labels: NetworkOf, name: str) -> None:
    """Any label and a network without nodes can be written in every format."""
    write = NETWORK_FORMATS[name][1] if name != "nodes" else format_nodes
    text = write(network_of_labels(HOSTILE, [(1, 5, 1.0)]))
    assert "新质" in html.unescape(text)
    assert write(network_of_labels([], []))


@pytest.mark.parametrize("name", ["graphml", "vosviewer", "pajek"])
def test_no_control_characters(network_of_labels: NetworkOf, name: str) -> None:
    """What XML, JSON and Pajek cannot hold is left out of labels."""
    text = html.unescape(NETWORK_FORMATS[name][1](network_of_labels(HOSTILE, [])))
    assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"]
