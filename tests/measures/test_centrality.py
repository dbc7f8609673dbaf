"""Centrality, held against networkx and values worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures import centrality as module
from nqp_biblio.measures.centrality import centrality
from nqp_biblio.networks.network import Network

if TYPE_CHECKING:
    from numpy.typing import NDArray

Edges = list[tuple[int, int, float]]
MapOf = Callable[[str], tuple[Network, list[int]]]
ALL = tuple(module._MEASURES)
UNDIRECTED = tuple(name for name in ALL if "in_" not in name and "out_" not in name)


def _net(n_nodes: int, edges: Edges, *, directed: bool = False) -> Network:
    source, target, weight = np.array(sorted(edges) or np.empty((0, 3))).reshape(-1, 3).T
    return Network(
        kind="cocitation",
        of="references",
        directed=directed,
        ids=np.arange(1, n_nodes + 1),
        labels=tuple(f"n{number:03}" for number in range(n_nodes)),
        source=source.astype(np.int64),
        target=target.astype(np.int64),
        weight=weight,
    )


def _column(net: Network, name: str, **options: Any) -> NDArray[Any]:
    return centrality(net, (name,), **options).node_columns[name]


def _values(net: Network, found: dict[str, float]) -> list[float]:
    return [found[label] for label in net.labels]


def _with_lengths(net: Network) -> Any:
    graph = net.to_networkx()
    for _, _, data in graph.edges(data=True):
        data["length"] = 1 / data["weight"]
    return graph


@st.composite
def _networks(draw: st.DrawFn, *, directed: bool = False) -> Network:
    n_nodes = draw(st.integers(1, 9))
    pairs = [
        (i, j) for i in range(n_nodes) for j in range(n_nodes) if i < j or (directed and i > j)
    ]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    # powers of 2, whose inverses add up without rounding, so that networkx sees ties too
    weights = st.sampled_from([1, 2, 4])
    return _net(n_nodes, [(i, j, draw(weights)) for i, j in chosen], directed=directed)


EITHER = st.booleans().flatmap(lambda directed: _networks(directed=directed))
ORACLES: dict[tuple[str, str], Callable[[Any], dict[str, float]]] = {
    ("betweenness", "steps"): nx.betweenness_centrality,
    ("betweenness", "inverse"): lambda g: nx.betweenness_centrality(g, weight="length"),
    ("closeness", "steps"): nx.closeness_centrality,
    ("closeness", "inverse"): lambda g: nx.closeness_centrality(g, distance="length"),
}


@pytest.mark.parametrize(("name", "distance"), ORACLES)
@settings(deadline=None)
@given(net=EITHER)
def test_paths_as_networkx_has_them(name: str, distance: Any, net: Network) -> None:
    """Betweenness and closeness are exact, directed or not, in steps or by weight."""
    expected = _values(net, ORACLES[name, distance](_with_lengths(net)))
    assert _column(net, name, distance=distance) == pytest.approx(expected, abs=1e-12)


@settings(deadline=None)
@given(net=EITHER, damping=st.sampled_from([0.1, 0.5, 0.85, 0.95]))
def test_pagerank_as_networkx_has_it(net: Network, damping: float) -> None:
    """PageRank follows weights and adds up to 1, with dangling nodes too."""
    oracle = nx.pagerank(net.to_networkx(), alpha=damping, tol=1e-14, max_iter=10_000)
    found = _column(net, "pagerank", damping=damping)
    assert found == pytest.approx(_values(net, oracle), abs=1e-10)
    assert found.sum() == pytest.approx(1)


@settings(deadline=None)
@given(net=_networks())
def test_structural_holes_as_networkx_has_them(net: Network) -> None:
    """Constraint and effective size of weighted networks are Burt's."""
    graph = net.to_networkx()
    constraint = _values(net, nx.constraint(graph, weight="weight"))
    # asked for all nodes at once networkx 3.6 divides by the wrong row, hence the list
    size = np.nan_to_num(_values(net, nx.effective_size(graph, list(graph), weight="weight")))
    made = centrality(net, ("constraint", "effective_size")).node_columns
    assert made["constraint"] == pytest.approx(constraint, nan_ok=True)
    assert made["effective_size"] == pytest.approx(size)


@settings(deadline=None)
@given(net=_networks(directed=True))
def test_constraint_of_directed_networks(net: Network) -> None:
    """In a directed network both directions of a tie count."""
    constraint = _values(net, nx.constraint(net.to_networkx(), weight="weight"))
    assert _column(net, "constraint") == pytest.approx(constraint, nan_ok=True)


@settings(deadline=None)
@given(net=_networks())
def test_k_core_as_networkx_has_it(net: Network) -> None:
    """Cores go by the edges alone."""
    assert _column(net, "k_core").tolist() == _values(net, nx.core_number(net.to_networkx()))


@settings(deadline=None)
@given(net=_networks())
def test_eigenvector_is_one_of_the_largest_value(net: Network) -> None:
    """It solves A x = lambda x for the largest lambda, and its largest value is 1."""
    graph = nx.to_numpy_array(net.to_networkx(), nodelist=net.labels)
    found = _column(net, "eigenvector")
    assert graph @ found == pytest.approx(np.linalg.eigvalsh(graph)[-1] * found, abs=1e-9)
    assert found.max() == (pytest.approx(1) if net.n_edges else 0)


@pytest.mark.parametrize("n_nodes", [10, 400])
def test_eigenvector_of_small_and_large_parts(n_nodes: int) -> None:
    """The sparse solver and the dense one agree with networkx."""
    graph = nx.gnm_random_graph(n_nodes, 4 * n_nodes, seed=1)
    graph = graph.subgraph(max(nx.connected_components(graph), key=len))
    number = {node: index for index, node in enumerate(sorted(graph))}
    edges = [(number[a], number[b], 1.0) for a, b in graph.edges]
    net = _net(len(number), edges)
    oracle = nx.eigenvector_centrality_numpy(net.to_networkx())
    expected = np.array(_values(net, oracle))
    assert _column(net, "eigenvector") == pytest.approx(expected / expected.max(), abs=1e-8)


def test_eigenvector_of_equal_parts() -> None:
    """Of parts that tie all have values, whatever their order; smaller ones have 0."""
    net = _net(7, [(0, 1, 2), (2, 3, 1), (4, 5, 2)])
    assert _column(net, "eigenvector") == pytest.approx([1, 1, 0, 0, 1, 1, 0])


def test_degrees_and_strengths() -> None:
    """Edges and weights are counted by direction; loops are not."""
    net = _net(3, [(0, 1, 2), (1, 0, 3), (1, 2, 4), (2, 2, 9)], directed=True)
    made = centrality(net, [n for n in ALL if "degree" in n or "strength" in n]).node_columns
    assert made["degree"].tolist() == [2, 3, 1]
    assert made["in_degree"].tolist() == [1, 1, 1]
    assert made["out_degree"].tolist() == [1, 2, 0]
    assert made["strength"].tolist() == [5, 9, 4]
    assert made["in_strength"].tolist() == [3, 2, 4]
    assert made["out_strength"].tolist() == [2, 7, 0]


@given(net=_networks())
@settings(deadline=None)
def test_degree_and_strength_are_those_of_the_network(net: Network) -> None:
    """Without loops they are the links and total link strength of VOSviewer."""
    made = centrality(net, ("degree", "strength")).node_columns
    assert made["degree"].tolist() == net.degree.tolist()
    assert made["strength"].tolist() == net.strength.tolist()


def test_effective_size_by_hand() -> None:
    """Contacts 1 and 2 of node 0 have 2/5 and 2/3 of their strongest tie with each other."""
    net = _net(4, [(0, 1, 1), (0, 2, 3), (1, 2, 2), (1, 3, 5)])
    size = _column(net, "effective_size")
    assert size[0] == pytest.approx(2 - 3 / 4 * 2 / 5 - 1 / 4 * 2 / 3)


def test_strong_links_are_short() -> None:
    """By weight the way over two strong links is shorter than one weak one."""
    net = _net(3, [(0, 1, 4), (1, 2, 4), (0, 2, 1)])
    assert _column(net, "betweenness").tolist() == [0, 0, 0]
    assert _column(net, "betweenness", distance="inverse").tolist() == [0, 1, 0]
    assert _column(net, "closeness", distance="inverse") == pytest.approx([8 / 3, 4, 8 / 3])


def test_equal_lengths_but_for_rounding_tie() -> None:
    """Ways of 1/10 + 2/10 and of 3/20 + 3/20 are equally long, though floats tell them apart."""
    net = _net(4, [(0, 1, 10), (1, 3, 5), (0, 2, 20 / 3), (2, 3, 20 / 3)])
    found = _column(net, "betweenness", distance="inverse")
    assert found[1:3] == pytest.approx([1 / 6, 1 / 6])


def test_coreness_of_a_perfect_core() -> None:
    """Where weights are products of values, coreness is these values, and the fit 1."""
    value = np.array([1.0, 0.8, 0.5, 0.2, 0.1])
    edges = [(i, j, 10 * value[i] * value[j]) for i in range(5) for j in range(i + 1, 5)]
    net = centrality(_net(5, edges), ("coreness",))
    assert net.node_columns["coreness"] == pytest.approx(value, abs=1e-8)
    assert net.manifest["centrality"]["coreness_fit"] == pytest.approx(1)


@settings(deadline=None)
@given(net=_networks())
def test_coreness_cannot_be_bettered_node_by_node(net: Network) -> None:
    """No value alone can be moved to come nearer to the weights; the fit is a correlation."""
    made = centrality(net, ("coreness",))
    value, fit = made.node_columns["coreness"], made.manifest["centrality"]["coreness_fit"]
    matrix = nx.to_numpy_array(net.to_networkx(), nodelist=net.labels)
    apart = ~np.eye(net.n_nodes, dtype=bool)
    square = (value**2).sum() - value**2
    if net.n_edges:
        best = matrix @ value / np.where(square > 1e-12, square, 1)
        scale = (best @ value) / (value @ value)
        near = square > 1e-12
        assert best[near] == pytest.approx(scale * value[near], abs=1e-4 * scale)
    if fit is not None:
        expected = np.corrcoef(matrix[apart], np.outer(value, value)[apart])[0, 1]
        assert fit == pytest.approx(expected, abs=1e-6)


def test_an_estimate_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A large network is sampled by the seed; the manifest says how many nodes, and which seed."""
    graph = nx.gnm_random_graph(300, 900, seed=3)
    net = _net(300, [(a, b, 1.0) for a, b in graph.edges])
    exact = centrality(net, ("betweenness", "closeness"))
    assert exact.manifest["centrality"]["exact"]
    assert "seed" not in exact.manifest["centrality"]
    monkeypatch.setattr(module, "_MOST_WORK", 300 * 900 - 1)
    monkeypatch.setattr(module, "_PIVOTS", 150)
    near = centrality(net, ("betweenness", "closeness"), seed=7)
    told = near.manifest["centrality"]
    assert (told["exact"], told["pivots"], told["seed"]) == (False, 150, 7)
    for name in ("betweenness", "closeness"):
        both = exact.node_columns[name], near.node_columns[name]
        assert np.corrcoef(both)[0, 1] > 0.95
        assert both[1].mean() == pytest.approx(both[0].mean(), rel=0.05)
    again = centrality(net, ("betweenness",), seed=7)
    assert again.node_columns["betweenness"].tolist() == near.node_columns["betweenness"].tolist()
    forced = centrality(net, ("closeness",), n_pivots=300)
    assert forced.node_columns["closeness"].tolist() == exact.node_columns["closeness"].tolist()


def test_what_no_pivot_reaches_is_unknown() -> None:
    """Closeness of a node that no pivot reaches is nan, of a node alone 0."""
    net = _net(101, [(2 * i, 2 * i + 1, 1.0) for i in range(50)])
    found = _column(net, "closeness", n_pivots=1)
    assert found[100] == 0
    assert np.isnan(found).sum() == 99


@settings(deadline=None)
@given(net=_networks(), data=st.data())
def test_order_of_nodes_makes_no_difference(net: Network, data: st.DataObject) -> None:
    """Each node has the same values in whatever order the nodes come."""
    order = np.array(data.draw(st.permutations(range(net.n_nodes))), dtype=np.int64)
    moved = replace(net, source=order[net.source], target=order[net.target])
    names = [name for name in UNDIRECTED if name != "coreness"]
    one, two = (centrality(part, names).node_columns for part in (net, moved))
    for name in names:
        assert two[name][order] == pytest.approx(one[name], abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("n_nodes", [0, 1, 2])
@pytest.mark.parametrize("directed", [False, True])
def test_networks_without_edges(n_nodes: int, *, directed: bool) -> None:
    """All measures are there, and empty, 0 or nan, where there is nothing to measure."""
    net = _net(n_nodes, [], directed=directed)
    names = [name for name in ALL if not (directed and name == "eigenvector")]
    made = centrality(net, names)
    assert {len(made.node_columns[name]) for name in names} == {n_nodes}
    assert set(made.nodes.columns) >= set(names)
    assert json.loads(json.dumps(made.manifest)) == made.manifest


def test_weights_can_be_chosen() -> None:
    """Edges weigh as they do, 1 each, or what another column says."""
    net = _net(3, [(0, 1, 5), (1, 2, 1)]).with_edges(similarity=np.array([0.5, 0.25]))
    assert _column(net, "strength", weights="none").tolist() == [1, 2, 1]
    assert _column(net, "strength", weights="similarity").tolist() == [0.5, 0.75, 0.25]
    assert centrality(net, "degree").manifest["centrality"]["measures"] == ["degree"]


def test_what_has_no_centrality() -> None:
    """Unknown names, weights that mean nothing and numbers out of range are refused."""
    net = _net(2, [(0, 1, 0.0)])
    with pytest.raises(UnknownNameError, match="unknown measure of centrality 'between'"):
        centrality(net, ("between",))
    with pytest.raises(UnknownNameError, match="unknown value of edges 'length'"):
        centrality(net, weights="length")
    with pytest.raises(UnknownNameError, match="unknown distance 'weight'"):
        centrality(net, distance="weight")  # type: ignore[arg-type]
    with pytest.raises(OptionError, match="damping is 1"):
        centrality(net, ("pagerank",), damping=1.0)
    with pytest.raises(OptionError, match="n_pivots is 0"):
        centrality(net, n_pivots=0)
    with pytest.raises(OptionError, match="weights above 0; there is an edge of weight 0"):
        centrality(net, ("closeness",), distance="inverse")
    with pytest.raises(OptionError, match="structural hole needs weights above 0"):
        centrality(net, ("constraint",))
    with pytest.raises(OptionError, match="weights of 0 or more; weight has -1"):
        centrality(_net(2, [(0, 1, -1.0)]))
    with pytest.raises(OptionError, match="eigenvector needs an undirected network"):
        centrality(_net(2, [(0, 1, 1.0)], directed=True), ("eigenvector",))


def test_a_published_map(published_map: MapOf) -> None:
    """On a published map of 252 authors all measures agree with networkx."""
    net, _ = published_map("vosviewer/JOI_2007-2016_co-authorship")
    made = centrality(net, UNDIRECTED, distance="inverse").node_columns
    graph = _with_lengths(net)
    oracles = {
        "betweenness": nx.betweenness_centrality(graph, weight="length"),
        "closeness": nx.closeness_centrality(graph, distance="length"),
        "pagerank": nx.pagerank(graph, tol=1e-14, max_iter=10_000),
        "constraint": nx.constraint(graph, weight="weight"),
        "effective_size": nx.effective_size(graph, list(graph), weight="weight"),
        "k_core": nx.core_number(graph),
    }
    for name, oracle in oracles.items():
        assert made[name] == pytest.approx(_values(net, oracle), abs=1e-9, nan_ok=True)
    assert int(made["strength"].sum()) == 1476
