"""Networks as other programs read them."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest

import nqp_biblio as nb
from nqp_biblio.errors import OptionError
from nqp_biblio.outputs.network_files.csv_lists import format_edges, format_nodes
from nqp_biblio.outputs.network_files.gexf import format_gexf
from nqp_biblio.outputs.network_files.gml import format_gml
from nqp_biblio.outputs.network_files.graphml import format_graphml
from nqp_biblio.outputs.network_files.pajek import format_pajek
from nqp_biblio.outputs.network_files.table import NETWORK_FORMATS
from nqp_biblio.outputs.network_files.vosviewer_json import format_vosviewer
from nqp_biblio.outputs.network_files.vosviewer_text import (
    format_vosviewer_links,
    format_vosviewer_map,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    NetworkOf = Callable[..., nb.Network]

HOSTILE = ["a\x00b", "ab", "line\nfeed", "\ud800", "<b>&\"'", "新质", "", "\ufffe", "=1+1"]


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def _by_label(graph: nx.Graph[Any]) -> dict[str, dict[str, Any]]:
    return {str(values["label"]): values for _, values in graph.nodes(data=True)}


@pytest.mark.parametrize("name", ["graphml", "gexf", "gml"])
def test_networkx_reads_the_network(small_network: nb.Network, name: str) -> None:
    """What networkx reads of GraphML, GEXF and GML has the same nodes, edges and weights."""
    read: dict[str, Callable[[], nx.Graph[Any]]] = {
        "graphml": lambda: nx.parse_graphml(format_graphml(small_network)),
        "gexf": lambda: nx.read_gexf(
            io.BytesIO(format_gexf(small_network).encode()), version="1.3"
        ),
        "gml": lambda: nx.parse_gml(format_gml(small_network), label="id"),
    }
    graph = read[name]()
    assert not graph.is_directed()
    found = _by_label(graph)
    assert list(found) == list(small_network.labels)
    assert [v["occurrences"] for v in found.values()] == [3, 2, 2, 1]
    weights = sorted(values["weight"] for *_, values in graph.edges(data=True))
    assert weights == [0.5, 1.0, 2.0]


@pytest.mark.parametrize("write", [format_graphml, format_gexf, format_gml])
def test_direction(network_of_labels: NetworkOf, write: Callable[[nb.Network], str]) -> None:
    """The direction of edges is said."""
    text = write(network_of_labels(["new", "old"], [(0, 1, 1.0)], directed=True))
    assert (
        'edgedefault="directed"' in text
        or 'defaultedgetype="directed"' in text
        or ("directed 1" in text)
    )


def test_gephi_finds_places_and_labels(small_network: nb.Network) -> None:
    """GEXF has the place of a node as viz:position and its name as label."""
    text = format_gexf(small_network)
    assert text.count("<viz:position ") == 4
    assert 'label="=HYPERLINK(1)"' in text
    assert 'version="1.3"' in text


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
    assert [cluster["cluster"] for cluster in network["clusters"]] == [1, 2]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _check_item(item: dict[str, Any]) -> None:
    assert isinstance(item["id"], str | int)
    assert all(isinstance(item.get(name, ""), str) for name in ("label", "description", "url"))
    assert all(_is_number(item.get(axis, 0.0)) for axis in ("x", "y"))
    assert item.get("cluster", 1) in range(1, 1001)
    assert all(_is_number(v) and v >= 0 for v in item.get("weights", {}).values())
    assert all(_is_number(v) for v in item.get("scores", {}).values())


def test_the_schema_of_vosviewer(shared_data: Path, network_of_labels: NetworkOf) -> None:
    """VOSviewer's own files and ours hold what its manual says of items, links and clusters."""
    column = np.array(["t", None, "u"], dtype=object)
    net = network_of_labels(
        ["a", "b", "c"],
        [(0, 1, 1.0)],
        cluster=[0, 7, 1001],
        x=[0.0, 1.0, np.nan],
        y=[0.0, 1.0, np.nan],
        below=[-1.5, np.nan, np.inf],
        is_new=[True, False, True],
        description=column,
    )
    texts = [format_vosviewer(net)]
    folder = shared_data / "truths" / "vosviewer"
    texts += [file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.json"))]
    texts += [format_vosviewer(nb.read_network(file)) for file in sorted(folder.glob("*.json"))]
    assert len(texts) == 5
    for text in texts:
        data = json.loads(text)
        assert set(data) <= {"network", "config", "info"}
        assert set(data["network"]) <= {"items", "links", "clusters"}
        ids = {item["id"] for item in data["network"]["items"]}
        for item in data["network"]["items"]:
            _check_item(item)
        for link in data["network"]["links"]:
            assert {link["source_id"], link["target_id"]} <= ids
            assert _is_number(link["strength"])
            assert link["strength"] >= 0


def test_what_vosviewer_does_not_know_is_refused(network_of_labels: NetworkOf) -> None:
    """Negative weights and texts under VOSviewer's names are errors, not files it cannot open."""
    with pytest.raises(OptionError, match="negative weight"):
        format_vosviewer(network_of_labels(["a", "b"], [(0, 1, -1.0)]))
    with pytest.raises(OptionError, match="'weight<n>' is negative"):
        format_vosviewer(network_of_labels(["a"], [], **{"weight<n>": [-1.0]}))
    with pytest.raises(OptionError, match="a name that VOSviewer uses"):
        format_vosviewer(network_of_labels(["a"], [], weights=["text"]))


def test_vosviewer_map_and_network(tmp_path: Path, network_of_labels: NetworkOf) -> None:
    """The map has VOSviewer's headers, the network two ids and a strength, side by side."""
    net = network_of_labels(
        ['a "b"', "c,\nd"], [(0, 1, 2.5)], cluster=[1, 0], occurrences=[3, 2], mean_year=[1.5, 2.0]
    )
    head = "id\tlabel\tcluster\tweight<Links>\tweight<Total link strength>"
    assert format_vosviewer_map(net).splitlines() == [
        f"{head}\tweight<Occurrences>\tscore<mean_year>",
        '1\t"a ""b"""\t1\t1\t2.5\t3\t1.5',
        '2\t"c, d"\t\t1\t2.5\t2\t2',
    ]
    assert format_vosviewer_links(net) == "1\t2\t2.5\n"
    for name, beside in (
        ("joi_map.txt", "joi_network.txt"),
        ("x_network.txt", "x_map.txt"),
        ("net.txt", "net_network.txt"),
    ):
        nb.write(net, tmp_path / name)
        assert (tmp_path / beside).is_file()
        assert nb.read_network(tmp_path / beside).n_edges == 1


def test_pajek(tmp_path: Path, small_network: nb.Network) -> None:
    """Pajek has its vertices numbered from 1, then its edges; networkx reads it."""
    lines = format_pajek(small_network).splitlines()
    assert lines[0] == "*Vertices 4"
    assert lines[1].startswith('1 "=HYPERLINK(1)" 0.')
    assert lines[2].startswith('2 "a &#34;b&#34; & <c>" ')
    assert lines[5:] == ["*Edges", "1 2 2", "1 3 0.5", "2 3 1"]
    nb.write(small_network, tmp_path / "map.net")
    graph = nx.read_pajek(tmp_path / "map.net")
    assert graph.number_of_nodes() == 4
    assert graph.number_of_edges() == 3


def test_pajek_writes_what_applies(tmp_path: Path, small_network: nb.Network) -> None:
    """One call writes the network, a partition of the clusters and a vector per number."""
    nb.write(small_network, tmp_path / "map.net")
    names = {file.name for file in tmp_path.iterdir()}
    assert names == {"map.net", "map.clu", "map.occurrences.vec", "map.x.vec", "map.y.vec"}
    assert (tmp_path / "map.occurrences.vec").read_text() == "*Vertices 4\n3\n2\n2\n1\n"
    x = [float(line.split()[-3]) for line in format_pajek(small_network).splitlines()[1:5]]
    assert 0 < min(x) < max(x) < 1


def test_pajek_of_a_directed_network(network_of_labels: NetworkOf) -> None:
    """Directed edges are arcs, and no label can begin a section."""
    text = format_pajek(network_of_labels(["a\n*Edges", "b"], [(1, 0, 1.0)], directed=True))
    assert text.splitlines() == ["*Vertices 2", '1 "a&#10;*Edges"', '2 "b"', "*Arcs", "2 1 1"]


def test_edges(small_network: nb.Network) -> None:
    """Edges have ids, labels and weight; a label cannot act as a formula."""
    rows = _rows(format_edges(small_network))
    assert rows[1] == {
        "source_id": "1",
        "target_id": "3",
        "source": "'=HYPERLINK(1)",
        "target": "新质生产力",
        "weight": "0.5",
        "type": "undirected",
    }
    assert len(rows) == 3


def test_nodes(tmp_path: Path, small_network: nb.Network) -> None:
    """Nodes have all their columns, with links and total link strength, beside the edges."""
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
    for name, beside in (("m.csv", "m.nodes.csv"), ("n.edges.csv", "n.nodes.csv")):
        nb.write(small_network, tmp_path / name)
        assert nb.read_network(tmp_path / beside).n_edges == 3


@pytest.mark.parametrize("name", NETWORK_FORMATS)
def test_hostile_labels(tmp_path: Path, network_of_labels: NetworkOf, name: str) -> None:
    """Any label can be written in every format, and no node is lost."""
    net = network_of_labels(HOSTILE, [(i, i + 1, 1.0) for i in range(len(HOSTILE) - 1)])
    path = tmp_path / f"net{NETWORK_FORMATS[name].suffixes[0]}"
    nb.write(net, path, format=name)
    back = nb.read_network(path)
    assert (back.n_nodes, back.n_edges) == (len(HOSTILE), len(HOSTILE) - 1)
    assert back.labels[5] == "新质"
    assert back.labels[8] == "=1+1"
