"""Backbones, held against their definitions."""

from __future__ import annotations

import itertools
import json
import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from scipy.sparse import csgraph

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.networks.backbones import backbone
from nqp_biblio.networks.network import Network
from nqp_biblio.networks.weights import weigh

METHODS = ("disparity", "min-weight", "pathfinder", "spanning-tree")
Edges = list[tuple[int, int, float]]


def _net(n_nodes: int, edges: Edges, *, directed: bool = False) -> Network:
    source, target, weight = np.array(sorted(edges) or np.empty((0, 3))).reshape(-1, 3).T
    return Network(
        kind="cocitation",
        of="references",
        directed=directed,
        ids=np.arange(1, n_nodes + 1),
        labels=tuple(f"n{number:02}" for number in range(n_nodes)),
        source=source.astype(np.int64),
        target=target.astype(np.int64),
        weight=weight,
    )


def _edges(net: Network) -> list[tuple[int, int]]:
    return list(zip(net.source.tolist(), net.target.tolist(), strict=True))


@st.composite
def _networks(draw: st.DrawFn, weights: tuple[float, ...] = (1, 2, 3, 4)) -> Network:
    n_nodes = draw(st.integers(1, 7))
    pairs = [(i, j) for i in range(n_nodes) for j in range(i + 1, n_nodes)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return _net(n_nodes, [(i, j, draw(st.sampled_from(weights))) for i, j in chosen])


STAR = _net(5, [(0, 1, 1), (0, 2, 1), (0, 3, 1), (0, 4, 97), (1, 2, 1)])


def test_disparity_by_hand() -> None:
    """Of a hub with the weights 1, 1, 1 and 97 only the last is above chance."""
    net = backbone(STAR, alpha=0.05)
    assert _edges(net) == [(0, 4)]
    assert net.edge_columns["disparity"] == pytest.approx([0.03**3])
    all_edges = backbone(STAR, alpha=1.0)
    expected = [0.5, 0.5, 0.99**3, 0.03**3, 0.5]
    assert all_edges.edge_columns["disparity"] == pytest.approx(expected)


def test_disparity_of_nodes_with_one_edge() -> None:
    """The only edge of a node is judged by its other end, or kept when so asked."""
    assert (0, 3) not in _edges(backbone(STAR))
    assert _edges(backbone(STAR, one_edge="keep")) == [(0, 3), (0, 4)]
    pair = _net(2, [(0, 1, 5.0)])
    assert backbone(pair).n_edges == 0
    assert backbone(pair, one_edge="keep").n_edges == 1


def test_disparity_of_a_directed_network() -> None:
    """What leaves a node is set against what leaves it, what enters against what enters."""
    net = _net(4, [(0, 1, 1), (0, 2, 1), (0, 3, 98), (1, 2, 1), (2, 1, 1)], directed=True)
    found = backbone(net, alpha=1.0).edge_columns["disparity"]
    assert found == pytest.approx([0.5, 0.5, 0.02**2, 0.5, 0.5])


@given(net=_networks(), alpha=st.sampled_from([0.2, 0.5, 0.9]))
def test_disparity_by_the_formula(net: Network, alpha: float) -> None:
    """An edge stays if (1 - w / s)^(k - 1) is below alpha at either end."""
    expected = [
        (i, j)
        for i, j, w in zip(net.source, net.target, net.weight, strict=True)
        if any((1 - w / net.strength[e]) ** (net.degree[e] - 1) < alpha for e in (i, j))
    ]
    assert _edges(backbone(net, alpha=alpha)) == expected


@given(net=_networks())
def test_pathfinder_by_its_definition(net: Network) -> None:
    """With r = inf an edge stays if heavier ones alone do not join its ends."""
    expected = []
    for i, j, w in zip(net.source.tolist(), net.target.tolist(), net.weight, strict=True):
        heavier: nx.Graph[int] = nx.Graph()
        heavier.add_nodes_from((i, j))
        heavier.add_edges_from(np.array(_edges(net))[net.weight > w].tolist())
        if not nx.has_path(heavier, i, j):
            expected.append((i, j))
    assert _edges(backbone(net, method="pathfinder")) == expected


@given(
    net=_networks(),
    r=st.sampled_from([1.0, 1.5, 2.0, math.inf]),
    q=st.sampled_from([None, 1, 2, 3, 4, 50]),
)
def test_pathfinder_of_every_r_and_q(net: Network, r: float, q: int | None) -> None:
    """An edge stays if no path of at most q steps is shorter, by all paths there are."""
    graph = net.to_networkx()
    steps = q or net.n_nodes

    def length(path: list[str]) -> float:
        distances = [1 / graph[a][b]["weight"] for a, b in itertools.pairwise(path)]
        return float(np.linalg.norm(distances, r))

    expected = [
        (i, j)
        for i, j in _edges(net)
        if min(
            length(path)
            for path in nx.all_simple_paths(graph, net.labels[i], net.labels[j], cutoff=steps)
        )
        > length([net.labels[i], net.labels[j]]) - 1e-9
    ]
    assert _edges(backbone(net, method="pathfinder", r=r, q=q)) == expected


@given(net=_networks())
def test_spanning_tree_is_the_heaviest(net: Network) -> None:
    """The tree weighs what the maximum spanning tree weighs, joins all, and has no circle."""
    tree = backbone(net, method="spanning-tree")
    oracle = nx.maximum_spanning_tree(net.to_networkx())
    assert tree.weight.sum() == oracle.size(weight="weight")
    assert tree.components().tolist() == net.components().tolist()
    assert nx.is_forest(tree.to_networkx())


def test_a_large_network() -> None:
    """On 2,000 nodes the tree weighs what scipy's does, and lies within Pathfinder's network."""
    chance = np.random.default_rng(5)
    ends = np.unique(np.sort(chance.integers(0, 2_000, (9_000, 2)), axis=1), axis=0)
    ends = ends[ends[:, 0] < ends[:, 1]]
    weights = chance.integers(1, 9, len(ends)).tolist()
    net = _net(2_000, [(i, j, w) for (i, j), w in zip(ends.tolist(), weights, strict=True)])
    costs = (10 - net.weight, (net.source, net.target))
    oracle = csgraph.minimum_spanning_tree(sparse.csr_array(costs, shape=(2_000, 2_000)))
    tree = backbone(net, method="spanning-tree")
    assert (10 - tree.weight).sum() == oracle.sum()
    assert set(_edges(tree)) < set(_edges(backbone(net, method="pathfinder")))


@given(net=_networks())
def test_spanning_tree_is_part_of_pathfinder(net: Network) -> None:
    """Pathfinder with r = inf is the union of all spanning trees, so it has ours."""
    tree = backbone(net, method="spanning-tree")
    assert set(_edges(tree)) <= set(_edges(backbone(net, method="pathfinder")))


@given(net=_networks(weights=(1, 2)), data=st.data())
def test_ties_go_by_labels_alone(net: Network, data: st.DataObject) -> None:
    """The tree is the same in whatever order the nodes come."""
    order = data.draw(st.permutations(range(net.n_nodes)))
    moved = Network(
        kind=net.kind,
        of=net.of,
        directed=False,
        ids=net.ids,
        labels=tuple(net.labels[old] for old in np.argsort(order).tolist()),
        source=np.array(order, dtype=np.int64)[net.source],
        target=np.array(order, dtype=np.int64)[net.target],
        weight=net.weight,
    )
    trees = [backbone(one, method="spanning-tree") for one in (net, moved)]
    named = [
        {frozenset((tree.labels[i], tree.labels[j])) for i, j in _edges(tree)} for tree in trees
    ]
    assert named[0] == named[1]


def test_similarities_equal_but_for_rounding_tie() -> None:
    """2 / sqrt(4 * 12) and 1 / sqrt(12) are one value, though floats tell them apart."""
    a, b = 2 / math.sqrt(48), 1 / math.sqrt(12)
    net = _net(3, [(0, 1, 1), (0, 2, 1), (1, 2, 1)])
    near = net.with_edges(similarity=np.array([a, b, b * (1 - 1e-15)]))
    assert backbone(near, method="pathfinder", on="similarity").n_edges == 3


def test_on_similarity() -> None:
    """Edges can be judged by a similarity, which then ranks them otherwise than weight."""
    net = _net(4, [(0, 1, 5), (0, 2, 5), (0, 3, 5), (1, 2, 4), (2, 3, 1)])
    net = weigh(net, marginal="strength")
    assert _edges(backbone(net, method="spanning-tree")) == [(0, 1), (0, 2), (0, 3)]
    tree = backbone(net, method="spanning-tree", on="similarity")
    assert _edges(tree) == [(0, 1), (0, 3), (1, 2)]
    assert len(tree.edge_columns["similarity"]) == 3


def test_min_weight() -> None:
    """Edges of exactly the least weight stay."""
    assert _edges(backbone(STAR, method="min-weight", min_weight=97)) == [(0, 4)]


@pytest.mark.parametrize("method", METHODS)
def test_what_was_dropped_is_told(method: str) -> None:
    """The manifest counts what went, in whole numbers that add up, and can be written as JSON."""
    loops = _net(5, [(0, 0, 3), *zip(STAR.source, STAR.target, STAR.weight, strict=True)])
    net = backbone(loops.with_manifest(counts={"works": 9}), method=method, min_weight=2)
    (told,) = net.manifest["backbones"]
    assert told["edges"] == 6
    assert told["edges_dropped"] == 6 - net.n_edges
    assert told["weight_dropped"] == told["weight"] - net.weight.sum()
    assert told["nodes_left_alone"] == int((net.degree == 0).sum())
    assert net.manifest["counts"] == {"works": 9, "nodes": 5, "edges": net.n_edges}
    assert net.n_nodes == 5
    assert json.loads(json.dumps(net.manifest)) == net.manifest
    twice = backbone(net, method="min-weight", min_weight=0)
    assert [entry["method"] for entry in twice.manifest["backbones"]] == [method, "min-weight"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("n_nodes", [0, 1, 3])
def test_networks_without_edges(method: str, n_nodes: int) -> None:
    """A network without edges is its own backbone."""
    assert backbone(_net(n_nodes, []), method=method, min_weight=1).n_edges == 0
    assert backbone(_net(n_nodes, []), method="pathfinder", r=2.0).n_edges == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"method": "min-weight"}, "min-weight needs min_weight"),
        ({"alpha": 0.0}, "alpha is 0.0"),
        ({"alpha": 1.5}, "alpha is 1.5"),
        ({"method": "pathfinder", "r": 0.5}, "r is 0.5"),
        ({"method": "pathfinder", "q": 0}, "q is 0"),
        ({"method": "pathfinder", "r": 1000.0}, "too large for these values"),
    ],
)
def test_options_out_of_range(options: dict[str, object], message: str) -> None:
    """An option that means nothing is refused, and told."""
    with pytest.raises(OptionError, match=message):
        backbone(STAR, **options)  # type: ignore[arg-type]


def test_what_has_no_backbone() -> None:
    """Unknown names, values of 0, directed and too large networks are refused."""
    with pytest.raises(UnknownNameError, match="unknown method of backbone 'mst'"):
        backbone(STAR, method="mst")
    with pytest.raises(UnknownNameError, match="unknown value of edges 'similarity'"):
        backbone(STAR, on="similarity")
    with pytest.raises(UnknownNameError, match="unknown one_edge 'drop'"):
        backbone(STAR, one_edge="drop")  # type: ignore[arg-type]
    with pytest.raises(OptionError, match="disparity needs values above 0; weight goes down to 0"):
        backbone(_net(2, [(0, 1, 0.0)]))
    with pytest.raises(OptionError, match="pathfinder needs an undirected network"):
        backbone(_net(2, [(0, 1, 1.0)], directed=True), method="pathfinder")
    with pytest.raises(OptionError, match="at most 1,000 nodes, not 1,001"):
        backbone(_net(1001, [(0, 1, 1.0)]), method="pathfinder", q=2)
