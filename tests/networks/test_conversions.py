"""Networks as networkx, scipy and igraph have them."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest

import nqp_biblio as nb
from nqp_biblio.errors import InputError, MissingExtraError

if TYPE_CHECKING:
    from numpy.typing import NDArray


def _net(ends: list[tuple[int, int]], *, directed: bool = False) -> nb.Network:
    pairs: NDArray[Any] = np.array(ends, dtype=np.int64).reshape(-1, 2)
    net = nb.Network(
        kind="citation",
        of="works",
        directed=directed,
        ids=np.array([7, 3, 9]),
        labels=("a", "b", "c"),
        source=pairs[:, 0],
        target=pairs[:, 1],
        weight=np.arange(1.0, len(ends) + 1),
    )
    return net.with_nodes(cluster=[1, 2, 2], year=[2001.5, 1999.0, 2003.0])


@pytest.mark.parametrize("directed", [False, True])
def test_networkx_and_back(directed: bool) -> None:  # noqa: FBT001
    """A network goes to networkx and comes back with ids, labels, edges and columns."""
    net = _net([(0, 1), (1, 2), (2, 2)], directed=directed)
    back = nb.network_from_networkx(net.to_networkx())
    assert (back.kind, back.of, back.directed) == ("citation", "works", directed)
    assert back.nodes.equals(net.nodes)
    assert back.edges.equals(net.edges)
    assert back.manifest["notes"] == []


def test_any_graph_of_networkx() -> None:
    """Nodes of any kind, lists as attributes and edges that stand twice are taken."""
    graph: nx.MultiGraph[Any] = nx.MultiGraph()
    graph.add_node(("a", 1), label="first", tags=["x", "y"])
    graph.add_node("1")
    graph.add_node(1)
    graph.add_edge(("a", 1), 1, weight=2)
    graph.add_edge(("a", 1), 1)
    net = nb.network_from_networkx(graph)
    assert net.labels == ("first", "1", "1 [2]")
    assert net.weight.tolist() == [3.0]
    assert net.node_columns["tags"].tolist() == ['["x", "y"]', None, None]
    assert net.node_columns["key"][0] == "('a', 1)"
    assert len(net.manifest["notes"]) == 2


def test_whole_numbers_are_ids() -> None:
    """Nodes that are whole numbers keep them as ids, with themselves as labels."""
    net = nb.network_from_networkx(nx.path_graph(3))
    assert net.ids.tolist() == [0, 1, 2]
    assert net.labels == ("0", "1", "2")
    assert net.node_columns == {}


def test_a_weight_that_is_none() -> None:
    """A weight that is no number is an error."""
    with pytest.raises(InputError, match="the weight of an edge 'heavy' is no number"):
        nb.network_from_networkx(nx.Graph([("a", "b", {"weight": "heavy"})]))


def test_scipy() -> None:
    """The matrix is symmetric where the network is undirected, and a loop is there once."""
    net = _net([(0, 1), (1, 2), (2, 2)])
    assert net.to_scipy().toarray().tolist() == [[0, 1, 0], [1, 0, 2], [0, 2, 3]]
    directed = _net([(0, 1), (1, 2)], directed=True)
    assert directed.to_scipy().toarray().tolist() == [[0, 1, 0], [0, 0, 2], [0, 0, 0]]


def test_igraph() -> None:
    """Igraph has the labels as names, and where it is missing the error says what brings it."""
    net = _net([(0, 1), (1, 2)])
    if importlib.util.find_spec("igraph") is None:
        with pytest.raises(MissingExtraError, match="igraph is not installed"):
            net.to_igraph()
        return
    graph = net.to_igraph()
    assert graph.vs["name"] == ["a", "b", "c"]
    assert graph.vs["cluster"] == [1, 2, 2]
    assert graph.es["weight"] == [1.0, 2.0]
    assert not graph.is_directed()
