"""Networks as other libraries have them: networkx, igraph, scipy."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import MissingExtraError
from nqp_biblio.networks.drafts import NetworkDraft

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx
    from scipy import sparse

    from nqp_biblio.networks.network import Network

__all__ = ["adjacency", "igraph_of", "network_from_networkx"]


def network_from_networkx(graph: nx.Graph[Any]) -> Network:
    """Make a network of a graph of networkx.

    Parameters
    ----------
    graph : Graph, DiGraph, MultiGraph or MultiDiGraph
        The attribute ``weight`` of an edge is its weight, 1 where it has none; ``label`` of
        a node is its name, else the node itself as text. ``id``, or a node that is a whole
        number, is its id where all nodes have one. ``kind`` and ``of`` of the graph are kept.

    Returns
    -------
    Network
        Further attributes are columns, one of no plain value as JSON. Edges between the same
        two nodes are one; ``manifest["notes"]`` says so. There is no corpus, so that
        ``evidence`` ends in an error.

    Raises
    ------
    InputError
        If a weight is no finite number.

    Examples
    --------
    >>> import networkx as nx
    >>> network_from_networkx(nx.Graph([("a", "b"), ("b", "c")]))
    <Network: network of nodes, 3 nodes, 2 edges>
    """
    draft = NetworkDraft("a graph of networkx", "networkx", directed=graph.is_directed())
    draft.kind = str(graph.graph.get("kind", draft.kind))
    draft.of = str(graph.graph.get("of", draft.of))
    draft.has_keys = False
    keys = {}
    for number, (node, attributes) in enumerate(graph.nodes(data=True)):
        keys[node] = str(number)
        draft.add_node(keys[node], _node_values(node, attributes))
    for one, other, attributes in graph.edges(data=True):
        further = {str(name): value for name, value in attributes.items() if name != "weight"}
        weight = draft.number(str(attributes.get("weight", 1)), "weight of an edge")
        draft.add_edge((keys[one], keys[other]), weight, further)
    return draft.network()


def _node_values(node: object, attributes: Mapping[Any, Any]) -> dict[str, Any]:
    """Return the values of a node with its name and, where it is a whole number, its id."""
    values = {str(name): value for name, value in attributes.items()}
    if type(node) is int:
        values.setdefault("id", node)
    elif values.get("label", str(node)) != str(node):
        values.setdefault("key", str(node))
    return {"label": str(node)} | values


def adjacency(net: Network) -> sparse.csr_array[Any]:
    """Return the weights as a sparse matrix; see ``Network.to_scipy``."""
    import numpy as np
    from scipy import sparse

    loops = net.source == net.target
    mirrored = ~loops if not net.directed else np.zeros(net.n_edges, dtype=bool)
    rows = np.concatenate([net.source, net.target[mirrored]])
    columns = np.concatenate([net.target, net.source[mirrored]])
    weights = np.concatenate([net.weight, net.weight[mirrored]])
    shape = (net.n_nodes, net.n_nodes)
    return sparse.csr_array(sparse.coo_array((weights, (rows, columns)), shape=shape))


def igraph_of(net: Network) -> Any:  # noqa: ANN401  igraph may not be installed
    """Return a graph of igraph; see ``Network.to_igraph``."""
    try:
        igraph: Any = importlib.import_module("igraph")
    except ImportError:
        raise MissingExtraError("igraph", "igraph") from None
    ends = list(zip(net.source.tolist(), net.target.tolist(), strict=True))
    graph = igraph.Graph(n=net.n_nodes, edges=ends, directed=net.directed)
    graph["kind"], graph["of"] = net.kind, net.of
    for name, column in {"id": net.ids, **net.node_columns}.items():
        graph.vs[name] = column.tolist()
    graph.vs["name"] = list(net.labels)
    for name, column in {"weight": net.weight, **net.edge_columns}.items():
        graph.es[name] = column.tolist()
    return graph
